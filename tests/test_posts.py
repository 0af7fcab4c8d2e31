"""Posts, comments and reactions as values."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeAlias

import attrs
import pytest

from connectcore import Audience, Comment, InvalidValue, Post, PostView, Reacted, Reaction
from connectcore.posts import CommentId, with_replies
from tests.worlds import NOON

Written: TypeAlias = Post | Comment | Reacted

PARTS: Mapping[type[Written], Mapping[str, Any]] = {
    Post: {"id": "p1", "author": "ada", "at": NOON, "text": "Hello.", "audience": Audience.MEMBERS},
    Comment: {"id": "c1", "post": "p1", "author": "grace", "at": NOON, "text": "Well said."},
    Reacted: {"post": "p1", "member": "grace", "at": NOON},
}
"""What each is made of; ids are the application's own plain text."""


def made(kind: type[Written], **parts: object) -> Any:
    """One of *kind*, with some of its *parts* as given."""
    return kind(**{**PARTS[kind], **parts})


@pytest.mark.parametrize(
    ("reaction", "word"),
    [
        (Reaction.LIKE, "LIKE"),
        (Reaction.CELEBRATE, "PRAISE"),
        (Reaction.LOVE, "EMPATHY"),
        (Reaction.INSIGHTFUL, "INTEREST"),
        (Reaction.SUPPORT, "APPRECIATION"),
        (Reaction.FUNNY, "ENTERTAINMENT"),
    ],
)
def test_a_reaction_is_read_from_the_word_of_an_export(reaction: Reaction, word: str) -> None:
    """Each of the six reactions is the word that LinkedIn's data export has for it."""
    assert Reaction(word) is reaction


def test_there_are_six_reactions() -> None:
    """The six reactions are all there are, and the plain one is a like."""
    assert len(Reaction) == 6
    assert made(Reacted).reaction is Reaction.LIKE


@pytest.mark.parametrize("kind", PARTS)
def test_its_parts_are_kept(kind: type[Written]) -> None:
    """A post, a comment and a reaction hold what they were made of, and equal their like."""
    value = made(kind)

    assert {name: getattr(value, name) for name in PARTS[kind]} == PARTS[kind]
    assert value == made(kind)
    assert hash(value) == hash(made(kind))


@pytest.mark.parametrize("kind", PARTS)
def test_a_moment_is_kept_in_utc(kind: type[Written]) -> None:
    """Wherever somebody wrote, the moment reads in UTC."""
    east = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert made(kind, at=east).at.tzinfo is UTC


@pytest.mark.parametrize("kind", [Post, Comment])
def test_what_somebody_wrote_is_not_in_logs(kind: type[Written]) -> None:
    """The text of a post or a comment is left out of its repr."""
    assert PARTS[kind]["text"] not in repr(made(kind))


@pytest.mark.parametrize(
    ("kind", "part", "wrong", "message"),
    [
        (Post, "author", "", "id is empty"),
        (Post, "at", NOON.replace(tzinfo=None), "naive"),
        (Post, "text", "", "no text"),
        (Post, "text", " \n\t", "no text"),
        (Post, "text", "nul \0", "no store can keep"),
        (Post, "id", "\ud800", "no store can keep"),
        (Comment, "author", "", "id is empty"),
        (Comment, "at", NOON.replace(tzinfo=None), "naive"),
        (Comment, "text", "\N{NO-BREAK SPACE}", "no text"),
        (Comment, "id", "\0", "no store can keep"),
        (Comment, "post", "\0", "no store can keep"),
        (Comment, "reply_to", "\0", "no store can keep"),
        (Reacted, "member", "", "id is empty"),
        (Reacted, "at", datetime.max.replace(tzinfo=UTC), "no moment"),
        (Reacted, "post", "\0", "no store can keep"),
        (Reacted, "comment", "\0", "no store can keep"),
    ],
)
def test_what_cannot_be_is_refused(
    kind: type[Written], part: str, wrong: object, message: str
) -> None:
    """Somebody wrote something, at a moment that is one, and a store can keep it."""
    with pytest.raises(InvalidValue, match=message):
        made(kind, **{part: wrong})


@pytest.mark.parametrize("kind", PARTS)
@pytest.mark.parametrize("name", ["at", "anything"])
def test_nothing_is_rewritten(kind: type[Written], name: str) -> None:
    """A value that was made stays as it is."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(made(kind), name, NOON)


def test_a_view_counts_a_posts_reactions_and_comments() -> None:
    """A viewed post comes with how many reacted in each way, and how many comments there are."""
    seen = PostView(post=made(Post), reactions=((Reaction.LIKE, 2),), comments=1)

    assert (dict(seen.reactions), seen.comments) == ({Reaction.LIKE: 2}, 1)


@pytest.mark.parametrize(
    ("comment", "found"),
    [("c1", "c1 c2 c3 c4"), ("c2", "c2 c4"), ("c4", "c4"), ("c5", "c5"), ("gone", "gone c6")],
)
def test_replies_are_found_however_deep(comment: str, found: str) -> None:
    """A comment, the replies to it, the replies to those; and none to another."""
    replied = [("c1", None), ("c2", "c1"), ("c3", "c1"), ("c4", "c2"), ("c5", None), ("c6", "gone")]
    under = [made(Comment, id=id_, reply_to=reply_to) for id_, reply_to in reversed(replied)]

    assert with_replies(CommentId(comment), under) == set(found.split())
