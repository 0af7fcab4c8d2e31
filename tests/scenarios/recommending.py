"""Recommendations in scenarios: what members write of each other, and what is seen of it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from connectcore import Position, WorkingRelationship
from tests.scenarios.listing import whole
from tests.scenarios.stage import Stage
from tests.scenarios.words import pick, position

__all__ = ["ACTS", "EXPECTATIONS"]


def _work(stage: Stage, subject: str, words: str | None) -> Position:
    """The position that is written out, or else the first on the profile of the *subject*."""
    if words is not None:
        return position(words)
    return stage[subject].profiles.view(subject).profile.positions[0]


def _recommend(
    stage: Stage,
    by: str,
    to: str,
    *,
    called: str = "",
    text: str = "She is good.",
    how: str = "managed",
    work: str | None = None,
) -> None:
    recommendation = stage[by].recommendations.write(
        stage.named(to),
        position=_work(stage, to, work),
        relationship=pick(WorkingRelationship, how),
        text=text,
    )
    stage.write(called or f"of-{to}-by-{by}", recommendation.id)


def _revise(stage: Stage, by: str, item: str, *, called: str, text: str = "Anew.") -> None:
    stage.write(called, stage[by].recommendations.revise(stage.item(item), text=text).id)


def _ask(stage: Stage, by: str, of: str, *, called: str = "", work: str | None = None) -> None:
    request = stage[by].recommendations.request(stage.named(of), position=_work(stage, by, work))
    stage.write(called or f"request-by-{by}", request.id)


def _ask_revision(stage: Stage, by: str, item: str, *, called: str = "") -> None:
    request = stage[by].recommendations.ask_revision(stage.item(item))
    stage.write(called or f"revision-by-{by}", request.id)


def _decide(name: str) -> Callable[[Stage, str, str], object]:
    def act(stage: Stage, by: str, item: str) -> object:
        return getattr(stage[by].recommendations, name)(stage.item(item))

    return act


ACTS: Mapping[str, Callable[..., object]] = {
    "recommends {member}": _recommend,
    "revises {item}": _revise,
    "withdraws {item}": _decide("withdraw"),
    "accepts {item}": _decide("accept"),
    "dismisses {item}": _decide("dismiss"),
    "hides {item}": _decide("hide"),
    "shows {item}": _decide("show"),
    "asks for a revision of {item}": _ask_revision,
    "asks {member} for a recommendation": _ask,
    "takes back the request {item}": _decide("withdraw_request"),
    "declines {item}": _decide("decline"),
}


def _lists(stage: Stage, who: str, of: str, *, texts: Sequence[str]) -> None:
    page = partial(stage.looking(who).recommendations.page, stage.named(of))

    assert [recommendation.text for recommendation in whole(page)] == [*texts]


def _own(listing: str, name: str) -> Callable[..., None]:
    def expect(stage: Stage, who: str, *, are: Sequence[str]) -> None:
        entries = whole(getattr(stage[who].recommendations, listing))

        assert [getattr(entry, name) for entry in entries] == [*are]

    return expect


EXPECTATIONS: Mapping[str, Callable[..., Any]] = {
    "lists the recommendations of {member}": _lists,
    "has recommendations by": _own("received", "author"),
    "has recommended": _own("given", "subject"),
    "is asked for a recommendation by": _own("requests", "by"),
    "waits for a recommendation by": _own("requested", "of"),
}
