"""What a network is founded on, and the two steps that every call takes: load, then ask the gate."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Generic, final

from attrs import frozen

from connectcore.audiences import Audience
from connectcore.errors import NotFound, Refused, UnknownMember
from connectcore.feed import FeedPolicy
from connectcore.graph import closed_at
from connectcore.members import Member, MemberId
from connectcore.moments import moment
from connectcore.profiles import Profile, ProfileT
from connectcore.refusals import UNAVAILABLE, Verdict
from connectcore.relationships import Blocked, Connected
from connectcore.rulebook import ConnectionRules
from connectcore.storage import Snapshot, Store
from connectcore.visibility import Standpoint, VisibilityPolicy

__all__ = ["Charter", "acting", "refuse", "standpoint"]


@final
@frozen(kw_only=True)
class Charter(Generic[ProfileT]):
    """The store, rules, policies, clock and source of ids that all handles of a network share."""

    store: Store
    profile: type[ProfileT]
    rules: ConnectionRules
    visibility: VisibilityPolicy
    feed: FeedPolicy
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def moment(self, at: datetime | None) -> datetime:
        """The moment at which something happens: *at*, or now."""
        return moment(self.clock() if at is None else at)

    def pending_since(self, at: datetime) -> datetime | None:
        """Invitations sent up to this moment have expired by *at*."""
        return None if self.rules.expiry is None else at - self.rules.expiry


def acting(snapshot: Snapshot, actor: MemberId) -> Member[Profile]:
    """The member who acts; raise `UnknownMember` if they have not joined."""
    try:
        return snapshot.members((actor,))[actor]
    except KeyError:
        raise UnknownMember(actor) from None


def standpoint(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    viewer: MemberId | None,
    others: Collection[MemberId],
) -> Standpoint:
    """Load where *viewer* stands towards *others*: three reads, whoever they are."""
    ids = frozenset(others)
    members = snapshot.members(ids)
    circles: dict[MemberId, Audience] = {}
    if viewer is None:
        circles = dict.fromkeys(members, Audience.EVERYONE)
    else:
        states = snapshot.relationships(viewer, ids)
        far = [m for m, state in states.items() if not isinstance(state, Blocked | Connected)]
        rule = charter.visibility.shared_connections
        widest = charter.visibility.bounds_of("connections").widest
        closed = (
            closed_at(1, rule, widest),
            closed_at(2, rule, widest),
            closed_at(3, rule, widest),
        )
        degrees = snapshot.degrees(viewer, far, closed)
        for member in members:
            if member in degrees:
                circles[member] = degrees[member].circle
            elif isinstance(states[member], Connected):
                circles[member] = Audience.CONNECTIONS
    return Standpoint(viewer=viewer, members=members, circles=circles, policy=charter.visibility)


def refuse(verdict: Verdict) -> Refused:
    """Turn a verdict into the exception that tells the actor no more than they may know."""
    disclosed = verdict.disclosed()
    return NotFound() if UNAVAILABLE in disclosed.refusals else Refused(disclosed)
