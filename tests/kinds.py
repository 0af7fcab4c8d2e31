"""Kinds of activity and of profile of an application's own."""

from datetime import date, datetime, timedelta
from typing import ClassVar, final

from attrs import field, frozen

from connectcore import Acquaintance, Activity, Audience, Profile, shown_to
from connectcore.moments import optional_moment
from connectcore.testing.kinds import TalkAnnounced, talk

__all__ = ["LibraryProfile", "ShelfDusted", "TalkAnnounced", "talk"]


@final
@frozen(kw_only=True)
class ShelfDusted(Activity):
    """`actor` dusted a shelf, with attributes of every kind that an application may hold."""

    kind: ClassVar[str] = "shelf_dusted"

    books: int = 0
    metres: float = 0.0
    in_public: bool = False
    lasted: timedelta = timedelta()
    again_at: datetime | None = field(default=None, converter=optional_moment)
    found: tuple[tuple[str, date], ...] = ()
    with_whom: frozenset[Acquaintance] = frozenset()


@final
@frozen(kw_only=True)
class LibraryProfile(Profile):
    """A profile with fields of an application's own."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=0)
    club: str = ""
