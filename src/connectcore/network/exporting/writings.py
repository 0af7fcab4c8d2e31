"""What the member wrote, and what tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, final

from attrs import evolve, frozen

from connectcore.activities import Activity, PostCommentedOn, PostReactedTo
from connectcore.feed import Reading, shown
from connectcore.members import MemberId
from connectcore.network.charter import Charter
from connectcore.network.exporting.sections import Gate, Section
from connectcore.network.paging import whole
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted
from connectcore.profiles import ProfileT
from connectcore.storage import Snapshot
from connectcore.visibility import Standpoint

__all__ = ["writings"]


def writings(
    charter: Charter[ProfileT], snapshot: Snapshot, actor: MemberId
) -> Iterator[Section[Any]]:
    """Posts, comments, reactions and activities; whatever was written, an activity tells of it."""
    activities = whole(
        lambda before, limit: snapshot.activities_of((actor,), before, limit),
        lambda activity: activity.mark,
    )
    commented = {each.comment for each in activities if isinstance(each, PostCommentedOn)}
    comments = snapshot.comments(commented).values()
    reacted = [each for each in activities if isinstance(each, PostReactedTo)]
    reactions = snapshot.reactions({(each.post, each.comment, actor) for each in reacted}).values()
    under = _under(snapshot, activities, (*comments, *reactions))
    yield Section(
        name="posts",
        entries=whole(
            lambda before, limit: snapshot.posts_of(actor, before, limit),
            lambda post: (post.at, post.id),
        ),
    )
    yield Section(
        name="comments",
        entries=sorted(comments, key=lambda each: (each.at, each.id), reverse=True),
        depends_on=under.deciding,
        gate=under.commented,
    )
    yield Section(
        name="reactions",
        entries=sorted(
            reactions, key=lambda each: (each.at, each.post, each.comment or ""), reverse=True
        ),
        depends_on=under.deciding,
        gate=under.reacted,
    )
    yield Section(
        name="activities",
        entries=activities,
        names=lambda activity: activity.names,
        depends_on=under.deciding,
        gate=lambda where: _telling(charter, where, actor, under.posts),
    )


@final
@frozen
class _Under:
    """The posts that something hangs on, and the comments that it answers."""

    posts: Mapping[PostId, Post]
    answered: Mapping[CommentId, Comment]

    def deciding(self, entry: Comment | Reacted | Activity) -> Iterator[MemberId]:
        """Whose posts and comments it hangs on."""
        post, answered = _hangs_on(entry)
        if post is not None and post in self.posts:
            yield self.posts[post].author
        if answered is not None and answered in self.answered:
            yield self.answered[answered].author

    def commented(self, where: Standpoint) -> Gate[Comment]:
        """As comments are listed: not under a closed post, nor in reply to what is not there."""

        def gate(comment: Comment) -> Comment | None:
            if not self._is_open(where, comment.post):
                return None
            there = self._is_there(where, comment.reply_to)
            return comment if there else evolve(comment, reply_to=None)

        return gate

    def reacted(self, where: Standpoint) -> Gate[Reacted]:
        """Not to a closed post, nor to a comment that is not there."""

        def gate(reacted: Reacted) -> Reacted | None:
            there = self._is_there(where, reacted.comment)
            return reacted if there and self._is_open(where, reacted.post) else None

        return gate

    def _is_open(self, where: Standpoint, post: PostId) -> bool:
        return post in self.posts and where.may_read_post(self.posts[post])

    def _is_there(self, where: Standpoint, comment: CommentId | None) -> bool:
        if comment is None:
            return True
        return comment in self.answered and where.sees(self.answered[comment].author)


def _under(
    snapshot: Snapshot, activities: Sequence[Activity], written: Sequence[Comment | Reacted]
) -> _Under:
    entries = (*activities, *written)
    answered = snapshot.comments({c for _, c in map(_hangs_on, entries) if c is not None})
    posts = snapshot.posts({post for post, _ in map(_hangs_on, entries) if post is not None})
    return _Under(posts, answered)


def _hangs_on(entry: Comment | Reacted | Activity) -> tuple[PostId | None, CommentId | None]:
    match entry:
        case Comment(post=post, reply_to=answered) | Reacted(post=post, comment=answered):
            return post, answered
        case Activity():
            return entry.about, None


def _telling(
    charter: Charter[ProfileT],
    where: Standpoint,
    actor: MemberId,
    posts: Mapping[PostId, Post],
) -> Gate[Activity]:
    """As activities are listed, but for the member's own switch, which hides nothing from them."""
    member = where.members[actor]
    sharing = evolve(member, settings=evolve(member.settings, unshared_kinds=frozenset()))
    reading = Reading(
        standpoint=evolve(where, members={**where.members, actor: sharing}),
        posts=posts,
        skills=charter.skills,
    )
    return lambda activity: shown(activity, reading)
