"""The races of this domain: what runs at once, and what must not come of it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from connectcore import (
    BlocksAtMost,
    ConnectionRules,
    ConnectionsAtMost,
    Network,
    PendingAtMost,
    Profile,
    SentPerWeek,
)
from tests.races.acting import Doing, Race, between

__all__ = ["BETWEEN_THREE", "RACES"]

Net = Network[Profile]

PAIR = ("ada", "bob")
CONNECTED = between("ada send bob", "bob accept ada")


def _endorse(network: Net, at: datetime) -> object:
    return network.as_member("ada").endorsements.give("bob", skill="Compilers", at=at)


def _erase(network: Net, _at: datetime) -> object:
    network.as_member("bob").data.erase()
    return None


def _write(by: str, to: str) -> Doing:
    return lambda network, at: network.as_member(by).messages.send(to, "Hello.", at=at)


def _unread(network: Net) -> bool:
    """Whether the count of the unread is not that of the messages that came."""
    bob = network.as_member("bob")
    came = [message for message in bob.messages.read("ada").items if message.sender == "ada"]
    return bob.messages.conversations().items[0].unread != len(came)


def _has_more(count: Callable[[Net], int], limit: int) -> Callable[[Net], bool]:
    return lambda network: count(network) > limit


def _sent(network: Net) -> int:
    return len(network.as_member("ada").invitations.sent().items)


def _connections(network: Net) -> int:
    return network.as_member("ada").connections.count()


def _blocks(network: Net) -> int:
    return len(network.as_member("ada").blocks.page().items)


def _endorsed(network: Net) -> int:
    return len(network.as_member("ada").endorsements.given().items)


BETWEEN_TWO: Mapping[str, Race] = {
    "invitations cross": Race(
        members=PAIR,
        acts=between("ada send bob", "bob send ada"),
        broken=lambda network: _connections(network) != 1,
    ),
    "accept and withdraw": Race(
        members=PAIR,
        before=between("ada send bob"),
        acts=between("bob accept ada", "ada withdraw bob"),
    ),
    "accept and be blocked": Race(
        members=PAIR,
        before=between("ada send bob"),
        acts=between("bob accept ada", "ada block bob"),
        broken=_has_more(_connections, 0),
    ),
    "accept and block": Race(
        members=PAIR,
        before=between("ada send bob"),
        acts=between("bob accept ada", "bob block ada"),
        broken=_has_more(_connections, 0),
    ),
    "accept and ignore": Race(
        members=PAIR,
        before=between("ada send bob"),
        acts=between("bob accept ada", "bob ignore ada"),
    ),
    "send and be blocked": Race(
        members=PAIR,
        acts=between("ada send bob", "bob block ada"),
        broken=_has_more(_sent, 0),
    ),
    "both block": Race(members=PAIR, acts=between("ada block bob", "bob block ada")),
    "unblock and be blocked": Race(
        members=PAIR,
        before=between("ada block bob"),
        acts=between("ada unblock bob", "bob block ada"),
    ),
    "follow and be blocked": Race(
        members=PAIR,
        acts=between("ada follow bob", "bob block ada"),
        broken=lambda network: bool(network.as_member("ada").follows.following()),
    ),
    "remove and be blocked": Race(
        members=PAIR,
        before=CONNECTED,
        acts=between("ada remove bob", "bob block ada"),
    ),
    "the last connection twice": Race(
        members=("ada", "bob", "cat"),
        before=between("bob send ada", "cat send ada"),
        acts=between("ada accept bob", "ada accept cat"),
        rules=ConnectionRules(accepting=(ConnectionsAtMost(1),)),
        broken=_has_more(_connections, 1),
    ),
    "the last connection accepted by two": Race(
        members=("ada", "bob", "cat"),
        before=between("ada send bob", "ada send cat"),
        acts=between("bob accept ada", "cat accept ada"),
        rules=ConnectionRules(accepting=(ConnectionsAtMost(1),)),
        broken=_has_more(_connections, 1),
    ),
    "the last pending invitation twice": Race(
        members=("ada", "bob", "cat"),
        acts=between("ada send bob", "ada send cat"),
        rules=ConnectionRules(inviting=(PendingAtMost(1),)),
        broken=_has_more(_sent, 1),
    ),
    "the last invitation of the week twice": Race(
        members=("ada", "bob", "cat"),
        acts=between("ada send bob", "ada send cat"),
        rules=ConnectionRules(inviting=(SentPerWeek(1),)),
        broken=_has_more(_sent, 1),
    ),
    "the last block twice": Race(
        members=("ada", "bob", "cat"),
        acts=between("ada block bob", "ada block cat"),
        rules=ConnectionRules(blocking=(BlocksAtMost(1),)),
        broken=_has_more(_blocks, 1),
    ),
    "endorse and be removed": Race(
        members=PAIR,
        before=CONNECTED,
        acts=(_endorse, *between("bob remove ada")),
        broken=_has_more(_endorsed, 0),
    ),
    "two messages to one": Race(
        members=PAIR,
        before=CONNECTED,
        acts=(_write("ada", "bob"), _write("ada", "bob")),
        broken=_unread,
    ),
    "send and be erased": Race(
        members=PAIR,
        acts=(*between("ada send bob"), _erase),
        broken=_has_more(_sent, 0),
    ),
}
"""Races of two acts, by what happens."""

BETWEEN_THREE: Mapping[str, Race] = {
    "the last connection, and a block": Race(
        members=("ada", "bob", "cat"),
        before=between("bob send ada", "cat send ada"),
        acts=between("ada accept bob", "ada accept cat", "bob block ada"),
        rules=ConnectionRules(accepting=(ConnectionsAtMost(1),)),
        broken=_has_more(_connections, 1),
    ),
}
"""Races of three acts."""

RACES: Mapping[str, Race] = {**BETWEEN_TWO, **BETWEEN_THREE}
"""All of them."""
