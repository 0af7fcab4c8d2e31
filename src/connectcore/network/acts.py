"""Acts between two members: load the facts, ask the decision, write what its event means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import evolve

from connectcore.activities import ConnectionMade
from connectcore.acts import Act, decide
from connectcore.audiences import Audience
from connectcore.invitations import current, expire
from connectcore.members import Member, MemberId, member_id
from connectcore.network.charter import Charter, refuse, standpoint
from connectcore.network.delivering import close
from connectcore.network.holders import knows_email
from connectcore.network.parting import part, what_they_said
from connectcore.network.telling import tell_of
from connectcore.profiles import Profile, ProfileT
from connectcore.proposals import Proposal
from connectcore.refusals import Verdict
from connectcore.relationships import (
    Acquaintance,
    ConnectionRemoved,
    InvitationAccepted,
    Invited,
    MemberBlocked,
    PairEvent,
    Relationship,
    Strangers,
    transition,
)
from connectcore.storage import Read, Snapshot, Transaction
from connectcore.visibility import Standpoint, view

__all__ = [
    "approach",
    "as_seen",
    "carry_out",
    "count_shared",
    "keep",
    "perform",
    "propose",
    "record",
]

_WEIGHED = frozenset({Act.SEND, Act.ACCEPT, Act.BLOCK})
"""The acts that rules are asked about; the others need no counts."""


def perform(
    charter: Charter[ProfileT],
    act: Act,
    actor: MemberId,
    to: str,
    *,
    at: datetime | None,
) -> Relationship:
    """Do *act*, and give what the two are to each other then.

    Raises `NotFound` or `Refused` if the decision refuses, and `UnknownMember` if the actor has
    not joined; nothing is changed then.
    """
    other, moment = member_id(to), charter.moment(at)

    def unit(transaction: Transaction) -> Relationship:
        proposal = propose(charter, transaction, act, actor, other, at=moment)
        return carry_out(charter, transaction, act, proposal)

    return charter.store.write((actor, other), unit)


def carry_out(
    charter: Charter[ProfileT], transaction: Transaction, act: Act, proposal: Proposal
) -> Relationship:
    """Do what is proposed, as `perform` does, within a write that goes on."""
    match decide(act, proposal, charter.rules):
        case Verdict() as verdict:
            raise refuse(verdict)
        case None:
            return current(proposal.relationship, at=proposal.at, rules=charter.rules)
        case event:
            return record(charter, transaction, event, proposal.relationship)


def propose(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    act: Act,
    actor: MemberId,
    other: MemberId,
    *,
    at: datetime,
    note: str = "",
    acquaintance: Acquaintance | None = None,
    email: str | None = None,
    besides: Iterable[Read] = (),
) -> Proposal:
    """Load all that the rules for *act* may look at, in reads that do not depend on what is there.

    *besides* is what the caller is about to read, too.
    """
    window, pending = at - charter.rules.window, charter.pending_since(at)
    counts: tuple[Read, ...] = (
        lambda ahead: ahead.standings((actor, other), since=window, pending_since=pending),
        lambda ahead: ahead.shared(actor, other),
    )
    is_weighed = act in _WEIGHED
    where = standpoint(
        charter, snapshot, actor, (other,), besides=(*(counts if is_weighed else ()), *besides)
    )
    proposal = evolve(
        _facing(where, actor, other, at),
        note=note,
        acquaintance=acquaintance,
        knows_email=knows_email(charter, snapshot, where.members.get(other), email),
    )
    if not is_weighed:
        return proposal
    standings = snapshot.standings((actor, other), since=window, pending_since=pending)
    return evolve(
        proposal,
        shared=count_shared(snapshot, where, actor, other),
        standing=standings[actor],
        other_standing=standings[other],
    )


def approach(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    actor: MemberId,
    other: MemberId,
    *,
    at: datetime,
) -> Proposal:
    """Load what two members are to each other and what the actor sees of the other, and no counts."""
    return _facing(standpoint(charter, snapshot, actor, (other,)), actor, other, at)


def _facing(where: Standpoint, actor: MemberId, other: MemberId, at: datetime) -> Proposal:
    return Proposal(
        actor=where.members[actor],
        to=other,
        other=as_seen(where, other),
        at=at,
        relationship=where.relationships.get(other, Strangers()),
    )


def record(
    charter: Charter[ProfileT],
    transaction: Transaction,
    event: PairEvent,
    relationship: Relationship,
) -> Relationship:
    """Write what *event* means: the relationship after it, and who reads or is told of it."""
    if isinstance(relationship, Invited):
        expired = expire(relationship, at=event.at, rules=charter.rules)
        if expired is not None:
            relationship = keep(charter, transaction, expired, relationship)
            tell_of(charter, transaction, expired)
    relationship = keep(charter, transaction, event, relationship)
    tell_of(charter, transaction, event)
    return relationship


def keep(
    charter: Charter[ProfileT],
    transaction: Transaction,
    event: PairEvent,
    relationship: Relationship,
) -> Relationship:
    """Keep the relationship after *event*, and what others may read of it; nobody is told."""
    relationship = transition(relationship, event)
    is_parting = isinstance(event, ConnectionRemoved | MemberBlocked)
    left = what_they_said(transaction, event.by, event.to) if is_parting else None
    transaction.record(event, relationship)
    if isinstance(event, MemberBlocked):
        close(transaction, event.by, event.to)
    for actor, other in ((event.by, event.to), (event.to, event.by)):
        match event:
            case InvitationAccepted():
                transaction.publish(
                    ConnectionMade(id=charter.new_id(), actor=actor, member=other, at=event.at)
                )
            case ConnectionRemoved() | MemberBlocked():
                transaction.retract(actor, ConnectionMade.key_with(other))
            case _:
                pass
    if left is not None:
        part(transaction, left)
    return relationship


def as_seen(where: Standpoint, member: MemberId) -> Member[Profile] | None:
    """The member with the part of their profile that the viewer may see, if they may see any."""
    if not where.sees(member):
        return None
    present = where.members[member]
    seen = view(present, where.circles[member], where.policy)
    return evolve(present, profile=seen.profile)


def count_shared(snapshot: Snapshot, where: Standpoint, actor: MemberId, other: MemberId) -> int:
    """How many connections the two share that the actor may know of, in two reads."""
    shared = snapshot.shared(actor, other)
    among = evolve(
        where,
        members={**where.members, **snapshot.members(shared)},
        circles={**where.circles, **dict.fromkeys(shared, Audience.CONNECTIONS)},
    )
    return sum(among.may_know(member, other) for member in shared)
