"""Mail to addresses that were invited: what of it is still meant, when it is due, what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import final

from attrs import frozen

from connectcore.audiences import Audience
from connectcore.channels import NoticeKind, mailed_by, subscription_to
from connectcore.guests import (
    ADDRESSES_INVITED,
    MAIL_REFUSED,
    GuestInvited,
    GuestMail,
    MailRefused,
    is_still_meant,
)
from connectcore.invitations import current
from connectcore.journal import JournalEntry
from connectcore.mail import GuestLetter
from connectcore.members import MemberId
from connectcore.network.arriving import arrived
from connectcore.network.charter import Charter
from connectcore.network.holders import addresses_of, holder_of
from connectcore.profiles import ProfileT
from connectcore.storage import Read, Snapshot
from connectcore.visibility import view

__all__ = ["GUEST", "Outgoing", "outgoing", "reads_of_outgoing", "refuse_mail"]

GUEST = "guest"
"""What tokens call an address of nobody, where they name a kind or a channel to a member."""

_INVITED = NoticeKind.INVITATION_RECEIVED


@final
@frozen(kw_only=True)
class Outgoing:
    """What is to be mailed to an address, from when on, and what a token says to stop it."""

    letter: GuestLetter
    due_at: datetime
    subscription: str


def outgoing(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    entry: JournalEntry,
    mail: GuestMail,
    *,
    at: datetime,
) -> Outgoing | None:
    """What of *mail* is to be sent, if it still is.

    Whoever the address belongs to is mailed by the way that they chose for invitations, and only
    what has reached them; an address of nobody is mailed at once, unless no mail is wanted there.
    """
    guest, inviter = entry.owner, mail.invitation.inviter
    sent = snapshot.entry(ADDRESSES_INVITED, inviter, (guest,))
    state = snapshot.relationships(inviter, (guest,))[guest]
    if not is_still_meant(mail, sent, current(state, at=at, rules=charter.rules)):
        return None
    planned = mail.invitation.sent_at if isinstance(mail, GuestInvited) else mail.at
    letter = _letter(charter, snapshot, mail)
    holder = holder_of(snapshot, guest)
    if holder is None:
        if snapshot.entries(MAIL_REFUSED, (guest,)):
            return None
        return Outgoing(letter=letter, due_at=planned, subscription=f"{GUEST} {guest}")
    channel = mailed_by(snapshot.members((holder,))[holder].settings.notices.of(_INVITED))
    guests = addresses_of(charter, snapshot, holder)
    waiting = arrived(charter, snapshot, holder, guests, (inviter,), at=at)
    if channel is None or waiting.get(inviter) != guest:
        return None
    return Outgoing(
        letter=letter,
        due_at=channel.due_at(planned),
        subscription=f"{subscription_to(_INVITED, channel).value} {holder}",
    )


def reads_of_outgoing(entry: JournalEntry, mail: GuestMail) -> Sequence[Read]:
    """What `outgoing` reads first, whatever it finds."""
    guest, inviter = entry.owner, mail.invitation.inviter
    return (
        lambda ahead: ahead.entry(ADDRESSES_INVITED, inviter, (guest,)),
        lambda ahead: ahead.relationships(inviter, (guest,)),
        lambda ahead: holder_of(ahead, guest),
        lambda ahead: ahead.entries(MAIL_REFUSED, (guest,)),
        lambda ahead: ahead.members((inviter,)),
    )


def _letter(charter: Charter[ProfileT], snapshot: Snapshot, mail: GuestMail) -> GuestLetter:
    invitation = mail.invitation
    inviter = snapshot.members((invitation.inviter,))[invitation.inviter]
    name = view(inviter, Audience.MEMBERS, charter.visibility).profile.name
    reminders = invitation.remind_at
    reminded = 0 if isinstance(mail, GuestInvited) else reminders.index(mail.at) + 1
    return GuestLetter(invitation=invitation, name=name, reminded=reminded)


def refuse_mail(charter: Charter[ProfileT], guest: MemberId) -> None:
    """Mail no more invitations to an address, until somebody confirms it and chooses otherwise."""
    refused = MailRefused(at=charter.moment(None))
    charter.store.write(
        (guest,), lambda transaction: transaction.enter(MAIL_REFUSED, guest, refused)
    )
