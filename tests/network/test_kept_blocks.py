"""Blocks outlast the erasure of whom they are of: counted, listed, lifted, and in force again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from connectcore import (
    BlocksAtMost,
    ConnectionRules,
    Member,
    MemberBlocked,
    MemoryStore,
    NotFound,
    Refused,
)
from connectcore.testing import StoreCall, WatchedStore
from tests.network.leaving import EVE, marked, texts_in, town
from tests.worlds import NOON, World, profile_of, world


def blocked(made: World, member: str) -> list[str]:
    """Whom *member* blocks, as their list says it."""
    return [block.to for block in made[member].blocks.page().items]


def join_again(made: World) -> None:
    """Let somebody join under the id of Eve."""
    made.network.join(Member(EVE, profile_of("eve")))


def load_again(made: World) -> None:
    """Load somebody with the id of Eve, as from another network."""
    report = made.network.load([Member(EVE, profile_of("eve"))])

    assert report.left_out == ()


COMING_BACK = pytest.mark.parametrize("come_back", [join_again, load_again])


@COMING_BACK
def test_whoever_comes_back_is_blocked_again(come_back: Callable[[World], None]) -> None:
    """By everybody who had blocked them, since the moment at which they had; nobody else is there less."""
    made = town()
    made["ada"].blocks.add(EVE)
    made.clock.forward(days=3)
    made["dan"].blocks.add(EVE)
    made[EVE].data.erase()
    made.clock.forward(days=3)

    come_back(made)

    for member in ("ada", "dan"):
        for one, other in ((member, EVE), (EVE, member)):
            with pytest.raises(NotFound):
                made[one].profiles.view(other)
    assert made[EVE].profiles.view("bob").member == "bob"
    assert made["ada"].blocks.page().items == (MemberBlocked(by="ada", to=EVE, at=NOON),)
    made["dan"].blocks.remove(EVE)
    assert made["dan"].profiles.view(EVE).member == EVE
    assert blocked(made, EVE) == []


def test_a_block_is_listed_and_counted_all_along() -> None:
    """The blocker finds it where it was, without the id, and it takes one of their places."""
    rules = ConnectionRules(blocking=(BlocksAtMost(3),))
    made = world("ada", "eve", rules=rules)
    for blocked in ("x", "eve", "z"):
        made["ada"].blocks.add(blocked)
        made.clock.forward(hours=1)

    made["eve"].data.erase()

    page = made["ada"].blocks.page(limit=2)
    assert page.next is not None
    rest = made["ada"].blocks.page(after=page.next)
    z, erased, x = (*page.items, *rest.items)
    assert (z.to, x.to) == ("z", "x")
    assert erased.at == NOON + timedelta(hours=1)
    with pytest.raises(Refused, match="You may block 3 members"):
        made["ada"].blocks.add("another")


@pytest.mark.parametrize("by", ["id", "digest"])
def test_a_block_can_be_lifted_all_along(by: str) -> None:
    """By the id that the blocker remembers, and by what their list shows in its place."""
    made = town()
    for member in ("ada", "bob"):
        made[member].blocks.add(EVE)
    made[EVE].data.erase()
    listed = blocked(made, "ada")

    made["ada"].blocks.remove(EVE if by == "id" else listed[0])
    join_again(made)

    assert blocked(made, "ada") == []
    assert made["ada"].profiles.view(EVE).member == EVE
    assert blocked(made, "bob") == [EVE]


def test_a_block_of_the_id_meanwhile_is_one_block() -> None:
    """Whoever blocks the id a second time while nobody has it finds it once when somebody does."""
    made = town()
    made["ada"].blocks.add(EVE)
    made[EVE].data.erase()
    made.clock.forward(days=3)
    later = made.clock.now
    made["ada"].blocks.add(EVE)

    join_again(made)

    assert made["ada"].blocks.page().items == (MemberBlocked(by="ada", to=EVE, at=later),)


def test_a_block_goes_with_who_set_it() -> None:
    """Nothing is kept of a blocker who is erased, not even in a block that outlasted another."""
    made = town()
    made["ada"].blocks.add(EVE)
    made[EVE].data.erase()

    made["ada"].data.erase()

    assert "ada" not in texts_in(made.store)
    join_again(made)
    made.network.join(Member("ada", profile_of("ada")))
    assert made["ada"].profiles.view(EVE).member == EVE


def test_blocks_by_an_erased_member_are_gone() -> None:
    """They were theirs; of two who blocked each other the other's is left."""
    made = town()
    made["ada"].blocks.add(EVE)
    for member in ("ada", "bob"):
        made[EVE].blocks.add(member)
    made[EVE].data.erase()

    join_again(made)

    assert blocked(made, EVE) == []
    assert made["bob"].profiles.view(EVE).member == EVE
    with pytest.raises(NotFound):
        made["ada"].profiles.view(EVE)


def test_only_blocks_are_remembered() -> None:
    """A report, a removal or a withdrawal is between the two no longer when one of them comes back."""
    made = town()
    made["ada"].connections.remove(EVE)
    assert not made[EVE].invitations.may_send("ada").allowed

    made[EVE].data.erase()
    join_again(made)

    assert made[EVE].invitations.may_send("ada").allowed
    assert made["bob"].invitations.may_send(EVE).allowed


# ── At the same time ────────────────────────────────────────────────────────────────────────────


class Meanwhile:
    """A watch that lets something happen once, between the first read and the write after it."""

    def __init__(self) -> None:
        self.happen: Callable[[], object] | None = None
        self.named: list[set[str]] = []

    def __call__(self, call: StoreCall) -> None:
        """Let it happen before a write begins."""
        if call.name == "write":
            happen, self.happen = self.happen, None
            if happen is not None:
                happen()
            self.named.append(set(call.arguments[0]))


def test_who_comes_closer_meanwhile_is_named_too() -> None:
    """Whoever has to do with the member only since the erasure was prepared is named all the same."""
    watch, store = Meanwhile(), MemoryStore()
    made = town(WatchedStore(store, watch))
    made.network.join(Member("gus", profile_of("gus")))
    watch.named.clear()
    watch.happen = lambda: made["gus"].blocks.add(EVE)

    made[EVE].data.erase()

    (_, first, second) = watch.named
    assert second - first == {"gus"}
    assert marked(store) == 0
    assert len(blocked(made, "gus")) == 1


def test_a_block_kept_meanwhile_holds_too() -> None:
    """Who joins while the one before them is erased is blocked by whoever blocked that one."""
    watch = Meanwhile()
    made = town(WatchedStore(MemoryStore(), watch))
    made["ada"].blocks.add(EVE)
    watch.named.clear()
    watch.happen = made[EVE].data.erase

    join_again(made)

    (_, first, second) = watch.named
    assert second - first == {"ada"}
    assert blocked(made, "ada") == [EVE]
