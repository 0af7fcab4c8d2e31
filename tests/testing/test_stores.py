"""Stores around a store: each passes every call on, and does the one thing that it is for."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from connectcore import InvalidValue, MemberId, MemoryStore
from connectcore.storage import Store
from connectcore.testing import (
    FlakyStore,
    LatencyStore,
    RecordingStore,
    StoreCall,
    StoreFailed,
    WatchedStore,
)
from tests.surface import everything
from tests.worlds import world

ADA = MemberId("ada")
WRAPPED: dict[str, Callable[[Store], Store]] = {
    "watched": lambda store: WatchedStore(store, lambda _: None),
    "recording": RecordingStore,
    "flaky": FlakyStore,
    "latency": lambda store: LatencyStore(store, each=timedelta(), pause=lambda _: None),
}


@pytest.mark.parametrize("wrap", WRAPPED.values(), ids=WRAPPED.keys())
def test_a_store_around_another_gives_what_that_gives(wrap: Callable[[Store], Store]) -> None:
    """A network in it reads as it does in the store itself."""
    two = [("ada", "bob")]
    plain = world("ada", "bob", "cyd", connected=two)

    assert everything(world("ada", "bob", "cyd", connected=two, store=wrap(MemoryStore()))) == (
        everything(plain)
    )


def test_every_call_is_recorded_with_its_arguments() -> None:
    """The unit when it begins, what is asked in it, and its end."""
    store = RecordingStore(MemoryStore())

    store.read(lambda snapshot: snapshot.connections(ADA, None, limit=3))
    store.write((ADA,), lambda transaction: transaction.unmute(ADA, MemberId("bob")))

    assert store.calls == [
        StoreCall("read"),
        StoreCall("connections", (ADA, None), {"limit": 3}),
        StoreCall("done"),
        StoreCall("write", ((ADA,),)),
        StoreCall("unmute", (ADA, "bob")),
        StoreCall("done"),
    ]
    assert store.names == ["read", "connections", "done", "write", "unmute", "done"]


def test_a_recorded_call_prints_no_argument() -> None:
    """Whatever is kept in a store, the log of a test that fails shows nothing of it."""
    store = RecordingStore(MemoryStore())
    store.read(lambda snapshot: snapshot.members((MemberId("a secret"),)))

    assert "secret" not in repr(store.calls)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_flaky_store_fails_one_call(number: int) -> None:
    """The one with the number, counted from when it was told so; those before and after pass."""
    store = FlakyStore(MemoryStore())
    store.read(lambda snapshot: snapshot.following(ADA))
    store.fail_at(number)

    with pytest.raises(StoreFailed, match=f"call {number}"):
        store.read(lambda snapshot: snapshot.following(ADA))

    assert store.read(lambda snapshot: snapshot.following(ADA)) == set()


def test_a_flaky_store_fails_as_it_is_told() -> None:
    """With any error, an interrupt too; and not at all once it is told not to."""
    store = FlakyStore(MemoryStore())
    store.fail_at(1, error=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        store.read(lambda _: None)

    store.fail_at(1)
    store.fail_never()

    assert store.read(lambda _: "went well") == "went well"


@pytest.mark.parametrize("number", [0, -1])
def test_there_is_no_call_before_the_first(number: int) -> None:
    """A number that no call has is refused."""
    with pytest.raises(InvalidValue, match="the next one is 1"):
        FlakyStore(MemoryStore()).fail_at(number)


def test_a_slow_store_waits_before_every_call() -> None:
    """As long as it is told each time, and knows how long in all."""
    pauses: list[float] = []
    store = LatencyStore(MemoryStore(), each=timedelta(seconds=2), pause=pauses.append)

    store.read(lambda snapshot: snapshot.following(ADA))

    assert pauses == [2, 2, 2]
    assert store.waited == timedelta(seconds=6)
