"""The state machine drives any number of stores, and says which of them disagrees about what."""

import inspect
from collections.abc import Callable, Collection, Iterable
from itertools import product
from pathlib import Path
from typing import TypeVar, final

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from connectcore import MemberId, MemoryStore, Settings
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.testing import RecordingStore
from connectcore.testing.machine import MEMBERS, NetworkStateMachine
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    ACTS_ON_A_RECOMMENDATION,
    OWN_ACTS,
)

T = TypeVar("T")

BRIEF = settings(max_examples=10, stateful_step_count=20, derandomize=True, phases=[Phase.generate])


def test_stores_that_keep_their_promises_agree() -> None:
    """Stores are driven together, also where one of them runs every unit twice."""

    class OnThree(NetworkStateMachine):
        def make_stores(self) -> Iterable[Store]:
            return MemoryStore(), RecordingStore(MemoryStore()), _Hesitant()

    run_state_machine_as_test(OnThree, settings=BRIEF)


def test_a_store_that_disagrees_is_named_by_its_place() -> None:
    """Of several stores, the message tells which one it was, and what it should have been."""

    class OnTwo(NetworkStateMachine):
        def make_stores(self) -> Iterable[Store]:
            return MemoryStore(), _Stale()

    with pytest.raises(AssertionError, match=r"on store 2, \w+ reads .*; the model expects"):
        run_state_machine_as_test(OnTwo, settings=BRIEF)


def test_everybody_has_joined_when_a_history_begins() -> None:
    """A machine without a store of its own runs on one in memory, where everybody has joined."""
    machine = NetworkStateMachine()

    (network,) = machine.networks

    assert [network.as_member(each).settings.read() for each in MEMBERS] == [Settings()] * 5


def test_everybody_looks_at_everybody_in_their_turn() -> None:
    """After twice as many acts as there are pairs, each compared their own and all of each other."""
    looked: list[tuple[str, ...]] = []

    class Watched(NetworkStateMachine):
        def compare_own(self, viewer: str) -> None:
            looked.append((viewer,))
            super().compare_own(viewer)

        def compare(self, viewer: str, other: str) -> None:
            looked.append((viewer, other))
            super().compare(viewer, other)

    machine = Watched()
    for _ in range(2 * len(MEMBERS) ** 2):
        machine.look()

    assert set(looked) == {*product(MEMBERS), *product(MEMBERS, repeat=2)}
    assert len(looked) == 2 * len(MEMBERS) ** 2


def test_a_machine_knows_every_act() -> None:
    """Whatever members do, and whatever an application does with mail and the journal, some rule does."""
    folder = Path(inspect.getfile(NetworkStateMachine)).parent
    rules = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    tables = (ACTS_ON_A_MEMBER, ACTS_ON_A_POST, ACTS_ON_A_RECOMMENDATION, OWN_ACTS)
    acts = {row for table in tables for row in table}
    acts |= {"mail.due", "mail.sent", "journal.read", "journal.settle", "network.unsubscribe"}

    assert {act for act in acts if f"{act}(" not in rules} == set()


class _Undone(Exception):
    """Undoes a unit that ended well."""


@final
class _Hesitant:
    """Undoes every write that ends well, and does it again, as after a serialisation failure."""

    def __init__(self) -> None:
        self._store = MemoryStore()

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        return self._store.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        def undone(transaction: Transaction) -> T:
            unit(transaction)
            raise _Undone

        try:
            return self._store.write(members, undone)
        except _Undone:
            return self._store.write(members, unit)


@final
class _Stale:
    """Reads as it was before anything happened but that everybody joined."""

    def __init__(self) -> None:
        self._store = MemoryStore()
        self._writes = 0

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        return self._store.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        def undone(transaction: Transaction) -> T:
            raise _Given(unit(transaction))

        self._writes += 1
        if self._writes <= len(MEMBERS):
            return self._store.write(members, unit)
        try:
            return self._store.write(members, undone)
        except _Given as given:
            value: T = given.args[0]
            return value


class _Given(Exception):
    """Carries out what a unit gives, and undoes what it did."""
