"""What two members are to each other: one value a pair, and the table of its legal transitions.

All that must not race between two people is one `Relationship`: whether they are connected, the
one invitation that may be pending, who blocked whom, who follows whom, and what either did before
that a rule looks back at.
`after` is the table: an overload for each transition, which the type checker enforces,
`typing.get_overloads` reads back, and the diagram in the documentation is drawn from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import TypeAlias, TypeVar, final, overload

from attrs import evolve, field, frozen

from connectcore.choices import one_of
from connectcore.errors import IllegalTransition, InvalidValue
from connectcore.members import MemberId, member_id
from connectcore.moments import moment
from connectcore.texts import storable

__all__ = [
    "PAIR_EVENTS",
    "Acquaintance",
    "Blocked",
    "Connected",
    "Connection",
    "ConnectionRemoved",
    "InvitationAccepted",
    "InvitationExpired",
    "InvitationIgnored",
    "InvitationReported",
    "InvitationSent",
    "InvitationWithdrawn",
    "Invited",
    "MemberBlocked",
    "MemberFollowed",
    "MemberUnblocked",
    "MemberUnfollowed",
    "Pair",
    "PairEvent",
    "Past",
    "PendingInvitation",
    "Relationship",
    "Strangers",
    "after",
    "replay",
    "transition",
]


@final
@frozen
class Pair:
    """Two members in no particular order; whoever is named first, it is the same pair.

    >>> Pair.of("grace", "ada") == Pair.of("ada", "grace")
    True
    """

    low: MemberId = field(converter=member_id)
    high: MemberId = field(converter=member_id)

    def __attrs_post_init__(self) -> None:
        if self.low > self.high:
            message = f"{self.low!r} comes after {self.high!r}; let Pair.of put them in order"
            raise InvalidValue(message)
        if self.low == self.high:
            message = f"a pair needs two different members, not {self.low!r} twice"
            raise InvalidValue(message)

    @classmethod
    def of(cls, one: str, another: str) -> Pair:
        """Make the pair; raise `InvalidValue` for a pair with oneself."""
        low, high = sorted((one, another), key=str)  # of what is no text, the pair complains
        return cls(low, high)

    def other(self, member: MemberId) -> MemberId:
        """The one of the two that is not *member*; raise `InvalidValue` for a third one."""
        if member not in (self.low, self.high):
            message = f"{member!r} is neither of the two"
            raise InvalidValue(message)
        return self.high if member == self.low else self.low


@final
class Acquaintance(Enum):
    """How the inviter says they know the invitee (LinkedIn's vocabulary until about 2016)."""

    COLLEAGUE = "colleague"
    CLASSMATE = "classmate"
    BUSINESS_PARTNER = "business_partner"
    FRIEND = "friend"
    OTHER = "other"


# ── What happens between two members ────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class PairEvent:
    """Something that `by` did and that changes what they and `to` are to each other."""

    by: MemberId = field(converter=member_id)
    to: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)

    def __attrs_post_init__(self) -> None:
        if self.by == self.to:
            message = f"nothing happens between {self.by!r} and themselves"
            raise InvalidValue(message)


@final
@frozen(kw_only=True)
class InvitationSent(PairEvent):
    """`by` invited `to` to connect."""

    note: str = field(default="", converter=storable, repr=False)
    acquaintance: Acquaintance | None = field(default=None, validator=one_of(Acquaintance))


@final
@frozen(kw_only=True)
class InvitationAccepted(PairEvent):
    """`by` accepted the invitation of `to`, or invited them while it was pending."""


@final
@frozen(kw_only=True)
class InvitationIgnored(PairEvent):
    """`by` put the invitation of `to` aside; `to` is not told, and sees it pending."""


@final
@frozen(kw_only=True)
class InvitationReported(PairEvent):
    """`by` put the invitation of `to` aside and said that they do not know them."""


@final
@frozen(kw_only=True)
class InvitationWithdrawn(PairEvent):
    """`by` took back the invitation to `to`."""


@final
@frozen(kw_only=True)
class InvitationExpired(PairEvent):
    """The invitation of `by` to `to` grew too old."""


