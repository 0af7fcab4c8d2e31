"""What goes with a connection: all that the two said of each other, and all that they asked for."""

from __future__ import annotations

from connectcore.endorsements import (
    ENDORSEMENTS_RECEIVED,
    ENDORSEMENTS_REQUESTED,
    ENDORSEMENTS_SET_ASIDE,
)
from connectcore.members import MemberId
from connectcore.network.endorsing import close_request, take_endorsement_back
from connectcore.network.recommending import (
    close_recommendation_request,
    take_recommendation_back,
)
from connectcore.recommendations import RECOMMENDATIONS_RECEIVED, RECOMMENDATIONS_REQUESTED
from connectcore.storage import Transaction

__all__ = ["part"]


def part(transaction: Transaction, one: MemberId, other: MemberId) -> None:
    """Take away for good what *one* and *other* said of each other; nobody is told.

    LinkedIn withdraws endorsements and recommendations with a connection, and does not restore
    them (help page a_id/47081 for blocks; salesenabled.com for removals).
    """
    for owner, giver in ((one, other), (other, one)):
        _part_endorsements(transaction, owner, giver)
        _part_recommendations(transaction, owner, giver)


def _part_endorsements(transaction: Transaction, owner: MemberId, giver: MemberId) -> None:
    for endorsement in transaction.entries(ENDORSEMENTS_RECEIVED, (owner,), other=giver):
        take_endorsement_back(transaction, endorsement)
    for endorsement in transaction.entries(ENDORSEMENTS_SET_ASIDE, (owner,), other=giver):
        key = ENDORSEMENTS_SET_ASIDE.key(endorsement)
        transaction.strike(ENDORSEMENTS_SET_ASIDE, owner, key)
    for request in transaction.entries(ENDORSEMENTS_REQUESTED, (owner,), other=giver):
        close_request(transaction, request)


def _part_recommendations(transaction: Transaction, subject: MemberId, author: MemberId) -> None:
    for written in transaction.entries(RECOMMENDATIONS_RECEIVED, (subject,), other=author):
        take_recommendation_back(transaction, written)
    for request in transaction.entries(RECOMMENDATIONS_REQUESTED, (subject,), other=author):
        close_recommendation_request(transaction, request)
