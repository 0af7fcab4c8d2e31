"""Mail, as the application reads it, sends it, and says that it is sent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Generic, final

from attrs import evolve

from connectcore.channels import Channel, NoticeKind, Subscription
from connectcore.choices import check_instance
from connectcore.guests import GuestInvited, GuestReminded
from connectcore.journal import MAILED, Mailing
from connectcore.mail import Email
from connectcore.members import MemberId
from connectcore.network.charter import Charter
from connectcore.network.guest_mail import GUEST, refuse_mail
from connectcore.network.journal import due_entries, settle
from connectcore.network.mailing import UNSUBSCRIBING, Letter, letters, waiting
from connectcore.pages import check_limit
from connectcore.profiles import ProfileT
from connectcore.storage import Snapshot, Transaction
from connectcore.tokens import unseal_token

__all__ = ["Mail", "unsubscribe"]


@final
class Mail(Generic[ProfileT]):
    """The mail that waits to be sent, made of what the journal holds of it.

    Whoever sends reads what is due, sends it, and says so; killed in between, they read it again,
    with the same ids.
    So everything is sent at least once, and the mail of one member comes in the order in which what
    it tells was written down.
    """

    def __init__(self, charter: Charter[ProfileT]) -> None:
        self._charter = charter

    def due(self, *, limit: int = 100, at: datetime | None = None) -> tuple[Email, ...]:
        """The mail that is due at a moment and not sent; if there is none, nothing is due.

        What goes out at once is put together by its kind, what goes out in a digest by the digest.
        What is in a mail stays in it alone from the first reading on; what has come since makes
        another.
        Decided anew at each reading is what may be told: what was undone, what its reader may not
        see any more or wants no mail of any more is left out and settled, and so is all mail to a
        member without an address.
        """
        wanted, moment = check_limit(limit), self._charter.moment(at)
        while owners := self._charter.store.read(partial(_owners, at=moment, limit=wanted)):
            given = self._charter.store.write(
                owners, partial(self._give, owners=owners, at=moment, limit=wanted)
            )
            if given:
                return given
        return ()

    def sent(self, *emails: Email) -> None:
        """Settle mail that was sent; saying it again is no matter."""
        for email in emails:
            check_instance("emails", email, Email)
        settle(self._charter, ((email.owner, entry) for email in emails for entry in email.entries))

    def _give(
        self, transaction: Transaction, *, owners: Collection[MemberId], at: datetime, limit: int
    ) -> tuple[Email, ...]:
        given: list[Email] = []
        entries = transaction.journal(at, None, owners)
        for letter in letters(self._charter, transaction, entries, at=at):
            for entry in letter.idle:
                transaction.settle(entry.owner, (entry.id,))
            for entry in letter.put_off:
                transaction.write_down(entry)
            if letter.email is not None and len(given) < limit:
                _close(transaction, letter, letter.email)
                given.append(letter.email)
        return tuple(given)


def _owners(snapshot: Snapshot, *, at: datetime, limit: int) -> frozenset[MemberId]:
    due = due_entries(snapshot, at, limit, lambda happening: isinstance(happening, MAILED))
    return frozenset(entry.owner for entry in due)


def _close(transaction: Transaction, letter: Letter, email: Email) -> None:
    """Keep together what goes out together, so that it is the same when it is read again.

    All of it is due at one moment then: a reader whose clock is behind gets the whole or nothing.
    """
    for entry, mailed in waiting(letter.told):
        match mailed:
            case Mailing(mail=""):
                closed = evolve(mailed, mail=email.id)
                transaction.write_down(evolve(entry, due_at=email.due_at, happening=closed))
            case Mailing() | GuestInvited() | GuestReminded():
                pass


_SUBSCRIPTIONS: dict[str, Subscription] = {each.value: each for each in (*NoticeKind, *Channel)}


def unsubscribe(charter: Charter[ProfileT], token: str) -> None:
    """Send no more of what a token came with; see `Network.unsubscribe`."""
    said = charter.store.read(
        lambda snapshot: unseal_token(charter.key(snapshot), UNSUBSCRIBING, token)
    )
    name, _, member = said.partition(" ")
    if name == GUEST:
        refuse_mail(charter, MemberId(member))
        return

    def unit(transaction: Transaction) -> None:
        there = transaction.members((MemberId(member),)).get(MemberId(member))
        if there is not None:
            left = there.settings.notices.unsubscribed(_SUBSCRIPTIONS[name])
            transaction.put_member(evolve(there, settings=evolve(there.settings, notices=left)))

    charter.store.write((MemberId(member),), unit)
