"""Stores around a store: one that remembers every call, one that fails, one that takes its time.

Each of them passes every call on to the store that it is made of.
`read` and `write` are calls when a unit begins, and `done` is one when it is about to end well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from threading import Lock
from time import sleep
from typing import Any, TypeAlias, TypeVar, cast, final

from attrs import field, frozen

from connectcore.errors import InvalidValue
from connectcore.members import MemberId
from connectcore.storage import Snapshot, Store, Transaction

__all__ = [
    "FlakyStore",
    "LatencyStore",
    "RecordingStore",
    "StoreCall",
    "StoreFailed",
    "Watch",
    "WatchedStore",
]

T = TypeVar("T")


@final
@frozen
class StoreCall:
    """One call of a store, a snapshot or a transaction, by its name and with its arguments."""

    name: str
    arguments: tuple[Any, ...] = field(default=(), repr=False)
    named: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)


Watch: TypeAlias = Callable[[StoreCall], object]
"""Whoever is told of a call before it is made; the call fails with what a watch raises."""


@final
class WatchedStore:
    """Passes every call on to *store*, after it told *watch* of it.

    The other stores here are made of it; a test makes its own to let something happen between two
    calls.
    """

    def __init__(self, store: Store, watch: Watch) -> None:
        self._store = store
        self._watch = watch

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on a watched snapshot."""
        self._watch(StoreCall("read"))
        return self._store.read(lambda snapshot: self._run(unit, snapshot))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* in a watched transaction."""
        self._watch(StoreCall("write", (members,)))
        return self._store.write(members, lambda transaction: self._run(unit, transaction))

    def _run(self, unit: Callable[[Transaction], T], inner: Snapshot) -> T:
        given = unit(cast("Transaction", _Watched(inner, self._watch)))
        self._watch(StoreCall("done"))
        return given


@final
class _Watched:
    def __init__(self, inner: Snapshot, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self._watch(StoreCall(name, arguments, named))
            return method(*arguments, **named)

        return call


@final
class RecordingStore:
    """Remembers every call in `calls`: for a budget, or to hold that two acts call the store alike.

    >>> from connectcore import Member, MemoryStore, Name, Network, Profile
    >>> store = RecordingStore(MemoryStore())
    >>> network = Network(store)
    >>> ada = network.join(Member("ada", Profile(name=Name("Ada"))))
    >>> store.calls.clear()
    >>> network.as_member("ada").connections.count()
    0
    >>> store.names.count("read")  # all of it at one instant
    1
    """

    def __init__(self, store: Store) -> None:
        self.calls: list[StoreCall] = []
        self._watched = WatchedStore(store, self.calls.append)

    @property
    def names(self) -> list[str]:
        """The calls by name alone, in their order."""
        return [call.name for call in self.calls]

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on a snapshot of which every call is remembered."""
        return self._watched.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* in a transaction of which every call is remembered."""
        return self._watched.write(members, unit)


class StoreFailed(Exception):
    """What a `FlakyStore` raises: the store broke, and the application did nothing wrong."""


@final
class FlakyStore:
    """Fails the call that `fail_at` names, and only that one; until then nothing fails.

    What has failed must have changed nothing: fail at the first call of an act, at the second, and
    so on until it goes through.

    >>> from connectcore import Member, MemoryStore, Name, Network, Profile
    >>> store = FlakyStore(MemoryStore())
    >>> store.fail_at(1)
    >>> Network(store).join(Member("ada", Profile(name=Name("Ada"))))
    Traceback (most recent call last):
        ...
    connectcore.testing.stores.StoreFailed: call 1, read, failed as it was told to
    """

    def __init__(self, store: Store) -> None:
        self._watched = WatchedStore(store, self._count)
        self._error: BaseException | None = None
        self._number = self._left = 0

    def fail_at(self, call: int, *, error: BaseException | None = None) -> None:
        """Let the call with this number fail, counted from the next one, which is 1.

        It raises *error*, or `StoreFailed`.
        """
        if call < 1:
            message = f"there is no call {call}; the next one is 1"
            raise InvalidValue(message)
        self._number = self._left = call
        self._error = error

    def fail_never(self) -> None:
        """Let every call pass again."""
        self._left = 0

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on a snapshot of which a call may fail."""
        return self._watched.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* in a transaction of which a call may fail."""
        return self._watched.write(members, unit)

    def _count(self, call: StoreCall) -> None:
        if not self._left:
            return
        self._left -= 1
        if not self._left:
            failed = f"call {self._number}, {call.name}, failed as it was told to"
            raise StoreFailed(failed) if self._error is None else self._error


@final
class LatencyStore:
    """Takes *each* before every call, as a database at the other end of a network does.

    `waited` adds up what was waited for, so a test can hold a call to a budget and give a *pause*
    that does not wait; with a real one, what races is given the time to.
    """

    def __init__(
        self, store: Store, *, each: timedelta, pause: Callable[[float], object] = sleep
    ) -> None:
        self.waited: timedelta = timedelta()
        self._watched = WatchedStore(store, self._wait)
        self._each = each
        self._pause = pause
        self._lock = Lock()

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on a snapshot that takes its time."""
        return self._watched.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* in a transaction that takes its time."""
        return self._watched.write(members, unit)

    def _wait(self, _call: StoreCall) -> None:
        self._pause(self._each.total_seconds())
        with self._lock:
            self.waited += self._each
