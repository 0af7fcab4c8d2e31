"""Laws of endorsements: counts are of what is listed, and what two members keep agrees."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import permutations
from typing import Any, TypeAlias

import pytest
from hypothesis import given

from connectcore import (
    Connected,
    Endorsement,
    EndorsementRequest,
    MemberId,
    MemoryStore,
    Showing,
)
from connectcore.endorsements import (
    ENDORSEMENTS_ASKED,
    ENDORSEMENTS_GIVEN,
    ENDORSEMENTS_RECEIVED,
    ENDORSEMENTS_REQUESTED,
    ENDORSEMENTS_SET_ASIDE,
)
from connectcore.registers import Key, Register
from connectcore.storage import Snapshot, Store
from tests.laws.breaking import AlteredStore, breaks
from tests.laws.societies import CAST, ENDORSING, USUAL_KINDS, Script, scripts
from tests.laws.test_counts import Viewer, is_there, listed, viewers

SCRIPTS = scripts(kinds=(*USUAL_KINDS, *ENDORSING * 3, "block"))
PARTING = scripts(kinds=("endorse", "remove", "block"))

Count: TypeAlias = Callable[[Store, Viewer, str], Mapping[str, int]]
"""How many endorsements of each skill a viewer is told of."""


def counted(_store: Store, viewer: Viewer, owner: str) -> Mapping[str, int]:
    """The counts that the library gives."""
    return {each.skill: each.endorsements for each in viewer.endorsements.of(owner)}


def endorsements_are_counted_as_listed(script: Script, *, count: Count = counted) -> None:
    """The law: as many endorsements of a skill are counted as are listed, of it and in all."""
    world = script.play()
    for viewer in viewers(world):
        for owner in CAST:
            seen = listed(viewer.endorsements.page, owner)
            if seen is None:
                assert not is_there(partial(count, world.store, viewer, owner))
                continue
            counts = count(world.store, viewer, owner)
            assert +Counter(counts) == Counter(each.skill for each in seen)
            for skill, number in counts.items():
                of_skill = listed(partial(viewer.endorsements.page, skill=skill), owner)
                assert len(of_skill or ()) == number
            assert all(each.to == owner and each.standing is Showing.SHOWN for each in seen)


@given(SCRIPTS)
def test_endorsements_are_counted_as_they_are_listed(script: Script) -> None:
    """For every viewer and every owner, whatever audiences they chose and whoever blocked whom."""
    endorsements_are_counted_as_listed(script)


@pytest.mark.thorough
def test_the_law_of_counts_finds_a_count_of_all_givers() -> None:
    """A planted fault: who is not there for the viewer is counted all the same."""

    def ungated(store: Store, viewer: Viewer, owner: str) -> Mapping[str, int]:
        counts = counted(store, viewer, owner)
        received: Sequence[Endorsement] = store.read(
            lambda snapshot: snapshot.entries(ENDORSEMENTS_RECEIVED, (MemberId(owner),))
        )
        shown = Counter(each.skill for each in received if each.standing is Showing.SHOWN)
        return {skill: shown[skill] for skill in counts}

    blocked = scripts(kinds=("endorse", "block"))
    assert breaks(partial(endorsements_are_counted_as_listed, count=ungated), blocked)


# ── What two keep ───────────────────────────────────────────────────────────────────────────────


def both_sides_agree(script: Script, *, make_store: Callable[[], Store] = MemoryStore) -> None:
    """The law: what one keeps of another, the other keeps of them, and only connections keep any.

    A request that was dismissed is kept by whoever asked alone, and what an owner set aside stands
    with them as they left it.
    """
    world = script.play(store=make_store())

    def check(snapshot: Snapshot) -> None:
        for one, other in permutations(map(MemberId, CAST), 2):
            received = snapshot.entries(ENDORSEMENTS_RECEIVED, (one,), other=other)
            given_ = snapshot.entries(ENDORSEMENTS_GIVEN, (other,), other=one)
            requested = snapshot.entries(ENDORSEMENTS_REQUESTED, (one,), other=other)
            asked = snapshot.entries(ENDORSEMENTS_ASKED, (other,), other=one)
            aside = snapshot.entries(ENDORSEMENTS_SET_ASIDE, (one,), other=other)
            assert list(received) == list(given_)
            assert set(asked) <= set(requested)
            assert _skills(requested).isdisjoint(_skills(received))
            decided = {entry.skill_key: entry.standing for entry in aside}
            for entry in received:
                undecided = {Showing.SHOWN, Showing.WAITING}
                assert entry.standing in {decided.get(entry.skill_key)} | (
                    set() if entry.skill_key in decided else undecided
                )
            if not isinstance(snapshot.relationships(one, (other,))[other], Connected):
                assert [*received, *requested, *aside] == []

    world.store.read(check)


def _skills(entries: Sequence[Endorsement] | Sequence[EndorsementRequest]) -> set[str]:
    return {entry.skill_key for entry in entries}


@given(SCRIPTS)
def test_both_sides_agree(script: Script) -> None:
    """Whatever was given, asked, taken back, hidden and ended, in whichever order."""
    both_sides_agree(script)


def keeping(*left: Register[Any]) -> Store:
    """A store in which nothing is ever struck out of some registers."""

    def strike(
        strike: Callable[..., None], register: Register[Any], owner: MemberId, key: Key
    ) -> None:
        if register not in left:
            strike(register, owner, key)

    return AlteredStore(MemoryStore(), strike=strike)


@pytest.mark.thorough
def test_the_law_of_both_sides_finds_a_register_that_is_left_behind() -> None:
    """A planted fault: what a giver takes back, or loses with a connection, stays with them."""
    half = partial(keeping, ENDORSEMENTS_GIVEN)

    assert breaks(partial(both_sides_agree, make_store=half), PARTING)


@pytest.mark.thorough
def test_the_law_of_both_sides_finds_what_a_block_leaves() -> None:
    """A planted fault: what two said of each other outlives their connection, with both alike."""
    lasting = partial(keeping, ENDORSEMENTS_GIVEN, ENDORSEMENTS_RECEIVED)

    assert breaks(partial(both_sides_agree, make_store=lasting), PARTING)


# ── What is seen ────────────────────────────────────────────────────────────────────────────────


def a_giver_learns_of_no_dismissal(script: Script) -> None:
    """The law: no giver finds anything of theirs dismissed, and a waiting one is shown to nobody."""
    world = script.play()
    for member in CAST:
        for entry in listed(world[member].endorsements.given) or ():
            shown = [
                each
                for each in listed(world[entry.to].endorsements.page, entry.to) or ()
                if (each.giver, each.skill_key) == (member, entry.skill_key)
            ]
            assert entry.standing is not Showing.DISMISSED
            assert len(shown) == (entry.standing is Showing.SHOWN)


@given(SCRIPTS)
def test_a_giver_learns_of_no_dismissal(script: Script) -> None:
    """What they are told of their own is what its owner's list says."""
    a_giver_learns_of_no_dismissal(script)
