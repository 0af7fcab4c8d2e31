"""Decisions over one relationship: facts and a moment in, an event or a refusal out.

Each decision takes the exact state in which it is legal, so a type checker refuses to accept a
connection or to withdraw a block; `acts.decide` chooses among them for a relationship in any state.
Whether the actor is the one who may do it is part of the decision, and "not yours" reads like
"not there".
"""

from __future__ import annotations

from datetime import datetime

from connectcore.members import MemberId
from connectcore.proposals import Proposal
from connectcore.refusals import NO_INVITATION, Verdict
from connectcore.relationships import (
    Blocked,
    Connected,
    ConnectionRemoved,
    InvitationAccepted,
    InvitationExpired,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberUnblocked,
    Relationship,
    Strangers,
    after,
)
from connectcore.rulebook import ConnectionRules, tally, weigh

__all__ = [
    "accept",
    "block",
    "current",
    "expire",
    "ignore",
    "invite",
    "remove",
    "report",
    "unblock",
    "withdraw",
]


def invite(
    strangers: Strangers, proposal: Proposal, rules: ConnectionRules
) -> InvitationSent | Verdict:
    """Decide whether the actor may invite the other."""
    refusals = weigh(rules.inviting, proposal)
    if refusals:
        return Verdict(refusals, quotas=tally(rules.inviting, proposal))
    return InvitationSent(
        by=proposal.actor.id,
        to=proposal.to,
        at=proposal.at,
        note=proposal.note,
        acquaintance=proposal.acquaintance,
    )


def accept(
    invited: Invited, proposal: Proposal, rules: ConnectionRules
) -> InvitationAccepted | Verdict:
    """Decide whether the actor may accept; one set aside earlier may still be accepted."""
    if proposal.actor.id != invited.invitation.invitee:
        return Verdict((NO_INVITATION,))
    refusals = weigh(rules.accepting, proposal)
    if refusals:
        return Verdict(refusals, quotas=tally(rules.accepting, proposal))
    return InvitationAccepted(by=proposal.actor.id, to=proposal.to, at=proposal.at)


def ignore(invited: Invited, *, by: MemberId, at: datetime) -> InvitationIgnored | Verdict | None:
    """Decide to put an invitation aside; `None` if it is aside already."""
    if by != invited.invitation.invitee:
        return Verdict((NO_INVITATION,))
    if invited.set_aside is not None:
        return None
    return InvitationIgnored(by=by, to=invited.invitation.inviter, at=at)


def report(invited: Invited, *, by: MemberId, at: datetime) -> InvitationReported | Verdict | None:
    """Decide to report not to know the inviter; `None` if they were reported for it already."""
    if by != invited.invitation.invitee:
        return Verdict((NO_INVITATION,))
    if isinstance(invited.set_aside, InvitationReported):
        return None
    return InvitationReported(by=by, to=invited.invitation.inviter, at=at)


def withdraw(invited: Invited, *, by: MemberId, at: datetime) -> InvitationWithdrawn | Verdict:
    """Decide to take an invitation back."""
    if by != invited.invitation.inviter:
        return Verdict((NO_INVITATION,))
    return InvitationWithdrawn(by=by, to=invited.invitation.invitee, at=at)


def expire(invited: Invited, *, at: datetime, rules: ConnectionRules) -> InvitationExpired | None:
    """Decide whether an invitation has grown too old by *at*."""
    invitation = invited.invitation
    expiry = rules.expiring_at(invitation)
    if expiry is None or at < expiry:
        return None
    return InvitationExpired(by=invitation.inviter, to=invitation.invitee, at=expiry)


def current(relationship: Relationship, *, at: datetime, rules: ConnectionRules) -> Relationship:
    """The *relationship* as it is at a moment: an invitation that grew too old is gone by itself."""
    match relationship:
        case Invited():
            expired = expire(relationship, at=at, rules=rules)
            return relationship if expired is None else after(relationship, expired)
        case Strangers() | Connected() | Blocked():
            return relationship


def remove(connected: Connected, *, by: MemberId, to: MemberId, at: datetime) -> ConnectionRemoved:
    """Decide to end a connection, which either of the two may."""
    return ConnectionRemoved(by=by, to=to, at=at)


def block(
    relationship: Relationship, proposal: Proposal, rules: ConnectionRules
) -> MemberBlocked | Verdict | None:
    """Decide to block the other, whatever the two are to each other; `None` if it is done."""
    if isinstance(relationship, Blocked) and proposal.actor.id in relationship.by:
        return None
    refusals = weigh(rules.blocking, proposal)
    if refusals:
        return Verdict(refusals, quotas=tally(rules.blocking, proposal))
    return MemberBlocked(by=proposal.actor.id, to=proposal.to, at=proposal.at)


def unblock(
    blocked: Blocked, *, by: MemberId, to: MemberId, at: datetime
) -> MemberUnblocked | None:
    """Decide to lift the actor's own block; `None` if they have none."""
    return MemberUnblocked(by=by, to=to, at=at) if by in blocked.by else None
