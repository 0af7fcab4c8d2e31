"""A real network of 4,039 people and 88,234 friendships: ego-Facebook, from SNAP."""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TypeAlias

import networkx as nx
import pytest

from connectcore import Connection, Degree, Member, Name, Network, Profile
from tests.worlds import NOON

Friends: TypeAlias = "nx.Graph[str]"
MEMBERS, FRIENDSHIPS = 4039, 88_234


@pytest.fixture(scope="module", name="friends")
def _friends(shared_data: Callable[..., Path]) -> Friends:
    """Who is a friend of whom."""
    with gzip.open(shared_data("snap", "facebook_combined.txt.gz"), "rt") as lines:
        return nx.Graph(tuple(line.split()) for line in lines)


@pytest.fixture(scope="module", name="network")
def _network(friends: Friends) -> Network[Profile]:
    """All of them in one network, connected a second apart, by the rules of professionals."""
    network = Network()
    report = network.load(_items(friends))
    assert report.loaded == {Member: MEMBERS, Connection: FRIENDSHIPS}
    assert report.left_out == ()
    return network


def _items(friends: Friends) -> Iterator[Member[Profile] | Connection]:
    for person in friends:
        yield Member(person, Profile(name=Name(f"Person {person}")), joined_at=NOON)
    for second, (one, other) in enumerate(friends.edges, start=1):
        yield Connection(of=one, member=other, since=NOON + timedelta(seconds=second))


def _pairs(friends: Friends, number: int) -> list[tuple[str, str]]:
    """Random pairs, half of them near each other."""
    random, people = Random(2012), sorted(friends)  # noqa: S311 - the same pairs each time
    pairs = [(random.choice(people), random.choice(people)) for _ in range(number // 2)]
    for _ in range(number - len(pairs)):
        one = random.choice(people)
        friend = random.choice(sorted(friends[one]))
        pairs.append((one, random.choice(sorted(friends[friend]))))
    return pairs


def test_lists_are_symmetric_and_counted(friends: Friends, network: Network[Profile]) -> None:
    """Each of two friends stands in the other's list, and a count is the length of a list."""
    for person in friends:
        connections = network.as_member(person).connections
        listed = {entry.member for entry in connections.page(limit=1000).items}
        if friends.degree[person] <= 1000:
            assert listed == set(friends[person])
        assert connections.count() == friends.degree[person]


def test_lists_are_newest_first(friends: Friends, network: Network[Profile]) -> None:
    """Pages of a long list, put together, are the whole list with the newest first."""
    popular = max(friends, key=lambda person: friends.degree[person])
    connections = network.as_member(popular).connections
    page = connections.page(limit=300)
    entries = list(page.items)
    while page.next is not None:
        page = connections.page(limit=300, after=page.next)
        entries.extend(page.items)

    assert {entry.member for entry in entries} == set(friends[popular])
    assert entries == sorted(entries, key=lambda e: (e.since, e.member), reverse=True)


def test_degrees_agree_with_networkx(friends: Friends, network: Network[Profile]) -> None:
    """The distance of thousands of pairs is the length of NetworkX's shortest path, to three."""
    for one, other in _pairs(friends, 3000):
        steps = nx.shortest_path_length(friends, one, other)

        expected = Degree(min(int(steps), Degree.OUT_OF_NETWORK))
        assert network.as_member(one).connections.degree(other) is expected


def test_mutual_connections_agree_with_networkx(
    friends: Friends, network: Network[Profile]
) -> None:
    """The friends that thousands of pairs share are those that NetworkX finds."""
    for one, other in _pairs(friends, 3000):
        if one == other:
            continue
        shared = network.as_member(one).connections.mutual(other, limit=1000).items

        assert {entry.member for entry in shared} == set(nx.common_neighbors(friends, one, other))


def test_introductions_are_shortest_paths(friends: Friends, network: Network[Profile]) -> None:
    """A chain to somebody at the second degree has one person between, who knows both."""
    for one, other in _pairs(friends, 300):
        if nx.shortest_path_length(friends, one, other) == 2:
            chain = network.as_member(one).connections.path(other)

            assert chain is not None
            assert len(chain) == 3
            assert nx.is_path(friends, chain)


def test_suggestions_share_most(friends: Friends, network: Network[Profile]) -> None:
    """Who is suggested first shares as many friends as anybody who is not a friend yet."""
    for one, _ in _pairs(friends, 10):
        first = network.as_member(one).connections.suggestions(limit=1)[0]
        strangers = set(friends) - set(friends[one]) - {one}
        most = max(len(set(friends[one]) & set(friends[person])) for person in strangers)

        assert len(first.shared) == most
        assert set(first.shared) == set(nx.common_neighbors(friends, one, first.member))
