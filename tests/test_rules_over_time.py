"""The stock rules that time passes: what they count back, and exactly when they let pass again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from connectcore import (
    ConnectionRemoved,
    ConnectionRules,
    CoolingOff,
    InvitationAccepted,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    MemberBlocked,
    MemberUnblocked,
    NotesPerMonth,
    PairEvent,
    Proposal,
    ReblockAfter,
    Relationship,
    Rule,
    SentPerWeek,
    Standing,
    Strangers,
    replay,
)
from connectcore.relationships import Past
from connectcore.testing.strategies import connection_rules, proposals
from tests.between import ADA, GRACE, RuleCase, Summary, did, proposal, summary
from tests.worlds import NOON

INSTANT = timedelta(microseconds=1)
HOUR, DAY, WEEK, MONTH = (
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(weeks=1),
    timedelta(days=30),
)
FOREVER = timedelta(days=365 * 500)


def before(*ages: timedelta) -> tuple[datetime, ...]:
    """Moments before noon, oldest first as a standing keeps them."""
    return tuple(NOON - age for age in ages)


def since(*events: PairEvent) -> Relationship:
    """Strangers with all of *events* behind them."""
    return Strangers(past=Past(frozenset(events)))


def counting(**counts: Any) -> dict[str, Any]:
    """The facts of a proposal whose actor has these counts."""
    return {"standing": Standing(**counts)}


WAITS = CoolingOff(withdrawing=DAY, ignoring=2 * DAY, reporting=3 * DAY, removing=4 * DAY)
WITHDREW = did(ADA, InvitationWithdrawn)
IGNORED, REPORTED = did(GRACE, InvitationIgnored), did(GRACE, InvitationReported)
REMOVED = did(GRACE, ConnectionRemoved)
UNBLOCKED = did(ADA, MemberUnblocked)

BY_TIME: Mapping[str, RuleCase] = {
    "sent one under": (SentPerWeek(2), counting(sent=before(HOUR)), None),
    "sent at": (
        SentPerWeek(2),
        counting(sent=before(DAY, HOUR)),
        ("sent_per_week", 2, 2, NOON - DAY + WEEK, "sent_per_week"),
    ),
    "sent over": (
        SentPerWeek(2),
        counting(sent=before(2 * DAY, DAY, HOUR)),
        ("sent_per_week", 2, 3, NOON - DAY + WEEK, "sent_per_week"),
    ),
    "sent a week ago": (SentPerWeek(2), counting(sent=before(2 * WEEK, WEEK, HOUR)), None),
    "sent almost a week ago": (
        SentPerWeek(2),
        counting(sent=before(WEEK - INSTANT, HOUR)),
        ("sent_per_week", 2, 2, NOON + INSTANT, "sent_per_week"),
    ),
    "sent, none allowed": (
        SentPerWeek(0),
        counting(sent=()),
        ("sent_per_week", 0, 0, None, "sent_per_week"),
    ),
    "noted one under": (NotesPerMonth(2), {"note": "!", **counting(noted=before(DAY))}, None),
    "noted at": (
        NotesPerMonth(2),
        {"note": "!", **counting(noted=before(DAY, HOUR))},
        ("notes_per_month", 2, 2, NOON - DAY + MONTH, "notes_per_month"),
    ),
    "noted at, without a note": (NotesPerMonth(2), counting(noted=before(DAY, HOUR)), None),
    "noted a month ago": (
        NotesPerMonth(2),
        {"note": "!", **counting(noted=before(MONTH, HOUR))},
        None,
    ),
    "noted almost a month ago": (
        NotesPerMonth(2),
        {"note": "!", **counting(noted=before(MONTH - INSTANT, HOUR))},
        ("notes_per_month", 2, 2, NOON + INSTANT, "notes_per_month"),
    ),
    "noted, none allowed": (
        NotesPerMonth(0),
        {"note": "!"},
        ("notes_per_month", 0, 0, None, "notes_per_month"),
    ),
    "unblocked": (
        ReblockAfter(DAY),
        {"relationship": since(UNBLOCKED)},
        ("unblocked_lately", None, None, NOON + DAY, "unblocked_lately"),
    ),
    "unblocked by the other": (
        ReblockAfter(DAY),
        {"relationship": since(did(GRACE, MemberUnblocked))},
        None,
    ),
    "never unblocked": (ReblockAfter(DAY), {}, None),
}

AFTER_AN_ENDING: Mapping[str, RuleCase] = {
    "nothing behind them": (WAITS, {}, None),
    "withdrew": (
        WAITS,
        {"relationship": since(WITHDREW)},
        ("withdrawn", None, None, NOON + DAY, "withdrawn"),
    ),
    "was ignored": (
        WAITS,
        {"relationship": since(IGNORED)},
        ("ignored", None, None, NOON + 2 * DAY, "not_accepting"),
    ),
    "was reported": (
        WAITS,
        {"relationship": since(REPORTED)},
        ("reported", None, None, NOON + 3 * DAY, "not_accepting"),
    ),
    "was removed": (
        WAITS,
        {"relationship": since(REMOVED)},
        ("removed", None, None, NOON + 4 * DAY, "not_accepting"),
    ),
    "withdrew and was reported": (
        WAITS,
        {"relationship": since(WITHDREW, REPORTED)},
        ("reported", None, None, NOON + 3 * DAY, "withdrawn"),
    ),
    "withdrew and was reported, and waits longer for the first": (
        CoolingOff(withdrawing=5 * DAY, reporting=3 * DAY),
        {"relationship": since(WITHDREW, REPORTED)},
        ("withdrawn", None, None, NOON + 5 * DAY, "withdrawn"),
    ),
    "withdrew and was reported for good": (
        CoolingOff(),
        {"relationship": since(WITHDREW, REPORTED)},
        ("reported", None, None, None, "withdrawn"),
    ),
    "was reported and ignored": (
        CoolingOff(reporting=DAY, ignoring=2 * DAY),
        {"relationship": since(REPORTED, IGNORED)},
        ("ignored", None, None, NOON + 2 * DAY, "not_accepting"),
    ),
    "was ignored for good": (
        CoolingOff(ignoring=None),
        {"relationship": since(IGNORED)},
        ("ignored", None, None, None, "not_accepting"),
    ),
    "withdrew for good": (
        CoolingOff(withdrawing=None),
        {"relationship": since(WITHDREW)},
        ("withdrawn", None, None, None, "withdrawn"),
    ),
    "ignored, reported and removed them": (
        WAITS,
        {
            "relationship": since(
                did(ADA, InvitationIgnored),
                did(ADA, InvitationReported),
                did(ADA, ConnectionRemoved),
                did(GRACE, InvitationWithdrawn),
            )
        },
        None,
    ),
}

CASES = {**BY_TIME, **AFTER_AN_ENDING}


@pytest.mark.parametrize(("rule", "facts", "expected"), CASES.values(), ids=CASES)
def test_a_rule_refuses_while_its_time_lasts(
    rule: Rule, facts: Mapping[str, Any], expected: Summary | None
) -> None:
    """Each refusal has its code, the limit and the count that met it, and what the actor reads."""
    refusal = rule(proposal(**facts))

    assert summary(refusal) == expected


@pytest.mark.parametrize(
    ("rule", "facts"),
    [(rule, facts) for rule, facts, expected in CASES.values() if expected and expected[3]],
    ids=[name for name, (_, _, expected) in CASES.items() if expected and expected[3]],
)
def test_a_rule_says_exactly_when_it_lets_pass(rule: Rule, facts: Mapping[str, Any]) -> None:
    """An instant before `possible_at` the rule still refuses, at it no longer."""
    refusal = rule(proposal(**facts))
    assert refusal is not None
    assert refusal.possible_at is not None

    assert rule(proposal(at=refusal.possible_at - INSTANT, **facts)) is not None
    assert rule(proposal(at=refusal.possible_at, **facts)) is None


@given(proposals() | proposals(state=Strangers), connection_rules())
def test_every_rule_keeps_its_word(asked: Proposal, rules: ConnectionRules) -> None:
    """A refusal that passes by waiting passes at its moment and not before; another never does."""
    for rule in (*rules.inviting, *rules.accepting, *rules.blocking):
        refusal = rule(asked)
        if refusal is None:
            continue
        if refusal.possible_at is None:
            assert rule(evolve(asked, at=asked.at + FOREVER)) is not None
        else:
            assert asked.at < refusal.possible_at
            assert rule(evolve(asked, at=refusal.possible_at - INSTANT)) is not None
            assert rule(evolve(asked, at=refusal.possible_at)) is None


@given(proposals(), connection_rules())
def test_no_refusal_tells_what_the_other_one_did(asked: Proposal, rules: ConnectionRules) -> None:
    """What the actor reads is the same as if the other had ignored, reported or removed nothing."""
    for rule in rules.inviting:
        refusal = rule(asked)
        told = refusal and refusal.disclosed

        assert told is None or told.code not in {"ignored", "reported", "removed", "reported_often"}


def test_a_wait_of_ones_own_is_told_as_it_is() -> None:
    """There is nothing to keep from the actor in what they did themselves."""
    refusal = WAITS(proposal(relationship=since(WITHDREW)))

    assert refusal is not None
    assert refusal.shown_as is None


# ── Whole histories ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("history", "code"),
    [
        ([did(ADA, InvitationSent), IGNORED, WITHDREW], "withdrawn"),
        ([did(ADA, InvitationSent), REPORTED, WITHDREW], "reported"),
        ([did(ADA, InvitationSent), did(GRACE, InvitationAccepted), REMOVED], "removed"),
        (
            [did(ADA, InvitationSent), did(GRACE, InvitationAccepted), did(ADA, ConnectionRemoved)],
            None,
        ),
        (
            [
                did(ADA, InvitationSent),
                REPORTED,
                did(GRACE, InvitationAccepted),
                did(ADA, ConnectionRemoved),
            ],
            None,
        ),
        ([did(GRACE, MemberBlocked), did(GRACE, MemberUnblocked)], None),
    ],
    ids=[
        "ignored, withdrew",
        "reported, withdrew",
        "they removed",
        "you removed",
        "reported, made up",
        "unblocked",
    ],
)
def test_the_stock_waits_follow_from_a_history(history: list[PairEvent], code: str | None) -> None:
    """After ignoring one may try again; after a report or a removal only the other one may begin."""
    refusal = CoolingOff()(proposal(relationship=replay(history)))

    assert code == (refusal and refusal.code)
