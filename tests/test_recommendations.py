"""Recommendations as decisions: who may write or ask for one, and what it is then."""

from typing import Any

import pytest
from attrs import evolve

from connectcore import (
    Audience,
    Connected,
    Member,
    Position,
    Recommendation,
    RecommendationPolicy,
    RecommendationRequest,
    Refusal,
    Settings,
    Showing,
    Verdict,
    WorkingRelationship,
)
from connectcore.recommendations import ask_revision, request, revise, write
from connectcore.refusals import (
    ALREADY_RECOMMENDED,
    ALREADY_WRITTEN,
    NO_SUCH_POSITION,
    NOBODY_THERE,
    OWN_RECOMMENDATIONS_OFF,
    POSITION_NOT_LISTED,
    RECOMMENDATIONS_OFF,
)
from tests.between import ADA, GRACE, proposal
from tests.worlds import NOON, USUAL_VISIBILITY, profile_of

CONNECTED = Connected(since=NOON)
POLICY = RecommendationPolicy(characters=8, message_characters=7)
ANALYST = Position(title="Analyst", company="Engines")
CLERK = Position(title="Clerk", company="Engines")
MANAGED, TAUGHT = WorkingRelationship.MANAGED, WorkingRelationship.TAUGHT
LONG, SHORT = "x" * 9, "x" * 7
WRITTEN = Recommendation(
    id="new",
    author=ADA,
    subject=GRACE,
    position=ANALYST,
    relationship=MANAGED,
    text=SHORT,
    at=NOON,
    standing=Showing.WAITING,
)
FORMER = evolve(WRITTEN, id="old", text="Before.", standing=Showing.SHOWN)
ASKED = RecommendationRequest(
    id="new",
    by=ADA,
    of=GRACE,
    position=ANALYST,
    relationship=TAUGHT,
    message=SHORT,
    at=NOON,
)
TOO_LONG = Refusal(
    code="recommendation_too_long",
    message="A recommendation may have 8 characters; this one has 9.",
    limit=8,
    count=9,
)
MESSAGE_TOO_LONG = Refusal(
    code="request_message_too_long",
    message="The message of a request may have 7 characters; this one has 9.",
    limit=7,
    count=9,
)


def holder(member: str, *positions: Position, off: bool = False) -> Member[Any]:
    """A member who holds or held *positions*, or has switched recommendations *off*."""
    audience = Audience.ONLY_ME if off else Audience.MEMBERS
    return Member(
        member,
        evolve(profile_of(member), positions=positions),
        settings=Settings(recommendations=audience),
    )


def told(expected: object) -> object:
    """What a decision gives: a refusal as a verdict."""
    return Verdict((expected,)) if isinstance(expected, Refusal) else expected


AT_WORK = holder(GRACE, CLERK, evolve(ANALYST, place="London"))


@pytest.mark.parametrize(
    ("other", "text", "asked", "former", "expected"),
    [
        (None, LONG, None, [FORMER], NOBODY_THERE),
        (holder(GRACE, off=True), LONG, None, [FORMER], RECOMMENDATIONS_OFF),
        (holder(GRACE), LONG, None, [evolve(FORMER, position=CLERK), FORMER], ALREADY_WRITTEN),
        (holder(GRACE, CLERK), LONG, None, [], NO_SUCH_POSITION),
        (AT_WORK, LONG, None, [], TOO_LONG),
        (AT_WORK, SHORT, None, [evolve(FORMER, position=CLERK)], WRITTEN),
        (AT_WORK, SHORT + "x", None, [], evolve(WRITTEN, text=SHORT + "x")),
        (holder(GRACE), SHORT, ASKED, [], WRITTEN),
    ],
    ids=["nobody", "off", "already", "no position", "long", "another", "at most", "asked for"],
)
def test_a_recommendation_is_written(
    other: Member[Any] | None,
    text: str,
    asked: RecommendationRequest | None,
    former: list[Recommendation],
    expected: object,
) -> None:
    """Once for a position that the subject shows or asked about; then it waits for them."""
    decided = write(
        CONNECTED,
        proposal(other=other),
        new_id="new",
        position=ANALYST,
        relationship=MANAGED,
        text=text,
        asked=asked,
        former=former,
        policy=POLICY,
        visibility=USUAL_VISIBILITY,
    )

    assert decided == told(expected)


