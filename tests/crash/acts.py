"""A life of random acts in which each act follows from its number alone.

So whoever knows how many were done can do them again elsewhere and compare.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import count
from random import Random
from typing import TypeAlias

from connectcore import (
    ActingMember,
    Audience,
    ConnectcoreError,
    Member,
    MemberId,
    Network,
    Notice,
    PairEvent,
    Profile,
)
from connectcore.storage import Snapshot, Store
from connectcore.testing.conformance.threads import check_instant
from tests.surface import ACTS_ON_A_MEMBER
from tests.worlds import NOON, OPEN, profile_of

__all__ = ["check_lists", "do"]

Net: TypeAlias = Network[Profile]
CROWD = ("ada", "bob", "cat", "dan")


def _join(network: Net, by: str, _to: str) -> object:
    return network.join(Member(by, profile_of(by)))


def _erase(network: Net, by: str, _to: str) -> object:
    network.as_member(by).data.erase()
    return None


def _publish(network: Net, by: str, _to: str) -> object:
    return network.as_member(by).posts.publish("A text.", audience=Audience.MEMBERS)


def _accept(network: Net, by: str, _to: str) -> object:
    """Accept whoever waits the longest, so that the life has connections to end."""
    actor = network.as_member(by)
    return [
        actor.invitations.accept(each.inviter) for each in actor.invitations.received().items[-1:]
    ]


def _unblock(network: Net, by: str, _to: str) -> object:
    actor = network.as_member(by)
    for each in actor.blocks.page().items[-1:]:
        actor.blocks.remove(each.to)
    return None


def _on(act: Callable[[ActingMember[Profile], str], object]) -> Callable[[Net, str, str], object]:
    return lambda network, by, to: act(network.as_member(by), to)


OFTEN: Mapping[str, int] = {
    "invitations.send": 6,
    "invitations.withdraw": 1,
    "connections.remove": 1,
    "blocks.add": 1,
    "follows.follow": 1,
    "follows.mute": 1,
    "endorsements.give": 2,
    "recommendations.write": 1,
    "messages.send": 2,
    "messages.request": 1,
}
"""How often each act on another member comes, beside the others."""

ACTS: Sequence[Callable[[Net, str, str], object]] = (
    *(_on(ACTS_ON_A_MEMBER[name]) for name, times in OFTEN.items() for _ in range(times)),
    *(_accept for _ in range(6)),
    *(_join, _join, _join, _unblock, _unblock, _unblock),
    *(_publish, _erase),
)


def do(store: Store, number: int) -> None:
    """Do the act with a number, which may be refused."""
    random, ids = Random(number), count()  # noqa: S311  # the same act each time is what is wanted
    network = Network(
        store,
        rules=OPEN,
        journal=(PairEvent, Notice),
        clock=lambda: NOON + timedelta(minutes=number),
        new_id=lambda: f"{number}-{next(ids)}",
        secret=b"the same in every life of acts..",
    )
    by, to = random.sample(CROWD, 2)
    try:
        random.choice(ACTS)(network, by, to)
    except ConnectcoreError:
        return


def check_lists(snapshot: Snapshot) -> None:
    """Every list of everybody who is there tells the same story."""
    check_instant(snapshot, sorted(snapshot.members([MemberId(member) for member in CROWD])))
