"""Follows and mutes: whose activities a member reads, which the others never learn."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from connectcore import (
    ActingMember,
    Audience,
    InvalidValue,
    MemoryStore,
    NotFound,
    Profile,
    Refused,
    Settings,
)
from connectcore.testing import RecordingStore
from tests.surface import answer, seen_by
from tests.worlds import HIDDEN, NOON, UNBOUNDED, World, world


def open_world(*members: str) -> World:
    """A network whose members let every member read what they do."""
    settings = Settings(activities=Audience.MEMBERS, posts=Audience.MEMBERS)
    return world(*members, settings=settings)


def authors(made: World, reader: str) -> set[str]:
    """Whose activities are in the feed of *reader*."""
    return {actor for item in made[reader].feed.page().items for actor in item.actors}


def test_following_needs_no_connection() -> None:
    """A follower reads what is open to them; the two are no closer for it, and one follow is one way."""
    made = open_world("ada", "grace")

    made["ada"].follows.follow("grace")
    made["ada"].follows.follow("grace")

    assert made["ada"].follows.following() == {"grace"}
    assert authors(made, "ada") == {"grace"}
    assert authors(made, "grace") == set()
    assert made["ada"].connections.degree("grace") == 4


def test_the_followed_one_learns_nothing() -> None:
    """Everything that the other reads stays as it was."""
    followed, plain = open_world("ada", "grace"), open_world("ada", "grace")

    followed["ada"].follows.follow("grace")
    followed["ada"].follows.mute("grace")

    assert seen_by(followed["grace"], ["ada"], []) == seen_by(plain["grace"], ["ada"], [])


def test_unfollowing_keeps_the_connection() -> None:
    """The feed is silent, the connection stands, and following again brings it all back."""
    made = world("ada", "grace", connected=[("ada", "grace")])
    before = made["ada"].feed.page()

    made["ada"].follows.unfollow("grace")
    made["ada"].follows.unfollow("grace")
    assert made["ada"].follows.following() == frozenset()
    assert made["ada"].feed.page().items == ()
    assert made["ada"].connections.count() == 1
    assert made["grace"].follows.following() == {"ada"}

    made["ada"].follows.follow("grace")
    assert made["ada"].feed.page() == before


def test_follows_outlive_an_invitation() -> None:
    """Inviting and being turned down changes nothing about who reads whom."""
    made = open_world("ada", "grace")
    made["ada"].follows.follow("grace")
    made["ada"].invitations.send("grace")
    made["grace"].follows.follow("ada")
    made["ada"].invitations.withdraw("grace")

    assert made["ada"].follows.following() == {"grace"}
    assert made["grace"].follows.following() == {"ada"}


def test_a_mute_silences_whatever_names_somebody() -> None:
    """Their own activities and those that mention them leave the feed; unmuting brings them back."""
    made = world("ada", "grace", "mary", connected=[("ada", "grace"), ("ada", "mary")])
    made.connect(("mary", "grace"))
    before = made["ada"].feed.page()
    assert authors(made, "ada") == {"grace", "mary"}

    made["ada"].follows.mute("grace")
    assert made["ada"].follows.muted() == {"grace"}
    assert authors(made, "ada") == {"mary"}
    assert all("grace" not in item.lead.names for item in made["ada"].feed.page().items)
    assert "grace" in made["ada"].follows.following()

    made["ada"].follows.unmute("grace")
    assert made["ada"].feed.page() == before


@pytest.mark.parametrize(
    "goes",
    [
        lambda other: other.blocks.add("ada"),
        lambda other: other.data.erase(),
        lambda other: other.settings.change(audiences=HIDDEN),
    ],
    ids=["blocked", "left", "closed"],
)
def test_a_mute_does_not_tell_how_somebody_went(
    goes: Callable[[ActingMember[Profile]], object],
) -> None:
    """Whoever blocked, left or closed their profile is on no list of mutes, for the same calls."""
    store = RecordingStore(MemoryStore())
    made = world("ada", "grace", "mary", visibility=UNBOUNDED, store=store)
    for other in ("grace", "mary"):
        made["ada"].follows.mute(other)
    exported: dict[str, Any] = made["ada"].data.export()
    store.calls.clear()
    assert made["ada"].follows.muted() == {"grace", "mary"}
    asked = store.names

    goes(made["grace"])

    store.calls.clear()
    assert made["ada"].follows.muted() == {"mary"}
    assert store.names == asked
    now: dict[str, Any] = made["ada"].data.export()
    assert now == {**exported, "mutes": exported["mutes"][1:], "names": now["names"]}
    assert "grace" not in now["names"]


def test_a_mute_is_kept_through_a_block() -> None:
    """It holds again when the block has ended, and may be lifted while it lasts."""
    made = world("ada", "grace", "mary")
    for other in ("grace", "mary"):
        made["ada"].follows.mute(other)
        made[other].blocks.add("ada")
    made["ada"].follows.unmute("mary")
    assert made["ada"].follows.muted() == frozenset()

    for other in ("grace", "mary"):
        made[other].blocks.remove("ada")

    assert made["ada"].follows.muted() == {"grace"}


def test_a_mute_may_end_by_itself() -> None:
    """Up to the moment named nothing shows, from then on everything does."""
    made = world("ada", "grace", connected=[("ada", "grace")])
    until = NOON + timedelta(days=7)
    made["ada"].follows.mute("grace", until=until)

    made.clock.now = until - timedelta(microseconds=1)
    assert made["ada"].follows.muted() == {"grace"}
    assert authors(made, "ada") == set()
    assert made["ada"].follows.muted(at=until) == frozenset()
    assert made["ada"].feed.page(at=until).items

    made.clock.now = until
    assert made["ada"].follows.muted() == frozenset()
    assert authors(made, "ada") == {"grace"}


def test_another_mute_replaces_the_first() -> None:
    """What counts is the last end that was named."""
    made = world("ada", "grace")
    made["ada"].follows.mute("grace")
    made["ada"].follows.mute("grace", until=NOON + timedelta(days=1))
    made.clock.forward(days=2)

    assert made["ada"].follows.muted() == frozenset()


@pytest.mark.parametrize("act", ["follow", "unfollow", "mute"])
def test_oneself_and_nobody_cannot_be_followed(act: str) -> None:
    """Both are refused, the one as oneself, the other as not found."""
    made = world("ada")
    follows = made["ada"].follows

    with pytest.raises(Refused, match="needs another member"):
        getattr(follows, act)("ada")
    with pytest.raises(NotFound):
        getattr(follows, act)("nobody")


def test_unmuting_whom_one_never_muted_is_done_already() -> None:
    """It changes nothing, whether or not they are there."""
    made = world("ada", "grace")

    for other in ("ada", "grace", "nobody"):
        made["ada"].follows.unmute(other)

    assert made["ada"].follows.muted() == frozenset()


def test_a_mute_without_a_time_zone_is_refused() -> None:
    """A naive end is an error, and nobody is muted."""
    made = world("ada", "grace")
    naive = NOON.replace(tzinfo=None)

    outcome = answer(lambda: made["ada"].follows.mute("grace", until=naive))

    assert isinstance(outcome, tuple)
    assert outcome[0] is InvalidValue
    assert made["ada"].follows.muted() == frozenset()
