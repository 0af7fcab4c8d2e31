"""Small networks whose members are as alike as a test wants them, with ids that count."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import TypeAlias

from attrs import fields

from connectcore import (
    Audience,
    ConnectionRules,
    Contact,
    FeedPolicy,
    Happening,
    InMailPlan,
    MemoryStore,
    MessagePolicy,
    Name,
    Network,
    Profile,
    ReminderPolicy,
    Settings,
    VisibilityPolicy,
)
from connectcore.storage import Store
from connectcore.testing import Clock, person, position_of, profile_of
from connectcore.testing import World as GenericWorld
from connectcore.testing.worlds import NOON

__all__ = [
    "HIDDEN",
    "NOON",
    "OPEN",
    "PROFESSIONAL",
    "TWO_REMINDERS",
    "UNBOUNDED",
    "USUAL_FEED",
    "USUAL_MESSAGES",
    "USUAL_SETTINGS",
    "USUAL_VISIBILITY",
    "Clock",
    "World",
    "contact_of",
    "position_of",
    "profile_of",
    "world",
]

PROFESSIONAL = ConnectionRules.professional()
OPEN = ConnectionRules.open()
USUAL_SETTINGS = Settings()
USUAL_VISIBILITY = VisibilityPolicy()
USUAL_FEED = FeedPolicy()
USUAL_MESSAGES = MessagePolicy(plan=lambda _: InMailPlan(monthly=2, at_most=3))
"""Everybody has InMail, or what is said of it would be said of nobody."""

NO_REMINDERS = ReminderPolicy()
TWO_REMINDERS = ReminderPolicy(after=[timedelta(days=7), timedelta(days=21)])
"""An invited address is reminded after one week and after three."""

UNBOUNDED = VisibilityPolicy(bounds=())
"""A policy under which a member may hide everything, their name too."""

HIDDEN = {attribute.name: Audience.ONLY_ME for attribute in fields(Profile)}
"""The audiences of somebody who shows nothing to anybody."""


World: TypeAlias = GenericWorld[Profile]
"""A world of members who have no profile of the application's own."""


def contact_of(member: str, number: int = 1) -> Contact:
    """A contact of somebody, each of their own."""
    name = Name(f"Friend {number}", f"of {member}")
    return Contact(f"{number}", name=name, emails=(f"friend-{number}-of-{member}@example.com",))


def world(
    *members: str,
    connected: Iterable[tuple[str, str]] = (),
    settings: Settings = USUAL_SETTINGS,
    rules: ConnectionRules = PROFESSIONAL,
    visibility: VisibilityPolicy = USUAL_VISIBILITY,
    feed: FeedPolicy = USUAL_FEED,
    journal: Iterable[type[Happening]] = (),
    messages: MessagePolicy = USUAL_MESSAGES,
    reminders: ReminderPolicy = NO_REMINDERS,
    store: Store | None = None,
    first_id: int = 1,
) -> World:
    """A network that *members* have joined, all at noon and all with the same *settings*."""
    clock, ids, kept = Clock(), count(first_id), store or MemoryStore()
    network = Network(
        kept,
        rules=rules,
        visibility=visibility,
        feed=feed,
        journal=journal,
        messages=messages,
        reminders=reminders,
        clock=clock,
        new_id=lambda: f"id-{next(ids):04}",
    )
    for member in members:
        network.join(person(member, settings=settings))
    made = GenericWorld(network, kept, clock, members)
    made.connect(*connected)
    return made
