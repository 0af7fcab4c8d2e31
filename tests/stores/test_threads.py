"""Many threads at once, on every store: readers see one instant, and no invariant ever breaks."""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import combinations
from random import Random
from sys import getswitchinterval, setswitchinterval
from threading import Barrier, Event
from typing import TypeVar

import pytest

from connectcore import (
    Audience,
    Blocked,
    ConnectcoreError,
    Connected,
    ConnectionRules,
    ConnectionsAtMost,
    MemberId,
    MemoryStore,
    PendingAtMost,
    Refused,
)
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.storage.memory.reading import MemorySnapshot
from connectcore.storage.memory.shelves import Memory
from connectcore.storage.memory.writing import MemoryTransaction
from connectcore.testing import LatencyStore, StoreCall, WatchedStore
from tests.stores.keeping import OPEN_LISTS
from tests.surface import ACTS_ON_A_MEMBER
from tests.worlds import OPEN, World, world

T = TypeVar("T")

CROWD = [f"member-{number}" for number in range(8)]
PAIRS = list(combinations(CROWD, 2))


@pytest.fixture(autouse=True, name="hasty")
def _hasty(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let threads take turns in memory as often as they can; at a database they do anyway."""
    usual = getswitchinterval()
    if "store" not in request.fixturenames or isinstance(
        request.getfixturevalue("store"), MemoryStore
    ):
        setswitchinterval(1e-6)
    yield
    setswitchinterval(usual)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Do all *jobs* in threads that begin together; give what each returned or raised."""
    start = Barrier(len(jobs))

    def begin(job: Callable[[], object]) -> object:
        start.wait()
        try:
            return job()
        except ConnectcoreError as error:
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(begin, jobs))


@contextmanager
def looking(look: Callable[[], object]) -> Iterator[None]:
    """Keep looking in another thread for as long as the block lasts; what a look raises is raised."""
    stop = Event()

    def keep_looking() -> None:
        while not stop.is_set():
            look()

    with ThreadPoolExecutor(1) as pool:
        looked = pool.submit(keep_looking)
        try:
            yield
        finally:
            stop.set()
        looked.result()


class Unguarded:
    """A memory store without its lock, to show that these tests would notice."""

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


def check_instant(snapshot: Snapshot, crowd: Sequence[str] = CROWD) -> None:
    """Every list of everybody tells the same story as the relationships do."""
    members = [MemberId(member) for member in crowd]
    near = {member: set(ring) for member, ring in snapshot.neighbours(members).items()}
    for owner in members:
        listed = {entry.member for entry in snapshot.connections(owner, None, None)}
        states = snapshot.relationships(owner, [other for other in members if other != owner])
        connected = {other for other, state in states.items() if isinstance(state, Connected)}
        assert listed == connected == near[owner]
        for other, state in states.items():
            assert snapshot.relationships(other, (owner,))[owner] == state
        told = {activity.key[1] for activity in snapshot.activities_of((owner,), None, 1000)}
        assert told & set(members) == connected
        barred = {entry.to for entry in snapshot.blocks(owner, None, 1000)}
        own = {o for o, state in states.items() if isinstance(state, Blocked) and owner in state.by}
        assert barred == own
        degrees = snapshot.degrees(owner, members, OPEN_LISTS)
        assert {other for other in members if degrees[other] == 1} == connected


def test_a_reader_never_sees_half_of_an_act(store: Store) -> None:
    """While many connect, part and block, every instant is consistent in every list."""
    made = world(*CROWD, rules=OPEN, store=store)

    def live(member: str) -> Callable[[], None]:
        random = Random(member)  # noqa: S311  # the same acts each time are what is wanted

        def acts() -> None:
            for _ in range(60 if isinstance(store, MemoryStore) else 12):
                act = random.choice([*ACTS_ON_A_MEMBER.values()])
                try:
                    act(made[member], random.choice(CROWD))
                except Refused:
                    continue

        return acts

    with looking(lambda: store.read(check_instant)):
        at_once(*map(live, CROWD))

    store.read(check_instant)


def test_half_of_an_act_would_be_noticed() -> None:
    """Somebody who looks while an act is under way, on a store without a lock, sees it in part."""
    store = Unguarded()

    def look(call: StoreCall) -> None:
        if call.name == "publish":
            store.read(check_instant)

    made = world(*CROWD, rules=OPEN, store=WatchedStore(store, look))
    one, other = CROWD[:2]
    made[one].invitations.send(other)

    with pytest.raises(AssertionError):
        made[other].invitations.accept(one)


def invite_each_other(store: Store) -> World:
    """Let every two of the crowd invite each other, all at once."""
    made = world(*CROWD, rules=OPEN, store=store)
    orders = [order for one, other in PAIRS for order in ((one, other), (other, one))]
    at_once(*(partial(made[sender].invitations.send, to) for sender, to in orders))
    return made


