"""Histories: random acts by random members against a naive model of sets and dicts."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar, cast, final

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from connectcore import MemberBlocked, MemberId, MemoryStore, PairEvent, Relationship
from connectcore.registers import Key, Register
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.testing.machine import NetworkStateMachine
from tests.conftest import DEPTH
from tests.stores.databases import MAKERS

T = TypeVar("T")

EXAMPLES = {"quick": 20, "usual": 300, "nightly": 10_000}[DEPTH]


def test_a_network_agrees_with_the_naive_model() -> None:
    """Whatever members do, the network answers as sets and dicts do."""
    thorough = settings(max_examples=EXAMPLES, stateful_step_count=50)
    run_state_machine_as_test(NetworkStateMachine, settings=thorough)


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in MAKERS if name.startswith(("sqlite", "citus"))])
def test_a_network_in_a_database_agrees_with_the_naive_model(name: str) -> None:
    """It answers no differently; shorter histories will do, since the decisions are the same."""

    class InADatabase(NetworkStateMachine):
        def make_stores(self) -> Iterable[Store]:
            return (MAKERS[name](),)

    brief = settings(max_examples=4, stateful_step_count=25)
    run_state_machine_as_test(InADatabase, settings=brief)


@pytest.mark.thorough
def test_a_block_that_ends_nothing_is_noticed() -> None:
    """A store that forgets blocks does not pass for one that keeps them."""
    assert_caught(lambda inner: cast("Transaction", _Blockless(inner)))


@pytest.mark.thorough
@pytest.mark.parametrize("register", ["notices", "unread"])
def test_what_should_be_gone_is_noticed(register: str) -> None:
    """A store that keeps what was taken back does not pass for one that strikes it."""
    assert_caught(lambda inner: cast("Transaction", _Keeping(inner, register)))


@pytest.mark.thorough
def test_a_journal_that_keeps_what_is_settled_is_noticed() -> None:
    """A store that goes on giving what was dealt with does not pass for one that takes it out."""
    assert_caught(lambda inner: cast("Transaction", _Unsettled(inner)))


def assert_caught(plant: Callable[[Transaction], Transaction]) -> None:
    """Assert that the machine finds the fault that *plant* puts into every transaction."""

    class OnFaultyStore(NetworkStateMachine):
        def make_stores(self) -> Iterable[Store]:
            return (_FaultyStore(plant),)

    hasty = settings(
        stateful_step_count=50,
        max_examples=300,
        derandomize=True,
        phases=[Phase.generate],
        report_multiple_bugs=False,
    )
    with pytest.raises(AssertionError, match="the model expects"):
        run_state_machine_as_test(OnFaultyStore, settings=hasty)


@final
class _FaultyStore:
    def __init__(self, plant: Callable[[Transaction], Transaction]) -> None:
        self._store = MemoryStore()
        self._plant = plant

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        return self._store.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        return self._store.write(members, lambda inner: unit(self._plant(inner)))


@final
class _Blockless:
    """A transaction that does not record blocks."""

    def __init__(self, inner: Transaction) -> None:
        self._inner = inner

    def record(self, event: PairEvent, relationship: Relationship) -> None:
        if not isinstance(event, MemberBlocked):
            self._inner.record(event, relationship)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@final
class _Unsettled:
    """A transaction that settles nothing."""

    def __init__(self, inner: Transaction) -> None:
        self._inner = inner

    def settle(self, _owner: MemberId, _ids: Collection[str]) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@final
class _Keeping:
    """A transaction that strikes nothing from the register with a name."""

    def __init__(self, inner: Transaction, register: str) -> None:
        self._inner = inner
        self._register = register

    def strike(self, register: Register[Any], owner: MemberId, key: Key) -> None:
        if register.name != self._register:
            self._inner.strike(register, owner, key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
