"""The store within a transaction of the application's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar, final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from connectcore.errors import NestedUnit, StoreBusy, StoreUnreachable
from connectcore.members import MemberId
from connectcore.storage import Snapshot, Transaction
from connectcore.storage.sql.citus import is_distributed
from connectcore.storage.sql.desk import Desk
from connectcore.storage.sql.documents import Documents
from connectcore.storage.sql.isolation import Isolation
from connectcore.storage.sql.reading import SqlSnapshot
from connectcore.storage.sql.schema import Tables
from connectcore.storage.sql.writing import SqlTransaction

__all__ = ["JoinedStore"]

T = TypeVar("T")

_SPREAD = "connectcore_is_spread"
"""What a connection remembers, so that each is asked once whether its database is a cluster."""


@final
class JoinedStore:
    """Keeps a network in a transaction that somebody else begins, commits and rolls back.

    `SqlStore.joined` makes one.
    Each unit of work is a savepoint: one that raises leaves the transaction as it was before it,
    and what the application wrote itself stays.
    The locks of a write are held to the end of the transaction.
    """

    def __init__(
        self, connection: Connection, isolation: Isolation, tables: Tables, documents: Documents
    ) -> None:
        self._connection = connection
        self._isolation = isolation
        self._tables = tables
        self._documents = documents
        self._is_busy = False

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on what the transaction sees."""
        return self._run(lambda desk: unit(SqlSnapshot(desk)))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* apart from every other write that names one of *members*."""

        def run(desk: Desk) -> T:
            self._isolation.join_writing(self._connection, self._tables)
            self._isolation.keep_apart(desk, members)
            given = unit(SqlTransaction(desk))
            desk.flush()
            return given

        return self._run(run)

    def _run(self, run: Callable[[Desk], T]) -> T:
        if self._is_busy:
            raise NestedUnit
        self._is_busy = True
        try:
            self._isolation.join(self._connection)
            with self._connection.begin_nested():
                return run(self._desk())
        except DBAPIError as error:
            error.hide_parameters = True
            if error.connection_invalidated:
                raise StoreUnreachable from error
            if self._isolation.may_pass(error.orig):
                raise StoreBusy(1) from error
            raise
        finally:
            self._is_busy = False

    def _desk(self) -> Desk:
        known = self._connection.info
        if _SPREAD not in known:
            known[_SPREAD] = is_distributed(self._connection, self._tables)
        return Desk(self._connection, self._tables, self._documents, is_spread=known[_SPREAD])
