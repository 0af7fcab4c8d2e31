"""Notices: who is told what, what of it still holds, and the sentence it makes.

A notice is kept when something happens and judged when it is read: `holds` is the gate, and lists,
counts, summaries, mail and the journal all ask it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import final

from attrs import field, frozen

from connectcore.channels import Channel, Channels, NoticeKind, chosen
from connectcore.choices import one_of
from connectcore.invitations import current
from connectcore.members import MemberId, member_id
from connectcore.moments import moment
from connectcore.posts import Comment, CommentId, Post, PostId
from connectcore.profiles import Name
from connectcore.registers import Key, Register
from connectcore.relationships import Connected, Invited, Relationship
from connectcore.rulebook import ConnectionRules
from connectcore.texts import storable
from connectcore.visibility import Standpoint, view

__all__ = [
    "ABOUT_A_COMMENT",
    "ABOUT_A_POST",
    "NOTICES",
    "SEEN",
    "SEEN_KEY",
    "SOMEBODY",
    "Circumstances",
    "Notice",
    "NoticeGroup",
    "Seen",
    "collapse",
    "holds",
    "unseen",
]


@final
@frozen(kw_only=True)
class Notice:
    """Something that `to` is told: what `actor` did, and what it is `about`.

    `about` is the id of a post, a comment, a message or a recommendation, the name of a skill, or
    nothing.
    `channels` are the ways that `to` had chosen for the kind when it happened.
    """

    id: str = field(converter=storable)
    kind: NoticeKind = field(validator=one_of(NoticeKind))
    to: MemberId = field(converter=member_id)
    actor: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)
    about: str = field(default="", converter=storable, repr=False)
    channels: Channels = field(default=frozenset({Channel.IN_APP}), converter=chosen)

    @property
    def key(self) -> Key:
        """What tells it apart: the same act about the same thing is told once, the last time."""
        return (self.kind.value, self.actor, self.about)


NOTICES: Register[Notice] = Register(
    name="notices",
    holds=Notice,
    key=lambda notice: notice.key,
    at=lambda notice: notice.at,
    other=lambda notice: notice.actor,
)
"""What a member has been told."""


@final
@frozen(kw_only=True)
class Seen:
    """How far a member has seen their notices: up to one that was told at a moment, by its id.

    The id names nobody, so the mark outlasts whoever acted there.
    """

    at: datetime = field(converter=moment)
    notice: str = field(converter=storable)


SEEN_KEY: Key = ("seen",)
"""The key of the one mark that each member has."""

SEEN: Register[Seen] = Register(
    name="seen_notices", holds=Seen, key=lambda _: SEEN_KEY, at=lambda seen: seen.at
)
"""How far each member has seen their notices."""


def unseen(told: Sequence[Notice], seen: Seen | None) -> Sequence[Notice]:
    """Of what was *told*, newest first, all that is newer than what was *seen*.

    Where the notice seen last is gone, whatever was told at its moment counts as seen.
    """
    if seen is None:
        return told
    at_once = [notice for notice in told if notice.at == seen.at]
    ids = [notice.id for notice in at_once]
    newer = at_once[: ids.index(seen.notice)] if seen.notice in ids else []
    return [*(notice for notice in told if notice.at > seen.at), *newer]


# ── The gate ────────────────────────────────────────────────────────────────────────────────────

ABOUT_A_POST = frozenset({NoticeKind.POST_REACTED_TO})
"""The kinds that are about a post."""

ABOUT_A_COMMENT = frozenset(
    {
        NoticeKind.POST_COMMENTED_ON,
        NoticeKind.COMMENT_REPLIED_TO,
        NoticeKind.COMMENT_REACTED_TO,
    }
)
"""The kinds that are about a comment: the one that was written, or that was reacted to."""


@final
@frozen(kw_only=True)
class Circumstances:
    """All that decides at a moment whether notices still hold for the viewer of `standpoint`."""

    standpoint: Standpoint
    posts: Mapping[PostId, Post]
    comments: Mapping[CommentId, Comment]
    rules: ConnectionRules
    at: datetime
    arrived: Mapping[MemberId, MemberId] = field(factory=dict[MemberId, MemberId])
    """Whose invitation waits at an address of the viewer, and what that goes by."""

    def between(self, other: MemberId) -> Relationship:
        """What the viewer and *other* are to each other."""
        return current(self.standpoint.relationships[other], at=self.at, rules=self.rules)


def holds(notice: Notice, now: Circumstances) -> bool:
    """Whether whom a notice is to may still be told it.

    Not where the actor is not there for them, where what it is about is gone or closed to them, or
    where an invitation waits no longer.
    """
    if not now.standpoint.sees(notice.actor):
        return False
    match notice.kind:
        case NoticeKind.INVITATION_RECEIVED:
            if notice.to != now.standpoint.viewer:
                return now.arrived.get(notice.actor) == notice.to
            return _waits(now.between(notice.actor), notice.actor)
        case NoticeKind.INVITATION_ACCEPTED:
            return isinstance(now.between(notice.actor), Connected)
        case kind if kind in ABOUT_A_POST:
            return _may_read(PostId(notice.about), now)
        case kind if kind in ABOUT_A_COMMENT:
            comment = now.comments.get(CommentId(notice.about))
            return comment is not None and _may_read(comment.post, now)
        case _:
            return True


def _waits(state: Relationship, inviter: MemberId) -> bool:
    match state:
        case Invited(invitation=invitation, set_aside=None):
            return invitation.inviter == inviter
        case _:
            return False


def _may_read(post: PostId, now: Circumstances) -> bool:
    return post in now.posts and now.standpoint.may_read_post(now.posts[post])


# ── Several in one sentence ─────────────────────────────────────────────────────────────────────

SOMEBODY = "A member"
"""Who keeps even their name from the reader."""

_MANY: Mapping[NoticeKind, str] = {
    NoticeKind.INVITATION_RECEIVED: "You have {count} invitations",
    NoticeKind.MESSAGE_RECEIVED: "You have {count} new messages",
    NoticeKind.MESSAGE_REQUESTED: "You have {count} message requests",
    NoticeKind.RECOMMENDATION_ASKED: "You have {count} requests for a recommendation",
}
"""What several of a kind make where the number says more than the names."""

_SENTENCES: Mapping[NoticeKind, str] = {
    NoticeKind.INVITATION_RECEIVED: "{who} invited you to connect",
    NoticeKind.INVITATION_ACCEPTED: "{who} accepted your invitation",
    NoticeKind.MESSAGE_RECEIVED: "{who} wrote to you",
    NoticeKind.MESSAGE_REQUESTED: "{who} would like to write to you",
    NoticeKind.SKILL_ENDORSED: "{who} endorsed you for {about}",
    NoticeKind.ENDORSEMENT_ASKED: "{who} asked you to endorse them for {about}",
    NoticeKind.RECOMMENDATION_ASKED: "{who} asked you for a recommendation",
    NoticeKind.RECOMMENDATION_WRITTEN: "{who} wrote you a recommendation",
    NoticeKind.RECOMMENDATION_ACCEPTED: "{who} accepted your recommendation",
    NoticeKind.REVISION_ASKED: "{who} asked you to revise your recommendation",
    NoticeKind.POST_REACTED_TO: "{who} reacted to your post",
    NoticeKind.POST_COMMENTED_ON: "{who} commented on your post",
    NoticeKind.COMMENT_REPLIED_TO: "{who} replied to your comment",
    NoticeKind.COMMENT_REACTED_TO: "{who} reacted to your comment",
}


@final
@frozen(kw_only=True)
class NoticeGroup:
    """Alike notices as one: what kind, about what, by whom, how many, and when the newest was.

    `about` is the post, comment or skill that all are about, or nothing.
    `actors` are the members who acted, each once, newest first, and `names` theirs as the reader
    may see them.
    `str()` is a sentence in English; an application that speaks otherwise makes its own of the
    parts.

    >>> from datetime import UTC
    >>> str(
    ...     NoticeGroup(
    ...         kind=NoticeKind.POST_REACTED_TO,
    ...         about="post",
    ...         actors=("ada", "grace", "linus"),
    ...         names=(Name("Ada", "Lovelace"), Name("Grace"), Name("Linus")),
    ...         count=3,
    ...         at=datetime(2026, 3, 2, tzinfo=UTC),
    ...     )
    ... )
    'Ada Lovelace and 2 others reacted to your post'
    """

    kind: NoticeKind = field(validator=one_of(NoticeKind))
    about: str = field(converter=storable, repr=False)
    actors: tuple[MemberId, ...] = field(converter=tuple[MemberId, ...])
    names: tuple[Name, ...] = field(converter=tuple[Name, ...], repr=False)
    count: int
    at: datetime = field(converter=moment)

    def __str__(self) -> str:
        sentence = _SENTENCES[self.kind]
        if self.count > 1:
            sentence = _MANY.get(self.kind, sentence)
        return sentence.format(who=self._who(), about=self.about, count=self.count)

    def _who(self) -> str:
        first, *rest = (" ".join(str(name).split()) or SOMEBODY for name in self.names)
        match rest:
            case []:
                return first
            case [second]:
                return f"{first} and {second}"
            case _:
                return f"{first} and {len(rest)} others"


def collapse(notices: Iterable[Notice], now: Circumstances) -> tuple[NoticeGroup, ...]:
    """Put alike notices that hold *now* together; both given and made are newest first."""
    alike: dict[tuple[NoticeKind, str], list[Notice]] = {}
    for notice in notices:
        alike.setdefault((notice.kind, _subject(notice, now)), []).append(notice)
    return tuple(_group(about, found, now) for (_, about), found in alike.items())


def _subject(notice: Notice, now: Circumstances) -> str:
    """What alike notices are all about."""
    match notice.kind:
        case NoticeKind.POST_COMMENTED_ON:
            return now.comments[CommentId(notice.about)].post
        case NoticeKind.COMMENT_REPLIED_TO:
            return now.comments[CommentId(notice.about)].reply_to or ""
        case (
            NoticeKind.POST_REACTED_TO
            | NoticeKind.COMMENT_REACTED_TO
            | NoticeKind.SKILL_ENDORSED
            | NoticeKind.ENDORSEMENT_ASKED
        ):
            return notice.about
        case _:
            return ""


def _group(about: str, notices: list[Notice], now: Circumstances) -> NoticeGroup:
    actors = tuple(dict.fromkeys(notice.actor for notice in notices))
    return NoticeGroup(
        kind=notices[0].kind,
        about=about,
        actors=actors,
        names=tuple(_name(actor, now.standpoint) for actor in actors),
        count=len(notices),
        at=notices[0].at,
    )


def _name(member: MemberId, where: Standpoint) -> Name:
    return view(where.members[member], where.circles[member], where.policy).profile.name
