"""One transaction's desk: the connection, the tables, and writes that wait to be sent together."""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeAlias, final

from attrs import field, frozen
from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Executable,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    case,
    delete,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite

from connectcore.errors import InvalidValue
from connectcore.pages import Mark
from connectcore.storage.sql.documents import Documents
from connectcore.storage.sql.schema import Tables

__all__ = ["Desk", "Insertion", "Values", "insert_into", "newest", "utc"]

Values: TypeAlias = Mapping[str, object]
"""A row to be written, by the names of its columns."""

_MANY = 50
"""From how many rows on they are sent as lists; fewer are sent one by one, which touches less."""

_MOST_NAMED = 3

Insertion: TypeAlias = sqlite.Insert | postgresql.Insert
"""An insertion in one of the two languages that know what to do about a conflict."""


@final
class _Way(Enum):
    """What is done with rows that wait."""

    PUT = "take the place of those with the same primary key"
    ADD = "fail where an id is taken"
    APPEND = "come after all that their owner has"
    DROP = "are deleted by some of their columns"


@final
@frozen
class _Batch:
    """Rows of a table that wait for one thing to be done with them, found by the columns of a `key`."""

    way: _Way
    table: Table = field(eq=id)
    key: tuple[str, ...]
    rows: list[Values] = field(factory=list[Values], eq=False)

    def may_touch(self, other: _Batch, row: Values) -> bool:
        """Whether one of these rows may be one that *other* is about to write or delete by *row*."""
        if len(self.rows) >= _MANY:
            return True
        shared = [name for name in self.key if name in other.key]
        return any(all(each[name] == row[name] for name in shared) for each in self.rows)


