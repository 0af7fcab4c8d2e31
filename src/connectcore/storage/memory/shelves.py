"""What the memory store keeps: a shelf for each member, a thread for each post, a log to undo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, MutableMapping
from datetime import datetime
from secrets import token_bytes
from typing import Any, Protocol, TypeAlias, TypeVar, final

from connectcore.activities import Activity, ActivityKey
from connectcore.audiences import Audience
from connectcore.journal import JournalEntry
from connectcore.members import Member, MemberId
from connectcore.pages import Mark
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted
from connectcore.profiles import Profile
from connectcore.registers import Key, Register
from connectcore.relationships import Blocked, Connected, Invited, Relationship
from connectcore.storage.memory.timelines import Timeline

__all__ = ["File", "Memory", "Shelf", "Thread", "UndoLog", "places"]

_KEY_BYTES = 32

K = TypeVar("K")
T_contra = TypeVar("T_contra", contravariant=True)
T = TypeVar("T")
V = TypeVar("V")


@final
class Shelf:
    """All that is one member's: what is one member's lives with the member."""

    def __init__(self) -> None:
        self.relationships: dict[MemberId, Relationship] = {}
        self.connected: set[MemberId] = set()
        self.following: set[MemberId] = set()
        self.barred: set[MemberId] = set()
        self.mutes: dict[MemberId, datetime | None] = {}
        self.connections: Timeline = Timeline()
        self.received: Timeline = Timeline()
        self.sent: Timeline = Timeline()
        self.blocks: Timeline = Timeline()
        self.sent_at: Timeline = Timeline()
        self.noted_at: Timeline = Timeline()
        self.reported_at: Timeline = Timeline()
        self.activities: dict[Mark, Activity] = {}
        self.activity_marks: dict[ActivityKey, Mark] = {}
        self.activity_order: Timeline = Timeline()
        self.posts: Timeline = Timeline()
        self.files: defaultdict[Register[Any], File] = defaultdict(File)


@final
class File:
    """One register of a member."""

    def __init__(self) -> None:
        self.entries: dict[Mark, Any] = {}
        self.marks: dict[Key, Mark] = {}
        self.order: Timeline = Timeline()


@final
class Thread:
    """What hangs on a post: comments, reactions, and the activities that tell of it."""

    def __init__(self) -> None:
        self.comments: Timeline = Timeline()
        self.reactions: dict[CommentId | None, dict[MemberId, Reacted]] = {}
        self.activities: set[tuple[MemberId, ActivityKey]] = set()


@final
class Memory:
    """All that there is."""

    def __init__(self) -> None:
        self.members: dict[MemberId, Member[Profile]] = {}
        self.shelves: defaultdict[MemberId, Shelf] = defaultdict(Shelf)
        self.posts: dict[PostId, Post] = {}
        self.comments: dict[CommentId, Comment] = {}
        self.threads: defaultdict[PostId, Thread] = defaultdict(Thread)
        self.closed: dict[Audience, set[MemberId]] = {audience: set() for audience in Audience}
        """For each audience, those whose list of connections opens no further than to it."""
        self.journal: dict[tuple[MemberId, str], tuple[int, JournalEntry]] = {}
        """By owner and id: each entry with the place that it has among all."""
        self.journalled: int = 0
        self.key: bytes = token_bytes(_KEY_BYTES)


class _Collection(Protocol[T_contra]):
    def add(self, item: T_contra, /) -> None: ...
    def discard(self, item: T_contra, /) -> None: ...


Place: TypeAlias = tuple[_Collection[Any], MemberId | Mark]


def places(shelf: Shelf, owner: MemberId, other: MemberId, state: Relationship) -> Iterator[Place]:
    """Where on the shelf of *owner* what they and *other* are to each other is to be found."""
    match state:
        case Connected(since=since):
            yield shelf.connected, other
            yield shelf.connections, (since, other)
        case Invited(invitation=invitation) if invitation.inviter == owner:
            yield shelf.sent, (invitation.sent_at, other)
        case Invited(invitation=invitation, set_aside=None):
            yield shelf.received, (invitation.sent_at, other)
        case Blocked(blocks=blocks):
            yield shelf.barred, other
            yield from ((shelf.blocks, (block.at, other)) for block in blocks if block.by == owner)
        case _:
            pass
    if not isinstance(state, Blocked) and owner in state.follows:
        yield shelf.following, other


@final
class UndoLog:
    """Changes made by a unit of work, each with the step that undoes it.

    A step is a function with its two arguments, not a closure: a bulk load makes millions.
    """

    def __init__(self) -> None:
        self._steps: list[tuple[Callable[[Any, Any], object], object, object]] = []

    def add(self, collection: _Collection[T], item: T) -> None:
        """Add an item that is not in the collection."""
        collection.add(item)
        self._steps.append((_discard, collection, item))

    def discard(self, collection: _Collection[T], item: T) -> None:
        """Take out an item that is in the collection."""
        collection.discard(item)
        self._steps.append((_add, collection, item))

    def put(self, mapping: MutableMapping[K, V], key: K, value: V) -> None:
        """Set a key, whether or not it is there."""
        if key in mapping:
            self._steps.append((_restore, mapping, (key, mapping[key])))
        else:
            self._steps.append((_delete, mapping, key))
        mapping[key] = value

    def drop(self, mapping: MutableMapping[K, V], key: K) -> None:
        """Take out a key that is there."""
        self._steps.append((_restore, mapping, (key, mapping.pop(key))))

    def undo(self) -> None:
        """Take every change back, the last one first."""
        while self._steps:
            step, target, argument = self._steps.pop()
            step(target, argument)


def _add(collection: _Collection[T], item: T) -> None:
    collection.add(item)


def _discard(collection: _Collection[T], item: T) -> None:
    collection.discard(item)


def _restore(mapping: MutableMapping[K, V], entry: tuple[K, V]) -> None:
    mapping[entry[0]] = entry[1]


def _delete(mapping: MutableMapping[K, V], key: K) -> None:
    del mapping[key]
