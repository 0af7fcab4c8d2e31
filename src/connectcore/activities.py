"""What can appear in a feed; open for kinds that an application adds.

An activity is something one member did that others may read about.
The stock kinds are closed classes for `match`; an application declares its own the same way, and
gets preferences, visibility and grouping for it.

>>> @final
... @frozen(kw_only=True)
... class TalkAnnounced(Activity):
...     kind: ClassVar[str] = "talk_announced"
...     title: str
"""

from __future__ import annotations

from datetime import datetime
from json.encoder import encode_basestring_ascii
from typing import ClassVar, TypeAlias, final

from attrs import field, frozen

from connectcore.members import MemberId, member_id
from connectcore.moments import moment
from connectcore.pages import Mark
from connectcore.posts import CommentId, PostId
from connectcore.recommendations import RecommendationId
from connectcore.relationships import Pair
from connectcore.texts import storable, texts

__all__ = [
    "STOCK_ACTIVITIES",
    "STOCK_KINDS",
    "Activity",
    "ActivityKey",
    "ConnectionMade",
    "MemberJoined",
    "PostCommentedOn",
    "PostPublished",
    "PostReactedTo",
    "ProfileChanged",
    "RecommendationShown",
    "SkillEndorsed",
]

ActivityKey: TypeAlias = tuple[str, ...]
"""What tells activities apart, or groups them: texts, of which the first is their kind."""

_SEPARATOR = "\N{INFORMATION SEPARATOR ONE}"  # JSON has none, so no two activities share a mark


@frozen(kw_only=True)
class Activity:
    """Something that `actor` did and that others may read about.

    `kind` names the class in preferences and in the sharing switch.
    """

    kind: ClassVar[str] = "activity"

    id: str = field(converter=storable)
    actor: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)

    @property
    def mark(self) -> Mark:
        """Its place in listings: by moment and id, then by actor and key where ids are alike."""
        # As `json.dumps` writes a list of texts, in a third of its time: a feed asks for thousands.
        known_by = ", ".join(map(encode_basestring_ascii, (self.actor, *self.key)))
        return (self.at, f"{self.id}{_SEPARATOR}[{known_by}]")

    @property
    def key(self) -> ActivityKey:
        """What tells a member's activities apart, and what undoing the act retracts.

        An activity takes the place of an older one with the same key.
        """
        return (self.kind, self.id)

    @property
    def names(self) -> tuple[MemberId, ...]:
        """The members it mentions besides the actor; a block or a mute of any of them hides it."""
        return ()

    @property
    def about(self) -> PostId | None:
        """The post that it is about, whose audience then decides who reads it."""
        return None

    @property
    def connection(self) -> Pair | None:
        """The two whose connection it tells, as far as the reader may know of that."""
        return None

    @property
    def shown_in(self) -> tuple[tuple[MemberId, str], ...]:
        """The sections or profile fields of members in which it shows; the reader must see them all."""
        return ()

    @property
    def subject(self) -> ActivityKey:
        """What alike activities of several actors are grouped by."""
        return (self.actor, *self.key)


@final
@frozen(kw_only=True)
class MemberJoined(Activity):
    """`actor` joined the network."""

    kind: ClassVar[str] = "member_joined"


@final
@frozen(kw_only=True)
class ConnectionMade(Activity):
    """`actor` and `member` connected; each end tells it once."""

    kind: ClassVar[str] = "connection_made"

    member: MemberId = field(converter=member_id)

    @classmethod
    def key_with(cls, member: MemberId) -> ActivityKey:
        """The key of a connection with *member*."""
        return (cls.kind, member)

    @property
    def key(self) -> ActivityKey:
        return self.key_with(self.member)

    @property
    def names(self) -> tuple[MemberId, ...]:
        return (self.member,)

    @property
    def connection(self) -> Pair:
        return Pair.of(self.actor, self.member)

    @property
    def subject(self) -> ActivityKey:
        return self.key


@final
@frozen(kw_only=True)
class PostPublished(Activity):
    """`actor` published a post."""

    kind: ClassVar[str] = "post_published"

    post: PostId

    @property
    def key(self) -> ActivityKey:
        return (self.kind, self.post)

    @property
    def about(self) -> PostId:
        return self.post


