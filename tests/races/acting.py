"""What members do in a race, as lines that say who does what to whom."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import combinations, count
from typing import TypeAlias

from attrs import field, frozen
from sqlalchemy.exc import DBAPIError

from connectcore import (
    Act,
    ActingMember,
    ConnectcoreError,
    ConnectionRules,
    MemberId,
    MemoryStore,
    Network,
    NotFound,
    Pair,
    Profile,
    Refused,
    Relationship,
)
from connectcore.storage import Snapshot, Store
from connectcore.storage.sql import SqlStore
from connectcore.testing.conformance.threads import check_instant
from connectcore.testing.history import Operation, check_history
from connectcore.testing.interleaving import Interleaving, interleavings
from tests.races.waiting import waiting_in, watch
from tests.stores.databases import rows_of
from tests.stores.filling import fill
from tests.worlds import NOON, OPEN, world

__all__ = ["CALLS", "Between", "Doing", "Race", "Tally", "between", "ends_between"]

Doing: TypeAlias = Callable[[Network[Profile], datetime], object]
"""What somebody does on a network at a moment."""

PATIENCE = timedelta(milliseconds=10)

CALLS: Mapping[Act, Callable[[ActingMember[Profile], str, datetime], object]] = {
    Act.SEND: lambda actor, to, at: actor.invitations.send(to, at=at),
    Act.ACCEPT: lambda actor, to, at: actor.invitations.accept(to, at=at),
    Act.IGNORE: lambda actor, to, at: actor.invitations.ignore(to, at=at),
    Act.REPORT: lambda actor, to, at: actor.invitations.report(to, at=at),
    Act.WITHDRAW: lambda actor, to, at: actor.invitations.withdraw(to, at=at),
    Act.REMOVE: lambda actor, to, at: actor.connections.remove(to, at=at),
    Act.BLOCK: lambda actor, to, at: actor.blocks.add(to, at=at),
    Act.UNBLOCK: lambda actor, to, at: actor.blocks.remove(to, at=at),
    Act.FOLLOW: lambda actor, to, at: actor.follows.follow(to, at=at),
    Act.UNFOLLOW: lambda actor, to, at: actor.follows.unfollow(to, at=at),
}


@frozen
class Between:
    """An act of one member on another; what came of it is held against the others' outcomes."""

    by: str
    act: Act
    to: str

    def __call__(self, network: Network[Profile], at: datetime) -> object:
        """Do it."""
        return CALLS[self.act](network.as_member(self.by), self.to, at)


def between(*lines: str) -> tuple[Between, ...]:
    """Acts from lines such as `ada send bob`."""
    return tuple(Between(by, Act(act), to) for by, act, to in map(str.split, lines))


@frozen
class Tally:
    """How many orders were run, how many broke what is promised, and how many were thrown out."""

    orders: int
    broken: int
    thrown_out: int


