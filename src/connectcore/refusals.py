"""Why something is refused, and how much of the reason the actor is told.

A refusal has two faces.
Rules state the *true* cause; `Verdict.disclosed` turns it into what the actor may know.
"Blocked you", "never existed", "erased" and "hidden" all become `UNAVAILABLE`, and a report, a
removal or a setting all become `NOT_ACCEPTING`, so that no "no" betrays what another member did.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self, final

from attrs import evolve, field, frozen

__all__ = [
    "ACCEPTED_ALREADY",
    "ALREADY_CONNECTED",
    "ALREADY_ENDORSED",
    "ALREADY_RECOMMENDED",
    "ALREADY_WRITTEN",
    "BLOCKED_BY_THEM",
    "EMAIL_NEEDED",
    "ENDORSEMENTS_OFF",
    "INVITATIONS_CLOSED",
    "MESSAGES_CLOSED",
    "NOBODY_THERE",
    "NOT_ACCEPTED",
    "NOT_ACCEPTING",
    "NOT_CONNECTED",
    "NOT_OPEN",
    "NOT_TAKING_MESSAGES",
    "NO_ENDORSEMENT",
    "NO_INMAIL",
    "NO_INVITATION",
    "NO_REQUEST",
    "NO_SUCH_POSITION",
    "ONESELF",
    "OPEN_ALREADY",
    "OWN_ENDORSEMENTS_OFF",
    "OWN_RECOMMENDATIONS_OFF",
    "POSITION_NOT_LISTED",
    "RECOMMENDATIONS_OFF",
    "REQUEST_WAITS",
    "SHOWS_NOTHING",
    "SKILL_NOT_LISTED",
    "UNAVAILABLE",
    "YOU_BLOCKED",
    "Caution",
    "Quota",
    "Refusal",
    "Verdict",
    "too_long",
]


@final
@frozen(kw_only=True)
class Refusal:
    """One reason why an act is refused.

    `code` is stable and meant for programs, `message` is a sentence for a person.
    A refusal by a limit carries the `limit` and the `count` that met it.
    `possible_at` is the earliest moment at which this reason alone would no longer refuse; `None`
    means that waiting does not help.
    `shown_as` is what the actor is told in place of a cause that is not theirs to know.
    """

    code: str
    message: str
    limit: int | None = None
    count: int | None = None
    possible_at: datetime | None = None
    shown_as: Refusal | None = None

    @property
    def disclosed(self) -> Refusal:
        """The face of this refusal that the actor may see."""
        return self if self.shown_as is None else self.shown_as

    def hidden_as(self, public: Refusal) -> Refusal:
        """This refusal, with *public* as all that the actor is told of it."""
        return evolve(self, shown_as=public)

    def __str__(self) -> str:
        when = f" Possible from {self.possible_at:%Y-%m-%d %H:%M} UTC." if self.possible_at else ""
        return self.message + when


@final
@frozen(kw_only=True)
class Caution:
    """Something the actor should think about; unlike a refusal it stops nothing."""

    code: str
    message: str

    def __str__(self) -> str:
        return self.message


@final
@frozen(kw_only=True)
class Quota:
    """How much of a limit the actor has used.

    `code` is that of the refusal which the limit leads to.
    `frees_at` is when the next place becomes free by itself; `None` means that waiting frees none.

    >>> Quota(code="sent_per_week", limit=100, used=97).left
    3
    """

    code: str
    limit: int
    used: int
    frees_at: datetime | None = None

    @property
    def left(self) -> int:
        """How many more the limit lets pass; none where more were used than it allows."""
        return max(self.limit - self.used, 0)

    def __str__(self) -> str:
        when = f", the next from {self.frees_at:%Y-%m-%d %H:%M} UTC" if self.frees_at else ""
        return f"{self.code}: {self.left:,} of {self.limit:,} left{when}"


@final
@frozen
class Verdict:
    """What all rules together say about an act: every refusal, every caution, and what is left.

    `quotas` are the actor's own counts under each limit that was asked, whether or not it refuses;
    there is none of what somebody else has used.

    >>> Verdict().allowed
    True
    >>> Verdict((ONESELF,)).allowed
    False
    """

    refusals: tuple[Refusal, ...] = ()
    cautions: tuple[Caution, ...] = field(default=(), kw_only=True)
    quotas: tuple[Quota, ...] = field(default=(), kw_only=True)

    @property
    def allowed(self) -> bool:
        """Whether nothing refuses."""
        return not self.refusals

    @property
    def possible_at(self) -> datetime | None:
        """When every refusal will have passed by waiting alone, or `None` if that never happens."""
        moments = [refusal.possible_at for refusal in self.refusals]
        known = [moment for moment in moments if moment is not None]
        return max(known) if known and len(known) == len(moments) else None

    def disclosed(self) -> Self:
        """The verdict as the actor may know it.

        Where anything makes the other member unavailable, that is all that is said: a limit or a
        quota beside it would tell that somebody is there.
        """
        shown = tuple(dict.fromkeys(refusal.disclosed for refusal in self.refusals))
        if UNAVAILABLE in shown:
            return evolve(self, refusals=(UNAVAILABLE,), cautions=(), quotas=())
        return evolve(self, refusals=shown)


def too_long(code: str, what: str, text: str, characters: int) -> Refusal | None:
    """Refuse *text*, which is *what*, where it has more than so many Unicode code points.

    >>> str(too_long("note_too_long", "A note", "?" * 1200, 300))
    'A note may have 300 characters; this one has 1,200.'
    """
    count = len(text)
    if count <= characters:
        return None
    return Refusal(
        code=code,
        message=f"{what} may have {characters:,} characters; this one has {count:,}.",
        limit=characters,
        count=count,
    )


UNAVAILABLE = Refusal(
    code="unavailable",
    message="There is no such member or item, or it is not available to you.",
)
"""The one answer for blocked, hidden, erased and never existed."""

NOT_ACCEPTING = Refusal(
    code="not_accepting",
    message="This member does not accept an invitation from you.",
)
"""The one answer for a setting, a report, a removal and everything else the other one chose."""

BLOCKED_BY_THEM = Refusal(
    code="blocked_by_them", message="They blocked the actor.", shown_as=UNAVAILABLE
)
NOBODY_THERE = Refusal(
    code="nobody_there",
    message="Nobody with this id has joined, or they show the actor nothing.",
    shown_as=UNAVAILABLE,
)
SHOWS_NOTHING = Refusal(
    code="shows_nothing",
    message="They joined, and show the actor nothing.",
    shown_as=UNAVAILABLE,
)
INVITATIONS_CLOSED = Refusal(
    code="invitations_closed", message="They take no invitations.", shown_as=NOT_ACCEPTING
)

ONESELF = Refusal(code="oneself", message="This needs another member, not yourself.")
YOU_BLOCKED = Refusal(code="you_blocked", message="You blocked this member; unblock them first.")
ALREADY_CONNECTED = Refusal(code="already_connected", message="You two are connected already.")
NOT_CONNECTED = Refusal(code="not_connected", message="You two are not connected.")
NO_INVITATION = Refusal(
    code="no_invitation",
    message="There is no invitation between you two that you could answer or take back.",
)
EMAIL_NEEDED = Refusal(
    code="email_needed",
    message="To invite this member, give an e-mail address of theirs that you know.",
)
"""The one answer where an address is asked for: by the other's setting, or after reports."""

