"""The words of what is written: rows of one table, each in a way of its own, under the names of its columns."""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    Column,
    Delete,
    Table,
    Text,
    UpdateBase,
    bindparam,
    case,
    delete,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from connectcore.storage.sql.schema import POSTGRES, Tables

__all__ = [
    "Insertion",
    "adding",
    "appending",
    "deleting",
    "insert_into",
    "inserting",
    "its",
    "putting",
    "putting_lists",
]

Insertion: TypeAlias = sqlite.Insert | postgresql.Insert
"""An insertion in one of the two languages that know what to do about a conflict."""


def insert_into(table: Table, database: str) -> Insertion:
    """An insertion that can say what becomes of a conflict."""
    return postgresql.insert(table) if database == POSTGRES else sqlite.insert(table)


def its(name: str) -> str:
    """The name of a parameter for a column, where a statement has names of its own for columns."""
    return f"its_{name}"


def putting(_: Tables, table: Table, database: str) -> Insertion:
    """Rows take the place of those with the same primary key."""
    return _upsert(table, insert_into(table, database))


def putting_lists(_: Tables, table: Table, database: str) -> Insertion:
    """The same for many rows, of which each column is `its` list."""
    lists = (bindparam(its(column.name), type_=_array_of(column)) for column in table.c)
    names = [column.name for column in table.c]
    given = func.unnest(*lists).table_valued(*names).render_derived()
    insert = insert_into(table, database)
    return _upsert(table, insert.from_select(names, select(*(given.c[name] for name in names))))


def inserting(_: Tables, table: Table, database: str) -> Insertion:
    """Rows are written where no other has their primary key; how many is counted."""
    insert = insert_into(table, database).on_conflict_do_nothing()
    return insert.execution_options(preserve_rowcount=True)


def adding(_: Tables, table: Table, database: str) -> UpdateBase:
    """A row is written where no other has its primary key, which is given then."""
    insert = insert_into(table, database).on_conflict_do_nothing()
    return insert.returning(*table.primary_key)


def appending(_: Tables, table: Table, database: str) -> Insertion:
    """A row of `its` values is written after the last one of its owner."""
    given = {column.name: bindparam(its(column.name), type_=column.type) for column in table.c}
    after_last = func.coalesce(func.max(table.c.place), 0) + 1
    place = case((after_last > given["place"], after_last), else_=given["place"])
    columns = [place if name == "place" else value for name, value in given.items()]
    source = select(*columns).where(table.c.owner == given["owner"])
    insert = insert_into(table, database).from_select(list(given), source)
    key = table.info["key"]
    renewed = {name: insert.excluded[name] for name in given if name not in (*key, "place")}
    return insert.on_conflict_do_update(index_elements=key, set_=renewed)


def deleting(_: Tables, table: Table, key: tuple[str, ...]) -> Delete:
    """Rows with `its` values in the columns of a key are deleted."""
    return delete(table).where(*(table.c[name] == bindparam(its(name)) for name in key))


def _upsert(table: Table, insert: Insertion) -> Insertion:
    key = table.info["key"]
    rest = {
        name: insert.excluded[name]
        for name in [column.name for column in table.c]
        if name not in key
    }
    if not rest:
        return insert.on_conflict_do_nothing()
    return insert.on_conflict_do_update(index_elements=key, set_=rest)


def _array_of(column: Column[Any]) -> ARRAY[Any]:
    return ARRAY(Text()) if isinstance(column.type, Text) else ARRAY(column.type)
