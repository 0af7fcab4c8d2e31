"""Strategies: what they give is valid, found by its type, and shrinks to something short to read."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.metadata import entry_points
from typing import Any

import pytest
from attrs import frozen
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from connectcore import (
    Audience,
    Blocked,
    Connected,
    ContactDetails,
    IllegalTransition,
    Member,
    MemberBlocked,
    Name,
    PairEvent,
    Profile,
    Strangers,
    replay,
    shown_to,
)
from connectcore.testing import Script, Step, World, person, strategies
from connectcore.testing.plugin import DRAWN
from connectcore.testing.scripts import STEPS
from connectcore.testing.strategies import Shape
from connectcore.testing.strategies.networks import ENDORSING, INVITING, MESSAGING, RECOMMENDING

SEEKING = settings(max_examples=2000, database=None, derandomize=True, phases=(Phase.generate,))
SHRINKING = settings(SEEKING, phases=(Phase.generate, Phase.shrink))


@frozen(kw_only=True)
class AlumniProfile(Profile):
    """A profile with fields that only an application knows of."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=0)
    motto: str = shown_to(Audience.MEMBERS, default="")
    clubs: tuple[str, ...] = shown_to(Audience.MEMBERS, default=())


# ── By type ─────────────────────────────────────────────────────────────────────────────────────


def test_hypothesis_is_told_when_it_starts() -> None:
    """Whoever installs the extra has nothing to call: Hypothesis finds the entry point."""
    (found,) = entry_points(group="hypothesis", name="connectcore")

    assert found.value == "connectcore.testing.plugin:register"


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.__name__)
@settings(max_examples=10)
@given(data=st.data())
def test_a_value_is_found_by_its_type(kind: Any, data: st.DataObject) -> None:
    """Whatever is drawn for a type is of it."""
    value = data.draw(st.from_type(kind))

    assert isinstance(value, kind if isinstance(kind, type) else str)


@settings(max_examples=10)
@given(st.from_type(Member), st.from_type(Member[AlumniProfile]))
def test_members_have_the_profile_that_is_asked_for(
    plain: Member[Profile], own: Member[AlumniProfile]
) -> None:
    """The plain one if none is named."""
    assert type(plain.profile) is Profile
    assert type(own.profile) is AlumniProfile


def test_a_profile_that_is_not_known_yet_is_a_plain_one() -> None:
    """An annotation may leave the class of the profile open."""
    anybody: Any = Member[Any]

    assert type(find(st.from_type(anybody), lambda _: True, settings=SEEKING).profile) is Profile


# ── Profiles of an application ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["graduated", "motto", "clubs", "headline", "positions"])
def test_every_field_is_filled_in_some_profile(name: str) -> None:
    """Those that the application added, too."""
    blank = getattr(AlumniProfile(name=Name()), name)

    profiles = strategies.profiles(AlumniProfile)
    found = find(profiles, lambda made: getattr(made, name) != blank, settings=SEEKING)

    assert getattr(found, name) != blank


@settings(max_examples=20)
@given(strategies.profiles(AlumniProfile, graduated=st.integers(1900, 1910)))
def test_a_strategy_can_be_given_for_a_field(profile: AlumniProfile) -> None:
    """It is used in the place of the annotation."""
    assert 1900 <= profile.graduated <= 1910


def test_a_text_that_no_store_keeps_is_drawn_anew() -> None:
    """A strategy may give such texts; no profile has one."""
    texts = st.sampled_from(["\0", "fine"])

    @settings(max_examples=20)
    @given(strategies.profiles(AlumniProfile, motto=texts))
    def every_motto_is_fine(profile: AlumniProfile) -> None:
        assert profile.motto == "fine"

    every_motto_is_fine()


def test_a_field_that_can_change_is_an_error() -> None:
    """A profile with a list in it is refused as it is anywhere, not drawn in vain."""
    lists = strategies.profiles(AlumniProfile, clubs=st.lists(strategies.texts()))

    with pytest.raises(TypeError, match="unhashable"):
        find(lists, lambda _: True, settings=SEEKING)


# ── Histories ───────────────────────────────────────────────────────────────────────────────────


@given(strategies.impossible_histories())
def test_an_impossible_history_ends_in_what_cannot_happen(events: Sequence[PairEvent]) -> None:
    """Up to its last event it is legal."""
    replay(events[:-1])

    with pytest.raises(IllegalTransition):
        replay(events)


# ── Networks ────────────────────────────────────────────────────────────────────────────────────

CONNECTIONS = {
    Shape.NONE: (0, 0, 0, 0),
    Shape.CHAIN: (1, 2, 2, 1),
    Shape.RING: (2, 2, 2, 2),
    Shape.STAR: (3, 1, 1, 1),
    Shape.COMPLETE: (3, 3, 3, 3),
}


