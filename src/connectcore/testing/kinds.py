"""A kind of activity of an application's own, for tests of whatever must bear one.

A store that has to be told of kinds is told of `TalkAnnounced` before it is checked.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, final

from attrs import field, frozen

from connectcore.activities import Activity, ActivityKey
from connectcore.members import MemberId
from connectcore.posts import PostId
from connectcore.testing.worlds import NOON

__all__ = ["TalkAnnounced"]


@final
@frozen(kw_only=True)
class TalkAnnounced(Activity):
    """`actor` gives a talk, perhaps with others; all who announce one talk are grouped.

    Its kind is no word that an application would give to one of its own.
    """

    kind: ClassVar[str] = "testing.talk_announced"

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
