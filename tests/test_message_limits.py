"""Limits of messages: how long, how often, by what credit, and what is counted for the next time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from connectcore import (
    NOT_TAKING_MESSAGES,
    InMailBalance,
    InMailPlan,
    Member,
    MessageAllowance,
    MessagePolicy,
    MessageProposal,
    MessageRequest,
    MessageRule,
    MessageStanding,
    MessageWay,
    Quota,
    Refusal,
    RequestStatus,
    Settings,
    Verdict,
    WhoMayWrite,
)
from connectcore.windows import MONTH, WEEK
from connectcore.writing import after_answer, after_asking, allowance, may_answer, weigh_message
from tests.between import ADA, GRACE, SITUATIONS
from tests.worlds import NOON, profile_of

FREELY, REQUEST, INMAIL = MessageWay
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
PLAN = InMailPlan(monthly=1, at_most=2)
POLICY = MessagePolicy(requesting=(), requests_a_week=2, length=8, inmail_subject=4, inmail_body=6)
ONE_LEFT = InMailBalance(credits=1, granted_at=NOON - 10 * DAY)
NONE_LEFT = evolve(ONE_LEFT, credits=0)
ASKED = MessageRequest(id="1", way=REQUEST, sender=ADA, to=GRACE, at=NOON - 30 * DAY, text="Hi")
AGAIN_AT = NOON - 5 * DAY + POLICY.request_again_after


CLOSED = Member(GRACE, profile_of(GRACE), settings=Settings(who_may_write=WhoMayWrite.CONNECTIONS))


def requested(*days: int, **more: Any) -> MessageStanding:
    """Somebody who asked some days ago."""
    moments = tuple(NOON - ago * DAY for ago in days)
    return MessageStanding(at=NOON - DAY, requested=moments, **more)


def proposal(way: MessageWay, **facts: Any) -> MessageProposal:
    """What Ada proposes to Grace at noon; if freely, she may."""
    known: dict[str, Any] = {"is_correspondent": way is FREELY, "plan": PLAN, **facts}
    return MessageProposal(
        actor=Member(ADA, profile_of(ADA)),
        to=GRACE,
        other=known.pop("other", Member(GRACE, profile_of(GRACE))),
        at=known.pop("at", NOON),
        way=way,
        **known,
    )


def too_long(part: str, limit: int, count: int) -> Refusal:
    """What refuses a text that is too long."""
    return Refusal(
        code=f"{part}_too_long",
        message=f"A {part} may have {limit:,} characters; this one has {count:,}.",
        limit=limit,
        count=count,
    )


TOO_OFTEN = Refusal(
    code="requests_a_week",
    message="2 message requests a week may be sent.",
    limit=2,
    count=2,
    possible_at=NOON - 3 * DAY + WEEK,
)
TOO_SOON = Refusal(
    code="request_withdrawn",
    message="You withdrew a message request to this member.",
    possible_at=AGAIN_AT,
)
NO_CREDIT = Refusal(
    code="inmail_credits",
    message="You have no InMail credit left.",
    possible_at=NOON - 10 * DAY + MONTH,
)
TAKEN_BACK = ASKED.ended(RequestStatus.WITHDRAWN, at=NOON - 5 * DAY)

LIMITS: Mapping[str, tuple[MessageProposal, Refusal | None]] = {
    "a message": (proposal(FREELY, text="x" * 8), None),
    "a long message": (proposal(FREELY, text="x" * 9), too_long("message", 8, 9)),
    "a request": (proposal(REQUEST, text="x" * 8), None),
    "a long request": (proposal(REQUEST, text="x" * 9), too_long("message", 8, 9)),
    "an InMail": (proposal(INMAIL, text="x" * 6, subject="x" * 4), None),
    "a long InMail": (proposal(INMAIL, text="x" * 7), too_long("message", 6, 7)),
    "a long subject": (proposal(INMAIL, subject="x" * 1234), too_long("subject", 4, 1234)),
    "one in this week": (proposal(REQUEST, standing=requested(8, 7, 2)), None),
    "two in this week": (proposal(REQUEST, standing=requested(8, 3, 2)), TOO_OFTEN),
    "two, and one more by InMail": (proposal(INMAIL, standing=requested(3, 2)), None),
    "taken back": (proposal(REQUEST, sent=TAKEN_BACK), TOO_SOON),
    "taken back long ago": (proposal(REQUEST, sent=TAKEN_BACK, at=AGAIN_AT), None),
    "almost so long ago": (proposal(REQUEST, sent=TAKEN_BACK, at=AGAIN_AT - INSTANT), TOO_SOON),
    "taken back, one does not know when": (
        proposal(REQUEST, sent=evolve(TAKEN_BACK, ended_at=None)),
        None,
    ),
    "declined": (
        proposal(REQUEST, sent=evolve(TAKEN_BACK, status=RequestStatus.DECLINED)),
        None,
    ),
    "a credit left": (proposal(INMAIL, standing=requested(balance=ONE_LEFT)), None),
    "no credit left": (proposal(INMAIL, standing=requested(balance=NONE_LEFT)), NO_CREDIT),
    "none, but a request": (proposal(REQUEST, standing=requested(balance=NONE_LEFT)), None),
}


@pytest.mark.parametrize(("asked", "refused"), LIMITS.values(), ids=LIMITS)
def test_a_limit_says_what_it_is_and_when_it_passes(
    asked: MessageProposal, refused: Refusal | None
) -> None:
    """The number, what was counted, and from when on it would be allowed."""
    refusals = () if refused is None else (refused,)

    assert weigh_message(asked, POLICY).refusals == refusals


@pytest.mark.parametrize(
    ("asked", "limit", "quotas"),
    [
        (proposal(REQUEST), 2, (Quota(code="requests_a_week", limit=2, used=0),)),
        (
            proposal(REQUEST, standing=requested(8, 3, 2)),
            5,
            (Quota(code="requests_a_week", limit=5, used=2, frees_at=NOON - 3 * DAY + WEEK),),
        ),
        (proposal(REQUEST, standing=requested(8, 3, 2)), None, ()),
        (proposal(INMAIL), 2, ()),
        (proposal(FREELY), 2, ()),
    ],
)
def test_who_asks_reads_how_many_requests_are_left(
    asked: MessageProposal, limit: int | None, quotas: tuple[Quota, ...]
) -> None:
    """Where requests are limited; nothing else is counted."""
    assert weigh_message(asked, evolve(POLICY, requests_a_week=limit)) == Verdict(quotas=quotas)


def rule(code: str) -> MessageRule:
    """A rule of an application that refuses everything, and says whom it refused."""
    return lambda asked: Refusal(code=f"{code} {asked.to}", message="No.")


def test_rules_of_an_application_are_asked() -> None:
    """Those for requests about requests alone, the others about everything."""
    policy = evolve(POLICY, requesting=(rule("asking"),), writing=(rule("writing"),))
    codes = {
        way: [refusal.code for refusal in weigh_message(proposal(way), policy).refusals]
        for way in MessageWay
    }

    assert codes == {
        FREELY: ["writing grace"],
        REQUEST: ["asking grace", "writing grace"],
        INMAIL: ["writing grace"],
    }


def test_a_rule_of_an_application_hides_behind_the_general_answer() -> None:
    """The sender reads what they read of a closed setting, and the cause stays for an operator."""
    cause = Refusal(code="muted_by_them", message="They mute the sender.")
    policy = evolve(POLICY, writing=(lambda _: cause.hidden_as(NOT_TAKING_MESSAGES),))
    verdict = weigh_message(proposal(REQUEST), policy)
    closed = weigh_message(proposal(REQUEST, other=CLOSED), POLICY)

    assert [refusal.code for refusal in verdict.refusals] == ["muted_by_them"]
    assert verdict.disclosed() == closed.disclosed()


@pytest.mark.parametrize("situation", ["strangers", "Ada invited", "connected"])
def test_between_connections_a_message_opens_nothing_for_longer(situation: str) -> None:
    """Whoever else is written to freely may answer from then on."""
    asked = proposal(FREELY, relationship=SITUATIONS[situation])

    assert may_answer(asked) is (situation != "connected")


NEXT = NOON + 20 * DAY


@pytest.mark.parametrize(
    ("standing", "plan", "limit", "expected"),
    [
        (None, None, None, MessageAllowance()),
        (None, None, 2, MessageAllowance(requests=2)),
        (requested(8, 3, 2), None, 3, MessageAllowance(requests=1)),
        (requested(8, 3, 2), None, 1, MessageAllowance(requests=0)),
        (requested(2, balance=ONE_LEFT), None, 3, MessageAllowance(requests=2)),
        (None, PLAN, None, MessageAllowance(credits=1, next_grant_at=NOON + MONTH)),
        (
            requested(2, balance=NONE_LEFT),
            PLAN,
            3,
            MessageAllowance(credits=0, next_grant_at=NEXT, requests=2),
        ),
    ],
)
def test_a_member_reads_what_is_left(
    standing: MessageStanding | None,
    plan: InMailPlan | None,
    limit: int | None,
    expected: MessageAllowance,
) -> None:
    """Requests of this week, and credits under a plan with the moment of the next."""
    policy = evolve(POLICY, requests_a_week=limit)

    assert allowance(standing, at=NOON, plan=plan, policy=policy) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (proposal(REQUEST), MessageStanding(at=NOON, requested=(NOON,))),
        (
            proposal(REQUEST, standing=requested(8, 2, balance=ONE_LEFT)),
            MessageStanding(at=NOON, requested=(NOON - 2 * DAY, NOON), balance=ONE_LEFT),
        ),
        (
            proposal(REQUEST, standing=requested(-1)),
            MessageStanding(at=NOON, requested=(NOON, NOON + DAY)),
        ),
        (
            proposal(INMAIL),
            MessageStanding(at=NOON, balance=InMailBalance(credits=0, granted_at=NOON)),
        ),
        (
            proposal(INMAIL, standing=requested(8, 2, balance=ONE_LEFT)),
            MessageStanding(at=NOON, requested=(NOON - 2 * DAY,), balance=NONE_LEFT),
        ),
    ],
    ids=["a request", "another", "by a clock that went back", "an InMail", "another InMail"],
)
def test_what_was_asked_is_counted(asked: MessageProposal, expected: MessageStanding) -> None:
    """A request in its order, an InMail by its credit; what no limit looks at is forgotten."""
    assert after_asking(asked) == expected


@pytest.mark.parametrize(
    ("after", "standing", "expected"),
    [
        (
            90 * DAY,
            None,
            MessageStanding(at=NOON, balance=InMailBalance(credits=2, granted_at=NOON)),
        ),
        (
            DAY,
            requested(2, balance=NONE_LEFT),
            evolve(requested(2, balance=ONE_LEFT), at=NOON),
        ),
        (90 * DAY + INSTANT, requested(2, balance=NONE_LEFT), None),
    ],
)
def test_an_answer_in_time_gives_the_credit_back(
    after: timedelta, standing: MessageStanding | None, expected: MessageStanding | None
) -> None:
    """Up to the last day; everything else that is counted stays."""
    inmail = evolve(ASKED, way=INMAIL, at=NOON - after)

    assert after_answer(standing, inmail, at=NOON, plan=PLAN, policy=POLICY) == expected
