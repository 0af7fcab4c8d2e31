"""Writing to somebody: decisions over what there is between two, and what comes of them.

Each is a pure function of a `MessageProposal`: a verdict that refuses, what became of a request, or
`None` where it is done already.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import final

from attrs import evolve, frozen

from connectcore.correspondence import MessagePolicy, MessageProposal
from connectcore.inmail import InMailBalance, InMailPlan, current, given_back, next_grant_at, spent
from connectcore.messages import MessageRequest, MessageStanding, MessageWay, RequestStatus
from connectcore.refusals import (
    BLOCKED_BY_THEM,
    MESSAGES_CLOSED,
    NO_INMAIL,
    NO_REQUEST,
    NOBODY_THERE,
    NOT_OPEN,
    ONESELF,
    OPEN_ALREADY,
    REQUEST_WAITS,
    YOU_BLOCKED,
    Quota,
    Refusal,
    Verdict,
    too_long,
)
from connectcore.relationships import Blocked, Connected
from connectcore.rulebook import weigh
from connectcore.settings import WhoMayWrite
from connectcore.windows import WEEK, frees, left_in, within

__all__ = [
    "MessageAllowance",
    "accept",
    "after_answer",
    "after_asking",
    "allowance",
    "answered",
    "decline",
    "may_answer",
    "weigh_message",
    "withdraw",
]


# ── Whether somebody may write ──────────────────────────────────────────────────────────────────


def weigh_message(proposal: MessageProposal, policy: MessagePolicy) -> Verdict:
    """Decide whether the actor may write what they propose: every reason against it.

    Of a request it also says how many more may be sent.
    Somebody who blocked the actor and somebody who is not there are the same.
    """
    barred = _barred(proposal)
    if barred is not None:
        return Verdict((barred,))
    if proposal.way is not MessageWay.FREELY and _is_free(proposal):
        return Verdict((OPEN_ALREADY,))
    return Verdict(
        (*_by_way(proposal, policy), *weigh(policy.writing, proposal)),
        quotas=tuple(_quotas(proposal, policy)),
    )


def _barred(proposal: MessageProposal) -> Refusal | None:
    """What refuses everything between the two, whatever else there is."""
    actor, relationship = proposal.actor.id, proposal.relationship
    if actor == proposal.to:
        return ONESELF
    if isinstance(relationship, Blocked):
        return YOU_BLOCKED if actor in relationship.by else BLOCKED_BY_THEM
    return NOBODY_THERE if proposal.other is None else None


def _by_way(proposal: MessageProposal, policy: MessagePolicy) -> Iterator[Refusal]:
    match proposal.way:
        case MessageWay.FREELY:
            if not _is_free(proposal):
                yield NOT_OPEN
            yield from _too_long("message", proposal.text, policy.length)
        case MessageWay.REQUEST:
            yield from _unasked(proposal)
            yield from _too_often(proposal, policy)
            yield from _too_soon(proposal, policy)
            yield from weigh(policy.requesting, proposal)
            yield from _too_long("message", proposal.text, policy.length)
        case MessageWay.INMAIL:
            yield from _unasked(proposal)
            yield from _without_credit(proposal)
            yield from _too_long("subject", proposal.subject, policy.inmail_subject)
            yield from _too_long("message", proposal.text, policy.inmail_body)


def _is_free(proposal: MessageProposal) -> bool:
    return (
        isinstance(proposal.relationship, Connected)
        or proposal.is_correspondent
        or answered(proposal) is not None
        or _takes(proposal) is WhoMayWrite.ANYONE
    )


def _takes(proposal: MessageProposal) -> WhoMayWrite | None:
    return None if proposal.other is None else proposal.other.settings.who_may_write


def _unasked(proposal: MessageProposal) -> Iterator[Refusal]:
    """Why somebody may not ask at all, whether by a request or by an InMail."""
    if _takes(proposal) is not WhoMayWrite.REQUESTS:
        yield MESSAGES_CLOSED  # also for a word that a store has kept wrong
    if proposal.sent is not None and proposal.sent.waits:
        yield REQUEST_WAITS


def _quotas(proposal: MessageProposal, policy: MessagePolicy) -> Iterator[Quota]:
    limit, counted = policy.requests_a_week, _requested(proposal.standing, proposal.at)
    if proposal.way is MessageWay.REQUEST and limit is not None:
        yield left_in("requests_a_week", counted, limit, WEEK)


def _too_often(proposal: MessageProposal, policy: MessagePolicy) -> Iterator[Refusal]:
    limit, counted = policy.requests_a_week, _requested(proposal.standing, proposal.at)
    if limit is not None and len(counted) >= limit:
        yield Refusal(
            code="requests_a_week",
            message=f"{limit:,} message requests a week may be sent.",
            limit=limit,
            count=len(counted),
            possible_at=frees(counted, limit, WEEK),
        )


def _too_soon(proposal: MessageProposal, policy: MessagePolicy) -> Iterator[Refusal]:
    sent = proposal.sent
    if sent is None or sent.status is not RequestStatus.WITHDRAWN or sent.ended_at is None:
        return
    possible_at = sent.ended_at + policy.request_again_after
    if proposal.at < possible_at:
        yield Refusal(
            code="request_withdrawn",
            message="You withdrew a message request to this member.",
            possible_at=possible_at,
        )


def _without_credit(proposal: MessageProposal) -> Iterator[Refusal]:
    plan = proposal.plan
    if plan is None:
        yield NO_INMAIL
        return
    balance = current(_balance(proposal.standing), at=proposal.at, plan=plan)
    if not balance.credits:
        yield Refusal(
            code="inmail_credits",
            message="You have no InMail credit left.",
            possible_at=next_grant_at(balance, plan=plan),
        )


def _too_long(part: str, text: str, characters: int) -> Iterator[Refusal]:
    refusal = too_long(f"{part}_too_long", f"A {part}", text, characters)
    if refusal is not None:
        yield refusal


# ── What comes of it ────────────────────────────────────────────────────────────────────────────


def answered(proposal: MessageProposal) -> MessageRequest | None:
    """The request or InMail of the other that the actor answers by writing to them."""
    received = proposal.received
    return received if received is not None and received.waits else None


def may_answer(proposal: MessageProposal) -> bool:
    """Whether the other may write freely from now on, since the actor wrote to them freely.

    Between connections a message opens nothing that lasts longer than the connection.
    """
    return not isinstance(proposal.relationship, Connected)


def accept(proposal: MessageProposal) -> MessageRequest | Verdict | None:
    """Decide to accept what waits, also if it was declined before; `None` if it is done."""
    return _answer(proposal, RequestStatus.ACCEPTED)


def decline(proposal: MessageProposal) -> MessageRequest | Verdict | None:
    """Decide to decline what waits, and give it as its sender sees it then; `None` if it is done.

    A request goes on waiting for its sender; an InMail is told to be declined, by the credit.
    """
    decided = _answer(proposal, RequestStatus.DECLINED)
    silent = isinstance(decided, MessageRequest) and decided.way is MessageWay.REQUEST
    return proposal.received if silent else decided


def _answer(proposal: MessageProposal, status: RequestStatus) -> MessageRequest | Verdict | None:
    barred, received = _barred(proposal), proposal.received
    if barred is not None:
        return Verdict((barred,))
    if received is None:
        return Verdict((NO_REQUEST,))
    if received.status is status:
        return None
    return received.ended(status, at=proposal.at) if received.waits else Verdict((NO_REQUEST,))


def withdraw(proposal: MessageProposal) -> MessageRequest | Verdict | None:
    """Decide to take a request back; `None` if it is done. An InMail stands."""
    barred, sent = _barred(proposal), proposal.sent
    if barred is not None:
        return Verdict((barred,))
    if sent is not None and sent.status is RequestStatus.WITHDRAWN:
        return None
    if sent is None or not sent.waits or sent.way is not MessageWay.REQUEST:
        return Verdict((NO_REQUEST,))
    return sent.ended(RequestStatus.WITHDRAWN, at=proposal.at)


# ── What is counted ─────────────────────────────────────────────────────────────────────────────


@final
@frozen(kw_only=True)
class MessageAllowance:
    """What a member may still send to those to whom they cannot write freely.

    `credits` are for InMail, with the moment of the next grant, if there is one; `requests` may
    be sent now, and `None` is any number.
    """

    credits: int = 0
    next_grant_at: datetime | None = None
    requests: int | None = None


def allowance(
    standing: MessageStanding | None,
    *,
    at: datetime,
    plan: InMailPlan | None,
    policy: MessagePolicy,
) -> MessageAllowance:
    """What is left of the limits at a moment."""
    limit = policy.requests_a_week
    requests = None if limit is None else max(0, limit - len(_requested(standing, at)))
    if plan is None:
        return MessageAllowance(requests=requests)
    balance = current(_balance(standing), at=at, plan=plan)
    return MessageAllowance(
        credits=balance.credits,
        next_grant_at=next_grant_at(balance, plan=plan),
        requests=requests,
    )


def after_asking(proposal: MessageProposal) -> MessageStanding:
    """The standing of the actor after a request or an InMail that `weigh_message` allowed."""
    balance, requested = _balance(proposal.standing), _requested(proposal.standing, proposal.at)
    if proposal.way is MessageWay.INMAIL and proposal.plan is not None:
        balance = spent(current(balance, at=proposal.at, plan=proposal.plan))
    else:
        requested = tuple(sorted((*requested, proposal.at)))
    return MessageStanding(at=proposal.at, balance=balance, requested=requested)


def after_answer(
    standing: MessageStanding | None,
    request: MessageRequest,
    *,
    at: datetime,
    plan: InMailPlan | None,
    policy: MessagePolicy,
) -> MessageStanding | None:
    """The standing of whoever sent *request* with the credit that an answer gives back.

    `None` if it gives back nothing: it was no InMail, the answer came late, or the sender has no
    plan any more.
    """
    in_time = at <= request.at + policy.answered_within
    if request.way is not MessageWay.INMAIL or plan is None or not in_time:
        return None
    balance = given_back(current(_balance(standing), at=at, plan=plan), plan=plan)
    return evolve(standing or MessageStanding(at=at), at=at, balance=balance)


def _balance(standing: MessageStanding | None) -> InMailBalance | None:
    return None if standing is None else standing.balance


def _requested(standing: MessageStanding | None, at: datetime) -> tuple[datetime, ...]:
    return () if standing is None else tuple(within(standing.requested, WEEK, at))
