"""Endorsements as decisions: who may give or ask for one, and where it stands then."""

from typing import Any

import pytest
from attrs import evolve

from connectcore import (
    Audience,
    Connected,
    Endorsement,
    EndorsementRequest,
    Member,
    Proposal,
    Refusal,
    Settings,
    Showing,
    Verdict,
)
from connectcore.endorsements import find, give, list_skill, request
from connectcore.refusals import (
    ALREADY_ENDORSED,
    ENDORSEMENTS_OFF,
    NO_ENDORSEMENT,
    NOBODY_THERE,
    OWN_ENDORSEMENTS_OFF,
    SKILL_NOT_LISTED,
)
from connectcore.skills import SkillPolicy
from tests.between import ADA, GRACE, proposal
from tests.worlds import NOON, USUAL_VISIBILITY, profile_of

CONNECTED = Connected(since=NOON)
SKILLS = SkillPolicy(characters=12, at_most=2)
TOO_LONG = SKILLS.too_long("Typing by touch")
TOO_MANY = SKILLS.too_many(3)
GIVEN = Endorsement(
    giver=ADA, to=GRACE, skill="compiler", skill_key="compiler", at=NOON, standing=Showing.SHOWN
)
ASKED = EndorsementRequest(by=GRACE, of=ADA, skill="x", skill_key="x", at=NOON)


def lister(member: str, *skills: str, endorsements: Audience = Audience.MEMBERS) -> Member[Any]:
    """A member who lists *skills*, and keeps endorsements to an audience."""
    settings = Settings(endorsements=endorsements)
    return Member(member, evolve(profile_of(member), skills=skills), settings=settings)


NOT_SHOWN = {"endorsements": Audience.ONLY_ME}


@pytest.mark.parametrize(
    ("other", "skill", "facts", "expected"),
    [
        (None, "compiler", {}, NOBODY_THERE),
        (lister(GRACE, **NOT_SHOWN), "Typing by touch", {}, ENDORSEMENTS_OFF),
        (lister(GRACE), "Typing by touch", {}, TOO_LONG),
        (lister(GRACE), "compiler", {}, evolve(GIVEN, standing=Showing.WAITING)),
        (lister(GRACE), "compiler", {"asked": ASKED}, GIVEN),
        (lister(GRACE, "Cobol", "Compilers"), "compiler", {}, evolve(GIVEN, skill="Compilers")),
        (
            lister(GRACE, "Compilers"),
            "compiler",
            {"set_aside": evolve(GIVEN, standing=Showing.HIDDEN)},
            evolve(GIVEN, skill="Compilers", standing=Showing.HIDDEN),
        ),
    ],
    ids=["nobody", "off", "too long", "not listed", "asked for", "listed", "set aside before"],
)
def test_an_endorsement_is_given(
    other: Member[Any] | None, skill: str, facts: dict[str, Any], expected: Endorsement | Refusal
) -> None:
    """In the spelling of its owner; it shows at once if they list the skill or asked for it."""
    known: dict[str, Any] = {"asked": None, "set_aside": None, **facts}
    asked = proposal(other=other)

    assert give(
        CONNECTED, asked, skill=skill, skills=SKILLS, visibility=USUAL_VISIBILITY, **known
    ) == (expected if isinstance(expected, Endorsement) else Verdict((expected,)))


REQUESTED = EndorsementRequest(by=ADA, of=GRACE, skill="Compilers", skill_key="compiler", at=NOON)


@pytest.mark.parametrize(
    ("actor", "facts", "given", "expected"),
    [
        (lister(ADA, **NOT_SHOWN), {"other": None}, GIVEN, NOBODY_THERE),
        (lister(ADA, **NOT_SHOWN), {}, GIVEN, OWN_ENDORSEMENTS_OFF),
        (lister(ADA), {}, GIVEN, ALREADY_ENDORSED),
        (lister(ADA, "Cobol"), {}, None, SKILL_NOT_LISTED),
        (lister(ADA, "Cobol", "Compilers"), {}, None, REQUESTED),
    ],
    ids=["nobody", "off", "given already", "not listed", "listed"],
)
def test_an_endorsement_is_asked_for(
    actor: Member[Any],
    facts: dict[str, Any],
    given: Endorsement | None,
    expected: EndorsementRequest | Refusal,
) -> None:
    """For a skill that the actor lists, in their spelling, and not twice."""
    asked = proposal(actor=actor, **facts)

    assert request(
        CONNECTED, asked, skill="compiler", given=given, skills=SKILLS, visibility=USUAL_VISIBILITY
    ) == (expected if isinstance(expected, EndorsementRequest) else Verdict((expected,)))


@pytest.mark.parametrize(
    ("endorsement", "asked", "expected"),
    [
        (GIVEN, proposal(), GIVEN),
        (GIVEN, proposal(other=None), GIVEN),
        (None, proposal(), Verdict((NO_ENDORSEMENT,))),
        (None, proposal(other=None), Verdict((NOBODY_THERE,))),
    ],
)
def test_an_endorsement_is_found(
    endorsement: Endorsement | None, asked: Proposal, expected: object
) -> None:
    """Or it is told whether it is not there, or its giver."""
    assert find(endorsement, asked) == expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ([], ("compiler",)),
        (["Cobol"], ("Cobol", "compiler")),
        (["Compilers", "Cobol"], ("Compilers", "Cobol")),
        (["Cobol", "Algol"], TOO_MANY),
    ],
)
def test_a_skill_that_is_accepted_is_listed(listed: list[str], expected: object) -> None:
    """Last, once, and only where there is room."""
    profile = evolve(profile_of(GRACE), skills=tuple(listed))

    assert list_skill(GIVEN, profile, SKILLS) == (
        Verdict((expected,)) if isinstance(expected, Refusal) else expected
    )
