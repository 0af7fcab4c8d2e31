"""Small networks for tests, with a clock that moves only when it is told to and ids that count."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import final

from attrs import field, fields, frozen

from connectcore import (
    ActingMember,
    Audience,
    ConnectionRules,
    Contact,
    ContactDetails,
    FeedPolicy,
    Happening,
    InMailPlan,
    Member,
    MemoryStore,
    MessagePolicy,
    Name,
    Network,
    Position,
    Profile,
    Settings,
    VisibilityPolicy,
    Visitor,
)
from connectcore.storage import Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

PROFESSIONAL = ConnectionRules.professional()
OPEN = ConnectionRules.open()
USUAL_SETTINGS = Settings()
USUAL_VISIBILITY = VisibilityPolicy()
USUAL_FEED = FeedPolicy()
USUAL_MESSAGES = MessagePolicy(plan=lambda _: InMailPlan(monthly=2, at_most=3))
"""Everybody has InMail, or what is said of it would be said of nobody."""

UNBOUNDED = VisibilityPolicy(bounds=())
"""A policy under which a member may hide everything, their name too."""

HIDDEN = {attribute.name: Audience.ONLY_ME for attribute in fields(Profile)}
"""The audiences of somebody who shows nothing to anybody."""


@final
class Clock:
    """Shows `now`, which is noon until somebody moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """The moment that it shows."""
        return self.now

    def forward(self, **duration: float) -> datetime:
        """Move on by a duration, named as `timedelta` names it, and give the moment."""
        self.now += timedelta(**duration)
        return self.now


@final
@frozen
class World:
    """A network with its store and its clock; `world["ada"]` is Ada acting."""

    network: Network[Profile]
    store: Store
    clock: Clock
    members: tuple[str, ...] = field(converter=tuple[str, ...])

    def __getitem__(self, member: str) -> ActingMember[Profile]:
        return self.network.as_member(member)

    @property
    def visitor(self) -> Visitor[Profile]:
        """Somebody signed out."""
        return self.network.as_visitor()

    def connect(self, *pairs: tuple[str, str]) -> None:
        """Let the first of each pair invite the second, who accepts."""
        for inviter, invitee in pairs:
            self[inviter].invitations.send(invitee)
            self[invitee].invitations.accept(inviter)


def position_of(member: str) -> Position:
    """The job that somebody has, each in a company of their own."""
    return Position(title="Engineer", company=f"{member.title()} & Daughters")


def contact_of(member: str, number: int = 1) -> Contact:
    """A contact of somebody, each of their own."""
    name = Name(f"Friend {number}", f"of {member}")
    return Contact(f"{number}", name=name, emails=(f"friend-{number}-of-{member}@example.com",))


def profile_of(member: str) -> Profile:
    """A profile in which every field is filled, or its blank could pass for its content."""
    return Profile(
        name=Name(member.title(), "Example"),
        headline=f"{member} the engineer",
        positions=(position_of(member),),
        skills=("Compilers",),
        about=f"{member} likes machines.",
        contact=ContactDetails(emails=(f"{member}@example.org",)),
    )


def world(
    *members: str,
    connected: Iterable[tuple[str, str]] = (),
    settings: Settings = USUAL_SETTINGS,
    rules: ConnectionRules = PROFESSIONAL,
    visibility: VisibilityPolicy = USUAL_VISIBILITY,
    feed: FeedPolicy = USUAL_FEED,
    journal: Iterable[type[Happening]] = (),
    messages: MessagePolicy = USUAL_MESSAGES,
    store: Store | None = None,
) -> World:
    """A network that *members* have joined, all at noon and all with the same *settings*."""
    clock, ids, kept = Clock(), count(1), store or MemoryStore()
    network = Network(
        kept,
        rules=rules,
        visibility=visibility,
        feed=feed,
        journal=journal,
        messages=messages,
        clock=clock,
        new_id=lambda: f"id-{next(ids):04}",
    )
    for member in members:
        network.join(Member(member, profile_of(member), settings=settings))
    made = World(network, kept, clock, members)
    made.connect(*connected)
    return made
