"""A decision takes the one state in which it is legal, and members are named by their `MemberId`."""

from datetime import datetime

from connectcore import (
    Blocked,
    Connected,
    ConnectionRules,
    Invited,
    Member,
    MemberId,
    Profile,
    Proposal,
    Strangers,
)
from connectcore.graph import Neighbours, degree
from connectcore.invitations import accept, ignore, invite, remove, unblock, withdraw
from connectcore.visibility import Standpoint

ADA = MemberId("ada")
RULES = ConnectionRules.professional()


def only_strangers_are_invited(connected: Connected, proposal: Proposal) -> None:
    """Two who are connected cannot be invited again."""
    invite(Strangers(), proposal, RULES)
    invite(connected, proposal, RULES)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def only_an_invitation_is_accepted(
    invited: Invited, connected: Connected, blocked: Blocked, proposal: Proposal
) -> None:
    """A connection cannot be accepted, and neither can a block or nothing at all."""
    accept(invited, proposal, RULES)
    accept(connected, proposal, RULES)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    accept(blocked, proposal, RULES)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    accept(Strangers(), proposal, RULES)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def only_an_invitation_is_withdrawn(invited: Invited, blocked: Blocked, at: datetime) -> None:
    """A block cannot be withdrawn; it is lifted, which an invitation cannot be."""
    withdraw(invited, by=ADA, at=at)
    withdraw(blocked, by=ADA, at=at)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    unblock(invited, by=ADA, to=ADA, at=at)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def only_a_connection_is_removed(connected: Connected, invited: Invited, at: datetime) -> None:
    """An invitation cannot be removed."""
    remove(connected, by=ADA, to=ADA, at=at)
    remove(invited, by=ADA, to=ADA, at=at)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def a_decision_may_say_no(invited: Invited, at: datetime) -> datetime:
    """What a decision gives is no event until somebody looked whether it is a verdict."""
    return ignore(invited, by=ADA, at=at).at  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]


def a_plain_text_names_nobody(neighbours: Neighbours, where: Standpoint, at: datetime) -> None:
    """Inside the core a member is a `MemberId`, so that no other text takes the place of one."""
    degree(ADA, MemberId("grace"), neighbours)
    degree(ADA, "grace", neighbours)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    where.sees("grace")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    remove(Connected(since=at), by="ada", to=ADA, at=at)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def values_are_made_from_plain_text(profile: Profile) -> MemberId:
    """An application makes values of its own ids as they are, and finds a `MemberId` in them."""
    return Member("ada", profile).id
