"""The journal of a store: in order a member, until settled."""

from collections.abc import Callable, Sequence
from functools import partial

from attrs import evolve

from connectcore import JournalEntry, MemberId
from connectcore.storage import Store, Transaction
from tests.stores.keeping import ADA, BOB, CAT, day, read, sent, write


def entry(number: int, owner: MemberId = ADA, *, due: float = 0) -> JournalEntry:
    """The entry of some invitation."""
    return JournalEntry(
        id=f"entry-{number}",
        owner=owner,
        other=BOB if owner == ADA else ADA,
        due_at=day(due),
        happening=sent(owner, BOB if owner == ADA else ADA),
    )


def write_down(store: Store, *entries: JournalEntry) -> None:
    """Write *entries* down, one transaction each."""
    for each in entries:
        write(store, partial(_write_down, each))


def _write_down(each: JournalEntry, transaction: Transaction) -> None:
    transaction.write_down(each)


def journal(
    store: Store, *owners: MemberId, at: float = 0, limit: int | None = 100
) -> Sequence[JournalEntry]:
    """What is due, to anybody or to *owners*."""
    named = owners or None
    return list(read(store, lambda snapshot: snapshot.journal(day(at), limit, named)))


def test_entries_are_read_in_the_order_in_which_they_were_written_down(store: Store) -> None:
    """Whatever their ids, and whenever they are due."""
    entries = [entry(3), entry(1, due=-2), entry(2, due=-1)]
    write_down(store, *entries)

    assert journal(store) == entries
    assert journal(store, limit=2) == entries[:2]


def test_an_entry_is_not_read_before_it_is_due(store: Store) -> None:
    """What is due later lets what is due now go first, and comes at its moment."""
    late, soon = entry(1, due=7), entry(2)
    write_down(store, late, soon)

    assert journal(store, at=6.9) == [soon]
    assert journal(store, at=7) == [late, soon]


def test_the_entries_of_some_are_read_alone(store: Store) -> None:
    """All of them, without a limit; those of nobody are none."""
    entries = [entry(1), entry(2, BOB), entry(3), entry(4, due=7)]
    write_down(store, *entries)

    assert journal(store, ADA, limit=None) == [entries[0], entries[2]]
    assert journal(store, ADA, limit=1) == [entries[0]]
    assert journal(store, CAT, BOB) == [entries[1]]
    assert journal(store, CAT) == []
    assert journal(store, limit=None, at=7) == entries
    assert not read(store, lambda snapshot: snapshot.journal(day(9), None, ()))


def test_an_entry_written_down_again_keeps_its_place(store: Store) -> None:
    """It takes the place of the one with its id and its owner, whatever it holds now."""
    write_down(store, entry(1), entry(2), entry(1, BOB))
    again = evolve(entry(1), due_at=day(-1), happening=sent(ADA, BOB, note="Again."))
    write_down(store, again)

    assert journal(store) == [again, entry(2), entry(1, BOB)]


def test_a_settled_entry_is_not_read_again(store: Store) -> None:
    """The others are; settling twice, or for somebody else, changes nothing."""
    write_down(store, entry(1), entry(2), entry(3))

    def settle(transaction: Transaction) -> None:
        transaction.settle(ADA, ("entry-2", "entry-9"))
        transaction.settle(ADA, ("entry-2",))
        transaction.settle(BOB, ("entry-1",))

    write(store, settle)

    assert journal(store) == [entry(1), entry(3)]


def test_a_store_has_a_key_of_its_own(store: Store, make_store: Callable[[], Store]) -> None:
    """Long enough, the same at every reading, and not that of another store."""
    another = make_store()
    key = read(store, lambda snapshot: snapshot.key())

    assert len(key) >= 32
    assert read(store, lambda snapshot: snapshot.key()) == key
    assert read(another, lambda snapshot: snapshot.key()) != key
