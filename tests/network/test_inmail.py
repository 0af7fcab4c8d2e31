"""InMail: what it costs, and what gives the credit back."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from connectcore import (
    InMailPlan,
    MessageAllowance,
    MessagePolicy,
    MessageWay,
    NoticeKind,
    Refused,
    RequestStatus,
)
from tests.correspondents import codes, told
from tests.surface import answer
from tests.worlds import NOON, World, world


def test_an_inmail_costs_a_credit() -> None:
    """It has a subject, waits as a request does, and needs nothing in common."""
    stranger = world("ada", "grace")
    request = stranger["ada"].messages.send_inmail("grace", "An offer.", subject="Engines")

    assert (request.way, request.subject) == (MessageWay.INMAIL, "Engines")
    assert stranger["grace"].messages.requests().items == (request,)
    assert stranger["ada"].messages.allowance() == MessageAllowance(
        credits=1, next_grant_at=NOON + timedelta(days=30), requests=100
    )
    assert told(stranger, "grace") == [(NoticeKind.MESSAGE_REQUESTED, "ada")]
    stranger["grace"].messages.accept("ada")
    assert stranger["grace"].messages.read("ada").items[0].subject == "Engines"


Answer = Callable[[World], object]
ANSWERS: dict[str, Answer] = {
    "accept": lambda made: made["grace"].messages.accept("ada"),
    "decline": lambda made: made["grace"].messages.decline("ada"),
    "answer": lambda made: made["grace"].messages.send("ada", "Tell me more."),
}


@pytest.mark.parametrize("answer_", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_gives_the_credit_back(answer_: Answer) -> None:
    """Also one of no, once, and up to the 90th day."""
    for waited, left in ((timedelta(days=90), 3), (timedelta(days=90, microseconds=1), 2)):
        once = MessagePolicy(plan=lambda _: InMailPlan(monthly=1, at_most=9, since=NOON))
        made = world("ada", "grace", messages=once)
        made["ada"].messages.send_inmail("grace", "An offer.")
        made.clock.now += waited
        assert made["ada"].messages.allowance().credits == 3

        answer_(made)
        answer(partial(answer_, made))

        assert made["ada"].messages.allowance().credits == left + 1


def test_a_second_inmail_takes_an_answer_to_the_first() -> None:
    """A declined one is answered, and its sender is told so by that."""
    made = world("ada", "grace")
    made["ada"].messages.send_inmail("grace", "An offer.")

    assert codes(made["ada"].messages.may_send_inmail("grace")) == ["request_waits"]
    assert [it.status for it in made["ada"].messages.requested().items] == [RequestStatus.WAITING]
    made["grace"].messages.decline("ada")
    made["grace"].messages.decline("ada")
    assert made["ada"].messages.requested().items == ()
    with pytest.raises(Refused, match="no message request"):
        made["grace"].messages.accept("ada")
    made["ada"].messages.send_inmail("grace", "A better offer.")
    assert [it.text for it in made["grace"].messages.requests().items] == ["A better offer."]


def test_an_inmail_cannot_be_taken_back() -> None:
    """It stands, and so does what it cost."""
    made = world("ada", "grace")
    made["ada"].messages.send_inmail("grace", "An offer.")

    with pytest.raises(Refused, match="no message request between you two"):
        made["ada"].messages.withdraw("grace")
    assert len(made["grace"].messages.requests().items) == 1


def test_without_a_credit_there_is_no_inmail() -> None:
    """The sender reads when the next ones come; without a plan none ever do."""
    made = world("ada", *(f"reader-{number}" for number in range(3)))
    for number in range(2):
        made["ada"].messages.send_inmail(f"reader-{number}", "An offer.")
    verdict = made["ada"].messages.may_send_inmail("reader-2")

    assert codes(verdict) == ["inmail_credits"]
    assert verdict.possible_at == NOON + timedelta(days=30)
    with pytest.raises(Refused, match="no InMail credit left"):
        made["ada"].messages.send_inmail("reader-2", "An offer.")
    made.clock.now = NOON + timedelta(days=30)
    made["ada"].messages.send_inmail("reader-2", "An offer.")

    basic = world("ada", "grace", messages=MessagePolicy())
    assert codes(basic["ada"].messages.may_send_inmail("grace")) == ["no_inmail"]
    assert basic["ada"].messages.allowance() == MessageAllowance(requests=100)


def test_who_has_no_plan_any_more_gets_nothing_back() -> None:
    """A cancelled plan keeps nothing."""
    plans = {"ada": InMailPlan(monthly=2)}
    made = world("ada", "grace", messages=MessagePolicy(plan=lambda member: plans.get(member.id)))
    made["ada"].messages.send_inmail("grace", "An offer.")
    plans.clear()
    made["grace"].messages.decline("ada")
    assert made["ada"].messages.allowance().credits == 0
    plans["ada"] = InMailPlan(monthly=2, since=NOON + timedelta(days=1))

    assert made["ada"].messages.allowance(at=NOON).credits == 0
    assert made["ada"].messages.allowance(at=NOON + timedelta(days=1)).credits == 2
