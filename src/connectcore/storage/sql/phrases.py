"""Phrases: what is said to a database, each put into words once, whatever the values in it.

To put a statement together takes longer than a database in memory takes to answer it.
So a phrase is a function that words a statement, and the values apart from it.
The function is given what stands for the values and never the values, and is called once for all
phrases that make one text; one id makes another text than many, and a moment another than `None`.

>>> from connectcore.storage.sql.schema import usual_tables
>>> def named(tables, ids):
...     return select(tables.members.c.id).where(among(tables.members.c.id, ids))
>>> two, many = say(named, ids=Among(["ada", "bob"])), say(named, ids=Among("abcdefgh"))
>>> many.worded(usual_tables(), "sqlite") is two.worded(usual_tables(), "sqlite")
True
>>> two.parameters("sqlite")
{'its_ids': '["ada", "bob"]'}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar, Union, final

from attrs import field, frozen
from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    SelectBase,
    String,
    Table,
    Text,
    any_,
    bindparam,
    func,
    literal,
    select,
)

from connectcore.storage.sql.schema import POSTGRES, Tables

__all__ = ["Among", "Given", "Lines", "Phrase", "Query", "among", "is_one", "say"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Given: TypeAlias = Any
"""What a function that words a phrase is given for a value: a parameter, or what is made of some."""

Query: TypeAlias = Any
"""A query of any columns, whose types SQLAlchemy 2.0 and 2.1 write in two ways."""


def _once_each(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


@final
@frozen
class Among:
    """Ids of which something is one: one parameter, however many they are.

    Two of them are the same in whichever order.
    """

    ids: tuple[str, ...] = field(converter=_once_each, eq=frozenset, repr=False)


@final
@frozen
class Lines:
    """Lines of texts to look for, by their columns; a column of each is given for them."""

    columns: tuple[tuple[str, ...], ...] = field(repr=False)


Value: TypeAlias = Union[
    str, int, datetime, Table, Among, Lines, "Phrase[Any]", tuple["Value", ...], None
]


@final
@frozen
class Phrase(Generic[T_co]):
    """A function that words something, and the values; a phrase can be one of another one's values."""

    word: Callable[..., T_co]
    values: tuple[tuple[str, Value], ...] = field(repr=False)

    def worded(self, tables: Tables, database: str) -> T_co:
        """What the function gives; it is called for the first one of all phrases that are alike."""
        words: T_co = tables.once(_word, _shape(self), database)
        return words

    def parameters(self, database: str) -> dict[str, object]:
        """The values, by the names that stand for them."""
        found: dict[str, object] = {}
        _collect(found, "its", self, database)
        return found


def say(word: Callable[..., T], /, **values: Value) -> Phrase[T]:
    """What *word* says with *values*, for each of which it is given what stands for it."""
    return Phrase(word, tuple(values.items()))


# ── What makes another text ─────────────────────────────────────────────────────────────────────


class _Kind(Enum):
    """What shows of a value in a text."""

    VALUE = "that it is there"
    ONE = "that it is one id"
    MANY = "that it is none, or some"


@final
@frozen
class _Said:
    """What shows of a phrase."""

    word: Callable[..., Any]
    values: tuple[tuple[str, _Shape], ...]


@final
@frozen
class _Columns:
    """What shows of lines."""

    number: int


_Shape: TypeAlias = _Kind | _Said | _Columns | Table | tuple["_Shape", ...] | None


def _shape(value: Value) -> _Shape:
    match value:
        case None | Table():
            return value
        case Phrase():
            return _Said(value.word, tuple((name, _shape(each)) for name, each in value.values))
        case Among():
            return _Kind.ONE if len(value.ids) == 1 else _Kind.MANY
        case Lines():
            return _Columns(len(value.columns))
        case tuple():
            return tuple(map(_shape, value))
        case _:
            return _Kind.VALUE


# ── What stands for values, and the values ──────────────────────────────────────────────────────


def _word(tables: Tables, shape: _Shape, database: str) -> Given:
    return _stand_in(tables, "its", shape, database)


def _stand_in(tables: Tables, name: str, shape: _Shape, database: str) -> Given:
    match shape:
        case _Said():
            given = {
                each: _stand_in(tables, f"{name}_{each}", its, database)
                for each, its in shape.values
            }
            return shape.word(tables, **given)
        case _Columns():
            return _columns(name, shape.number, database)
        case tuple():
            return tuple(
                _stand_in(tables, f"{name}_{number}", its, database)
                for number, its in enumerate(shape)
            )
        case _Kind.MANY:
            return _list(name, database)
        case _Kind():
            # Its type is that of what it is compared with.
            parameter: BindParameter[Any] = bindparam(name)
            return parameter
        case _:
            return shape


def _list(name: str, database: str) -> Given:
    if database == POSTGRES:
        return any_(bindparam(name, type_=ARRAY(Text)))
    return select(func.json_each(bindparam(name, type_=String())).table_valued("value").c.value)


def _columns(name: str, number: int, database: str) -> Sequence[ColumnElement[str]]:
    if database == POSTGRES:
        lists = (bindparam(f"{name}_{column}", type_=ARRAY(Text)) for column in range(number))
        names = [f"given_{column}" for column in range(number)]
        given = func.unnest(*lists).table_valued(*names).render_derived()
        return [given.c[each] for each in names]
    each = func.json_each(bindparam(name, type_=String())).table_valued("value")
    return [func.json_extract(each.c.value, literal(f"$[{column}]")) for column in range(number)]


def _collect(found: dict[str, object], name: str, value: Value, database: str) -> None:
    match value:
        case None | Table():
            pass
        case Phrase():
            for each, its in value.values:
                _collect(found, f"{name}_{each}", its, database)
        case Among(ids):
            several = list(ids) if database == POSTGRES else json.dumps(ids)
            found[name] = ids[0] if len(ids) == 1 else several
        case Lines(columns) if database == POSTGRES:
            found |= {f"{name}_{number}": list(each) for number, each in enumerate(columns)}
        case Lines(columns):
            found[name] = json.dumps(list(zip(*columns, strict=True)))
        case tuple():
            for number, its in enumerate(value):
                _collect(found, f"{name}_{number}", its, database)
        case _:
            found[name] = value


# ── What words are made with ────────────────────────────────────────────────────────────────────


def among(column: ColumnElement[Any], ids: Given) -> ColumnElement[bool]:
    """Whether a column is one of the ids that an `Among` has, or that a query gives."""
    return column.in_(ids) if isinstance(ids, SelectBase) else column == ids


def is_one(ids: Given) -> bool:
    """Whether an `Among` has one id."""
    return isinstance(ids, BindParameter)
