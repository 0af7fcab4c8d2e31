"""InMail balances: what a plan grants by a moment, and never more than may gather."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from connectcore import InMailBalance, InMailPlan, InvalidValue, MessagePolicy
from connectcore.inmail import current, given_back, next_grant_at, spent
from tests.worlds import NOON

MONTH = timedelta(days=30)
PLANS = st.builds(
    InMailPlan,
    monthly=st.integers(0, 5),
    at_most=st.integers(0, 15),
    since=st.none() | st.just(NOON),
)
MOMENTS = st.integers(-100, 400).map(lambda days: NOON + timedelta(days=days))
BALANCES = st.builds(InMailBalance, credits=st.integers(0, 20), granted_at=MOMENTS)


@pytest.mark.parametrize(
    ("at", "gathered"),
    [
        (NOON - timedelta(microseconds=1), 0),
        (NOON, 5),
        (NOON + MONTH - timedelta(microseconds=1), 5),
        (NOON + MONTH, 10),
        (NOON + 2 * MONTH, 12),
        (NOON + 90 * MONTH, 12),
    ],
)
def test_a_plan_grants_by_the_month(at: datetime, gathered: int) -> None:
    """From when it began, the first at once, and no more than may gather."""
    plan = InMailPlan(monthly=5, at_most=12, since=NOON)

    assert current(None, at=at, plan=plan).credits == gathered


def test_a_plan_without_a_beginning_begins_with_the_first_look() -> None:
    """Nobody can say how long it has been there."""
    assert current(None, at=NOON, plan=InMailPlan()) == InMailBalance(credits=5, granted_at=NOON)


def test_a_plan_that_began_anew_keeps_nothing_of_the_one_before() -> None:
    """What was left of one that was cancelled is gone."""
    left = InMailBalance(credits=9, granted_at=NOON - timedelta(days=1))

    begun = InMailBalance(credits=1, granted_at=NOON)

    assert current(left, at=NOON, plan=InMailPlan(since=NOON)).credits == 5
    assert current(begun, at=NOON, plan=InMailPlan(since=NOON)) == begun
    assert current(left, at=NOON, plan=InMailPlan()).credits == 9


def test_the_next_grant_is_a_month_after_the_last() -> None:
    """There is none under a plan that grants nothing, or keeps nothing."""
    balance = InMailBalance(credits=1, granted_at=NOON)

    assert next_grant_at(balance, plan=InMailPlan()) == NOON + MONTH
    assert next_grant_at(balance, plan=InMailPlan(monthly=0)) is None
    assert next_grant_at(balance, plan=InMailPlan(at_most=0)) is None


@pytest.mark.parametrize(("held", "then"), [(0, 1), (14, 15), (15, 15)])
def test_an_answer_gives_one_credit_back(held: int, then: int) -> None:
    """And none where there is no room for it."""
    balance = InMailBalance(credits=held, granted_at=NOON)

    assert given_back(balance, plan=InMailPlan(at_most=15)) == evolve(balance, credits=then)


@given(st.none() | BALANCES, MOMENTS, MOMENTS, PLANS)
def test_looking_in_between_changes_nothing(
    balance: InMailBalance | None, one: datetime, another: datetime, plan: InMailPlan
) -> None:
    """A balance brought up to date on the way is what it is without, from its first look on."""
    early, late = sorted((one, another))
    first = current(balance, at=early, plan=plan)

    assert current(first, at=early, plan=plan) == first
    if balance is not None or plan.since is not None:
        assert current(first, at=late, plan=plan) == current(balance, at=late, plan=plan)


@given(st.none() | BALANCES, MOMENTS, PLANS)
def test_credits_stay_within_their_bounds(
    balance: InMailBalance | None, at: datetime, plan: InMailPlan
) -> None:
    """Whatever was kept before, also under a larger plan."""
    held = current(balance, at=at, plan=plan)

    assert 0 <= held.credits <= plan.at_most
    assert held.credits <= given_back(held, plan=plan).credits <= plan.at_most
    if held.credits:
        assert spent(held).credits == held.credits - 1
    else:
        with pytest.raises(InvalidValue, match="credits=-1 is less than nothing"):
            spent(held)


@pytest.mark.parametrize(
    "number", ["length", "inmail_subject", "inmail_body", "requests_a_week", "monthly", "at_most"]
)
def test_no_limit_is_less_than_none(number: str) -> None:
    """The error names the field, and what to give."""
    kind: Callable[..., object] = InMailPlan if number in {"monthly", "at_most"} else MessagePolicy

    with pytest.raises(InvalidValue, match=f"{number}=-1 is less than nothing; give 0 for none"):
        kind(**{number: -1})
