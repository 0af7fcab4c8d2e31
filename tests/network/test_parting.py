"""Removing a connection, or a block, takes away for good what the two said of each other."""

from collections.abc import Callable

import pytest
from attrs import evolve

from connectcore import Audience, MemberId, Network, Position, Settings, WorkingRelationship
from connectcore.storage import REGISTERS
from tests.surface import SKILL, everything, recommend
from tests.worlds import World, profile_of, world

ENDINGS: dict[str, Callable[[World, str, str], object]] = {
    "remove": lambda made, one, other: made[one].connections.remove(other),
    "block": lambda made, one, other: made[one].blocks.add(other),
}
BOTH_WAYS = [("ada", "grace"), ("grace", "ada")]

each_ending = pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS.keys())
either_way = pytest.mark.parametrize(("one", "other"), BOTH_WAYS)


def friends() -> World:
    """Ada and Grace, who know Bob, before anything is said."""
    return world(
        *("ada", "grace", "bob"),
        connected=[("ada", "grace"), ("bob", "grace"), ("ada", "bob")],
        settings=Settings(activities=Audience.MEMBERS),
    )


def say_everything(made: World) -> None:
    """Let the two say of each other, and ask for, all that can be said, in every standing.

    It takes ids of its own, so that all that comes after it has those that it has without it.
    """
    made = evolve(made, network=Network(made.store, clock=made.clock))
    for giver, to in BOTH_WAYS:
        for skill in (SKILL, "waiting", "accepted", "dismissed", "hidden", "hidden, taken back"):
            made[giver].endorsements.give(to, skill=skill)
        made[to].endorsements.accept(giver, skill="accepted")
        made[to].endorsements.dismiss(giver, skill="dismissed")
        for skill in ("hidden", "hidden, taken back"):
            made[to].endorsements.hide(giver, skill=skill)
        made[giver].endorsements.retract(to, skill="hidden, taken back")
        made[to].profiles.edit(evolve(profile_of(to), skills=(SKILL, "asked", "declined")))
        for skill in ("asked", "declined"):
            made[to].endorsements.request(giver, skill=skill)
        made[giver].endorsements.decline(to, skill="declined")
        made[to].profiles.edit(profile_of(to))
        recommend_in_every_way(made, giver, to)


def recommend_in_every_way(made: World, author: str, subject: str) -> None:
    """Let *author* write about *subject*, who decides one way or another, and asks for more."""
    titles = ("waiting", "shown", "hidden", "dismissed", "revised", "asked", "declined")
    positions = {title: Position(title=title, company="Engines") for title in titles}
    held = tuple(positions.values())
    made[subject].profiles.edit(evolve(profile_of(subject), positions=held))
    written = {
        title: made[author].recommendations.write(
            subject,
            position=positions[title],
            relationship=WorkingRelationship.ADVISED,
            text="Sound.",
        )
        for title in titles[:5]
    }
    for title in ("shown", "revised"):
        made[subject].recommendations.accept(written[title].id)
    made[subject].recommendations.hide(written["hidden"].id)
    made[subject].recommendations.dismiss(written["dismissed"].id)
    made[subject].recommendations.ask_revision(written["shown"].id)
    made[author].recommendations.revise(written["revised"].id, text="Better.")
    for title in ("asked", "declined"):
        asked = made[subject].recommendations.request(author, position=positions[title])
        if title == "declined":
            made[author].recommendations.decline(asked.id)
    made[subject].profiles.edit(profile_of(subject))


def kept_between(made: World, one: str, other: str) -> list[object]:
    """Whatever is in a register of *one* and is about *other*."""
    return made.store.read(
        lambda snapshot: [
            entry
            for register in REGISTERS
            for entry in snapshot.entries(register, (MemberId(one),), other=MemberId(other))
        ]
    )


@each_ending
@either_way
def test_nothing_is_kept_of_what_two_said(
    ending: Callable[[World, str, str], object], one: str, other: str
) -> None:
    """No register of either holds anything about the other, not even a notice of it."""
    made = friends()
    say_everything(made)
    assert all(len(kept_between(made, *pair)) > 5 for pair in BOTH_WAYS)

    ending(made, one, other)

    assert [kept_between(made, *pair) for pair in BOTH_WAYS] == [[], []]


@each_ending
@either_way
def test_everybody_sees_what_they_see_where_nothing_was_said(
    ending: Callable[[World, str, str], object], one: str, other: str
) -> None:
    """For all members and in every read, it is as if the two had said nothing of each other."""
    talkative, silent = friends(), friends()
    say_everything(talkative)
    for made in (talkative, silent):
        made["bob"].endorsements.give("grace", skill=SKILL)
        made["grace"].recommendations.accept(recommend(made["bob"], "grace").id)

    ending(talkative, one, other)
    ending(silent, one, other)

    assert everything(talkative) == everything(silent)


@either_way
def test_reconnecting_restores_nothing(one: str, other: str) -> None:
    """Two who part and connect again begin anew, and may say all of it again."""
    talkative, silent = friends(), friends()
    say_everything(talkative)
    for made in (talkative, silent):
        made[one].connections.remove(other)
        made.connect((one, other))

    assert everything(talkative) == everything(silent)
    say_everything(talkative)


@either_way
def test_unblocking_restores_nothing(one: str, other: str) -> None:
    """Lifting a block leaves two strangers of whom neither ever said anything."""
    talkative, silent = friends(), friends()
    say_everything(talkative)
    for made in (talkative, silent):
        made[one].blocks.add(other)
        made[one].blocks.remove(other)
        made.connect((one, other))

    assert everything(talkative) == everything(silent)


def test_what_others_said_stays() -> None:
    """Only what the two said of each other goes."""
    made = friends()
    say_everything(made)
    made["bob"].endorsements.give("grace", skill=SKILL)
    made["bob"].endorsements.request("grace", skill=SKILL)
    made["grace"].recommendations.accept(recommend(made["bob"], "grace").id)

    made["ada"].blocks.add("grace")

    assert [each.giver for each in made["bob"].endorsements.page("grace").items] == ["bob"]
    assert [each.by for each in made["grace"].endorsements.requests().items] == ["bob"]
    assert [each.author for each in made["bob"].recommendations.page("grace").items] == ["bob"]