@final
@frozen(kw_only=True)
class ConnectionRemoved(PairEvent):
    """`by` ended the connection with `to`."""


@final
@frozen(kw_only=True)
class MemberBlocked(PairEvent):
    """`by` blocked `to`."""


@final
@frozen(kw_only=True)
class MemberUnblocked(PairEvent):
    """`by` lifted their block of `to`."""


@final
@frozen(kw_only=True)
class MemberFollowed(PairEvent):
    """`by` wants to read what `to` shares."""


@final
@frozen(kw_only=True)
class MemberUnfollowed(PairEvent):
    """`by` no longer wants to read what `to` shares; a connection stays."""


PAIR_EVENTS: tuple[type[PairEvent], ...] = (
    *(InvitationSent, InvitationAccepted, InvitationIgnored, InvitationReported),
    *(InvitationWithdrawn, InvitationExpired, ConnectionRemoved),
    *(MemberBlocked, MemberUnblocked, MemberFollowed, MemberUnfollowed),
)
"""Every kind of thing that happens between two members."""

_REMEMBERED = (
    InvitationWithdrawn,
    InvitationIgnored,
    InvitationReported,
    ConnectionRemoved,
    MemberUnblocked,
)
E = TypeVar("E", bound=PairEvent)


@final
@frozen
class Past:
    """What rules look back at: the last of each kind of ending, by each of the two."""

    events: frozenset[PairEvent] = frozenset()

    def last(self, kind: type[E], by: str) -> E | None:
        """The last event of *kind* that *by* caused, or `None`."""
        for event in self.events:
            if isinstance(event, kind) and event.by == by:
                return event
        return None

    def remember(self, event: PairEvent) -> Past:
        """This past with *event* in it, if it is one that a rule looks back at."""
        if not isinstance(event, _REMEMBERED):
            return self
        same = self.last(type(event), event.by)
        return Past((self.events - {same}) | {event})

    def reconciled(self) -> Past:
        """What is left to hold against anybody once the two have connected: only unblocking."""
        if not self.events:
            return self
        return Past(frozenset(event for event in self.events if isinstance(event, MemberUnblocked)))


# ── What two members are to each other ──────────────────────────────────────────────────────────


@final
@frozen(kw_only=True)
class PendingInvitation:
    """An invitation that waits for an answer, as both of the two may see it."""

    inviter: MemberId = field(converter=member_id)
    invitee: MemberId = field(converter=member_id)
    sent_at: datetime = field(converter=moment)
    note: str = field(default="", repr=False)
    acquaintance: Acquaintance | None = field(default=None, validator=one_of(Acquaintance))


@final
@frozen(kw_only=True)
class Connection:
    """An entry in somebody's list of connections: `of` is connected with `member`."""

    of: MemberId = field(converter=member_id)
    member: MemberId = field(converter=member_id)
    since: datetime = field(converter=moment)


@final
@frozen(kw_only=True)
class Strangers:
    """Neither connected nor invited; `follows` names those of the two who follow the other."""

    follows: frozenset[MemberId] = frozenset()
    past: Past = Past()


@final
@frozen(kw_only=True)
class Invited:
    """One of the two has invited the other.

    An invitee who ignores or reports an invitation sets it aside: it leaves their list, the inviter
    goes on seeing it pending, and the invitee may still change their mind.
    """

    invitation: PendingInvitation
    set_aside: InvitationIgnored | InvitationReported | None = None
    follows: frozenset[MemberId] = frozenset()
    past: Past = Past()


@final
@frozen(kw_only=True)
class Connected:
    """Each stands in the other's list of connections."""

    since: datetime
    follows: frozenset[MemberId] = frozenset()
    past: Past = Past()


@final
@frozen(kw_only=True)
class Blocked:
    """One of the two blocked the other, or both did: neither exists for the other."""

    blocks: frozenset[MemberBlocked]
    past: Past = Past()

    @property
    def by(self) -> frozenset[MemberId]:
        """Those who blocked: one of the two, or both."""
        return frozenset(block.by for block in self.blocks)


Relationship: TypeAlias = Strangers | Invited | Connected | Blocked
"""What two members are to each other; `match` over it is exhaustive."""


