"""Distances, also against trying every path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from connectcore.audiences import Audience
from connectcore.graph import Degree
from connectcore.members import MemberId
from connectcore.relationships import MemberBlocked
from connectcore.storage import ClosedLists, Store
from connectcore.testing.conformance.checking import Checks, MakeStore, same
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVE,
    OPEN_LISTS,
    connect,
    connecting,
    day,
    happen,
    join,
    join_each,
    read,
)

CHECKS = Checks()

EVERYWHERE = (Audience.ONLY_ME, Audience.ONLY_ME, Audience.ONLY_ME)

NAMES = [MemberId(letter) for letter in "abcdef"]
PAIRS = list(combinations(NAMES, 2))
SEARCHING = settings(max_examples=60, database=None, deadline=None, derandomize=True)
LISTS = st.sampled_from([None, Audience.ONLY_ME, Audience.CONNECTIONS, Audience.SECOND_DEGREE])


def _degree(
    store: Store, viewer: MemberId, other: MemberId, closed: ClosedLists = OPEN_LISTS
) -> Degree:
    """How far the store says that *other* is."""
    return read(store, lambda snapshot: snapshot.degrees(viewer, (other,), closed)[other])


@CHECKS
def the_closest_path_counts_to_the_third_degree(store: Store) -> None:
    """Along a chain of connections each next member is one degree further, then out of network."""
    connect(store, (ADA, BOB), (BOB, CAT), (CAT, DAN), (DAN, EVE))

    found = read(store, lambda s: dict(s.degrees(ADA, (ADA, BOB, CAT, DAN, EVE), OPEN_LISTS)))

    same([found[member] for member in (ADA, BOB, CAT, DAN, EVE)], list(Degree))


@CHECKS.of_each({"by one end": ADA, "by the other": CAT})
def a_path_avoids_whoever_is_blocked_with_either_end(store: Store, blocker: MemberId) -> None:
    """A member on either side of a block with one of the two introduces nobody to the other."""
    connect(store, (ADA, BOB), (BOB, CAT), (CAT, DAN))
    same(_degree(store, ADA, DAN), Degree.THIRD)

    blocked = CAT if blocker == ADA else ADA
    happen(store, MemberBlocked(by=blocker, to=blocked, at=day(1)))

    same(_degree(store, ADA, DAN), Degree.OUT_OF_NETWORK)
    same(_degree(store, DAN, ADA), Degree.OUT_OF_NETWORK)
    same(_degree(store, BOB, DAN), Degree.SECOND)


CLOSED: Mapping[str, tuple[MemberId, ClosedLists, Degree]] = {
    "the first": (BOB, (Audience.ONLY_ME, None, None), Degree.OUT_OF_NETWORK),
    "the first, at others": (BOB, (None, Audience.ONLY_ME, Audience.ONLY_ME), Degree.THIRD),
    "the second": (CAT, (None, Audience.ONLY_ME, None), Degree.OUT_OF_NETWORK),
    "the third": (DAN, (None, None, Audience.ONLY_ME), Degree.OUT_OF_NETWORK),
    "the viewer": (ADA, EVERYWHERE, Degree.THIRD),
}


@CHECKS.of_each(CLOSED)
def a_closed_list_keeps_a_member_off_paths_at_its_distance(
    store: Store, case: tuple[MemberId, ClosedLists, Degree]
) -> None:
    """Whose list opens no further than the given audience is on no path at that distance."""
    keeps_list, closed, expected = case
    join(store, ADA, BOB, CAT, DAN)
    join(store, keeps_list, connections=Audience.ONLY_ME)
    connect(store, (ADA, BOB), (BOB, CAT), (CAT, DAN))

    same(_degree(store, ADA, DAN, closed), expected)


@CHECKS
def opening_a_list_again_opens_the_paths(store: Store) -> None:
    """What counts is the audience that the member has now."""
    join(store, ADA, CAT)
    connect(store, (ADA, BOB), (BOB, CAT))
    for audience, expected in (
        (Audience.ONLY_ME, Degree.OUT_OF_NETWORK),
        (Audience.EVERYONE, Degree.SECOND),
        (Audience.ONLY_ME, Degree.OUT_OF_NETWORK),
    ):
        join(store, BOB, connections=audience)
        same(_degree(store, ADA, CAT, EVERYWHERE), expected)


@CHECKS
def a_store_agrees_with_trying_every_path(make_store: MakeStore) -> None:
    """For any graph, lists and blocks, the degree is the length of the shortest open path."""

    @SEARCHING
    @given(
        edges=st.sets(st.sampled_from(PAIRS)),
        lists=st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from(Audience))),
        blocks=st.sets(st.sampled_from(PAIRS), max_size=3),
        closed=st.tuples(LISTS, LISTS, LISTS),
    )
    def agree(
        edges: set[tuple[MemberId, MemberId]],
        lists: dict[MemberId, Audience],
        blocks: set[tuple[MemberId, MemberId]],
        closed: ClosedLists,
    ) -> None:
        _agrees(make_store(), edges, lists, blocks, closed)

    agree()


def _agrees(
    store: Store,
    edges: AbstractSet[tuple[MemberId, MemberId]],
    lists: dict[MemberId, Audience],
    blocks: AbstractSet[tuple[MemberId, MemberId]],
    closed: ClosedLists,
) -> None:
    viewer = NAMES[0]
    join_each(store, lists)
    happen(
        store,
        *(event for pair in sorted(edges - blocks) for event in connecting(*pair)),
        *(MemberBlocked(by=one, to=other, at=day(1)) for one, other in sorted(blocks)),
    )

    found = read(store, lambda snapshot: dict(snapshot.degrees(viewer, NAMES, closed)))

    for other in NAMES:
        barred = {m for pair in blocks for m in pair if {viewer, other} & set(pair)}
        lengths = [
            len(path) - 1
            for path in _paths(viewer, other, edges - blocks)
            if len(path) <= len((viewer, other))
            or _is_open(path, lists, closed, barred - {viewer, other})
        ]
        same(found[other], min(lengths, default=Degree.OUT_OF_NETWORK))


def _paths(
    viewer: MemberId, other: MemberId, edges: AbstractSet[tuple[MemberId, MemberId]]
) -> Iterator[list[MemberId]]:
    """Every chain of at most three connections between two members."""
    growing = [[viewer]]
    for _ in range(4):
        yield from (path for path in growing if path[-1] == other)
        growing = [
            [*path, member]
            for path in growing
            for member in NAMES
            if member not in path and tuple(sorted((path[-1], member))) in edges
        ]


def _is_open(
    path: list[MemberId],
    lists: dict[MemberId, Audience],
    closed: ClosedLists,
    barred: AbstractSet[MemberId],
) -> bool:
    """Whether nobody on a path is barred from it, or keeps their list closed at their distance."""
    return not any(
        member in barred or (audience is not None and lists[member] <= audience)
        for member, audience in zip(path[1:], closed, strict=False)
    )
