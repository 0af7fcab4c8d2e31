"""Distances and introductions: pure functions over who is connected with whom.

They take the graph as a callable from a member to the set of their connections, so that a store
can answer from its own index; none of them expands further than it must (LinkedIn's own main
query, the distance of one member to a list of others, has to stay cheap).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import IntEnum
from typing import TypeAlias, final

from attrs import field, frozen

from connectcore.audiences import Audience
from connectcore.members import MemberId, member_id
from connectcore.visibility import SharedConnections

__all__ = [
    "Degree",
    "Neighbours",
    "Suggestion",
    "closed_at",
    "degree",
    "introductions",
    "shared_counts",
]

Neighbours: TypeAlias = Callable[[MemberId], AbstractSet[MemberId]]

_NOBODY: frozenset[MemberId] = frozenset()


@final
class Degree(IntEnum):
    """How far two members are from each other; the closest path counts."""

    ONESELF = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3
    OUT_OF_NETWORK = 4

    @property
    def circle(self) -> Audience:
        """The circle in which a viewer at this distance stands."""
        return Audience(self.value)

    def __str__(self) -> str:
        return ("you", "1st", "2nd", "3rd", "out of network")[self]


@final
@frozen(kw_only=True)
class Suggestion:
    """Somebody the viewer may know; the reason is whom they share, as far as the viewer may know it."""

    member: MemberId = field(converter=member_id)
    shared: tuple[MemberId, ...]

    def __str__(self) -> str:
        count = len(self.shared)
        return f"{count} shared connection{'s' if count > 1 else ''}"


def closed_at(
    distance: int, rule: SharedConnections, widest: Audience = Audience.EVERYONE
) -> Audience | None:
    """The widest list audience that keeps a member off any path at *distance* from the viewer.

    A path to the second or third degree tells that its members are connected, so it obeys the rule
    for shared connections: it does not run through somebody who keeps their list to themselves, or,
    where both ends must admit the viewer, whose list is closed at that distance.
    *widest* is the widest audience that the policy allows for lists.
    `None` means that every list may be on a path.
    """
    if rule is SharedConnections.ALWAYS:
        return None
    both_admit = rule is SharedConnections.BOTH_ADMIT
    closed = Audience(distance - 1) if both_admit else Audience.ONLY_ME
    return closed if widest > closed else Audience.EVERYONE


def degree(
    viewer: MemberId,
    other: MemberId,
    neighbours: Neighbours,
    *,
    closed: tuple[AbstractSet[MemberId], AbstractSet[MemberId], AbstractSet[MemberId]] = (
        _NOBODY,
        _NOBODY,
        _NOBODY,
    ),
    barred: AbstractSet[MemberId] = _NOBODY,
) -> Degree:
    """The distance from *viewer* to *other*, to the third degree.

    *closed* are the members that a path may not touch at distance one, two and three; *barred*
    those that it may not touch at all, because one of the two ends blocked them or was blocked.
    """
    if viewer == other:
        return Degree.ONESELF
    mine = neighbours(viewer)
    if other in mine:
        return Degree.FIRST
    if other in closed[1] and other in closed[2]:
        return Degree.OUT_OF_NETWORK
    theirs = _less(neighbours(other), barred)
    first_ring = _less(_less(mine, closed[0]), barred)
    if other not in closed[1] and not first_ring.isdisjoint(theirs):
        return Degree.SECOND
    if other in closed[2]:
        return Degree.OUT_OF_NETWORK
    second_ring = _less(theirs, closed[1])
    small, large = sorted((first_ring, second_ring), key=len)
    if any(not large.isdisjoint(neighbours(member)) for member in small):
        return Degree.THIRD
    return Degree.OUT_OF_NETWORK


def introductions(
    viewer: MemberId, other: MemberId, neighbours: Neighbours
) -> Iterator[tuple[MemberId, ...]]:
    """Every chain from *viewer* to *other* of at most three connections, the shortest first.

    Among chains of one length the order is that of ids; where the viewer may not know a link of
    one chain, the next can be tried.
    """
    mine, theirs = neighbours(viewer), neighbours(other)
    if other in mine:
        yield (viewer, other)
    for shared in sorted(mine & theirs):
        yield (viewer, shared, other)
    for first in sorted(mine - {other}):
        for second in sorted(neighbours(first) & theirs - {viewer}):
            yield (viewer, first, second, other)


def shared_counts(
    viewer: MemberId,
    rings: Mapping[MemberId, AbstractSet[MemberId]],
    left_out: Collection[MemberId] = (),
) -> Counter[MemberId]:
    """How many connections *viewer* shares with everybody at the second degree.

    *rings* holds the connections of each of the viewer's own connections.
    """
    counts = Counter(member for ring in rings.values() for member in ring)
    for member in (viewer, *rings, *left_out):
        counts.pop(member, None)
    return counts


def _less(members: AbstractSet[MemberId], others: AbstractSet[MemberId]) -> AbstractSet[MemberId]:
    """*members* without *others*, and without a copy where that takes nobody away."""
    return members if members.isdisjoint(others) else members - others
