"""Who waits for whom in a database, and what a database holds against its clients.

Without it a test would have to guess, from the time that a statement takes, whether it waits.
"""

from threading import get_ident
from typing import Any, final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, ExceptionContext, event, text

from connectcore.storage import Store
from connectcore.storage.sql import SqlStore
from tests.stores.databases import PLACE_OF

__all__ = ["thrown_out", "waiting_in", "watch"]

_WAITING_IN_POSTGRES = text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN "
    "(SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
)
_WRITES = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE")


def waiting_in(store: Store) -> int:
    """How many clients of the database of *store* wait for another one."""
    return _watch_of(store).waiting()


def watch(store: Store) -> None:
    """Look at the database of *store* from now on, before anybody waits in it."""
    if isinstance(store, SqlStore):
        _watch_of(store)


def thrown_out() -> list[str]:
    """What all databases that are watched have said when they refused a statement."""
    return [said for watching in _WATCHES.values() for said in watching.thrown_out]


@final
class _Watch:
    """Looks at what an engine does."""

    def __init__(self, engine: Engine) -> None:
        self.thrown_out: list[str] = []
        self._is_postgres = engine.dialect.name == "postgresql"
        self._connection = engine.connect() if self._is_postgres else None
        self._writing: set[int] = set()
        self._asking: set[int] = set()
        event.listen(engine, "handle_error", self._refused)
        event.listen(engine, "before_cursor_execute", self._asks)
        event.listen(engine, "after_cursor_execute", self._has)
        event.listen(engine, "commit", self._ends)
        event.listen(engine, "rollback", self._ends)

    def waiting(self) -> int:
        """How many wait now."""
        if self._connection is not None:
            count = int(self._connection.scalar(_WAITING_IN_POSTGRES))
            self._connection.rollback()
            return count
        # In SQLite whoever wants to write waits for the one who does.
        return len(self._asking - self._writing) if self._writing else 0

    def _asks(self, _c: Connection, _cursor: object, statement: str, *_: Any) -> None:
        if statement.startswith(_WRITES):
            self._asking.add(get_ident())

    def _has(self, _c: Connection, _cursor: object, statement: str, *_: Any) -> None:
        if statement.startswith(_WRITES):
            self._asking.discard(get_ident())
            self._writing.add(get_ident())

    def _ends(self, _connection: Connection) -> None:
        self._writing.discard(get_ident())

    def _refused(self, context: ExceptionContext) -> None:
        self._asking.discard(get_ident())
        self.thrown_out.append(f"{context.original_exception} at {context.statement}")


_WATCHES: WeakKeyDictionary[Engine, _Watch] = WeakKeyDictionary()


def _watch_of(store: Store) -> _Watch:
    assert isinstance(store, SqlStore)
    engine = PLACE_OF[store].engine
    if engine not in _WATCHES:
        _WATCHES[engine] = _Watch(engine)
    return _WATCHES[engine]
