"""E-mail addresses: how they are written and compared, and which of them are a member's own.

Whose an address is, is looked up by a keyed digest of it, so nothing that a store keeps for that
reads as an address of anybody.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import cast, final

from attrs import field, frozen

from connectcore.choices import check_instance
from connectcore.errors import InvalidValue
from connectcore.members import MemberId, member_id
from connectcore.moments import moment
from connectcore.registers import Key, Register
from connectcore.texts import storable

__all__ = [
    "ADDRESS_HOLDERS",
    "CONFIRMED_ADDRESSES",
    "HOLDER_KEY",
    "AddressHolder",
    "ConfirmedAddress",
    "address_key",
    "email_address",
    "is_email_address",
]

_MOST_CHARACTERS = 254
"""What a path of SMTP has room for (RFC 5321, section 4.5.3.1.3, less the brackets)."""

_PART = r"""[^\s@<>()\[\]\\,:;"]"""
"""What a header holds without quotes (RFC 5322, section 3.2.3)."""

_ADDRESS = re.compile(rf"(?P<local>{_PART}+)@(?P<domain>(?!\.)(?:{_PART}(?!\.\.|\.$))+)")


def email_address(text: str) -> str:
    """Give an e-mail address as it is kept: without spaces around it, the domain in small letters.

    Raises `InvalidValue` for what is no address, without a word of what was given.

    >>> email_address(" Ada@Example.ORG ")
    'Ada@example.org'
    """
    match = _match(text)
    if match is None:
        message = "this is no e-mail address; give one such as 'ada@example.org'"
        raise InvalidValue(message)
    return storable(f"{match['local']}@{match['domain'].lower()}")


def is_email_address(text: str) -> bool:
    """Whether a text is an e-mail address, with nothing around it.

    >>> is_email_address("ada@example.org"), is_email_address("ada@example..org")
    (True, False)
    """
    match = _match(text)
    return match is not None and match[0] == unicodedata.normalize("NFC", text)


def _match(text: str) -> re.Match[str] | None:
    given = text if isinstance(cast("object", text), str) else ""
    match = _ADDRESS.fullmatch(unicodedata.normalize("NFC", given.strip()))
    if match is None or len(match[0]) > _MOST_CHARACTERS or not match[0].isprintable():
        return None
    return match


def address_key(address: str) -> str:
    """What an address is compared by: whatever its case and the spaces around it.

    A server may tell `Ada@` from `ada@` (RFC 5321, section 2.4), but people do not.

    >>> address_key("Ada@example.org") == address_key(" ada@EXAMPLE.org")
    True
    """
    check_instance("email", address, str)
    return unicodedata.normalize("NFC", address.strip()).casefold()


@final
@frozen(kw_only=True)
class ConfirmedAddress:
    """An address of which the application knows that it is the member's own."""

    address: str = field(converter=email_address, repr=False)
    confirmed_at: datetime = field(converter=moment)


CONFIRMED_ADDRESSES: Register[ConfirmedAddress] = Register(
    name="confirmed_addresses",
    holds=ConfirmedAddress,
    key=lambda confirmed: (address_key(confirmed.address),),
    at=lambda confirmed: confirmed.confirmed_at,
)
"""The addresses of each member."""


@final
@frozen(kw_only=True)
class AddressHolder:
    """The one member whose an address is."""

    member: MemberId = field(converter=member_id)
    since: datetime = field(converter=moment)


HOLDER_KEY: Key = ("holder",)
"""The key of the one holder that an address has."""

ADDRESS_HOLDERS: Register[AddressHolder] = Register(
    name="address_holders",
    holds=AddressHolder,
    key=lambda _: HOLDER_KEY,
    at=lambda holder: holder.since,
    other=lambda holder: holder.member,
)
"""Whose an address is; owned by the digest of it."""
