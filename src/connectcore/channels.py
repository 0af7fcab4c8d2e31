"""Notices by kind and channel: what a member can be told, and by which ways they want it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeAlias, final

from attrs import field, frozen

from connectcore.choices import check_choice
from connectcore.errors import InvalidValue

__all__ = ["Channel", "NoticeKind", "NoticePreferences"]


@final
class NoticeKind(Enum):
    """What somebody can be told of.

    There is none for an ignored, reported or withdrawn invitation, a removed connection or a block:
    nobody is ever told of those.
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


@final
class Channel(Enum):
    """A way in which a notice reaches somebody; they may choose several, or none.

    LinkedIn's words of 2010 to 2016 were individual e-mail, daily or weekly digest, and no e-mail.
    """

    IN_APP = "in_app"
    EMAIL = "email"
    DAILY_DIGEST = "daily_digest"
    WEEKLY_DIGEST = "weekly_digest"


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
    chosen = dict(channels)
    for kind, ways in chosen.items():
        check_choice("kind", kind, NoticeKind)
        if isinstance(ways, Channel):
            message = f"{ways} is one channel; give a collection, such as {{{ways}}}"
            raise InvalidValue(message)
        for way in ways:
            check_choice("channel", way, Channel)
    return tuple(
        sorted(
            ((kind, frozenset(ways)) for kind, ways in chosen.items()),
            key=lambda entry: entry[0].value,
        )
    )


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
        mail = set(unwanted) or set(Channel) - {Channel.IN_APP}
        return NoticePreferences(channels={**dict(self.channels), kind: self.of(kind) - mail})
