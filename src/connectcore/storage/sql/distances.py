"""Distances: how far each of many members is from one, as `graph.degree` has it.

It is one statement, but where rows lie on several machines: there the few are asked who have to know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias, final

from attrs import frozen
from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Table,
    exists,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from connectcore.graph import Degree, degree
from connectcore.members import MemberId
from connectcore.storage import ClosedLists
from connectcore.storage.sql.desk import Desk
from connectcore.storage.sql.phrases import Among, Given, Phrase, Query, among, is_one, say
from connectcore.storage.sql.schema import Tables

__all__ = ["read_degrees"]

_Rings: TypeAlias = defaultdict[MemberId, set[MemberId]]


def read_degrees(
    desk: Desk, viewer: MemberId, others: Collection[MemberId], closed: ClosedLists
) -> dict[MemberId, Degree]:
    """How far each of *others* is from *viewer*."""
    found = dict.fromkeys(others, Degree.OUT_OF_NETWORK)
    sought = [member for member in found if member != viewer]
    if sought and desk.is_spread:
        found |= _search_apart(desk, viewer, sought, closed)
    elif sought:
        for member, distance in desk.rows(_asked(viewer, sought, closed)):
            found[member] = min(found[member], Degree(distance))
    if viewer in found:
        found[viewer] = Degree.ONESELF
    return found


def _asked(viewer: MemberId, sought: Sequence[MemberId], closed: ClosedLists) -> Phrase[Executable]:
    audiences = tuple(None if audience is None else audience.value for audience in closed)
    return say(_search, viewer=viewer, sought=Among(sought), closed=audiences)


def _search(tables: Tables, viewer: Given, sought: Given, closed: Given) -> Query:
    """A query for every degree at which there is a path to one of *sought*."""
    pairs = tables.relationships
    connected = pairs.c.place == "connected"
    mine = select(pairs.c.other).where(pairs.c.owner == viewer, connected)
    theirs = select(pairs.c.owner.label("end"), pairs.c.other.label("member")).where(
        among(pairs.c.owner, sought), connected
    )
    ends = select(tables.members.c.id).where(among(tables.members.c.id, sought))
    opening = _Opening(tables.members, closed)
    first_ring = mine.where(*opening.at(1, pairs.c.other, mine)).cte("first_ring")
    their_ring = theirs.cte("their_ring")
    near = (
        select(their_ring.c.end)
        .where(
            their_ring.c.member.in_(select(first_ring.c.other)),
            *opening.at(2, their_ring.c.end, ends),
        )
        .distinct()
        .cte("near")
    )
    barred = select(pairs.c.other).where(pairs.c.owner == viewer, pairs.c.barred)
    second_ring = (
        select(their_ring.c.end, their_ring.c.member)
        .where(
            their_ring.c.member.not_in(barred),
            *opening.at(2, their_ring.c.member, select(their_ring.c.member)),
            *opening.at(3, their_ring.c.end, ends),
        )
        .cte("second_ring")
    )
    barring = select(pairs.c.owner, pairs.c.other).where(
        among(pairs.c.owner, sought), pairs.c.barred
    )
    far = (
        select(second_ring.c.end)
        .select_from(pairs.join(second_ring, second_ring.c.member == pairs.c.other))
        .where(
            pairs.c.owner.in_(select(first_ring.c.other)),
            connected,
            tuple_(second_ring.c.end, pairs.c.owner).not_in(barring),
        )
    )
    if is_one(sought):  # then one path is enough, and none is looked for beyond a shorter one
        far = far.where(~exists(select(near.c.end))).limit(1)
    direct = mine.where(among(pairs.c.other, sought)).subquery("direct")
    beyond = far.distinct().subquery("far")
    return union_all(
        select(direct.c.other, literal(1)),
        select(near.c.end, literal(2)),
        select(beyond.c.end, literal(3)),
    )


def _search_apart(
    desk: Desk, viewer: MemberId, sought: Sequence[MemberId], closed: ClosedLists
) -> Mapping[MemberId, Degree]:
    """The degrees, where no machine has all: the two ends are asked, then those whom they know."""
    near, barred = _rings(desk, [viewer, *sought])
    known = frozenset[MemberId]().union(sought, *near.values())
    shut = _closed_among(desk, known, closed)

    def search() -> dict[MemberId, Degree]:
        return {
            member: degree(
                viewer,
                member,
                near.__getitem__,
                closed=shut,
                barred=barred[viewer] | barred[member],
            )
            for member in sought
        }

    found = search()
    far = (member for member, distance in found.items() if distance > Degree.SECOND)
    reach = frozenset[MemberId]().union(*[near[member] for member in far])
    if not near[viewer] or not reach:
        return found
    asked = say(_connected, ones=Among(near[viewer]), others=Among(reach))
    for owner, other in desk.rows(asked):
        near[owner].add(other)
        near[other].add(owner)
    return search()


def _rings(desk: Desk, ends: Sequence[MemberId]) -> tuple[_Rings, _Rings]:
    """Whom each of *ends* is connected with, and with whom a block parts them."""
    near: _Rings = defaultdict(set)
    barred: _Rings = defaultdict(set)
    for owner, other, is_barred in desk.rows(say(_around, ends=Among(ends))):
        (barred if is_barred else near)[owner].add(other)
    return near, barred


def _closed_among(
    desk: Desk, ids: AbstractSet[MemberId], closed: ClosedLists
) -> tuple[AbstractSet[MemberId], AbstractSet[MemberId], AbstractSet[MemberId]]:
    """Who of *ids* is on no path at distance one, two and three."""
    widest = max((audience.value for audience in closed if audience is not None), default=None)
    lists: Mapping[MemberId, int] = {}
    if widest is not None:
        rows = desk.rows(say(_closed, ids=Among(ids), audience=widest))
        lists = {row.id: row.lists for row in rows}
    first, second, third = (
        frozenset[MemberId]()
        if audience is None
        else frozenset(member for member, opens in lists.items() if opens <= audience.value)
        for audience in closed
    )
    return first, second, third


def _connected(tables: Tables, ones: Given, others: Given) -> Query:
    pairs = tables.relationships
    return select(pairs.c.owner, pairs.c.other).where(
        among(pairs.c.owner, ones),
        among(pairs.c.other, others),
        pairs.c.place == "connected",
    )


def _around(tables: Tables, ends: Given) -> Query:
    pairs = tables.relationships
    return select(pairs.c.owner, pairs.c.other, pairs.c.barred).where(
        among(pairs.c.owner, ends), or_(pairs.c.place == "connected", pairs.c.barred)
    )


def _closed(tables: Tables, ids: Given, audience: Given) -> Query:
    members = tables.members
    return select(members.c.id, members.c.lists).where(
        among(members.c.id, ids), members.c.lists <= audience
    )


@final
@frozen
class _Opening:
    """Who may be on a path at a distance."""

    members: Table
    closed: Given

    def at(
        self, distance: int, column: ColumnElement[Any], ids: Select[Any]
    ) -> Sequence[ColumnElement[bool]]:
        """The condition that a member's list is open, where all whom it could be are among *ids*."""
        audience = self.closed[distance - 1]
        if audience is None:
            return ()
        closed = select(self.members.c.id).where(
            self.members.c.lists <= audience, self.members.c.id.in_(ids)
        )
        return (column.not_in(closed),)
