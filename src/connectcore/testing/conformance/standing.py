"""The counts behind limits: over windows, and whatever became of what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from connectcore.proposals import Standing
from connectcore.relationships import (
    InvitationIgnored,
    InvitationReported,
    InvitationWithdrawn,
    MemberBlocked,
    MemberUnblocked,
)
from connectcore.storage import Store
from connectcore.testing.conformance.checking import Checks, same
from connectcore.testing.conformance.keeping import (
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

CHECKS = Checks()


def _standing(store: Store, *, since: float = -1, pending_since: float | None = None) -> Standing:
    """Ada's standing, with windows that begin so many days after noon."""
    pending: datetime | None = None if pending_since is None else day(pending_since)
    return read(store, lambda s: s.standings((ADA,), since=day(since), pending_since=pending))[ADA]


@CHECKS
def somebody_who_did_nothing_stands_at_zero(store: Store) -> None:
    """Without any history every count is zero."""
    same(_standing(store), Standing())


@CHECKS
def many_standings_are_read_at_once(store: Store) -> None:
    """Each member asked for has a standing, with or without a history."""
    connect(store, (ADA, BOB))

    standings = read(store, lambda s: s.standings((BOB, CAT), since=day(-1), pending_since=None))

    same(standings, {BOB: Standing(connections=1), CAT: Standing()})


@CHECKS
def what_was_sent_is_counted_whatever_became_of_it(store: Store) -> None:
    """Withdrawn, accepted and blocked invitations all count as sent; oldest first."""
    happen(store, sent(ADA, BOB, day(2), note="Hello"), *connecting(ADA, CAT, day(1)))
    happen(store, InvitationWithdrawn(by=ADA, to=BOB, at=day(3)))
    happen(store, sent(ADA, BOB, day(4)), MemberBlocked(by=BOB, to=ADA, at=day(5)))

    counted = _standing(store)

    same(counted.sent, (day(1), day(2), day(4)))
    same(counted.noted, (day(2),))
    same((counted.pending, counted.connections), (0, 1))


WINDOWS: Mapping[str, tuple[float, tuple[datetime, ...]]] = {
    "before both": (0.5, (day(1), day(2))),
    "at the first": (1, (day(2),)),
    "at the second": (2, ()),
}


@CHECKS.of_each(WINDOWS)
def a_window_leaves_out_the_moment_at_which_it_begins(
    store: Store, window: tuple[float, tuple[datetime, ...]]
) -> None:
    """What was sent up to the beginning of the window is not remembered."""
    since, counted = window
    happen(store, sent(ADA, BOB, day(1), note="Hello"), sent(ADA, CAT, day(2), note="Hello"))

    same(_standing(store, since=since).sent, counted)
    same(_standing(store, since=since).noted, counted)


EXPIRIES: Mapping[str, tuple[float | None, int]] = {
    "none": (None, 2),
    "before both": (0.5, 2),
    "at the first": (1, 1),
    "at the second": (2, 0),
}


@CHECKS.of_each(EXPIRIES)
def pending_leaves_out_what_has_expired(store: Store, expiry: tuple[float | None, int]) -> None:
    """Invitations sent up to a moment have expired: neither counted nor listed."""
    pending_since, pending = expiry
    happen(store, sent(ADA, BOB, day(1)), sent(ADA, CAT, day(2)), sent(DAN, EVE, day(1)))
    since = None if pending_since is None else day(pending_since)

    same(_standing(store, pending_since=pending_since).pending, pending)
    same(len(read(store, lambda s: s.sent(ADA, None, 9, since=since))), pending)
    same(
        len(read(store, lambda s: [*s.received(BOB, None, 9, since=since)])),
        int(pending_since in {None, 0.5}),
    )


@CHECKS
def pending_counts_what_the_sender_sees_pending(store: Store) -> None:
    """An invitation that was set aside counts on: whether it was is not for the sender to know."""
    happen(store, sent(ADA, BOB), InvitationIgnored(by=BOB, to=ADA, at=day(1)), sent(CAT, ADA))

    same(_standing(store).pending, 1)


@CHECKS
def reports_count_whatever_comes_after(store: Store) -> None:
    """A report stays on the sender's account, once for each member who made it at a moment."""
    happen(store, sent(ADA, BOB), InvitationReported(by=BOB, to=ADA, at=day(1)))
    happen(store, InvitationWithdrawn(by=ADA, to=BOB, at=day(2)))
    happen(store, sent(ADA, CAT), InvitationReported(by=CAT, to=ADA, at=day(1)))
    happen(store, sent(DAN, ADA), InvitationReported(by=ADA, to=DAN, at=day(1)))

    same(_standing(store).reports, 2)


@CHECKS
def blocks_count_while_they_stand(store: Store) -> None:
    """A member's own blocks count, those of others do not, and a lifted one no longer does."""
    happen(store, MemberBlocked(by=ADA, to=BOB, at=day(1)))
    happen(
        store, MemberBlocked(by=ADA, to=CAT, at=day(1)), MemberBlocked(by=DAN, to=ADA, at=day(1))
    )
    same(_standing(store).blocks, 2)

    happen(store, MemberUnblocked(by=ADA, to=BOB, at=day(2)))

    same(_standing(store).blocks, 1)
