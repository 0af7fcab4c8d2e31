"""The ego-Facebook graph, 4,039 people and 88,234 friendships, beside NetworkX.

It is published by SNAP (J. McAuley and J. Leskovec, "Learning to Discover Social Circles in Ego
Networks", 2012); the moments are made up.
"""

import gzip
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeAlias, final

import networkx as nx
import pytest
from attrs import frozen

from connectcore import (
    Connection,
    ConnectionRules,
    Degree,
    LoadReport,
    Member,
    Name,
    Network,
    Page,
    Profile,
)

pytestmark = pytest.mark.thorough

Graph: TypeAlias = "nx.Graph[str]"

START = datetime(2012, 1, 1, tzinfo=UTC)
LONG = 1000
SAMPLE = {"people": 80, "others": 50}
"""How many draw how many others at random: 4,000 pairs."""


@final
@frozen
class Loaded:
    """The graph, the network that it was loaded into, and what loading it reported."""

    graph: Graph
    network: Network[Profile]
    report: LoadReport[Profile]


@pytest.fixture(scope="module", name="loaded")
def _loaded(shared_data: Callable[..., Path]) -> Loaded:
    graph: Graph = nx.Graph()
    with gzip.open(shared_data("snap", "facebook_combined.txt.gz"), "rt") as lines:
        friendships = [
            Connection(of=one, member=other, since=START + timedelta(minutes=minute))
            for minute, (one, other) in enumerate(map(str.split, lines))
        ]
    graph.add_edges_from((entry.of, entry.member) for entry in friendships)
    members = [Member(person, Profile(name=Name(person)), joined_at=START) for person in graph]
    network = Network(rules=ConnectionRules.professional())
    return Loaded(graph, network, network.load([*members, *friendships]))


@pytest.fixture(scope="module", name="sample")
def _sample(loaded: Loaded) -> Mapping[str, Sequence[str]]:
    """Some people, each with others drawn at random; the same ones in every run."""
    everybody, draw = sorted(loaded.graph), Random(88_234)  # noqa: S311  # a sample is no secret
    people = draw.sample(everybody, SAMPLE["people"])
    return {person: draw.sample(everybody, SAMPLE["others"]) for person in people}


def whole(read: Callable[..., Page[Connection]]) -> list[Connection]:
    """Everything in a list that is read a page at a time."""
    page = read(limit=LONG)
    entries = list(page.items)
    while page.next is not None:
        page = read(limit=LONG, after=page.next)
        entries.extend(page.items)
    return entries


def test_the_graph_is_loaded_whole(loaded: Loaded) -> None:
    """Everybody and every friendship; nothing is left out."""
    assert loaded.report.loaded == {Member: 4039, Connection: 88234}
    assert loaded.report.left_out == ()


def test_lists_are_symmetric_and_newest_first(loaded: Loaded) -> None:
    """Each friendship is in both lists, since the same moment."""
    since: dict[tuple[str, str], datetime] = {}
    for person, friends in loaded.graph.adjacency():
        entries = whole(loaded.network.as_member(person).connections.page)
        places = [(entry.since, entry.member) for entry in entries]
        assert {entry.member for entry in entries} == set(friends)
        assert places == sorted(set(places), reverse=True)
        since |= {(entry.of, entry.member): entry.since for entry in entries}

    assert len(since) == 2 * 88234
    assert all(at == since[other, one] for (one, other), at in since.items())


def test_counts_equal_lists(loaded: Loaded, sample: Mapping[str, Sequence[str]]) -> None:
    """Of one's own connections, and of those of a friend."""
    for person in list(sample)[:20]:
        connections = loaded.network.as_member(person).connections
        friend = min(loaded.graph[person])
        assert connections.count() == loaded.graph.degree(person)
        assert connections.count(friend) == len(whole(partial(connections.page, friend)))


def test_degrees_are_the_distances_of_networkx(
    loaded: Loaded, sample: Mapping[str, Sequence[str]]
) -> None:
    """To the third degree, for one and for many at once; everybody else is out of the network."""
    found: set[Degree] = set()
    for person, others in sample.items():
        connections = loaded.network.as_member(person).connections
        near = nx.single_source_shortest_path_length(loaded.graph, person, cutoff=3)
        expected = {other: Degree(near.get(other, Degree.OUT_OF_NETWORK)) for other in others}
        assert connections.degrees(others) == expected
        assert {other: connections.degree(other) for other in others} == expected
        found |= set(expected.values())

    assert found >= {Degree.FIRST, Degree.SECOND, Degree.THIRD, Degree.OUT_OF_NETWORK}


def test_mutual_connections_are_the_common_neighbours_of_networkx(
    loaded: Loaded, sample: Mapping[str, Sequence[str]]
) -> None:
    """The same people; strangers mostly share nobody, so friends are asked about too."""
    shared = 0
    for person, others in sample.items():
        connections = loaded.network.as_member(person).connections
        friends = sorted(loaded.graph[person])[:25]
        for other in {*others, *friends} - {person}:
            entries = whole(partial(connections.mutual, other))
            expected = set(nx.common_neighbors(loaded.graph, person, other))
            assert {entry.member for entry in entries} == expected
            assert len(entries) == len(expected)
            shared += bool(expected)

    assert shared > 1000
