"""Whether somebody may endorse or recommend another, for whoever does it and for an operator who asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import final

from attrs import frozen

from connectcore.endorsements import (
    ENDORSEMENTS_GIVEN,
    ENDORSEMENTS_REQUESTED,
    ENDORSEMENTS_SET_ASIDE,
    Endorsement,
    EndorsementRequest,
    give,
)
from connectcore.members import MemberId
from connectcore.network.acts import approach
from connectcore.network.charter import Charter
from connectcore.network.recommending import requests_about
from connectcore.profiles import Position, ProfileT
from connectcore.recommendations import (
    RECOMMENDATIONS_WRITTEN,
    Recommendation,
    RecommendationRequest,
    WorkingRelationship,
    position_named,
    write,
)
from connectcore.refusals import Verdict
from connectcore.showing import connection_between
from connectcore.storage import Snapshot
from connectcore.texts import written

__all__ = ["Giving", "Recommending", "weigh_endorsement", "weigh_recommendation"]


@final
@frozen
class Giving:
    """An endorsement that is about to be given, or was before, and what there is of it already."""

    decision: Endorsement | Verdict
    given: Endorsement | None
    asked: EndorsementRequest | None
    set_aside: Endorsement | None


def weigh_endorsement(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    actor: MemberId,
    other: MemberId,
    *,
    skill: str,
    at: datetime,
) -> Giving:
    """Decide whether somebody may endorse another, in reads that do not depend on what is there."""
    name = written(skill).strip()
    key = charter.skills.plain(name)
    proposal = approach(charter, snapshot, actor, other, at=at)
    given = snapshot.entry(ENDORSEMENTS_GIVEN, actor, (other, key))
    asked = snapshot.entry(ENDORSEMENTS_REQUESTED, other, (actor, key))
    set_aside = snapshot.entry(ENDORSEMENTS_SET_ASIDE, other, (actor, key))
    connected = connection_between(proposal)
    if isinstance(connected, Verdict):
        return Giving(connected, given, asked, set_aside)
    decision = given or give(
        connected,
        proposal,
        skill=name,
        asked=asked,
        set_aside=set_aside,
        skills=charter.skills,
        visibility=charter.visibility,
    )
    return Giving(decision, given, asked, set_aside)


@final
@frozen
class Recommending:
    """A recommendation that is about to be written, and the requests that it would answer."""

    decision: Recommendation | Verdict
    asked: Sequence[RecommendationRequest]


def weigh_recommendation(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    actor: MemberId,
    other: MemberId,
    *,
    new_id: str,
    position: Position,
    relationship: WorkingRelationship,
    text: str,
    at: datetime,
) -> Recommending:
    """Decide whether somebody may recommend another, in reads that do not depend on what is there."""
    about, words = position_named(position), written(text)
    proposal = approach(charter, snapshot, actor, other, at=at)
    asked = requests_about(snapshot, by=other, of=actor, position=about)
    former = snapshot.entries(RECOMMENDATIONS_WRITTEN, (actor,), other=other)
    connected = connection_between(proposal)
    if isinstance(connected, Verdict):
        return Recommending(connected, asked)
    decision = write(
        connected,
        proposal,
        new_id=new_id,
        position=about,
        relationship=relationship,
        text=words,
        asked=next(iter(asked), None),
        former=former,
        policy=charter.recommendations,
        visibility=charter.visibility,
    )
    return Recommending(decision, asked)
