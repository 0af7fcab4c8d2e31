"""Guests: invitations to an e-mail address, whosever it is.

An address stands between its inviter and whoever it belongs to: the inviter has a relationship with
a keyed digest of the address, in which the invitation waits, and nothing of it is between the two
members until it is accepted.
So limits count it, it grows old and is withdrawn as any other, and whether the address belongs to
a member changes nothing for the inviter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias, final

from attrs import evolve, field, frozen

from connectcore.addresses import email_address
from connectcore.errors import InvalidValue
from connectcore.invitations import invite, withdraw
from connectcore.members import MemberId, member_id
from connectcore.moments import check_wait, moment
from connectcore.proposals import Proposal
from connectcore.refusals import NO_INVITATION, Verdict
from connectcore.registers import Key, Register
from connectcore.relationships import (
    Blocked,
    Connected,
    ConnectionRemoved,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    MemberUnblocked,
    Past,
    Relationship,
    Strangers,
)
from connectcore.rulebook import ConnectionRules
from connectcore.texts import storable

__all__ = [
    "ADDRESSES_INVITED",
    "MAIL_REFUSED",
    "TURNED_AWAY",
    "AddressInvitation",
    "Arrival",
    "GuestInvited",
    "GuestMail",
    "GuestReminded",
    "MailRefused",
    "Reminder",
    "ReminderPolicy",
    "SentToAddress",
    "arrivals",
    "invite_address",
    "is_invited_by",
    "is_still_meant",
    "own_doing",
    "withdraw_from_address",
]


def _moments(values: Iterable[datetime]) -> tuple[datetime, ...]:
    return tuple(map(moment, values))


@final
@frozen(kw_only=True)
class AddressInvitation:
    """An invitation to an e-mail address that waits for an answer, as its inviter sees it.

    `remind_at` are the moments at which the address is to be reminded of it.
    """

    inviter: MemberId = field(converter=member_id)
    address: str = field(converter=email_address, repr=False)
    sent_at: datetime = field(converter=moment)
    note: str = field(default="", converter=storable, repr=False)
    remind_at: tuple[datetime, ...] = field(default=(), converter=_moments)


@final
@frozen(kw_only=True)
class SentToAddress:
    """What an inviter keeps of an invitation: it, and the digest that the `guest` goes by."""

    guest: MemberId = field(converter=member_id)
    invitation: AddressInvitation


ADDRESSES_INVITED: Register[SentToAddress] = Register(
    name="addresses_invited",
    holds=SentToAddress,
    key=lambda sent: (sent.guest,),
    at=lambda sent: sent.invitation.sent_at,
    other=lambda sent: sent.guest,
)
"""The addresses that a member invited."""

TURNED_AWAY: Register[InvitationReported] = Register(
    name="turned_away",
    holds=InvitationReported,
    key=lambda report: (report.to,),
    at=lambda report: report.at,
    other=lambda report: report.to,
)
"""Whom a member reported for an invitation to an address of theirs.

