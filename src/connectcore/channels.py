"""Notices by kind and channel: what a member can be told, and by which ways they want it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from enum import Enum
from typing import TypeAlias, cast, final

from attrs import field, frozen

from connectcore.choices import check_choice, mapping_of
from connectcore.errors import InvalidValue

__all__ = [
    "Channel",
    "Channels",
    "NoticeKind",
    "NoticePreferences",
    "Subscription",
    "chosen",
    "mailed_by",
    "subscription_to",
]


@final
class NoticeKind(Enum):
    """What somebody can be told of.

    There is none for an ignored, reported, withdrawn or expired invitation, a removed connection,
    an unfollow or a block: nobody is ever told of those.
    """

    INVITATION_RECEIVED = "invitation_received"
    INVITATION_ACCEPTED = "invitation_accepted"
    MESSAGE_RECEIVED = "message_received"
    MESSAGE_REQUESTED = "message_requested"
    SKILL_ENDORSED = "skill_endorsed"
    ENDORSEMENT_ASKED = "endorsement_asked"
    RECOMMENDATION_ASKED = "recommendation_asked"
    RECOMMENDATION_WRITTEN = "recommendation_written"
    RECOMMENDATION_ACCEPTED = "recommendation_accepted"
    REVISION_ASKED = "revision_asked"
    POST_REACTED_TO = "post_reacted_to"
    POST_COMMENTED_ON = "post_commented_on"
    COMMENT_REPLIED_TO = "comment_replied_to"
    COMMENT_REACTED_TO = "comment_reacted_to"


@final
class Channel(Enum):
    """A way in which a notice reaches somebody; they may choose several, or none.

    LinkedIn's words of 2010 to 2016 were individual e-mail, daily or weekly digest, and no e-mail.
    """

    IN_APP = "in_app"
    EMAIL = "email"
    DAILY_DIGEST = "daily_digest"
    WEEKLY_DIGEST = "weekly_digest"

    def due_at(self, at: datetime) -> datetime:
        """When something that happened *at* a moment goes out this way.

        A daily digest goes out at the midnight after it, a weekly one at the midnight that begins
        the next Monday, both in UTC; everything else at once.

        >>> from datetime import UTC
        >>> Channel.WEEKLY_DIGEST.due_at(datetime(2026, 3, 4, 9, tzinfo=UTC)).isoformat()
        '2026-03-09T00:00:00+00:00'
        """
        match self:
            case Channel.IN_APP | Channel.EMAIL:
                return at
            case Channel.DAILY_DIGEST:
                return _midnight(at, days=1)
            case Channel.WEEKLY_DIGEST:
                return _midnight(at, days=7 - at.weekday())


def _midnight(at: datetime, *, days: int) -> datetime:
    return datetime.combine(at.date() + timedelta(days=days), time(), tzinfo=at.tzinfo)


_MAIL = (Channel.EMAIL, Channel.DAILY_DIGEST, Channel.WEEKLY_DIGEST)
"""The ways that send mail, the soonest first."""


def mailed_by(channels: Iterable[Channel]) -> Channel | None:
    """The way in which something is mailed: the soonest of *channels*, or `None` for no mail.

    Whoever chooses several is mailed once; a digest holds what was not mailed before.
    """
    return next((channel for channel in _MAIL if channel in set(channels)), None)


Subscription: TypeAlias = NoticeKind | Channel
"""What mail can be unsubscribed from: what comes at once of a kind, or a digest."""


def subscription_to(kind: NoticeKind, channel: Channel) -> Subscription:
    """By which subscription something of a *kind* is mailed that goes out by a *channel*."""
    return kind if channel is Channel.EMAIL else channel


_IN_APP = frozenset({Channel.IN_APP})
_BY_MAIL_TOO = _IN_APP | {Channel.EMAIL}

_USUAL: Mapping[NoticeKind, frozenset[Channel]] = {
    NoticeKind.INVITATION_RECEIVED: _BY_MAIL_TOO,
    NoticeKind.INVITATION_ACCEPTED: _BY_MAIL_TOO,
    NoticeKind.MESSAGE_RECEIVED: _BY_MAIL_TOO,
    NoticeKind.MESSAGE_REQUESTED: _BY_MAIL_TOO,
    NoticeKind.RECOMMENDATION_ASKED: _BY_MAIL_TOO,
    NoticeKind.RECOMMENDATION_WRITTEN: _BY_MAIL_TOO,
    NoticeKind.REVISION_ASKED: _BY_MAIL_TOO,
}
"""Where nothing else is said: what waits for an answer comes by mail too, the rest in the
application alone."""

Channels: TypeAlias = frozenset[Channel]


def _sorted_channels(
    channels: Mapping[NoticeKind, Iterable[Channel]]
    | Iterable[tuple[NoticeKind, Iterable[Channel]]],
) -> tuple[tuple[NoticeKind, Channels], ...]:
    named = mapping_of(
        channels, "channels are a mapping from a NoticeKind to a collection of channels"
    )
    for kind in named:
        check_choice("kind", kind, NoticeKind)
    return tuple(
        sorted(
            ((kind, chosen(ways)) for kind, ways in named.items()),
            key=lambda entry: entry[0].value,
        )
    )


def chosen(ways: Iterable[Channel]) -> Channels:
    """Give *ways* as a set; raise `InvalidValue` for what is no collection of channels."""
    if isinstance(cast("object", ways), Channel):
        message = f"{ways} is one channel; give a collection, such as {{{ways}}}"
        raise InvalidValue(message)
    try:
        given = frozenset(ways)
    except TypeError:
        message = f"a collection of channels is needed, not a {type(ways).__name__}"
        raise InvalidValue(message) from None
    for way in given:
        check_choice("channel", way, Channel)
    return given


@final
@frozen(kw_only=True)
class NoticePreferences:
    """By which channels a member wants to be told, kind by kind; no channel is no notice.

    A kind that is not named has its usual channels: what waits for an answer comes by e-mail too,
    everything else in the application alone.

    >>> quiet = NoticePreferences(channels={NoticeKind.MESSAGE_RECEIVED: {Channel.DAILY_DIGEST}})
    >>> quiet.of(NoticeKind.MESSAGE_RECEIVED)
    frozenset({<Channel.DAILY_DIGEST: 'daily_digest'>})
    """

    channels: tuple[tuple[NoticeKind, Channels], ...] = field(
        default=(), converter=_sorted_channels
    )

    def of(self, kind: NoticeKind) -> frozenset[Channel]:
        """The channels for one kind."""
        return dict(self.channels).get(kind, _USUAL.get(kind, _IN_APP))

    def without(self, kind: NoticeKind, *unwanted: Channel) -> NoticePreferences:
        """These preferences, less some channels for a *kind*; less all that send mail, if none is named."""
        given_up = set(unwanted or _MAIL)
        return NoticePreferences(channels={**dict(self.channels), kind: self.of(kind) - given_up})

    def unsubscribed(self, subscription: Subscription) -> NoticePreferences:
        """These preferences, less all mail of a kind, or less a digest of whatever kinds."""
        match subscription:
            case NoticeKind():
                return self.without(subscription)
            case Channel():
                left = self
                for kind in NoticeKind:
                    if subscription in self.of(kind):
                        left = left.without(kind, subscription)
                return left
