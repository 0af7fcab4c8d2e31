"""A member's address book."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, final

from attrs import evolve

from connectcore.choices import check_instance
from connectcore.contacts import CONTACTS, Contact, contact_id
from connectcore.members import MemberId
from connectcore.network.charter import Charter, acting
from connectcore.network.own import page_of_own
from connectcore.pages import Page
from connectcore.profiles import ProfileT
from connectcore.storage import Snapshot, Transaction

__all__ = ["Contacts"]


@final
class Contacts(Generic[ProfileT]):
    """The address book of the acting member, which nobody else sees.

    It has no part in what anybody is shown or suggested, whether or not an address in it is
    a member's.
    """

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def add(self, *contacts: Contact, at: datetime | None = None) -> tuple[Contact, ...]:
        """Add contacts, all of them or none, and give them with the moment at which it was.

        One with the id of a contact that is there takes its place in the book and keeps its
        moment, so an address book may be brought in again.
        """
        moment = self._charter.moment(at)
        for contact in contacts:
            check_instance("contacts", contact, Contact)

        def unit(transaction: Transaction) -> tuple[Contact, ...]:
            acting(transaction, self._actor)
            return tuple(self._put(transaction, contact, moment) for contact in contacts)

        return self._charter.store.write((self._actor,), unit)

    def remove(self, contact: str) -> None:
        """Take the contact with an id out of the book; one that is not there is no matter."""
        named = contact_id(contact)

        def unit(transaction: Transaction) -> None:
            acting(transaction, self._actor)
            transaction.strike(CONTACTS, self._actor, (named,))

        self._charter.store.write((self._actor,), unit)

    def page(self, *, limit: int = 20, after: str | None = None) -> Page[Contact]:
        """The contacts of the member, the one added last first."""
        return page_of_own(self._charter, self._actor, CONTACTS, limit=limit, after=after)

    def count(self) -> int:
        """How many contacts the member has."""

        def unit(snapshot: Snapshot) -> int:
            acting(snapshot, self._actor)
            return len(snapshot.entries(CONTACTS, (self._actor,)))

        return self._charter.store.read(unit)

    def _put(self, transaction: Transaction, contact: Contact, at: datetime) -> Contact:
        former = transaction.entry(CONTACTS, self._actor, (contact.id,))
        added_at = at if former is None else former.added_at
        added = evolve(contact, added_at=added_at)
        transaction.enter(CONTACTS, self._actor, added)
        return added
