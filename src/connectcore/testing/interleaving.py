"""Interleavings: every order in which the steps of several acts can follow each other.

Two threads that run at once meet in a few of the ways in which they can; here each way is tried.
A step of an act is what it does between two calls that others could notice: the beginning of a unit
with all that it reads before it writes, each call that writes, each call of a unit that only reads,
and the end of a unit.
A unit that only reads is one step where it sees one instant, whatever others do meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from enum import Enum, auto
from heapq import heappop, heappush
from itertools import pairwise
from threading import Condition, Thread
from time import monotonic
from typing import TypeAlias, final

from attrs import field, frozen

from connectcore.storage import Snapshot, Store
from connectcore.testing.stores import StoreCall, WatchedStore

__all__ = ["Interleaving", "StoreAct", "StuckInterleaving", "interleavings"]

StoreAct: TypeAlias = Callable[[Store], object]
"""What somebody does, on the store that it is given."""

_READING = frozenset(name for name in vars(Snapshot) if not name.startswith("_"))
_SLICES = 10
_STUCK_AFTER = 600
"""How many times the patience with one step all acts may wait for each other."""
_ASKED_AFTER = 0.004
"""How many seconds a step takes before a store is asked who waits."""


class StuckInterleaving(Exception):
    """No act can go on: each waits for another, and the store lets them wait."""


@final
@frozen(kw_only=True)
class Interleaving:
    """One order that was run, on a store of its own.

    `turns` says which act took each step, by its place; `outcomes` is what each act gave, or the
    exception that it raised.
    """

    turns: tuple[int, ...]
    outcomes: tuple[object, ...] = field(repr=False)
    store: Store = field(repr=False)


def interleavings(
    make_store: Callable[[], Store],
    one: StoreAct,
    another: StoreAct,
    *more: StoreAct,
    patience: timedelta = timedelta(milliseconds=50),
    waiting: Callable[[Store], int] | None = None,
    one_instant: bool = False,
    at_most: int | None = None,
) -> Iterator[Interleaving]:
    """Run acts in every order of their steps, each time on what *make_store* gives.

    *make_store* gives a store in the same state each time; each act runs in a thread of its own.
    An act that does not end its step within *patience* waits for another, at a lock for example;
    it goes on when it can, and the others have the turns until then.
    A database knows who waits: *waiting*, if given, is asked how many of the acts do, and patience
    is left out of it.
    With *one_instant* a unit that only reads is one step: a store that keeps to
    `Capability.ONE_INSTANT` makes no difference between the orders that this leaves out.
    The orders in which acts interrupt each other least come first; with *at_most*, no more than
    that are tried.
    Raises `StuckInterleaving` when all wait for each other for 600 times as long.

    >>> from connectcore import Member, MemoryStore, Name, Network, Profile
    >>> def two() -> Store:
    ...     store = MemoryStore()
    ...     for member in ("ada", "grace"):
    ...         Network(store).join(Member(member, Profile(name=Name(member.title()))))
    ...     return store
    >>> def crossing(one: str, other: str) -> StoreAct:
    ...     return lambda store: Network(store).as_member(one).invitations.send(other)
    >>> acts = (crossing("ada", "grace"), crossing("grace", "ada"))
    >>> for order in interleavings(two, *acts, at_most=20):
    ...     assert Network(order.store).as_member("ada").connections.count() == 1
    """
    plans: list[tuple[int, Sequence[int]]] = [(0, ())]
    while plans and at_most != 0:
        _, plan = heappop(plans)
        run = _Run(
            make_store(),
            (one, another, *more),
            patience=patience.total_seconds(),
            waiting=waiting,
            one_instant=one_instant,
        )
        run.follow(plan)
        yield Interleaving(turns=tuple(run.turns), outcomes=tuple(run.outcomes), store=run.store)
        for other in run.plans_beyond(len(plan)):
            heappush(plans, (_interruptions(other), other))
        at_most = None if at_most is None else at_most - 1


def _interruptions(turns: Sequence[int]) -> int:
    """How often the turn goes from one act to another; most races are lost by few."""
    return sum(one != next_ for one, next_ in pairwise(turns))


@final
class _Place(Enum):
    """Where an act is."""

    READY = auto()
    RUNNING = auto()
    WAITING = auto()
    OVER = auto()


@final
class _Run:
    """One run of all acts, of which one moves at a time."""

    def __init__(
        self,
        store: Store,
        acts: Sequence[StoreAct],
        *,
        patience: float,
        waiting: Callable[[Store], int] | None,
        one_instant: bool,
    ) -> None:
        self.store = store
        self.turns: list[int] = []
        self.choices: list[Sequence[int]] = []
        self.outcomes: list[object] = [None] * len(acts)
        self._acts = acts
        self._patience = patience
        self._waiting = waiting
        self._one_instant = one_instant
        self._places = [_Place.RUNNING] * len(acts)
        self._is_writing = [False] * len(acts)
        self._is_inside = [False] * len(acts)
        self._moved = Condition()

    def follow(self, plan: Sequence[int]) -> None:
        """Give the turns that *plan* names; after them each act goes on for as long as it can."""
        threads = [Thread(target=self._act, args=(n,), daemon=True) for n in range(len(self._acts))]
        for thread in threads:
            thread.start()
        with self._moved:
            while ready := self._ready():
                wanted = [*plan[len(self.turns) :][:1], *self.turns[-1:], ready[0]]
                self._give_turn(next(each for each in wanted if each in ready), ready)
        for thread in threads:
            thread.join()

    def plans_beyond(self, place: int) -> Iterator[Sequence[int]]:
        """The orders that leave this one at one turn, from *place* on."""
        for turn in range(place, len(self.turns)):
            for other in self.choices[turn]:
                if other != self.turns[turn]:
                    yield (*self.turns[:turn], other)

    def _act(self, each: int) -> None:
        watched = WatchedStore(self.store, lambda call: self._before(each, call))
        try:
            self.outcomes[each] = self._acts[each](watched)
        except Exception as error:  # noqa: BLE001 - what an act raises is what came of it
            self.outcomes[each] = error
        with self._moved:
            self._is_inside[each] = False
            self._places[each] = _Place.OVER
            self._moved.notify_all()

    def _before(self, each: int, call: StoreCall) -> None:
        """Wait for a turn, if *call* begins a step."""
        if call.name in ("read", "write"):
            self._is_inside[each], self._is_writing[each] = False, call.name == "write"
        elif call.name in _READING if self._is_writing[each] else self._one_instant:
            return
        with self._moved:
            self._places[each] = _Place.READY
            self._moved.notify_all()
            self._moved.wait_for(lambda: self._places[each] is not _Place.READY)
        self._is_inside[each] = call.name != "done"

    def _give_turn(self, each: int, ready: Sequence[int]) -> None:
        self.turns.append(each)
        self.choices.append(ready)
        self._places[each] = _Place.RUNNING
        self._moved.notify_all()
        self._settle()
        if not self._is_inside[each]:
            self._wake()

    def _wake(self) -> None:
        """Let those who wait go on, now that what they waited for may be free."""
        for each, place in enumerate(self._places):
            if place is _Place.WAITING:
                self._places[each] = _Place.RUNNING
        self._settle()

    def _settle(self) -> None:
        """Wait until nobody runs but those who wait for another."""
        begun = monotonic()
        while not self._settles():
            running = self._places.count(_Place.RUNNING)
            is_late = monotonic() - begun > _STUCK_AFTER * self._patience
            if self._waiting is None or is_late or self._waiting(self.store) >= running:
                self._places = [
                    _Place.WAITING if place is _Place.RUNNING else place for place in self._places
                ]

    def _settles(self) -> bool:
        """Whether nobody runs any more before patience is over.

        It is over only after many short waits, in which those who run had their turns too, so that
        a machine with much to do does not pass for a lock.
        """
        patience = self._patience if self._waiting is None else _ASKED_AFTER
        return any(
            self._moved.wait_for(self._is_settled, patience / _SLICES) for _ in range(_SLICES)
        )

    def _is_settled(self) -> bool:
        return _Place.RUNNING not in self._places

    def _ready(self) -> list[int]:
        """The acts that can take a turn; none when all are over."""
        begun = monotonic()
        while True:
            self._settle()
            ready = [each for each, place in enumerate(self._places) if place is _Place.READY]
            if ready or all(place is _Place.OVER for place in self._places):
                return ready
            if monotonic() - begun > _STUCK_AFTER * self._patience:
                waiting = ", ".join(str(turn) for turn in self.turns)
                message = f"after the turns {waiting} every act waits for another"
                raise StuckInterleaving(message)
            self._wake()
