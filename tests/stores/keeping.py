"""Values to keep in a store, as the checks of stores have them, and all that is in one."""

from collections.abc import Iterable, Mapping

from connectcore import MemberId
from connectcore.storage import Store
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
    """All that is in a store: of a database its rows, and of memory the answers of every read.

    Less what a database numbers as it likes, and the key that each has of its own.
    """
    if not isinstance(store, SqlStore):
        return kept(store, members)
    rows = rows_of(store)
    journal = (row[:1] + row[2:] for row in sorted(rows["connectcore_journal"]))
    tallies = sorted(row[:1] + row[2:] for row in rows["connectcore_tallies"])
    return {
        **rows,
        "connectcore_journal": list(journal),
        "connectcore_tallies": tallies,
        "connectcore_secrets": None,
    }
