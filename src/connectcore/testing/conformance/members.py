"""Members, and what two of them are to each other."""

from __future__ import annotations

from collections.abc import Sequence

from connectcore.audiences import Audience
from connectcore.members import MemberId
from connectcore.relationships import (
    Blocked,
    Connected,
    ConnectionRemoved,
    InvitationIgnored,
    InvitationReported,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberFollowed,
    MemberUnblocked,
    MemberUnfollowed,
    Pair,
    PairEvent,
    Relationship,
    Strangers,
    replay,
    transition,
)
from connectcore.settings import Settings
from connectcore.storage import Store, Transaction
from connectcore.testing.conformance.checking import Checks, same
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVE,
    NOTHING_BETWEEN,
    between,
    connect,
    connecting,
    day,
    happen,
    join,
    member_of,
    read,
    sent,
    write,
)

CHECKS = Checks()

HISTORIES: dict[str, Sequence[PairEvent]] = {
    "invited": [sent(ADA, BOB, note="Hello")],
    "ignored": [sent(ADA, BOB), InvitationIgnored(by=BOB, to=ADA, at=day(1))],
    "reported": [sent(ADA, BOB), InvitationReported(by=BOB, to=ADA, at=day(1))],
    "withdrawn": [sent(ADA, BOB), InvitationWithdrawn(by=ADA, to=BOB, at=day(1))],
    "connected": [*connecting(ADA, BOB)],
    "connected, unfollowed": [
        *connecting(ADA, BOB),
        MemberUnfollowed(by=ADA, to=BOB, at=day(1)),
    ],
    "removed": [*connecting(ADA, BOB), ConnectionRemoved(by=BOB, to=ADA, at=day(1))],
    "followed": [MemberFollowed(by=ADA, to=BOB, at=day(1))],
    "blocked": [*connecting(ADA, BOB), MemberBlocked(by=BOB, to=ADA, at=day(1))],
    "blocked by both": [
        MemberBlocked(by=BOB, to=ADA, at=day(1)),
        MemberBlocked(by=ADA, to=BOB, at=day(2)),
    ],
    "unblocked": [
        MemberBlocked(by=BOB, to=ADA, at=day(1)),
        MemberUnblocked(by=BOB, to=ADA, at=day(2)),
    ],
}


def _lists_of(store: Store, owner: MemberId) -> dict[str, object]:
    """Every list in which what *owner* is to others shows."""
    return read(
        store,
        lambda snapshot: {
            "connections": [entry.member for entry in snapshot.connections(owner, None, None)],
            "neighbours": set(snapshot.neighbours((owner,))[owner]),
            "sent": list(snapshot.sent(owner, None, 9)),
            "received": list(snapshot.received(owner, None, 9)),
            "blocks": list(snapshot.blocks(owner, None, 9)),
            "following": set(snapshot.following(owner)),
        },
    )


@CHECKS
def members_who_are_not_there_are_left_out(store: Store) -> None:
    """A batch of members holds those who joined and nobody else."""
    join(store, ADA, BOB)

    found = read(store, lambda snapshot: dict(snapshot.members((ADA, CAT))))

    same(found, {ADA: member_of(ADA)})


@CHECKS
def a_member_is_replaced_by_id(store: Store) -> None:
    """Putting a member again keeps the newer value alone."""
    join(store, ADA)
    changed = member_of(ADA, Settings(connections=Audience.ONLY_ME))

    write(store, lambda transaction: transaction.put_member(changed))

    same(read(store, lambda snapshot: dict(snapshot.members((ADA,)))), {ADA: changed})


@CHECKS.of_each(HISTORIES)
def both_find_the_relationship_that_was_recorded(store: Store, events: Sequence[PairEvent]) -> None:
    """What two members are to each other is one value, whoever of the two is asked."""
    happen(store, *events)

    same(between(store, ADA, BOB), (replay(events), replay(events)))


@CHECKS
def members_between_whom_nothing_happened_are_strangers(store: Store) -> None:
    """Those who never met, and those who never joined, are strangers."""
    happen(store, sent(ADA, BOB))

    same(between(store, ADA, CAT), NOTHING_BETWEEN)
    same(between(store, "nobody", "no one"), NOTHING_BETWEEN)


