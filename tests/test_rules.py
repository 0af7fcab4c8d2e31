"""The stock rules: what each lets pass and refuses, on both sides of its limit."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from connectcore import (
    Acquaintance,
    BlocksAtMost,
    Caution,
    ConnectionsAtMost,
    CoolingOff,
    Education,
    EmailAfterReports,
    Member,
    Name,
    NoteAtMost,
    NotesPerMonth,
    PendingAtMost,
    Position,
    Profile,
    ReblockAfter,
    Rule,
    SentPerWeek,
    Settings,
    Standing,
    WhoMayInvite,
    caution_strangers,
    invitee_chooses,
)
from tests.between import ADA, GRACE, RuleCase, Summary, proposal, summary
from tests.worlds import profile_of


def counting(**counts: Any) -> dict[str, Any]:
    """The facts of a proposal whose actor has these counts."""
    return {"standing": Standing(**counts)}


def grace(who_may_invite: WhoMayInvite) -> Member[Profile]:
    """Grace, who chose who may invite her."""
    return Member(GRACE, profile_of(GRACE), settings=Settings(who_may_invite=who_may_invite))


BY_SETTING: Mapping[str, RuleCase] = {
    "nobody is there to choose": (invitee_chooses, {"other": None}, None),
    "anyone may": (invitee_chooses, {"other": grace(WhoMayInvite.ANYONE)}, None),
    "knows no address": (
        invitee_chooses,
        {"other": grace(WhoMayInvite.KNOWS_EMAIL)},
        ("email_needed", None, None, None, "email_needed"),
    ),
    "knows an address": (
        invitee_chooses,
        {"other": grace(WhoMayInvite.KNOWS_EMAIL), "knows_email": True},
        None,
    ),
    "nobody may": (
        invitee_chooses,
        {"other": grace(WhoMayInvite.NOBODY)},
        ("invitations_closed", None, None, None, "not_accepting"),
    ),
    "nobody may, whatever they know": (
        invitee_chooses,
        {"other": grace(WhoMayInvite.NOBODY), "knows_email": True},
        ("invitations_closed", None, None, None, "not_accepting"),
    ),
}

BY_COUNT: Mapping[str, RuleCase] = {
    "reports one under": (EmailAfterReports(2), counting(reports=1), None),
    "reports at": (
        EmailAfterReports(2),
        counting(reports=2),
        ("reported_often", 2, 2, None, "email_needed"),
    ),
    "reports over": (
        EmailAfterReports(2),
        counting(reports=3),
        ("reported_often", 2, 3, None, "email_needed"),
    ),
    "reports over, knows an address": (
        EmailAfterReports(2),
        {**counting(reports=3), "knows_email": True},
        None,
    ),
    "note without": (NoteAtMost(0), {"note": ""}, None),
    "note one under": (NoteAtMost(3), {"note": "12"}, None),
    "note at": (NoteAtMost(3), {"note": "123"}, None),
    "note one over": (
        NoteAtMost(3),
        {"note": "1234"},
        ("note_too_long", 3, 4, None, "note_too_long"),
    ),
    "note of code points": (NoteAtMost(3), {"note": "👍 é"}, None),
    "note of combined code points": (
        NoteAtMost(3),
        {"note": "👩‍🚀!"},
        ("note_too_long", 3, 4, None, "note_too_long"),
    ),
    "pending one under": (PendingAtMost(2), counting(pending=1), None),
    "pending at": (
        PendingAtMost(2),
        counting(pending=2),
        ("pending_invitations", 2, 2, None, "pending_invitations"),
    ),
    "connections one under": (ConnectionsAtMost(2), counting(connections=1), None),
    "connections at": (
        ConnectionsAtMost(2),
        counting(connections=2),
        ("connections", 2, 2, None, "connections"),
    ),
    "connections of the other one under": (
        ConnectionsAtMost(2),
        {"other_standing": Standing(connections=1)},
        None,
    ),
    "connections of the other at": (
        ConnectionsAtMost(2),
        {"other_standing": Standing(connections=2)},
        ("connections_of_other", None, None, None, "connections_of_other"),
    ),
    "connections of both at": (
        ConnectionsAtMost(2),
        {**counting(connections=3), "other_standing": Standing(connections=2)},
        ("connections", 2, 3, None, "connections"),
    ),
    "blocks one under": (BlocksAtMost(2), counting(blocks=1), None),
    "blocks at": (BlocksAtMost(2), counting(blocks=2), ("blocks", 2, 2, None, "blocks")),
}

CASES = {**BY_SETTING, **BY_COUNT}


@pytest.mark.parametrize(("rule", "facts", "expected"), CASES.values(), ids=CASES)
def test_a_rule_refuses_from_its_limit_on(
    rule: Rule, facts: Mapping[str, Any], expected: Summary | None
) -> None:
    """Each refusal has its code, the limit and the count that met it, and what the actor reads."""
    refusal = rule(proposal(**facts))

    assert summary(refusal) == expected


# ── Cautions ────────────────────────────────────────────────────────────────────────────────────

ENGINES = Position(title="Analyst", company="Analytical Engines")
NAVY = Position(title="Admiral", company="US Navy")
YALE, VASSAR = Education(school="Yale"), Education(school="Vassar")


def spelt(company: str) -> Position:
    """A job at a company that somebody wrote so."""
    return Position(title="Consultant", company=company)


def known_by(member: str, *made_of: Position | Education) -> Member[Profile]:
    """A member with these jobs and schools."""
    return Member(
        member,
        Profile(
            name=Name(member.title()),
            positions=tuple(part for part in made_of if isinstance(part, Position)),
            education=tuple(part for part in made_of if isinstance(part, Education)),
        ),
    )


@pytest.mark.parametrize(
    ("facts", "cautioned"),
    [
        ({}, True),
        ({"other": None}, False),
        ({"acquaintance": Acquaintance.OTHER}, True),
        *(({"acquaintance": stated}, False) for stated in set(Acquaintance) - {Acquaintance.OTHER}),
        ({"shared": 1}, False),
        ({"knows_email": True}, True),
        ({"knows_email": True, "other": grace(WhoMayInvite.KNOWS_EMAIL)}, False),
        ({"actor": known_by(ADA, ENGINES, YALE), "other": known_by(GRACE, NAVY, VASSAR)}, True),
        ({"actor": known_by(ADA, ENGINES, NAVY), "other": known_by(GRACE, NAVY)}, False),
        ({"actor": known_by(ADA, YALE, VASSAR), "other": known_by(GRACE, YALE)}, False),
        ({"actor": known_by(ADA, NAVY), "other": known_by(GRACE, spelt(" us NAVY"))}, False),
        ({"actor": known_by(ADA, spelt("")), "other": known_by(GRACE, spelt(" "))}, True),
    ],
)
def test_a_sender_who_knows_the_other_by_nothing_is_cautioned(
    facts: Mapping[str, Any], *, cautioned: bool
) -> None:
    """Anything that the two visibly share counts; a guessed address alone is never confirmed."""
    caution = caution_strangers(proposal(**facts))

    assert isinstance(caution, Caution) is cautioned
    assert caution is None or caution.code == "stranger"


# ── Rules as values ─────────────────────────────────────────────────────────────────────────────

CLASSES: Mapping[Callable[..., Rule], Mapping[str, object]] = {
    EmailAfterReports: {"reports": 5},
    NoteAtMost: {"characters": 300},
    NotesPerMonth: {"notes": 5},
    SentPerWeek: {"invitations": 100},
    PendingAtMost: {"invitations": 3000},
    ConnectionsAtMost: {"connections": 30_000},
    CoolingOff: {
        "withdrawing": timedelta(days=21),
        "ignoring": timedelta(0),
        "reporting": None,
        "removing": None,
    },
    BlocksAtMost: {"members": 1000},
    ReblockAfter: {"wait": timedelta(hours=48)},
}


@pytest.mark.parametrize(
    ("make", "numbers"), CLASSES.items(), ids=lambda it: getattr(it, "__name__", "")
)
def test_a_rule_is_a_value_with_the_usual_numbers(
    make: Callable[..., Rule], numbers: Mapping[str, object]
) -> None:
    """Made without numbers a rule has LinkedIn's; it is equal to one with the same, and hashable."""
    assert make() == make(**numbers)
    assert hash(make()) == hash(make(**numbers))
