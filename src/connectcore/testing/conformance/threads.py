"""Many threads at once: readers see one instant, and no invariant ever breaks."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import combinations, count
from random import Random
from sys import getswitchinterval, setswitchinterval
from threading import Barrier, Event

from connectcore.audiences import Audience
from connectcore.errors import ConnectcoreError, Refused
from connectcore.members import MemberId
from connectcore.network import ActingMember, Network
from connectcore.profiles import Profile
from connectcore.relationships import Blocked, Connected
from connectcore.rulebook import ConnectionRules
from connectcore.rules import ConnectionsAtMost, PendingAtMost
from connectcore.storage import Snapshot, Store
from connectcore.testing.conformance.checking import Capability, Checks, holds, same
from connectcore.testing.conformance.keeping import OPEN_LISTS
from connectcore.testing.worlds import Clock, World, person

__all__ = [
    "CHECKS",
    "CROWD",
    "accept_at_once",
    "at_once",
    "check_instant",
    "founded",
    "invite_each_other",
    "looking",
]

CHECKS = Checks()

ADA, GRACE = "ada", "grace"
CROWD = tuple(f"member-{number}" for number in range(8))
PAIRS = tuple(combinations(CROWD, 2))
ALL = 1000

ACTS: Mapping[str, Callable[[ActingMember[Profile], str], object]] = {
    "send": lambda member, to: member.invitations.send(to),
    "accept": lambda member, to: member.invitations.accept(to),
    "ignore": lambda member, to: member.invitations.ignore(to),
    "withdraw": lambda member, to: member.invitations.withdraw(to),
    "remove": lambda member, to: member.connections.remove(to),
    "block": lambda member, to: member.blocks.add(to),
    "unblock": lambda member, to: member.blocks.remove(to),
    "follow": lambda member, to: member.follows.follow(to),
    "unfollow": lambda member, to: member.follows.unfollow(to),
    "mute": lambda member, to: member.follows.mute(to),
}


def founded(store: Store, *members: str, rules: ConnectionRules) -> World[Profile]:
    """A network in *store* that *members* have joined, with ids that count."""
    clock, ids = Clock(), count(1)
    network = Network(store, rules=rules, clock=clock, new_id=lambda: f"id-{next(ids):04}")
    for member in members:
        network.join(person(member))
    return World(network, store, clock, members)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Do all *jobs* in threads that begin together; give what each returned or raised."""
    start = Barrier(len(jobs))

    def begin(job: Callable[[], object]) -> object:
        start.wait()
        try:
            return job()
        except ConnectcoreError as error:
            return error

    with _hasty(), ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(begin, jobs))


@contextmanager
def looking(look: Callable[[], object]) -> Generator[None]:
    """Keep looking in another thread for as long as the block lasts; what a look raises is raised."""
    stop = Event()

    def keep_looking() -> None:
        while not stop.is_set():
            look()

    with _hasty(), ThreadPoolExecutor(1) as pool:
        looked = pool.submit(keep_looking)
        try:
            yield
        finally:
            stop.set()
        looked.result()


@contextmanager
def _hasty() -> Generator[None]:
    """Let threads take turns as often as the interpreter can."""
    usual = getswitchinterval()
    setswitchinterval(1e-4)
    try:
        yield
    finally:
        setswitchinterval(usual)


def check_instant(snapshot: Snapshot, crowd: Sequence[str] = CROWD) -> None:
    """Every list of everybody tells the same story as the relationships do."""
    members = [MemberId(member) for member in crowd]
    near = {member: set(ring) for member, ring in snapshot.neighbours(members).items()}
    towards = {
        owner: snapshot.relationships(owner, [other for other in members if other != owner])
        for owner in members
    }
    for owner, states in towards.items():
        listed = {entry.member for entry in snapshot.connections(owner, None, None)}
        connected = {other for other, state in states.items() if isinstance(state, Connected)}
        same((listed, near[owner]), (connected, connected))
        for other, state in states.items():
            same(towards[other][owner], state)
        told = {activity.key[1] for activity in snapshot.activities_of((owner,), None, ALL)}
        same(told & set(members), connected)
        barred = {entry.to for entry in snapshot.blocks(owner, None, ALL)}
        own = {o for o, state in states.items() if isinstance(state, Blocked) and owner in state.by}
        same(barred & set(members), own)  # one may block a name that nobody bears any more
        degrees = snapshot.degrees(owner, members, OPEN_LISTS)
        same({other for other in members if degrees[other] == 1}, connected)


def invite_each_other(store: Store) -> World[Profile]:
    """Let every two of the crowd invite each other, all at once."""
    made = founded(store, *CROWD, rules=ConnectionRules.open())
    orders = [order for one, other in PAIRS for order in ((one, other), (other, one))]
    at_once(*(partial(made[sender].invitations.send, to) for sender, to in orders))
    return made


