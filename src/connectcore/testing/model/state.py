"""Everything that is remembered of a network, and what members may learn of it.

Every question is answered the slow and obvious way, from sets and dicts.
It knows the default visibility only, and that every member shows their name to all members.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TypeAlias

from attrs import define, field, fields, frozen

from connectcore.audiences import Audience
from connectcore.channels import Channel
from connectcore.posts import Reaction
from connectcore.profiles import Profile
from connectcore.settings import Settings

__all__ = [
    "FIELDS",
    "LIMITS",
    "Endorsement",
    "EndorsementRequest",
    "Gone",
    "Mail",
    "Message",
    "MessageRequest",
    "Model",
    "Notice",
    "Pair",
    "PositionName",
    "Recommendation",
    "RecommendationRequest",
    "Stopped",
    "Vouched",
    "Waiting",
    "ghost",
]

Pair: TypeAlias = tuple[str, str]
"""Who, and towards whom."""

Vouched: TypeAlias = tuple[str, str, str]
"""Whose skill, who vouches for it, and the plain form of its name."""

PositionName: TypeAlias = tuple[str, str]
"""A title and a company."""

FIELDS = tuple(attribute.name for attribute in fields(Profile))
CONNECTIONS_ONLY = {"about", "contact", "birthday"}
"""The fields that are shown to connections where nothing else was chosen; members see the rest."""


class Gone(Exception):
    """Blocked, hidden or never there."""


class Stopped(Exception):
    """Refused for a single reason, by its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@frozen
class Limits:
    """The numbers of the rules under test, small enough to be met."""

    note: int = 10
    notes: int = 1
    sent: int = 3
    pending: int = 2
    connections: int = 3
    reports: int = 2
    blocks: int = 2
    cooling: timedelta = timedelta(weeks=3)
    reblock: timedelta = timedelta(hours=48)
    expiry: timedelta = timedelta(days=60)
    skills: int = 3
    skill: int = 10
    recommendation: int = 20
    asking: int = 10
    message: int = 20
    subject: int = 5
    inmail: int = 10
    requests: int = 2
    credits: int = 1
    gathered: int = 2
    month: timedelta = timedelta(days=30)
    answered: timedelta = timedelta(days=90)
    reminded: tuple[timedelta, ...] = (timedelta(days=7), timedelta(days=21))


LIMITS = Limits()


@define
class Endorsement:
    """What somebody vouched for, where it stands with its owner, and since when it shows."""

    skill: str
    at: datetime
    standing: str
    shown: datetime | None = None


@define
class EndorsementRequest:
    """A wish for an endorsement; whoever was asked still sees it while it is `open`."""

    skill: str
    at: datetime
    open: bool = True


@define
class Recommendation:
    """What `author` wrote about `subject`."""

    author: str
    subject: str
    position: PositionName
    text: str
    at: datetime
    standing: str = "waiting"
    replaces: str | None = None
    shown: datetime | None = None


@define
class RecommendationRequest:
    """`by` asks `of` to write, or to write anew what it `revises`."""

    by: str
    of: str
    position: PositionName
    at: datetime
    revises: str | None = None
    open: bool = True


@define
class Message:
    """What `sender` wrote, and who of the two has it."""

    sender: str
    to: str
    text: str
    at: datetime
    holders: set[str]


@define
class MessageRequest:
    """The last thing that somebody asked another with, and whether it lies before them still."""

    message: Message
    inmail: bool
    status: str = "waiting"
    ended: datetime | None = None
    open: bool = True


@define
class Notice:
    """When something was told, and whether that was in the application."""

    at: datetime
    listed: bool


@define(eq=False)
class Mail:
    """What goes out together `to` somebody: what is `about` one kind, or a digest."""

    to: str
    about: str


@define(eq=False)
class Waiting:
    """A notice that waits to be pushed, or `due_at` a moment to be mailed in some `way`."""

    told: tuple[str, str, str, str]
    notice: Notice
    way: Channel
    due_at: datetime
    mail: Mail | None = None


