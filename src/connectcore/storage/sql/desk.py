"""One transaction's desk: the connection, the tables, and writes that wait to be sent together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeAlias, TypeVar, final

from attrs import frozen
from sqlalchemy import Connection, CursorResult, Executable, Table

from connectcore.errors import InvalidValue
from connectcore.storage.sql.documents import Documents
from connectcore.storage.sql.phrases import Among, Phrase
from connectcore.storage.sql.schema import POSTGRES, Tables
from connectcore.storage.sql.writes import (
    Insertion,
    adding,
    appending,
    deleting,
    inserting,
    its,
    putting,
    putting_lists,
)

__all__ = ["Desk", "Values", "utc"]

T = TypeVar("T")

Values: TypeAlias = Mapping[str, object]
"""A row to be written, by the names of its columns."""

_MANY = 50
"""From how many rows on they are sent as lists; fewer are sent one by one, which touches less."""

_MOST_NAMED = 3


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
    table: Table
    key: tuple[str, ...]
    rows: list[Values]

    def may_touch(self, key: tuple[str, ...], row: Values) -> bool:
        """Whether one of these rows may be one that is about to be written or deleted by a *key*."""
        if len(self.rows) >= _MANY:
            return True
        shared = [name for name in self.key if name in key]
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
        self._database = connection.dialect.name
        self._waiting: list[_Batch] = []
        self.foreseen: dict[Phrase[Any], Any] = {}
        """What was read ahead, until anything is written."""

    def rows(self, query: Phrase[Executable]) -> Sequence[Any]:
        """All that a query gives."""
        return self.rows_of(self.worded(query), query)

    def rows_of(self, query: Executable, phrase: Phrase[object]) -> Sequence[Any]:
        """All that a query gives with the values of a phrase."""
        self.flush()
        return self.connection.execute(query, phrase.parameters(self._database)).all()

    def do(self, deed: Phrase[Executable]) -> None:
        """Execute a statement now that writes."""
        self.foreseen.clear()
        self.flush()
        self.connection.execute(self.worded(deed), deed.parameters(self._database))

    def worded(self, phrase: Phrase[T]) -> T:
        """What the function of a phrase gives."""
        return phrase.worded(self.tables, self._database)

    def put(self, table: Table, row: Values) -> None:
        """Write a row before anything else is read, in the place of one with the same primary key."""
        self._wait(_Way.PUT, table, table.info["key"], row)

    def put_new(self, table: Table, row: Values) -> None:
        """Write a row with an `id` before anything else is read.

        Whatever sends it raises `InvalidValue` where the id is taken.
        """
        self._wait(_Way.ADD, table, table.info["key"], row)

    def put_last(self, table: Table, row: Values) -> None:
        """Write a row with an `owner` and a `place` before anything else is read.

        Its place is the one given, or the next one after the last of its owner if that is later; one
        that takes the place of another has its place, too.
        """
        self._wait(_Way.APPEND, table, table.info["key"], row)

    def drop(self, table: Table, key: Values) -> None:
        """Delete what has these values before anything else is read."""
        self._wait(_Way.DROP, table, tuple(key), key)

    def _wait(self, way: _Way, table: Table, key: tuple[str, ...], row: Values) -> None:
        self.foreseen.clear()
        for waiting in reversed(self._waiting):
            if waiting.table is not table:
                continue
            if waiting.way is way and waiting.key == key:
                waiting.rows.append(row)
                return
            if waiting.may_touch(key, row):
                break  # what is done to one row is done in its order
        self._waiting.append(_Batch(way, table, key, [row]))

    def add(self, table: Table, row: Values) -> bool:
        """Write a row now, unless there is one with the same primary key; give whether it was."""
        self.flush()
        statement = self.tables.once(adding, table, self._database)
        return self.connection.execute(statement, row).first() is not None

    def flush(self) -> None:
        """Send what waits."""
        while self._waiting:
            batch = self._waiting.pop(0)
            match batch.way:
                case _Way.PUT if self._database == POSTGRES and len(batch.rows) >= _MANY:
                    self._write(putting_lists, batch, _lists(batch))
                case _Way.PUT:
                    self._write(putting, batch, batch.rows)
                case _Way.ADD:
                    if self._write(inserting, batch, batch.rows).rowcount != len(batch.rows):
                        raise _taken([str(row["id"]) for row in batch.rows])
                case _Way.APPEND:
                    self._write(appending, batch, _bound(batch.rows))
                case _Way.DROP:
                    statement = self.tables.once(deleting, batch.table, batch.key)
                    self.connection.execute(statement, _bound(batch.rows))

    def _write(
        self,
        words: Callable[..., Insertion],
        batch: _Batch,
        given: Mapping[str, object] | Sequence[Values],
    ) -> CursorResult[Any]:
        statement = self.tables.once(words, batch.table, self._database)
        return self.connection.execute(statement, given)

    def lying_with(self, ids: Iterable[str]) -> Among | None:
        """What tells, beside a condition on listed rows, on which machines these lie, if on several."""
        return Among(ids) if self.is_spread else None

    def within(self, texts: Phrase[Executable]) -> Phrase[Any] | Among:
        """The texts that a query gives, for another one to say whether something is among them.

        Where rows lie on several machines these are asked for first, so that then only the machines
        on which they lie are asked, and not all.
        """
        return Among(text for (text,) in self.rows(texts)) if self.is_spread else texts


def _lists(batch: _Batch) -> dict[str, object]:
    """The columns of many rows, of those with the same key the last one."""
    last = {tuple(row[name] for name in batch.key): row for row in batch.rows}
    return {
        its(column.name): [row[column.name] for row in last.values()] for column in batch.table.c
    }


def _bound(rows: Iterable[Values]) -> list[dict[str, object]]:
    """Rows as parameters, under names that none of a statement's own has."""
    return [{its(name): value for name, value in row.items()} for row in rows]


def _taken(ids: Sequence[str]) -> InvalidValue:
    named = " or ".join(map(repr, ids[:_MOST_NAMED]))
    more = len(ids) - _MOST_NAMED
    others = f" or one of {more} more" if more > 0 else ""
    return InvalidValue(f"the id {named}{others} is taken; new_id must never give one twice")


def utc(moment: datetime) -> datetime:
    """A moment as the database gave it, in UTC: SQLite keeps no zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
