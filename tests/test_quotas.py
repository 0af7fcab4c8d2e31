"""What is left under each limit: the actor's own counts, told before they meet it."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    BlocksAtMost,
    ConnectionRules,
    ConnectionsAtMost,
    CountingRule,
    EmailAfterReports,
    NotesPerMonth,
    PendingAtMost,
    Quota,
    Refusal,
    SentPerWeek,
    Standing,
)
from connectcore.acts import Act, foresee
from connectcore.proposals import Proposal
from connectcore.rulebook import tally
from connectcore.windows import MONTH, WEEK
from tests.between import SITUATIONS, proposal
from tests.worlds import NOON, PROFESSIONAL

DAYS = [NOON - timedelta(days=days) for days in (40, 20, 6, 5, 1)]
"""When something was sent: one of them before any window, four within a month, three in a week."""


@pytest.mark.parametrize(
    ("rule", "standing", "expected"),
    [
        (SentPerWeek(5), Standing(), ("sent_per_week", 5, 0, 5, None)),
        (SentPerWeek(5), Standing(sent=(*DAYS,)), ("sent_per_week", 5, 3, 2, DAYS[2] + WEEK)),
        (SentPerWeek(3), Standing(sent=(*DAYS,)), ("sent_per_week", 3, 3, 0, DAYS[2] + WEEK)),
        (SentPerWeek(2), Standing(sent=(*DAYS,)), ("sent_per_week", 2, 3, 0, DAYS[3] + WEEK)),
        (SentPerWeek(0), Standing(sent=(*DAYS,)), ("sent_per_week", 0, 3, 0, None)),
        (NotesPerMonth(5), Standing(noted=(*DAYS,)), ("notes_per_month", 5, 4, 1, DAYS[1] + MONTH)),
        (PendingAtMost(9), Standing(pending=4), ("pending_invitations", 9, 4, 5, None)),
        (ConnectionsAtMost(9), Standing(connections=4), ("connections", 9, 4, 5, None)),
        (BlocksAtMost(9), Standing(blocks=4), ("blocks", 9, 4, 5, None)),
    ],
    ids=[
        "nothing sent",
        "some sent",
        "all sent",
        "more sent than a lowered limit",
        "none allowed at all",
        "notes",
        "pending",
        "connections",
        "blocks",
    ],
)
def test_a_rule_that_counts_says_what_is_left(
    rule: CountingRule, standing: Standing, expected: tuple[Any, ...]
) -> None:
    """The limit, what is used, what is left, and when waiting frees the next place."""
    quota = rule.quota(proposal(standing=standing))

    assert quota is not None
    assert (quota.code, quota.limit, quota.used, quota.left, quota.frees_at) == expected


@given(
    st.lists(st.integers(0, 20), max_size=8).map(sorted),
    st.integers(0, 4),
    st.sampled_from([SentPerWeek, NotesPerMonth]),
)
def test_what_is_left_agrees_with_what_is_refused(
    ages: list[int], limit: int, kind: type[SentPerWeek | NotesPerMonth]
) -> None:
    """A rule refuses exactly where it says that nothing is left, with the same numbers and moment."""
    moments = tuple(NOON - timedelta(days=age) for age in reversed(ages))
    asked = proposal(note="Hello.", standing=Standing(sent=moments, noted=moments))
    rule = kind(limit)
    quota, refusal = rule.quota(asked), rule(asked)

    assert (refusal is not None) is (quota.left == 0)
    if refusal is not None:
        assert (refusal.code, refusal.limit, refusal.count) == (quota.code, quota.limit, quota.used)
        assert refusal.possible_at == quota.frees_at


def test_what_others_did_is_no_quota() -> None:
    """Reports and the other's own counts are not told: counting them down would tell of them."""
    asked = proposal(standing=Standing(reports=4), other_standing=Standing(connections=29_999))

    assert not isinstance(EmailAfterReports(), CountingRule)
    assert [quota.used for quota in tally(PROFESSIONAL.inviting, asked)] == [0, 0, 0, 0]


def test_a_rule_of_an_application_counts_too() -> None:
    """A class with `quota` is asked; it may say that there is no limit for somebody."""

    class ForMembersOnTrial:
        def __call__(self, _: Proposal) -> Refusal | None:
            return None

        def quota(self, proposal: Proposal) -> Quota | None:
            trial = proposal.actor.profile.headline == "On trial"
            return Quota(code="trial", limit=1, used=0) if trial else None

    asked = proposal()

    assert tally([ForMembersOnTrial(), lambda _: None], asked) == ()


@pytest.mark.parametrize(
    ("act", "situation", "counted"),
    [
        (Act.SEND, "strangers", PROFESSIONAL.inviting),
        (Act.SEND, "Grace invited", PROFESSIONAL.accepting),
        (Act.ACCEPT, "Grace invited", PROFESSIONAL.accepting),
        (Act.BLOCK, "strangers", PROFESSIONAL.blocking),
        (Act.SEND, "Ada invited", ()),
        (Act.SEND, "connected", ()),
        (Act.REMOVE, "connected", ()),
    ],
)
def test_what_is_left_is_told_by_the_rules_that_were_asked(
    act: Act, situation: str, counted: tuple[object, ...]
) -> None:
    """An act that no rule is asked about has no quotas."""
    asked = proposal(relationship=SITUATIONS[situation])

    assert foresee(act, asked, PROFESSIONAL).quotas == tally(counted, asked)


@pytest.mark.parametrize(
    ("act", "situation"),
    [(Act.SEND, "strangers"), (Act.ACCEPT, "Grace invited"), (Act.BLOCK, "connected")],
)
def test_a_refusal_says_what_is_left_under_the_other_limits(act: Act, situation: str) -> None:
    """Whoever is refused reads all limits that were asked, not only the one that was met."""
    none = ConnectionRules(
        inviting=(SentPerWeek(9), PendingAtMost(0)),
        accepting=(ConnectionsAtMost(0),),
        blocking=(BlocksAtMost(0),),
    )
    verdict = foresee(act, proposal(relationship=SITUATIONS[situation]), none)

    assert not verdict.allowed
    assert verdict.quotas[-1].left == 0
    assert len(verdict.quotas) == len(none.inviting if act is Act.SEND else none.blocking)


def test_nothing_is_left_to_say_of_somebody_who_is_not_there() -> None:
    """Neither absence nor a block comes with numbers."""
    for asked in (proposal(other=None), proposal(relationship=SITUATIONS["Grace blocked"])):
        assert foresee(Act.SEND, asked, PROFESSIONAL).quotas == ()