@define
class Model:
    """Everything that is remembered of a network."""

    now: datetime
    joined: dict[str, datetime] = field(factory=dict[str, datetime])
    profiles: dict[str, Profile] = field(factory=dict[str, Profile])
    settings: dict[str, Settings] = field(factory=dict[str, Settings])
    changes: list[tuple[str, datetime, tuple[str, ...]]] = field(
        factory=list[tuple[str, datetime, tuple[str, ...]]]
    )
    invited: dict[Pair, datetime] = field(factory=dict[Pair, datetime])
    aside: dict[Pair, str] = field(factory=dict[Pair, str])
    connected: dict[frozenset[str], datetime] = field(factory=dict[frozenset[str], datetime])
    blocked: dict[Pair, datetime] = field(factory=dict[Pair, datetime])
    follows: set[Pair] = field(factory=set[Pair])
    mutes: dict[Pair, datetime | None] = field(factory=dict[Pair, datetime | None])
    last: dict[tuple[str, str, str], datetime] = field(factory=dict[tuple[str, str, str], datetime])
    sent: list[tuple[str, datetime, bool]] = field(factory=list[tuple[str, datetime, bool]])
    reports: Counter[str] = field(factory=Counter[str])
    holders: dict[str, tuple[str, datetime]] = field(factory=dict[str, tuple[str, datetime]])
    turned_away: set[Pair] = field(factory=set[Pair])
    contacts: dict[Pair, tuple[datetime, str]] = field(factory=dict[Pair, tuple[datetime, str]])
    posts: dict[str, tuple[str, datetime, Audience]] = field(
        factory=dict[str, tuple[str, datetime, Audience]]
    )
    comments: dict[str, tuple[str, str, datetime, str | None]] = field(
        factory=dict[str, tuple[str, str, datetime, str | None]]
    )
    reactions: dict[Pair, tuple[Reaction, datetime]] = field(
        factory=dict[Pair, tuple[Reaction, datetime]]
    )
    endorsed: dict[Vouched, Endorsement] = field(factory=dict[Vouched, Endorsement])
    set_aside: dict[Vouched, str] = field(factory=dict[Vouched, str])
    endorsements_asked: dict[Vouched, EndorsementRequest] = field(
        factory=dict[Vouched, EndorsementRequest]
    )
    recommended: dict[str, Recommendation] = field(factory=dict[str, Recommendation])
    recommendations_asked: dict[str, RecommendationRequest] = field(
        factory=dict[str, RecommendationRequest]
    )
    messages: dict[str, Message] = field(factory=dict[str, Message])
    unread: Counter[Pair] = field(factory=Counter[Pair])
    requests: dict[Pair, MessageRequest] = field(factory=dict[Pair, MessageRequest])
    correspondents: set[Pair] = field(factory=set[Pair])
    requested: list[tuple[str, datetime]] = field(factory=list[tuple[str, datetime]])
    credited: list[tuple[str, datetime, int]] = field(factory=list[tuple[str, datetime, int]])
    notices: dict[tuple[str, str, str, str], Notice] = field(
        factory=dict[tuple[str, str, str, str], Notice]
    )
    seen: dict[str, datetime] = field(factory=dict[str, datetime])
    pushes: list[Waiting] = field(factory=list[Waiting])
    mailings: list[Waiting] = field(factory=list[Waiting])
    unreminded: set[Pair] = field(factory=set[Pair])
    talks: dict[Pair, tuple[datetime, frozenset[str]]] = field(
        factory=dict[Pair, tuple[datetime, frozenset[str]]]
    )

    # Who may act, and on whom.

    def act(self, by: str) -> None:
        """Stop somebody who has not joined."""
        if by not in self.joined:
            raise Stopped(code="unknown")

    def meet(self, by: str, to: str) -> None:
        """Stop an act with oneself, with whom one blocked, and with who is not there."""
        self.act(by)
        if by == to:
            raise Stopped(code="oneself")
        if (by, to) in self.blocked:
            raise Stopped(code="you_blocked")
        if not self.sees(by, to):
            raise Gone

    def require_connection(self, by: str, to: str) -> None:
        """Stop an act that only connections do."""
        self.meet(by, to)
        if not self.are_connected(by, to):
            raise Stopped(code="not_connected")

    # Who sees whom, and how far they are.

    def sees(self, viewer: str | None, other: str) -> bool:
        """Whether *other* is there for a member, or for a visitor, who is no member."""
        if viewer is None:
            return other in self.joined and any(self.reads(None, other, name) for name in FIELDS)
        if viewer not in self.joined or other not in self.joined:
            return False
        return (viewer, other) not in self.blocked and (other, viewer) not in self.blocked

    def require(self, viewer: str | None, other: str) -> None:
        """Stop whoever looks at somebody who is not there for them."""
        if not self.sees(viewer, other):
            raise Gone

    def are_connected(self, one: str, other: str) -> bool:
        """Whether the two are connected."""
        return frozenset((one, other)) in self.connected

    def connections(self, member: str) -> set[str]:
        """Everybody connected with *member*."""
        return {other for other in self.joined if self.are_connected(member, other)}

    def degree(self, viewer: str, other: str) -> int:
        """How far *other* is, by walking on from everybody who may be walked through."""
        if viewer == other:
            return 0
        if self.are_connected(viewer, other):
            return 1
        through = {
            member
            for member in self.joined
            if self.sees(viewer, member) and self.sees(other, member) and not self.keeps(member)
        }
        reached = {viewer}
        for far in (2, 3):
            reached = {
                member for one in reached for member in self.connections(one) if member in through
            }
            if other in through and reached & self.connections(other):
                return far
        return 4

    def keeps(self, member: str) -> bool:
        """Whether *member* keeps their list of connections to themselves."""
        return self.settings[member].connections is Audience.ONLY_ME

    def admits(self, owner: str, audience: Audience, viewer: str | None) -> bool:
        """Whether *viewer* is in an audience around *owner*."""
        if viewer is None:
            return audience is Audience.EVERYONE and owner in self.joined
        if not self.sees(viewer, owner):
            return False
        return audience >= Audience.MEMBERS or self.degree(viewer, owner) <= audience

    def audience(self, owner: str, name: str) -> Audience:
        """Who may read a section of *owner*, or a field of their profile."""
        if name in FIELDS:
            usual = Audience.CONNECTIONS if name in CONNECTIONS_ONLY else Audience.MEMBERS
            return dict(self.settings[owner].audiences).get(name, usual)
        audience: Audience = getattr(self.settings[owner], name)
        return audience

    def reads(self, viewer: str | None, owner: str, name: str) -> bool:
        """Whether *viewer* may read a section of *owner*, or a field of their profile."""
        return self.admits(owner, self.audience(owner, name), viewer)

    def reads_post(self, viewer: str | None, post: str) -> bool:
        """Whether *viewer* may read a post."""
        if post not in self.posts:
            return False
        author, _, audience = self.posts[post]
        return self.admits(author, audience, viewer)

    def may_know(self, viewer: str | None, one: str, other: str) -> bool:
        """Whether *viewer* may learn that the two are connected."""
        if not (self.sees(viewer, one) and self.sees(viewer, other)):
            return False
        if viewer in {one, other}:
            return True
        if self.keeps(one) or self.keeps(other):
            return False
        return self.reads(viewer, one, "connections") or self.reads(viewer, other, "connections")

    def listed(self, viewer: str | None, owner: str) -> set[str]:
        """Whom *viewer* finds in the list of *owner*."""
        opened = self.reads(viewer, owner, "connections")
        return {
            member
            for member in self.connections(owner)
            if self.may_know(viewer, owner, member)
            and (opened or (viewer is not None and self.are_connected(viewer, member)))
        }

    def mutual(self, viewer: str, other: str) -> set[str]:
        """The connections that the two share, as far as *viewer* may know."""
        shared = self.connections(viewer) & self.connections(other)
        return {member for member in shared if self.may_know(viewer, member, other)}


def ghost(member: str) -> str:
    """What stands in the place of somebody who was erased, in the blocks of them that are kept."""
    return f"the ghost of {member}"
