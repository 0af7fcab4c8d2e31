"""What goes with a connection: all that the two said of each other, and all that they asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, final

from attrs import frozen

from connectcore.endorsements import (
    ENDORSEMENTS_RECEIVED,
    ENDORSEMENTS_REQUESTED,
    ENDORSEMENTS_SET_ASIDE,
    Endorsement,
    EndorsementRequest,
)
from connectcore.members import MemberId
from connectcore.network.endorsing import close_request, take_endorsement_back
from connectcore.network.recommending import (
    close_recommendation_request,
    remove_recommendation,
)
from connectcore.recommendations import (
    RECOMMENDATIONS_RECEIVED,
    RECOMMENDATIONS_REQUESTED,
    Recommendation,
    RecommendationRequest,
)
from connectcore.registers import Register
from connectcore.storage import Read, Snapshot, Transaction

__all__ = ["WhatTheySaid", "part", "what_they_said"]

T = TypeVar("T")

_REGISTERS: tuple[Register[Any], ...] = (
    *(ENDORSEMENTS_RECEIVED, ENDORSEMENTS_SET_ASIDE, ENDORSEMENTS_REQUESTED),
    *(RECOMMENDATIONS_RECEIVED, RECOMMENDATIONS_REQUESTED),
)
"""What owners keep that the other said of them or was asked for."""


@final
@frozen
class WhatTheySaid:
    """All that two members said of each other and asked each other for."""

    endorsed: Sequence[Endorsement]
    set_aside: Sequence[Endorsement]
    asked_to_endorse: Sequence[EndorsementRequest]
    recommended: Sequence[Recommendation]
    asked_to_recommend: Sequence[RecommendationRequest]


def what_they_said(snapshot: Snapshot, one: MemberId, other: MemberId) -> WhatTheySaid:
    """Load what *one* and *other* said of each other, in reads that do not depend on it."""

    def between(register: Register[T]) -> tuple[Read, Read]:
        return (
            lambda ahead: ahead.entries(register, (one,), other=other),
            lambda ahead: ahead.entries(register, (other,), other=one),
        )

    def entries(register: Register[T]) -> Sequence[T]:
        ones, others = (
            snapshot.entries(register, (owner,), other=them)
            for owner, them in ((one, other), (other, one))
        )
        return (*ones, *others)

    snapshot.read_ahead(*(read for register in _REGISTERS for read in between(register)))
    return WhatTheySaid(
        endorsed=entries(ENDORSEMENTS_RECEIVED),
        set_aside=entries(ENDORSEMENTS_SET_ASIDE),
        asked_to_endorse=entries(ENDORSEMENTS_REQUESTED),
        recommended=entries(RECOMMENDATIONS_RECEIVED),
        asked_to_recommend=entries(RECOMMENDATIONS_REQUESTED),
    )


def part(transaction: Transaction, said: WhatTheySaid) -> None:
    """Take away for good what two members said of each other; nobody is told.

    LinkedIn withdraws endorsements and recommendations with a connection, and does not restore
    them (help page a_id/47081 for blocks; salesenabled.com for removals).
    """
    for endorsement in said.endorsed:
        take_endorsement_back(transaction, endorsement)
    for endorsement in said.set_aside:
        key = ENDORSEMENTS_SET_ASIDE.key(endorsement)
        transaction.strike(ENDORSEMENTS_SET_ASIDE, endorsement.to, key)
    for asked in said.asked_to_endorse:
        close_request(transaction, asked)
    for written in said.recommended:
        remove_recommendation(transaction, written)
    for request in said.asked_to_recommend:
        close_recommendation_request(transaction, request)
