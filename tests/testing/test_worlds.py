"""Small networks: a clock that stands still, people who are made up, and scripts that repeat."""

from datetime import datetime, timedelta

import pytest

from connectcore import Audience, InvalidValue, MemoryStore, Profile, Settings
from connectcore.testing import Clock, Script, Step, World, person
from connectcore.testing.worlds import NOON
from tests.surface import everything

TWO = (person("ada"), person("bob"))
MEETING = (
    Step(0, "connect", "ada", "bob"),
    Step(1, "publish", "ada", detail=Audience.CONNECTIONS),
    Step(2, "comment", "bob", "001.0"),
)


def test_a_clock_moves_only_when_it_is_told_to() -> None:
    """It begins at noon, or when it is told; a moment without a time zone is none."""
    clock = Clock()
    assert clock() == clock() == NOON

    assert clock.forward(hours=2) == clock() == NOON + timedelta(hours=2)
    assert Clock(NOON + timedelta(days=1))() == NOON + timedelta(days=1)
    with pytest.raises(InvalidValue):
        Clock(datetime(2026, 3, 2))  # noqa: DTZ001 - what is refused


def test_a_world_lets_its_members_act() -> None:
    """By id, and somebody signed out; its `repr` says who is there and what happened."""
    world: World[Profile] = Script(TWO, MEETING[:1]).play()

    assert world["ada"].connections.degree("bob") == 1
    assert not world.visitor.profiles.views(["ada"])
    assert repr(world) == (
        "World(members=('ada', 'bob'), "
        "happened=(Step(number=0, kind='connect', by='ada', to='bob', detail=None),))"
    )


def test_people_differ_in_every_text() -> None:
    """What is somebody's cannot pass for what is somebody else's."""
    ada, bob = TWO

    assert (ada.id, ada.settings) == ("ada", Settings())
    for name in ("name", "headline", "positions", "about", "contact"):
        assert getattr(ada.profile, name) != getattr(bob.profile, name)


def test_a_script_plays_alike_whenever_it_plays() -> None:
    """The same moments and the same ids."""
    script = Script(TWO, MEETING)
    posts = script.writings

    assert posts == ("001.0", "002.0")
    assert everything(script.play(), posts=posts) == everything(
        script.play(store=MemoryStore()), posts=posts
    )


def test_what_is_impossible_does_not_happen() -> None:
    """And whatever comes after leaves what it would have left."""
    script = Script(TWO, (Step(9, "comment", "bob", "nothing"), *MEETING))
    world = script.play()

    assert world.happened == MEETING
    assert everything(world, posts=script.writings) == everything(
        Script(TWO, MEETING).play(), posts=script.writings
    )
    assert script.settings == {"ada": Settings(), "bob": Settings()}


def test_a_script_goes_through_what_becomes_of_a_recommendation() -> None:
    """It is written, asked to be revised, revised, taken back, and asked for anew."""
    steps = (
        Step(0, "connect", "ada", "bob"),
        Step(1, "recommend", "ada", "bob"),
        Step(2, "ask again", "bob", "ada"),
        Step(3, "revise", "ada", "bob"),
        Step(4, "revise", "ada", "bob"),
        Step(5, "ask again", "bob", "ada"),
    )

    before: World[Profile] = Script(TWO, steps[:4]).play()
    world: World[Profile] = Script(TWO, steps).play()

    assert world.happened == steps
    assert [entry.text for entry in before["ada"].recommendations.given().items] == ["Better."]
    assert not world["ada"].recommendations.given().items
    assert len(world["ada"].recommendations.requests().items) == 1
