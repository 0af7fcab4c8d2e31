"""Kinds of activity and of profile of an application's own."""

from datetime import date, datetime, timedelta
from typing import ClassVar, final

from attrs import field, frozen

from connectcore import Acquaintance, Activity, Audience, MemberId, Profile, shown_to
from connectcore.activities import ActivityKey
from connectcore.moments import optional_moment
from connectcore.posts import PostId
from tests.worlds import NOON


@final
@frozen(kw_only=True)
class TalkAnnounced(Activity):
    """`actor` gives a talk, perhaps with others; all who announce one talk are grouped."""

    kind: ClassVar[str] = "talk_announced"

    title: str
    speakers: tuple[MemberId, ...] = field(default=(), converter=tuple[MemberId, ...])
    post: PostId | None = None

    @property
    def key(self) -> ActivityKey:
        """What tells one announcement apart from another."""
        return (self.kind, self.title)

    @property
    def names(self) -> tuple[MemberId, ...]:
        """Whoever speaks."""
        return self.speakers

    @property
    def about(self) -> PostId | None:
        """The post that announces it, if there is one."""
        return self.post

    @property
    def subject(self) -> ActivityKey:
        """The talk itself."""
        return self.key


def talk(actor: str, title: str = "Engines", *with_: str, at: datetime = NOON) -> TalkAnnounced:
    """A talk that *actor* announces."""
    speakers = tuple(map(MemberId, with_))
    return TalkAnnounced(id=f"{actor}-{title}", actor=actor, at=at, title=title, speakers=speakers)


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
