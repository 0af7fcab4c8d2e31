"""What a network is founded on, and the two steps that every call takes: load, then ask the gate."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Generic, TypeVar, final

from attrs import frozen

from connectcore.audiences import Audience
from connectcore.correspondence import MessagePolicy
from connectcore.errors import NotFound, Refused, UnknownMember
from connectcore.feed import FeedPolicy
from connectcore.graph import Degree, closed_at
from connectcore.guests import ReminderPolicy
from connectcore.journal import Happening
from connectcore.mail import GuestWording, Wording
from connectcore.members import Member, MemberId
from connectcore.moments import moment
from connectcore.profiles import Profile, ProfileT
from connectcore.recommendations import RecommendationPolicy
from connectcore.refusals import UNAVAILABLE, Verdict
from connectcore.relationships import Connected, Invited, Strangers
from connectcore.rulebook import ConnectionRules
from connectcore.skills import SkillPolicy
from connectcore.storage import ClosedLists, Read, Snapshot, Store
from connectcore.visibility import Standpoint, VisibilityPolicy

__all__ = ["Charter", "acting", "granted", "read_ahead_of", "refuse", "seeing", "standpoint"]

T = TypeVar("T")


@final
@frozen(kw_only=True)
class Charter(Generic[ProfileT]):
    """The store, rules, policies, clock and source of ids that all handles of a network share.

    `journal` names the classes of what is written down for the application; `secret` is the key of
    tokens and digests, and without one that of the store serves.
    """

    store: Store
    profile: type[ProfileT]
    rules: ConnectionRules
    visibility: VisibilityPolicy
    feed: FeedPolicy
    skills: SkillPolicy
    recommendations: RecommendationPolicy
    messages: MessagePolicy
    wording: Wording
    guest_wording: GuestWording
    reminders: ReminderPolicy
    journal: tuple[type[Happening], ...]
    secret: bytes | None
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def moment(self, at: datetime | None) -> datetime:
        """The moment at which something happens: *at*, or now."""
        return moment(self.clock() if at is None else at)

    def digest(self, snapshot: Snapshot, purpose: str, text: str) -> str:
        """What *text* is known by where it must not stand itself; another one for each *purpose*."""
        return hmac.digest(
            self.key(snapshot), f"{purpose}\0{text}".encode(errors="surrogatepass"), "sha256"
        ).hex()

    def key(self, snapshot: Snapshot) -> bytes:
        """What tokens and digests are made with."""
        return snapshot.key() if self.secret is None else self.secret

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
    others: Iterable[MemberId],
    *,
    besides: Iterable[Read] = (),
) -> Standpoint:
    """Load where *viewer* stands towards *others*, in three reads whoever they are.

    *besides* is what the caller is about to read, too.
    Raises `UnknownMember` for a viewer who has not joined.
    """
    ids = frozenset(others)
    read_ahead_of(snapshot, viewer, ids, *besides)
    if viewer is None:
        members = snapshot.members(ids)
        circles = dict.fromkeys(members, Audience.EVERYONE)
        return Standpoint(viewer=None, members=members, circles=circles, policy=charter.visibility)
    members = snapshot.members(ids | {viewer})
    if viewer not in members:
        raise UnknownMember(viewer)
    states = snapshot.relationships(viewer, ids - {viewer})
    far = [member for member, state in states.items() if isinstance(state, Strangers | Invited)]
    # Asked of whoever is blocked too, so that it takes as long as it would if they were not there.
    apart = [member for member, state in states.items() if not isinstance(state, Connected)]
    degrees = snapshot.degrees(viewer, apart, _closed_lists(charter.visibility))
    near = (member for member, state in states.items() if isinstance(state, Connected))
    circles = {
        viewer: Audience.ONLY_ME,
        **dict.fromkeys(near, Audience.CONNECTIONS),
        # A store may see a connection that ended go on in other places for a moment.
        **{member: max(degrees[member], Degree.SECOND).circle for member in far},
    }
    return Standpoint(
        viewer=viewer,
        members=members,
        relationships=states,
        circles={member: circle for member, circle in circles.items() if member in members},
        policy=charter.visibility,
    )


def seeing(
    charter: Charter[ProfileT], snapshot: Snapshot, viewer: MemberId | None, owner: MemberId
) -> Standpoint:
    """Load where *viewer* stands towards *owner*; raise `NotFound` if they are not there for them."""
    where = standpoint(charter, snapshot, viewer, (owner,))
    if not where.sees(owner):
        raise NotFound
    return where


def read_ahead_of(
    snapshot: Snapshot, viewer: MemberId | None, others: Iterable[MemberId], *besides: Read
) -> None:
    """Say that `standpoint` will be asked, and *besides* something else."""
    ids = frozenset(others)
    if viewer is None:
        snapshot.read_ahead(lambda ahead: ahead.members(ids), *besides)
    else:
        snapshot.read_ahead(
            lambda ahead: ahead.members(ids | {viewer}),
            lambda ahead: ahead.relationships(viewer, ids - {viewer}),
            *besides,
        )


def _closed_lists(policy: VisibilityPolicy) -> ClosedLists:
    rule, widest = policy.shared_connections, policy.bounds_of("connections").widest
    return (closed_at(1, rule, widest), closed_at(2, rule, widest), closed_at(3, rule, widest))


def refuse(verdict: Verdict) -> Refused:
    """Turn a verdict into the exception that tells the actor no more than they may know."""
    disclosed = verdict.disclosed()
    return NotFound() if UNAVAILABLE in disclosed.refusals else Refused(disclosed)


def granted(decision: T | Verdict) -> T:
    """What was decided; raise what the actor may know of it if it was refused."""
    if isinstance(decision, Verdict):
        raise refuse(decision)
    return decision
