"""One transaction's desk: the connection, the tables, and writes that wait to be sent together."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias, final

from attrs import field, frozen
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Executable,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    delete,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite

from connectcore.pages import Mark
from connectcore.storage.sql.documents import Documents
from connectcore.storage.sql.schema import Tables

__all__ = ["Desk", "Values", "newest", "utc"]

Values: TypeAlias = Mapping[str, object]
"""A row to be written, by the names of its columns."""

_Insert: TypeAlias = sqlite.Insert | postgresql.Insert


@final
@frozen
class _Batch:
    """Rows that wait to be written to a table, or deleted from it by a `key`."""

    table: Table = field(eq=id)
    key: tuple[str, ...]
    rows: list[Values] = field(factory=list[Values], eq=False)


@final
class Desk:
    """Where a unit of work reads and writes.

    What is only put in its place or dropped waits, so that alike rows go to the database together;
    whatever else is executed sends it before.
    """

    def __init__(self, connection: Connection, tables: Tables, documents: Documents) -> None:
        self.connection = connection
        self.tables = tables
        self.documents = documents
        self._is_postgres = connection.dialect.name == "postgresql"
        self._waiting: list[_Batch] = []

    def rows(self, statement: Executable) -> Sequence[Any]:
        """All that a query gives."""
        self.flush()
        return self.connection.execute(statement).all()

    def do(self, statement: Executable) -> None:
        """Execute a statement now."""
        self.flush()
        self.connection.execute(statement)

    def put(self, table: Table, row: Values) -> None:
        """Write a row before anything else is read, in the place of one with the same primary key."""
        self._wait(_Batch(table, ()), row)

    def drop(self, table: Table, key: Values) -> None:
        """Delete what has these values before anything else is read."""
        self._wait(_Batch(table, tuple(key)), key)

    def _wait(self, batch: _Batch, row: Values) -> None:
        for waiting in reversed(self._waiting):
            if waiting == batch:
                waiting.rows.append(row)
                return
            if waiting.table is batch.table:
                break  # what is done to one table is done in its order
        batch.rows.append(row)
        self._waiting.append(batch)

    def add(self, table: Table, row: Values) -> bool:
        """Write a row now, unless there is one with the same primary key; give whether it was."""
        insert = self.insert(table).on_conflict_do_nothing().values(**row)
        return bool(self.rows(insert.returning(*table.primary_key)))

    def insert(self, table: Table) -> _Insert:
        """An insertion that can say what becomes of a conflict."""
        return postgresql.insert(table) if self._is_postgres else sqlite.insert(table)

    def flush(self) -> None:
        """Send what waits."""
        while self._waiting:
            batch = self._waiting.pop(0)
            if batch.key:
                columns = (batch.table.c[name] == bindparam(f"its_{name}") for name in batch.key)
                rows = [{f"its_{name}": value for name, value in row.items()} for row in batch.rows]
                self.connection.execute(delete(batch.table).where(*columns), rows)
            else:
                self.connection.execute(self._upsert(batch.table), batch.rows)

    def among(self, column: ColumnElement[Any], ids: Collection[str]) -> ColumnElement[bool]:
        """Whether a column is one of *ids*, as one parameter however many there are."""
        wanted = list(dict.fromkeys(ids))
        if len(wanted) == 1:
            return column == wanted[0]
        if self._is_postgres:
            return column == any_(bindparam(None, wanted, ARRAY(Text)))
        each = func.json_each(json.dumps(wanted)).table_valued("value")
        return column.in_(select(each.c.value))

    def _upsert(self, table: Table) -> _Insert:
        insert = self.insert(table)
        key = [column.name for column in table.primary_key]
        rest = {
            name: insert.excluded[name]
            for name in [column.name for column in table.c]
            if name not in key
        }
        if not rest:
            return insert.on_conflict_do_nothing()
        return insert.on_conflict_do_update(index_elements=key, set_=rest)


def newest(
    query: Select[Any],
    order: tuple[ColumnElement[datetime], ColumnElement[str]],
    *,
    since: datetime | None = None,
    before: Mark | None = None,
    limit: int | None = None,
) -> Select[Any]:
    """A part of a listing that is ordered by a moment and a text, the newest first."""
    at, place = order
    if since is not None:
        query = query.where(at > since)
    if before is not None:
        mark = tuple_(literal(before[0], at.type), literal(before[1], place.type))
        query = query.where(tuple_(at, place) < mark)
    return query.order_by(at.desc(), place.desc()).limit(limit)


def utc(moment: datetime) -> datetime:
    """A moment as the database gave it, in UTC: SQLite keeps no zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
