"""The journal: what happened, kept in the same transaction until the application has dealt with it."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias, final

from attrs import field, frozen

from connectcore.guests import GuestInvited, GuestMail, GuestReminded
from connectcore.members import MemberId, member_id
from connectcore.moments import moment
from connectcore.notices import Notice
from connectcore.relationships import PairEvent
from connectcore.texts import storable

__all__ = ["MAILED", "Happening", "JournalEntry", "Mailed", "Mailing"]


@final
@frozen(kw_only=True)
class Mailing:
    """A notice that waits to be mailed.

    `mail` is the id of the mail that it goes out in, from the moment at which that was first read:
    whatever comes later goes out in another.
    """

    notice: Notice
    mail: str = field(default="", converter=storable)


Mailed: TypeAlias = Mailing | GuestMail
"""What is dealt with by sending mail."""

MAILED: tuple[type[Mailed], ...] = (Mailing, GuestInvited, GuestReminded)
"""The classes of `Mailed`."""

Happening: TypeAlias = PairEvent | Notice | Mailed
"""What a journal can hold."""


@final
@frozen(kw_only=True)
class JournalEntry:
    """Something that happened to `owner` and waits for the application.

    `id` is the same each time that it is read, so whoever deals with it twice can tell.
    `other` is the other member whom it is about.
    It is not read before `due_at`.
    """

    id: str = field(converter=storable)
    owner: MemberId = field(converter=member_id)
    other: MemberId = field(converter=member_id)
    due_at: datetime = field(converter=moment)
    happening: Happening
