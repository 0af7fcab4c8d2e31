"""What members write, and how they react to it."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from connectcore.posts import Comment, CommentId, Post, PostId, Reacted, Reaction
from connectcore.testing.strategies.members import audiences, member_ids, moments, texts

__all__ = ["comment_ids", "comments", "post_ids", "posts", "reactions", "written_texts"]


@cache
def written_texts() -> st.SearchStrategy[str]:
    """Texts that somebody may publish: not blank, and such that every store can keep them."""
    return texts(min_size=1).filter(lambda text: bool(text.strip()))


@cache
def post_ids() -> st.SearchStrategy[PostId]:
    """Ids of posts."""
    return st.integers(0, 99).map(lambda number: PostId(f"post-{number}"))


@cache
def comment_ids() -> st.SearchStrategy[CommentId]:
    """Ids of comments."""
    return st.integers(0, 99).map(lambda number: CommentId(f"comment-{number}"))


@cache
def posts() -> st.SearchStrategy[Post]:
    """Posts by anybody for any audience."""
    return st.builds(
        Post,
        id=post_ids(),
        author=member_ids(),
        at=moments(),
        text=written_texts(),
        audience=audiences(),
    )


@cache
def comments() -> st.SearchStrategy[Comment]:
    """Comments under any post, and replies to other comments."""
    return st.builds(
        Comment,
        id=comment_ids(),
        post=post_ids(),
        author=member_ids(),
        at=moments(),
        text=written_texts(),
        reply_to=st.none() | comment_ids(),
    )


@cache
def reactions() -> st.SearchStrategy[Reacted]:
    """Reactions to posts and to comments under them."""
    return st.builds(
        Reacted,
        post=post_ids(),
        comment=st.none() | comment_ids(),
        member=member_ids(),
        at=moments(),
        reaction=st.sampled_from(Reaction),
    )
