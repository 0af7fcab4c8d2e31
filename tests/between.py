"""Ada and Grace: whatever may be between the two, and what rules are asked about them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from attrs import evolve

from connectcore import (
    ConnectionRemoved,
    InvitationAccepted,
    InvitationExpired,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Member,
    MemberBlocked,
    MemberFollowed,
    MemberId,
    MemberUnblocked,
    MemberUnfollowed,
    PairEvent,
    Proposal,
    Refusal,
    Relationship,
    Rule,
    replay,
)
from tests.worlds import NOON, profile_of

__all__ = [
    "ADA",
    "EVENTS",
    "GRACE",
    "SITUATIONS",
    "RuleCase",
    "Summary",
    "did",
    "proposal",
    "summary",
]

ADA, GRACE = MemberId("ada"), MemberId("grace")

EVENTS: tuple[type[PairEvent], ...] = (
    InvitationSent,
    InvitationAccepted,
    InvitationIgnored,
    InvitationReported,
    InvitationWithdrawn,
    InvitationExpired,
    ConnectionRemoved,
    MemberBlocked,
    MemberUnblocked,
    MemberFollowed,
    MemberUnfollowed,
)
"""Every kind of thing that happens between two members."""

E = TypeVar("E", bound=PairEvent)


def did(by: MemberId, kind: type[E], *, at: datetime = NOON) -> E:
    """An event that one of the two caused."""
    return kind(by=by, to=GRACE if by == ADA else ADA, at=at)


_ADA_INVITED, _GRACE_INVITED = did(ADA, InvitationSent), did(GRACE, InvitationSent)
_ADA_BLOCKED, _GRACE_BLOCKED = did(ADA, MemberBlocked), did(GRACE, MemberBlocked)

SITUATIONS: Mapping[str, Relationship] = {
    "strangers": replay([]),
    "Ada invited": replay([_ADA_INVITED]),
    "Ada invited, ignored": replay([_ADA_INVITED, did(GRACE, InvitationIgnored)]),
    "Ada invited, reported": replay([_ADA_INVITED, did(GRACE, InvitationReported)]),
    "Grace invited": replay([_GRACE_INVITED]),
    "Grace invited, ignored": replay([_GRACE_INVITED, did(ADA, InvitationIgnored)]),
    "Grace invited, reported": replay([_GRACE_INVITED, did(ADA, InvitationReported)]),
    "connected": replay([_ADA_INVITED, did(GRACE, InvitationAccepted)]),
    "Ada blocked": replay([_ADA_BLOCKED]),
    "Grace blocked": replay([_GRACE_BLOCKED]),
    "both blocked": replay([_ADA_BLOCKED, _GRACE_BLOCKED]),
}
"""Whatever two members may be to each other, in words that name who did it."""


STRANGERS = Proposal(
    actor=Member(ADA, profile_of(ADA)),
    to=GRACE,
    other=Member(GRACE, profile_of(GRACE)),
    at=NOON,
)


def proposal(**facts: Any) -> Proposal:
    """What rules are asked when Ada wants something of Grace at noon, with other *facts*."""
    return evolve(STRANGERS, **facts)


Summary: TypeAlias = tuple[str, int | None, int | None, datetime | None, str]
"""The code, limit, count and moment of a refusal, and the code that the actor reads."""

RuleCase: TypeAlias = tuple[Rule, Mapping[str, Any], Summary | None]
"""A rule, the facts of a `proposal`, and the refusal, if the rule refuses it."""


def summary(refusal: Refusal | None) -> Summary | None:
    """What tables of rules say of a refusal."""
    return refusal and (
        refusal.code,
        refusal.limit,
        refusal.count,
        refusal.possible_at,
        refusal.disclosed.code,
    )
