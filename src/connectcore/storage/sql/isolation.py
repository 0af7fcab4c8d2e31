"""How each database keeps units of work apart.

SQLite lets one writer in at a time, if it says so when it begins: a transaction that first reads
and then writes fails at once when another one wrote between.
PostgreSQL locks the rows of the members that a write names, one statement each and in the order of
their ids, so two writes never wait for each other; a read sees one snapshot.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol, final

from sqlalchemy import Connection, Engine
from sqlalchemy.pool import SingletonThreadPool

from connectcore.errors import StoreUnfit
from connectcore.members import MemberId
from connectcore.storage.sql.desk import Desk

__all__ = ["Isolation", "isolation_of"]

_BUSY, _LOCKED = 5, 6
_WAIT = 5000


class Isolation(Protocol):
    """What a database needs to be told before, and what may be tried again after."""

    def begin_reading(self, connection: Connection) -> None:
        """Begin a transaction that sees one instant."""
        ...

    def begin_writing(self, connection: Connection) -> None:
        """Begin a transaction that may write."""
        ...

    def keep_apart(self, desk: Desk, members: Collection[MemberId]) -> None:
        """Wait until no other transaction writes that names one of *members*."""
        ...

    def may_pass(self, error: BaseException | None) -> bool:
        """Whether a driver's *error* means that another attempt may succeed."""
        ...


def isolation_of(engine: Engine) -> Isolation:
    """How the database of *engine* keeps units of work apart.

    Raises `StoreUnfit` where it cannot.
    """
    match engine.dialect.name:
        case "sqlite":
            if isinstance(engine.pool, SingletonThreadPool):
                message = (
                    "each thread would have an empty database of its own in memory; say "
                    "create_engine('sqlite://', poolclass=StaticPool, "
                    "connect_args={'check_same_thread': False})"
                )
                raise StoreUnfit(message)
            return Sqlite()
        case "postgresql":
            return Postgres()
        case name:
            message = f"a network is kept in SQLite or PostgreSQL, not in {name}"
            raise StoreUnfit(message)


def _autocommits() -> StoreUnfit:
    return StoreUnfit(
        "this engine commits each statement by itself (AUTOCOMMIT), so a unit of work could be "
        "half done; leave its isolation level out"
    )


@final
class Sqlite:
    """One writer at a time, from the beginning of its transaction."""

    def begin_reading(self, connection: Connection) -> None:
        self._begin(connection, "BEGIN")

    def begin_writing(self, connection: Connection) -> None:
        self._begin(connection, "BEGIN IMMEDIATE")

    def keep_apart(self, desk: Desk, members: Collection[MemberId]) -> None:
        pass

    def may_pass(self, error: BaseException | None) -> bool:
        code = getattr(error, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in {_BUSY, _LOCKED}

    def _begin(self, connection: Connection, how: str) -> None:
        connection.begin()
        driver: Any = connection.connection.driver_connection
        if driver.in_transaction:  # the engine begins by itself, and has done nothing yet
            connection.exec_driver_sql("ROLLBACK")
        elif driver.isolation_level is None or getattr(driver, "autocommit", None) is True:
            raise _autocommits()
        if "connectcore" not in connection.info:
            _prepare(connection)
            connection.info["connectcore"] = "prepared"
        connection.exec_driver_sql(how)


def _prepare(connection: Connection) -> None:
    """Let readers go on beside a writer, let writers wait, and mind references."""

    def pragma(text: str) -> object:
        result = connection.exec_driver_sql(f"PRAGMA {text}")
        return result.scalar() if result.returns_rows else None

    if not pragma("busy_timeout"):
        pragma(f"busy_timeout = {_WAIT}")
    if pragma("journal_mode") == "delete":
        pragma("journal_mode = WAL")
    pragma("foreign_keys = ON")


@final
class Postgres:
    """A lock for each member named, taken in one order by all."""

    def begin_reading(self, connection: Connection) -> None:
        self._check(connection)
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        connection.begin()

    def begin_writing(self, connection: Connection) -> None:
        self._check(connection)
        connection.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
        connection.begin()

    def keep_apart(self, desk: Desk, members: Collection[MemberId]) -> None:
        locks = desk.tables.locks
        insert = desk.insert(locks)
        # The row of a conflict is locked also where it is left as it is.
        lock = insert.on_conflict_do_update(
            index_elements=["id"],
            set_={"held": insert.excluded.held},
            where=locks.c.held != insert.excluded.held,
        )
        rows = [{"id": member, "held": 0} for member in sorted(set(members))]
        if rows:
            desk.connection.execute(lock, rows)

    def may_pass(self, error: BaseException | None) -> bool:
        return getattr(error, "sqlstate", None) in {"40001", "40P01"}

    def _check(self, connection: Connection) -> None:
        if getattr(connection.connection.driver_connection, "autocommit", False):
            raise _autocommits()
