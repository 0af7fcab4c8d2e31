"""Where somebody is to be found: what is theirs and what of others names them, and to forget it.

What belongs to others is looked for by who it is about, which an index of each table tells; a
database that keeps owners apart asks all of them, which is the price of erasing and of that alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from sqlalchemy import (
    ColumnElement,
    Delete,
    Table,
    Update,
    delete,
    or_,
    select,
    tuple_,
    union,
    update,
)

from connectcore.members import MemberId
from connectcore.posts import CommentId, PostId
from connectcore.relationships import Blocked, MemberBlocked
from connectcore.storage.sql.desk import Desk
from connectcore.storage.sql.phrases import Among, Given, Query, among, say
from connectcore.storage.sql.schema import Tables
from connectcore.storage.sql.threads import (
    remove_activities,
    remove_comments,
    remove_posts,
    remove_told,
)

__all__ = ["forget", "owners_around"]


def owners_around(desk: Desk, member: MemberId) -> AbstractSet[MemberId]:
    """Everybody else whose things *member* is in."""
    found = desk.rows(say(_around, member=member))
    return {MemberId(owner) for (owner,) in found} - {member}


def forget(desk: Desk, member: MemberId) -> Sequence[MemberBlocked]:
    """Take away all that is of *member* or names them; give the blocks that others had set."""
    tables = desk.tables
    for table in (tables.mutes, tables.entries, tables.journal):
        desk.do(say(_of_or_about, table=table, member=member))
    _forget_activities(desk, member)
    desk.do(say(_reactions_by, member=member))
    posts = desk.rows(say(_posts_by, member=member))
    remove_posts(desk, [PostId(post) for (post,) in posts])
    comments = desk.rows(say(_comments_by, member=member))
    remove_comments(desk, [CommentId(comment) for (comment,) in comments])
    blocks = _part_from_all(desk, member)
    desk.do(say(_counted, member=member))
    desk.do(say(_counted_with, member=member))
    for table in (tables.members, tables.locks):
        desk.do(say(_row_of, table=table, member=member))
    return blocks


def _forget_activities(desk: Desk, member: MemberId) -> None:
    """Take away what *member* did, what names them, and what is about their posts."""
    naming = [
        {"actor": actor, "key": key}
        for actor, key, kind, document in desk.rows(say(_mentioning, member=member))
        if member in desk.documents.read_activity(kind, document).names
    ]
    remove_told(desk, naming)
    # A mention outlasts an activity that was told anew without the name.
    desk.do(say(_mentions_of, member=member))
    remove_activities(desk, say(_by_or_about, member=member))


def _part_from_all(desk: Desk, member: MemberId) -> Sequence[MemberBlocked]:
    """Undo what *member* and others are to each other; give the blocks that others had set."""
    rows = desk.rows(say(_states_of, member=member))
    others = [MemberId(other) for other, _, _ in rows]
    if not others:
        return []
    desk.do(say(_seen_by, others=Among(others), member=member))
    desk.do(say(_seen_from, member=member))
    states = (desk.documents.read_state(state, document) for _, state, document in rows)
    return [
        block
        for state in states
        if isinstance(state, Blocked)
        for block in state.blocks
        if block.to == member
    ]


# ── The words ───────────────────────────────────────────────────────────────────────────────────


def _around(tables: Tables, member: Given) -> Query:
    pairs, mutes, entries = tables.relationships, tables.mutes, tables.entries
    told, journal, posts = tables.activities, tables.journal, tables.posts
    under = (
        select(tables.comments.c.post).where(tables.comments.c.author == member),
        select(tables.reactions.c.post).where(tables.reactions.c.member == member),
    )
    return union(
        select(pairs.c.other).where(pairs.c.owner == member),
        select(mutes.c.owner).where(mutes.c.other == member),
        select(entries.c.owner).where(entries.c.other == member),
        select(journal.c.owner).where(journal.c.other == member),
        select(tables.mentions.c.actor).where(tables.mentions.c.name == member),
        select(told.c.actor).where(told.c.about.in_(_posts_by(tables, member))),
        *(select(posts.c.author).where(posts.c.id.in_(each)) for each in under),
    )


def _posts_by(tables: Tables, member: Given) -> Query:
    wrote = tables.authorships
    return select(wrote.c.post).where(wrote.c.author == member)


def _comments_by(tables: Tables, member: Given) -> Query:
    return select(tables.comments.c.id).where(tables.comments.c.author == member)


def _mentioning(tables: Tables, member: Given) -> Query:
    told, mentions = tables.activities, tables.mentions
    mentioned = select(mentions.c.actor, mentions.c.key).where(mentions.c.name == member)
    return select(told.c.actor, told.c.key, told.c.kind, told.c.document).where(
        tuple_(told.c.actor, told.c.key).in_(mentioned)
    )


def _states_of(tables: Tables, member: Given) -> Query:
    pairs = tables.relationships
    return select(pairs.c.other, pairs.c.state, pairs.c.document).where(pairs.c.owner == member)


def _by_or_about(tables: Tables, member: Given) -> ColumnElement[bool]:
    told = tables.activities
    return or_(told.c.actor == member, told.c.about.in_(_posts_by(tables, member)))


def _of_or_about(_: Tables, table: Table, member: Given) -> Delete:
    return delete(table).where(or_(table.c.owner == member, table.c.other == member))


def _row_of(_: Tables, table: Table, member: Given) -> Delete:
    return delete(table).where(table.c.id == member)


def _reactions_by(tables: Tables, member: Given) -> Delete:
    return delete(tables.reactions).where(tables.reactions.c.member == member)


def _mentions_of(tables: Tables, member: Given) -> Delete:
    return delete(tables.mentions).where(tables.mentions.c.name == member)


def _seen_by(tables: Tables, others: Given, member: Given) -> Delete:
    pairs = tables.relationships
    return delete(pairs).where(among(pairs.c.owner, others), pairs.c.other == member)


def _seen_from(tables: Tables, member: Given) -> Delete:
    return delete(tables.relationships).where(tables.relationships.c.owner == member)


def _counted(tables: Tables, member: Given) -> Delete:
    return delete(tables.tallies).where(tables.tallies.c.owner == member)


def _counted_with(tables: Tables, member: Given) -> Update:
    tallies = tables.tallies
    return update(tallies).where(tallies.c.other == member).values(other="")
