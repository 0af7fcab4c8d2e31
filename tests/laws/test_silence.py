"""The law of silence: blocked, hidden and absent are one answer, for the same calls of the store."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import pytest
from attrs import evolve
from hypothesis import given

from connectcore import Audience, MemberId, MemoryStore, NotFound, Settings
from connectcore.testing import RecordingStore, person
from tests.laws.breaking import breaks
from tests.laws.societies import (
    CAST,
    ENDORSING,
    RECOMMENDING,
    USUAL_KINDS,
    Script,
    Step,
    scripts,
    stage,
)
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    READS_OF_A_MEMBER,
    READS_OF_A_POST,
    VISITS_TO_A_MEMBER,
    answer,
)
from tests.worlds import HIDDEN, UNBOUNDED, World

VIEWER, BLOCKER, HIDER, _, AUTHOR = CAST
NOBODY = "nobody"

Ask: TypeAlias = Callable[[Any, str], object]
Nosy: TypeAlias = Callable[[World, str], object]

POST = Step(700, "publish", AUTHOR, detail=Audience.MEMBERS)
BY_THE_BLOCKER = (
    Step(701, "publish", BLOCKER, detail=Audience.MEMBERS),
    Step(702, "comment", BLOCKER, POST.written),
)
BY_THE_VIEWER = Step(703, "comment", VIEWER, BY_THE_BLOCKER[0].written)
BY_THE_HIDER = Step(704, "comment", HIDER, POST.written)
PRIVATE = Step(705, "publish", AUTHOR, detail=Audience.ONLY_ME)
ENDING = (POST, *BY_THE_BLOCKER, BY_THE_VIEWER, BY_THE_HIDER, PRIVATE)
BLOCK = Step(800, "block", BLOCKER, VIEWER)


def closed(script: Script) -> Script:
    """The *script* with one in it who shows nothing, writes nothing, and never met the viewer."""
    apart = {VIEWER, HIDER}
    kept = tuple(
        step
        for step in script.steps
        if {step.by, step.to} != apart and (step.by, step.kind) != (HIDER, "publish")
    )
    hiding = person(HIDER, settings=Settings(audiences=HIDDEN))
    cast = [hiding if member.id == HIDER else member for member in script.members]
    return evolve(script, members=tuple(cast), steps=kept)


SCRIPTS = scripts(kinds=(*USUAL_KINDS, *ENDORSING, *RECOMMENDING)).map(closed)


def answered_alike(
    viewer: object, asks: Mapping[str, Ask], targets: Sequence[str], store: RecordingStore
) -> None:
    """Every question and act has the same outcome for all *targets*, and calls the store alike."""
    for name, ask in asks.items():
        outcomes: list[tuple[object, ...]] = []
        for target in targets:
            store.calls.clear()
            outcomes.append((name, answer(partial(ask, viewer, target)), *store.names))
        assert outcomes == outcomes[:1] * len(targets)


def silence_is_one_answer(script: Script, *, nosy: Nosy | None = None) -> None:
    """The law: nobody tells a block from what is hidden, or from what never was.

    The acts come after the questions: among them is a block by the viewer, and lifting it again.
    """
    store = RecordingStore(MemoryStore())
    world, attempt = stage(script.members, store=store, visibility=UNBOUNDED)
    for step in script.steps:
        attempt(step)
    assert [step for step in (*ENDING, BLOCK) if not attempt(step)] == []
    world[VIEWER].posts.read(POST.written)

    writings = [step.written for step in ENDING[1:]]
    if nosy is not None:
        answered_alike(world, {"nosy": nosy}, (BLOCKER, HIDER, NOBODY), store)
    for on_members, on_posts in (
        (READS_OF_A_MEMBER, READS_OF_A_POST),
        (ACTS_ON_A_MEMBER, ACTS_ON_A_POST),
    ):
        answered_alike(world[VIEWER], on_members, (BLOCKER, HIDER, NOBODY), store)
        answered_alike(world[VIEWER], on_posts, (*writings, NOBODY), store)
    answered_alike(world.visitor, VISITS_TO_A_MEMBER, (HIDER, NOBODY), store)
    answered_alike(world.visitor, READS_OF_A_POST, (PRIVATE.written, NOBODY), store)


@given(SCRIPTS)
def test_silence_is_one_answer(script: Script) -> None:
    """Every read and every act: the same answer, in calls of the same kind, number and order."""
    silence_is_one_answer(script)


@pytest.mark.thorough
def test_the_law_of_silence_finds_a_short_cut() -> None:
    """A planted fault: where nobody is, nothing more is looked up."""

    def hasty(world: World, of: str) -> object:
        viewer, other = MemberId(VIEWER), MemberId(of)
        world.store.read(
            lambda snapshot: snapshot.members((other,)) and snapshot.relationships(viewer, (other,))
        )
        raise NotFound

    assert breaks(partial(silence_is_one_answer, nosy=hasty), SCRIPTS)
