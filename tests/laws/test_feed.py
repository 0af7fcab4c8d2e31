"""The law of feeds: the pages of one reading are one feed, whatever happens in between."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TypeAlias

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    ActingMember,
    Activity,
    Audience,
    Cursor,
    FeedOrder,
    FeedPage,
    FeedPolicy,
    Network,
    Page,
    Profile,
    Reaction,
)
from connectcore.testing.strategies import audiences
from tests.laws.breaking import breaks
from tests.laws.societies import (
    CAST,
    Script,
    Step,
    scripts,
    settings_of_members,
    stage,
    steps,
    twice_as_often,
)

READER, AUTHOR, *OTHERS = CAST
LATER = 500
KINDS = ("publish", "comment", "comment", "react", "react", "connect")

WINDOWS = (
    timedelta(),
    timedelta(minutes=7),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=40),
)

Turn: TypeAlias = Callable[[ActingMember[Profile], int, Cursor | None, FeedOrder], FeedPage]
"""What gives a page of a member's feed."""


@frozen
class Reading:
    """A society, and how one of it reads their feed while more happens."""

    script: Script
    order: FeedOrder
    limit: int
    window: timedelta
    meanwhile: Sequence[Step]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Feeds of few items and of many, in each order, with any window and size of page.

    What happens meanwhile is new, and opens to the reader nothing that was closed before: no
    connection of others brings the reader nearer to what is theirs, since no choice depends on it.
    """
    circles = audiences().filter(lambda circle: not 1 < circle < 4)
    script = draw(scripts(chosen=settings_of_members(circles), kinds=KINDS))
    talkative = draw(st.sampled_from([0, 0, 70, 100]))
    subject, *comments = _conversation(200, talkative)
    applauded, *applause = _applause(150, 450)
    first, *later = applause
    before = (*_acquainted(100), *script.steps, applauded, first)
    script = evolve(script, steps=(*before, subject, *comments, *later))
    more = steps(
        first=LATER,
        kinds=KINDS,
        cast=(AUTHOR, *OTHERS),
        known=[subject.written, *script.writings[-8:]],
        most=20,
    )
    return Reading(
        script=script,
        order=draw(st.sampled_from(FeedOrder)),
        limit=draw(st.sampled_from([7, 30]) if talkative else st.integers(1, 7)),
        window=draw(st.sampled_from(WINDOWS)),
        meanwhile=[*draw(_changed_minds(LATER - 30, script)), *draw(more)],
    )


def _acquainted(first: int) -> Sequence[Step]:
    """The reader knows two of the others."""
    return [Step(first, "connect", READER, AUTHOR), Step(first + 1, "connect", READER, OTHERS[0])]


def _applause(first: int, last: int) -> Sequence[Step]:
    """A post for everyone, and reactions to it with more between them than fits on a page."""
    post = Step(first, "publish", AUTHOR, detail=Audience.EVERYONE)
    return [
        post,
        Step(first + 1, "react", AUTHOR, post.written, Reaction.LIKE),
        Step(last, "react", OTHERS[0], post.written, Reaction.LIKE),
    ]


def _changed_minds(first: int, script: Script) -> st.SearchStrategy[Sequence[Step]]:
    """Some who reacted react once more, and perhaps otherwise."""
    reacted = [(step.by, step.to) for step in script.steps if step.kind == "react"]
    again = st.tuples(st.sampled_from(reacted), st.sampled_from(Reaction))
    return st.lists(again, max_size=4).map(
        lambda minds: [
            Step(first + number, "react", by, to, reaction)
            for number, ((by, to), reaction) in enumerate(minds)
        ]
    )


def _conversation(first: int, length: int) -> Sequence[Step]:
    """A post, and more comments than a feed reads at once."""
    post = Step(first, "publish", AUTHOR)
    members = (AUTHOR, *OTHERS)
    return [
        post,
        *(
            Step(first + number, "comment", members[number % len(members)], post.written)
            for number in range(1, length + 1)
        ),
    ]


def turned(
    reader: ActingMember[Profile], limit: int, after: Cursor | None, order: FeedOrder
) -> FeedPage:
    """A page as the library gives it."""
    return reader.feed.page(limit=limit, after=after, order=order)


def told(page: FeedPage) -> Counter[Activity]:
    """Everything that a page tells, however it is grouped."""
    return Counter(activity for item in page.items for activity in item.activities)


def pages_are_one_feed(reading: Reading, *, turn: Turn = turned) -> None:
    """The law: the pages together are the feed as it was at the first; all but the last are full.

    And the feed tells the same however far it groups.
    """
    policy = FeedPolicy(group_within=reading.window)
    world, attempt = stage(reading.script.members, feed=policy)
    for step in reading.script.steps:
        attempt(step)
    reader, order, coming = world[READER], reading.order, iter(reading.meanwhile)
    whole = reader.feed.page(limit=1000, order=order)
    apart = Network(world.store, feed=FeedPolicy(group_within=timedelta()), clock=world.clock)
    assert told(whole) == told(apart.as_member(READER).feed.page(limit=1000))

    pages = [turn(reader, reading.limit, None, order)]
    while pages[-1].next is not None and len(pages) <= len(whole.items):
        for step in islice(coming, 3):
            attempt(step)
        pages.append(turn(reader, reading.limit, pages[-1].next, order))

    assert [item for page in pages for item in page.items] == list(whole.items)
    assert {len(page.items) for page in pages[:-1]} <= {reading.limit}
    assert len({item.mark for item in whole.items}) == len(whole.items)
    assert whole.next is None


@twice_as_often
@given(readings())
def test_pages_are_one_feed(reading: Reading) -> None:
    """No item comes twice and none is lost, though members publish, connect and react, also anew."""
    pages_are_one_feed(reading)


@pytest.mark.thorough
def test_the_law_of_feeds_finds_pages_that_are_counted_off() -> None:
    """A planted fault: a page goes on after so many items as were read, wherever those are now."""

    def counted_off(
        reader: ActingMember[Profile], limit: int, after: Cursor | None, order: FeedOrder
    ) -> FeedPage:
        items = reader.feed.page(limit=1000, order=order).items
        start = int(after or 0)
        end = start + limit
        return Page(items[start:end], Cursor(str(end)) if end < len(items) else None)

    assert breaks(partial(pages_are_one_feed, turn=counted_off), readings())
