"""Forgetting somebody, and what holds when somebody comes back."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain

from attrs import evolve

from connectcore.erasure import KEPT_BLOCKS, held_again
from connectcore.members import MemberId
from connectcore.network.arriving import set_aside_all, waiting_at
from connectcore.network.charter import Charter
from connectcore.network.holders import addresses_of
from connectcore.network.naming import write_naming
from connectcore.profiles import ProfileT
from connectcore.relationships import Blocked, transition
from connectcore.storage import Snapshot, Transaction

__all__ = ["erase", "kept_as", "named_in_joining", "reinstate", "returning"]


def kept_as(charter: Charter[ProfileT], snapshot: Snapshot, member: MemberId) -> MemberId:
    """What stands in the place of *member* in the blocks that outlast them."""
    return MemberId(charter.digest(snapshot, "erased", member))


def erase(charter: Charter[ProfileT], member: MemberId) -> None:
    """Forget *member*, but for the blocks that others set of them.

    What waits at an address of theirs goes on waiting in the eyes of whoever sent it, and reaches
    nobody any more.
    """
    at = charter.moment(None)

    def concerned(snapshot: Snapshot) -> frozenset[MemberId]:
        digest, guests = kept_as(charter, snapshot, member), addresses_of(charter, snapshot, member)
        inviters = chain.from_iterable(waiting_at(charter, snapshot, guests, at=at).values())
        return frozenset((member, digest, *guests, *inviters, *snapshot.surroundings(member)))

    def unit(transaction: Transaction) -> None:
        digest = kept_as(charter, transaction, member)
        guests = addresses_of(charter, transaction, member)
        set_aside_all(charter, transaction, guests, at=at)
        for block in transaction.forget(member):
            kept = evolve(block, to=digest)
            transaction.record(kept, Blocked(blocks=frozenset((kept,))))
            transaction.enter(KEPT_BLOCKS, digest, kept)

    write_naming(charter.store, concerned, unit)


def named_in_joining(
    charter: Charter[ProfileT], snapshot: Snapshot, members: Collection[MemberId]
) -> frozenset[MemberId]:
    """Whom a write names in which *members* join: also those who blocked one of them before."""
    digests = [kept_as(charter, snapshot, member) for member in members]
    blocks = snapshot.entries(KEPT_BLOCKS, digests)
    return frozenset((*members, *digests, *(block.by for block in blocks)))


def returning(
    charter: Charter[ProfileT], snapshot: Snapshot, members: Collection[MemberId]
) -> frozenset[MemberId]:
    """Those of *members* of whom blocks are kept that hold again when they join."""
    known_as = {kept_as(charter, snapshot, member): member for member in members}
    return frozenset(known_as[block.to] for block in snapshot.entries(KEPT_BLOCKS, known_as))


def reinstate(charter: Charter[ProfileT], transaction: Transaction, member: MemberId) -> None:
    """Let the blocks of *member* hold again that outlasted an erasure."""
    digest = kept_as(charter, transaction, member)
    if not transaction.entries(KEPT_BLOCKS, (digest,)):
        return
    for kept in transaction.forget(digest):
        relationship = transaction.relationships(kept.by, (member,))[member]
        block = held_again(kept, member, relationship)
        if block is not None:
            transaction.record(block, transition(relationship, block))
