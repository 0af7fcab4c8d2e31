"""A whole network that nobody here made up: 250 persons of the LDBC benchmark, with all they did.

What its members read is compared with what the rows say, put together in five lines.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias, final

import pytest
from attrs import frozen

from connectcore import (
    Activity,
    Comment,
    Connection,
    ConnectionMade,
    FeedItem,
    LoadReport,
    Member,
    MemberJoined,
    Network,
    Post,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    Profile,
    Reacted,
)
from connectcore.interchange import ldbc

pytestmark = pytest.mark.thorough

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONG = 1000

Fact: TypeAlias = tuple[str, frozenset[str], str, datetime]
"""Something that somebody did: what, who, to what, and when."""


@final
@frozen
class Loaded:
    """The network with what its loading reported."""

    path: Path
    folder: ldbc.Folder
    network: Network[Profile]
    snapshot: LoadReport[Profile]
    updates: LoadReport[Profile]


@pytest.fixture(scope="module", name="loaded")
def _loaded(shared_data: Callable[..., Path]) -> Loaded:
    path = shared_data("ldbc-sf0.003")
    folder, network = ldbc.Folder(path), Network()
    snapshot, updates = network.load(folder.snapshot()), network.load(folder.updates())
    return Loaded(path, folder, network, snapshot, updates)


# ── What the rows say ───────────────────────────────────────────────────────────────────────────


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="|", quoting=csv.QUOTE_NONE))


def _at(text: str) -> datetime:
    if text.isdecimal():
        return EPOCH + timedelta(milliseconds=int(text))
    return datetime.fromisoformat(text)


def _facts(path: Path) -> set[Fact]:
    """Everything that anybody did, from the snapshot and the updates alike."""
    rows = {file.stem.removesuffix("_0_0"): _table(file)[1:] for file in path.glob("dynamic/*.csv")}
    events = [row for file in path.glob("update_streams/*.csv") for row in _table(file)]
    news = {kind: [row[3:] for row in events if row[2] == kind] for kind in "123678"}
    persons, knows = rows["person"] + news["1"], rows["person_knows_person"] + news["8"]
    posts, comments = rows["post"] + news["6"], rows["comment"] + news["7"]
    likes = rows["person_likes_post"] + rows["person_likes_comment"] + news["2"] + news["3"]
    return {
        *(("joined", frozenset({row[0]}), "", _at(row[5])) for row in persons),
        *(("connected", frozenset(row[:2]), "", _at(row[2])) for row in knows),
        *(("posted", frozenset({row[8]}), row[0], _at(row[2])) for row in posts),
        *(("commented", frozenset({row[6]}), row[0], _at(row[1])) for row in comments),
        *(("liked", frozenset({row[0]}), row[1], _at(row[2])) for row in likes),
    }


@pytest.fixture(scope="module", name="feeds")
def _feeds(loaded: Loaded) -> Mapping[str, set[Fact]]:
    """The feed of everybody by brute force: what their friends did without them."""
    did: defaultdict[str, set[Fact]] = defaultdict(set)
    for fact in _facts(loaded.path):
        for person in fact[1]:
            did[person].add(fact)
    friends = {
        person: {other for fact in facts if fact[0] == "connected" for other in fact[1]} - {person}
        for person, facts in did.items()
    }
    return {
        reader: {fact for one in friends[reader] for fact in did[one] if reader not in fact[1]}
        for reader in did
    }


# ── What the network says ───────────────────────────────────────────────────────────────────────


def _fact(activity: Activity) -> Fact:
    actor, at = activity.actor, activity.at
    match activity:
        case MemberJoined():
            return ("joined", frozenset({actor}), "", at)
        case ConnectionMade(member=member):
            return ("connected", frozenset({actor, member}), "", at)
        case PostPublished(post=post):
            return ("posted", frozenset({actor}), post, at)
        case PostCommentedOn(comment=comment):
            return ("commented", frozenset({actor}), comment, at)
        case PostReactedTo(post=post, comment=comment):
            return ("liked", frozenset({actor}), comment or post, at)
        case _:
            raise AssertionError(activity)


def _read(network: Network[Profile], reader: str, limit: int) -> list[FeedItem]:
    """The whole feed of somebody, read in pages."""
    items: list[FeedItem] = []
    page = network.as_member(reader).feed.page(limit=limit)
    while page.next is not None:
        assert len(page.items) == limit
        items.extend(page.items)
        page = network.as_member(reader).feed.page(limit=limit, after=page.next)
    return [*items, *page.items]


def test_everything_is_loaded(loaded: Loaded) -> None:
    """All rows of the snapshot and of the updates; forums and their members are counted."""
    assert loaded.snapshot.loaded == {
        Member: 222,
        Connection: 825,
        Post: 5924,
        Comment: 2218,
        Reacted: 759 + 624,
    }
    assert loaded.updates.loaded == {
        Member: 28,
        Connection: 189,
        Post: 1271,
        Comment: 1296,
        Reacted: 818 + 656,
    }
    assert loaded.folder.passed_over == {"forums": 155, "members of forums": 2507}
    assert loaded.folder.unreadable == []
    assert (loaded.snapshot.left_out, loaded.updates.left_out) == ((), ())


def test_lists_of_connections_are_symmetric_and_newest_first(
    loaded: Loaded, feeds: Mapping[str, set[Fact]]
) -> None:
    """Each friendship stands in both lists, since the moment that its row tells."""
    lists = {
        reader: loaded.network.as_member(reader).connections.page(limit=LONG).items
        for reader in feeds
    }

    expected = {fact[1]: fact[3] for fact in _facts(loaded.path) if fact[0] == "connected"}
    entries = [entry for entries in lists.values() for entry in entries]
    assert len(expected) == 825 + 189
    assert Counter((entry.of, entry.member) for entry in entries) == Counter(
        (one, other) for pair in expected for one in pair for other in pair - {one}
    )
    assert all(entry.since == expected[frozenset((entry.of, entry.member))] for entry in entries)
    for reader, entries_of in lists.items():
        places = [(entry.since, entry.member) for entry in entries_of]
        assert places == sorted(places, reverse=True)
        assert loaded.network.as_member(reader).connections.count() == len(entries_of)


def test_every_feed_tells_what_friends_did(loaded: Loaded, feeds: Mapping[str, set[Fact]]) -> None:
    """No less and no more, each thing once, the newest first; for every one of the 250."""
    assert len(feeds) == 222 + 28
    for reader, expected in feeds.items():
        items = _read(loaded.network, reader, LONG)
        told = Counter(_fact(activity) for item in items for activity in item.activities)
        assert told == Counter(expected), reader
        positions = [(item.at, item.lead.id) for item in items]
        assert positions == sorted(set(positions), reverse=True)


def test_pages_of_a_feed_are_its_whole(loaded: Loaded, feeds: Mapping[str, set[Fact]]) -> None:
    """Read seven items at a time or a thousand, full pages give the same feed."""
    for reader in sorted(feeds)[::25]:
        assert _read(loaded.network, reader, 7) == _read(loaded.network, reader, LONG)
