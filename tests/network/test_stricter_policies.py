"""A policy that became stricter than what members chose, or than what they have by default."""

from typing import Any

import pytest

from connectcore import (
    AlreadyJoined,
    Audience,
    AudienceOutOfBounds,
    Because,
    Bounds,
    Network,
    Settings,
    VisibilityPolicy,
)
from connectcore.audiences import SECTIONS
from connectcore.testing import person
from tests.stores.keeping import contents
from tests.worlds import UNBOUNDED, World, world

WIDE = {"contact": Audience.EVERYONE, "about": Audience.EVERYONE}
STRICT = VisibilityPolicy(
    bounds={
        "contact": Bounds(widest=Audience.CONNECTIONS),
        "about": Bounds(widest=Audience.CONNECTIONS),
        "activities": Bounds(widest=Audience.CONNECTIONS),
    }
)


@pytest.fixture(name="made")
def _made() -> World:
    """Give Ada, who opened everything before the policy became strict."""
    lax = world(
        "ada", settings=Settings(audiences=WIDE, activities=Audience.EVERYONE), visibility=UNBOUNDED
    )
    return world(store=lax.store, visibility=STRICT)


@pytest.mark.parametrize(
    "change",
    [
        {"connections": Audience.ONLY_ME},
        {"audiences": {"about": Audience.ONLY_ME}},
        {"audiences": {"about": None}},
        {"activities": Audience.CONNECTIONS},
        {"unshared_kinds": {"member_joined"}},
    ],
    ids=str,
)
def test_what_was_chosen_before_is_in_nobodys_way(made: World, change: dict[str, Any]) -> None:
    """Whoever opened more than is allowed now may change the rest, and close one thing by itself."""
    before = made["ada"].settings.read()

    after = made["ada"].settings.change(**change)

    assert after == made["ada"].settings.read() != before
    assert after.chosen_audience("contact") is Audience.EVERYONE


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"audiences": {"about": Audience.MEMBERS}}, "about"),
        ({"audiences": {"about": Audience.EVERYONE}}, "about"),
        ({"activities": Audience.MEMBERS}, "activities"),
        ({"activities": Audience.EVERYONE, "connections": Audience.ONLY_ME}, "activities"),
    ],
    ids=str,
)
def test_what_is_chosen_now_is_within_the_bounds(
    made: World, change: dict[str, Any], name: str
) -> None:
    """An audience that is named is checked, also one that was chosen before, and nothing changes."""
    before = contents(made.store)

    with pytest.raises(AudienceOutOfBounds, match=f"{name!r} cannot be shown to"):
        made["ada"].settings.change(**change)

    assert contents(made.store) == before


@pytest.mark.parametrize("section", SECTIONS)
def test_a_default_is_no_choice(section: str) -> None:
    """Whoever chose nothing joins and is loaded under any policy; naming the default is a choice."""
    closed = VisibilityPolicy(bounds={section: Bounds(widest=Audience.ONLY_ME)})
    made = world("ada", visibility=closed)
    report = made.network.load([person("bob")])
    chosen: dict[str, Any] = {section: SECTIONS[section]}

    assert report.left_out == ()
    for member in ("ada", "bob"):
        explained = made[member].profiles.explain(section)
        assert (explained.audience, explained.because) == (Audience.ONLY_ME, Because.BOUNDED)
    with pytest.raises(AudienceOutOfBounds, match=f"{section!r} cannot be shown to"):
        made["ada"].settings.change(**chosen)


def test_joining_again_under_a_stricter_policy_answers_as_before(made: World) -> None:
    """What a member chose long ago is not judged anew when they are sent to join once more."""
    settings = made["ada"].settings.read()
    again = made.network.join(person("ada", settings=settings))

    assert again.settings == settings
    with pytest.raises(AlreadyJoined):
        made.network.join(person("ada", settings=Settings(audiences=WIDE)))
    with pytest.raises(AudienceOutOfBounds, match="'about' cannot be shown to everyone"):
        made.network.join(person("bob", settings=settings))


@pytest.mark.parametrize("posts", [Audience.CONNECTIONS, Audience.EVERYONE])
def test_a_post_without_an_audience_keeps_to_the_policy(posts: Audience) -> None:
    """What the member chose, or has by default, is cut down; an audience that is named is refused."""
    lax = world("ada", settings=Settings(posts=posts), visibility=UNBOUNDED)
    policy = VisibilityPolicy(bounds={"posts": Bounds(widest=Audience.ONLY_ME)})
    ada = Network(lax.store, visibility=policy).as_member("ada")

    assert ada.posts.publish("Hello.").audience is Audience.ONLY_ME
    with pytest.raises(AudienceOutOfBounds, match="'posts' cannot be shown to"):
        ada.posts.publish("Hello.", audience=posts)