It is not in the relationship of the two, where it would tell the one whose the address is.
"""


# ── For the inviter ─────────────────────────────────────────────────────────────────────────────


def own_doing(relationship: Relationship, member: MemberId) -> Relationship:
    """A relationship with no more of the past in it than what *member* did.

    What a guest did is nothing that an inviter may notice.
    """
    kept = frozenset(event for event in relationship.past.events if event.by == member)
    return evolve(relationship, past=Past(kept))


def invite_address(proposal: Proposal, rules: ConnectionRules) -> InvitationSent | Verdict | None:
    """Decide whether the actor may invite a guest; `None` if they did."""
    if not isinstance(proposal.relationship, Strangers):
        return None
    return invite(proposal.relationship, proposal, rules)


def withdraw_from_address(proposal: Proposal) -> InvitationWithdrawn | Verdict | None:
    """Decide to take the invitation of a guest back; `None` if it is done."""
    by = proposal.actor.id
    match proposal.relationship:
        case Invited() as invited:
            return withdraw(invited, by=by, at=proposal.at)
        case state if state.past.last(InvitationWithdrawn, by):
            return None
        case _:
            return Verdict((NO_INVITATION,))


# ── For whom it is ──────────────────────────────────────────────────────────────────────────────


@final
@frozen(kw_only=True)
class Arrival:
    """An invitation that came to an address of a member, between the inviter and the digest."""

    guest: MemberId
    state: Invited

    @property
    def sent_at(self) -> datetime:
        """When it was sent."""
        return self.state.invitation.sent_at

    @property
    def waits(self) -> bool:
        """Whether it is not set aside."""
        return self.state.set_aside is None

    def between(self, member: MemberId, real: Strangers | Invited) -> Invited:
        """What *member* and the inviter, who are *real* to each other, would be by it."""
        invitation = evolve(self.state.invitation, invitee=member)
        return Invited(invitation=invitation, follows=real.follows, past=real.past)


_ENDS = (ConnectionRemoved, MemberUnblocked)


def arrivals(real: Relationship, guests: Mapping[MemberId, Relationship]) -> tuple[Arrival, ...]:
    """The invitations of one inviter to addresses of one member that can be accepted, newest first.

    *real* is what the two are to each other, and *guests* what the inviter and the digest of each
    address are, all at the same moment.
    None of them outlasts a connection or a block: what was sent before either ended is gone.
    """
    if isinstance(real, Connected | Blocked):
        return ()
    ended_at = [event.at for event in real.past.events if isinstance(event, _ENDS)]
    found = [
        Arrival(guest=guest, state=state)
        for guest, state in guests.items()
        if isinstance(state, Invited)
    ]
    alive = (each for each in found if all(ended < each.sent_at for ended in ended_at))
    return tuple(sorted(alive, key=lambda each: (each.sent_at, each.guest), reverse=True))


def is_invited_by(relationship: Relationship, inviter: MemberId) -> bool:
    """Whether *inviter* sent the invitation that waits between two."""
    return isinstance(relationship, Invited) and relationship.invitation.inviter == inviter


# ── Mail to a guest ─────────────────────────────────────────────────────────────────────────────

_MOST_REMINDERS = 2


def _waits(after: Iterable[timedelta]) -> tuple[timedelta, ...]:
    waits = tuple(after)
    if len(waits) > _MOST_REMINDERS:
        message = f"an invitation is reminded of {_MOST_REMINDERS} times at most, not {len(waits)}"
        raise InvalidValue(message)
    if any(wait <= timedelta(0) for wait in waits) or list(waits) != sorted(set(waits)):
        message = f"reminders come after the invitation and one after the other, not {waits}"
        raise InvalidValue(message)
    for wait in waits:
        check_wait("after", wait)
    return waits


@final
@frozen(kw_only=True)
class ReminderPolicy:
    """When an invited address is reminded, counted from the invitation; never, if nothing is said.

    Twice at most, as LinkedIn does (help page a_id/3882).
    A court held that whoever invites has not agreed to reminders by that, and that they must be told
    of them and be able to stop them (addconnectionsettlement.com): so there are none by default, and
    each is listed beforehand.

    >>> ReminderPolicy(after=[timedelta(days=7), timedelta(days=21)]).after[0].days
    7
    """

    after: tuple[timedelta, ...] = field(default=(), converter=_waits)

    def moments(self, sent_at: datetime, *, expiry: timedelta | None) -> tuple[datetime, ...]:
        """When reminders of an invitation are due, less those that it does not live to see."""
        waits = (wait for wait in self.after if expiry is None or wait < expiry)
        return tuple(sent_at + wait for wait in waits)


@final
@frozen(kw_only=True)
class Reminder:
    """A reminder that will be mailed `at` a moment, unless the invitation is answered before."""

    invitation: AddressInvitation
    at: datetime = field(converter=moment)


@final
@frozen(kw_only=True)
class GuestInvited:
    """An address was invited, and waits to be written to."""

    invitation: AddressInvitation


@final
@frozen(kw_only=True)
class GuestReminded:
    """An address is to be reminded of an invitation, as was planned for a moment."""

    invitation: AddressInvitation
    at: datetime = field(converter=moment)


GuestMail: TypeAlias = GuestInvited | GuestReminded
"""What waits to be mailed to an address that was invited."""


def is_still_meant(mail: GuestMail, sent: SentToAddress | None, relationship: Relationship) -> bool:
    """Whether what waits to be mailed is to be mailed still.

    *relationship* is that of inviter and guest at the moment, *sent* what the inviter keeps of it.
    Not where the invitation was answered, taken back or grew too old, or the reminder was cancelled.
    """
    match relationship:
        case Invited(set_aside=None) if sent is not None:
            meant = sent.invitation
        case _:
            return False
    match mail:
        case GuestInvited(invitation=invitation):
            return meant.sent_at == invitation.sent_at
        case GuestReminded(invitation=invitation, at=at):
            return meant.sent_at == invitation.sent_at and at in meant.remind_at


@final
@frozen(kw_only=True)
class MailRefused:
    """Whoever reads the mail of an address wants no more invitations there."""

    at: datetime = field(converter=moment)


_REFUSAL: Key = ("refused",)

MAIL_REFUSED: Register[MailRefused] = Register(
    name="mail_refused", holds=MailRefused, key=lambda _: _REFUSAL, at=lambda refused: refused.at
)
"""To which addresses no invitation is mailed; owned by the digest of each."""
