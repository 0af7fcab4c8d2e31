"""The reference store: everything in this process, under one lock.

It is the shortest way to keep the promise of `connectcore.storage`: a unit of work runs alone, and
what it wrote is undone, step by step backwards, if it raises.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from threading import RLock
from typing import TypeVar, final

from connectcore.errors import NestedUnit
from connectcore.members import MemberId
from connectcore.storage import Snapshot, Transaction
from connectcore.storage.memory.reading import MemorySnapshot
from connectcore.storage.memory.shelves import Memory
from connectcore.storage.memory.writing import MemoryTransaction

__all__ = ["MemoryStore"]

T = TypeVar("T")


@final
class MemoryStore:
    """Keeps a network in memory; safe to use from many threads.

    A unit that begins another one on the same store raises `NestedUnit`.
    """

    def __init__(self) -> None:
        self._memory = Memory()
        self._lock = RLock()
        self._busy = False

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on one instant."""
        with self._alone():
            return unit(MemorySnapshot(self._memory))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* apart from every other unit, and undo it if it raises."""
        with self._alone():
            transaction = MemoryTransaction(self._memory)
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
