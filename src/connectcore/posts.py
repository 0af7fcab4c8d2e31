"""Posts, the comments under them, and reactions to either."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import NewType, TypeAlias, final

from attrs import field, frozen

from connectcore.audiences import Audience
from connectcore.choices import one_of
from connectcore.members import MemberId, member_id
from connectcore.moments import moment
from connectcore.texts import named, written

__all__ = [
    "Comment",
    "CommentId",
    "Post",
    "PostId",
    "PostView",
    "Reacted",
    "Reaction",
    "ReactionKey",
    "comment_id",
    "post_id",
    "with_replies",
]

PostId = NewType("PostId", str)
"""The id of a post, as the network made it."""

CommentId = NewType("CommentId", str)
"""The id of a comment or a reply, as the network made it."""

ReactionKey: TypeAlias = tuple[PostId, CommentId | None, MemberId]
"""To what and by whom a reaction is: a post itself or one comment under it, and a member."""


def post_id(value: str) -> PostId:
    """Take *value* as the id of a post; raise `InvalidValue` if it is empty or no store can keep it."""
    return PostId(named(value))


def comment_id(value: str) -> CommentId:
    """Take *value* as the id of a comment, as `post_id` does."""
    return CommentId(named(value))


def _optional_comment_id(value: str | None) -> CommentId | None:
    return None if value is None else comment_id(value)


@final
class Reaction(Enum):
    """LinkedIn's six reactions; the value is the word in its data export."""

    LIKE = "LIKE"
    CELEBRATE = "PRAISE"
    LOVE = "EMPATHY"
    INSIGHTFUL = "INTEREST"
    SUPPORT = "APPRECIATION"
    FUNNY = "ENTERTAINMENT"


@final
@frozen(kw_only=True)
class Post:
    """Something a member wrote for an audience."""

    id: PostId = field(converter=post_id)
    author: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)
    text: str = field(converter=written, repr=False)
    audience: Audience = field(validator=one_of(Audience))


@final
@frozen(kw_only=True)
class Comment:
    """What somebody wrote under a post, or in reply to another comment under it.

    A viewer for whom that other comment is not there does not see `reply_to`.
    """

    id: CommentId = field(converter=comment_id)
    post: PostId = field(converter=post_id)
    author: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)
    text: str = field(converter=written, repr=False)
    reply_to: CommentId | None = field(default=None, converter=_optional_comment_id)


@final
@frozen(kw_only=True)
class Reacted:
    """A member's reaction to a post, or to a comment under it; each has at most one a member."""

    post: PostId = field(converter=post_id)
    comment: CommentId | None = field(default=None, converter=_optional_comment_id)
    member: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)
    reaction: Reaction = field(default=Reaction.LIKE, validator=one_of(Reaction))

    @property
    def key(self) -> ReactionKey:
        """What tells it apart from all other reactions."""
        return (self.post, self.comment, self.member)


@final
@frozen(kw_only=True)
class PostView:
    """A post as a viewer sees it; the counts count what that viewer may see."""

    post: Post
    reactions: tuple[tuple[Reaction, int], ...]
    comments: int


def with_replies(comment: CommentId, under: Iterable[Comment]) -> frozenset[CommentId]:
    """*comment* and whatever replies to it, however deep; *under* are the comments of its post."""
    replies: dict[CommentId | None, list[CommentId]] = {}
    for each in under:
        replies.setdefault(each.reply_to, []).append(each.id)
    found, deeper = {comment}, [comment]
    while deeper:
        deeper = [reply for parent in deeper for reply in replies.get(parent, ())]
        found.update(deeper)
    return frozenset(found)
