"""Contacts: whom a member knows outside the network, in an address book that nobody else sees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NewType, cast, final

from attrs import field, frozen

from connectcore.addresses import email_address
from connectcore.choices import instance_of
from connectcore.errors import InvalidValue
from connectcore.moments import optional_moment
from connectcore.profiles import Name
from connectcore.registers import Register
from connectcore.texts import storable, texts

__all__ = ["CONTACTS", "Contact", "ContactId", "contact_id"]

ContactId = NewType("ContactId", str)
"""What the application knows a contact by, such as the UID of a vCard: any non-empty text."""


def contact_id(value: str) -> ContactId:
    """Take *value* as the id of a contact; raise `InvalidValue` if it is no text or empty."""
    if not isinstance(cast("object", value), str) or not value:
        message = f"the id of a contact is a text that is not empty, not {value!r}"
        raise InvalidValue(message)
    return ContactId(storable(value))


def _addresses(emails: Iterable[str]) -> tuple[str, ...]:
    if isinstance(emails, str):
        message = "emails is one text; give a collection of addresses, such as ('ada@example.org',)"
        raise InvalidValue(message)
    return tuple(dict.fromkeys(map(email_address, texts(emails))))


@final
@frozen
class Contact:
    """Somebody in a member's address book: a name, e-mail addresses and a note.

    `id` is the application's own and tells the contacts of one member apart.
    `added_at` is filled in when the contact is added.
    Raises `InvalidValue` for what is no address, and for a contact with neither a name nor one.

    >>> Contact("1", name=Name("Linus"), emails=["linus@Example.org"]).emails
    ('linus@example.org',)
    """

    id: ContactId = field(converter=contact_id)
    name: Name = field(default=Name(), validator=instance_of(Name), kw_only=True, repr=False)
    emails: tuple[str, ...] = field(default=(), converter=_addresses, kw_only=True, repr=False)
    note: str = field(default="", converter=storable, kw_only=True, repr=False)
    added_at: datetime | None = field(
        default=None, converter=optional_moment, kw_only=True, repr=False
    )

    def __attrs_post_init__(self) -> None:
        storable(self.name.given)
        storable(self.name.family)
        if not (str(self.name) or self.emails):
            message = f"the contact {self.id!r} has neither a name nor an address; give one of them"
            raise InvalidValue(message)


def _added_at(contact: Contact) -> datetime:
    if contact.added_at is None:
        message = f"the contact {contact.id!r} does not say when it was added; give added_at"
        raise InvalidValue(message)
    return contact.added_at


CONTACTS: Register[Contact] = Register(
    name="contacts", holds=Contact, key=lambda contact: (contact.id,), at=_added_at
)
"""The address book of each member."""
