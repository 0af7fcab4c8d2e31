"""Laws of recommendations: both sides keep the same, and readers find what is shown and no more."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import permutations
from typing import TypeAlias

import pytest
from attrs import evolve
from hypothesis import given

from connectcore import (
    Blocked,
    Connected,
    MemberId,
    MemoryStore,
    Recommendation,
    RecommendationShown,
    Showing,
    Visitor,
)
from connectcore.recommendations import (
    RECOMMENDATIONS_ASKED,
    RECOMMENDATIONS_RECEIVED,
    RECOMMENDATIONS_REQUESTED,
    RECOMMENDATIONS_WRITTEN,
)
from connectcore.storage import Snapshot, Store
from tests.laws.breaking import breaks
from tests.laws.societies import CAST, RECOMMENDING, USUAL_KINDS, Script, Step, scripts
from tests.laws.test_counts import Viewer, listed, viewers
from tests.laws.test_endorsements import keeping
from tests.worlds import World

SCRIPTS = scripts(kinds=(*USUAL_KINDS, *RECOMMENDING * 4, "block"))
PARTING = scripts(kinds=("recommend", "remove", "block"))
SUBJECT, *AUTHORS = CAST[:3]
READER = CAST[-1]
ENDING = (
    *(Step(500 + n, "connect", author, SUBJECT) for n, author in enumerate(AUTHORS)),
    *(Step(510 + n, "recommend", author, SUBJECT) for n, author in enumerate(AUTHORS)),
    *(Step(520 + 5 * n, "settle", SUBJECT, author) for n, author in enumerate(AUTHORS)),
    Step(600, "block", READER, AUTHORS[0]),
)
"""Two recommend one member, who accepts, and a reader blocks one of the two."""

BEFORE_AN_ENDING = SCRIPTS.map(lambda script: evolve(script, steps=script.steps + ENDING))
MEMBERS = tuple(map(MemberId, CAST))
ACCEPTED = {Showing.SHOWN, Showing.HIDDEN}


def both_sides_agree(script: Script, *, make_store: Callable[[], Store] = MemoryStore) -> None:
    """The law: what one keeps of another, the other keeps of them, and only connections keep any.

    Of one author about one member there is at most one that was accepted and one that was not, a
    revision remembers what it replaces, and a request to revise is about one that is there.
    """
    world = script.play(store=make_store())

    def check(snapshot: Snapshot) -> None:
        for one, other in permutations(MEMBERS, 2):
            received = snapshot.entries(RECOMMENDATIONS_RECEIVED, (one,), other=other)
            written = snapshot.entries(RECOMMENDATIONS_WRITTEN, (other,), other=one)
            requested = snapshot.entries(RECOMMENDATIONS_REQUESTED, (one,), other=other)
            asked = snapshot.entries(RECOMMENDATIONS_ASKED, (other,), other=one)
            accepted = [entry for entry in received if entry.standing in ACCEPTED]
            assert list(received) == list(written)
            assert set(asked) <= set(requested)
            assert max(len(accepted), len(received) - len(accepted)) <= 1
            assert {each.revises for each in requested} <= {None, *(each.id for each in received)}
            if len(received) > len(accepted) > 0:
                assert received[0].replaces == accepted[0].id
            if not isinstance(snapshot.relationships(one, (other,))[other], Connected):
                assert [*received, *requested] == []

    world.store.read(check)


@given(SCRIPTS)
def test_both_sides_agree(script: Script) -> None:
    """Whatever was written, asked, revised, decided and ended, in whichever order."""
    both_sides_agree(script)


@pytest.mark.thorough
def test_the_law_of_both_sides_finds_a_register_that_is_left_behind() -> None:
    """A planted fault: what an author takes back, or loses with a connection, stays with them."""
    half = partial(keeping, RECOMMENDATIONS_WRITTEN)

    assert breaks(partial(both_sides_agree, make_store=half), PARTING)


@pytest.mark.thorough
def test_the_law_of_both_sides_finds_what_a_block_leaves() -> None:
    """A planted fault: what two said of each other outlives their connection, with both alike."""
    lasting = partial(keeping, RECOMMENDATIONS_WRITTEN, RECOMMENDATIONS_RECEIVED)

    assert breaks(partial(both_sides_agree, make_store=lasting), PARTING)


# ── What is seen ────────────────────────────────────────────────────────────────────────────────


Find: TypeAlias = Callable[[World, Viewer, MemberId], Sequence[Recommendation]]
"""What a viewer finds of the recommendations of somebody."""


def found(_world: World, viewer: Viewer, owner: MemberId) -> Sequence[Recommendation]:
    """What the library lists."""
    return listed(viewer.recommendations.page, owner) or ()


def readers_find_what_is_shown(script: Script, *, find: Find = found) -> None:
    """The law: a reader finds nothing of the section, or what is shown by authors they may know of.

    Those are all but the ones on either side of a block with the reader; and the news tells of
    nothing that is not found.
    """
    world = script.play()
    for viewer in viewers(world):
        barred = barred_for(world.store, viewer)
        for owner in MEMBERS:
            seen = find(world, viewer, owner)
            shown = [each for each in kept(world.store, owner) if each.standing is Showing.SHOWN]
            assert list(seen) in ([], [each for each in shown if each.author not in barred])
            for told in listed(viewer.activities.page, owner) or ():
                if isinstance(told, RecommendationShown):
                    assert told.recommendation in {each.id for each in seen}


def kept(store: Store, member: MemberId) -> Sequence[Recommendation]:
    """Everything that was written about *member*, newest first."""
    return store.read(lambda snapshot: snapshot.entries(RECOMMENDATIONS_RECEIVED, (member,)))


def barred_for(store: Store, viewer: Viewer) -> set[MemberId]:
    """Everybody on either side of a block with *viewer*."""
    if isinstance(viewer, Visitor):
        return set()
    me, others = viewer.id, [member for member in MEMBERS if member != viewer.id]
    states = store.read(lambda snapshot: snapshot.relationships(me, others))
    return {member for member, state in states.items() if isinstance(state, Blocked)}


@given(BEFORE_AN_ENDING)
def test_readers_find_what_is_shown(script: Script) -> None:
    """For every viewer and every member."""
    readers_find_what_is_shown(script)


@pytest.mark.thorough
def test_the_law_of_readers_finds_a_list_past_the_gate() -> None:
    """A planted fault: whoever finds any finds those of authors, too, whom a block keeps apart."""

    def ungated(world: World, viewer: Viewer, owner: MemberId) -> Sequence[Recommendation]:
        seen = found(world, viewer, owner)
        everything = kept(world.store, owner)
        return [each for each in everything if seen and each.standing is Showing.SHOWN]

    assert breaks(partial(readers_find_what_is_shown, find=ungated), BEFORE_AN_ENDING)
