"""What somebody reads in a scenario: the feed, and posts with all that hangs on them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from tests.scenarios.lines import feed_line
from tests.scenarios.listing import whole
from tests.scenarios.stage import Stage
from tests.surface import READS_OF_A_POST, answer

__all__ = ["EXPECTATIONS"]


def _feed(stage: Stage, who: str, *, lines: Sequence[str]) -> None:
    """What is new since the scenario began, each with the reason why it is there."""
    items = [item for item in whole(stage[who].feed.page) if item.at >= stage.began]

    assert [feed_line(stage, item) for item in items] == [*lines]


def _reads(
    stage: Stage,
    who: str,
    item: str,
    *,
    comments: int | None = None,
    reactions: int | None = None,
) -> None:
    posts, target = stage.looking(who).posts, stage.item(item)
    seen = posts.read(target)
    reacted = sum(count for _, count in seen.reactions)

    assert len(whole(partial(posts.comments, target))) == seen.comments
    assert len(whole(partial(posts.reactions, target))) == reacted
    assert comments in (None, seen.comments)
    assert reactions in (None, reacted)


def _does_not_read(stage: Stage, who: str, item: str) -> None:
    """Every read answers as it does for something that was never written."""
    looking = stage.looking(who)
    for name, read in READS_OF_A_POST.items():
        there = answer(partial(read, looking, stage.item(item)))
        assert (name, there) == (name, answer(partial(read, looking, "never written")))


def _lists_posts(stage: Stage, who: str, of: str, *, are: Sequence[str]) -> None:
    posts = whole(partial(stage.looking(who).posts.page, stage.named(of)))

    assert [stage.label(post.id) for post in posts] == [*are]


def _lists_comments(stage: Stage, who: str, on: str, *, are: Sequence[str]) -> None:
    comments = whole(partial(stage.looking(who).posts.comments, stage.item(on)))

    assert [comment.author for comment in comments] == [*are]


EXPECTATIONS: Mapping[str, Callable[..., None]] = {
    "reads in the feed": _feed,
    "reads {item}": _reads,
    "does not read {item}": _does_not_read,
    "lists the posts of {member}": _lists_posts,
    "lists the comments on {item}": _lists_comments,
}
