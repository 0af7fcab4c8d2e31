"""Values to keep in a store, as the checks of stores have them, and all that is in one."""

from collections.abc import Iterable, Mapping
from operator import itemgetter

from connectcore import MemberId, MemoryStore
from connectcore.storage import Store
from connectcore.storage.memory.shelves import File, Memory, Shelf, Thread
from connectcore.storage.memory.timelines import Timeline
from connectcore.storage.sql import SqlStore
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVERYBODY,
    day,
    kept,
    member_of,
)
from tests.stores.databases import rows_of

__all__ = ["ADA", "BOB", "CAT", "DAN", "EVERYBODY", "contents", "day", "kept", "member_of"]


def contents(store: Store, members: Iterable[MemberId] = EVERYBODY) -> Mapping[str, object]:
    """All that is in a store: of a database its rows, of memory what is on its shelves.

    Less what a store numbers as it likes, and the key that each has of its own.
    Of a store that somebody else wrote it is the answers of every read.
    """
    match store:
        case MemoryStore():
            return _on_shelves(store._memory)
        case SqlStore():
            return _in_tables(store)
        case _:
            return kept(store, members)


def _on_shelves(memory: Memory) -> Mapping[str, object]:
    journal = [entry for _, entry in sorted(memory.journal.values(), key=itemgetter(0))]
    shelves = {
        name: _held_by(place)
        for name, place in vars(memory).items()
        if name not in {"journal", "journalled", "key"}
    }
    return {**shelves, "journal": journal}


def _held_by(place: object) -> object:
    """What is kept in a place of the memory store, without the places in it that are empty."""
    match place:
        case dict():
            held = ((name, _held_by(inner)) for name, inner in place.items())
            return {name: inner for name, inner in held if inner is not _NOTHING} or _NOTHING
        case set():
            return frozenset(place) or _NOTHING
        case Timeline():
            return tuple(place.newest(None, None)) or _NOTHING
        case Shelf() | File() | Thread():
            return _held_by(vars(place))
        case _:
            return place


_NOTHING = object()
"""What an empty place holds."""


def _in_tables(store: SqlStore) -> Mapping[str, object]:
    rows = rows_of(store)
    journal = (row[:1] + row[2:] for row in sorted(rows["connectcore_journal"]))
    tallies = sorted(row[:1] + row[2:] for row in rows["connectcore_tallies"])
    return {
        **rows,
        "connectcore_journal": list(journal),
        "connectcore_tallies": tallies,
        "connectcore_secrets": None,
    }
