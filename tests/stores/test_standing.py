"""The counts behind limits, as every store keeps them: over windows, and whatever became of it."""

from datetime import datetime

import pytest

from connectcore import (
    InvitationIgnored,
    InvitationReported,
    InvitationWithdrawn,
    MemberBlocked,
    MemberUnblocked,
    Standing,
)
from connectcore.storage import Store
from tests.stores.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVE,
    connect,
    connecting,
    day,
    happen,
    read,
    sent,
)


def standing(store: Store, *, since: float = -1, pending_since: float | None = None) -> Standing:
    """Ada's standing, with windows that begin so many days after noon."""
    pending: datetime | None = None if pending_since is None else day(pending_since)
    return read(store, lambda s: s.standings((ADA,), since=day(since), pending_since=pending))[ADA]


def test_somebody_who_did_nothing_stands_at_zero(store: Store) -> None:
    """Without any history every count is zero."""
    assert standing(store) == Standing()


def test_many_standings_are_read_at_once(store: Store) -> None:
    """Each member asked for has a standing, with or without a history."""
    connect(store, (ADA, BOB))

    standings = read(store, lambda s: s.standings((BOB, CAT), since=day(-1), pending_since=None))

    assert standings == {BOB: Standing(connections=1), CAT: Standing()}


def test_what_was_sent_is_counted_whatever_became_of_it(store: Store) -> None:
    """Withdrawn, accepted and blocked invitations all count as sent; oldest first."""
    happen(store, sent(ADA, BOB, day(2), note="Hello"), *connecting(ADA, CAT, day(1)))
    happen(store, InvitationWithdrawn(by=ADA, to=BOB, at=day(3)))
    happen(store, sent(ADA, BOB, day(4)), MemberBlocked(by=BOB, to=ADA, at=day(5)))

    counted = standing(store)

    assert counted.sent == (day(1), day(2), day(4))
    assert counted.noted == (day(2),)
    assert (counted.pending, counted.connections) == (0, 1)


@pytest.mark.parametrize(
    ("since", "counted"), [(0.5, (day(1), day(2))), (1, (day(2),)), (2, ())], ids=str
)
def test_a_window_leaves_out_the_moment_at_which_it_begins(
    store: Store, since: float, counted: tuple[datetime, ...]
) -> None:
    """What was sent up to the beginning of the window is not remembered."""
    happen(store, sent(ADA, BOB, day(1), note="Hello"), sent(ADA, CAT, day(2), note="Hello"))

    assert standing(store, since=since).sent == counted
    assert standing(store, since=since).noted == counted


@pytest.mark.parametrize(("pending_since", "pending"), [(None, 2), (0.5, 2), (1, 1), (2, 0)])
def test_pending_leaves_out_what_has_expired(
    store: Store, pending_since: float | None, pending: int
) -> None:
    """Invitations sent up to a moment have expired: neither counted nor listed."""
    happen(store, sent(ADA, BOB, day(1)), sent(ADA, CAT, day(2)), sent(DAN, EVE, day(1)))
    since = None if pending_since is None else day(pending_since)

    assert standing(store, pending_since=pending_since).pending == pending
    assert len(read(store, lambda s: s.sent(ADA, since, None, 9))) == pending
    assert len(read(store, lambda s: [*s.received(BOB, since, None, 9)])) == int(
        pending_since in {None, 0.5}
    )


def test_pending_counts_what_the_sender_sees_pending(store: Store) -> None:
    """An invitation that was set aside counts on: whether it was is not for the sender to know."""
    happen(store, sent(ADA, BOB), InvitationIgnored(by=BOB, to=ADA, at=day(1)), sent(CAT, ADA))

    assert standing(store).pending == 1


def test_reports_count_whatever_comes_after(store: Store) -> None:
    """A report stays on the sender's account, once for each member who made it at a moment."""
    happen(store, sent(ADA, BOB), InvitationReported(by=BOB, to=ADA, at=day(1)))
    happen(store, InvitationWithdrawn(by=ADA, to=BOB, at=day(2)))
    happen(store, sent(ADA, CAT), InvitationReported(by=CAT, to=ADA, at=day(1)))
    happen(store, sent(DAN, ADA), InvitationReported(by=ADA, to=DAN, at=day(1)))

    assert standing(store).reports == 2


def test_blocks_count_while_they_stand(store: Store) -> None:
    """A member's own blocks count, those of others do not, and a lifted one no longer does."""
    happen(store, MemberBlocked(by=ADA, to=BOB, at=day(1)))
    happen(
        store, MemberBlocked(by=ADA, to=CAT, at=day(1)), MemberBlocked(by=DAN, to=ADA, at=day(1))
    )
    assert standing(store).blocks == 2

    happen(store, MemberUnblocked(by=ADA, to=BOB, at=day(2)))

    assert standing(store).blocks == 1