def accept_at_once(store: Store, limit: int) -> tuple[World[Profile], list[object]]:
    """Let the whole crowd accept Ada's invitations at once, of which the limit allows a few."""
    rules = ConnectionRules(accepting=(ConnectionsAtMost(limit),))
    made = founded(store, ADA, *CROWD, rules=rules)
    for member in CROWD:
        made[ADA].invitations.send(member)
    return made, at_once(*(partial(made[m].invitations.accept, ADA) for m in CROWD))


@CHECKS.needing(Capability.ONE_INSTANT)
def a_reader_never_sees_half_of_an_act(store: Store) -> None:
    """While many connect, part and block, every instant is consistent in every list."""
    made = founded(store, *CROWD, rules=ConnectionRules.open())

    def live(member: str) -> None:
        random = Random(member)  # noqa: S311 - the same acts each time are what is wanted
        for _ in range(15):
            act = random.choice([*ACTS.values()])
            try:
                act(made[member], random.choice(CROWD))
            except Refused:
                continue

    with looking(lambda: store.read(check_instant)):
        at_once(*(partial(live, member) for member in CROWD))

    store.read(check_instant)


@CHECKS
def crossing_invitations_give_one_connection(store: Store) -> None:
    """Two who invite each other at once are connected, whoever came first; all pairs at once."""
    made = invite_each_other(store)

    for member in CROWD:
        same(made[member].connections.count(), len(CROWD) - 1)
        same(made[member].invitations.sent().items, ())
    store.read(check_instant)


@CHECKS.of_each({"one": 1, "three": 3})
def a_limit_of_connections_is_kept_exactly(store: Store, limit: int) -> None:
    """Of many who accept at once exactly as many succeed as the limit leaves room for."""
    made, answers = accept_at_once(store, limit)

    same(sum(not isinstance(answer, Refused) for answer in answers), limit)
    same(made[ADA].connections.count(), limit)
    same(len(made[ADA].invitations.sent().items), len(CROWD) - limit)


@CHECKS
def a_limit_of_pending_invitations_is_kept_exactly(store: Store) -> None:
    """Of many invitations that one member sends at once, exactly the limit is sent."""
    limit = 3
    made = founded(store, ADA, *CROWD, rules=ConnectionRules(inviting=(PendingAtMost(limit),)))

    at_once(*(partial(made[ADA].invitations.send, member) for member in CROWD))

    same(len(made[ADA].invitations.sent().items), limit)


@CHECKS
def an_invitation_has_one_way_out(store: Store) -> None:
    """Accepted and withdrawn at once, an invitation becomes one of the two, and one is refused."""
    made = founded(store, ADA, *CROWD, rules=ConnectionRules.open())
    for number, other in enumerate(CROWD):
        made[ADA].invitations.send(other)
        ways = [
            partial(made[other].invitations.accept, ADA),
            partial(made[ADA].invitations.withdraw, other),
        ]
        answers = at_once(*(ways if number % 2 else reversed(ways)))
        same(sorted(isinstance(answer, Refused) for answer in answers), [False, True])
    store.read(lambda snapshot: check_instant(snapshot, (ADA, *CROWD)))


@CHECKS
def a_block_holds_from_the_moment_at_which_it_returns(store: Store) -> None:
    """Whatever the other one does meanwhile, nothing is between the two once it returned."""
    made = founded(store, ADA, GRACE, rules=ConnectionRules.open())

    def pester() -> None:
        for _ in range(30):
            for act in ("send", "accept", "follow"):
                try:
                    ACTS[act](made[ADA], GRACE)
                except Refused:
                    continue

    def block() -> object:
        made[GRACE].invitations.send(ADA)
        made[GRACE].blocks.add(ADA)
        return _between(made)

    _, seen = at_once(pester, block)

    same(seen, (0, 0, 0, frozenset[str]()))
    same(_between(made), seen)


def _between(made: World[Profile]) -> tuple[int, int, int, frozenset[str]]:
    grace = made[GRACE]
    return (
        grace.connections.count(),
        len(grace.invitations.received().items),
        len(grace.invitations.sent().items),
        frozenset(grace.follows.following()) | made[ADA].follows.following(),
    )


@CHECKS
def a_listing_read_while_others_publish_is_whole(store: Store) -> None:
    """Pages read while posts come in hold every post that was there before, each once."""
    made = founded(store, ADA, rules=ConnectionRules.open())
    old = {made[ADA].posts.publish(f"Old {n}.", audience=Audience.MEMBERS).id for n in range(20)}

    def turn_pages() -> None:
        page = made[ADA].posts.page(ADA, limit=7)
        seen = [post.id for post in page.items]
        while page.next is not None:
            page = made[ADA].posts.page(ADA, limit=7, after=page.next)
            seen += [post.id for post in page.items]
        same(len(seen), len(set(seen)))
        holds(old <= set(seen), "a post that was there is on no page")

    with looking(turn_pages):
        for number in range(20):
            made.clock.forward(seconds=1)
            made[ADA].posts.publish(f"New {number}.")
