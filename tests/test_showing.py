"""What becomes of something that was said of a member: every act in every standing."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from attrs import evolve

from connectcore import (
    Blocked,
    Connected,
    Member,
    Proposal,
    Relationship,
    Showing,
    Strangers,
    Verdict,
)
from connectcore.showing import accept, connection_between, dismiss, hide, show
from tests.between import ADA, GRACE, SITUATIONS
from tests.worlds import NOON, profile_of

WAITING, SHOWN, HIDDEN, DISMISSED = Showing

Act: TypeAlias = Callable[[Showing], Showing | Verdict | None]
"""A decision of the owner."""

TABLE: dict[Act, tuple[Showing | str | None, ...]] = {
    accept: (SHOWN, None, None, SHOWN),
    dismiss: (DISMISSED, "accepted_already", "accepted_already", None),
    hide: (HIDDEN, HIDDEN, None, None),
    show: ("not_accepted", None, SHOWN, "not_accepted"),
}
"""For each act, what comes of it while waiting, shown, hidden and dismissed; a text is a refusal."""


@pytest.mark.parametrize("act", TABLE)
def test_an_owner_decides_in_every_standing(act: Act) -> None:
    """No cell is left out: it stands anew, is done already, or is refused with a reason."""
    for standing, expected in zip(Showing, TABLE[act], strict=True):
        decided = act(standing)
        if isinstance(decided, Verdict):
            assert [refusal.code for refusal in decided.refusals] == [expected]
        else:
            assert decided is expected


@pytest.mark.parametrize("act", TABLE)
def test_a_decision_that_was_taken_is_done(act: Act) -> None:
    """The same act again changes nothing."""
    taken = {decided for standing in Showing if isinstance(decided := act(standing), Showing)}

    assert [act(standing) for standing in taken] == [None] * len(taken)


def test_a_giver_is_not_told_of_a_dismissal() -> None:
    """What was dismissed waits, as far as they know; the rest they could see for themselves."""
    assert [standing.told for standing in Showing] == [WAITING, SHOWN, HIDDEN, WAITING]


PROPOSAL = Proposal(
    actor=Member(ADA, profile_of("ada")),
    to=GRACE,
    other=Member(GRACE, profile_of("grace")),
    at=NOON,
)


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS.keys())
def test_only_a_connection_is_one(situation: Relationship) -> None:
    """Whatever else two members are to each other is refused, and the refusal says no more than is known."""
    verdict = connection_between(evolve(PROPOSAL, relationship=situation))
    if isinstance(situation, Connected):
        assert verdict is situation
        return
    expected = "not_connected"
    if isinstance(situation, Blocked):
        expected = "you_blocked" if ADA in situation.by else "unavailable"

    assert isinstance(verdict, Verdict)
    assert [refusal.code for refusal in verdict.disclosed().refusals] == [expected]


def test_nobody_is_connected_with_themselves_or_with_nobody() -> None:
    """Oneself is refused as oneself, and whoever is not there as not there."""
    oneself = connection_between(evolve(PROPOSAL, to=ADA))
    nobody = connection_between(evolve(PROPOSAL, other=None, relationship=Strangers()))

    codes = [
        [refusal.code for refusal in verdict.disclosed().refusals]
        for verdict in (oneself, nobody)
        if isinstance(verdict, Verdict)
    ]
    assert codes == [["oneself"], ["unavailable"]]
