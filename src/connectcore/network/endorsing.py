"""Writing endorsements and requests for them, always with both members and all that tells of them."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from connectcore.activities import SkillEndorsed
from connectcore.channels import NoticeKind
from connectcore.endorsements import (
    ENDORSEMENTS_ASKED,
    ENDORSEMENTS_GIVEN,
    ENDORSEMENTS_RECEIVED,
    ENDORSEMENTS_REQUESTED,
    ENDORSEMENTS_SET_ASIDE,
    Endorsement,
    EndorsementRequest,
)
from connectcore.network.charter import Charter
from connectcore.network.telling import untell
from connectcore.profiles import ProfileT
from connectcore.showing import Showing
from connectcore.storage import Transaction

__all__ = [
    "close_request",
    "dismiss_request",
    "keep_endorsement",
    "open_request",
    "stand",
    "take_endorsement_back",
]


def keep_endorsement(
    charter: Charter[ProfileT],
    transaction: Transaction,
    endorsement: Endorsement,
    *,
    at: datetime,
) -> None:
    """Enter an endorsement with both; it is told from *at* on as long as it is shown."""
    transaction.enter(ENDORSEMENTS_RECEIVED, endorsement.to, endorsement)
    transaction.enter(ENDORSEMENTS_GIVEN, endorsement.giver, endorsement)
    if endorsement.standing is not Showing.SHOWN:
        _untold(transaction, endorsement)
        return
    told = SkillEndorsed(
        id=charter.new_id(),
        actor=endorsement.giver,
        at=at,
        member=endorsement.to,
        skill=endorsement.skill,
        skill_key=endorsement.skill_key,
    )
    transaction.publish(told)


def stand(
    charter: Charter[ProfileT],
    transaction: Transaction,
    endorsement: Endorsement,
    standing: Showing,
    *,
    at: datetime,
) -> Endorsement:
    """Keep what the owner decided of an endorsement, so that it outlives the endorsement."""
    decided = evolve(endorsement, standing=standing)
    keep_endorsement(charter, transaction, decided, at=at)
    if standing is Showing.SHOWN:
        key = ENDORSEMENTS_SET_ASIDE.key(decided)
        transaction.strike(ENDORSEMENTS_SET_ASIDE, decided.to, key)
    else:
        transaction.enter(ENDORSEMENTS_SET_ASIDE, decided.to, decided)
    return decided


def take_endorsement_back(transaction: Transaction, endorsement: Endorsement) -> None:
    """Take an endorsement away from both, with all that tells of it."""
    key = ENDORSEMENTS_RECEIVED.key(endorsement)
    transaction.strike(ENDORSEMENTS_RECEIVED, endorsement.to, key)
    key = ENDORSEMENTS_GIVEN.key(endorsement)
    transaction.strike(ENDORSEMENTS_GIVEN, endorsement.giver, key)
    _untold(transaction, endorsement)
    untell(
        transaction,
        NoticeKind.SKILL_ENDORSED,
        to=endorsement.to,
        actor=endorsement.giver,
        about=endorsement.skill,
    )


def _untold(transaction: Transaction, endorsement: Endorsement) -> None:
    key = SkillEndorsed.key_of(endorsement.to, endorsement.skill_key)
    transaction.retract(endorsement.giver, key)


def open_request(transaction: Transaction, request: EndorsementRequest) -> None:
    """Enter a request with both."""
    transaction.enter(ENDORSEMENTS_ASKED, request.of, request)
    transaction.enter(ENDORSEMENTS_REQUESTED, request.by, request)


def close_request(transaction: Transaction, request: EndorsementRequest) -> None:
    """Take a request away from both, with what the one asked was told."""
    key = ENDORSEMENTS_REQUESTED.key(request)
    transaction.strike(ENDORSEMENTS_REQUESTED, request.by, key)
    dismiss_request(transaction, request)


def dismiss_request(transaction: Transaction, request: EndorsementRequest) -> None:
    """Take a request away from the one asked; whoever asked has it still."""
    key = ENDORSEMENTS_ASKED.key(request)
    transaction.strike(ENDORSEMENTS_ASKED, request.of, key)
    untell(
        transaction,
        NoticeKind.ENDORSEMENT_ASKED,
        to=request.of,
        actor=request.by,
        about=request.skill,
    )
