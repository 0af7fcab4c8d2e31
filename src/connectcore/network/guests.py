"""Inviting an address: the same steps, and the same answers, whosever it is."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from connectcore.acts import Act
from connectcore.addresses import email_address
from connectcore.channels import NoticeKind, NoticePreferences
from connectcore.guests import (
    ADDRESSES_INVITED,
    AddressInvitation,
    GuestInvited,
    GuestMail,
    GuestReminded,
    SentToAddress,
    invite_address,
    own_doing,
    withdraw_from_address,
)
from connectcore.invitations import current
from connectcore.members import MemberId
from connectcore.network.acts import keep, propose
from connectcore.network.arriving import is_turned_away, settle_expired, untell_guest
from connectcore.network.charter import Charter, acting, refuse
from connectcore.network.holders import holder_of, known_as
from connectcore.network.telling import write_down
from connectcore.notices import NOTICES, Notice
from connectcore.profiles import ProfileT
from connectcore.proposals import Proposal
from connectcore.refusals import NO_INVITATION, ONESELF, Verdict
from connectcore.relationships import (
    InvitationIgnored,
    InvitationSent,
    Relationship,
    transition,
)
from connectcore.rulebook import tally
from connectcore.storage import Snapshot, Transaction

__all__ = ["cancel_reminders", "foresee_inviting", "send_to_address", "take_back_from_address"]

_USUAL_CHANNELS = NoticePreferences().of(NoticeKind.INVITATION_RECEIVED)


def send_to_address(
    charter: Charter[ProfileT], actor: MemberId, address: str, *, note: str, at: datetime | None
) -> AddressInvitation:
    """Invite an address; see `Invitations.send_to_address`."""
    moment = charter.moment(at)
    remind_at = charter.reminders.moments(moment, expiry=charter.rules.expiry)
    invitation = AddressInvitation(
        inviter=actor, address=address, sent_at=moment, note=note, remind_at=remind_at
    )
    guest = charter.store.read(lambda snapshot: known_as(charter, snapshot, address))

    def unit(transaction: Transaction) -> AddressInvitation:
        proposal = propose(charter, transaction, Act.SEND, actor, guest, at=moment, note=note)
        holder = holder_of(transaction, guest)
        if holder == actor:
            raise refuse(Verdict((ONESELF,)))
        # Asked whosever the address is, so that the calls are the same.
        refused = is_turned_away(charter, transaction, actor, holder or guest, at=moment)
        match invite_address(_towards_guest(charter, proposal), charter.rules):
            case Verdict() as verdict:
                raise refuse(verdict)
            case None:
                sent = transaction.entry(ADDRESSES_INVITED, actor, (guest,))
                return invitation if sent is None else sent.invitation
            case event:
                is_held = holder is not None and refused
                _keep_sent(charter, transaction, event, proposal.relationship, is_held=is_held)
        sent = SentToAddress(guest=guest, invitation=invitation)
        transaction.enter(ADDRESSES_INVITED, actor, sent)
        _write_to_guest(charter, transaction, guest, invitation)
        return invitation

    return charter.store.write((actor, guest), unit)


def foresee_inviting(
    charter: Charter[ProfileT], actor: MemberId, address: str, *, note: str, at: datetime | None
) -> Verdict:
    """What would become of inviting an address; see `Invitations.may_send_to_address`."""
    moment = charter.moment(at)

    def unit(snapshot: Snapshot) -> Verdict:
        guest = known_as(charter, snapshot, email_address(address))
        proposal = propose(charter, snapshot, Act.SEND, actor, guest, at=moment, note=note)
        if holder_of(snapshot, guest) == actor:
            return Verdict((ONESELF,))
        proposal = _towards_guest(charter, proposal)
        match invite_address(proposal, charter.rules):
            case Verdict() as verdict:
                return verdict.disclosed()
            case None:
                return Verdict()
            case _:
                return Verdict(quotas=tally(charter.rules.inviting, proposal))

    return charter.store.read(unit)


def cancel_reminders(
    charter: Charter[ProfileT], actor: MemberId, address: str, *, at: datetime | None
) -> None:
    """Send no reminder to an address; see `Invitations.cancel_reminders`."""
    given, since = email_address(address), charter.pending_since(charter.moment(at))
    guest = charter.store.read(lambda snapshot: known_as(charter, snapshot, given))

    def unit(transaction: Transaction) -> None:
        acting(transaction, actor)
        sent = transaction.entry(ADDRESSES_INVITED, actor, (guest,))
        if sent is None or (since is not None and sent.invitation.sent_at <= since):
            raise refuse(Verdict((NO_INVITATION,)))
        left = evolve(sent, invitation=evolve(sent.invitation, remind_at=()))
        transaction.enter(ADDRESSES_INVITED, actor, left)

    charter.store.write((actor, guest), unit)


def take_back_from_address(
    charter: Charter[ProfileT], actor: MemberId, address: str, *, at: datetime | None
) -> None:
    """Withdraw from an address; see `Invitations.withdraw_from_address`."""
    given, moment = email_address(address), charter.moment(at)
    guest = charter.store.read(lambda snapshot: known_as(charter, snapshot, given))

    def unit(transaction: Transaction) -> None:
        proposal = propose(charter, transaction, Act.WITHDRAW, actor, guest, at=moment)
        match withdraw_from_address(_towards_guest(charter, proposal)):
            case Verdict() as verdict:
                raise refuse(verdict)
            case None:
                return
            case event:
                keep(charter, transaction, event, proposal.relationship)
        transaction.strike(ADDRESSES_INVITED, actor, (guest,))
        untell_guest(transaction, guest, actor)

    charter.store.write((actor, guest), unit)


def _towards_guest(charter: Charter[ProfileT], proposal: Proposal) -> Proposal:
    """What is proposed to a guest, as far as it is the inviter's: it depends on no member."""
    state = current(proposal.relationship, at=proposal.at, rules=charter.rules)
    return evolve(proposal, relationship=own_doing(state, proposal.actor.id), knows_email=True)


def _keep_sent(
    charter: Charter[ProfileT],
    transaction: Transaction,
    event: InvitationSent,
    relationship: Relationship,
    *,
    is_held: bool,
) -> None:
    """Keep that an address was invited; what the rules hold back is set aside from the first."""
    inviter, guest, at = event.by, event.to, event.at
    relationship = settle_expired(charter, transaction, relationship, at=at)
    relationship = transition(relationship, event)
    if is_held:
        relationship = transition(relationship, InvitationIgnored(by=guest, to=inviter, at=at))
    transaction.record(event, relationship)
    notice = Notice(
        id=charter.new_id(),
        kind=NoticeKind.INVITATION_RECEIVED,
        to=guest,
        actor=inviter,
        at=at,
        channels=_USUAL_CHANNELS,
    )
    transaction.enter(NOTICES, guest, notice)


def _write_to_guest(
    charter: Charter[ProfileT],
    transaction: Transaction,
    guest: MemberId,
    invitation: AddressInvitation,
) -> None:
    """Write down that the address is to be written to, now and when it is to be reminded."""
    letters: list[tuple[GuestMail, datetime]] = [
        (GuestInvited(invitation=invitation), invitation.sent_at),
        *((GuestReminded(invitation=invitation, at=at), at) for at in invitation.remind_at),
    ]
    for letter, due_at in letters:
        write_down(
            charter, transaction, letter, owner=guest, other=invitation.inviter, due_at=due_at
        )
