"""Distances in one statement: how far each of many members is from one, as `graph.degree` has it.

No subquery looks outward, and what is joined with the relationships is joined by their owner, so
that a database which keeps owners apart can answer too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, final

from attrs import frozen
from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Table,
    exists,
    literal,
    select,
    tuple_,
    union_all,
)

from connectcore.graph import Degree
from connectcore.members import MemberId
from connectcore.storage import ClosedLists
from connectcore.storage.sql.desk import Desk

__all__ = ["read_degrees"]


def read_degrees(
    desk: Desk, viewer: MemberId, others: Collection[MemberId], closed: ClosedLists
) -> dict[MemberId, Degree]:
    """How far each of *others* is from *viewer*."""
    found = dict.fromkeys(others, Degree.OUT_OF_NETWORK)
    sought = [member for member in found if member != viewer]
    if sought:
        for member, distance in desk.rows(_search(desk, viewer, sought, closed)):
            found[member] = min(found[member], Degree(distance))
    if viewer in found:
        found[viewer] = Degree.ONESELF
    return found


def _search(
    desk: Desk, viewer: MemberId, sought: Sequence[MemberId], closed: ClosedLists
) -> Executable:
    """A query for every degree at which there is a path to one of *sought*."""
    pairs = desk.tables.relationships
    connected = pairs.c.place == "connected"
    mine = select(pairs.c.other).where(pairs.c.owner == viewer, connected)
    theirs = select(pairs.c.owner.label("end"), pairs.c.other.label("member")).where(
        desk.among(pairs.c.owner, sought), connected
    )
    ends = select(desk.tables.members.c.id).where(desk.among(desk.tables.members.c.id, sought))
    opening = _Opening(desk.tables.members, closed)
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
        desk.among(pairs.c.owner, sought), pairs.c.barred
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
    if len(sought) == 1:  # then one path is enough, and none is looked for beyond a shorter one
        far = far.where(~exists(select(near.c.end))).limit(1)
    direct = mine.where(desk.among(pairs.c.other, sought)).subquery("direct")
    beyond = far.distinct().subquery("far")
    return union_all(
        select(direct.c.other, literal(1)),
        select(near.c.end, literal(2)),
        select(beyond.c.end, literal(3)),
    )


@final
@frozen
class _Opening:
    """Who may be on a path at a distance."""

    members: Table
    closed: ClosedLists

    def at(
        self, distance: int, column: ColumnElement[Any], ids: Select[Any]
    ) -> Sequence[ColumnElement[bool]]:
        """The condition that a member's list is open, where all whom it could be are among *ids*."""
        audience = self.closed[distance - 1]
        if audience is None:
            return ()
        closed = select(self.members.c.id).where(
            self.members.c.lists <= audience.value, self.members.c.id.in_(ids)
        )
        return (column.not_in(closed),)
