"""Invitations that came to an address of a member: which of them wait, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain

from attrs import evolve

from connectcore.acts import Act, decide
from connectcore.addresses import CONFIRMED_ADDRESSES
from connectcore.channels import NoticeKind
from connectcore.guests import ADDRESSES_INVITED, TURNED_AWAY, Arrival, arrivals, is_invited_by
from connectcore.invitations import current, expire, ignore, report
from connectcore.members import MemberId, member_id
from connectcore.network.acts import carry_out, keep, propose, record
from connectcore.network.charter import Charter
from connectcore.network.holders import addresses_of
from connectcore.network.naming import write_naming_more
from connectcore.network.paging import BATCH, read_page, whole
from connectcore.network.telling import tell_of, untell, write_down
from connectcore.pages import Mark, Page
from connectcore.profiles import ProfileT
from connectcore.proposals import Proposal, Standing
from connectcore.refusals import Verdict
from connectcore.relationships import (
    Acquaintance,
    Connected,
    InvitationExpired,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    PairEvent,
    PendingInvitation,
    Relationship,
    Strangers,
)
from connectcore.storage import Snapshot, Transaction

__all__ = [
    "ANSWERING",
    "answer",
    "arrived",
    "hold_back",
    "is_turned_away",
    "received",
    "set_aside_all",
    "settle_expired",
    "untell_guest",
    "waiting",
    "waiting_at",
    "with_arrival",
]

ANSWERING = frozenset({Act.SEND, Act.ACCEPT, Act.IGNORE, Act.REPORT})
"""The acts that may answer an invitation."""

# ── Which of them wait ──────────────────────────────────────────────────────────────────────────


def arrivals_from(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    guests: Collection[MemberId],
    inviter: MemberId,
    real: Relationship,
    *,
    at: datetime,
) -> tuple[Arrival, ...]:
    """The invitations of *inviter* to addresses of one member that can be accepted, newest first."""
    states = snapshot.relationships(inviter, guests)
    now = {guest: current(state, at=at, rules=charter.rules) for guest, state in states.items()}
    return arrivals(current(real, at=at, rules=charter.rules), now)


def with_arrival(
    charter: Charter[ProfileT], snapshot: Snapshot, proposal: Proposal
) -> tuple[Proposal, tuple[Arrival, ...]]:
    """What is proposed to somebody whose invitation may have come to an address of the actor's.

    For the actor the two are as if it had come to them, unless another one did.
    """
    actor, inviter, at = proposal.actor.id, proposal.to, proposal.at
    guests = addresses_of(charter, snapshot, actor)
    real = current(proposal.relationship, at=at, rules=charter.rules)
    found = arrivals_from(charter, snapshot, guests, inviter, real, at=at)
    if actor == inviter:
        return proposal, ()
    match real:
        case Strangers() | Invited() if found and not is_invited_by(real, inviter):
            return evolve(proposal, relationship=found[0].between(actor, real)), found
        case _:
            return proposal, found


def received(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    member: MemberId,
    *,
    limit: int,
    after: str | None,
    at: datetime,
) -> Page[PendingInvitation]:
    """A page of the invitations that wait for *member*, whether they came to them or an address.

    Somebody who sent several is listed once, with the one that came to the member, or the newest.
    """
    guests, since = addresses_of(charter, snapshot, member), charter.pending_since(at)

    def fetch(before: Mark | None, wanted: int) -> Sequence[PendingInvitation]:
        def read(to: MemberId, ahead: Snapshot) -> Sequence[PendingInvitation]:
            return ahead.received(to, before, wanted, since=since)

        ends = (member, *guests)
        snapshot.read_ahead(*(partial(read, to) for to in ends))
        sources = (read(to, snapshot) for to in ends)
        return sorted(chain.from_iterable(sources), key=_place, reverse=True)[:wanted]

    def keep(batch: Sequence[PendingInvitation]) -> Sequence[PendingInvitation]:
        to_guests = {each.inviter for each in batch if each.invitee != member}
        listed = arrived(charter, snapshot, member, guests, to_guests, at=at)
        return [
            evolve(each, invitee=member)
            for each in batch
            if each.invitee == member or listed.get(each.inviter) == each.invitee
        ]

    return read_page(fetch, _place, scope=(member, "received"), limit=limit, after=after, keep=keep)


def arrived(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    member: MemberId,
    guests: Collection[MemberId],
    inviters: Collection[MemberId],
    *,
    at: datetime,
) -> Mapping[MemberId, MemberId]:
    """Of *inviters* those whose invitation waits at an address of *member*, with its digest.

    In a read for each address, and one more, all of them together.
    """

    def read(of: MemberId, ahead: Snapshot) -> Mapping[MemberId, Relationship]:
        return ahead.relationships(of, inviters)

    snapshot.read_ahead(*(partial(read, of) for of in (member, *guests)))
    real = snapshot.relationships(member, inviters)
    at_guests = {guest: snapshot.relationships(guest, inviters) for guest in guests}
    found: dict[MemberId, MemberId] = {}
    for inviter in inviters:
        between = current(real[inviter], at=at, rules=charter.rules)
        states = {
            guest: current(states[inviter], at=at, rules=charter.rules)
            for guest, states in at_guests.items()
        }
        waiting = [each for each in arrivals(between, states) if each.waits]
        if waiting and not (is_invited_by(between, inviter) and _waits(between)):
            found[inviter] = waiting[0].guest
    return found


def _waits(relationship: Relationship) -> bool:
    return isinstance(relationship, Invited) and relationship.set_aside is None


def _place(invitation: PendingInvitation) -> Mark:
    return (invitation.sent_at, invitation.inviter)


# ── What becomes of them ────────────────────────────────────────────────────────────────────────


def answer(
    charter: Charter[ProfileT],
    act: Act,
    actor: MemberId,
    to: str,
    *,
    at: datetime | None,
    note: str = "",
    acquaintance: Acquaintance | None = None,
    email: str | None = None,
) -> Relationship:
    """Do *act* as `perform` does, towards somebody whose invitation may have come to an address."""
    other, moment = member_id(to), charter.moment(at)

    def unit(transaction: Transaction, name: Callable[[Iterable[MemberId]], None]) -> Relationship:
        proposal = propose(
            charter,
            transaction,
            act,
            actor,
            other,
            at=moment,
            note=note,
            acquaintance=acquaintance,
            email=email,
            besides=(
                lambda ahead: ahead.entries(CONFIRMED_ADDRESSES, (actor,)),
                lambda ahead: ahead.entry(TURNED_AWAY, other, (actor,)),
            ),
        )
        supposed, found = with_arrival(charter, transaction, proposal)
        name(arrival.guest for arrival in found)
        is_reported = transaction.entry(TURNED_AWAY, other, (actor,)) is not None
        if found and act in {Act.IGNORE, Act.REPORT}:
            return _set_aside(charter, transaction, act, proposal, found)
        is_at_address = supposed is not proposal
        if is_at_address:
            _make_way(charter, transaction, proposal, found[0])
        state = carry_out(charter, transaction, act, supposed)
        if is_at_address:
            _finish(charter, transaction, found[0], at=moment)
        if isinstance(state, Connected):
            _make_up(transaction, actor, other)
        elif is_reported and is_invited_by(state, actor) and _waits(state):
            # In the eyes of the inviter it waits, as it would if they had not been reported.
            ignored = InvitationIgnored(by=other, to=actor, at=moment)
            record(charter, transaction, ignored, state)
        return state

    return write_naming_more(charter.store, (actor, other), unit)


def _make_up(transaction: Transaction, one: MemberId, other: MemberId) -> None:
    """Forget that either of two who connected turned the other away."""
    transaction.strike(TURNED_AWAY, one, (other,))
    transaction.strike(TURNED_AWAY, other, (one,))


def _make_way(
    charter: Charter[ProfileT], transaction: Transaction, proposal: Proposal, arrival: Arrival
) -> None:
    """Let whatever waits between the two be over, and tell of what came to the address instead."""
    actor, inviter, at = proposal.actor.id, proposal.to, proposal.at
    relationship = proposal.relationship
    if isinstance(relationship, Invited):
        over: PairEvent | None = expire(relationship, at=at, rules=charter.rules)
        over = over or InvitationWithdrawn(by=actor, to=inviter, at=at)
        keep(charter, transaction, over, relationship)
        tell_of(charter, transaction, over)
    note = arrival.state.invitation.note
    sent = InvitationSent(by=inviter, to=actor, at=arrival.sent_at, note=note)
    write_down(charter, transaction, sent, owner=inviter, other=actor, due_at=at)


def _finish(
    charter: Charter[ProfileT], transaction: Transaction, arrival: Arrival, *, at: datetime
) -> None:
    """Let an invitation that was accepted be over at the address, which remembers nothing of it."""
    inviter, guest = arrival.state.invitation.inviter, arrival.guest
    ended = InvitationExpired(by=inviter, to=guest, at=at)
    keep(charter, transaction, ended, arrival.state)
    transaction.strike(ADDRESSES_INVITED, inviter, (guest,))
    untell_guest(transaction, guest, inviter)


def _set_aside(
    charter: Charter[ProfileT],
    transaction: Transaction,
    act: Act,
    proposal: Proposal,
    found: Sequence[Arrival],
) -> Relationship:
    """Set aside everything by which somebody invited the actor; they are not told."""
    actor, inviter, at = proposal.actor.id, proposal.to, proposal.at
    decision = report if act is Act.REPORT else ignore
    for arrival in found:
        event = decision(arrival.state, by=arrival.guest, at=at)
        if isinstance(event, PairEvent):
            keep(charter, transaction, event, arrival.state)
        untell_guest(transaction, arrival.guest, inviter)
    if act is Act.REPORT:
        reported = InvitationReported(by=actor, to=inviter, at=at)
        transaction.enter(TURNED_AWAY, actor, reported)
    real = current(proposal.relationship, at=at, rules=charter.rules)
    return carry_out(charter, transaction, act, proposal) if is_invited_by(real, inviter) else real


def is_turned_away(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    inviter: MemberId,
    member: MemberId,
    *,
    at: datetime,
) -> bool:
    """Whether *member* would not be invited by *inviter* by the rules, or reported them before.

    What the inviter has used of their limits is no matter: that was asked when they invited.
    Asked of somebody who is not there it takes the same calls.
    """
    reported = snapshot.entry(TURNED_AWAY, member, (inviter,))
    proposal = propose(charter, snapshot, Act.SEND, inviter, member, at=at)
    proposal = evolve(proposal, knows_email=True, standing=Standing())
    return reported is not None or isinstance(decide(Act.SEND, proposal, charter.rules), Verdict)


def hold_back(
    charter: Charter[ProfileT],
    transaction: Transaction,
    guest: MemberId,
    member: MemberId,
    *,
    at: datetime,
) -> None:
    """Set aside what waits at an address and must not reach *member*, whose it is from now on."""
    for inviter in waiting(charter, transaction, guest, at=at):
        if is_turned_away(charter, transaction, inviter, member, at=at):
            state = transaction.relationships(guest, (inviter,))[inviter]
            _ignore(charter, transaction, guest, inviter, state, at=at)


def set_aside_all(
    charter: Charter[ProfileT],
    transaction: Transaction,
    guests: Collection[MemberId],
    *,
    at: datetime,
) -> None:
    """Set aside everything that waits at addresses, for good."""
    inviters = waiting_at(charter, transaction, guests, at=at)

    def read(guest: MemberId, ahead: Snapshot) -> Mapping[MemberId, Relationship]:
        return ahead.relationships(guest, inviters[guest])

    transaction.read_ahead(*(partial(read, guest) for guest in guests))
    states = {guest: read(guest, transaction) for guest in guests}
    for guest in guests:
        for inviter, state in states[guest].items():
            _ignore(charter, transaction, guest, inviter, state, at=at)


def waiting(
    charter: Charter[ProfileT], snapshot: Snapshot, guest: MemberId, *, at: datetime
) -> tuple[MemberId, ...]:
    """Everybody whose invitation waits at an address."""
    since = charter.pending_since(at)
    found = whole(
        lambda before, limit: snapshot.received(guest, before, limit, since=since), _place
    )
    return tuple(each.inviter for each in found)


def waiting_at(
    charter: Charter[ProfileT], snapshot: Snapshot, guests: Collection[MemberId], *, at: datetime
) -> Mapping[MemberId, tuple[MemberId, ...]]:
    """Everybody whose invitation waits at each of several addresses."""
    since = charter.pending_since(at)

    def read(guest: MemberId, ahead: Snapshot) -> Sequence[PendingInvitation]:
        return ahead.received(guest, None, BATCH, since=since)

    snapshot.read_ahead(*(partial(read, guest) for guest in guests))
    return {guest: waiting(charter, snapshot, guest, at=at) for guest in guests}


def settle_expired(
    charter: Charter[ProfileT],
    transaction: Transaction,
    relationship: Relationship,
    *,
    at: datetime,
) -> Relationship:
    """The *relationship* with a guest at a moment, with an invitation that grew too old let go."""
    match relationship:
        case Invited() if expired := expire(relationship, at=at, rules=charter.rules):
            return keep(charter, transaction, expired, relationship)
        case _:
            return relationship


def untell_guest(transaction: Transaction, guest: MemberId, inviter: MemberId) -> None:
    """Take back what whoever an address belongs to was told of an invitation."""
    untell(transaction, NoticeKind.INVITATION_RECEIVED, to=guest, actor=inviter)


def _ignore(
    charter: Charter[ProfileT],
    transaction: Transaction,
    guest: MemberId,
    inviter: MemberId,
    state: Relationship,
    *,
    at: datetime,
) -> None:
    keep(charter, transaction, InvitationIgnored(by=guest, to=inviter, at=at), state)
    untell_guest(transaction, guest, inviter)
