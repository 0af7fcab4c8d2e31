"""Endorsements in scenarios: what members do, and what is seen of it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from tests.scenarios.listing import whole
from tests.scenarios.stage import Stage

__all__ = ["ACTS", "EXPECTATIONS"]

ACTS: Mapping[str, Callable[..., object]] = {
    "endorses {member} for {skill}": lambda stage, by, to, skill: stage[by].endorsements.give(
        stage.named(to), skill=skill
    ),
    "takes back the endorsement of {member} for {skill}": lambda stage, by, to, skill: stage[
        by
    ].endorsements.retract(stage.named(to), skill=skill),
    "accepts the endorsement by {member} for {skill}": lambda stage, by, of, skill: stage[
        by
    ].endorsements.accept(stage.named(of), skill=skill),
    "dismisses the endorsement by {member} for {skill}": lambda stage, by, of, skill: stage[
        by
    ].endorsements.dismiss(stage.named(of), skill=skill),
    "hides the endorsement by {member} for {skill}": lambda stage, by, of, skill: stage[
        by
    ].endorsements.hide(stage.named(of), skill=skill),
    "shows the endorsement by {member} for {skill}": lambda stage, by, of, skill: stage[
        by
    ].endorsements.show(stage.named(of), skill=skill),
    "asks {member} to endorse {skill}": lambda stage, by, of, skill: stage[by].endorsements.request(
        stage.named(of), skill=skill
    ),
    "takes back the request to endorse {skill} from {member}": lambda stage, by, skill, of: stage[
        by
    ].endorsements.withdraw_request(stage.named(of), skill=skill),
    "declines to endorse {member} for {skill}": lambda stage, by, to, skill: stage[
        by
    ].endorsements.decline(stage.named(to), skill=skill),
}


def _counts(stage: Stage, who: str, of: str, **numbers: int) -> None:
    """The counts are those of the lists, skill by skill."""
    endorsements = stage.looking(who).endorsements
    counted = {each.skill: each.endorsements for each in endorsements.of(stage.named(of))}

    assert counted == numbers
    for skill, number in numbers.items():
        assert len(whole(partial(endorsements.page, of, skill=skill))) == number


def _lists(stage: Stage, who: str, of: str, skill: str, *, are: Sequence[str]) -> None:
    page = partial(stage.looking(who).endorsements.page, stage.named(of), skill=skill)

    assert [endorsement.giver for endorsement in whole(page)] == [*are]


def _own(listing: str, name: str) -> Callable[..., None]:
    def expect(stage: Stage, who: str, *, are: Sequence[str]) -> None:
        entries = whole(getattr(stage[who].endorsements, listing))

        assert [f"{getattr(entry, name)} for {entry.skill}" for entry in entries] == [*are]

    return expect


EXPECTATIONS: Mapping[str, Callable[..., Any]] = {
    "counts the endorsements of {member}": _counts,
    "lists the endorsements of {member} for {skill}": _lists,
    "has endorsements waiting": _own("waiting", "giver"),
    "has endorsements hidden": _own("hidden", "giver"),
    "has given endorsements": _own("given", "to"),
    "is asked for endorsements": _own("requests", "by"),
    "waits for endorsements": _own("requested", "of"),
}
