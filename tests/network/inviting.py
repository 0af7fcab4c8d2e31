"""Ada invites an address that may be Grace's: what there may be between them, and what both read."""

from collections.abc import Callable, Mapping
from typing import Any

from connectcore import WhoMayInvite
from tests.worlds import World, world

__all__ = [
    "ADDRESS",
    "BETWEEN",
    "invite",
    "inviters",
    "pending",
    "removed_by_grace",
    "told",
    "with_address",
]

ADDRESS = "hopper@example.com"


def inviters(made: World, member: str) -> list[str]:
    """Whose invitations wait for a member."""
    return [each.inviter for each in made[member].invitations.received().items]


def told(made: World, member: str) -> list[tuple[str, str]]:
    """What a member has been told, and of whom."""
    return [(each.kind.value, each.actor) for each in made[member].notices.page().items]


def pending(made: World, member: str = "ada") -> list[str]:
    """The addresses that a member invited and sees pending."""
    return [each.address for each in made[member].invitations.sent_to_addresses().items]


def with_address(*members: str, **founded: Any) -> World:
    """A network in which the address is Grace's."""
    made = world(*(members or ("ada", "grace")), **founded)
    made["grace"].addresses.confirm(ADDRESS)
    return made


def invite(made: World, inviter: str = "ada", note: str = "") -> None:
    """Let somebody invite the address, and an hour pass."""
    made[inviter].invitations.send_to_address(ADDRESS, note=note)
    made.clock.forward(hours=1)


def removed_by_grace(made: World) -> None:
    """Grace ended a connection with Ada."""
    made.connect(("ada", "grace"))
    made["grace"].connections.remove("ada")


BETWEEN: Mapping[str, Callable[[World], object]] = {
    "nothing": lambda _: None,
    "they block": lambda made: made["grace"].blocks.add("ada"),
    "you block": lambda made: made["ada"].blocks.add("grace"),
    "they take no invitations": lambda made: made["grace"].settings.change(
        who_may_invite=WhoMayInvite.NOBODY
    ),
    "connected": lambda made: made.connect(("ada", "grace")),
    "they removed you": removed_by_grace,
    "you invited them": lambda made: made["ada"].invitations.send("grace"),
    "they invited you": lambda made: made["grace"].invitations.send("ada"),
    "they have joined and gone": lambda made: made["grace"].data.erase(),
}
"""What may be between Ada and the one whose address she invites."""
