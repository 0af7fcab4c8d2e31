"""The stock rules, each a value whose numbers are fields.

The numbers are LinkedIn's where it publishes or is seen to keep one; each docstring names its
source, and an application may choose others or add rules of its own.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import final

from attrs import field, frozen

from connectcore.choices import not_negative
from connectcore.moments import waiting_time
from connectcore.profiles import companies_of, schools_of
from connectcore.proposals import Proposal
from connectcore.refusals import (
    EMAIL_NEEDED,
    INVITATIONS_CLOSED,
    NOT_ACCEPTING,
    Caution,
    Quota,
    Refusal,
    too_long,
)
from connectcore.relationships import (
    Acquaintance,
    ConnectionRemoved,
    InvitationIgnored,
    InvitationReported,
    InvitationWithdrawn,
    MemberUnblocked,
    PairEvent,
)
from connectcore.settings import WhoMayInvite
from connectcore.windows import MONTH, WEEK, frees, left_in, within

__all__ = [
    "BlocksAtMost",
    "ConnectionsAtMost",
    "CoolingOff",
    "EmailAfterReports",
    "NoteAtMost",
    "NotesPerMonth",
    "PendingAtMost",
    "ReblockAfter",
    "SentPerWeek",
    "caution_strangers",
    "invitee_chooses",
]

_NEVER = datetime.max.replace(tzinfo=UTC)

_NO_ACQUAINTANCE = (None, Acquaintance.OTHER)


# ── Who may invite whom, and with what ──────────────────────────────────────────────────────────


def invitee_chooses(proposal: Proposal) -> Refusal | None:
    """Refuse an invitation that the invitee's own setting does not admit.

    LinkedIn's setting "who can send you invitations" (help pages a_id/70, a1339473).
    """
    if proposal.other is None:
        return None
    match proposal.other.settings.who_may_invite:
        case WhoMayInvite.ANYONE:
            return None
        case WhoMayInvite.KNOWS_EMAIL:
            return None if proposal.knows_email else EMAIL_NEEDED
        case _:  # nobody, or a word that a store has kept wrong
            return INVITATIONS_CLOSED


@final
@frozen
class EmailAfterReports:
    """After so many reports a sender must know the e-mail address of whom they invite.

    Five is the figure repeated since 2008 (linkedin.pbworks.com/AccountRestriction); the sender is
    not told the count, which would betray a report.
    """

    reports: int = field(default=5, validator=not_negative)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        count = proposal.standing.reports
        if count < self.reports or proposal.knows_email:
            return None
        return Refusal(
            code="reported_often",
            message="The sender was reported as unknown too often to invite without an address.",
            limit=self.reports,
            count=count,
            shown_as=EMAIL_NEEDED,
        )


@final
@frozen
class NoteAtMost:
    """A note may have so many characters, counted as Unicode code points, spaces included.

    300 on LinkedIn, 200 for basic members (linkedhelper.com, 2019-2024).
    """

    characters: int = field(default=300, validator=not_negative)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        return too_long("note_too_long", "A note", proposal.note, self.characters)


@final
@frozen
class NotesPerMonth:
    """So many invitations with a note in any 30 days; those without one are not counted.

    Five for LinkedIn's basic members (help page a550555; another source says three).
    """

    notes: int = field(default=5, validator=not_negative)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        if not proposal.note:
            return None
        counted = within(proposal.standing.noted, MONTH, proposal.at)
        if len(counted) < self.notes:
            return None
        return Refusal(
            code="notes_per_month",
            message=f"{self.notes:,} invitations a month may carry a note; send this one without.",
            limit=self.notes,
            count=len(counted),
            possible_at=frees(counted, self.notes, MONTH),
        )

    def quota(self, proposal: Proposal) -> Quota:
        counted = within(proposal.standing.noted, MONTH, proposal.at)
        return left_in("notes_per_month", counted, self.notes, MONTH)


@final
@frozen
class SentPerWeek:
    """So many invitations in any 168 hours, whatever became of them.

    About 100 on LinkedIn since 2021, which publishes no figure (theumg.io); withdrawing gives
    nothing back (help page a551012).
    """

    invitations: int = field(default=100, validator=not_negative)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        counted = within(proposal.standing.sent, WEEK, proposal.at)
        if len(counted) < self.invitations:
            return None
        return Refusal(
            code="sent_per_week",
            message=f"{self.invitations:,} invitations a week may be sent.",
            limit=self.invitations,
            count=len(counted),
            possible_at=frees(counted, self.invitations, WEEK),
        )

    def quota(self, proposal: Proposal) -> Quota:
        counted = within(proposal.standing.sent, WEEK, proposal.at)
        return left_in("sent_per_week", counted, self.invitations, WEEK)


@final
@frozen
class PendingAtMost:
    """So many invitations may wait for an answer at once.

    3,000 is LinkedIn's legacy allotment; it publishes no figure (theundercoverrecruiter.com).
    """

    invitations: int = field(default=3000, validator=not_negative)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        count = proposal.standing.pending
        if count < self.invitations:
            return None
        return Refusal(
            code="pending_invitations",
            message=f"{self.invitations:,} invitations may be pending; withdraw one first.",
            limit=self.invitations,
            count=count,
        )

    def quota(self, proposal: Proposal) -> Quota:
        used = proposal.standing.pending
        return Quota(code="pending_invitations", limit=self.invitations, used=used)


@final
@frozen
class ConnectionsAtMost:
    """So many connections at either end; the other's count is not told.

    30,000 on LinkedIn, where the next one may only follow (help page a551012).
    """

    connections: int = field(default=30_000, validator=not_negative)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        if proposal.standing.connections >= self.connections:
            return Refusal(
                code="connections",
                message=f"You may have {self.connections:,} connections; follow them instead.",
                limit=self.connections,
                count=proposal.standing.connections,
            )
        if proposal.other_standing.connections >= self.connections:
            return Refusal(
                code="connections_of_other",
                message="This member can have no more connections; follow them instead.",
            )
        return None

    def quota(self, proposal: Proposal) -> Quota:
        used = proposal.standing.connections
        return Quota(code="connections", limit=self.connections, used=used)


@final
@frozen(kw_only=True)
class CoolingOff:
    """How long somebody waits before they invite the same member again; `None` is for good.

    Withdrawing: three weeks (LinkedIn, a551012).
    Ignoring: none, since the same person may try again (a_id/1303).
    Reporting as unknown: for good (a_id/1303).
    Removing: for good, since only the member who removed a connection may renew it (a_id/49).
    The last three are the other one's doing, so the inviter is told no more than `NOT_ACCEPTING`.
    Of several the one that lasts longest is the cause.
    """

    withdrawing: timedelta | None = field(default=timedelta(weeks=3), validator=waiting_time)
    ignoring: timedelta | None = field(default=timedelta(0), validator=waiting_time)
    reporting: timedelta | None = field(default=None, validator=waiting_time)
    removing: timedelta | None = field(default=None, validator=waiting_time)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        past, to = proposal.relationship.past, proposal.to
        own = self._wait(
            "withdrawn",
            "You withdrew an invitation to this member.",
            past.last(InvitationWithdrawn, proposal.actor.id),
            self.withdrawing,
            proposal,
        )
        causes = (
            ("reported", "They reported an invitation.", InvitationReported, self.reporting),
            ("removed", "They removed the connection.", ConnectionRemoved, self.removing),
            ("ignored", "They ignored an invitation.", InvitationIgnored, self.ignoring),
        )
        theirs = (
            self._wait(code, message, past.last(kind, to), wait, proposal)
            for code, message, kind, wait in causes
        )
        waits = [refusal for refusal in (*theirs, own) if refusal is not None]
        longest = max(waits, key=_end, default=None)
        if longest is None or longest is own:
            return own
        return longest.hidden_as(own or NOT_ACCEPTING)

    @staticmethod
    def _wait(
        code: str,
        message: str,
        event: PairEvent | None,
        wait: timedelta | None,
        proposal: Proposal,
    ) -> Refusal | None:
        if event is None:
            return None
        possible_at = None if wait is None else event.at + wait
        if possible_at is not None and proposal.at >= possible_at:
            return None
        return Refusal(code=code, message=message, possible_at=possible_at)


def caution_strangers(proposal: Proposal) -> Caution | None:
    """Warn a sender who knows the other by nothing; LinkedIn asks to invite only people one knows.

    What counts: a stated acquaintance other than "other", a shared connection, a company or a
    school in both profiles as the sender sees them, compared without case.
    An e-mail address counts only where the invitee asks for one: elsewhere, a caution that a right
    guess makes disappear would tell that it is right.
    """
    other = proposal.other
    if other is None or proposal.shared or proposal.acquaintance not in _NO_ACQUAINTANCE:
        return None
    if proposal.knows_email and other.settings.who_may_invite is WhoMayInvite.KNOWS_EMAIL:
        return None
    own, theirs = proposal.actor.profile, other.profile
    if companies_of(own) & companies_of(theirs) or schools_of(own) & schools_of(theirs):
        return None
    return Caution(
        code="stranger",
        message="You seem not to know this member: no shared connection, company or school.",
    )


# ── Who may block ───────────────────────────────────────────────────────────────────────────────


@final
@frozen
class BlocksAtMost:
    """So many members may be blocked at once.

    1,000 on LinkedIn by recent pages, 50 in 2015 (maverrik.io; a_id/47081).
    """

    members: int = field(default=1000, validator=not_negative)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        count = proposal.standing.blocks
        if count < self.members:
            return None
        return Refusal(
            code="blocks",
            message=f"You may block {self.members:,} members; unblock one first.",
            limit=self.members,
            count=count,
        )

    def quota(self, proposal: Proposal) -> Quota:
        return Quota(code="blocks", limit=self.members, used=proposal.standing.blocks)


@final
@frozen
class ReblockAfter:
    """How long somebody who unblocked a member waits before they block them again.

    48 hours on LinkedIn (a_id/47081).
    """

    wait: timedelta = field(default=timedelta(hours=48), validator=waiting_time)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        unblocked = proposal.relationship.past.last(MemberUnblocked, proposal.actor.id)
        if unblocked is None or proposal.at >= unblocked.at + self.wait:
            return None
        return Refusal(
            code="unblocked_lately",
            message="You unblocked this member a short while ago.",
            possible_at=unblocked.at + self.wait,
        )


def _end(refusal: Refusal) -> datetime:
    """When a refusal passes; at the end of time, if waiting does not help."""
    return refusal.possible_at or _NEVER
