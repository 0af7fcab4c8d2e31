"""The store: each unit of work in a short transaction of its own."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Generator, Iterable
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock, local
from typing import TypeVar, final

from cattrs.preconf.json import JsonConverter
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import StaticPool

from connectcore.activities import Activity
from connectcore.errors import NestedUnit, OutcomeUnknown, StoreBusy, StoreUnfit, StoreUnreachable
from connectcore.members import MemberId
from connectcore.profiles import Profile
from connectcore.storage import Snapshot, Transaction
from connectcore.storage.sql.citus import is_distributed
from connectcore.storage.sql.desk import Desk
from connectcore.storage.sql.documents import Documents
from connectcore.storage.sql.isolation import Isolation, Postgres, check_threads, isolation_of
from connectcore.storage.sql.joined import JoinedStore
from connectcore.storage.sql.reading import SqlSnapshot
from connectcore.storage.sql.schema import Tables, usual_tables
from connectcore.storage.sql.secrets import read_key
from connectcore.storage.sql.versions import check_version
from connectcore.storage.sql.writing import SqlTransaction

__all__ = ["SqlStore"]

T = TypeVar("T")

_ATTEMPTS = 6
_FIRST_PAUSE = 0.005


@final
class SqlStore:
    """Keeps a network in the database of *engine*; safe to use from many threads.

    The tables are there already, from `create_schema` or a migration of the application's.
    `profile` is the class of all profiles, `activities` the application's own kinds; both come back
    as they are given.
    `tables` are those of `define_tables`, where they have another prefix, schema or `MetaData`, and
    `converter` is one of cattrs, with hooks for what it does not turn into JSON by itself.

    A unit of work is run again, a few times, where the database has it give way to another one, and
    then `StoreBusy` is raised; without a connection it raises `StoreUnreachable` (`OutcomeUnknown`
    where it is lost at the very end), and on an engine that would break a promise `StoreUnfit`.
    A unit that begins another one on the same store raises `NestedUnit`.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        profile: type[Profile] = Profile,
        activities: Iterable[type[Activity]] = (),
        tables: Tables | None = None,
        converter: JsonConverter | None = None,
    ) -> None:
        self._engine = engine
        self._isolation: Isolation = isolation_of(engine.dialect.name)
        check_threads(engine)
        self._tables = tables or usual_tables()
        self._documents = Documents(profile, activities, converter)
        self._thread = local()
        self._key: bytes | None = None
        self._is_spread = False
        # One connection that all threads share serves one unit at a time.
        shared = isinstance(engine.pool, StaticPool)
        self._turn: AbstractContextManager[object] = Lock() if shared else nullcontext()

    @classmethod
    def joined(
        cls,
        connection: Connection,
        *,
        profile: type[Profile] = Profile,
        activities: Iterable[type[Activity]] = (),
        tables: Tables | None = None,
        converter: JsonConverter | None = None,
    ) -> JoinedStore:
        """A store within the transaction of *connection*, which its owner commits or rolls back.

        It is for that transaction and for whoever has the connection; the rest is as for `SqlStore`.
        """
        return JoinedStore(
            connection,
            isolation_of(connection.dialect.name),
            tables or usual_tables(),
            Documents(profile, activities, converter),
        )

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on one instant."""

        def run(connection: Connection) -> T:
            self._isolation.begin_reading(connection)
            return unit(SqlSnapshot(self._desk(connection), self._key))

        with self._alone():
            return self._try(run)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* apart from every other write that names one of *members*."""

        def run(connection: Connection) -> T:
            self._isolation.begin_writing(connection)
            desk = self._desk(connection)
            self._isolation.keep_apart(desk, members)
            given = unit(SqlTransaction(desk, self._key))
            desk.flush()
            return given

        with self._alone():
            return self._try(run)

    def _desk(self, connection: Connection) -> Desk:
        return Desk(connection, self._tables, self._documents, is_spread=self._is_spread)

    @contextmanager
    def _alone(self) -> Generator[None]:
        if getattr(self._thread, "is_busy", False):
            raise NestedUnit
        self._thread.is_busy = True
        try:
            if self._key is None:
                self._key = self._try(self._make_ready)
            yield
        finally:
            self._thread.is_busy = False

    def _make_ready(self, connection: Connection) -> bytes:
        """Read the key, which is made once, and say so if the tables are not there, or not as they are."""
        self._isolation.begin_writing(connection)
        for table in (self._tables.secrets, self._tables.schema_version):
            if not inspect(connection).has_table(table.name, schema=table.schema):
                message = (
                    f"there is no table {table.fullname}; say create_schema(connection) once, "
                    "or have it made by a migration"
                )
                raise StoreUnfit(message)
        check_version(connection, self._tables)
        if is_distributed(connection, self._tables):
            self._isolation, self._is_spread = Postgres(is_spread=True), True
        return read_key(self._desk(connection))

    def _try(self, run: Callable[[Connection], T]) -> T:
        """Run something in a transaction, again where that may help."""
        for attempt in range(_ATTEMPTS):
            try:
                with self._turn, _connected(self._engine) as connection:
                    return _run(connection, run)
            except DBAPIError as error:
                error.hide_parameters = True  # they are members', and errors are logged
                if not self._isolation.may_pass(error.orig):
                    raise
            time.sleep(random.uniform(0, _FIRST_PAUSE * 2**attempt))  # noqa: S311  # no secret
        raise StoreBusy(_ATTEMPTS)


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except OperationalError as error:
        raise StoreUnreachable from error


def _run(connection: Connection, run: Callable[[Connection], T]) -> T:
    ending = False
    try:
        given = run(connection)
        ending = True
        connection.commit()
    except BaseException as error:
        connection.rollback()
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            error.hide_parameters = True
            raise (OutcomeUnknown if ending else StoreUnreachable) from error
        raise
    return given
