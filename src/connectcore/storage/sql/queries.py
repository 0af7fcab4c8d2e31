"""The words of what `SqlSnapshot` asks: each a query, and what stands for the values in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    cast,
    intersect,
    null,
    select,
    true,
    tuple_,
    type_coerce,
    union_all,
)

from connectcore.storage.sql.phrases import Given, Query, among
from connectcore.storage.sql.schema import Tables

__all__ = [
    "activities",
    "comments",
    "comments_on",
    "entries",
    "entry",
    "following",
    "invitations",
    "journal",
    "listed",
    "members",
    "mutes",
    "neighbours",
    "places_of",
    "posts",
    "posts_in_order",
    "posts_of",
    "reactions_to",
    "relationships",
    "shared",
    "shared_members",
]


def newest(
    query: Query,
    order: tuple[ColumnElement[datetime], ColumnElement[str]],
    *,
    since: Given = None,
    before: Given = None,
    limit: Given = None,
) -> Query:
    """A part of a listing that is ordered by a moment and a text, the newest first."""
    at, place = order
    if since is not None:
        query = query.where(at > since)
    if before is not None:
        mark = tuple_(type_coerce(before[0], at.type), type_coerce(before[1], place.type))
        query = query.where(tuple_(at, place) < mark)
    query = query.order_by(at.desc(), place.desc())
    return query if limit is None else query.limit(type_coerce(limit, Integer))


# ── Members, and what they are to each other ────────────────────────────────────────────────────


def members(tables: Tables, ids: Given) -> Query:
    """Members by their ids."""
    members = tables.members
    return select(members.c.id, members.c.document).where(among(members.c.id, ids))


def relationships(tables: Tables, viewer: Given, others: Given) -> Query:
    """What each of many is to one."""
    pairs = tables.relationships
    return select(pairs.c.owner, pairs.c.state, pairs.c.document).where(
        among(pairs.c.owner, others), pairs.c.other == viewer
    )


def neighbours(tables: Tables, ids: Given) -> Query:
    """Who is connected with each of many."""
    pairs = tables.relationships
    return select(pairs.c.owner, pairs.c.other).where(
        among(pairs.c.owner, ids), pairs.c.place == "connected"
    )


def shared(tables: Tables, one: Given, other: Given) -> Query:
    """Who is connected with both."""
    pairs = tables.relationships
    return intersect(
        *(
            select(pairs.c.other).where(pairs.c.owner == member, pairs.c.place == "connected")
            for member in (one, other)
        )
    )


def shared_members(tables: Tables, one: Given, other: Given) -> Query:
    """Who is connected with both; then the members of these who are there."""
    ring = shared(tables, one, other).cte()
    members = tables.members
    return union_all(
        select(ring.c.other, cast(null(), Text)),
        select(members.c.id, members.c.document).where(members.c.id.in_(select(ring.c.other))),
    )


def following(tables: Tables, owner: Given) -> Query:
    """Whom somebody follows."""
    pairs = tables.relationships
    return select(pairs.c.other).where(pairs.c.owner == owner, pairs.c.follows == true())


def mutes(tables: Tables, owner: Given) -> Query:
    """Whom somebody muted, and until when."""
    mutes = tables.mutes
    return select(mutes.c.other, mutes.c.until).where(mutes.c.owner == owner)


# ── Lists ───────────────────────────────────────────────────────────────────────────────────────


def listed(tables: Tables, owner: Given, place: Given, before: Given, limit: Given) -> Query:
    """Who stands in one of somebody's lists, and since when."""
    pairs = tables.relationships
    query = select(pairs.c.other, pairs.c.at).where(pairs.c.owner == owner, pairs.c.place == place)
    return newest(query, (pairs.c.at, pairs.c.other), before=before, limit=limit)


