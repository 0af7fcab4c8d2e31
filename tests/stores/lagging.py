"""A store whose shards are late: what is committed is seen on each of them when it pleases.

It keeps a network in memory, cut by owner as a spread database cuts it, and shows of each shard some
earlier moment of its own, so that a read may see one half of what was done and not the other.
Only what a database promises is promised here: a write sees all that former ones did that named a
member in common, as far as it lies with that member, and all that there is on a shard to which it has
written.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from heapq import merge
from itertools import islice
from operator import attrgetter
from threading import RLock
from typing import Any, TypeVar, cast, final
from zlib import crc32

from connectcore import (
    Activity,
    Audience,
    Comment,
    JournalEntry,
    Member,
    MemberBlocked,
    MemberId,
    Pair,
    PairEvent,
    Post,
    Profile,
    Reacted,
    Relationship,
)
from connectcore.activities import ActivityKey
from connectcore.graph import Degree, degree
from connectcore.pages import Mark
from connectcore.posts import CommentId, PostId, ReactionKey
from connectcore.registers import Key, Register
from connectcore.storage import ClosedLists, Snapshot, Transaction
from connectcore.storage.memory.reading import MemorySnapshot
from connectcore.storage.memory.shelves import Memory
from connectcore.storage.memory.traces import Traces
from connectcore.storage.memory.writing import MemoryTransaction

__all__ = ["SHARDS", "LaggingStore", "Late", "shard_of"]

T = TypeVar("T")
K = TypeVar("K")
N = TypeVar("N", bound=str)

Step = Callable[[MemoryTransaction], object]
Late = Callable[[int, int, int, int], int]
"""How many units a shard sees: for the number of the one that asks, that of the shard, and how many
it has to see at least and at most."""

SHARDS = 4


def shard_of(owner: str) -> int:
    """The shard on which the things of an owner lie."""
    return crc32(owner.encode()) % SHARDS


@final
class LaggingStore:
    """Keeps a network on shards that are late, as *late* says; `truth` is what they will have seen.

    Who is not *named* is not kept apart from others, so what follows from that can be found.

    Units run one at a time: who is late, and not who comes first, is what is tried with it.
    """

    def __init__(self, late: Late, *, named: Callable[[str], bool] = lambda _: True) -> None:
        self.late = late
        self._keeps_apart = named
        self.truth = Memory()
        self.views: list[Memory] = [Memory() for _ in range(SHARDS)]
        self.seen: list[int] = [0] * SHARDS
        self._units: list[tuple[AbstractSet[str], Sequence[Step]]] = []
        self._asked = 0
        self._alone = RLock()

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on what each shard shows when it is first asked."""
        with self._alone:
            self._asked += 1
            return unit(cast("Snapshot", _LateSnapshot(self)))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit*; whoever named one of *members* before is seen where these lie."""
        with self._alone:
            self._asked += 1
            return self._write(frozenset(members), unit)

    def _write(self, members: AbstractSet[str], unit: Callable[[Transaction], T]) -> T:
        for member in filter(self._keeps_apart, members):
            named = [place for place, (each, _) in enumerate(self._units, 1) if member in each]
            self._see(shard_of(member), max(named, default=0))
        truth = MemoryTransaction(self.truth)
        steps: list[Step] = []
        try:
            given = unit(cast("Transaction", _LateTransaction(self, truth, steps)))
        except BaseException:
            truth.log.undo()
            raise
        self._units.append((members, steps))
        return given

    def catch_up(self) -> None:
        """Let every shard see all."""
        for shard in range(SHARDS):
            self._see(shard, len(self._units))

    def _see(self, shard: int, wanted: int) -> None:
        """Let a shard see at least so many of the units that were committed."""
        view = MemoryTransaction(self.views[shard])
        while self.seen[shard] < wanted:
            for step in self._units[self.seen[shard]][1]:
                step(view)
            self.seen[shard] += 1

    def look(self, shard: int) -> Memory:
        """What a shard shows now."""
        self._see(shard, self.late(self._asked, shard, self.seen[shard], len(self._units)))
        return self.views[shard]


class _LateSnapshot:
    """Reads of each shard what it shows at the moment of the call."""

    def __init__(self, store: LaggingStore) -> None:
        self._store = store
        self._written: MemorySnapshot | None = None
        self._fresh: set[int] = set()

    def _on(self, shard: int) -> MemorySnapshot:
        """What can be read on a shard: all of it, if this unit has written there."""
        if self._written is not None and shard in self._fresh:
            return self._written
        return MemorySnapshot(self._store.look(shard))

    def _at(self, owner: str) -> MemorySnapshot:
        """What can be read where the things of *owner* lie."""
        return self._on(shard_of(owner))

    def _apart(self, owners: Iterable[N]) -> Iterable[tuple[MemorySnapshot, list[N]]]:
        """Where the things of each of *owners* lie, with those that lie there."""
        apart: dict[int, list[N]] = {}
        for owner in owners:
            apart.setdefault(shard_of(owner), []).append(owner)
        return [(self._at(each[0]), each) for each in apart.values()]

    # ── What lies with one owner ────────────────────────────────────────────────────────────────

    def __getattr__(self, name: str) -> Any:
        """A read about one owner, who is named first."""

        def read(owner: str, *arguments: Any, **named: Any) -> Any:
            return getattr(self._at(owner), name)(owner, *arguments, **named)

        return read

    # ── What lies with many ─────────────────────────────────────────────────────────────────────

    def members(self, ids: Collection[MemberId]) -> Mapping[MemberId, Member[Profile]]:
        return _joined(view.members(each) for view, each in self._apart(ids))

    def relationships(
        self, viewer: MemberId, others: Collection[MemberId]
    ) -> Mapping[MemberId, Relationship]:
        """As they are written with the others, beside what these show."""
        return {other: self._at(other).relationships(other, (viewer,))[viewer] for other in others}

    def between(self, pairs: Collection[Pair]) -> Mapping[Pair, Relationship]:
        return _joined(self._at(pair.low).between((pair,)) for pair in pairs)

    def degrees(
        self, viewer: MemberId, others: Collection[MemberId], closed: ClosedLists
    ) -> Mapping[MemberId, Degree]:
        first, second, third = map(self._closed, closed)
        return {
            other: degree(
                viewer,
                other,
                lambda member: self._at(member)._connected(member),
                closed=(first, second, third),
                barred=self._at(other)._shelf(other).barred
                | self._at(viewer)._shelf(viewer).barred,
            )
            for other in others
        }

    def neighbours(self, ids: Collection[MemberId]) -> Mapping[MemberId, AbstractSet[MemberId]]:
        return _joined(view.neighbours(each) for view, each in self._apart(ids))

    def shared(self, one: MemberId, other: MemberId) -> AbstractSet[MemberId]:
        near = self.neighbours((one, other))
        return near[one] & near[other]

    def standings(self, ids: Collection[MemberId], **named: Any) -> Mapping[MemberId, Any]:
        return _joined(view.standings(each, **named) for view, each in self._apart(ids))

    def activities_of(
        self, actors: Collection[MemberId], before: Mark | None, limit: int | None, **named: Any
    ) -> Sequence[Activity]:
        found = (
            view.activities_of(each, before, limit, **named) for view, each in self._apart(actors)
        )
        return list(islice(merge(*found, key=attrgetter("mark"), reverse=True), limit))

    def posts(self, ids: Collection[PostId]) -> Mapping[PostId, Post]:
        return _joined(view.posts(each) for view, each in self._apart(ids))

    def posts_of(self, author: MemberId, before: Mark | None, limit: int) -> Sequence[Post]:
        marks = self._at(author)._shelf(author).posts.newest(before, limit)
        found = self.posts([PostId(post) for _, post in marks])
        return [found[PostId(post)] for _, post in marks if post in found]

    def comments(self, ids: Collection[CommentId]) -> Mapping[CommentId, Comment]:
        placed = _joined(view.comments(each) for view, each in self._apart(ids))
        return _joined(self._at(each.post).comments((each.id,)) for each in placed.values())

    def reactions(self, keys: Collection[ReactionKey]) -> Mapping[ReactionKey, Reacted]:
        return _joined(self._at(key[0]).reactions((key,)) for key in keys)

    def entries(
        self, register: Register[T], owners: Collection[MemberId], **named: Any
    ) -> Sequence[T]:
        found = (view.entries(register, each, **named) for view, each in self._apart(owners))
        return list(islice(merge(*found, key=register.mark, reverse=True), named.get("limit")))

    def entry(self, register: Register[T], owner: MemberId, key: Any) -> T | None:
        return self._at(owner).entry(register, owner, key)

    def journal(
        self, due_at: datetime, limit: int | None, owners: Collection[MemberId] | None = None
    ) -> Sequence[JournalEntry]:
        due = (
            (place, entry)
            for shard in range(SHARDS)
            for place, entry in self._on(shard)._memory.journal.values()
            if shard_of(entry.owner) == shard
            and entry.due_at <= due_at
            and (owners is None or entry.owner in owners)
        )
        return [entry for _, entry in sorted(due, key=lambda found: found[0])[:limit]]

    def surroundings(self, member: MemberId) -> AbstractSet[MemberId]:
        found: set[MemberId] = set()
        for shard in range(SHARDS):
            memory = self._on(shard)._memory
            traces = Traces(memory, member)
            under = [*(c.post for c in traces.comments()), *(r.post for r in traces.reactions())]
            owners = {
                *traces.muted_by(),
                *(owner for owner, _, _ in traces.entries()),
                *(owner for owner, _ in traces.activities()),
                *(entry.owner for entry in traces.journal()),
            }
            found.update(owner for owner in owners if shard_of(owner) == shard)
            found.update(memory.posts[post].author for post in under if shard_of(post) == shard)
        return (found | set(self._at(member)._shelf(member).relationships)) - {member}

    def key(self) -> bytes:
        return self._store.truth.key

    def read_ahead(self, *_: object) -> None:
        pass  # each call is answered when it comes

    def _closed(self, audience: Audience | None) -> AbstractSet[MemberId]:
        """Those whose list of connections opens no further than to an audience."""
        return {
            member
            for shard in range(SHARDS)
            if audience is not None
            for member in self._on(shard)._memory.closed[audience]
            if shard_of(member) == shard
        }


@final
class _LateTransaction(_LateSnapshot):
    """Writes to the truth, and sees from then on all of a shard to which it wrote."""

    def __init__(self, store: LaggingStore, truth: MemoryTransaction, steps: list[Step]) -> None:
        super().__init__(store)
        self._truth = self._written = truth
        self._steps = steps

    def _do(self, step: Step, *owners: str) -> Any:
        """Take a step now, and on every shard when it comes to it."""
        self._fresh.update({shard_of(owner) for owner in owners} or range(SHARDS))
        self._steps.append(step)
        return step(self._truth)

    def put_member(self, member: Member[Profile]) -> None:
        self._do(lambda to: to.put_member(member), member.id)

    def record(self, event: PairEvent, relationship: Relationship) -> None:
        self._do(lambda to: to.record(event, relationship), event.by, event.to)

    def mute(self, member: MemberId, other: MemberId, until: datetime | None) -> None:
        self._do(lambda to: to.mute(member, other, until), member)

    def unmute(self, member: MemberId, other: MemberId) -> None:
        self._do(lambda to: to.unmute(member, other), member)

    def publish(self, activity: Activity) -> None:
        self._do(lambda to: to.publish(activity), activity.actor)

    def retract(self, actor: MemberId, key: ActivityKey) -> None:
        self._do(lambda to: to.retract(actor, key), actor)

    def put_post(self, post: Post) -> None:
        self._do(lambda to: to.put_post(post), post.id, post.author)

    def delete_post(self, post: PostId) -> None:
        def step(to: MemoryTransaction) -> None:
            if post in to.posts((post,)):
                to.delete_post(post)

        self._do(step)

    def put_comment(self, comment: Comment) -> None:
        self._do(lambda to: to.put_comment(comment), comment.id, comment.post)

    def delete_comment(self, comment: CommentId) -> None:
        def step(to: MemoryTransaction) -> None:
            if comment in to.comments((comment,)):
                to.delete_comment(comment)

        self._do(step)

    def put_reaction(self, reacted: Reacted) -> None:
        self._do(lambda to: to.put_reaction(reacted), reacted.post)

    def delete_reaction(self, post: PostId, comment: CommentId | None, member: MemberId) -> None:
        self._do(lambda to: to.delete_reaction(post, comment, member), post)

    def enter(self, register: Register[T], owner: MemberId, entry: T) -> None:
        self._do(lambda to: to.enter(register, owner, entry), owner)

    def strike(self, register: Register[T], owner: MemberId, key: Key) -> None:
        self._do(lambda to: to.strike(register, owner, key), owner)

    def write_down(self, entry: JournalEntry) -> None:
        self._do(lambda to: to.write_down(entry), entry.owner)

    def settle(self, owner: MemberId, ids: Collection[str]) -> None:
        settled = tuple(ids)
        self._do(lambda to: to.settle(owner, settled), owner)

    def forget(self, member: MemberId) -> Sequence[MemberBlocked]:
        blocks: Sequence[MemberBlocked] = self._do(lambda to: to.forget(member))
        return blocks


def _joined(parts: Iterable[Mapping[K, T]]) -> dict[K, T]:
    return {key: value for part in parts for key, value in part.items()}