@final
class Desk:
    """Where a unit of work reads and writes.

    What is only put in its place or dropped waits, so that alike rows go to the database together;
    whatever else is executed sends it before.
    `is_spread` says that the rows lie on several machines, which have no instant in common.
    """

    def __init__(
        self,
        connection: Connection,
        tables: Tables,
        documents: Documents,
        *,
        is_spread: bool = False,
    ) -> None:
        self.connection = connection
        self.tables = tables
        self.documents = documents
        self.is_spread = is_spread
        self._is_postgres = connection.dialect.name == "postgresql"
        self._waiting: list[_Batch] = []
        self.foreseen: dict[Hashable, Any] = {}
        """What was read ahead, until anything is written."""

    def rows(self, statement: Executable) -> Sequence[Any]:
        """All that a query gives."""
        self.flush()
        return self.connection.execute(statement).all()

    def do(self, statement: Executable) -> None:
        """Execute a statement now that writes."""
        self.foreseen.clear()
        self.flush()
        self.connection.execute(statement)

    def put(self, table: Table, row: Values) -> None:
        """Write a row before anything else is read, in the place of one with the same primary key."""
        self._wait(_Batch(_Way.PUT, table, _key_of(table)), row)

    def put_new(self, table: Table, row: Values) -> None:
        """Write a row with an `id` before anything else is read.

        Whatever sends it raises `InvalidValue` where the id is taken.
        """
        self._wait(_Batch(_Way.ADD, table, _key_of(table)), row)

    def put_last(self, table: Table, row: Values) -> None:
        """Write a row with an `owner` and a `place` before anything else is read.

        Its place is the one given, or the next one after the last of its owner if that is later; one
        that takes the place of another has its place, too.
        """
        self._wait(_Batch(_Way.APPEND, table, _key_of(table)), row)

    def drop(self, table: Table, key: Values) -> None:
        """Delete what has these values before anything else is read."""
        self._wait(_Batch(_Way.DROP, table, tuple(key)), key)

    def _wait(self, batch: _Batch, row: Values) -> None:
        self.foreseen.clear()
        for waiting in reversed(self._waiting):
            if waiting == batch:
                waiting.rows.append(row)
                return
            if waiting.table is batch.table and waiting.may_touch(batch, row):
                break  # what is done to one row is done in its order
        batch.rows.append(row)
        self._waiting.append(batch)

    def add(self, table: Table, row: Values) -> bool:
        """Write a row now, unless there is one with the same primary key; give whether it was."""
        insert = self.insert(table).on_conflict_do_nothing().values(**row)
        return bool(self.rows(insert.returning(*table.primary_key)))

    def insert(self, table: Table) -> Insertion:
        """An insertion that can say what becomes of a conflict."""
        return insert_into(table, self.connection)

    def flush(self) -> None:
        """Send what waits."""
        while self._waiting:
            batch = self._waiting.pop(0)
            match batch.way:
                case _Way.PUT if self._is_postgres and len(batch.rows) >= _MANY:
                    self._put_many(batch.table, batch.rows)
                case _Way.PUT:
                    upsert = self._upsert(batch.table, self.insert(batch.table))
                    self.connection.execute(upsert, batch.rows)
                case _Way.ADD:
                    self._insert(batch.table, batch.rows)
                case _Way.APPEND:
                    self._append(batch.table, batch.rows)
                case _Way.DROP:
                    self._delete(batch.table, batch.key, batch.rows)

    def _delete(self, table: Table, key: Iterable[str], rows: Sequence[Values]) -> None:
        columns = (table.c[name] == bindparam(f"its_{name}") for name in key)
        self.connection.execute(delete(table).where(*columns), _bound(rows))

    def _append(self, table: Table, rows: Sequence[Values]) -> None:
        """Write rows one after the other, each after the last one of its owner."""
        given = {
            column.name: bindparam(f"its_{column.name}", type_=column.type) for column in table.c
        }
        after_last = func.coalesce(func.max(table.c.place), 0) + 1
        place = case((after_last > given["place"], after_last), else_=given["place"])
        columns = [place if name == "place" else value for name, value in given.items()]
        source = select(*columns).where(table.c.owner == given["owner"])
        insert = self.insert(table).from_select(list(given), source)
        key = _key_of(table)
        renewed = {name: insert.excluded[name] for name in given if name not in (*key, "place")}
        upsert = insert.on_conflict_do_update(index_elements=list(key), set_=renewed)
        self.connection.execute(upsert, _bound(rows))

    def _insert(self, table: Table, rows: Sequence[Values]) -> None:
        insert = self.insert(table).on_conflict_do_nothing()
        counted = insert.execution_options(preserve_rowcount=True)
        if self.connection.execute(counted, rows).rowcount != len(rows):
            raise _taken([str(row["id"]) for row in rows])

    def _put_many(self, table: Table, rows: Sequence[Values]) -> None:
        """Write many rows in one statement, of those with the same key the last one."""
        key = _key_of(table)
        last = {tuple(row[name] for name in key): row for row in rows}
        lists = (
            bindparam(None, [row[column.name] for row in last.values()], _array_of(column))
            for column in table.c
        )
        names = [column.name for column in table.c]
        given = func.unnest(*lists).table_valued(*names).render_derived()
        insert = self.insert(table).from_select(names, select(*(given.c[name] for name in names)))
        self.connection.execute(self._upsert(table, insert))

    def among(self, column: ColumnElement[Any], ids: Collection[str]) -> ColumnElement[bool]:
        """Whether a column is one of *ids*, as one parameter however many there are."""
        wanted = list(dict.fromkeys(ids))
        if len(wanted) == 1:
            return column == wanted[0]
        if self._is_postgres:
            return column == any_(bindparam(None, wanted, ARRAY(Text)))
        each = func.json_each(json.dumps(wanted)).table_valued("value")
        return column.in_(select(each.c.value))

    def lying_with(
        self, column: ColumnElement[Any], ids: Collection[str]
    ) -> Sequence[ColumnElement[bool]]:
        """What tells, beside a condition on listed rows, on which machines these lie, if on several."""
        return [self.among(column, ids)] if self.is_spread else []

    def within(self, column: ColumnElement[Any], query: Select[Any]) -> ColumnElement[bool]:
        """Whether a column is among the texts that a query gives.

        Where rows lie on several machines these are asked for first, so that then only the machines
        on which they lie are asked, and not all.
        """
        if self.is_spread:
            return self.among(column, [text for (text,) in self.rows(query)])
        return column.in_(query)

    def listed(self, *columns: Sequence[str]) -> Sequence[ColumnElement[str]]:
        """The columns of a table that a query is given, a list of texts each."""
        if self._is_postgres:
            lists = (bindparam(None, list(column), ARRAY(Text)) for column in columns)
            names = [f"given_{number}" for number in range(len(columns))]
            given = func.unnest(*lists).table_valued(*names).render_derived()
            return [given.c[name] for name in names]
        rows = json.dumps(list(zip(*columns, strict=True)))
        each = func.json_each(rows).table_valued("value")
        return [
            func.json_extract(each.c.value, literal(f"$[{number}]"))
            for number in range(len(columns))
        ]

    def _upsert(self, table: Table, insert: Insertion) -> Insertion:
        key = _key_of(table)
        rest = {
            name: insert.excluded[name]
            for name in [column.name for column in table.c]
            if name not in key
        }
        if not rest:
            return insert.on_conflict_do_nothing()
        return insert.on_conflict_do_update(index_elements=list(key), set_=rest)


def insert_into(table: Table, connection: Connection) -> Insertion:
    """An insertion that can say what becomes of a conflict, for the database of *connection*."""
    is_postgres = connection.dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgres else sqlite.insert(table)


def _key_of(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def _bound(rows: Iterable[Values]) -> list[dict[str, object]]:
    """Rows as parameters, under names that none of a statement's own has."""
    return [{f"its_{name}": value for name, value in row.items()} for row in rows]


def _taken(ids: Sequence[str]) -> InvalidValue:
    named = " or ".join(map(repr, ids[:_MOST_NAMED]))
    more = len(ids) - _MOST_NAMED
    others = f" or one of {more} more" if more > 0 else ""
    return InvalidValue(f"the id {named}{others} is taken; new_id must never give one twice")


def _array_of(column: Column[Any]) -> ARRAY[Any]:
    return ARRAY(Text()) if isinstance(column.type, Text) else ARRAY(column.type)


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