def invitations(
    tables: Tables, *, owner: Given, place: Given, since: Given, before: Given, limit: Given
) -> Query:
    """The same, with what the two are to each other."""
    pairs = tables.relationships
    query = select(pairs.c.other, pairs.c.at, pairs.c.document).where(
        pairs.c.owner == owner, pairs.c.place == place
    )
    order = (pairs.c.at, pairs.c.other)
    return newest(query, order, since=since, before=before, limit=limit)


# ── Activities, posts, and what hangs on them ───────────────────────────────────────────────────


def activities(
    tables: Tables,
    *,
    actors: Given,
    before: Given,
    limit: Given,
    since: Given = None,
    until: Given = None,
) -> Query:
    """What many did."""
    told = tables.activities
    query = select(told.c.kind, told.c.document).where(among(told.c.actor, actors))
    if until is not None:
        query = query.where(told.c.at <= until)
    return newest(query, (told.c.at, told.c.mark), since=since, before=before, limit=limit)


def posts(tables: Tables, ids: Given) -> Query:
    """Posts by their ids."""
    posts = tables.posts
    return select(posts.c.document).where(among(posts.c.id, ids))


def posts_of(tables: Tables, author: Given, before: Given, limit: Given) -> Query:
    """The ids of somebody's posts."""
    wrote = tables.authorships
    query = select(wrote.c.post).where(wrote.c.author == author)
    return newest(query, (wrote.c.at, wrote.c.post), before=before, limit=limit)


def posts_in_order(tables: Tables, ids: Given) -> Query:
    """The same, the newest first."""
    posts = tables.posts
    query = select(posts.c.document).where(among(posts.c.id, ids))
    return newest(query, (posts.c.at, posts.c.id))


def places_of(tables: Tables, ids: Given) -> Query:
    """The posts under which comments are."""
    places = tables.comment_places
    return select(places.c.post).where(among(places.c.id, ids))


def comments(tables: Tables, posts: Given, ids: Given) -> Query:
    """Comments by their ids and by the posts under which they are."""
    comments = tables.comments
    return select(comments.c.document).where(
        among(comments.c.post, posts), among(comments.c.id, ids)
    )


def comments_on(tables: Tables, post: Given, before: Given, limit: Given) -> Query:
    """What is under a post."""
    comments = tables.comments
    query = select(comments.c.document).where(comments.c.post == post)
    return newest(query, (comments.c.at, comments.c.id), before=before, limit=limit)


def reactions_to(tables: Tables, post: Given, target: Given) -> Query:
    """Who reacted to a post or a comment."""
    reactions = tables.reactions
    query = select(reactions.c.document).where(
        reactions.c.post == post, reactions.c.target == target
    )
    return newest(query, (reactions.c.at, reactions.c.member))


# ── Registers and the journal ───────────────────────────────────────────────────────────────────


def entries(
    tables: Tables,
    *,
    register: Given,
    owners: Given,
    other: Given,
    since: Given,
    before: Given,
    limit: Given,
) -> Query:
    """What many keep in a register."""
    entries = tables.entries
    query = select(entries.c.document).where(
        entries.c.register == register, among(entries.c.owner, owners)
    )
    if other is not None:
        query = query.where(entries.c.other == other)
    order = (entries.c.at, entries.c.key)
    return newest(query, order, since=since, before=before, limit=limit)


def entry(tables: Tables, register: Given, owner: Given, key: Given) -> Query:
    """One of these."""
    entries = tables.entries
    return select(entries.c.document).where(
        entries.c.owner == owner, entries.c.register == register, entries.c.key == key
    )


def journal(tables: Tables, due_at: Given, limit: Given, owners: Given) -> Query:
    """What is due, in the order in which it was written down."""
    journal = tables.journal
    query = select(journal.c.document).where(journal.c.due_at <= due_at)
    if owners is not None:
        query = query.where(among(journal.c.owner, owners))
    query = query.order_by(journal.c.place, journal.c.owner)
    return query if limit is None else query.limit(type_coerce(limit, Integer))
