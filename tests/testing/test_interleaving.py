"""Interleavings: each order of steps is run once, those who wait are waited for."""

from collections.abc import Callable, Collection
from datetime import timedelta
from math import comb
from threading import Lock
from typing import TypeVar, final

import pytest

from connectcore import Audience, MemberId, MemoryStore, Settings
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.testing.interleaving import StoreAct, StuckInterleaving, interleavings
from tests.stores.keeping import member_of
from tests.stores.test_threads import Unguarded

T = TypeVar("T")

HASTE = timedelta(milliseconds=20)
CALM = timedelta(seconds=2)
"""The patience with acts of which none waits."""

ADA, BOB = MemberId("ada"), MemberId("bob")


def putting(times: int, member: MemberId = ADA) -> StoreAct:
    """An act that writes so many times in one unit."""

    def unit(transaction: Transaction) -> int:
        for _ in range(times):
            transaction.members((member,))  # what is read before writing is no step of its own
            transaction.put_member(member_of(member))
        return times

    return lambda store: store.write((member,), unit)


@pytest.mark.parametrize(("one", "other"), [(0, 0), (1, 0), (1, 1), (2, 3)])
def test_every_order_is_run_once(one: int, other: int) -> None:
    """Acts of so many steps that nothing holds up have as many orders as there are to choose."""
    run = [
        order.turns
        for order in interleavings(Unguarded, putting(one), putting(other), patience=CALM)
    ]
    steps = one + 2, other + 2  # each begins and ends, too

    assert len(run) == len(set(run)) == comb(sum(steps), steps[0])
    assert {(turns.count(0), turns.count(1)) for turns in run} == {steps}


def test_three_acts_are_interleaved_too() -> None:
    """With three acts of two steps there are 90 orders."""
    acts = [putting(0) for _ in range(3)]

    assert len({order.turns for order in interleavings(Unguarded, *acts, patience=CALM)}) == 90


def test_a_reading_unit_may_be_one_step() -> None:
    """Where reads show one instant, an order is where a reader comes, however much they read."""

    def looks(snapshot: Snapshot) -> None:
        for _ in range(3):
            snapshot.members((ADA,))

    acts = (putting(1), lambda store: store.read(looks))
    turns = [
        order.turns for order in interleavings(Unguarded, *acts, patience=CALM, one_instant=True)
    ]

    assert sorted(turns) == [(0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 0, 0)]


def test_fewest_interruptions_come_first() -> None:
    """What is tried first is each act whole, and no more than asked for is tried."""
    run = [
        order.turns
        for order in interleavings(Unguarded, putting(1), putting(1), patience=CALM, at_most=4)
    ]

    assert run[:2] == [(0, 0, 0, 1, 1, 1), (1, 1, 1, 0, 0, 0)]
    assert len(run) == 4


def test_an_act_that_waits_has_no_turn() -> None:
    """At a lock one act waits for the other's end: it begins before that, and writes after it."""
    for order in interleavings(MemoryStore, putting(2), putting(2), patience=HASTE):
        first = order.turns[0]
        ends = [place for place, turn in enumerate(order.turns) if turn == first]
        others = [place for place, turn in enumerate(order.turns) if turn != first]

        assert all(place > ends[3] for place in others[1:])


@final
class Asked:
    """A memory store that knows how many wait for it."""

    def __init__(self) -> None:
        self.waiting = 0
        self._store = MemoryStore()
        self._lock = Lock()

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* when nobody else runs one."""
        return self._store.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* when nobody else runs one, and count among those who wait until then."""
        if not self._lock.acquire(blocking=False):
            self.waiting += 1
            self._lock.acquire()
            self.waiting -= 1
        try:
            return self._store.write(members, unit)
        finally:
            self._lock.release()


def _waiting(store: Store) -> int:
    assert isinstance(store, Asked)
    return store.waiting


def test_a_store_that_knows_who_waits_is_asked() -> None:
    """Then nobody has to be patient, and the orders are those of a store that cannot tell."""
    asked = interleavings(
        Asked, putting(1), putting(1), patience=timedelta(minutes=1), waiting=_waiting
    )
    patient = interleavings(MemoryStore, putting(1), putting(1), patience=HASTE)

    assert {order.turns for order in asked} == {order.turns for order in patient}


def test_a_store_that_does_not_notice_is_not_waited_for_for_good() -> None:
    """Where nobody is said to wait, and no act ends its step, patience ends after all."""
    haste = timedelta(microseconds=20)
    orders = interleavings(
        MemoryStore, putting(1), putting(1), patience=haste, waiting=lambda _: 0, at_most=3
    )

    assert [order.outcomes for order in orders] == [(1, 1)] * 3


def test_outcomes_are_what_was_given_or_raised() -> None:
    """Each act's outcome is its own, and an error is one."""
    error = LookupError("nothing there")

    def fails(_: Transaction) -> None:
        raise error

    runs = list(interleavings(Unguarded, putting(1), lambda store: store.write((BOB,), fails)))

    assert {order.outcomes for order in runs} == {(1, error)}


def test_each_call_of_a_read_is_a_step() -> None:
    """A unit that reads twice can be interrupted between its two reads, on a store that lets it."""
    secret = Settings(connections=Audience.ONLY_ME)

    def hides(transaction: Transaction) -> None:
        transaction.put_member(member_of(ADA, secret))

    def looks(snapshot: Snapshot) -> tuple[bool, bool]:
        first, second = (snapshot.members((ADA,))[ADA].settings == secret for _ in range(2))
        return first, second

    def begin(make_store: Callable[[], Store]) -> Callable[[], Store]:
        def made() -> Store:
            store = make_store()
            store.write((ADA,), lambda transaction: transaction.put_member(member_of(ADA)))
            return store

        return made

    def seen(make_store: Callable[[], Store], patience: timedelta) -> set[object]:
        runs = interleavings(
            begin(make_store),
            lambda store: store.write((ADA,), hides),
            lambda store: store.read(looks),
            patience=patience,
        )
        return {order.outcomes[1] for order in runs}

    assert seen(Unguarded, CALM) == {(False, False), (False, True), (True, True)}
    assert seen(MemoryStore, HASTE) == {(False, False), (True, True)}


def test_a_deadlock_is_told() -> None:
    """Where the store lets two wait for each other for good, the turns that led there are told."""
    locks = {ADA: Lock(), BOB: Lock()}

    def locking(one: MemberId, other: MemberId) -> StoreAct:
        def unit(transaction: Transaction) -> None:
            with locks[one]:
                transaction.unmute(one, other)
                with locks[other]:
                    transaction.unmute(other, one)

        return lambda store: store.write((one,), unit)

    orders = interleavings(
        Unguarded,
        locking(ADA, BOB),
        locking(BOB, ADA),
        patience=timedelta(milliseconds=1),
    )

    with pytest.raises(StuckInterleaving, match=r"turns [01](, [01])+ every act waits"):
        list(orders)
