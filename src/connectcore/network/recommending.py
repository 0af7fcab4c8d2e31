"""Writing recommendations and requests for them, always with both and all that tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from attrs import evolve

from connectcore.activities import RecommendationShown
from connectcore.channels import NoticeKind
from connectcore.errors import InvalidValue
from connectcore.members import MemberId
from connectcore.network.charter import Charter
from connectcore.network.telling import tell, untell
from connectcore.profiles import Position, ProfileT
from connectcore.recommendations import (
    RECOMMENDATIONS_ASKED,
    RECOMMENDATIONS_RECEIVED,
    RECOMMENDATIONS_REQUESTED,
    RECOMMENDATIONS_WRITTEN,
    Recommendation,
    RecommendationRequest,
)
from connectcore.registers import Register
from connectcore.showing import Showing
from connectcore.storage import Snapshot, Transaction

__all__ = [
    "ask_for_recommendation",
    "close_recommendation_request",
    "decide_recommendation",
    "dismiss_recommendation_request",
    "put_recommendation",
    "remove_recommendation",
    "requests_about",
    "take_recommendation_back",
]

T = TypeVar("T")


def put_recommendation(
    charter: Charter[ProfileT], transaction: Transaction, recommendation: Recommendation
) -> None:
    """Add a recommendation that waits for its subject, and tell them; raise `InvalidValue` if its id is taken."""
    _add(transaction, RECOMMENDATIONS_WRITTEN, recommendation.author, recommendation)
    _add(transaction, RECOMMENDATIONS_RECEIVED, recommendation.subject, recommendation)
    tell(
        charter,
        transaction,
        NoticeKind.RECOMMENDATION_WRITTEN,
        to=recommendation.subject,
        actor=recommendation.author,
        at=recommendation.at,
        about=recommendation.id,
    )


def decide_recommendation(
    charter: Charter[ProfileT],
    transaction: Transaction,
    recommendation: Recommendation,
    standing: Showing,
    *,
    at: datetime,
) -> Recommendation:
    """Keep what the subject decided; what is accepted takes the place of what it revises."""
    decided = evolve(recommendation, standing=standing)
    _enter(transaction, decided)
    if recommendation.standing.told is Showing.WAITING and standing is not Showing.DISMISSED:
        _replace(transaction, decided)
        tell(
            charter,
            transaction,
            NoticeKind.RECOMMENDATION_ACCEPTED,
            to=decided.author,
            actor=decided.subject,
            at=at,
            about=decided.id,
        )
    if standing is Showing.SHOWN:
        shown = RecommendationShown(
            id=charter.new_id(),
            actor=decided.subject,
            at=at,
            recommendation=decided.id,
            author=decided.author,
        )
        transaction.publish(shown)
    else:
        transaction.retract(decided.subject, RecommendationShown.key_of(decided.id))
    return decided


def take_recommendation_back(transaction: Transaction, recommendation: Recommendation) -> None:
    """Take a recommendation away from both, with all that tells of it or asks to revise it."""
    author, subject, about = recommendation.author, recommendation.subject, recommendation.id
    requests = requests_about(transaction, by=subject, of=author, position=recommendation.position)
    remove_recommendation(transaction, recommendation)
    for asked in requests:
        if asked.revises == about:
            close_recommendation_request(transaction, asked)


def remove_recommendation(transaction: Transaction, recommendation: Recommendation) -> None:
    """Take a recommendation away from both, with all that tells of it."""
    author, subject, about = recommendation.author, recommendation.subject, recommendation.id
    transaction.strike(RECOMMENDATIONS_RECEIVED, subject, (about,))
    transaction.strike(RECOMMENDATIONS_WRITTEN, author, (about,))
    transaction.retract(subject, RecommendationShown.key_of(about))
    written, accepted = NoticeKind.RECOMMENDATION_WRITTEN, NoticeKind.RECOMMENDATION_ACCEPTED
    untell(transaction, written, to=subject, actor=author, about=about)
    untell(transaction, accepted, to=author, actor=subject, about=about)


def requests_about(
    snapshot: Snapshot, *, by: MemberId, of: MemberId, position: Position
) -> Sequence[RecommendationRequest]:
    """What *by* asked the member *of* about a position and has not got."""
    requested = snapshot.entries(RECOMMENDATIONS_REQUESTED, (by,), other=of)
    return [request for request in requested if request.position == position]


def ask_for_recommendation(
    charter: Charter[ProfileT], transaction: Transaction, request: RecommendationRequest
) -> None:
    """Add a request, and tell the one asked; raise `InvalidValue` if its id is taken."""
    _add(transaction, RECOMMENDATIONS_ASKED, request.of, request)
    _add(transaction, RECOMMENDATIONS_REQUESTED, request.by, request)
    kind, about = _told_of(request)
    tell(charter, transaction, kind, to=request.of, actor=request.by, at=request.at, about=about)


def close_recommendation_request(transaction: Transaction, request: RecommendationRequest) -> None:
    """Take a request away from both, with what the one asked was told."""
    transaction.strike(RECOMMENDATIONS_REQUESTED, request.by, (request.id,))
    dismiss_recommendation_request(transaction, request)


def dismiss_recommendation_request(
    transaction: Transaction, request: RecommendationRequest
) -> None:
    """Take a request away from the one asked; whoever asked has it still."""
    transaction.strike(RECOMMENDATIONS_ASKED, request.of, (request.id,))
    kind, about = _told_of(request)
    untell(transaction, kind, to=request.of, actor=request.by, about=about)


def _enter(transaction: Transaction, recommendation: Recommendation) -> None:
    transaction.enter(RECOMMENDATIONS_RECEIVED, recommendation.subject, recommendation)
    transaction.enter(RECOMMENDATIONS_WRITTEN, recommendation.author, recommendation)


def _replace(transaction: Transaction, revision: Recommendation) -> None:
    """Take away what an accepted revision replaces, if it is still there."""
    if revision.replaces is None:
        return
    key = (revision.replaces,)
    replaced = transaction.entry(RECOMMENDATIONS_RECEIVED, revision.subject, key)
    if replaced is not None:
        take_recommendation_back(transaction, replaced)


def _told_of(request: RecommendationRequest) -> tuple[NoticeKind, str]:
    if request.revises is None:
        return NoticeKind.RECOMMENDATION_ASKED, request.id
    return NoticeKind.REVISION_ASKED, request.revises


def _add(transaction: Transaction, register: Register[T], owner: MemberId, entry: T) -> None:
    key = register.key(entry)
    if transaction.entry(register, owner, key) is not None:
        message = f"the id {key[0]!r} is taken; new_id must never give one twice"
        raise InvalidValue(message)
    transaction.enter(register, owner, entry)
