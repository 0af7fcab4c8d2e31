"""Acts of few members on a store whose shards are late, each beside the same act on one that is not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import count, product
from random import Random
from typing import Any, TypeAlias, final

from connectcore import (
    Audience,
    ConnectcoreError,
    ConnectionRules,
    MemberId,
    MemoryStore,
    Network,
    Profile,
)
from connectcore.messages import CONVERSATIONS, UNREAD
from connectcore.notices import SEEN
from connectcore.registers import Register
from connectcore.rules import ConnectionsAtMost, PendingAtMost
from connectcore.storage import Store
from connectcore.storage.memory.shelves import Memory
from connectcore.testing import Clock, person
from connectcore.testing.conformance.keeping import kept
from connectcore.testing.conformance.threads import check_instant
from tests.stores.lagging import LaggingStore, Late
from tests.stores.test_failures import JOURNALLED
from tests.surface import ACTS_ON_A_MEMBER, ACTS_ON_A_POST, OWN_ACTS

__all__ = ["MEMBERS", "LateHistory"]

MEMBERS = ("ada", "bob", "cat", "dan")
ADDRESS = "shared@example.com"
LATEST = 6
"""To how many of the latest posts and comments somebody may do something, also where they are gone."""

Doing: TypeAlias = Callable[[Network[Profile]], object]

RULES: Sequence[ConnectionRules] = (
    ConnectionRules.open(),
    ConnectionRules.professional(),
    ConnectionRules(inviting=(PendingAtMost(1),), accepting=(ConnectionsAtMost(1),)),
)

CONTESTED: Mapping[str, Callable[[Network[Profile], str], object]] = {
    "addresses.confirm": lambda network, by: network.as_member(by).addresses.confirm(ADDRESS),
    "addresses.remove": lambda network, by: network.as_member(by).addresses.remove(ADDRESS),
    "invitations.send_to_address": lambda network, by: network.as_member(
        by
    ).invitations.send_to_address(ADDRESS),
    "invitations.withdraw_from_address": lambda network, by: network.as_member(
        by
    ).invitations.withdraw_from_address(ADDRESS),
}
"""What members do about an address that each of them says is theirs."""

MARKS = ("notices.mark_seen", "messages.mark_read")
"""With these a member notes for themselves what they were shown, so they follow what that was."""

MARKED: Sequence[Register[Any]] = (SEEN, CONVERSATIONS, UNREAD)
"""Where they note it; nothing else may come to something else."""


@final
class LateHistory:
    """One history, random as *seed* has it; `broken` tells what came of it that must not."""

    def __init__(self, seed: int, *, named: Callable[[str], bool] = lambda _: True) -> None:
        self._random = Random(seed)  # noqa: S311 - the same history for the same seed is wanted
        late = _stubborn(seed, self._random.choice((0.5, 0.9, 0.97, 1)))
        self.store = LaggingStore(late, named=named)
        self.broken: list[str] = []
        self._rules = self._random.choice(RULES)
        self._clock = Clock()
        self._written: list[str] = []
        network = self._network(self.store, "joining")
        for member in MEMBERS:
            network.join(person(member))
        self.store.catch_up()

    def live(self, acts: int) -> None:
        """Let members do as many random acts, and look at what is there in the end."""
        for number in range(acts):
            self._clock.forward(minutes=1)
            name, act = self._choose()
            self._compare(f"{number}, {name}", act)
        self.broken += _unsound(self.store.truth)

    def _compare(self, name: str, act: Doing) -> None:
        """Do an act beside the same one where nothing is late: it may be refused, and no more."""
        apart = _in_memory(deepcopy(self.store.truth))
        expected, found = (self._outcome(store, name, act) for store in (apart, self.store))
        if found is not None:
            return
        aside = MARKED if any(mark in name for mark in MARKS) else ()
        if expected is not None and not aside:
            self.broken.append(f"{name} was done, but is {expected}")
            return
        members = [MemberId(owner) for owner in sorted({*MEMBERS, *self.store.truth.shelves})]
        came = [kept(store, members) for store in (apart, _in_memory(self.store.truth))]
        for register, each in product(aside, came):
            del each[register.name]
        if came[0] != came[1]:
            self.broken.append(f"{name} came to something else")

    def _outcome(self, store: Store, name: str, act: Doing) -> str | None:
        try:
            act(self._network(store, name))
        except ConnectcoreError as error:
            return f"refused: {error}"
        return None

    def _network(self, store: Store, name: str) -> Network[Profile]:
        numbers = count()
        return Network(
            store,
            clock=self._clock,
            new_id=lambda: f"{name}: {next(numbers)}",
            rules=self._rules,
            journal=JOURNALLED,
        )

    def _choose(self) -> tuple[str, Doing]:
        by, to = self._random.sample(MEMBERS, 2)
        subject = self._random.choices(("member", "post", "own", "address"), (55, 30, 10, 5))[0]
        match subject:
            case "member":
                name, on = self._random.choice([*ACTS_ON_A_MEMBER.items()])
                return f"{name} by {by} to {to}", lambda network: on(network.as_member(by), to)
            case "post":
                return self._choose_about_posts(by)
            case "address":
                name, about = self._random.choice([*CONTESTED.items()])
                return f"{name} by {by}", lambda network: about(network, by)
            case _:
                name, own = self._random.choice([*OWN_ACTS.items()])
                return f"{name} by {by}", lambda network: own(network.as_member(by))

    def _choose_about_posts(self, by: str) -> tuple[str, Doing]:
        there = (*self.store.truth.posts, *self.store.truth.comments)
        self._written += [written for written in there if written not in self._written]
        if not self._written or self._random.random() < 0.3:
            return f"posts.publish by {by}", lambda network: network.as_member(by).posts.publish(
                "Hello.", audience=Audience.MEMBERS
            )
        target = self._random.choice(self._written[-LATEST:])
        name, on = self._random.choice([*ACTS_ON_A_POST.items()])
        return f"{name} by {by} of {target}", lambda network: on(network.as_member(by), target)


def _stubborn(seed: int, stubbornness: float) -> Late:
    """Let a shard see more only now and then; what it sees does not depend on what asks before it."""

    def late(moment: int, shard: int, seen: int, most: int) -> int:
        random = Random(f"{seed} {moment} {shard}")  # noqa: S311
        return seen if random.random() < stubbornness else random.randint(seen, most)

    return late


def _in_memory(memory: Memory) -> MemoryStore:
    store = MemoryStore()
    store._memory = memory
    return store


def _unsound(memory: Memory) -> Iterator[str]:
    """What does not fit together in what is kept."""
    crowd = [*memory.shelves]
    try:
        _in_memory(memory).read(lambda snapshot: check_instant(snapshot, crowd))
    except AssertionError as error:
        yield f"lists disagree: {error}"
    for comment in memory.comments.values():
        if comment.post not in memory.posts or comment.reply_to not in {None, *memory.comments}:
            yield f"{comment.id} hangs on nothing"
    for post, thread in memory.threads.items():
        reacted = {comment for comment, by in thread.reactions.items() if by}
        if reacted and (post not in memory.posts or reacted - {None, *memory.comments}):
            yield f"reactions under {post} hang on nothing"
    for shelf in memory.shelves.values():
        for activity in shelf.activities.values():
            if activity.about not in {None, *memory.posts}:
                yield f"{activity.kind} is about nothing"
