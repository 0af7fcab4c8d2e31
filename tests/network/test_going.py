"""Somebody blocks a member, leaves, or closes their profile: what the member can tell of it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

import pytest

from connectcore import ActingMember, Profile
from tests.surface import OWN_READS, READS_OF_A_MEMBER, SKILL, answer, recommend
from tests.worlds import HIDDEN, UNBOUNDED, World, position_of, world

Acting: TypeAlias = ActingMember[Profile]


def connected(made: World) -> World:
    """The same world, in which Ada and Bob have connected."""
    made.connect(("ada", "bob"))
    return made


BETWEEN: Mapping[str, Callable[[World], object]] = {
    "nothing": lambda made: made,
    "a mute": lambda made: made["ada"].follows.mute("bob"),
    "a request": lambda made: made["ada"].messages.request("bob", "May I?"),
    "a request of theirs": lambda made: made["bob"].messages.request("ada", "May I?"),
    "a follow of theirs": lambda made: made["bob"].follows.follow("ada"),
    "a follow": lambda made: made["ada"].follows.follow("bob"),
    "an invitation": lambda made: made["ada"].invitations.send("bob"),
    "an invitation of theirs": lambda made: made["bob"].invitations.send("ada"),
    "a connection": connected,
    "messages": lambda made: connected(made)["ada"].messages.send("bob", "Hello."),
    "an endorsement": lambda made: connected(made)["ada"].endorsements.give("bob", skill=SKILL),
    "a recommendation": lambda made: recommend(connected(made)["bob"], "ada"),
    "an appeal": lambda made: connected(made)["ada"].recommendations.request(
        "bob", position=position_of("ada")
    ),
}
"""What there was between Ada and Bob before."""

FOLLOWED, INVITED = {"follows.following"}, {"invitations.may_send"}
BEGUN: Mapping[str, set[str]] = {
    "a follow": FOLLOWED,
    "an invitation": INVITED | {"invitations.sent"},
    "an invitation of theirs": INVITED | {"invitations.received"},
    "a connection": FOLLOWED | INVITED,
    "messages": FOLLOWED | INVITED,
    "an endorsement": FOLLOWED | INVITED,
    "a recommendation": FOLLOWED | INVITED,
    "an appeal": FOLLOWED | INVITED,
}
"""What still names somebody who closed their profile, so that it may be ended."""

OWN_MEMORY = {"invitations.may_send_to_address", "messages.allowance", "data.export"}
"""What tells how much Ada has sent and may still send; and the sum of all the rest."""


def read_after(between: str, goes: Callable[[Acting], object]) -> dict[str, object]:
    """All that Ada reads when Bob is gone, of whom she shared a connection."""
    made = world("ada", "bob", "cat", "dan", visibility=UNBOUNDED)
    made.connect(("ada", "cat"), ("bob", "cat"))
    BETWEEN[between](made)
    goes(made["bob"])
    ada = made["ada"]
    reads: dict[str, Callable[[], object]] = {
        **{name: partial(read, ada) for name, read in OWN_READS.items()},
        **{name: partial(read, ada, "bob") for name, read in READS_OF_A_MEMBER.items()},
    }
    return {name: answer(ask) for name, ask in reads.items() if name not in OWN_MEMORY}


def told_apart(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    """Which reads are not the same."""
    return {name for name, read in one.items() if read != other[name]}


@pytest.mark.parametrize("between", BETWEEN)
def test_blocked_and_left_are_never_told_apart(between: str) -> None:
    """Whatever was between the two, it is gone in the same way."""
    blocked = read_after(between, lambda bob: bob.blocks.add("ada"))
    left = read_after(between, lambda bob: bob.data.erase())

    assert told_apart(blocked, left) == set()


@pytest.mark.parametrize("between", BETWEEN)
def test_a_closed_profile_keeps_what_was_begun(between: str) -> None:
    """It is like leaving, but for follows and invitations, which either may still end."""
    closed = read_after(between, lambda bob: bob.settings.change(audiences=HIDDEN))
    left = read_after(between, lambda bob: bob.data.erase())

    assert told_apart(closed, left) == BEGUN.get(between, set())


@pytest.mark.parametrize(
    ("between", "end"),
    [
        ("a follow", lambda ada: ada.follows.unfollow("bob")),
        ("an invitation", lambda ada: ada.invitations.withdraw("bob")),
        ("an invitation of theirs", lambda ada: ada.invitations.ignore("bob")),
        ("a connection", lambda ada: ada.connections.remove("bob")),
    ],
)
def test_what_was_begun_with_a_closed_profile_may_be_ended(
    between: str, end: Callable[[Acting], Any]
) -> None:
    """Then no list names them any more."""
    made = world("ada", "bob", visibility=UNBOUNDED)
    BETWEEN[between](made)
    made["bob"].settings.change(audiences=HIDDEN)
    end(made["ada"])

    for name, read in OWN_READS.items():
        assert name == "data.export" or "'bob'" not in repr(read(made["ada"])), name
