"""The stores in which races are run, and each as it would be without what keeps writes apart.

SQLite is in a file: in memory it is one connection, which all use in turns.
Without protection races are lost, or they would show nothing.
In memory, units run side by side without the lock.
In PostgreSQL, transactions are at READ COMMITTED, as by default, and lock no member.
In SQLite, transactions are those that Python's driver begins by itself: before the first statement
that writes, and so after what was read to decide it.
"""

from collections.abc import Callable, Collection, Mapping
from typing import final

from sqlalchemy import Connection, text

from connectcore import MemberId
from connectcore.storage import Store
from connectcore.storage.sql import SqlStore, Tables
from connectcore.storage.sql.desk import Desk
from connectcore.storage.sql.isolation import Isolation
from tests.stores.databases import ALL_MAKERS, MAKERS, PLACE_OF
from tests.stores.test_threads import Unguarded

__all__ = ["PROTECTED", "UNPROTECTED", "unprotect"]

PROTECTED: Mapping[str, Callable[[], Store]] = {
    name: ALL_MAKERS[name]
    for name in ("sqlite-file" if name == "sqlite" else name for name in MAKERS)
    if name != "citus"
}
"""How a store of each kind is made; of a cluster, no machine knows who waits for whom on another."""


@final
class _Usual:
    """The transactions that an engine begins by itself."""

    def begin_reading(self, connection: Connection) -> None:
        connection.begin()

    def begin_writing(self, connection: Connection) -> None:
        connection.begin()

    def join(self, connection: Connection) -> None:
        pass

    def join_writing(self, connection: Connection, tables: Tables) -> None:
        pass

    def keep_apart(self, desk: Desk, members: Collection[MemberId]) -> None:
        pass

    def may_pass(self, error: BaseException | None) -> bool:
        # Two units may lock each other out; then nothing is kept of one, which is no wrong.
        return getattr(error, "sqlstate", None) == "40P01"


def unprotect(store: SqlStore) -> SqlStore:
    """Let a store leave transactions to the engine and to the driver."""
    usual: Isolation = _Usual()
    store._isolation = usual
    return store


def _unprotected(make_store: Callable[[], Store]) -> Callable[[], Store]:
    def made() -> Store:
        store = make_store()
        assert isinstance(store, SqlStore)
        engine = PLACE_OF[store].engine
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                connection.execute(text("PRAGMA journal_mode = WAL"))
        return unprotect(store)

    return made


UNPROTECTED: Mapping[str, Callable[[], Store]] = {
    name: Unguarded if name == "memory" else _unprotected(make_store)
    for name, make_store in PROTECTED.items()
}
"""How an unprotected store of each kind is made."""
