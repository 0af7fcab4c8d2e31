"""Endorsements: one connection vouches for a skill of another, who decides whether it shows.

A skill that the owner lists is shown at once, any other waits for them; and only what the profile
lists is shown, so that taking a skill off it takes its endorsements out of sight too.
"""

from __future__ import annotations

from datetime import datetime
from typing import final

from attrs import field, frozen

from connectcore.audiences import Audience
from connectcore.choices import one_of
from connectcore.members import MemberId, member_id
from connectcore.moments import moment
from connectcore.profiles import Profile
from connectcore.proposals import Proposal
from connectcore.refusals import (
    ALREADY_ENDORSED,
    ENDORSEMENTS_OFF,
    NO_ENDORSEMENT,
    NOBODY_THERE,
    OWN_ENDORSEMENTS_OFF,
    SKILL_NOT_LISTED,
    Verdict,
)
from connectcore.registers import Key, Register
from connectcore.relationships import Connected
from connectcore.showing import Showing
from connectcore.skills import SkillPolicy
from connectcore.texts import storable, written
from connectcore.visibility import VisibilityPolicy, audience_of

__all__ = [
    "ENDORSEMENTS_ASKED",
    "ENDORSEMENTS_GIVEN",
    "ENDORSEMENTS_RECEIVED",
    "ENDORSEMENTS_REQUESTED",
    "ENDORSEMENTS_SET_ASIDE",
    "EndorsedSkill",
    "Endorsement",
    "EndorsementRequest",
    "find",
    "give",
    "list_skill",
    "request",
]


@final
@frozen(kw_only=True)
class Endorsement:
    """`giver` vouches that `to` has a skill.

    `skill_key` is the plain form by which spellings of the skill are compared.
    """

    giver: MemberId = field(converter=member_id)
    to: MemberId = field(converter=member_id)
    skill: str = field(converter=written, repr=False)
    skill_key: str = field(converter=storable, repr=False)
    at: datetime = field(converter=moment)
    standing: Showing = field(validator=one_of(Showing))


@final
@frozen(kw_only=True)
class EndorsementRequest:
    """`by` asks the member `of` to endorse a skill of theirs."""

    by: MemberId = field(converter=member_id)
    of: MemberId = field(converter=member_id)
    skill: str = field(converter=written, repr=False)
    skill_key: str = field(converter=storable, repr=False)
    at: datetime = field(converter=moment)


@final
@frozen(kw_only=True)
class EndorsedSkill:
    """A skill of a member, and how many endorsements of it the viewer may see."""

    skill: str = field(repr=False)
    endorsements: int


# ── What members keep ───────────────────────────────────────────────────────────────────────────


def _from_giver(endorsement: Endorsement) -> Key:
    return (endorsement.giver, endorsement.skill_key)


ENDORSEMENTS_RECEIVED: Register[Endorsement] = Register(
    name="endorsements_received",
    holds=Endorsement,
    key=_from_giver,
    at=lambda endorsement: endorsement.at,
    other=lambda endorsement: endorsement.giver,
)
"""The endorsements of a member, each as its giver keeps it too."""

ENDORSEMENTS_GIVEN: Register[Endorsement] = Register(
    name="endorsements_given",
    holds=Endorsement,
    key=lambda endorsement: (endorsement.to, endorsement.skill_key),
    at=lambda endorsement: endorsement.at,
    other=lambda endorsement: endorsement.to,
)
"""The endorsements that a member gave."""

ENDORSEMENTS_SET_ASIDE: Register[Endorsement] = Register(
    name="endorsements_set_aside",
    holds=Endorsement,
    key=_from_giver,
    at=lambda endorsement: endorsement.at,
    other=lambda endorsement: endorsement.giver,
)
"""What a member hid or dismissed, also when its giver has taken it back: giving it anew does not
undo what its owner decided."""

ENDORSEMENTS_ASKED: Register[EndorsementRequest] = Register(
    name="endorsements_asked",
    holds=EndorsementRequest,
    key=lambda request: (request.by, request.skill_key),
    at=lambda request: request.at,
    other=lambda request: request.by,
)
"""What a member was asked to endorse and has neither given nor dismissed."""

ENDORSEMENTS_REQUESTED: Register[EndorsementRequest] = Register(
    name="endorsements_requested",
    holds=EndorsementRequest,
    key=lambda request: (request.of, request.skill_key),
    at=lambda request: request.at,
    other=lambda request: request.of,
)
"""What a member asked for and has not got, also where the request was dismissed."""


# ── Decisions ───────────────────────────────────────────────────────────────────────────────────


def give(
    connected: Connected,
    proposal: Proposal,
    *,
    skill: str,
    asked: EndorsementRequest | None,
    set_aside: Endorsement | None,
    skills: SkillPolicy,
    visibility: VisibilityPolicy,
) -> Endorsement | Verdict:
    """Decide whether the actor may endorse the other, and where the endorsement stands then.

    It shows at once if the actor sees the skill on the profile or was asked for it; what the owner
    set aside before stays so.
    """
    other = proposal.other
    if other is None:
        return Verdict((NOBODY_THERE,))
    if audience_of(other, "endorsements", visibility) is Audience.ONLY_ME:
        return Verdict((ENDORSEMENTS_OFF,))
    too_long = skills.too_long(skill)
    if too_long is not None:
        return Verdict((too_long,))
    skill_key = skills.plain(skill)
    listed = skills.listed(other.profile).get(skill_key)
    standing = Showing.WAITING if listed is None and asked is None else Showing.SHOWN
    return Endorsement(
        giver=proposal.actor.id,
        to=proposal.to,
        skill=skill if listed is None else listed,
        skill_key=skill_key,
        at=proposal.at,
        standing=standing if set_aside is None else set_aside.standing,
    )


def request(
    connected: Connected,
    proposal: Proposal,
    *,
    skill: str,
    given: Endorsement | None,
    skills: SkillPolicy,
    visibility: VisibilityPolicy,
) -> EndorsementRequest | Verdict:
    """Decide whether the actor may ask the other to endorse a skill that the actor lists."""
    if proposal.other is None:
        return Verdict((NOBODY_THERE,))
    if audience_of(proposal.actor, "endorsements", visibility) is Audience.ONLY_ME:
        return Verdict((OWN_ENDORSEMENTS_OFF,))
    if given is not None:
        return Verdict((ALREADY_ENDORSED,))
    skill_key = skills.plain(skill)
    listed = skills.listed(proposal.actor.profile).get(skill_key)
    if listed is None:
        return Verdict((SKILL_NOT_LISTED,))
    return EndorsementRequest(
        by=proposal.actor.id, of=proposal.to, skill=listed, skill_key=skill_key, at=proposal.at
    )


def find(endorsement: Endorsement | None, proposal: Proposal) -> Endorsement | Verdict:
    """The endorsement of the actor by the other, or why there is none to decide about."""
    if endorsement is not None:
        return endorsement
    return Verdict((NOBODY_THERE if proposal.other is None else NO_ENDORSEMENT,))


def list_skill(
    endorsement: Endorsement, profile: Profile, skills: SkillPolicy
) -> tuple[str, ...] | Verdict:
    """Decide what skills a profile lists once an endorsement is accepted: its skill is among them."""
    if endorsement.skill_key in skills.listed(profile):
        return profile.skills
    too_many = skills.too_many(len(profile.skills) + 1)
    return (*profile.skills, endorsement.skill) if too_many is None else Verdict((too_many,))
