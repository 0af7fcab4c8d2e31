"""Histories: random acts by random members against a naive model of sets and dicts."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar, cast, final

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from connectcore import MemberBlocked, MemberId, MemoryStore, PairEvent, Relationship
from connectcore.storage import Snapshot, Store, Transaction
from tests.histories.machine import NetworkHistories

T = TypeVar("T")


def test_a_network_agrees_with_the_naive_model() -> None:
    """Whatever members do, the network answers as sets and dicts do."""
    thorough = settings(max_examples=5 * settings().max_examples, stateful_step_count=50)
    run_state_machine_as_test(NetworkHistories, settings=thorough)


def test_a_block_that_ends_nothing_is_noticed() -> None:
    """A store that forgets blocks does not pass for one that keeps them."""
    hasty = settings(
        stateful_step_count=50,
        max_examples=300,
        derandomize=True,
        phases=[Phase.generate],
        report_multiple_bugs=False,
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(_OnForgetfulStore, settings=hasty)


class _OnForgetfulStore(NetworkHistories):
    def make_store(self) -> Store:
        return _ForgetfulStore()


@final
class _ForgetfulStore:
    def __init__(self) -> None:
        self._store = MemoryStore()

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        return self._store.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        return self._store.write(members, lambda inner: unit(_forgetful(inner)))


def _forgetful(transaction: Transaction) -> Transaction:
    return cast("Transaction", _ForgetfulTransaction(transaction))


@final
class _ForgetfulTransaction:
    def __init__(self, inner: Transaction) -> None:
        self._inner = inner

    def record(self, event: PairEvent, relationship: Relationship) -> None:
        if not isinstance(event, MemberBlocked):
            self._inner.record(event, relationship)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
