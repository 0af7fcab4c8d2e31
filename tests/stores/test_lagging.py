"""The domain bears a store whose shards are late: no wrong act, nothing half done, nothing betrayed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import combinations, count
from typing import Any, TypeVar, cast, final

import attrs
import pytest
from attrs import evolve

from connectcore import (
    ActingMember,
    Audience,
    ContactDetails,
    MemberId,
    Network,
    Profile,
    Relationship,
)
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.testing import Clock, person, profile_of
from connectcore.testing.conformance import CHECKS, Capability
from connectcore.testing.conformance.checking import Check
from tests.conftest import PROFILE
from tests.stores.lagging import SHARDS, LaggingStore, shard_of
from tests.stores.late_acts import LateHistory
from tests.surface import seen_by

pytestmark = pytest.mark.thorough

T = TypeVar("T")

IS_NIGHT = PROFILE == "nightly"
HISTORIES = 600 if IS_NIGHT else 12
ACTS = 40

DUE = [check for check in CHECKS.values() if check.needs is not Capability.NESTING_REFUSED]


def never_late(_moment: int, _shard: int, _seen: int, most: int) -> int:
    """What shards see that are not late: all."""
    return most


@pytest.mark.parametrize("check", DUE[:: 1 if IS_NIGHT else 9], ids=lambda check: check.name)
def test_a_store_that_is_never_late_keeps_its_promises(check: Check) -> None:
    """So whatever goes wrong on one that is late comes of that, and not of how it is made."""
    check.hold(lambda: LaggingStore(never_late))


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_what_is_done_is_what_would_be_done_if_nothing_were_late(seed: int) -> None:
    """An act may find something not there yet; where it is done, it is right, and comes to the same."""
    history = LateHistory(seed)
    history.live(ACTS)

    assert history.broken == []


def is_found(named: Any) -> bool:
    """Whether some history shows that not everybody who is named is kept apart."""
    for seed in range(30):
        history = LateHistory(seed, named=named)
        history.live(ACTS)
        if history.broken:
            return True
    return False


def test_a_store_that_keeps_nobody_apart_is_found() -> None:
    """Where a write does not see what those before it did to whom it names, some act is wrong."""
    assert is_found(lambda _: False)


def test_a_write_that_does_not_name_the_post_is_found() -> None:
    """The post lies apart from its author; somebody would write under one that is gone."""
    assert is_found(lambda name: ":" not in name)


# ── What somebody reads ─────────────────────────────────────────────────────────────────────────

HIDDEN = "not for you"

ADA, BOB, CAT = (
    next(name for number in count() if shard_of(name := f"{first}-{number}") == shard)
    for shard, first in enumerate(("ada", "bob", "cat"))
)
"""Three members who lie on three shards."""

HIDINGS: Mapping[str, Callable[[ActingMember[Profile]], object]] = {
    "blocks": lambda bob: bob.blocks.add(ADA),
    "parts": lambda bob: bob.connections.remove(ADA),
}
"""What Bob does, after which Ada is not to see what he shows to connections."""


def texts(value: Any) -> Iterator[str]:
    """All text that is anywhere in a value."""
    if isinstance(value, str):
        yield value
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from texts(getattr(value, attribute.name))
    elif isinstance(value, Mapping):
        yield from texts([*value, *value.values()])
    elif isinstance(value, Iterable):
        for part in value:
            yield from texts(part)


def seen_too_much(
    hide: Callable[[ActingMember[Profile]], object],
    late: AbstractSet[int],
    around: Callable[[Store], Store] = lambda store: store,
) -> set[str]:
    """The reads that show Ada what Bob wrote after he hid, while some shards are late."""
    stuck: set[int] = set()
    kept = LaggingStore(lambda _, shard, seen, most: seen if shard in stuck else most)
    numbers, clock = count(), Clock()
    network = Network(around(kept), clock=clock, new_id=lambda: f"id-{next(numbers)}")
    for member in (ADA, BOB, CAT):
        network.join(person(member))
    for one, other in ((ADA, BOB), (BOB, CAT), (CAT, ADA)):
        network.as_member(one).invitations.send(other)
        network.as_member(other).invitations.accept(one)
    bob = network.as_member(BOB)
    post = network.as_member(CAT).posts.publish("Hello.", audience=Audience.MEMBERS)
    clock.forward(minutes=1)
    kept.catch_up()
    stuck.update(late)

    hide(bob)
    hidden = bob.posts.publish(HIDDEN, audience=Audience.CONNECTIONS)
    bob.profiles.edit(evolve(profile_of(BOB), contact=ContactDetails(address=HIDDEN)))
    if hide is HIDINGS["blocks"]:
        bob.posts.comment(post.id, HIDDEN)
        bob.posts.react(post.id)
    answers = seen_by(network.as_member(ADA), [BOB, CAT], [post.id, hidden.id])
    return {name for name, answer in answers.items() if HIDDEN in set(texts(answer))}


LATE = [frozenset(late) for size in range(SHARDS + 1) for late in combinations(range(SHARDS), size)]
"""Every choice of shards that are late."""


@pytest.mark.parametrize("late", LATE, ids=repr)
@pytest.mark.parametrize("hide", HIDINGS.values(), ids=HIDINGS.keys())
def test_whoever_hides_shows_nothing_of_what_comes_after(
    hide: Callable[[ActingMember[Profile]], object], late: AbstractSet[int]
) -> None:
    """Whichever shards are late: what somebody shows is seen with whom they hide it from, or not."""
    assert seen_too_much(hide, late) == set()


@final
class _Careless:
    """Asks the viewer's shard what they are to others, which may not know yet."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        return self._store.read(lambda inner: unit(cast("Snapshot", _CarelessSnapshot(inner))))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        return self._store.write(members, unit)


@final
class _CarelessSnapshot:
    """A snapshot of a careless store."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def relationships(
        self, viewer: MemberId, others: Collection[MemberId]
    ) -> Mapping[MemberId, Relationship]:
        found: Mapping[MemberId, Relationship] = self._inner._at(viewer).relationships(
            viewer, others
        )
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@pytest.mark.parametrize("hide", HIDINGS.values(), ids=HIDINGS.keys())
def test_a_reader_who_asks_their_own_shard_is_found(
    hide: Callable[[ActingMember[Profile]], object],
) -> None:
    """It may not know yet that somebody hid, and would show what they wrote since."""
    seen = set[str]().union(*(seen_too_much(hide, late, _Careless) for late in LATE))

    assert {"posts.page of " + BOB, "profiles.view of " + BOB, "feed.page"} <= seen
