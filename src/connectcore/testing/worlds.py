"""Small networks for tests, with a clock that moves only when it is told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Generic, final

from attrs import field, frozen

from connectcore.members import Member
from connectcore.moments import moment
from connectcore.network import ActingMember, Network, Visitor
from connectcore.profiles import ContactDetails, Name, Position, Profile, ProfileT
from connectcore.settings import Settings
from connectcore.storage import Store

__all__ = ["NOON", "Clock", "World", "person", "position_of", "profile_of"]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""What a new clock shows."""


@final
class Clock:
    """Shows `now`, which is noon of a day in March until somebody moves it.

    >>> from connectcore import Network
    >>> clock = Clock()
    >>> network = Network(clock=clock)
    >>> clock.forward(days=1).isoformat()
    '2026-03-03T12:00:00+00:00'
    """

    def __init__(self, now: datetime = NOON) -> None:
        self.now: datetime = moment(now)

    def __call__(self) -> datetime:
        """The moment that it shows."""
        return self.now

    def forward(self, **duration: float) -> datetime:
        """Move on by a duration, named as `timedelta` names it, and give the moment."""
        self.now += timedelta(**duration)
        return self.now


@final
@frozen
class World(Generic[ProfileT]):
    """A network with its store and its clock; `world["ada"]` is Ada acting.

    `happened` is what was done in it before a test gets hold of it, for whoever reads of a failure.
    """

    network: Network[ProfileT] = field(repr=False)
    store: Store = field(repr=False)
    clock: Clock = field(repr=False)
    members: tuple[str, ...] = field(converter=tuple[str, ...])
    happened: tuple[object, ...] = ()

    def __getitem__(self, member: str) -> ActingMember[ProfileT]:
        return self.network.as_member(member)

    @property
    def visitor(self) -> Visitor[ProfileT]:
        """Somebody signed out."""
        return self.network.as_visitor()

    def connect(self, *pairs: tuple[str, str]) -> None:
        """Let the first of each pair invite the second, who accepts."""
        for inviter, invitee in pairs:
            self[inviter].invitations.send(invitee)
            self[invitee].invitations.accept(inviter)


def position_of(member: str) -> Position:
    """A job for somebody, in a company of their own."""
    return Position(title="Engineer", company=f"{member.title()} & Daughters")


def profile_of(member: str) -> Profile:
    """A profile for somebody with this id, in which no text could be that of another member."""
    return Profile(
        name=Name(member.title(), "Example"),
        headline=f"{member} the engineer",
        positions=(position_of(member),),
        skills=("Compilers",),
        about=f"{member} likes machines.",
        contact=ContactDetails(emails=(f"{member}@example.org",)),
    )


def person(member: str, *, settings: Settings = Settings()) -> Member[Profile]:
    """Somebody with this id, whose profile is made up of it."""
    return Member(member, profile_of(member), settings=settings)
