"""How each database keeps units of work apart.

SQLite lets one writer in at a time, if it says so when it begins: a transaction that first reads
and then writes fails at once when another one wrote between.
PostgreSQL locks the rows of the members that a write names, one statement each and in the order of
their ids, so two writes never wait for each other; a read sees one snapshot.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol, final

from attrs import frozen
from sqlalchemy import Connection, Delete, Engine, delete, false
from sqlalchemy.pool import SingletonThreadPool

from connectcore.errors import StoreUnfit
from connectcore.members import MemberId
from connectcore.storage.sql.desk import Desk
from connectcore.storage.sql.schema import POSTGRES, Tables
from connectcore.storage.sql.writes import Insertion, insert_into

__all__ = ["Isolation", "Postgres", "check_threads", "isolation_of"]

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

    def join(self, connection: Connection) -> None:
        """See that there is a transaction, and that what is done in it is undone with it."""
        ...

    def join_writing(self, connection: Connection, tables: Tables) -> None:
        """See that others' writes are seen, or kept out, before anything is read to be changed."""
        ...

    def keep_apart(self, desk: Desk, members: Collection[MemberId]) -> None:
        """Wait until no other transaction writes that names one of *members*."""
        ...

    def may_pass(self, error: BaseException | None) -> bool:
        """Whether a driver's *error* means that another attempt may succeed."""
        ...


def isolation_of(database: str) -> Isolation:
    """How a database keeps units of work apart; raises `StoreUnfit` for one that is not known."""
    match database:
        case "sqlite":
            return Sqlite()
        case "postgresql":
            return Postgres()
        case _:
            message = f"a network is kept in SQLite or PostgreSQL, not in {database}"
            raise StoreUnfit(message)


def check_threads(engine: Engine) -> None:
    """Raise `StoreUnfit` where each thread would have a database of its own."""
    if isinstance(engine.pool, SingletonThreadPool):
        message = (
            "each thread would have an empty database of its own in memory; say "
            "create_engine('sqlite://', poolclass=StaticPool, "
            "connect_args={'check_same_thread': False})"
        )
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

    def join(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        if not driver.in_transaction:
            _refuse_autocommit(driver)
            connection.exec_driver_sql("BEGIN")

    def join_writing(self, connection: Connection, tables: Tables) -> None:
        """Become the writer, which fails where somebody wrote since this transaction first read."""
        connection.execute(tables.once(_touching))

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
        else:
            _refuse_autocommit(driver)
        if "connectcore" not in connection.info:
            _prepare(connection)
            connection.info["connectcore"] = "prepared"
        connection.exec_driver_sql(how)


def _refuse_autocommit(driver: Any) -> None:
    if driver.isolation_level is None or getattr(driver, "autocommit", None) is True:
        raise _autocommits()


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
@frozen
class Postgres:
    """A lock for each member named, taken in one order by all.

    Where rows are spread over machines, these have no instant in common; a read then sees with each
    statement what was kept before it, so that what is asked later is no older.
    """

    is_spread: bool = False

    def begin_reading(self, connection: Connection) -> None:
        self._check(connection)
        level = "READ COMMITTED" if self.is_spread else "REPEATABLE READ"
        connection.execution_options(isolation_level=level, postgresql_readonly=True)
        connection.begin()

    def begin_writing(self, connection: Connection) -> None:
        self._check(connection)
        connection.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
        connection.begin()

    def join(self, connection: Connection) -> None:
        self._check(connection)

    def join_writing(self, connection: Connection, tables: Tables) -> None:
        level = connection.get_isolation_level()
        if level != "READ COMMITTED":
            message = (
                f"in a transaction that is {level} a write could overlook what others wrote "
                "meanwhile; write in one that is READ COMMITTED, which is what PostgreSQL begins"
            )
            raise StoreUnfit(message)

    def keep_apart(self, desk: Desk, members: Collection[MemberId]) -> None:
        rows = [{"id": member, "held": 0} for member in sorted(set(members))]
        if rows:
            desk.connection.execute(desk.tables.once(_locking), rows)

    def may_pass(self, error: BaseException | None) -> bool:
        return getattr(error, "sqlstate", None) in {"40001", "40P01"}

    def _check(self, connection: Connection) -> None:
        if getattr(connection.connection.dbapi_connection, "autocommit", False):
            raise _autocommits()


def _touching(tables: Tables) -> Delete:
    return delete(tables.locks).where(false())


def _locking(tables: Tables) -> Insertion:
    locks = tables.locks
    insert = insert_into(locks, POSTGRES)
    # The row of a conflict is locked also where it is left as it is.
    return insert.on_conflict_do_update(
        index_elements=["id"],
        set_={"held": insert.excluded.held},
        where=locks.c.held != insert.excluded.held,
    )
