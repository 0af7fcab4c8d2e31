"""Writing something together with the activity that tells of it, so that neither is without the other."""

from __future__ import annotations

from connectcore.activities import MemberJoined, PostCommentedOn, PostPublished, PostReactedTo
from connectcore.members import Member
from connectcore.network.charter import Charter
from connectcore.posts import Comment, Post, Reacted
from connectcore.profiles import Profile, ProfileT
from connectcore.storage import Transaction

__all__ = ["admit", "publish", "publish_comment", "publish_reaction"]


def admit(charter: Charter[ProfileT], transaction: Transaction, member: Member[Profile]) -> None:
    """Add a member who joins at their `joined_at`."""
    transaction.put_member(member)
    at = charter.moment(member.joined_at)
    transaction.publish(MemberJoined(id=charter.new_id(), actor=member.id, at=at))


def publish(charter: Charter[ProfileT], transaction: Transaction, post: Post) -> None:
    """Add a post."""
    transaction.put_post(post)
    told = PostPublished(id=charter.new_id(), actor=post.author, at=post.at, post=post.id)
    transaction.publish(told)


def publish_comment(
    charter: Charter[ProfileT], transaction: Transaction, comment: Comment, post: Post
) -> None:
    """Add a comment under *post*."""
    transaction.put_comment(comment)
    told = PostCommentedOn(
        id=charter.new_id(),
        actor=comment.author,
        at=comment.at,
        post=post.id,
        author=post.author,
        comment=comment.id,
    )
    transaction.publish(told)


def publish_reaction(
    charter: Charter[ProfileT],
    transaction: Transaction,
    reacted: Reacted,
    post: Post,
    comment: Comment | None,
    *,
    former: Reacted | None,
) -> None:
    """Add a reaction to *post*, or to *comment* under it.

    One in the place of a *former* one is no news: that somebody reacted is told already, and keeps
    its place in a feed that is being read.
    """
    transaction.put_reaction(reacted)
    if former is not None:
        return
    told = PostReactedTo(
        id=charter.new_id(),
        actor=reacted.member,
        at=reacted.at,
        post=post.id,
        author=post.author,
        comment=reacted.comment,
        commenter=None if comment is None else comment.author,
    )
    transaction.publish(told)