def counts(world: World[Profile]) -> tuple[int, ...]:
    """How many connections each member has."""
    return tuple(world[member].connections.count() for member in world.members)


@pytest.mark.parametrize("shape", CONNECTIONS)
@settings(max_examples=3)
@given(data=st.data())
def test_a_network_has_its_size_and_shape(shape: Shape, data: st.DataObject) -> None:
    """With nothing that happened after, everybody has as many connections as the shape gives them."""
    world = data.draw(strategies.networks(size=4, shape=shape, most=0))

    assert counts(world) == CONNECTIONS[shape]


@pytest.mark.parametrize("size", [0, 1, 2, 10])
def test_a_network_of_any_size(size: int) -> None:
    """Of nobody too, and of more than have names; a ring of two is a connection."""
    world = find(
        strategies.networks(size=st.just(size), shape=Shape.RING, most=1),
        lambda _: True,
        settings=SEEKING,
    )

    assert len(set(world.members)) == size
    if size > 1:
        assert counts(world) == (1 if size == 2 else 2,) * size


def test_a_network_of_any_shape() -> None:
    """Without a shape, one comes in which some are connected and some are not."""
    networks = strategies.networks(size=3, most=0)

    assert set(counts(find(networks, lambda world: sum(counts(world)) == 2, settings=SEEKING))) == {
        0,
        1,
    }


@settings(max_examples=10)
@given(strategies.networks(profile=AlumniProfile, size=st.integers(1, 3), most=3))
def test_a_network_is_for_the_profile_that_is_asked_for(world: World[AlumniProfile]) -> None:
    """Its members have such a profile and see such profiles."""
    assert type(world["ada"].profiles.view("ada").profile) is AlumniProfile


@pytest.mark.thorough
@pytest.mark.parametrize("kind", sorted({*STEPS} - {"unblock", "block"}))
def test_every_kind_of_step_happens(kind: str) -> None:
    """There are networks in which a step of the kind was possible."""
    families = (INVITING, ENDORSING, RECOMMENDING, MESSAGING)
    family = next((each for each in families if kind in each), ())
    beginning = "invite" if kind in INVITING else "connect"
    scripts = strategies.scripts(
        cast=st.just(["ada", "bob"]),
        people=lambda member: st.just(person(member)),
        kinds=(beginning, *family, *[kind] * 3),
    )

    found = find(scripts, lambda script: kind in happened(script), settings=SEEKING)

    assert kind in happened(found)


def happened(script: Script) -> set[str]:
    """The kinds of steps that are possible in a script."""
    return {step.kind for step in script.play().happened if isinstance(step, Step)}


# ── Shrinking ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.thorough
def test_members_shrink_to_what_matters() -> None:
    """A member with two skills is called Ada and has nothing else."""
    found = find(
        strategies.members(), lambda member: len(member.profile.skills) == 2, settings=SHRINKING
    )

    assert found == Member("ada", Profile(name=Name(), skills=("", "")))


def test_values_shrink_to_something_short() -> None:
    """The shortest of each kind reads at a glance."""
    event = find(strategies.events(kinds=(MemberBlocked,)), lambda _: True, settings=SHRINKING)
    assert event == MemberBlocked(by="ada", to="grace", at=datetime(2000, 1, 1, tzinfo=UTC))

    assert find(strategies.relationships(), lambda _: True, settings=SHRINKING) == Strangers()
    assert find(strategies.names(), lambda name: bool(name.family), settings=SHRINKING) == Name(
        "", "0"
    )
    assert find(strategies.notes(), bool, settings=SHRINKING) in {"0", "n"}
    reachable = find(
        strategies.contact_details(), lambda contact: bool(contact.emails), settings=SHRINKING
    )
    assert reachable == ContactDetails(emails=("ada@example.org",))
    assert find(strategies.dates(), lambda _: True, settings=SHRINKING) == date(2000, 1, 1)


@pytest.mark.parametrize(("state", "events"), [(Connected, 2), (Blocked, 1)])
def test_histories_shrink_to_the_shortest_way(state: type[Any], events: int) -> None:
    """A history that leads somewhere leads there by as few events as it takes."""
    found = find(strategies.histories(ending=state), lambda _: True, settings=SHRINKING)

    assert len(found) == events


@pytest.mark.thorough
def test_networks_shrink_to_few_members_and_steps() -> None:
    """Somebody with two connections is found among three members with two connections."""
    found = find(
        strategies.networks(kinds=("connect", "follow", "publish")),
        lambda world: max(counts(world), default=0) == 2,
        settings=SHRINKING,
    )

    assert found.members == ("ada", "bob", "cyd")
    assert [step.kind for step in found.happened if isinstance(step, Step)] == ["connect"] * 2