REVISED = evolve(WRITTEN, relationship=TAUGHT, replaces="old")


@pytest.mark.parametrize(
    ("former", "other", "relationship", "text", "expected"),
    [
        (FORMER, None, TAUGHT, LONG, NOBODY_THERE),
        (FORMER, holder(GRACE, off=True), TAUGHT, LONG, RECOMMENDATIONS_OFF),
        (FORMER, holder(GRACE), TAUGHT, LONG, TOO_LONG),
        (FORMER, holder(GRACE), TAUGHT, SHORT, REVISED),
        (FORMER, holder(GRACE), None, SHORT, evolve(REVISED, relationship=MANAGED)),
        (evolve(FORMER, replaces="older"), holder(GRACE), TAUGHT, SHORT, REVISED),
        (evolve(FORMER, standing=Showing.WAITING), holder(GRACE), TAUGHT, SHORT, REVISED),
        (
            evolve(FORMER, replaces="older", standing=Showing.DISMISSED),
            holder(GRACE),
            TAUGHT,
            SHORT,
            evolve(REVISED, replaces="older"),
        ),
    ],
    ids=["nobody", "off", "long", "shown", "as before", "a revision", "waiting", "waiting twice"],
)
def test_a_recommendation_is_revised(
    former: Recommendation,
    other: Member[Any] | None,
    relationship: WorkingRelationship | None,
    text: str,
    expected: object,
) -> None:
    """It waits anew, and is to replace what shows, however often it is revised before that."""
    decided = revise(
        former,
        proposal(other=other),
        new_id="new",
        relationship=relationship,
        text=text,
        policy=POLICY,
        visibility=USUAL_VISIBILITY,
    )

    assert decided == told(expected)


ABOUT_ADA = evolve(FORMER, author=GRACE, subject=ADA)


@pytest.mark.parametrize(
    ("actor", "facts", "message", "former", "expected"),
    [
        (holder(ADA, off=True), {"other": None}, LONG, [ABOUT_ADA], NOBODY_THERE),
        (holder(ADA, off=True), {}, LONG, [ABOUT_ADA], OWN_RECOMMENDATIONS_OFF),
        (holder(ADA), {}, LONG, [ABOUT_ADA], ALREADY_RECOMMENDED),
        (holder(ADA, CLERK), {}, LONG, [evolve(ABOUT_ADA, position=CLERK)], POSITION_NOT_LISTED),
        (holder(ADA, ANALYST), {}, LONG, [], MESSAGE_TOO_LONG),
        (
            holder(ADA, ANALYST),
            {},
            SHORT,
            [evolve(ABOUT_ADA, standing=Showing.DISMISSED), evolve(ABOUT_ADA, position=CLERK)],
            ASKED,
        ),
    ],
    ids=["nobody", "off", "already", "not listed", "long", "dismissed before"],
)
def test_a_recommendation_is_asked_for(
    actor: Member[Any],
    facts: dict[str, Any],
    message: str,
    former: list[Recommendation],
    expected: object,
) -> None:
    """For a position that the actor lists and that the other has not written about."""
    decided = request(
        CONNECTED,
        proposal(actor=actor, **facts),
        new_id="new",
        position=ANALYST,
        relationship=TAUGHT,
        message=message,
        former=former,
        policy=POLICY,
        visibility=USUAL_VISIBILITY,
    )

    assert decided == told(expected)


@pytest.mark.parametrize(
    ("facts", "message", "expected"),
    [
        ({"other": None}, LONG, NOBODY_THERE),
        ({}, LONG, MESSAGE_TOO_LONG),
        ({}, SHORT, evolve(ASKED, relationship=MANAGED, revises="old")),
    ],
)
def test_a_revision_is_asked_for(facts: dict[str, Any], message: str, expected: object) -> None:
    """Of the author, by the subject, with what they wrote as it stands."""
    decided = ask_revision(
        ABOUT_ADA, proposal(**facts), new_id="new", message=message, policy=POLICY
    )

    assert decided == told(expected)
