"""The checks with many threads notice a store without a lock, on which every race is lost."""

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TypeVar

import pytest

from connectcore import ConnectionRules, MemberId
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.storage.memory.reading import MemorySnapshot
from connectcore.storage.memory.shelves import Memory
from connectcore.storage.memory.writing import MemoryTransaction
from connectcore.testing import LatencyStore, StoreCall, WatchedStore
from connectcore.testing.conformance.threads import (
    CROWD,
    accept_at_once,
    check_instant,
    founded,
    invite_each_other,
)

T = TypeVar("T")


class Unguarded:
    """A memory store without its lock, to show that these checks would notice."""

    def __init__(self) -> None:
        self._memory = Memory()

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* whatever else is running."""
        return unit(MemorySnapshot(self._memory))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* whatever else is running, whomever it names."""
        del members
        return unit(MemoryTransaction(self._memory))


def dawdling() -> Store:
    """A store without a lock that lets other threads go first at every call."""
    return LatencyStore(Unguarded(), each=timedelta(microseconds=100))


def test_half_of_an_act_would_be_noticed() -> None:
    """Somebody who looks while an act is under way, on a store without a lock, sees it in part."""
    store = Unguarded()

    def look(call: StoreCall) -> None:
        if call.name == "publish":
            store.read(check_instant)

    made = founded(WatchedStore(store, look), *CROWD, rules=ConnectionRules.open())
    one, other = CROWD[:2]
    made[one].invitations.send(other)

    with pytest.raises(AssertionError):
        made[other].invitations.accept(one)


def test_without_a_lock_these_races_are_lost() -> None:
    """On a store that runs units side by side, the same acts break the same promises."""
    crossed = invite_each_other(dawdling())
    limited, _ = accept_at_once(dawdling(), limit=1)

    assert any(crossed[member].connections.count() < len(CROWD) - 1 for member in CROWD)
    assert limited["ada"].connections.count() > 1
