"""Recommendations: one connection writes about the work of another, who decides whether it shows.

A recommendation is about a position of its subject and says how the two worked together.
It is never edited: a revision is a new value, which takes the place of the old one once its subject
accepts it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import Enum
from typing import NewType, final

from attrs import field, frozen

from connectcore.audiences import Audience
from connectcore.choices import check_instance, not_negative, one_of
from connectcore.members import Member, MemberId, member_id
from connectcore.moments import moment
from connectcore.profiles import Position, Profile
from connectcore.proposals import Proposal
from connectcore.refusals import (
    ALREADY_RECOMMENDED,
    ALREADY_WRITTEN,
    NO_SUCH_POSITION,
    NOBODY_THERE,
    OWN_RECOMMENDATIONS_OFF,
    POSITION_NOT_LISTED,
    RECOMMENDATIONS_OFF,
    Refusal,
    Verdict,
    too_long,
)
from connectcore.registers import Register
from connectcore.relationships import Connected
from connectcore.showing import Showing
from connectcore.texts import named, storable, written
from connectcore.visibility import VisibilityPolicy, audience_of

__all__ = [
    "RECOMMENDATIONS_ASKED",
    "RECOMMENDATIONS_RECEIVED",
    "RECOMMENDATIONS_REQUESTED",
    "RECOMMENDATIONS_WRITTEN",
    "Recommendation",
    "RecommendationId",
    "RecommendationPolicy",
    "RecommendationRequest",
    "RecommendationRequestId",
    "WorkingRelationship",
    "ask_revision",
    "position_named",
    "request",
    "revise",
    "write",
]

RecommendationId = NewType("RecommendationId", str)
"""The id of a recommendation, as the network made it; a revision has one of its own."""

RecommendationRequestId = NewType("RecommendationRequestId", str)
"""The id of what somebody asked a connection to write."""


def _id(value: str) -> RecommendationId:
    return RecommendationId(named(value))


def _optional_id(value: str | None) -> RecommendationId | None:
    return None if value is None else _id(value)


def _request_id(value: str) -> RecommendationRequestId:
    return RecommendationRequestId(named(value))


def position_named(position: Position) -> Position:
    """A position by its title and its company alone, which tell it apart from others of a member."""
    check_instance("position", position, Position)
    return Position(title=storable(position.title), company=storable(position.company))


@final
class WorkingRelationship(Enum):
    """How the author of a recommendation worked with its subject; the value is LinkedIn's word.

    The twelve are those of LinkedIn's recommendations (learn.microsoft.com, its reputation
    schema); each name completes "the author ... the subject".
    """

    MANAGED = "RECOMMENDER_MANAGED_RECOMMENDEE"
    REPORTED_TO = "RECOMMENDER_REPORTED_TO_RECOMMENDEE"
    WAS_SENIOR_TO = "RECOMMENDER_SENIOR_THAN_RECOMMENDEE"
    WAS_JUNIOR_TO = "RECOMMENDEE_SENIOR_THAN_RECOMMENDER"
    SHARED_A_GROUP_WITH = "WORKED_IN_SAME_GROUP"
    WAS_IN_ANOTHER_GROUP_THAN = "WORKED_IN_DIFFERENT_GROUPS"
    WAS_IN_ANOTHER_COMPANY_THAN = "WORKED_IN_DIFFERENT_COMPANIES"
    SERVED = "RECOMMENDEE_IS_CLIENT_OF_RECOMMENDER"
    WAS_A_CLIENT_OF = "RECOMMENDER_IS_CLIENT_OF_RECOMMENDEE"
    TAUGHT = "RECOMMENDER_TAUGHT_RECOMMENDEE"
    ADVISED = "RECOMMENDER_ADVISED_RECOMMENDEE"
    STUDIED_WITH = "RECOMMENDER_STUDIED_WITH_RECOMMENDEE"


@final
@frozen(kw_only=True)
class Recommendation:
    """What `author` wrote about the work of `subject` in a position.

    The position has the title and the company that it had when the author wrote.
    `replaces` is the recommendation of which this one is a revision.
    """

    id: RecommendationId = field(converter=_id)
    author: MemberId = field(converter=member_id)
    subject: MemberId = field(converter=member_id)
    position: Position = field(converter=position_named, repr=False)
    relationship: WorkingRelationship = field(validator=one_of(WorkingRelationship))
    text: str = field(converter=written, repr=False)
    at: datetime = field(converter=moment)
    standing: Showing = field(validator=one_of(Showing))
    replaces: RecommendationId | None = field(default=None, converter=_optional_id)


@final
@frozen(kw_only=True)
class RecommendationRequest:
    """`by` asks the member `of` for a recommendation, or for a revision of one that it `revises`.

    `relationship` is what the one who asks suggests.
    """

    id: RecommendationRequestId = field(converter=_request_id)
    by: MemberId = field(converter=member_id)
    of: MemberId = field(converter=member_id)
    position: Position = field(converter=position_named, repr=False)
    relationship: WorkingRelationship | None = field(
        default=None, validator=one_of(WorkingRelationship)
    )
    message: str = field(default="", converter=storable, repr=False)
    at: datetime = field(converter=moment)
    revises: RecommendationId | None = field(default=None, converter=_optional_id)


@final
@frozen(kw_only=True)
class RecommendationPolicy:
    """How many Unicode code points a recommendation may have, and a message that asks for one.

    3,000 for the text on LinkedIn (linkedinsights.com, 2020); it publishes no figure for the
    message, which has the length of the note of an invitation here.
    """

    characters: int = field(default=3000, validator=not_negative)
    message_characters: int = field(default=300, validator=not_negative)

    def weigh_text(self, text: str) -> Refusal | None:
        """Refuse a text that is too long."""
        return too_long("recommendation_too_long", "A recommendation", text, self.characters)

    def weigh_message(self, message: str) -> Refusal | None:
        """Refuse a message that is too long."""
        what = "The message of a request"
        return too_long("request_message_too_long", what, message, self.message_characters)


# ── What members keep ───────────────────────────────────────────────────────────────────────────

RECOMMENDATIONS_RECEIVED: Register[Recommendation] = Register(
    name="recommendations_received",
    holds=Recommendation,
    key=lambda recommendation: (recommendation.id,),
    at=lambda recommendation: recommendation.at,
    other=lambda recommendation: recommendation.author,
)
"""The recommendations of a member, each as its author keeps it too."""

RECOMMENDATIONS_WRITTEN: Register[Recommendation] = Register(
    name="recommendations_written",
    holds=Recommendation,
    key=lambda recommendation: (recommendation.id,),
    at=lambda recommendation: recommendation.at,
    other=lambda recommendation: recommendation.subject,
)
"""The recommendations that a member wrote."""

RECOMMENDATIONS_ASKED: Register[RecommendationRequest] = Register(
    name="recommendations_asked",
    holds=RecommendationRequest,
    key=lambda request: (request.id,),
    at=lambda request: request.at,
    other=lambda request: request.by,
)
"""What a member was asked to write and has neither written nor dismissed."""

RECOMMENDATIONS_REQUESTED: Register[RecommendationRequest] = Register(
    name="recommendations_requested",
    holds=RecommendationRequest,
    key=lambda request: (request.id,),
    at=lambda request: request.at,
    other=lambda request: request.of,
)
"""What a member asked for and has not got, also where the request was dismissed."""


# ── Decisions ───────────────────────────────────────────────────────────────────────────────────


def write(
    connected: Connected,
    proposal: Proposal,
    *,
    new_id: str,
    position: Position,
    relationship: WorkingRelationship,
    text: str,
    asked: RecommendationRequest | None,
    former: Collection[Recommendation],
    policy: RecommendationPolicy,
    visibility: VisibilityPolicy,
) -> Recommendation | Verdict:
    """Decide whether the actor may recommend the other for a position; it waits for them then.

    The position is one that the actor sees on the profile, or was asked about.
    """
    refused = _closed(proposal.other, visibility)
    if refused is not None:
        return refused
    if any(each.position == position for each in former):
        return Verdict((ALREADY_WRITTEN,))
    if asked is None and not (proposal.other and _holds(proposal.other.profile, position)):
        return Verdict((NO_SUCH_POSITION,))
    too_long = policy.weigh_text(text)
    if too_long is not None:
        return Verdict((too_long,))
    return Recommendation(
        id=new_id,
        author=proposal.actor.id,
        subject=proposal.to,
        position=position,
        relationship=relationship,
        text=text,
        at=proposal.at,
        standing=Showing.WAITING,
    )


def revise(
    former: Recommendation,
    proposal: Proposal,
    *,
    new_id: str,
    relationship: WorkingRelationship | None,
    text: str,
    policy: RecommendationPolicy,
    visibility: VisibilityPolicy,
) -> Recommendation | Verdict:
    """Decide what the author's revision of *former* is: a new value, which waits for its subject.

    A revision of what still waits replaces what that would have replaced.
    """
    refused = _closed(proposal.other, visibility)
    if refused is not None:
        return refused
    too_long = policy.weigh_text(text)
    if too_long is not None:
        return Verdict((too_long,))
    waits = former.standing.told is Showing.WAITING
    return Recommendation(
        id=new_id,
        author=former.author,
        subject=former.subject,
        position=former.position,
        relationship=relationship or former.relationship,
        text=text,
        at=proposal.at,
        standing=Showing.WAITING,
        replaces=(former.replaces if waits else None) or former.id,
    )


def request(
    connected: Connected,
    proposal: Proposal,
    *,
    new_id: str,
    position: Position,
    relationship: WorkingRelationship | None,
    message: str,
    former: Collection[Recommendation],
    policy: RecommendationPolicy,
    visibility: VisibilityPolicy,
) -> RecommendationRequest | Verdict:
    """Decide whether the actor may ask the other to recommend them for a position of theirs."""
    if proposal.other is None:
        return Verdict((NOBODY_THERE,))
    if audience_of(proposal.actor, "recommendations", visibility) is Audience.ONLY_ME:
        return Verdict((OWN_RECOMMENDATIONS_OFF,))
    if any(each.position == position and each.standing is not Showing.DISMISSED for each in former):
        return Verdict((ALREADY_RECOMMENDED,))
    if not _holds(proposal.actor.profile, position):
        return Verdict((POSITION_NOT_LISTED,))
    too_long = policy.weigh_message(message)
    if too_long is not None:
        return Verdict((too_long,))
    return RecommendationRequest(
        id=new_id,
        by=proposal.actor.id,
        of=proposal.to,
        position=position,
        relationship=relationship,
        message=message,
        at=proposal.at,
    )


def ask_revision(
    recommendation: Recommendation,
    proposal: Proposal,
    *,
    new_id: str,
    message: str,
    policy: RecommendationPolicy,
) -> RecommendationRequest | Verdict:
    """Decide whether the subject may ask the author to write a recommendation anew."""
    if proposal.other is None:
        return Verdict((NOBODY_THERE,))
    too_long = policy.weigh_message(message)
    if too_long is not None:
        return Verdict((too_long,))
    return RecommendationRequest(
        id=new_id,
        by=recommendation.subject,
        of=recommendation.author,
        position=recommendation.position,
        relationship=recommendation.relationship,
        message=message,
        at=proposal.at,
        revises=recommendation.id,
    )


def _closed(subject: Member[Profile] | None, visibility: VisibilityPolicy) -> Verdict | None:
    """Why nothing can be written about a member, whatever it is."""
    if subject is None:
        return Verdict((NOBODY_THERE,))
    if audience_of(subject, "recommendations", visibility) is Audience.ONLY_ME:
        return Verdict((RECOMMENDATIONS_OFF,))
    return None


def _holds(profile: Profile, position: Position) -> bool:
    """Whether a profile has a position of that title and company, current or former."""
    return position in {position_named(held) for held in profile.positions}
