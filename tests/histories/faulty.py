"""Stores that are wrong about one thing: their transactions leave out a part of what they are told."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar, final

from connectcore import MemberBlocked, MemberId, MemoryStore, PairEvent, Relationship
from connectcore.registers import Key, Register
from connectcore.storage import Snapshot, Transaction

__all__ = ["Blockless", "FaultyStore", "Keeping", "Plant", "Unsettled"]

T = TypeVar("T")

Plant = Callable[[Transaction], Any]
"""Puts a fault into a transaction."""


@final
class FaultyStore:
    """Keeps things in memory, with a fault in each of its transactions."""

    def __init__(self, plant: Plant) -> None:
        self._store = MemoryStore()
        self._plant = plant

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Read as it is kept."""
        return self._store.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Write with the fault."""
        return self._store.write(members, lambda inner: unit(self._plant(inner)))


@final
class Blockless:
    """A transaction that does not record blocks."""

    def __init__(self, inner: Transaction) -> None:
        self._inner = inner

    def record(self, event: PairEvent, relationship: Relationship) -> None:
        """Record what is no block."""
        if not isinstance(event, MemberBlocked):
            self._inner.record(event, relationship)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@final
class Unsettled:
    """A transaction that settles nothing."""

    def __init__(self, inner: Transaction) -> None:
        self._inner = inner

    def settle(self, _owner: MemberId, _ids: Collection[str]) -> None:
        """Settle nothing."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@final
class Keeping:
    """A transaction that strikes nothing from the register with a name."""

    def __init__(self, inner: Transaction, register: str) -> None:
        self._inner = inner
        self._register = register

    def strike(self, register: Register[Any], owner: MemberId, key: Key) -> None:
        """Strike from every other register."""
        if register.name != self._register:
            self._inner.strike(register, owner, key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
