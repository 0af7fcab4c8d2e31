"""The counts behind limits, of many members in one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import case, func, literal, null, or_, select, union_all

from connectcore.members import MemberId
from connectcore.proposals import Standing
from connectcore.storage.sql.desk import utc
from connectcore.storage.sql.phrases import Among, Given, Query, among, say
from connectcore.storage.sql.questions import Question
from connectcore.storage.sql.schema import Tables

__all__ = ["ask_standings"]


def ask_standings(
    ids: Collection[MemberId], since: datetime, pending_since: datetime | None
) -> Question[Mapping[MemberId, Standing]]:
    """The standing of each of *ids*."""
    asked = say(_query, ids=Among(ids), since=since, pending_since=pending_since)
    return Question(asked, partial(_standings, ids))


def _standings(ids: Collection[MemberId], rows: Sequence[Any]) -> Mapping[MemberId, Standing]:
    counts: defaultdict[MemberId, Counter[str]] = defaultdict(Counter)
    moments: defaultdict[tuple[MemberId, bool], list[datetime]] = defaultdict(list)
    for owner, kind, count, at in rows:
        if at is None:
            counts[owner][kind] = count
        else:
            moments[owner, bool(count)].append(utc(at))
    return {
        member: Standing(
            sent=tuple(sorted(moments[member, False] + moments[member, True])),
            noted=tuple(sorted(moments[member, True])),
            pending=counts[member]["sent"],
            connections=counts[member]["connected"],
            blocks=counts[member]["blocks"],
            reports=counts[member]["reported"],
        )
        for member in ids
    }


def _query(tables: Tables, ids: Given, since: Given, pending_since: Given) -> Query:
    """When somebody sent an invitation, with a note or not; then how much there is of each kind."""
    tallies, pairs = tables.tallies, tables.relationships
    of_theirs = among(tallies.c.owner, ids)
    noted = case((tallies.c.noted, 1), else_=0)
    waiting = None if pending_since is None else pairs.c.at > pending_since
    return union_all(
        select(tallies.c.owner, literal("moment"), noted, tallies.c.at).where(
            of_theirs, tallies.c.kind == "sent", tallies.c.at > since
        ),
        select(tallies.c.owner, tallies.c.kind, func.count(), null())
        .where(of_theirs, tallies.c.kind == "reported")
        .group_by(tallies.c.owner, tallies.c.kind),
        select(pairs.c.owner, pairs.c.place, func.count(), null())
        .where(
            among(pairs.c.owner, ids),
            pairs.c.place.in_(("connected", "blocks", "sent")),
            *(() if waiting is None else (or_(pairs.c.place != "sent", waiting),)),
        )
        .group_by(pairs.c.owner, pairs.c.place),
    )
