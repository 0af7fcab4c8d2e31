"""What a rule is held to, and how it is told that it does otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import Enum
from typing import cast, final

import attrs

from connectcore.proposals import Proposal

__all__ = ["Law", "LawBroken", "named"]

_SHOWN = 4
"""How many parts of a collection are told of."""

_READABLE = 60
"""How much of a text is told of."""


@final
class Law(Enum):
    """What every rule keeps to.

    `TOTAL`: it answers whatever it may be asked, and with a refusal or nothing.
    `ADDITIVE`: where it is added, what was refused before is refused still.
    `PURE`: it looks at the proposal alone, changes nothing, and judges it alike each time.
    `CONFIDENTIAL`: what is told does not show what the actor may not know.
    `PUNCTUAL`: a refusal passes when it says, neither earlier nor later.
    `EXACT`: under a limit that refuses, nothing is left.
    `SHORT_SIGHTED`: it counts no further back than `ConnectionRules.window` remembers.
    `TRIED`: there was a proposal that it refused, or nothing has been shown of it.
    """

    TOTAL = "total"
    ADDITIVE = "additive"
    PURE = "pure"
    CONFIDENTIAL = "confidential"
    PUNCTUAL = "punctual"
    EXACT = "exact"
    SHORT_SIGHTED = "short-sighted"
    TRIED = "tried"


@final
class LawBroken(AssertionError):
    """A `rule` broke a `law`, on the shortest `proposal` that was found."""

    def __init__(self, rule: object, law: Law, why: str, proposal: Proposal | None = None) -> None:
        self.rule = rule
        self.law = law
        self.why = why
        self.proposal = proposal
        asked = "" if proposal is None else f"\nasked about {_told(proposal)}"
        super().__init__(f"{named(rule)} is not {law.value}: {why}{asked}")


def named(rule: object) -> str:
    """What a rule is called: a function by its name, a value by its `repr`."""
    name = getattr(rule, "__qualname__", None)
    return name if isinstance(name, str) else repr(rule)


def _told(value: object) -> str:
    """A made-up value in as few words as it takes: what is usual is left out."""
    match value:
        case str():
            size = len(value)
            return (
                repr(value) if size <= _READABLE else f"{value[:_SHOWN]!r}... ({size} characters)"
            )
        case datetime() | Enum():
            return str(value)
        case tuple() | list():
            return _several("()", cast("Iterable[object]", value))
        case AbstractSet():
            return _several("{}", sorted(cast("AbstractSet[object]", value), key=repr))
        case _ if attrs.has(type(value)):
            return _told_fields(value)
        case _:
            return repr(value)


def _several(brackets: str, values: Iterable[object]) -> str:
    parts = list(values)
    more = [f"{len(parts) - _SHOWN} more"] if len(parts) > _SHOWN else []
    return f"{brackets[0]}{', '.join([*map(_told, parts[:_SHOWN]), *more])}{brackets[1]}"


def _told_fields(value: object) -> str:
    kind = type(value)
    told = [
        f"{attribute.name}={_told(part)}"
        for attribute in attrs.fields(cast("type[attrs.AttrsInstance]", kind))
        if (part := getattr(value, attribute.name)) != attribute.default
    ]
    return f"{kind.__name__}({', '.join(told)})"
