"""Where somebody is to be found: what is theirs and what of others names them, and to forget it.

What belongs to others is looked for by who it is about, which an index of each table tells; a
database that keeps owners apart asks all of them, which is the price of erasing and of that alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Select, delete, or_, select, tuple_, union, update

from connectcore.members import MemberId
from connectcore.posts import CommentId, PostId
from connectcore.relationships import Blocked, MemberBlocked
from connectcore.storage.sql.desk import Desk
from connectcore.storage.sql.threads import (
    remove_activities,
    remove_comments,
    remove_posts,
    remove_told,
)

__all__ = ["forget", "owners_around"]


def owners_around(desk: Desk, member: MemberId) -> AbstractSet[MemberId]:
    """Everybody else whose things *member* is in."""
    tables = desk.tables
    pairs, mutes, entries = tables.relationships, tables.mutes, tables.entries
    told, journal, posts = tables.activities, tables.journal, tables.posts
    under = (
        select(tables.comments.c.post).where(tables.comments.c.author == member),
        select(tables.reactions.c.post).where(tables.reactions.c.member == member),
    )
    found = union(
        select(pairs.c.other).where(pairs.c.owner == member),
        select(mutes.c.owner).where(mutes.c.other == member),
        select(entries.c.owner).where(entries.c.other == member),
        select(journal.c.owner).where(journal.c.other == member),
        select(tables.mentions.c.actor).where(tables.mentions.c.name == member),
        select(told.c.actor).where(told.c.about.in_(_posts_by(desk, member))),
        *(select(posts.c.author).where(posts.c.id.in_(each)) for each in under),
    )
    return {MemberId(owner) for (owner,) in desk.rows(found)} - {member}


def forget(desk: Desk, member: MemberId) -> Sequence[MemberBlocked]:
    """Take away all that is of *member* or names them; give the blocks that others had set."""
    tables = desk.tables
    for table in (tables.mutes, tables.entries, tables.journal):
        desk.do(delete(table).where(or_(table.c.owner == member, table.c.other == member)))
    _forget_activities(desk, member)
    desk.do(delete(tables.reactions).where(tables.reactions.c.member == member))
    remove_posts(desk, [PostId(post) for (post,) in desk.rows(_posts_by(desk, member))])
    comments = select(tables.comments.c.id).where(tables.comments.c.author == member)
    remove_comments(desk, [CommentId(comment) for (comment,) in desk.rows(comments)])
    blocks = _part_from_all(desk, member)
    tallies = tables.tallies
    desk.do(delete(tallies).where(tallies.c.owner == member))
    desk.do(update(tallies).where(tallies.c.other == member).values(other=""))
    for table in (tables.members, tables.locks):
        desk.do(delete(table).where(table.c.id == member))
    return blocks


def _posts_by(desk: Desk, member: MemberId) -> Select[Any]:
    wrote = desk.tables.authorships
    return select(wrote.c.post).where(wrote.c.author == member)


def _forget_activities(desk: Desk, member: MemberId) -> None:
    """Take away what *member* did, what names them, and what is about their posts."""
    told, mentions = desk.tables.activities, desk.tables.mentions
    mentioned = select(mentions.c.actor, mentions.c.key).where(mentions.c.name == member)
    rows = desk.rows(
        select(told.c.actor, told.c.key, told.c.kind, told.c.document).where(
            tuple_(told.c.actor, told.c.key).in_(mentioned)
        )
    )
    naming = [
        {"actor": actor, "key": key}
        for actor, key, kind, document in rows
        if member in desk.documents.read_activity(kind, document).names
    ]
    remove_told(desk, naming)
    # A mention outlasts an activity that was told anew without the name.
    desk.do(delete(mentions).where(mentions.c.name == member))
    theirs = told.c.about.in_(_posts_by(desk, member))
    remove_activities(desk, or_(told.c.actor == member, theirs))


def _part_from_all(desk: Desk, member: MemberId) -> Sequence[MemberBlocked]:
    """Undo what *member* and others are to each other; give the blocks that others had set."""
    pairs = desk.tables.relationships
    rows = desk.rows(
        select(pairs.c.other, pairs.c.state, pairs.c.document).where(pairs.c.owner == member)
    )
    others = [MemberId(other) for other, _, _ in rows]
    if not others:
        return []
    desk.do(delete(pairs).where(desk.among(pairs.c.owner, others), pairs.c.other == member))
    desk.do(delete(pairs).where(pairs.c.owner == member))
    states = (desk.documents.read_state(state, document) for _, state, document in rows)
    return [
        block
        for state in states
        if isinstance(state, Blocked)
        for block in state.blocks
        if block.to == member
    ]
