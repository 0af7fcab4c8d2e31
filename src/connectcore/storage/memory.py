"""The reference store: everything in this process, under one lock.

It is the shortest way to keep the promise of `connectcore.storage`: a unit of work runs alone, and
what it wrote is undone, step by step backwards, if it raises.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime
from threading import RLock
from typing import TypeVar, final

from connectcore.activities import Activity, ActivityKey, PostCommentedOn, PostReactedTo
from connectcore.audiences import Audience
from connectcore.errors import InvalidValue, NestedUnit
from connectcore.graph import Degree, degree
from connectcore.members import Member, MemberId
from connectcore.pages import Mark
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted
from connectcore.profiles import Profile
from connectcore.proposals import Standing
from connectcore.relationships import (
    Blocked,
    Connection,
    InvitationReported,
    InvitationSent,
    Invited,
    MemberBlocked,
    PairEvent,
    PendingInvitation,
    Relationship,
    Strangers,
)
from connectcore.storage import ClosedLists, Snapshot, Transaction
from connectcore.storage.shelves import Shelf, Thread, UndoLog, places
from connectcore.storage.timelines import Timeline

__all__ = ["MemoryStore"]

K = TypeVar("K")
T = TypeVar("T")

_EMPTY_SHELF = Shelf()
_EMPTY_THREAD = Thread()
_STRANGERS = Strangers()


@final
class MemoryStore:
    """Keeps a network in memory; safe to use from many threads.

    A unit that begins another one on the same store raises `NestedUnit`.
    """

    def __init__(self) -> None:
        self._memory = _Memory()
        self._lock = RLock()
        self._busy = False

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on one instant."""
        with self._alone():
            return unit(_MemorySnapshot(self._memory))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* apart from every other unit, and undo it if it raises."""
        with self._alone():
            transaction = _MemoryTransaction(self._memory)
            try:
                return unit(transaction)
            except BaseException:
                transaction.log.undo()
                raise

    @contextmanager
    def _alone(self) -> Generator[None]:
        with self._lock:
            if self._busy:
                raise NestedUnit
            self._busy = True
            try:
                yield
            finally:
                self._busy = False


@final
class _Memory:
    def __init__(self) -> None:
        self.members: dict[MemberId, Member[Profile]] = {}
        self.shelves: defaultdict[MemberId, Shelf] = defaultdict(Shelf)
        self.posts: dict[PostId, Post] = {}
        self.comments: dict[CommentId, Comment] = {}
        self.threads: defaultdict[PostId, Thread] = defaultdict(Thread)
        self.closed: dict[Audience, set[MemberId]] = {audience: set() for audience in Audience}
        """For each audience, those whose list of connections opens no further than to it."""


class _MemorySnapshot:
    def __init__(self, memory: _Memory) -> None:
        self._memory = memory

    def members(self, ids: Collection[MemberId]) -> Mapping[MemberId, Member[Profile]]:
        members = self._memory.members
        return {member: members[member] for member in ids if member in members}

    def relationships(
        self, viewer: MemberId, others: Collection[MemberId]
    ) -> Mapping[MemberId, Relationship]:
        states = self._shelf(viewer).relationships
        return {other: states.get(other, _STRANGERS) for other in others}

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
        self, owner: MemberId, since: datetime | None, before: Mark | None, limit: int
    ) -> Sequence[PendingInvitation]:
        shelf = self._shelf(owner)
        return _invitations(shelf, shelf.received.newest(before, limit, since=since))

    def sent(
        self, owner: MemberId, since: datetime | None, before: Mark | None, limit: int
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
        self, actors: Collection[MemberId], before: Mark | None, limit: int
    ) -> Sequence[Activity]:
        """Look at the newest of each actor first: only the *limit* newest of those can matter."""
        shelves = [self._memory.shelves[actor] for actor in actors if actor in self._memory.shelves]
        heads = [
            (head, shelf) for shelf in shelves for head in shelf.activity_order.newest(before, 1)
        ]
        leaders = heapq.nlargest(limit, heads, key=lambda entry: entry[0])
        candidates = [
            (mark, shelf)
            for _, shelf in leaders
            for mark in shelf.activity_order.newest(before, limit)
        ]
        newest = heapq.nlargest(limit, candidates, key=lambda entry: entry[0])
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

    def reaction_of(
        self, post: PostId, comment: CommentId | None, member: MemberId
    ) -> Reacted | None:
        return self._thread(post).reactions.get(comment, {}).get(member)

    def reactions_to(self, post: PostId, comment: CommentId | None) -> Sequence[Reacted]:
        reactions = self._thread(post).reactions.get(comment, {})
        return sorted(reactions.values(), key=lambda r: (r.at, r.member), reverse=True)

    def _shelf(self, member: MemberId) -> Shelf:
        return self._memory.shelves.get(member, _EMPTY_SHELF)

    def _thread(self, post: PostId) -> Thread:
        return self._memory.threads.get(post, _EMPTY_THREAD)

    def _connected(self, member: MemberId) -> AbstractSet[MemberId]:
        return self._shelf(member).connected


@final
class _MemoryTransaction(_MemorySnapshot):
    def __init__(self, memory: _Memory) -> None:
        super().__init__(memory)
        self.log = UndoLog()

    def put_member(self, member: Member[Profile]) -> None:
        known = self._memory.members.get(member.id)
        for audience, closed in self._memory.closed.items():
            opens_further = member.settings.connections > audience
            if known is not None and not known.settings.connections > audience:
                if opens_further:
                    self.log.discard(closed, member.id)
            elif not opens_further:
                self.log.add(closed, member.id)
        self.log.put(self._memory.members, member.id, member)

    def record(self, event: PairEvent, relationship: Relationship) -> None:
        for owner, other in ((event.by, event.to), (event.to, event.by)):
            shelf = self._memory.shelves[owner]
            former = shelf.relationships.get(other, _STRANGERS)
            for collection, entry in places(shelf, owner, other, former):
                self.log.discard(collection, entry)
            for collection, entry in places(shelf, owner, other, relationship):
                self.log.add(collection, entry)
            self.log.put(shelf.relationships, other, relationship)
        self._count(event)

    def mute(self, member: MemberId, other: MemberId, until: datetime | None) -> None:
        self.log.put(self._memory.shelves[member].mutes, other, until)

    def unmute(self, member: MemberId, other: MemberId) -> None:
        mutes = self._memory.shelves[member].mutes
        if other in mutes:
            self.log.drop(mutes, other)

    def publish(self, activity: Activity) -> None:
        self.retract(activity.actor, activity.key)
        shelf, mark = self._memory.shelves[activity.actor], activity.mark
        self.log.put(shelf.activities, mark, activity)
        self.log.put(shelf.activity_marks, activity.key, mark)
        self.log.add(shelf.activity_order, mark)
        if activity.about is not None:
            told = self._memory.threads[activity.about].activities
            self.log.add(told, (activity.actor, activity.key))

    def retract(self, actor: MemberId, key: ActivityKey) -> None:
        shelf = self._memory.shelves[actor]
        mark = shelf.activity_marks.get(key)
        if mark is None:
            return
        activity = shelf.activities[mark]
        self.log.drop(shelf.activities, mark)
        self.log.drop(shelf.activity_marks, key)
        self.log.discard(shelf.activity_order, mark)
        if activity.about is not None:
            self.log.discard(self._memory.threads[activity.about].activities, (actor, key))

    def put_post(self, post: Post) -> None:
        _check_free(post.id, self._memory.posts)
        self.log.put(self._memory.posts, post.id, post)
        self.log.add(self._memory.shelves[post.author].posts, (post.at, post.id))

    def delete_post(self, post: PostId) -> None:
        removed = self._memory.posts[post]
        thread = self._memory.threads[post]
        for actor, key in list(thread.activities):
            self.retract(actor, key)
        for _, comment in thread.comments.newest(None, None):
            self.log.drop(self._memory.comments, CommentId(comment))
        self.log.drop(self._memory.threads, post)
        self.log.discard(self._memory.shelves[removed.author].posts, (removed.at, post))
        self.log.drop(self._memory.posts, post)

    def put_comment(self, comment: Comment) -> None:
        _check_free(comment.id, self._memory.comments)
        self.log.put(self._memory.comments, comment.id, comment)
        self.log.add(self._memory.threads[comment.post].comments, (comment.at, comment.id))

    def delete_comment(self, comment: CommentId) -> None:
        thread = self._memory.threads[self._memory.comments[comment].post]
        doomed = self._with_replies(comment, thread)
        for actor, key in list(thread.activities):
            shelf = self._memory.shelves[actor]
            match shelf.activities[shelf.activity_marks[key]]:
                case PostCommentedOn() | PostReactedTo() as told if told.comment in doomed:
                    self.retract(actor, key)
                case _:
                    pass
        for removed in doomed:
            if removed in thread.reactions:
                self.log.drop(thread.reactions, removed)
            self.log.discard(thread.comments, (self._memory.comments[removed].at, removed))
            self.log.drop(self._memory.comments, removed)

    def _with_replies(self, comment: CommentId, thread: Thread) -> set[CommentId]:
        under = [self._memory.comments[CommentId(c)] for _, c in thread.comments.newest(None, None)]
        found, deeper = {comment}, {comment}
        while deeper:
            deeper = {reply.id for reply in under if reply.reply_to in deeper}
            found |= deeper
        return found

    def put_reaction(self, reacted: Reacted) -> None:
        reactions = self._memory.threads[reacted.post].reactions
        if reacted.comment not in reactions:
            self.log.put(reactions, reacted.comment, {})
        self.log.put(reactions[reacted.comment], reacted.member, reacted)

    def delete_reaction(self, post: PostId, comment: CommentId | None, member: MemberId) -> None:
        reactions = self._thread(post).reactions.get(comment, {})
        if member in reactions:
            self.log.drop(reactions, member)

    def _count(self, event: PairEvent) -> None:
        match event:
            case InvitationSent():
                shelf, mark = self._memory.shelves[event.by], (event.at, event.to)
                self.log.add(shelf.sent_at, mark)
                if event.note:
                    self.log.add(shelf.noted_at, mark)
            case InvitationReported():
                self.log.add(self._memory.shelves[event.to].reported_at, (event.at, event.by))
            case _:
                pass


def _check_free(wanted: K, taken: Mapping[K, object]) -> None:
    if wanted in taken:
        message = f"the id {wanted!r} is taken; new_id must never give one twice"
        raise InvalidValue(message)


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
