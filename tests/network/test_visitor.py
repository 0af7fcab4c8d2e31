"""Visitors: somebody signed out sees what members opened to everyone, and then somebody is there."""

import pytest

from connectcore import Audience, NotFound
from tests.surface import READS_OF_A_POST, VISITS_TO_A_MEMBER, answer, seen_by_visitors
from tests.worlds import World, world

NOT_THERE = (NotFound, str(NotFound()))


@pytest.fixture(name="made")
def _made() -> World:
    """Give Ada, who opened a part of hers to everyone, and two connections who did not."""
    made = world("ada", "bob", "cat", connected=[("ada", "bob"), ("ada", "cat")])
    made["ada"].settings.change(
        audiences={"name": Audience.EVERYONE, "about": Audience.EVERYONE},
        activities=Audience.EVERYONE,
        connections=Audience.EVERYONE,
    )
    return made


@pytest.mark.parametrize("name", VISITS_TO_A_MEMBER)
def test_a_member_who_opened_nothing_is_not_there(made: World, name: str) -> None:
    """By default a visitor cannot tell a member from somebody who never joined."""
    visit = VISITS_TO_A_MEMBER[name]

    of_bob = answer(lambda: visit(made.visitor, "bob"))

    assert of_bob == answer(lambda: visit(made.visitor, "nobody"))
    assert of_bob in (NOT_THERE, {})


def test_a_visitor_sees_what_is_open_to_everyone(made: World) -> None:
    """One open field makes somebody there; the others stay blank and are named as withheld."""
    view = made.visitor.profiles.view("ada")

    assert (str(view.profile.name), view.profile.about) == ("Ada Example", "ada likes machines.")
    assert view.profile.headline == ""
    assert {"headline", "contact"} <= view.withheld
    assert view.circle is Audience.EVERYONE


def test_a_list_shows_visitors_those_who_are_there_for_them(made: World) -> None:
    """An open list does not make visible who is not; list, count and updates agree."""
    assert made.visitor.connections.page("ada").items == ()
    assert made.visitor.connections.count("ada") == 0
    assert [a.kind for a in made.visitor.activities.page("ada").items] == ["member_joined"]

    made["bob"].settings.change(audiences={"headline": Audience.EVERYONE})

    listed = [entry.member for entry in made.visitor.connections.page("ada").items]
    assert listed == ["bob"]
    assert made.visitor.connections.count("ada") == 1
    kinds = [a.kind for a in made.visitor.activities.page("ada").items]
    assert sorted(kinds) == ["connection_made", "member_joined"]


def test_a_post_for_everyone_is_read_and_listed(made: World) -> None:
    """What is under it shows as far as those who wrote it are there."""
    post = made["bob"].posts.publish("For all.", audience=Audience.EVERYONE)
    made["bob"].posts.publish("For connections.")
    made["ada"].posts.react(post.id)
    made["ada"].posts.comment(post.id, "Hi.")
    made["bob"].posts.comment(post.id, "Hi there.")

    seen = made.visitor.posts.read(post.id)

    assert made.visitor.posts.page("bob").items == (post,)
    assert (seen.comments, sum(count for _, count in seen.reactions)) == (1, 1)
    assert [c.author for c in made.visitor.posts.comments(post.id).items] == ["ada"]
    assert [r.member for r in made.visitor.posts.reactions(post.id).items] == ["ada"]


@pytest.mark.parametrize("name", READS_OF_A_POST)
def test_a_post_for_others_is_not_there(made: World, name: str) -> None:
    """A post for members answers as none at all."""
    post = made["ada"].posts.publish("For members.", audience=Audience.MEMBERS)
    read = READS_OF_A_POST[name]

    assert answer(lambda: read(made.visitor, post.id)) == NOT_THERE
    assert answer(lambda: read(made.visitor, "no such post")) == NOT_THERE


def test_blocks_are_between_members(made: World) -> None:
    """Signed out, nobody is blocked: what is open to everyone is open."""
    before = seen_by_visitors(made.network, ["ada", "bob", "cat"], [])

    made["cat"].blocks.add("bob")

    assert seen_by_visitors(made.network, ["ada", "bob", "cat"], []) == before
