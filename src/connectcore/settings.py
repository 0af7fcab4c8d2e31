"""What a member decides about themselves: who sees what, who may invite, what the feed shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import final

from attrs import field, frozen

from connectcore.audiences import SECTIONS, Audience
from connectcore.channels import NoticePreferences
from connectcore.choices import instance_of, mapping_of, one_of
from connectcore.errors import InvalidValue
from connectcore.texts import storable, texts

__all__ = ["FeedOrder", "FeedPreferences", "Settings", "WhoMayInvite", "WhoMayWrite"]


@final
class WhoMayInvite(Enum):
    """From whom a member takes invitations."""

    ANYONE = "anyone"
    KNOWS_EMAIL = "knows_email"
    NOBODY = "nobody"


@final
class WhoMayWrite(Enum):
    """From whom a member takes messages, besides their connections.

    LinkedIn's connections may always write (help page a1339473): only a block keeps them from it.
    `REQUESTS` takes message requests and paid messages of others, and `ANYONE` is an open profile,
    to which every member writes freely.
    """

    CONNECTIONS = "connections"
    REQUESTS = "requests"
    ANYONE = "anyone"


@final
class FeedOrder(Enum):
    """How a feed is ordered: the newest first, or what matters most first."""

    RECENT = "recent"
    TOP = "top"


def _kinds(names: Iterable[str]) -> frozenset[str]:
    if isinstance(names, str):
        message = f"{names!r} is one text; give a collection of kinds, such as {{{names!r}}}"
        raise InvalidValue(message)
    return frozenset(texts(names))


@final
@frozen(kw_only=True)
class FeedPreferences:
    """What a reader wants of their feed: its order, and the kinds of activity it leaves out."""

    order: FeedOrder = field(default=FeedOrder.RECENT, validator=one_of(FeedOrder))
    hidden_kinds: frozenset[str] = field(default=frozenset(), converter=_kinds)


def _sorted_audiences(
    audiences: Mapping[str, Audience] | Iterable[tuple[str, Audience]],
) -> tuple[tuple[str, Audience], ...]:
    named = mapping_of(audiences, "audiences are a mapping from the name of a field to an Audience")
    return tuple(sorted((storable(name), audience) for name, audience in named.items()))


@final
@frozen(kw_only=True)
class Settings:
    """A member's choices, with the defaults of LinkedIn where it has one.

    `audiences` overrides the audience of single profile fields.
    `full_name` is the circle that sees the whole name; everybody beyond it sees an initial.
    `connections` is the circle that may browse the list of connections, `activities` the circle
    that may read updates which have no audience of their own.
    Kinds of activity in `unshared_kinds` are never shown to anybody.
    `posts` is the audience of a post that names none.
    `endorsements` and `recommendations` are the circles that see these sections; `ONLY_ME` switches
    a section off, and then nobody can add to it.
    `who_may_invite` is from whom invitations are taken, `who_may_write` from whom messages are
    besides connections.
    `feed` is what the member wants to read, `notices` by which channels they are told of what.
    """

    audiences: tuple[tuple[str, Audience], ...] = field(default=(), converter=_sorted_audiences)
    full_name: Audience = SECTIONS["full_name"]
    connections: Audience = SECTIONS["connections"]
    activities: Audience = SECTIONS["activities"]
    posts: Audience = SECTIONS["posts"]
    endorsements: Audience = SECTIONS["endorsements"]
    recommendations: Audience = SECTIONS["recommendations"]
    who_may_invite: WhoMayInvite = field(
        default=WhoMayInvite.ANYONE, validator=one_of(WhoMayInvite)
    )
    who_may_write: WhoMayWrite = field(default=WhoMayWrite.REQUESTS, validator=one_of(WhoMayWrite))
    unshared_kinds: frozenset[str] = field(default=frozenset(), converter=_kinds)
    feed: FeedPreferences = field(default=FeedPreferences(), validator=instance_of(FeedPreferences))
    notices: NoticePreferences = field(
        default=NoticePreferences(), validator=instance_of(NoticePreferences)
    )

    def chosen_audience(self, name: str) -> Audience | None:
        """The audience the member chose for a profile field, or `None` if they chose none."""
        return dict(self.audiences).get(name)
