"""Histories: outcomes that some order explains pass, and outcomes that none explains do not."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    Act,
    ConnectcoreError,
    Connected,
    Connection,
    InvalidValue,
    MemberId,
    NotFound,
    Pair,
    PendingInvitation,
    Refused,
    Strangers,
    Verdict,
)
from connectcore.refusals import NO_INVITATION
from connectcore.testing.history import NoLegalOrder, Operation, check_history
from tests.races.acting import Between
from tests.worlds import NOON, OPEN, world

REFUSED = Refused(Verdict((NO_INVITATION,)))
SENT = PendingInvitation(inviter="ada", invitee="bob", sent_at=NOON)
BOB_HAS_ADA = Connection(of="bob", member="ada", since=NOON)


def noted(line: str, when: tuple[float, float], outcome: object = None) -> Operation:
    """An operation from a line such as `ada send bob`."""
    by, act, to = line.split()
    began, ended = when
    return Operation(act=Act(act), by=by, to=to, at=NOON, began=began, ended=ended, outcome=outcome)


SOUND = {
    "one after the other": [
        noted("ada send bob", (1, 2), SENT),
        noted("bob accept ada", (3, 4), BOB_HAS_ADA),
        noted("ada remove bob", (5, 6)),
    ],
    "crossing, the second of which accepts": [
        noted("bob send ada", (1, 4), BOB_HAS_ADA),
        noted("ada send bob", (2, 3), SENT),
    ],
    "accepted, then not to be withdrawn": [
        noted("ada send bob", (1, 2), SENT),
        noted("bob accept ada", (3, 5), BOB_HAS_ADA),
        noted("ada withdraw bob", (3, 5), REFUSED),
    ],
    "withdrawn, then not to be accepted": [
        noted("ada send bob", (1, 2), SENT),
        noted("bob accept ada", (3, 5), NotFound()),
        noted("ada withdraw bob", (3, 5)),
    ],
    "refused by a rule": [noted("ada send bob", (1, 2), REFUSED)],
    "two pairs": [
        noted("ada block bob", (1, 2)),
        noted("ada block cat", (1, 2)),
    ],
}

UNSOUND = {
    "accepted before it was sent": [
        noted("bob accept ada", (1, 2), BOB_HAS_ADA),
        noted("ada send bob", (3, 4), SENT),
    ],
    "two ways out of one invitation": [
        noted("ada send bob", (1, 2), SENT),
        noted("bob accept ada", (3, 5), BOB_HAS_ADA),
        noted("ada withdraw bob", (3, 5)),
    ],
    "crossing, and both pending": [
        noted("ada send bob", (1, 3), SENT),
        noted(
            "bob send ada", (1, 3), PendingInvitation(inviter="bob", invitee="ada", sent_at=NOON)
        ),
    ],
    "a connection of another moment": [
        noted("ada send bob", (1, 2), SENT),
        noted(
            "bob accept ada",
            (3, 4),
            Connection(of="bob", member="ada", since=NOON + timedelta(days=1)),
        ),
    ],
    "refused for nothing": [
        noted("ada send bob", (1, 2), SENT),
        noted("ada withdraw bob", (3, 4), REFUSED),
    ],
    "an invitation past two blocks, whichever came first": [
        noted("ada block bob", (1, 3)),
        noted("bob block ada", (1, 3)),
        noted("ada send bob", (4, 5), SENT),
    ],
    "an invitation past a block": [
        noted("bob block ada", (1, 2)),
        noted("ada send bob", (3, 4), SENT),
    ],
}


@pytest.mark.parametrize("history", SOUND.values(), ids=SOUND)
def test_what_some_order_explains_passes(history: Sequence[Operation]) -> None:
    """It does not matter in which order the acts were noted."""
    pairs = len({Pair.of(each.by, each.to) for each in history})

    assert check_history(history) == check_history(reversed(history)) == pairs


@pytest.mark.parametrize("history", UNSOUND.values(), ids=UNSOUND)
def test_what_no_order_explains_does_not(history: Sequence[Operation]) -> None:
    """The error names the two and the acts that have no place."""
    with pytest.raises(NoLegalOrder, match="no legal order for 'ada' and 'bob':\n"):
        check_history(history)


def test_an_order_has_to_lead_to_the_end() -> None:
    """Acts that all fit leave one thing to be found; another one is a fault of whoever keeps it."""
    history = SOUND["crossing, the second of which accepts"]
    pair, both = Pair.of("ada", "bob"), frozenset(map(MemberId, ("ada", "bob")))
    ended = Connected(since=NOON, follows=both)

    assert check_history(history, ends={pair: ended}) == 1
    with pytest.raises(NoLegalOrder):
        check_history(history, ends={pair: Strangers()})


def test_a_history_of_nothing_shows_nothing() -> None:
    """A check of no operations would pass whatever was wrong with the log."""
    with pytest.raises(InvalidValue, match="note what the clients did"):
        check_history([])


def test_an_operation_ends_after_it_began() -> None:
    """Moments the wrong way round are refused, or the search would mean nothing."""
    with pytest.raises(InvalidValue, match="not at 1 before 2"):
        noted("ada send bob", (2, 1))


LINES = st.builds(
    Between,
    st.sampled_from(["ada", "bob"]),
    st.sampled_from(Act),
    st.just(""),
).map(lambda act: Between(act.by, act.act, "bob" if act.by == "ada" else "ada"))


@given(st.lists(LINES, max_size=12, min_size=1), st.randoms(use_true_random=False))
def test_what_really_happened_has_an_order(acts: Sequence[Between], random: Random) -> None:
    """Acts done one after the other pass, however much they seem to overlap in the log."""
    made, log = world("ada", "bob", rules=OPEN), list[Operation]()
    for place, act in enumerate(acts):
        at = moment_of(place)
        try:
            outcome = act(made.network, at)
        except ConnectcoreError as error:
            outcome = error
        began, ended = place - random.random() * 3, place + random.random() * 3
        log.append(
            Operation(
                act=act.act, by=act.by, to=act.to, at=at, began=began, ended=ended, outcome=outcome
            )
        )
    ada, bob = MemberId("ada"), MemberId("bob")
    end = made.store.read(lambda snapshot: snapshot.relationships(ada, (bob,))[bob])

    assert check_history(log, ends={Pair.of(ada, bob): end}) == 1


def moment_of(place: int) -> datetime:
    """A moment for each act, one after the other."""
    return NOON + timedelta(minutes=place + 1)
