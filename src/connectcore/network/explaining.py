"""What an operator asks: why something is refused in truth, and who sees what of whom."""

from __future__ import annotations

from datetime import datetime

from connectcore.acts import Act, foresee
from connectcore.choices import check_choice
from connectcore.endorsements import Endorsement
from connectcore.explanations import Disclosure, disclosure, with_true_causes
from connectcore.members import MemberId, member_id
from connectcore.messages import MessageWay
from connectcore.network.acts import propose
from connectcore.network.addressing import Draft, address
from connectcore.network.arriving import ANSWERING, with_arrival
from connectcore.network.charter import Charter, standpoint
from connectcore.network.vouching import weigh_endorsement, weigh_recommendation
from connectcore.profiles import Position, ProfileT
from connectcore.recommendations import Recommendation, WorkingRelationship
from connectcore.refusals import Verdict
from connectcore.relationships import Acquaintance
from connectcore.storage import Snapshot
from connectcore.texts import storable
from connectcore.writing import weigh_message

__all__ = [
    "explain_act",
    "explain_endorsement",
    "explain_message",
    "explain_recommendation",
    "explain_view",
]


def explain_act(
    charter: Charter[ProfileT],
    act: Act,
    actor: str,
    to: str,
    *,
    at: datetime | None,
    note: str,
    acquaintance: Acquaintance | None,
    email: str | None,
) -> Verdict:
    """What would become of *act*, with the causes that the actor is not told."""
    check_choice("act", act, Act)
    by, other, moment = member_id(actor), member_id(to), charter.moment(at)

    def unit(snapshot: Snapshot) -> Verdict:
        proposal = propose(
            charter,
            snapshot,
            act,
            by,
            other,
            at=moment,
            note=note,
            acquaintance=acquaintance,
            email=email,
        )
        if act in ANSWERING:
            proposal, _ = with_arrival(charter, snapshot, proposal)
        return _with_true_causes(
            charter, snapshot, foresee(act, proposal, charter.rules), by, other
        )

    return charter.store.read(unit)


def explain_message(
    charter: Charter[ProfileT],
    way: MessageWay,
    actor: str,
    to: str,
    *,
    at: datetime | None,
    text: str,
    subject: str,
) -> Verdict:
    """What would become of a message, with the causes that the actor is not told."""
    by = member_id(actor)
    draft = Draft(to=to, at=charter.moment(at), way=way, text=text, subject=subject)

    def unit(snapshot: Snapshot) -> Verdict:
        verdict = weigh_message(address(charter, snapshot, by, draft), charter.messages)
        return _with_true_causes(charter, snapshot, verdict, by, draft.to)

    return charter.store.read(unit)


def explain_endorsement(
    charter: Charter[ProfileT], actor: str, to: str, *, skill: str, at: datetime | None
) -> Verdict:
    """What would become of an endorsement, with the causes that the giver is not told."""
    by, other, moment = member_id(actor), member_id(to), charter.moment(at)

    def unit(snapshot: Snapshot) -> Verdict:
        giving = weigh_endorsement(charter, snapshot, by, other, skill=skill, at=moment)
        return _with_true_causes(charter, snapshot, giving.decision, by, other)

    return charter.store.read(unit)


def explain_recommendation(
    charter: Charter[ProfileT],
    actor: str,
    to: str,
    *,
    position: Position,
    text: str,
    at: datetime | None,
) -> Verdict:
    """What would become of a recommendation, with the causes that the author is not told."""
    by, other, moment = member_id(actor), member_id(to), charter.moment(at)

    def unit(snapshot: Snapshot) -> Verdict:
        weighed = weigh_recommendation(
            charter,
            snapshot,
            by,
            other,
            new_id=charter.new_id(),
            position=position,
            relationship=WorkingRelationship.MANAGED,  # whichever it is, none is refused
            text=storable(text) or "Not asked about.",
            at=moment,
        )
        return _with_true_causes(charter, snapshot, weighed.decision, by, other)

    return charter.store.read(unit)


def _with_true_causes(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    decision: Endorsement | Recommendation | Verdict,
    actor: MemberId,
    other: MemberId,
) -> Verdict:
    """A decision as a verdict, with what an operator may tell apart told apart."""
    verdict = decision if isinstance(decision, Verdict) else Verdict()
    return with_true_causes(verdict, standpoint(charter, snapshot, actor, (other,)), other)


def explain_view(charter: Charter[ProfileT], viewer: str | None, member: str) -> Disclosure:
    """What *member* shows to *viewer*, and why."""
    looking = None if viewer is None else member_id(viewer)
    owner = member_id(member)
    return charter.store.read(
        lambda snapshot: disclosure(standpoint(charter, snapshot, looking, (owner,)), owner)
    )
