"""Reading at once what is listed by many keys, or was done by many members."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from connectcore.pages import Mark
from connectcore.posts import Reacted, ReactionKey
from connectcore.relationships import Pair, Relationship, Strangers
from connectcore.storage.sql.desk import Desk
from connectcore.storage.sql.phrases import Among, Given, Lines, Query, among, say
from connectcore.storage.sql.queries import activities
from connectcore.storage.sql.schema import Tables
from connectcore.storage.sql.threads import target_of

__all__ = ["read_between", "read_latest", "read_reactions"]

_STRANGERS = Strangers()

_RECENT = timedelta(days=7)
"""How far back one looks first among what many did."""


def read_between(desk: Desk, pairs: Collection[Pair]) -> Mapping[Pair, Relationship]:
    """What the two of each of *pairs* are to each other."""
    states: dict[Pair, Relationship] = dict.fromkeys(pairs, _STRANGERS)
    if states:
        lows, highs = tuple(pair.low for pair in states), tuple(pair.high for pair in states)
        asked = say(_between, sides=Lines((lows, highs)), owners=desk.lying_with(lows))
        for owner, other, state, document in desk.rows(asked):
            states[Pair(owner, other)] = desk.documents.read_state(state, document)
    return states


def read_reactions(desk: Desk, keys: Collection[ReactionKey]) -> Mapping[ReactionKey, Reacted]:
    """The reactions with *keys* that are there."""
    if not keys:
        return {}
    wanted = [(post, target_of(comment), member) for post, comment, member in keys]
    asked = say(
        _reactions,
        keys=Lines(tuple(zip(*wanted, strict=True))),
        posts=desk.lying_with(post for post, _, _ in wanted),
    )
    documents = desk.rows(asked)
    found = (desk.documents.read(document, Reacted) for (document,) in documents)
    return {reacted.key: reacted for reacted in found}


def read_latest(desk: Desk, actors: Among, before: Mark | None, limit: int) -> Sequence[Any]:
    """The newest activities; those older than a week only where that week has too few.

    On many machines each gives its newest rows, and a week of them is soon found by an index.
    """
    floor = (datetime.now(UTC) if before is None else before[0]) - _RECENT
    late = desk.rows(say(activities, actors=actors, before=before, limit=limit, since=floor))
    if len(late) == limit:
        return late
    left = limit - len(late)
    older = say(activities, actors=actors, before=before, limit=left, until=floor)
    return [*late, *desk.rows(older)]


def _between(tables: Tables, sides: Given, owners: Given) -> Query:
    rows = tables.relationships
    low, high = sides
    query = select(rows.c.owner, rows.c.other, rows.c.state, rows.c.document)
    query = query.where(rows.c.owner == low, rows.c.other == high)
    return query if owners is None else query.where(among(rows.c.owner, owners))


def _reactions(tables: Tables, keys: Given, posts: Given) -> Query:
    rows = tables.reactions
    post, target, member = keys
    query = select(rows.c.document)
    query = query.where(rows.c.post == post, rows.c.target == target, rows.c.member == member)
    return query if posts is None else query.where(among(rows.c.post, posts))
