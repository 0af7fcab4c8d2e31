"""The table of acts: what somebody may do to somebody else, in whatever state the two are."""

from __future__ import annotations

from enum import Enum
from typing import final

from connectcore.invitations import (
    accept,
    block,
    current,
    ignore,
    invite,
    remove,
    report,
    unblock,
    withdraw,
)
from connectcore.proposals import Proposal
from connectcore.refusals import (
    ALREADY_CONNECTED,
    BLOCKED_BY_THEM,
    NO_INVITATION,
    NOBODY_THERE,
    NOT_CONNECTED,
    ONESELF,
    YOU_BLOCKED,
    Verdict,
)
from connectcore.relationships import (
    Blocked,
    Connected,
    ConnectionRemoved,
    InvitationAccepted,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberFollowed,
    MemberUnfollowed,
    PairEvent,
    Strangers,
)
from connectcore.rulebook import ConnectionRules, tally

__all__ = ["Act", "decide", "foresee"]


@final
class Act(Enum):
    """What one member does that changes what they and another are to each other."""

    SEND = "send"
    ACCEPT = "accept"
    IGNORE = "ignore"
    REPORT = "report"
    WITHDRAW = "withdraw"
    REMOVE = "remove"
    BLOCK = "block"
    UNBLOCK = "unblock"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"


def decide(act: Act, proposal: Proposal, rules: ConnectionRules) -> PairEvent | Verdict | None:
    """Decide *act*: the event that happens, a verdict that refuses, or `None` if it is done already.

    Anybody may be blocked, whether or not they are there: a refusal would tell the two apart.
    For every other act, somebody who blocked the actor and somebody who is not there are the same.
    What two members have begun either may end, also with one who meanwhile shows them nothing.
    """
    state = current(proposal.relationship, at=proposal.at, rules=rules)
    by, to, at = proposal.actor.id, proposal.to, proposal.at
    if by == to:
        return Verdict((ONESELF,))
    match act, state:
        case Act.BLOCK, _:
            return block(state, proposal, rules)
        case Act.UNBLOCK, Blocked():
            return unblock(state, by=by, to=to, at=at)
        case Act.UNBLOCK, Strangers() | Invited() | Connected():
            return None
        case _, Blocked() if by in state.by:
            return Verdict((YOU_BLOCKED,))
        case _, Blocked():
            return Verdict((BLOCKED_BY_THEM,))
        case _, Strangers() if proposal.other is None and not _unfollows(act, proposal, state):
            return Verdict((NOBODY_THERE,))
        case Act.FOLLOW | Act.UNFOLLOW, Strangers() | Invited() | Connected():
            return _follow(act, proposal, state)
        case _, Strangers():
            return _between_strangers(act, proposal, state, rules)
        case _, Invited():
            return _while_invited(act, proposal, state, rules)
        case _, Connected():
            return _between_connections(act, proposal, state)


def foresee(act: Act, proposal: Proposal, rules: ConnectionRules) -> Verdict:
    """What `decide` comes to as a verdict with its true causes, its cautions and what is left."""
    match decide(act, proposal, rules):
        case Verdict() as verdict:
            return verdict
        case InvitationSent():
            cautions = rules.cautions_about(proposal)
            return Verdict(cautions=cautions, quotas=tally(rules.inviting, proposal))
        case InvitationAccepted():
            return Verdict(quotas=tally(rules.accepting, proposal))
        case MemberBlocked():
            return Verdict(quotas=tally(rules.blocking, proposal))
        case _:
            return Verdict()


def _between_strangers(
    act: Act, proposal: Proposal, strangers: Strangers, rules: ConnectionRules
) -> PairEvent | Verdict | None:
    by, to = proposal.actor.id, proposal.to
    match act:
        case Act.SEND:
            return invite(strangers, proposal, rules)
        case Act.WITHDRAW if strangers.past.last(InvitationWithdrawn, by):
            return None
        case Act.REMOVE:
            removed = (strangers.past.last(ConnectionRemoved, member) for member in (by, to))
            return None if any(removed) else Verdict((NOT_CONNECTED,))
        case _:
            return Verdict((NO_INVITATION,))


def _while_invited(
    act: Act, proposal: Proposal, invited: Invited, rules: ConnectionRules
) -> PairEvent | Verdict | None:
    by, at = proposal.actor.id, proposal.at
    match act:
        case Act.SEND if by == invited.invitation.inviter:
            return None
        case Act.SEND | Act.ACCEPT:
            return accept(invited, proposal, rules)
        case Act.IGNORE:
            return ignore(invited, by=by, at=at)
        case Act.REPORT:
            return report(invited, by=by, at=at)
        case Act.WITHDRAW:
            return withdraw(invited, by=by, at=at)
        case _:
            return Verdict((NOT_CONNECTED,))


def _between_connections(
    act: Act, proposal: Proposal, connected: Connected
) -> PairEvent | Verdict | None:
    match act:
        case Act.ACCEPT:
            return None
        case Act.REMOVE:
            return remove(connected, by=proposal.actor.id, to=proposal.to, at=proposal.at)
        case Act.SEND:
            return Verdict((ALREADY_CONNECTED,))
        case _:
            return Verdict((NO_INVITATION,))


def _unfollows(act: Act, proposal: Proposal, state: Strangers) -> bool:
    return act is Act.UNFOLLOW and proposal.actor.id in state.follows


def _follow(
    act: Act, proposal: Proposal, state: Strangers | Invited | Connected
) -> PairEvent | None:
    by, to, at = proposal.actor.id, proposal.to, proposal.at
    follows = by in state.follows
    if act is Act.FOLLOW:
        return None if follows else MemberFollowed(by=by, to=to, at=at)
    return MemberUnfollowed(by=by, to=to, at=at) if follows else None
