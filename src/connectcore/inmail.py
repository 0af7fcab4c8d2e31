"""InMail credits: what a plan grants each month, and what is left of it.

A balance is one small value with the moment of its last grant, and `current` brings it up to date
whenever somebody looks: nothing has to run on the first of the month.
"""

from __future__ import annotations

from datetime import datetime
from typing import final

from attrs import evolve, field, frozen

from connectcore.choices import not_negative
from connectcore.moments import moment, optional_moment
from connectcore.windows import MONTH

__all__ = [
    "InMailBalance",
    "InMailPlan",
    "current",
    "given_back",
    "next_grant_at",
    "spent",
]


@final
@frozen(kw_only=True)
class InMailPlan:
    """How many InMail credits somebody gets each month, and how many may gather.

    A month is 30 days.
    The defaults are LinkedIn's Career plan; Business has 15 and 45, Sales Navigator Core 50 and 150,
    Recruiter Lite 30 and 120 (help page 75).
    The first grant is at `since`, when the plan began, and without it when the member first uses
    InMail; what was left of an earlier plan is gone, as a cancelled one keeps nothing (help page
    75).
    """

    monthly: int = field(default=5, validator=not_negative)
    at_most: int = field(default=15, validator=not_negative)
    since: datetime | None = field(default=None, converter=optional_moment)


@final
@frozen(kw_only=True)
class InMailBalance:
    """How many credits a member had after the grant at `granted_at` and what they did since."""

    credits: int = field(validator=not_negative)
    granted_at: datetime = field(converter=moment)


def current(balance: InMailBalance | None, *, at: datetime, plan: InMailPlan) -> InMailBalance:
    """The *balance* as it is at a moment, with every grant up to then; `None` is one not begun.

    Never above what may gather: a grant that finds no room for it is lost.

    >>> from datetime import UTC
    >>> plan = InMailPlan(monthly=5, at_most=15, since=datetime(2026, 1, 1, tzinfo=UTC))
    >>> current(None, at=datetime(2026, 2, 1, tzinfo=UTC), plan=plan).credits
    10
    """
    begun = at if plan.since is None else plan.since
    if balance is None or (plan.since is not None and balance.granted_at < begun):
        balance = InMailBalance(credits=0, granted_at=begun - MONTH)
    months = max(0, (at - balance.granted_at) // MONTH)
    gathered = balance.credits + months * plan.monthly
    return InMailBalance(
        credits=min(gathered, plan.at_most), granted_at=balance.granted_at + months * MONTH
    )


def spent(balance: InMailBalance) -> InMailBalance:
    """The *balance* after an InMail; raise `InvalidValue` where there is no credit."""
    return evolve(balance, credits=balance.credits - 1)


def given_back(balance: InMailBalance, *, plan: InMailPlan) -> InMailBalance:
    """The *balance* after an InMail was answered, never above what may gather."""
    return evolve(balance, credits=min(balance.credits + 1, plan.at_most))


def next_grant_at(balance: InMailBalance, *, plan: InMailPlan) -> datetime | None:
    """When the next credits are granted, or `None` if there never are any."""
    return balance.granted_at + MONTH if min(plan.monthly, plan.at_most) else None