# What members write to each other.

NOT_TAKING_MESSAGES = Refusal(
    code="not_taking_messages", message="This member does not take a message from you."
)
"""The one answer for a setting and everything else the other one chose."""

MESSAGES_CLOSED = Refusal(
    code="messages_closed",
    message="They take messages of their connections alone.",
    shown_as=NOT_TAKING_MESSAGES,
)
NOT_OPEN = Refusal(
    code="not_open",
    message="You cannot write to this member freely; send a message request or an InMail.",
)
OPEN_ALREADY = Refusal(
    code="open_already", message="You may write to this member freely; send a message."
)
REQUEST_WAITS = Refusal(
    code="request_waits", message="What you wrote to this member waits for an answer."
)
NO_REQUEST = Refusal(
    code="no_request",
    message="There is no message request between you two that you could answer or take back.",
)
NO_INMAIL = Refusal(code="no_inmail", message="You have no plan with InMail.")

# What connections say of each other.

ACCEPTED_ALREADY = Refusal(
    code="accepted_already", message="You accepted this; hide it, and nobody sees it."
)
NOT_ACCEPTED = Refusal(code="not_accepted", message="You have not accepted this; accept it first.")
ENDORSEMENTS_OFF = Refusal(
    code="endorsements_off",
    message="They keep their endorsements to themselves.",
    shown_as=Refusal(
        code="not_accepting", message="This member does not accept an endorsement from you."
    ),
)
OWN_ENDORSEMENTS_OFF = Refusal(
    code="own_endorsements_off",
    message="You keep your endorsements to yourself; show them to your connections first.",
)
ALREADY_ENDORSED = Refusal(
    code="already_endorsed", message="This member endorsed you for this skill already."
)
SKILL_NOT_LISTED = Refusal(
    code="skill_not_listed", message="List this skill on your profile before you ask for it."
)
NO_ENDORSEMENT = Refusal(
    code="no_endorsement", message="There is no endorsement of this skill by this member."
)
RECOMMENDATIONS_OFF = Refusal(
    code="recommendations_off",
    message="They keep their recommendations to themselves.",
    shown_as=Refusal(
        code="not_accepting", message="This member does not accept a recommendation from you."
    ),
)
OWN_RECOMMENDATIONS_OFF = Refusal(
    code="own_recommendations_off",
    message="You keep your recommendations to yourself; show them to your connections first.",
)
NO_SUCH_POSITION = Refusal(
    code="no_such_position", message="This member shows you no such position."
)
POSITION_NOT_LISTED = Refusal(
    code="position_not_listed",
    message="Add this position to your profile before you ask for a recommendation.",
)
ALREADY_WRITTEN = Refusal(
    code="already_written",
    message="You recommended this member for this position already; revise or withdraw that.",
)
ALREADY_RECOMMENDED = Refusal(
    code="already_recommended",
    message="This member recommended you for this position already; ask them to revise that.",
)
