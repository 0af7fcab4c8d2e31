"""Every listing of every store: newest first, and cut by position."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from connectcore.activities import MemberJoined
from connectcore.audiences import Audience
from connectcore.members import MemberId
from connectcore.pages import Mark
from connectcore.posts import Comment, Post, PostId
from connectcore.relationships import MemberBlocked
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.testing.conformance.checking import Checks, holds, same
from connectcore.testing.conformance.keeping import ADA, connecting, day, happen, read, sent, write

Listing = Callable[[Snapshot, Mark | None, int], Sequence[tuple[str, Mark]]]
"""A way to list entries, each by its name and with its place."""

CHECKS = Checks()

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
        for entry in snapshot.sent(INVITER, before, limit)
    ],
    "received": lambda snapshot, before, limit: [
        (entry.inviter, (entry.sent_at, entry.inviter))
        for entry in snapshot.received(INVITEE, before, limit)
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


def _keep_in_every_list(name: str, at: datetime) -> Callable[[Transaction], None]:
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


def _filled(store: Store) -> Store:
    """Put `ENTRIES` in every listing of *store*."""
    for number, name in ENTRIES:
        at = day(number)
        happen(store, sent(INVITER, name, at), sent(name, INVITEE, at))
        happen(store, *connecting(CONNECTED, name, at), MemberBlocked(by=BLOCKER, to=name, at=at))
        write(store, _keep_in_every_list(name, at))
    return store


def _page(
    store: Store, listing: Listing, before: Mark | None, limit: int
) -> Sequence[tuple[str, Mark]]:
    """A part of a listing."""
    return read(store, lambda snapshot: listing(snapshot, before, limit))


@CHECKS.of_each(LISTINGS)
def a_listing_is_newest_first(store: Store, listing: Listing) -> None:
    """Entries come by moment and then by id, the greatest first, however they were written."""
    filled = _filled(store)
    entries = _page(filled, listing, None, 100)

    same([name for name, _ in entries], NEWEST_FIRST)
    same([place for _, place in entries], sorted((p for _, p in entries), reverse=True))


CUTS = {
    f"{name}, {limit} a page": (listing, limit)
    for name, listing in LISTINGS.items()
    for limit in (1, 4, 5, 6)
}


@CHECKS.of_each(CUTS)
def pages_by_place_make_the_whole_listing(store: Store, case: tuple[Listing, int]) -> None:
    """Reading on from the last place of each page shows every entry once, in its order."""
    listing, limit = case
    filled = _filled(store)
    seen: list[str] = []
    before: Mark | None = None
    while page := _page(filled, listing, before, limit):
        holds(len(page) <= limit, "a page is longer than its limit")
        holds(len(seen) <= len(ENTRIES), "reading on shows entries again")
        seen += [name for name, _ in page]
        before = page[-1][1]

    same(seen, NEWEST_FIRST)


@CHECKS.of_each(LISTINGS)
def a_page_begins_below_a_place_that_is_gone(store: Store, listing: Listing) -> None:
    """The place may be one where no entry is any more: the listing goes on below it."""
    filled = _filled(store)
    page = _page(filled, listing, (day(1), "czz"), 9)

    same([name for name, _ in page], ["cat", "bob"])


@CHECKS
def connections_and_comments_can_be_read_whole(store: Store) -> None:
    """Without a limit these two give everything that is left."""
    filled = _filled(store)
    connections, comments = read(
        filled,
        lambda snapshot: (
            [entry.member for entry in snapshot.connections(CONNECTED, (day(2), "eve"), None)],
            [entry.id for entry in snapshot.comments_on(COMMENTED, None, None)],
        ),
    )

    same(connections, ["dan", "cat", "bob"])
    same(comments, ["fay", "eve", "dan", "cat", "bob"])


@CHECKS.of_each(LISTINGS)
def lists_of_those_who_are_not_there_are_empty(store: Store, listing: Listing) -> None:
    """A listing of nobody and nothing holds nothing."""
    same(_page(store, listing, None, 9), [])
