"""Mail that is ready to be sent: to which address, what it says, and in which words.

The library sends nothing: an `Email` is a value, and whoever sends it makes a message of it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import TypeAlias, final

from attrs import field, frozen

from connectcore.addresses import address_key, is_email_address
from connectcore.channels import Channel
from connectcore.errors import InvalidValue
from connectcore.guests import AddressInvitation
from connectcore.members import Member, MemberId, member_id
from connectcore.moments import moment
from connectcore.notices import SOMEBODY, NoticeGroup
from connectcore.profiles import Name, Profile
from connectcore.texts import storable, texts

__all__ = [
    "Email",
    "GuestLetter",
    "GuestWording",
    "Wording",
    "address_of",
    "in_english",
    "to_guests_in_english",
]

_UNSUBSCRIBE = "List-Unsubscribe"
_URL = re.compile(r"https?://[!-;=?-~]{1,900}")


@final
class _Headers(EmailPolicy):
    """Folds headers as usual, but for a URL: one that did not fit would be encoded, and be none."""

    def fold(self, name: str, value: str) -> str:
        if name == _UNSUBSCRIBE:
            return f"{name}: {value}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        if name == _UNSUBSCRIBE:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


_HEADERS = _Headers(linesep="\r\n")


def _address(value: str) -> str:
    if not is_email_address(value):
        message = "this is no address that mail can be sent to; write one such as ada@example.org"
        raise InvalidValue(message)
    return value


def _one_line(text: str) -> str:
    """*text* on one line, without control characters: nothing in it begins another header."""
    shown = (each for each in text if each.isspace() or unicodedata.category(each) != "Cc")
    return storable(" ".join("".join(shown).split()))


@final
@frozen(kw_only=True)
class Email:
    """A mail that is ready to be sent, and goes on being due until it is said to be sent.

    `id` is the same each time that it is read, so whoever sends it twice can tell.
    `to` is the address; `subject` is one line, whatever it is made of.
    `token` is what `Network.unsubscribe` takes to send no more of it.
    `due_at` is when the last of what it tells became due.
    `owner` and `entries` name what it settles in the journal.
    """

    id: str = field(converter=storable)
    to: str = field(converter=_address, repr=False)
    subject: str = field(converter=_one_line, repr=False)
    text: str = field(converter=storable, repr=False)
    token: str = field(default="", repr=False)
    due_at: datetime = field(converter=moment)
    owner: MemberId = field(converter=member_id)
    entries: tuple[str, ...] = field(converter=texts)

    def to_message(self, sender: str, *, unsubscribe_url: str = "") -> EmailMessage:
        """Make a message of it, as `smtplib` sends it.

        *sender* is an address, with a name if there is one: `Network <notices@example.org>`.
        *unsubscribe_url* is the application's own address for `token`, at which a POST without
        anything else unsubscribes, as mail programs do at one click (RFC 8058).
        The message is the same each time, down to its `Message-ID`, which is made of `id`.
        Raises `InvalidValue` for a sender or a URL that no header can hold.

        >>> from datetime import UTC
        >>> email = Email(
        ...     id="1",
        ...     to="grace@example.org",
        ...     subject="Ada invited you to connect",
        ...     text="Ada invited you to connect.",
        ...     due_at=datetime(2026, 3, 2, tzinfo=UTC),
        ...     owner="grace",
        ...     entries=("1",),
        ... )
        >>> message = email.to_message("Network <notices@example.org>")
        >>> message["To"], message["Subject"]
        ('grace@example.org', 'Ada invited you to connect')
        """
        message = EmailMessage(policy=_HEADERS)
        message["From"] = sender = _header("sender", sender)
        message["To"] = self.to
        message["Subject"] = self.subject
        message["Date"] = self.due_at
        message["Message-ID"] = f"<{_name_of(self.id)}@{_domain_of(sender)}>"
        message["Auto-Submitted"] = "auto-generated"
        if unsubscribe_url:
            url = _url(unsubscribe_url)
            message[_UNSUBSCRIBE] = f"<{url}>"
            message[f"{_UNSUBSCRIBE}-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(self.text, cte="quoted-printable")
        return message


def _header(name: str, value: str) -> str:
    if not value.isprintable():
        message = f"a {name} is one line of printable characters, and {value!r} is not"
        raise InvalidValue(message)
    return value


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        message = "this URL fits no header; begin with https://, quote the rest, and keep it short"
        raise InvalidValue(message)
    return value


def _domain_of(sender: str) -> str:
    address = parseaddr(sender)[1]
    try:
        domain = address.partition("@")[2].encode("idna").decode()
    except UnicodeError:
        domain = ""
    if not (domain and is_email_address(address)):
        message = f"the sender {sender!r} has no address; write one such as notices@example.org"
        raise InvalidValue(message)
    return domain


def _name_of(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()[:32]


def address_of(member: Member[Profile], confirmed: Iterable[str] = ()) -> str | None:
    """The address that mail for *member* goes to; or `None`.

    That is the first in their own contact details that is *confirmed* to be theirs, or else the
    first of *confirmed*, or else the first in their contact details.
    What mail cannot be sent to is passed over.
    """
    shown = [each for each in member.profile.contact.emails if is_email_address(each)]
    own = {address_key(each): each for each in confirmed if is_email_address(each)}
    of_both = [each for each in shown if address_key(each) in own]
    return next(iter((*of_both, *own.values(), *shown)), None)


# ── Words ───────────────────────────────────────────────────────────────────────────────────────

Wording: TypeAlias = Callable[[Member[Profile], Channel, tuple[NoticeGroup, ...]], tuple[str, str]]
"""Gives the subject and the text of a mail to a member, which goes out by a channel that sends mail.

The groups are what it tells, newest first, as that member may see it; there is at least one.
"""

_DIGESTS = {Channel.DAILY_DIGEST: "daily", Channel.WEEKLY_DIGEST: "weekly"}


def in_english(
    member: Member[Profile], channel: Channel, groups: tuple[NoticeGroup, ...]
) -> tuple[str, str]:
    """The subject and the text of a mail: one sentence a line, and the first is the subject."""
    sentences = [_one_line(str(group)) for group in groups]
    text = "".join(f"{sentence}.\n" for sentence in sentences)
    if channel in _DIGESTS:
        count = sum(group.count for group in groups)
        notices = "1 notice" if count == 1 else f"{count} notices"
        return f"Your {_DIGESTS[channel]} digest: {notices}", text
    more = ", and more" if len(sentences) > 1 else ""
    return f"{sentences[0]}{more}", text


@final
@frozen(kw_only=True)
class GuestLetter:
    """What is written to an address that was invited: the invitation, or a reminder of it.

    `name` is that of the inviter as members may see it, and `reminded` how often the address has
    been reminded with this letter; a letter that is none has 0.
    """

    invitation: AddressInvitation
    name: Name = field(repr=False)
    reminded: int = 0


GuestWording: TypeAlias = Callable[[GuestLetter], tuple[str, str]]
"""Gives the subject and the text of a mail to an address that was invited."""


def to_guests_in_english(letter: GuestLetter) -> tuple[str, str]:
    """The subject and the text of a mail to a guest: who invites them, and the note."""
    sentence = f"{_one_line(str(letter.name)) or SOMEBODY} invites you to connect"
    subject = f"Reminder: {sentence}" if letter.reminded else sentence
    note = letter.invitation.note
    return subject, f"{sentence}.\n" + (f"\n{note}\n" if note else "")
