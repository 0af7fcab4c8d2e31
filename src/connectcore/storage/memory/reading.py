"""Reading what the memory store holds."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import islice
from operator import itemgetter
from typing import TypeVar, cast

from connectcore.activities import Activity
from connectcore.graph import Degree, degree
from connectcore.journal import JournalEntry
from connectcore.members import Member, MemberId
from connectcore.pages import Mark
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted, ReactionKey
from connectcore.profiles import Profile
from connectcore.proposals import Standing
from connectcore.registers import Key, Register
from connectcore.relationships import (
    Blocked,
    Connection,
    Invited,
    MemberBlocked,
    Pair,
    PendingInvitation,
    Relationship,
    Strangers,
)
from connectcore.storage import ClosedLists, Read
from connectcore.storage.memory.shelves import File, Memory, Shelf, Thread
from connectcore.storage.memory.timelines import Timeline
from connectcore.storage.memory.traces import Traces

__all__ = ["STRANGERS", "MemorySnapshot"]

T = TypeVar("T")

_EMPTY_FILE = File()
_EMPTY_SHELF = Shelf()
_EMPTY_THREAD = Thread()
STRANGERS = Strangers()


class MemorySnapshot:
    """Reads all that there is, which nobody changes meanwhile."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def members(self, ids: Collection[MemberId]) -> Mapping[MemberId, Member[Profile]]:
        members = self._memory.members
        return {member: members[member] for member in ids if member in members}

    def relationships(
        self, viewer: MemberId, others: Collection[MemberId]
    ) -> Mapping[MemberId, Relationship]:
        states = self._shelf(viewer).relationships
        return {other: states.get(other, STRANGERS) for other in others}

    def between(self, pairs: Collection[Pair]) -> Mapping[Pair, Relationship]:
        return {
            pair: self._shelf(pair.low).relationships.get(pair.high, STRANGERS) for pair in pairs
        }

    def degrees(
        self, viewer: MemberId, others: Collection[MemberId], closed: ClosedLists
    ) -> Mapping[MemberId, Degree]:
        first, second, third = (
            frozenset[MemberId]() if audience is None else self._memory.closed[audience]
            for audience in closed
        )
        own_barred = self._shelf(viewer).barred
        return {
            other: degree(
                viewer,
                other,
                self._connected,
                closed=(first, second, third),
                barred=self._shelf(other).barred | own_barred,
            )
            for other in others
        }

    def neighbours(self, ids: Collection[MemberId]) -> Mapping[MemberId, AbstractSet[MemberId]]:
        return {member: self._connected(member) for member in ids}

    def shared(self, one: MemberId, other: MemberId) -> AbstractSet[MemberId]:
        return self._connected(one) & self._connected(other)

    def following(self, member: MemberId) -> AbstractSet[MemberId]:
        return self._shelf(member).following

    def mutes(self, member: MemberId) -> Mapping[MemberId, datetime | None]:
        return self._shelf(member).mutes

    def standings(
        self, ids: Collection[MemberId], *, since: datetime, pending_since: datetime | None
    ) -> Mapping[MemberId, Standing]:
        return {member: _standing(self._shelf(member), since, pending_since) for member in ids}

    def connections(
        self, owner: MemberId, before: Mark | None, limit: int | None
    ) -> Sequence[Connection]:
        marks = self._shelf(owner).connections.newest(before, limit)
        return [Connection(of=owner, member=MemberId(other), since=at) for at, other in marks]

    def received(
        self, owner: MemberId, before: Mark | None, limit: int, *, since: datetime | None = None
    ) -> Sequence[PendingInvitation]:
        shelf = self._shelf(owner)
        return _invitations(shelf, shelf.received.newest(before, limit, since=since))

    def sent(
        self, owner: MemberId, before: Mark | None, limit: int, *, since: datetime | None = None
    ) -> Sequence[PendingInvitation]:
        shelf = self._shelf(owner)
        return _invitations(shelf, shelf.sent.newest(before, limit, since=since))

    def blocks(self, owner: MemberId, before: Mark | None, limit: int) -> Sequence[MemberBlocked]:
        shelf = self._shelf(owner)
        return [
            block
            for _, other in shelf.blocks.newest(before, limit)
            if isinstance(state := shelf.relationships[MemberId(other)], Blocked)
            for block in state.blocks
            if block.by == owner
        ]

    def activities_of(
        self,
        actors: Collection[MemberId],
        before: Mark | None,
        limit: int | None,
        *,
        since: datetime | None = None,
    ) -> Sequence[Activity]:
        """Look at the newest of each actor first: only the *limit* newest of those can matter."""
        shelves = [self._memory.shelves[actor] for actor in actors if actor in self._memory.shelves]
        heads = [
            (head, shelf)
            for shelf in shelves
            for head in shelf.activity_order.newest(before, 1, since=since)
        ]
        leaders = _largest(heads, limit)
        candidates = [
            (mark, shelf)
            for _, shelf in leaders
            for mark in shelf.activity_order.newest(before, limit, since=since)
        ]
        newest = _largest(candidates, limit)
        return [shelf.activities[mark] for mark, shelf in newest]

    def posts(self, ids: Collection[PostId]) -> Mapping[PostId, Post]:
        posts = self._memory.posts
        return {post: posts[post] for post in ids if post in posts}

    def posts_of(self, author: MemberId, before: Mark | None, limit: int) -> Sequence[Post]:
        marks = self._shelf(author).posts.newest(before, limit)
        return [self._memory.posts[PostId(post)] for _, post in marks]

    def comments(self, ids: Collection[CommentId]) -> Mapping[CommentId, Comment]:
        comments = self._memory.comments
        return {comment: comments[comment] for comment in ids if comment in comments}

    def comments_on(
        self, post: PostId, before: Mark | None, limit: int | None
    ) -> Sequence[Comment]:
        marks = self._thread(post).comments.newest(before, limit)
        return [self._memory.comments[CommentId(comment)] for _, comment in marks]

    def reactions(self, keys: Collection[ReactionKey]) -> Mapping[ReactionKey, Reacted]:
        found: dict[ReactionKey, Reacted] = {}
        for post, comment, member in keys:
            reacted = self._thread(post).reactions.get(comment, {}).get(member)
            if reacted is not None:
                found[post, comment, member] = reacted
        return found

    def reactions_to(self, post: PostId, comment: CommentId | None) -> Sequence[Reacted]:
        reactions = self._thread(post).reactions.get(comment, {})
        return sorted(reactions.values(), key=lambda r: (r.at, r.member), reverse=True)

    def entries(
        self,
        register: Register[T],
        owners: Collection[MemberId],
        *,
        other: MemberId | None = None,
        since: datetime | None = None,
        before: Mark | None = None,
        limit: int | None = None,
    ) -> Sequence[T]:
        wanted = limit if other is None else None
        found = (
            [
                (mark, file.entries[mark])
                for mark in file.order.newest(before, wanted, since=since)
                if other is None or register.other(file.entries[mark]) == other
            ]
            for file in (self._file(register, owner) for owner in owners)
        )
        newest = heapq.merge(*found, key=lambda entry: entry[0], reverse=True)
        return [entry for _, entry in islice(newest, limit)]

    def entry(self, register: Register[T], owner: MemberId, key: Key) -> T | None:
        file = self._file(register, owner)
        mark = file.marks.get(key)
        return None if mark is None else cast("T", file.entries[mark])

    def journal(
        self,
        due_at: datetime,
        limit: int | None,
        owners: Collection[MemberId] | None = None,
    ) -> Sequence[JournalEntry]:
        due = [
            (place, entry)
            for place, entry in self._memory.journal.values()
            if entry.due_at <= due_at and (owners is None or entry.owner in owners)
        ]
        size = len(due) if limit is None else limit
        return [entry for _, entry in heapq.nsmallest(size, due, key=itemgetter(0))]

    def surroundings(self, member: MemberId) -> AbstractSet[MemberId]:
        return frozenset(Traces(self._memory, member).owners()) - {member}

    def key(self) -> bytes:
        return self._memory.key

    def read_ahead(self, *reads: Read) -> None:
        pass

    def _file(self, register: Register[T], owner: MemberId) -> File:
        return self._shelf(owner).files.get(register, _EMPTY_FILE)

    def _shelf(self, member: MemberId) -> Shelf:
        return self._memory.shelves.get(member, _EMPTY_SHELF)

    def _thread(self, post: PostId) -> Thread:
        return self._memory.threads.get(post, _EMPTY_THREAD)

    def _connected(self, member: MemberId) -> AbstractSet[MemberId]:
        return self._shelf(member).connected


def _standing(shelf: Shelf, since: datetime, pending_since: datetime | None) -> Standing:
    return Standing(
        sent=_moments(shelf.sent_at, since),
        noted=_moments(shelf.noted_at, since),
        pending=shelf.sent.count_after(pending_since),
        connections=len(shelf.connected),
        blocks=len(shelf.blocks),
        reports=len(shelf.reported_at),
    )


def _moments(timeline: Timeline, since: datetime) -> tuple[datetime, ...]:
    return tuple(at for at, _ in reversed(timeline.newest(None, None, since=since)))


def _invitations(shelf: Shelf, marks: Sequence[Mark]) -> list[PendingInvitation]:
    states = (shelf.relationships[MemberId(other)] for _, other in marks)
    return [state.invitation for state in states if isinstance(state, Invited)]


def _largest(marked: Sequence[tuple[Mark, T]], limit: int | None) -> Sequence[tuple[Mark, T]]:
    """The *limit* ones with the latest marks, or all of them; the latest first."""
    return heapq.nlargest(len(marked) if limit is None else limit, marked, key=itemgetter(0))
