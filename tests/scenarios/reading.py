"""Scenario files as values; whatever is not in the vocabulary is an error that names it."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, final

from attrs import frozen

from tests import ROOT
from tests.scenarios.stage import OPERATOR, VISITOR
from tests.scenarios.words import Misspelt, duration

__all__ = ["FILES", "Scenario", "Step", "read", "scenario"]

FOLDER = ROOT / "tests" / "scenarios"
FILES = sorted(FOLDER.glob("*.toml"))

_PARTS = {"promise", "source", "given", "when", "then"}
_RESERVED = {"after", "refused"}


@final
@frozen(kw_only=True)
class Step:
    """A sentence about `who`, with its details; one without a sentence only lets time pass."""

    who: str = ""
    sentence: str = ""
    details: Mapping[str, Any]
    after: timedelta | None = None
    refused: str | None = None

    def __str__(self) -> str:
        details = ", ".join(f"{name} = {value!r}" for name, value in self.details.items())
        return f"{self.who} {self.sentence}" + (f" ({details})" if details else "")


@final
@frozen(kw_only=True)
class Scenario:
    """One promise: what is given, what happens then, and what is expected."""

    promise: str
    source: str
    given: Mapping[str, Any]
    when: tuple[Step, ...]
    then: tuple[Step, ...]


def read(path: Path) -> Scenario:
    """The scenario in a file."""
    return scenario(tomllib.loads(path.read_text("utf-8")))


def scenario(written: Mapping[str, Any]) -> Scenario:
    """The scenario that a document describes.

    Raises `Misspelt` for a part that there is not, a promise that is no sentence, and a scenario
    that expects nothing.
    """
    _require(written, _PARTS, "part of a scenario")
    promise = written.get("promise", "")
    if not (promise[:1].isupper() and promise.endswith(".")):
        message = f"a promise is a sentence, not {promise!r}"
        raise Misspelt(message)
    given = written.get("given", {})
    members = given.get("members", ())
    then = tuple(_steps(written.get("then", ()), members))
    if not any(step.sentence for step in then):
        message = "a scenario expects something: it has a [[then]]"
        raise Misspelt(message)
    return Scenario(
        promise=promise,
        source=written.get("source", ""),
        given=given,
        when=tuple(_steps(written.get("when", ()), members)),
        then=then,
    )


def _require(words: Iterable[str], known: Collection[str], what: str) -> None:
    for word in words:
        if word not in known:
            message = f"{word!r} is no {what}; there are: {', '.join(sorted(known))}"
            raise Misspelt(message)


def _steps(written: Iterable[Mapping[str, Any]], members: Collection[str]) -> Iterable[Step]:
    return [_step(step, {*members, VISITOR, OPERATOR}) for step in written]


def _step(written: Mapping[str, Any], people: Collection[str]) -> Step:
    acting = [word for word in written if word in people]
    if len(acting) != 1 and set(written) != {"after"}:
        message = f"a step is about one of {', '.join(sorted(people))}: {dict(written)!r}"
        raise Misspelt(message)
    who = acting[0] if acting else ""
    return Step(
        who=who,
        sentence=written.get(who, ""),
        details={word: value for word, value in written.items() if word not in {who, *_RESERVED}},
        after=duration(written["after"]) if "after" in written else None,
        refused=written.get("refused"),
    )
