"""The journal of a store: in order a member, until settled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from attrs import evolve

from connectcore.journal import JournalEntry
from connectcore.members import MemberId
from connectcore.storage import Store, Transaction
from connectcore.testing.conformance.checking import Checks, MakeStore, holds, same
from connectcore.testing.conformance.keeping import ADA, BOB, CAT, day, read, sent, write

CHECKS = Checks()

KEY_BYTES = 32


def _entry(number: int, owner: MemberId = ADA, *, due: float = 0) -> JournalEntry:
    """The entry of some invitation."""
    return JournalEntry(
        id=f"entry-{number}",
        owner=owner,
        other=BOB if owner == ADA else ADA,
        due_at=day(due),
        happening=sent(owner, BOB if owner == ADA else ADA),
    )


@CHECKS
def _write_all_down(store: Store, *entries: JournalEntry) -> None:
    """Write *entries* down, one transaction each."""
    for each in entries:
        write(store, partial(_write_down, each))


def _write_down(each: JournalEntry, transaction: Transaction) -> None:
    transaction.write_down(each)


def _journal(
    store: Store, *owners: MemberId, at: float = 0, limit: int | None = 100
) -> Sequence[JournalEntry]:
    """What is due, to anybody or to *owners*."""
    named = owners or None
    return list(read(store, lambda snapshot: snapshot.journal(day(at), limit, named)))


@CHECKS
def entries_are_read_in_the_order_in_which_they_were_written_down(store: Store) -> None:
    """Whatever their ids, and whenever they are due."""
    entries = [_entry(3), _entry(1, due=-2), _entry(2, due=-1)]
    _write_all_down(store, *entries)

    same(_journal(store), entries)
    same(_journal(store, limit=2), entries[:2])


@CHECKS
def an_entry_is_not_read_before_it_is_due(store: Store) -> None:
    """What is due later lets what is due now go first, and comes at its moment."""
    late, soon = _entry(1, due=7), _entry(2)
    _write_all_down(store, late, soon)

    same(_journal(store, at=6.9), [soon])
    same(_journal(store, at=7), [late, soon])


@CHECKS
def the_entries_of_some_are_read_alone(store: Store) -> None:
    """All of them, without a limit; those of nobody are none."""
    entries = [_entry(1), _entry(2, BOB), _entry(3), _entry(4, due=7)]
    _write_all_down(store, *entries)

    same(_journal(store, ADA, limit=None), [entries[0], entries[2]])
    same(_journal(store, ADA, limit=1), [entries[0]])
    same(_journal(store, CAT, BOB), [entries[1]])
    same(_journal(store, CAT), [])
    same(_journal(store, limit=None, at=7), entries)
    same(list(read(store, lambda snapshot: snapshot.journal(day(9), None, ()))), [])


@CHECKS
def an_entry_written_down_again_keeps_its_place(store: Store) -> None:
    """It takes the place of the one with its id and its owner, whatever it holds now."""
    _write_all_down(store, _entry(1), _entry(2), _entry(1, BOB))
    again = evolve(_entry(1), due_at=day(-1), happening=sent(ADA, BOB, note="Again."))
    _write_all_down(store, again)

    same(_journal(store), [again, _entry(2), _entry(1, BOB)])


@CHECKS
def a_settled_entry_is_not_read_again(store: Store) -> None:
    """The others are; settling twice, or for somebody else, changes nothing."""
    _write_all_down(store, _entry(1), _entry(2), _entry(3))

    def settle(transaction: Transaction) -> None:
        transaction.settle(ADA, ("entry-2", "entry-9"))
        transaction.settle(ADA, ("entry-2",))
        transaction.settle(BOB, ("entry-1",))

    write(store, settle)

    same(_journal(store), [_entry(1), _entry(3)])


@CHECKS
def a_store_has_a_key_of_its_own(make_store: MakeStore) -> None:
    """Long enough, the same at every reading, and not that of another store."""
    store, another = make_store(), make_store()
    key = read(store, lambda snapshot: snapshot.key())

    holds(len(key) >= KEY_BYTES)
    same(read(store, lambda snapshot: snapshot.key()), key)
    holds(read(another, lambda snapshot: snapshot.key()) != key)