@frozen(kw_only=True)
class Race:
    """Acts that run at once, on a network where others were done `before`.

    `broken` says what else must not be in the end, beside lists that disagree and outcomes that no
    order explains.
    """

    members: tuple[str, ...] = field(converter=tuple[str, ...])
    before: Sequence[Doing] = ()
    acts: Sequence[Doing]
    rules: ConnectionRules = OPEN
    broken: Callable[[Network[Profile]], bool] = lambda _: False

    def run(self, make_store: Callable[[], Store], *, at_most: int | None = None) -> Tally:
        """Run it in every order, or in *at_most*, and count those that break what is promised."""
        orders = broken = refused = 0
        check = self._checking()
        for order in self._orders(make_store, at_most):
            orders += 1
            try:
                check(order)
            except DBAPIError:
                refused += 1
            except (AssertionError, ConnectcoreError, KeyError):
                broken += 1
        return Tally(orders, broken, refused)

    def hold(self, make_store: Callable[[], Store], *, at_most: int | None = None) -> int:
        """Run it, hold each order to what is promised, and give how many there were."""
        number, check = 0, self._checking()
        for order in self._orders(make_store, at_most):
            number += 1
            check(order)
        return number

    def breaks(self, make_store: Callable[[], Store], *, at_most: int) -> bool:
        """Whether one of the first orders breaks what is promised."""
        check = self._checking()
        for order in self._orders(make_store, at_most):
            try:
                check(order)
            except DBAPIError:  # nothing is broken where the database refuses
                continue
            except (AssertionError, ConnectcoreError, KeyError):
                return True
        return False

    def _checking(self) -> Callable[[Interleaving], None]:
        """Check orders; those that lead to the same rows and outcomes are checked once."""
        noted, seen = self._noted_before(), set[str]()

        def check(order: Interleaving) -> None:
            came = ""
            if isinstance(order.store, SqlStore):
                came = repr((_told_apart(order.store), order.outcomes))
            if came not in seen:
                self._check(order, noted)
                seen.update(filter(None, (came,)))

        return check

    def _orders(
        self, make_store: Callable[[], Store], at_most: int | None
    ) -> Iterator[Interleaving]:
        acts = [partial(self._act, act, place) for place, act in enumerate(self.acts)]
        return interleavings(
            partial(self._begin, make_store),
            *acts,
            patience=PATIENCE,
            waiting=waiting_in if isinstance(make_store(), SqlStore) else None,
            one_instant=True,
            at_most=at_most,
        )

    def _network(self, store: Store, ids: str = "") -> Network[Profile]:
        """A network whose ids begin with *ids*, so that they are the same in every order."""
        numbers = count()
        return Network(store, rules=self.rules, new_id=lambda: f"{ids}-{next(numbers)}")

    def _begin(self, make_store: Callable[[], Store]) -> Store:
        """A store in which the others were done."""
        store = make_store()
        watch(store)
        fill(store, f"race {id(self)}", self._do_before)
        return store

    def _do_before(self, store: Store) -> None:
        world(*self.members, rules=self.rules, store=store)
        for place, act in enumerate(self.before):
            act(self._network(store, f"before-{place}"), _before(place))

    def _act(self, act: Doing, place: int, store: Store) -> object:
        return act(self._network(store, f"act-{place}"), _during(place))

    def _check(self, order: Interleaving, noted_before: Sequence[Operation]) -> None:
        for outcome in order.outcomes:
            if isinstance(outcome, Exception) and not isinstance(outcome, Refused | NotFound):
                raise outcome
        noted = [
            Operation(
                act=act.act,
                by=act.by,
                to=act.to,
                at=_during(place),
                began=0,
                ended=1,
                outcome=outcome,
            )
            for place, (act, outcome) in enumerate(zip(self.acts, order.outcomes, strict=True))
            if isinstance(act, Between)
        ]
        present = order.store.read(self._present)
        if noted and len(present) == len(self.members):
            ends = order.store.read(partial(ends_between, members=present))
            check_history([*noted_before, *noted], ends=ends)
        order.store.read(partial(check_instant, crowd=present))
        assert not self.broken(self._network(order.store))

    def _present(self, snapshot: Snapshot) -> Sequence[MemberId]:
        return sorted(snapshot.members([MemberId(member) for member in self.members]))

    def _noted_before(self) -> Sequence[Operation]:
        store = MemoryStore()
        world(*self.members, rules=self.rules, store=store)
        noted = list[Operation]()
        for place, act in enumerate(self.before):
            outcome = act(self._network(store), _before(place))
            if isinstance(act, Between):
                when = place - len(self.before)
                noted.append(
                    Operation(
                        act=act.act,
                        by=act.by,
                        to=act.to,
                        at=_before(place),
                        began=when,
                        ended=when,
                        outcome=outcome,
                    )
                )
        return noted


def _told_apart(store: SqlStore) -> object:
    """All that is kept, but for the ids that a store makes up for what it tallies."""
    rows = dict(rows_of(store))
    return rows, [(owner, *tally) for owner, _, *tally in rows.pop("connectcore_tallies")]


def ends_between(snapshot: Snapshot, members: Sequence[MemberId]) -> Mapping[Pair, Relationship]:
    """What each two of *members* are to each other in the end."""
    return {
        Pair.of(one, other): snapshot.relationships(one, (other,))[other]
        for one, other in combinations(members, 2)
    }


def _before(place: int) -> datetime:
    return NOON + timedelta(minutes=1 + place)


def _during(place: int) -> datetime:
    return NOON + timedelta(hours=1, minutes=place)