@final
@frozen(kw_only=True)
class PostReactedTo(Activity):
    """`actor` reacted to a post of `author`, or to the comment of `commenter` under it."""

    kind: ClassVar[str] = "post_reacted_to"

    post: PostId
    author: MemberId = field(converter=member_id)
    comment: CommentId | None = None
    commenter: MemberId | None = None

    @classmethod
    def key_to(cls, post: PostId, comment: CommentId | None) -> ActivityKey:
        """The key of a reaction to *post*, or to a *comment* under it."""
        return (cls.kind, post, *((comment,) if comment else ()))

    @property
    def key(self) -> ActivityKey:
        return self.key_to(self.post, self.comment)

    @property
    def names(self) -> tuple[MemberId, ...]:
        return (self.author, *((self.commenter,) if self.commenter else ()))

    @property
    def about(self) -> PostId:
        return self.post

    @property
    def subject(self) -> ActivityKey:
        return self.key


@final
@frozen(kw_only=True)
class PostCommentedOn(Activity):
    """`actor` commented on a post of `author`."""

    kind: ClassVar[str] = "post_commented_on"

    post: PostId
    author: MemberId = field(converter=member_id)
    comment: CommentId

    @property
    def key(self) -> ActivityKey:
        return (self.kind, self.post, self.comment)

    @property
    def names(self) -> tuple[MemberId, ...]:
        return (self.author,)

    @property
    def about(self) -> PostId:
        return self.post

    @property
    def subject(self) -> ActivityKey:
        return (self.kind, self.post)


@final
@frozen(kw_only=True)
class ProfileChanged(Activity):
    """`actor` changed their profile and chose to tell; `fields` names what changed."""

    kind: ClassVar[str] = "profile_changed"

    fields: tuple[str, ...] = field(converter=texts)


@final
@frozen(kw_only=True)
class SkillEndorsed(Activity):
    """`actor` endorsed `member` for a skill, and it is shown; `skill_key` is its plain form."""

    kind: ClassVar[str] = "skill_endorsed"

    member: MemberId = field(converter=member_id)
    skill: str = field(converter=storable, repr=False)
    skill_key: str = field(converter=storable, repr=False)

    @classmethod
    def key_of(cls, member: MemberId, skill_key: str) -> ActivityKey:
        """The key of an endorsement of *member* for a skill."""
        return (cls.kind, member, skill_key)

    @property
    def key(self) -> ActivityKey:
        return self.key_of(self.member, self.skill_key)

    @property
    def names(self) -> tuple[MemberId, ...]:
        return (self.member,)

    @property
    def shown_in(self) -> tuple[tuple[MemberId, str], ...]:
        return ((self.member, "endorsements"), (self.member, "skills"))

    @property
    def subject(self) -> ActivityKey:
        return self.key


@final
@frozen(kw_only=True)
class RecommendationShown(Activity):
    """`actor` shows a recommendation that `author` wrote about their work."""

    kind: ClassVar[str] = "recommendation_shown"

    recommendation: RecommendationId
    author: MemberId = field(converter=member_id)

    @classmethod
    def key_of(cls, recommendation: RecommendationId) -> ActivityKey:
        """The key of showing a recommendation."""
        return (cls.kind, recommendation)

    @property
    def key(self) -> ActivityKey:
        return self.key_of(self.recommendation)

    @property
    def names(self) -> tuple[MemberId, ...]:
        return (self.author,)

    @property
    def shown_in(self) -> tuple[tuple[MemberId, str], ...]:
        return ((self.actor, "recommendations"), (self.actor, "positions"))


STOCK_ACTIVITIES: tuple[type[Activity], ...] = (
    *(Activity, MemberJoined, ConnectionMade, ProfileChanged),
    *(PostPublished, PostReactedTo, PostCommentedOn),
    *(SkillEndorsed, RecommendationShown),
)
"""The classes of what happens in the network."""

STOCK_KINDS = frozenset(stock.kind for stock in STOCK_ACTIVITIES)
"""The kinds that tell of what happens in the network; an application's own have other names."""
