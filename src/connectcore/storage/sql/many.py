"""Reading at once what is listed by many keys, or was done by many members."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from connectcore.pages import Mark
from connectcore.posts import Reacted, ReactionKey
from connectcore.relationships import Pair, Relationship, Strangers
from connectcore.storage.sql.desk import Desk, newest
from connectcore.storage.sql.threads import target_of

__all__ = ["read_between", "read_latest", "read_reactions"]

_STRANGERS = Strangers()

_RECENT = timedelta(days=7)
"""How far back one looks first among what many did."""


def read_between(desk: Desk, pairs: Collection[Pair]) -> Mapping[Pair, Relationship]:
    """What the two of each of *pairs* are to each other."""
    states: dict[Pair, Relationship] = dict.fromkeys(pairs, _STRANGERS)
    if states:
        rows = desk.tables.relationships
        sides = ([pair.low for pair in states], [pair.high for pair in states])
        low, high = desk.listed(*sides)
        for owner, other, state, document in desk.rows(
            select(rows.c.owner, rows.c.other, rows.c.state, rows.c.document).where(
                rows.c.owner == low,
                rows.c.other == high,
                *desk.lying_with(rows.c.owner, sides[0]),
            )
        ):
            states[Pair(owner, other)] = desk.documents.read_state(state, document)
    return states


def read_reactions(desk: Desk, keys: Collection[ReactionKey]) -> Mapping[ReactionKey, Reacted]:
    """The reactions with *keys* that are there."""
    if not keys:
        return {}
    rows = desk.tables.reactions
    wanted = [(post, target_of(comment), member) for post, comment, member in keys]
    post, target, member = desk.listed(*zip(*wanted, strict=True))
    documents = desk.rows(
        select(rows.c.document).where(
            rows.c.post == post,
            rows.c.target == target,
            rows.c.member == member,
            *desk.lying_with(rows.c.post, [key[0] for key in wanted]),
        )
    )
    found = (desk.documents.read(document, Reacted) for (document,) in documents)
    return {reacted.key: reacted for reacted in found}


def read_latest(
    desk: Desk,
    query: Select[Any],
    order: tuple[ColumnElement[datetime], ColumnElement[str]],
    before: Mark | None,
    limit: int,
) -> Sequence[Any]:
    """The newest rows of a query; those older than a week only where that week has too few.

    On many machines each gives its newest rows, and a week of them is soon found by an index.
    """
    floor = (datetime.now(UTC) if before is None else before[0]) - _RECENT
    late = desk.rows(newest(query, order, since=floor, before=before, limit=limit))
    if len(late) == limit:
        return late
    older = newest(query.where(order[0] <= floor), order, before=before, limit=limit - len(late))
    return [*late, *desk.rows(older)]
