"""Every listing of every store: newest first, and cut by position."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import pytest

from connectcore import Audience, Comment, MemberBlocked, MemberId, MemberJoined, Post
from connectcore.pages import Mark
from connectcore.posts import PostId
from connectcore.storage import Snapshot, Store, Transaction
from tests.stores.keeping import ADA, connecting, day, happen, read, sent, write

Listing = Callable[[Snapshot, Mark | None, int], Sequence[tuple[str, Mark]]]
"""A way to list entries, each by its name and with its place."""

ENTRIES = [(2, "eve"), (0, "bob"), (1, "dan"), (1, "cat"), (3, "fay")]
"""Out of order, and with two at one moment."""

NEWEST_FIRST = [name for _, name in sorted(ENTRIES, reverse=True)]

INVITER, INVITEE, CONNECTED, BLOCKER = map(MemberId, ("ann", "ben", "cem", "des"))
COMMENTED = PostId("commented")

LISTINGS: Mapping[str, Listing] = {
    "connections": lambda snapshot, before, limit: [
        (entry.member, (entry.since, entry.member))
        for entry in snapshot.connections(CONNECTED, before, limit)
    ],
    "sent": lambda snapshot, before, limit: [
        (entry.invitee, (entry.sent_at, entry.invitee))
        for entry in snapshot.sent(INVITER, None, before, limit)
    ],
    "received": lambda snapshot, before, limit: [
        (entry.inviter, (entry.sent_at, entry.inviter))
        for entry in snapshot.received(INVITEE, None, before, limit)
    ],
    "blocks": lambda snapshot, before, limit: [
        (entry.to, (entry.at, entry.to)) for entry in snapshot.blocks(BLOCKER, before, limit)
    ],
    "activities of one": lambda snapshot, before, limit: [
        (entry.id, entry.mark) for entry in snapshot.activities_of((ADA,), before, limit)
    ],
    "activities of many": lambda snapshot, before, limit: [
        (entry.id, entry.mark)
        for entry in snapshot.activities_of([MemberId(n) for _, n in ENTRIES], before, limit)
    ],
    "posts": lambda snapshot, before, limit: [
        (entry.id, (entry.at, entry.id)) for entry in snapshot.posts_of(ADA, before, limit)
    ],
    "comments": lambda snapshot, before, limit: [
        (entry.id, (entry.at, entry.id)) for entry in snapshot.comments_on(COMMENTED, before, limit)
    ],
}


def keep_in_every_list(name: str, at: datetime) -> Callable[[Transaction], None]:
    """A unit that puts one entry, at a moment and under a name, in the lists of what is written."""

    def unit(transaction: Transaction) -> None:
        transaction.publish(MemberJoined(id=name, actor=ADA, at=at))
        transaction.publish(MemberJoined(id=name, actor=name, at=at))
        transaction.put_post(
            Post(id=name, author=ADA, at=at, text="Text", audience=Audience.EVERYONE)
        )
        transaction.put_comment(
            Comment(id=name, post=COMMENTED, author=name, at=at, text="Comment")
        )

    return unit


@pytest.fixture(name="filled")
def _filled(store: Store) -> Store:
    """Give a store in which every listing holds `ENTRIES`."""
    for number, name in ENTRIES:
        at = day(number)
        happen(store, sent(INVITER, name, at), sent(name, INVITEE, at))
        happen(store, *connecting(CONNECTED, name, at), MemberBlocked(by=BLOCKER, to=name, at=at))
        write(store, keep_in_every_list(name, at))
    return store


@pytest.fixture(name="listing", params=LISTINGS)
def _listing(request: pytest.FixtureRequest) -> Listing:
    """Give one way to list positions."""
    return LISTINGS[request.param]


def a_page(
    store: Store, listing: Listing, before: Mark | None, limit: int
) -> Sequence[tuple[str, Mark]]:
    """A part of a listing."""
    return read(store, lambda snapshot: listing(snapshot, before, limit))


def test_a_listing_is_newest_first(filled: Store, listing: Listing) -> None:
    """Entries come by moment and then by id, the greatest first, however they were written."""
    entries = a_page(filled, listing, None, 100)

    assert [name for name, _ in entries] == NEWEST_FIRST
    assert [place for _, place in entries] == sorted((p for _, p in entries), reverse=True)


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 6])
def test_pages_by_place_make_the_whole_listing(filled: Store, listing: Listing, limit: int) -> None:
    """Reading on from the last place of each page shows every entry once, in its order."""
    seen: list[str] = []
    before: Mark | None = None
    while page := a_page(filled, listing, before, limit):
        assert len(page) <= limit
        seen += [name for name, _ in page]
        before = page[-1][1]

    assert seen == NEWEST_FIRST


def test_a_page_begins_below_a_place_that_is_gone(filled: Store, listing: Listing) -> None:
    """The place may be one where no entry is any more: the listing goes on below it."""
    page = a_page(filled, listing, (day(1), "czz"), 9)

    assert [name for name, _ in page] == ["cat", "bob"]


def test_connections_and_comments_can_be_read_whole(filled: Store) -> None:
    """Without a limit these two give everything that is left."""
    connections, comments = read(
        filled,
        lambda snapshot: (
            [entry.member for entry in snapshot.connections(CONNECTED, (day(2), "eve"), None)],
            [entry.id for entry in snapshot.comments_on(COMMENTED, None, None)],
        ),
    )

    assert connections == ["dan", "cat", "bob"]
    assert comments == ["fay", "eve", "dan", "cat", "bob"]


def test_lists_of_those_who_are_not_there_are_empty(store: Store, listing: Listing) -> None:
    """A listing of nobody and nothing holds nothing."""
    assert a_page(store, listing, None, 9) == []