# ── The table of legal transitions ──────────────────────────────────────────────────────────────


@overload
def after(state: Strangers, event: InvitationSent) -> Invited: ...
@overload
def after(state: Strangers, event: MemberFollowed | MemberUnfollowed) -> Strangers: ...
@overload
def after(state: Invited, event: InvitationIgnored | InvitationReported) -> Invited: ...
@overload
def after(state: Invited, event: InvitationWithdrawn | InvitationExpired) -> Strangers: ...
@overload
def after(state: Invited, event: InvitationAccepted) -> Connected: ...
@overload
def after(state: Invited, event: MemberFollowed | MemberUnfollowed) -> Invited: ...
@overload
def after(state: Connected, event: ConnectionRemoved) -> Strangers: ...
@overload
def after(state: Connected, event: MemberFollowed | MemberUnfollowed) -> Connected: ...
@overload
def after(state: Strangers | Invited | Connected | Blocked, event: MemberBlocked) -> Blocked: ...
@overload
def after(state: Blocked, event: MemberUnblocked) -> Strangers | Blocked: ...
def after(state: Relationship, event: PairEvent) -> Relationship:
    """The relationship after *event*.

    Raises `IllegalTransition` for an event that the table does not allow, or that somebody caused
    who may not: only the invitee answers, only the inviter withdraws, only a blocker unblocks.
    """
    return transition(state, event)


def replay(events: Iterable[PairEvent]) -> Relationship:
    """What two members are to each other after a whole history that began as strangers.

    Raises `IllegalTransition` where the history is not a legal one, or not one of two members.
    """
    state: Relationship = Strangers()
    pairs: set[Pair] = set()
    for event in events:
        pairs.add(Pair.of(event.by, event.to))
        if len(pairs) > 1:
            raise IllegalTransition(type(state).__name__, type(event).__name__)
        state = transition(state, event)
    return state


def transition(state: Relationship, event: PairEvent) -> Relationship:
    """The table of `after`, for a state and an event that only the run of a program knows."""
    past = state.past.remember(event)
    match state, event:
        case Strangers(), InvitationSent():
            return Invited(invitation=_pending(event), follows=state.follows, past=past)
        case Invited(), InvitationAccepted() if event.by == state.invitation.invitee:
            both = frozenset((event.by, event.to))
            return Connected(since=event.at, follows=both, past=past.reconciled())
        case Invited(), InvitationIgnored() | InvitationReported() if (
            event.by == state.invitation.invitee
        ):
            return evolve(state, set_aside=event, past=past)
        case Invited(), InvitationWithdrawn() | InvitationExpired() if (
            event.by == state.invitation.inviter
        ):
            return Strangers(follows=state.follows, past=past)
        case Connected(), ConnectionRemoved():
            return Strangers(past=past)
        case Blocked(), MemberBlocked() if event.by not in state.by:
            return evolve(state, blocks=state.blocks | {event})
        case Invited(), MemberBlocked() if event.by == state.invitation.inviter:
            # To block whom one invited takes the invitation back, with the wait that follows.
            withdrawn = InvitationWithdrawn(by=event.by, to=event.to, at=event.at)
            return Blocked(blocks=frozenset((event,)), past=past.remember(withdrawn))
        case Strangers() | Invited() | Connected(), MemberBlocked():
            return Blocked(blocks=frozenset((event,)), past=past)
        case Blocked(), MemberUnblocked() if event.by in state.by:
            left = frozenset(block for block in state.blocks if block.by != event.by)
            return evolve(state, blocks=left, past=past) if left else Strangers(past=past)
        case Strangers() | Invited() | Connected(), MemberFollowed():
            return evolve(state, follows=state.follows | {event.by})
        case Strangers() | Invited() | Connected(), MemberUnfollowed():
            return evolve(state, follows=state.follows - {event.by})
        case _:
            raise IllegalTransition(type(state).__name__, type(event).__name__)


def _pending(sent: InvitationSent) -> PendingInvitation:
    return PendingInvitation(
        inviter=sent.by,
        invitee=sent.to,
        sent_at=sent.at,
        note=sent.note,
        acquaintance=sent.acquaintance,
    )
