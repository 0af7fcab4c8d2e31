"""The law of erasure: who was erased never was."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MethodType
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import given

from connectcore import MemberBlocked, MemberFollowed, MemberId, MemoryStore, Strangers
from connectcore.relationships import transition
from connectcore.storage import Store, Transaction
from connectcore.testing import RecordingStore
from tests.laws.breaking import AlteredStore, breaks
from tests.laws.societies import CAST, USUAL_KINDS, Script, Step, scripts, stage
from tests.laws.test_silence import answered_alike
from tests.surface import ACTS_ON_A_MEMBER, READS_OF_A_MEMBER, seen_by, seen_by_visitors
from tests.worlds import NOON, OPEN, World

GONE, *REST = CAST
NOBODY, DIGEST = "nobody", "digest"
SCRIPTS = scripts(kinds=(*USUAL_KINDS, "block"))


def without_gone(happened: Iterable[Step]) -> Iterator[Step]:
    """What *happened*, less all that is of the member who is gone, and less what hung on it."""
    gone: set[str] = set()
    for step in happened:
        if step.by == GONE or step.to in gone:
            gone.add(step.written)
        elif step.to != GONE:
            yield step
        elif step.kind == "block":
            yield evolve(step, to=DIGEST)


def seen_in(world: World, writings: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Everything that those who are left, and visitors, can read of everybody.

    Less whom a block is of: who was erased goes by a digest there.
    """
    seen: dict[str, Mapping[str, Any]] = {
        "a visitor": seen_by_visitors(world.network, CAST, writings)
    }
    for viewer in REST:
        answers: dict[str, Any] = seen_by(world[viewer], CAST, writings)
        blocks = [(block.by, block.at) for block in answers["blocks.page"].items]
        export = {**answers["data.export"], "blocks": len(blocks)}
        seen[viewer] = {**answers, "blocks.page": blocks, "data.export": export}
    return seen


def an_erased_member_never_was(
    script: Script, *, make_store: Callable[[], Store] = MemoryStore
) -> None:
    """The law: after an erasure every read is what it is where the member has never joined.

    And whatever somebody asks about them or does to them who had not blocked them is answered as for
    nobody, for the same calls of the store.
    """
    store = RecordingStore(make_store())
    with_all, attempt = stage(script.members, store=store, rules=OPEN)
    happened = [step for step in script.steps if attempt(step)]
    with_all[GONE].data.erase()
    left = [member for member in script.members if member.id != GONE]
    with_rest, attempt = stage(left, rules=OPEN)

    assert [step for step in without_gone(happened) if not attempt(step)] == []
    with_rest.clock.now = with_all.clock.now
    assert seen_in(with_all, script.writings) == seen_in(with_rest, script.writings)
    blockers = {step.by for step in happened if (step.kind, step.to) == ("block", GONE)}
    for viewer in sorted({*REST} - blockers)[:1]:
        for asks in (READS_OF_A_MEMBER, ACTS_ON_A_MEMBER):
            answered_alike(with_all[viewer], asks, (GONE, NOBODY), store)


@given(SCRIPTS)
def test_an_erased_member_never_was(script: Script) -> None:
    """Whatever they did before, and others with them."""
    an_erased_member_never_was(script)


@pytest.mark.thorough
def test_the_law_of_erasure_finds_one_who_stays() -> None:
    """A planted fault: nothing is forgotten."""

    def idle(_: Callable[..., object], member: MemberId) -> Sequence[MemberBlocked]:
        return ()

    def lazy() -> Store:
        return AlteredStore(MemoryStore(), forget=idle)

    assert breaks(partial(an_erased_member_never_was, make_store=lazy), SCRIPTS)


@pytest.mark.thorough
def test_the_law_of_erasure_finds_what_is_left_with_others() -> None:
    """A planted fault: the member goes, and those who followed them go on to follow them."""

    def one_sided(
        forget: Callable[..., Sequence[MemberBlocked]], member: MemberId
    ) -> Sequence[MemberBlocked]:
        transaction = cast("Transaction", cast("MethodType", forget).__self__)
        following = [by for by in map(MemberId, REST) if member in transaction.following(by)]
        blocks = forget(member)
        for by in following:
            followed = MemberFollowed(by=by, to=member, at=NOON)
            transaction.record(followed, transition(Strangers(), followed))
        return blocks

    def careless() -> Store:
        return AlteredStore(MemoryStore(), forget=one_sided)

    assert breaks(partial(an_erased_member_never_was, make_store=careless), SCRIPTS)


@pytest.mark.thorough
def test_the_law_of_erasure_finds_a_lost_block() -> None:
    """A planted fault: what is kept of blocks of the member is nothing."""

    def forgetful(forget: Callable[..., Any], member: MemberId) -> Sequence[MemberBlocked]:
        forget(member)
        return ()

    def lossy() -> Store:
        return AlteredStore(MemoryStore(), forget=forgetful)

    blocked = scripts(kinds=("block",))
    assert breaks(partial(an_erased_member_never_was, make_store=lossy), blocked)