@CHECKS.of_each(HISTORIES)
def each_list_follows_from_the_relationship(store: Store, events: Sequence[PairEvent]) -> None:
    """Every list of a member shows what the relationship says, and nothing that it was before."""
    happen(store, *events)
    state = replay(events)
    invited = state.invitation if isinstance(state, Invited) else None
    aside = isinstance(state, Invited) and state.set_aside is not None
    blocks = state.blocks if isinstance(state, Blocked) else frozenset[MemberBlocked]()
    follows = frozenset[MemberId]() if isinstance(state, Blocked) else state.follows

    for owner, other in ((ADA, BOB), (BOB, ADA)):
        is_inviter = invited is not None and invited.inviter == owner
        is_invitee = invited is not None and invited.invitee == owner and not aside
        connected = isinstance(state, Connected)
        same(
            _lists_of(store, owner),
            {
                "connections": [other] if connected else [],
                "neighbours": {other} if connected else set[MemberId](),
                "sent": [invited] if is_inviter else [],
                "received": [invited] if is_invitee else [],
                "blocks": [block for block in blocks if block.by == owner],
                "following": {other} if owner in follows else set[MemberId](),
            },
        )


@CHECKS
def connections_are_symmetric_and_shared_ones_are_in_both(store: Store) -> None:
    """Neighbours are mutual, empty for those without any, and `shared` is where two lists meet."""
    connect(store, (ADA, BOB), (BOB, CAT), (CAT, DAN))

    near, shared = read(
        store,
        lambda snapshot: (
            {m: set(ring) for m, ring in snapshot.neighbours((ADA, BOB, CAT, EVE)).items()},
            set(snapshot.shared(ADA, CAT)),
        ),
    )

    same(near, {ADA: {BOB}, BOB: {ADA, CAT}, CAT: {BOB, DAN}, EVE: set()})
    same(shared, {BOB})


@CHECKS
def pairs_are_read_in_whatever_order_they_are(store: Store) -> None:
    """One read tells of many pairs, each from either side; those who never met are strangers."""
    connect(store, (ADA, BOB), (CAT, BOB))
    happen(store, sent(CAT, ADA))
    pairs = [Pair.of(*two) for two in ((ADA, BOB), (BOB, CAT), (ADA, CAT), (CAT, EVE))]

    found = read(store, lambda snapshot: dict(snapshot.between(pairs)))

    same(found, {pair: between(store, pair.low, pair.high)[0] for pair in pairs})
    same({type(state) for state in found.values()}, {Connected, Invited, Strangers})
    same(read(store, lambda snapshot: dict(snapshot.between(()))), {})


@CHECKS
def mutes_are_kept_with_their_end_until_they_are_lifted(store: Store) -> None:
    """A mute is for good or until a moment; muting again replaces it; unmuting forgets it."""
    write(store, lambda transaction: transaction.mute(ADA, BOB, None))
    write(store, lambda transaction: transaction.mute(ADA, CAT, day(3)))
    write(store, lambda transaction: transaction.mute(ADA, BOB, day(1)))
    same(read(store, lambda s: dict(s.mutes(ADA))), {BOB: day(1), CAT: day(3)})

    write(store, lambda transaction: transaction.unmute(ADA, BOB))
    write(store, lambda transaction: transaction.unmute(ADA, BOB))

    same(read(store, lambda s: (dict(s.mutes(ADA)), dict(s.mutes(BOB)))), ({CAT: day(3)}, {}))


@CHECKS
def a_transaction_reads_what_it_wrote(store: Store) -> None:
    """Inside a unit, reads show what the unit wrote before."""
    first, second = connecting(ADA, BOB)

    def unit(transaction: Transaction) -> list[Relationship]:
        found = [transaction.relationships(BOB, (ADA,))[ADA]]
        for event in (first, second):
            transaction.record(event, transition(found[-1], event))
            found.append(transaction.relationships(BOB, (ADA,))[ADA])
        return found

    same(write(store, unit), [Strangers(), replay([first]), replay([first, second])])
