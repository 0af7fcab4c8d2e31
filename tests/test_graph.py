"""Distances and introductions agree with looking at every path there is."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import combinations, pairwise, permutations
from typing import TypeAlias

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import Audience, Degree, MemberId, SharedConnections, Suggestion
from connectcore.graph import closed_at, degree, introductions, shared_counts

Graph: TypeAlias = Mapping[MemberId, AbstractSet[MemberId]]

A, B, C, D, E, F = MEMBERS = tuple(map(MemberId, "abcdef"))
PAIRS = tuple(combinations(MEMBERS, 2))

NOBODY: frozenset[MemberId] = frozenset()
ONLY_ME, CONNECTIONS, SECOND_DEGREE = Audience(0), Audience(1), Audience(2)
EVERYONE = Audience.EVERYONE


def graph(*pairs: tuple[MemberId, MemberId]) -> Graph:
    """Who is connected with whom, where *pairs* are."""
    made: dict[MemberId, set[MemberId]] = {member: set() for member in MEMBERS}
    for one, other in pairs:
        made[one].add(other)
        made[other].add(one)
    return made


def graphs() -> st.SearchStrategy[Graph]:
    """Any graph of six members, mostly so sparse that it has long paths."""
    return st.lists(st.sampled_from(PAIRS), max_size=9, unique=True).map(lambda it: graph(*it))


def crowds() -> st.SearchStrategy[frozenset[MemberId]]:
    """Any of the members, more often few."""
    return st.frozensets(st.sampled_from(MEMBERS), max_size=3)


def paths(connected: Graph, start: MemberId, end: MemberId) -> Iterator[tuple[MemberId, ...]]:
    """Every path from *start* to *end* of one, two or three connections."""
    between = [member for member in MEMBERS if member not in {start, end}]
    for length in range(3):
        for inner in permutations(between, length):
            path = (start, *inner, end)
            if all(b in connected[a] for a, b in pairwise(path)):
                yield path


# ── Degrees ─────────────────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class Closures:
    """Whom a path may not touch: at distance one, two and three, and anywhere."""

    closed: tuple[frozenset[MemberId], frozenset[MemberId], frozenset[MemberId]]
    barred: frozenset[MemberId]

    def allow(self, path: tuple[MemberId, ...]) -> bool:
        """Whether a path is open; two who are connected know it, whatever anybody closed."""
        if len(path) == 2:
            return True
        touched = zip(path[1:], self.closed, strict=False)
        return self.barred.isdisjoint(path[1:-1]) and not any(at in shut for at, shut in touched)


OPEN = Closures(closed=(NOBODY, NOBODY, NOBODY), barred=NOBODY)


def closures() -> st.SearchStrategy[Closures]:
    """Nothing closed at all, or anything."""
    some = st.builds(Closures, closed=st.tuples(crowds(), crowds(), crowds()), barred=crowds())
    return st.just(OPEN) | some


@given(graphs(), closures())
def test_a_degree_is_the_length_of_the_shortest_open_path(
    connected: Graph, closures: Closures
) -> None:
    """No path that is closed or barred counts, and of the others the shortest does."""
    for viewer, other in permutations(MEMBERS, 2):
        lengths = [
            len(path) - 1 for path in paths(connected, viewer, other) if closures.allow(path)
        ]
        found = degree(
            viewer,
            other,
            connected.__getitem__,
            closed=closures.closed,
            barred=closures.barred - {viewer, other},
        )

        assert found == min(lengths, default=Degree.OUT_OF_NETWORK)


@given(graphs())
def test_a_degree_is_the_same_from_both_ends(connected: Graph) -> None:
    """Where nothing is closed, two members are as far from one as from the other."""
    for one, other in PAIRS:
        there, back = (
            degree(*ends, connected.__getitem__) for ends in [(one, other), (other, one)]
        )

        assert there is back


STEPS = ((A, B), (B, F))
CHAIN = ((A, B), (B, C), (C, F))

WAYS: Mapping[str, tuple[tuple[tuple[MemberId, MemberId], ...], str, str, Degree]] = {
    # Who is connected, who is closed at one/two/three, who is barred: how far F is from A.
    "no path": ((), "//", "", Degree.OUT_OF_NETWORK),
    "connected": (((A, F),), "//", "", Degree.FIRST),
    "connected, whatever is closed": (((A, F),), "f/f/f", "f", Degree.FIRST),
    "second": (STEPS, "//", "", Degree.SECOND),
    "second, by one closed there": (STEPS, "b//", "", Degree.OUT_OF_NETWORK),
    "second, by one closed further out": (STEPS, "/b/b", "", Degree.SECOND),
    "second, to one closed there": (STEPS, "/f/", "", Degree.OUT_OF_NETWORK),
    "second, to one closed further out": (STEPS, "//f", "", Degree.SECOND),
    "second, to one closed for good": (STEPS, "/f/f", "", Degree.OUT_OF_NETWORK),
    "second, by one barred": (STEPS, "//", "b", Degree.OUT_OF_NETWORK),
    "third": (CHAIN, "//", "", Degree.THIRD),
    "third, by one closed there": (CHAIN, "/c/", "", Degree.OUT_OF_NETWORK),
    "third, to one closed there": (CHAIN, "//f", "", Degree.OUT_OF_NETWORK),
    "third, by one barred": (CHAIN, "//", "c", Degree.OUT_OF_NETWORK),
    "third, by another barred": (CHAIN, "//", "b", Degree.OUT_OF_NETWORK),
    "third, as the second is closed": ((*CHAIN, (B, F)), "/f/", "", Degree.THIRD),
    "fourth": ((*CHAIN[:2], (C, D), (D, F)), "//", "", Degree.OUT_OF_NETWORK),
}


@pytest.mark.parametrize(("pairs", "closed", "barred", "expected"), WAYS.values(), ids=WAYS)
def test_a_closed_list_keeps_its_owner_off_a_path(
    pairs: tuple[tuple[MemberId, MemberId], ...], closed: str, barred: str, expected: Degree
) -> None:
    """A member counts only at the distances at which they are not closed, and barred ones nowhere."""
    one, two, three = ({MemberId(m) for m in members} for members in closed.split("/"))
    found = degree(
        A,
        F,
        graph(*pairs).__getitem__,
        closed=(one, two, three),
        barred={MemberId(member) for member in barred},
    )

    assert found is expected


@pytest.mark.parametrize(
    ("closed", "asked"),
    [
        ((NOBODY, {F}, {F}), [A]),
        ((NOBODY, NOBODY, {F}), [A, F]),
        ((NOBODY, NOBODY, NOBODY), [A, F, E]),
    ],
    ids=["closed for good", "closed further out", "open"],
)
def test_a_degree_looks_no_further_than_it_must(
    closed: tuple[frozenset[MemberId], frozenset[MemberId], frozenset[MemberId]],
    asked: list[MemberId],
) -> None:
    """Not from somebody who is closed anyhow, and from the side on which there are fewer."""
    connected = graph((A, B), (A, C), (A, D), (B, E), (E, F))
    looked_at: list[MemberId] = []

    def neighbours(member: MemberId) -> AbstractSet[MemberId]:
        looked_at.append(member)
        return connected[member]

    degree(A, F, neighbours, closed=closed)

    assert looked_at == asked


def test_members_are_no_way_from_themselves() -> None:
    """The degree to oneself is known without looking at anybody."""
    empty: Graph = {}

    assert degree(A, A, empty.__getitem__) is Degree.ONESELF


@pytest.mark.parametrize(
    ("found", "circle", "words"),
    [
        (Degree.ONESELF, Audience.ONLY_ME, "you"),
        (Degree.FIRST, Audience.CONNECTIONS, "1st"),
        (Degree.SECOND, Audience.SECOND_DEGREE, "2nd"),
        (Degree.THIRD, Audience.THIRD_DEGREE, "3rd"),
        (Degree.OUT_OF_NETWORK, Audience.MEMBERS, "out of network"),
    ],
)
def test_a_degree_is_a_circle_and_a_word(found: Degree, circle: Audience, words: str) -> None:
    """Each degree puts a viewer in one circle, and reads as people say it."""
    assert found.circle is circle
    assert str(found) == words


def test_every_degree_has_its_circle() -> None:
    """All circles but that of the signed out are degrees."""
    assert [found.circle for found in Degree] == [a for a in Audience if a is not EVERYONE]


# ── Which lists keep their owner off a path ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rule", "widest", "closed"),
    [
        (SharedConnections.ALWAYS, EVERYONE, (None, None, None)),
        (SharedConnections.ALWAYS, ONLY_ME, (None, None, None)),
        (SharedConnections.UNLESS_ONLY_ME, EVERYONE, (ONLY_ME, ONLY_ME, ONLY_ME)),
        (SharedConnections.UNLESS_ONLY_ME, CONNECTIONS, (ONLY_ME, ONLY_ME, ONLY_ME)),
        (SharedConnections.UNLESS_ONLY_ME, ONLY_ME, (EVERYONE, EVERYONE, EVERYONE)),
        (SharedConnections.BOTH_ADMIT, EVERYONE, (ONLY_ME, CONNECTIONS, SECOND_DEGREE)),
        (SharedConnections.BOTH_ADMIT, SECOND_DEGREE, (ONLY_ME, CONNECTIONS, EVERYONE)),
        (SharedConnections.BOTH_ADMIT, CONNECTIONS, (ONLY_ME, EVERYONE, EVERYONE)),
        (SharedConnections.BOTH_ADMIT, ONLY_ME, (EVERYONE, EVERYONE, EVERYONE)),
    ],
)
def test_the_lists_that_are_closed_at_a_distance(
    rule: SharedConnections, widest: Audience, closed: tuple[Audience | None, ...]
) -> None:
    """At one, two and three: no list, those of a narrow audience, or all where none may be wider."""
    assert tuple(closed_at(distance, rule, widest) for distance in (1, 2, 3)) == closed


@given(
    st.integers(1, 3), st.sampled_from(Audience), st.sampled_from(Audience).filter(lambda a: a < 5)
)
def test_a_list_is_closed_where_it_does_not_admit(
    distance: int, chosen: Audience, widest: Audience
) -> None:
    """Where both ends must admit, a list is closed at the distances that its audience leaves out."""
    closed = closed_at(distance, SharedConnections.BOTH_ADMIT, widest)
    shown = min(chosen, widest)

    assert closed is not None
    assert (chosen <= closed) is not shown.admits(Audience(distance))


# ── Introductions ───────────────────────────────────────────────────────────────────────────────


@given(graphs())
def test_introductions_are_all_paths_shortest_first(connected: Graph) -> None:
    """Every chain of up to three connections comes once, shorter ones first, else in id order."""
    for one, other in permutations(MEMBERS, 2):
        chains = list(introductions(one, other, connected.__getitem__))

        assert chains == sorted(paths(connected, one, other), key=lambda path: (len(path), path))


def test_an_introduction_is_found_without_looking_further() -> None:
    """The first chain is given before anybody's connections but those of the two are looked at."""
    connected = graph((A, B), (B, F), (A, C), (C, D), (D, F))
    asked: list[MemberId] = []

    def neighbours(member: MemberId) -> AbstractSet[MemberId]:
        asked.append(member)
        return connected[member]

    assert next(introductions(A, F, neighbours)) == (A, B, F)
    assert asked == [A, F]


# ── Shared connections ──────────────────────────────────────────────────────────────────────────


@given(graphs(), crowds())
def test_shared_connections_are_counted(connected: Graph, left_out: frozenset[MemberId]) -> None:
    """Everybody at the second degree comes with the number of connections that lead to them."""
    mine = connected[A]
    counts = shared_counts(A, {member: connected[member] for member in mine}, left_out)

    assert counts == {
        member: len(mine & connected[member])
        for member in MEMBERS
        if mine & connected[member] and member not in {A, *mine, *left_out}
    }


@pytest.mark.parametrize(
    ("shared", "sentence"),
    [
        ((B,), "1 shared connection"),
        ((B, C), "2 shared connections"),
        (MEMBERS, "6 shared connections"),
    ],
)
def test_a_suggestion_says_why(shared: tuple[MemberId, ...], sentence: str) -> None:
    """A suggestion counts whom the viewer shares with the suggested."""
    assert str(Suggestion(member="z", shared=shared)) == sentence
