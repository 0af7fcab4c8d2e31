"""The law of blocks: for each of the two, the other never was."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from connectcore import Blocked, MemberId, MemoryStore, Relationship, Strangers, Verdict
from connectcore.storage import Store
from tests.laws.breaking import AlteredStore, breaks
from tests.laws.societies import (
    CAST,
    ENDORSING,
    MESSAGING,
    RECOMMENDING,
    USUAL_KINDS,
    Script,
    Step,
    scripts,
    stage,
    twice_as_often,
)
from tests.surface import seen_by
from tests.worlds import NOON, World

VIEWER, OTHER = CAST[:2]
LAST = 900
LETTING_PROFILES_BE = tuple(kind for kind in ENDORSING if kind != "accept")
"""Whoever accepts what the other said lists a skill, which is theirs then whatever happens."""


@frozen
class Quarrel:
    """A society, at the end of which one of the two blocks the other."""

    script: Script
    blocker: str


QUARRELS = st.builds(
    Quarrel,
    scripts(kinds=(*USUAL_KINDS, *LETTING_PROFILES_BE, *RECOMMENDING, "block")),
    st.sampled_from([VIEWER, OTHER]),
)


def without(member: str, happened: Iterable[Step]) -> Iterator[Step]:
    """What *happened*, less all that needs *member* to have been there.

    A reply to a comment of theirs is one to the post then; a block of theirs can be set all the
    same, since anybody may be blocked, there or not.
    """
    post_of: dict[str, str] = {}
    gone: set[str] = set()
    for step in happened:
        post = post_of.get(step.to, step.to)
        if step.kind in {"publish", "comment"}:
            post_of[step.written] = post or step.written
        if step.by == member or post in gone or (step.kind == "react" and step.to in gone):
            gone.add(step.written)
        elif step.kind == "comment" and step.to in gone:
            yield evolve(step, to=post)
        elif step.to != member or step.kind == "block":
            yield step


def seen_in(world: World, writings: Sequence[str]) -> Mapping[str, Any]:
    """Everything that the viewer can read.

    How many invitations one has sent is one's own memory, and so is what one spent on writing; if a
    block took something out of it, that would tell of the block.
    """
    seen = {name: less_sent(read) for name, read in seen_by(world[VIEWER], CAST, writings).items()}
    export = seen["data.export"]
    assert isinstance(export, dict)
    return {
        **seen,
        "messages.allowance": None,
        "data.export": {**export, "message_standings": None},
    }


def less_sent(read: object) -> object:
    """What was *read*, less how many invitations of a week or a month are used up."""
    if not isinstance(read, Verdict):
        return read
    kept = tuple(
        quota for quota in read.quotas if quota.code in {"pending_invitations", "connections"}
    )
    return evolve(read, quotas=kept)


def a_block_undoes_the_other(
    quarrel: Quarrel, *, make_store: Callable[[], Store] = MemoryStore
) -> None:
    """The law: after a block, every read is what it is where the other has never joined."""
    script, blocked = quarrel.script, OTHER if quarrel.blocker == VIEWER else VIEWER
    last = Step(LAST, "block", quarrel.blocker, blocked)
    with_both, attempt = stage(script.members, store=make_store())
    happened = [step for step in (*script.steps, last) if attempt(step)]
    cast = [member for member in script.members if member.id != OTHER]
    with_one, attempt = stage(cast)

    assert [step for step in without(OTHER, happened) if not attempt(step)] == []
    with_one.clock.now = with_both.clock.now
    assert seen_in(with_both, script.writings) == seen_in(with_one, script.writings)


@twice_as_often
@given(QUARRELS)
def test_a_block_undoes_the_other(quarrel: Quarrel) -> None:
    """Whoever blocked and whatever the two did before, neither reads anything of the other.

    Not in what names them, nor in what a count, a distance or a suggestion owes to them.
    """
    a_block_undoes_the_other(quarrel)


# ── Blocked or left ─────────────────────────────────────────────────────────────────────────────


def unanswered(member: str, steps: Iterable[Step]) -> Iterator[Step]:
    """What happens, without blocks of the two, and with no reply to a comment of *member*.

    Such a reply goes with the comment when *member* leaves, and stays when they block.
    """
    post_of: dict[str, str] = {}
    theirs: set[str] = set()
    for step in steps:
        if step.kind == "block" and {step.by, step.to} == {VIEWER, OTHER}:
            continue
        post = post_of.get(step.to, step.to)
        if step.kind in {"publish", "comment"}:
            post_of[step.written] = post or step.written
        if step.kind == "comment" and step.by == member:
            theirs.add(step.written)
        yield evolve(step, to=post) if step.kind == "comment" and step.to in theirs else step


def a_block_reads_like_leaving(
    script: Script, *, make_store: Callable[[], Store] = MemoryStore
) -> None:
    """The law: every read is the same whether the other blocks the viewer or is erased.

    The viewer mutes them before, so that there is something of their own about the other.
    """
    mute = Step(LAST - 1, "mute", VIEWER, OTHER)
    seen: list[Mapping[str, Any]] = []
    for gone in ("blocked", "left"):
        world, attempt = stage(script.members, store=make_store())
        for step in (*unanswered(OTHER, script.steps), mute):
            attempt(step)
        world.clock.now = NOON + timedelta(minutes=LAST)
        if gone == "blocked":
            world[OTHER].blocks.add(VIEWER)
        else:
            world[OTHER].data.erase()
        seen.append(seen_in(world, script.writings))
    blocked, left = seen

    assert blocked == left


@settings(max_examples=settings().max_examples // 2)
@given(scripts(kinds=(*USUAL_KINDS, *ENDORSING, *RECOMMENDING, *MESSAGING, "block")))
def test_a_block_reads_like_leaving(script: Script) -> None:
    """Whoever went left or blocked one: no read tells which, whatever one kept of them."""
    a_block_reads_like_leaving(script)


# ── Faults ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.thorough
def test_the_law_of_blocks_finds_a_block_on_one_side() -> None:
    """A planted fault: who blocked is gone for the other, but still sees them."""

    def one_sided(
        relationships: Callable[..., Mapping[MemberId, Relationship]],
        viewer: MemberId,
        others: Sequence[MemberId],
    ) -> Mapping[MemberId, Relationship]:
        return {
            other: Strangers() if isinstance(state, Blocked) and state.by == {viewer} else state
            for other, state in relationships(viewer, others).items()
        }

    def half() -> Store:
        return AlteredStore(MemoryStore(), relationships=one_sided)

    assert breaks(partial(a_block_undoes_the_other, make_store=half), QUARRELS)