def accept_at_once(store: Store, limit: int) -> tuple[World, list[object]]:
    """Let the whole crowd accept Ada's invitations at once, of which the limit allows a few."""
    rules = ConnectionRules(accepting=(ConnectionsAtMost(limit),))
    made = world("ada", *CROWD, rules=rules, store=store)
    for member in CROWD:
        made["ada"].invitations.send(member)
    return made, at_once(*(partial(made[m].invitations.accept, "ada") for m in CROWD))


def test_crossing_invitations_give_one_connection(store: Store) -> None:
    """Two who invite each other at once are connected, whoever came first; all pairs at once."""
    made = invite_each_other(store)

    for member in CROWD:
        assert made[member].connections.count() == len(CROWD) - 1
        assert made[member].invitations.sent().items == ()
    store.read(check_instant)


@pytest.mark.parametrize("limit", [1, 3])
def test_a_limit_of_connections_is_kept_exactly(store: Store, limit: int) -> None:
    """Of many who accept at once exactly as many succeed as the limit leaves room for."""
    made, answers = accept_at_once(store, limit)

    assert sum(not isinstance(answer, Refused) for answer in answers) == limit
    assert made["ada"].connections.count() == limit
    assert len(made["ada"].invitations.sent().items) == len(CROWD) - limit


def test_without_a_lock_these_races_are_lost() -> None:
    """On a store that runs units side by side, the same acts break the same promises."""
    crossed = invite_each_other(dawdling())
    limited, _ = accept_at_once(dawdling(), limit=1)

    assert any(crossed[member].connections.count() < len(CROWD) - 1 for member in CROWD)
    assert limited["ada"].connections.count() > 1


def test_a_limit_of_pending_invitations_is_kept_exactly(store: Store) -> None:
    """Of many invitations that one member sends at once, exactly the limit is sent."""
    made = world("ada", *CROWD, rules=ConnectionRules(inviting=(PendingAtMost(3),)), store=store)

    at_once(*(partial(made["ada"].invitations.send, member) for member in CROWD))

    assert len(made["ada"].invitations.sent().items) == 3


@pytest.mark.parametrize("attempt", range(10))
def test_an_invitation_has_one_way_out(store: Store, attempt: int) -> None:
    """Accepted and withdrawn at once, an invitation becomes one of the two, and one is refused."""
    made = world("ada", "grace", rules=OPEN, store=store)
    made["ada"].invitations.send("grace")
    ways = (
        lambda: made["grace"].invitations.accept("ada"),
        lambda: made["ada"].invitations.withdraw("grace"),
    )

    answers = at_once(*(ways if attempt % 2 else reversed(ways)))

    refused = [isinstance(answer, Refused) for answer in answers]
    assert sorted(refused) == [False, True]
    store.read(check_instant)


def test_a_block_holds_from_the_moment_at_which_it_returns(store: Store) -> None:
    """Whatever the other one does meanwhile, nothing is between the two once `blocks.add` returned."""
    made = world("ada", "grace", rules=OPEN, store=store)

    def pester() -> object:
        for _ in range(200 if isinstance(store, MemoryStore) else 30):
            for act in ("invitations.send", "invitations.accept", "follows.follow"):
                try:
                    ACTS_ON_A_MEMBER[act](made["ada"], "grace")
                except Refused:
                    continue
        return None

    def block() -> object:
        made["grace"].invitations.send("ada")
        made["grace"].blocks.add("ada")
        return _between(made)

    _, seen = at_once(pester, block)

    assert seen == (0, 0, 0, frozenset())
    assert _between(made) == seen


def _between(made: World) -> tuple[int, int, int, frozenset[str]]:
    grace = made["grace"]
    return (
        grace.connections.count(),
        len(grace.invitations.received().items),
        len(grace.invitations.sent().items),
        frozenset(grace.follows.following()) | made["ada"].follows.following(),
    )


def test_a_listing_read_while_others_publish_is_whole(store: Store) -> None:
    """Pages read while posts come in hold every post that was there before, each once."""
    made = world("ada", store=store)
    old = {made["ada"].posts.publish(f"Old {n}.", audience=Audience.MEMBERS).id for n in range(40)}

    def turn_pages() -> None:
        seen: list[str] = []
        page = made["ada"].posts.page("ada", limit=7)
        seen += [post.id for post in page.items]
        while page.next is not None:
            page = made["ada"].posts.page("ada", limit=7, after=page.next)
            seen += [post.id for post in page.items]
        assert len(seen) == len(set(seen))
        assert old <= set(seen)

    with looking(turn_pages):
        for number in range(60):
            made.clock.forward(seconds=1)
            made["ada"].posts.publish(f"New {number}.")
