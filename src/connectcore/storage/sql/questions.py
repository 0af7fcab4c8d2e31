"""Queries with what their rows mean, so that several can be asked in one statement."""

from __future__ import annotations

import typing
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar, final

from attrs import frozen
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Executable,
    Integer,
    SelectBase,
    Text,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.types import TypeEngine

from connectcore.storage.sql.desk import Desk

__all__ = ["Question", "Questions"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_KINDS: tuple[TypeEngine[Any], ...] = (Text(), DateTime(timezone=True), BigInteger())
"""What a column can hold, where it is to stand beside those of other queries."""


_AT_ONCE = 200
"""How many questions a statement holds; SQLite allows for five hundred."""


@final
@frozen
class Question(Generic[T_co]):
    """A query of texts, moments and numbers, and what its rows mean in whichever order they come."""

    query: SelectBase
    read: Callable[[Sequence[Any]], T_co]


@final
class Questions:
    """What is asked at a desk: each question when it comes, or several in one statement before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._gathered: dict[Hashable, Question[Any]] | None = None

    def answer(self, key: Hashable, question: Callable[[], Question[T]]) -> T:
        """What was answered under *key* before, or else the answer to *question*."""
        if key in self._desk.foreseen:
            answer: T = self._desk.foreseen[key]
            return answer
        if self._gathered is None:
            return _ask(self._desk, question())
        self._gathered[key] = question()
        raise _Gathered

    def gather(self, asking: Iterable[Callable[[], object]]) -> None:
        """Answer together what each of *asking* asks.

        Where there is no instant in common nothing is asked before its turn: what is asked later, who
        may see something for example, must not be older than what it is asked about.
        """
        if self._desk.is_spread:
            return
        gathered = self._gathered = {}
        try:
            for ask in asking:
                with suppress(_Gathered):
                    ask()
        finally:
            self._gathered = None
        keys = list(gathered)
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            answers = _ask_together(self._desk, [gathered[key] for key in some])
            self._desk.foreseen |= zip(some, answers, strict=True)


@final
class _Gathered(Exception):
    """A question waits for others."""


def _ask(desk: Desk, question: Question[T]) -> T:
    return question.read(desk.rows(typing.cast("Executable", question.query)))


def _ask_together(desk: Desk, questions: Sequence[Question[Any]]) -> Sequence[Any]:
    if len(questions) == 1:
        return [_ask(desk, questions[0])]
    places = [_places(question) for question in questions]
    width = [max(sum(kind == each for kind, _ in place) for place in places) for each in _range()]
    starts = [1 + sum(width[:kind]) for kind in _range()]
    parts: list[Any] = [
        _part(number, question, place, width)
        for number, (question, place) in enumerate(zip(questions, places, strict=True))
    ]
    together: Executable = union_all(*parts)
    found: list[list[tuple[Any, ...]]] = [[] for _ in questions]
    for row in desk.rows(together):
        number: int = row[0]
        found[number].append(tuple(row[starts[kind] + slot] for kind, slot in places[number]))
    return [question.read(rows) for question, rows in zip(questions, found, strict=True)]


def _range() -> range:
    return range(len(_KINDS))


def _places(question: Question[Any]) -> Sequence[tuple[int, int]]:
    """For each column of a query, of which kind it is and the how manieth of them."""
    kinds = [_kind(column) for column in question.query.selected_columns]
    return [(kind, kinds[:number].count(kind)) for number, kind in enumerate(kinds)]


def _kind(column: ColumnElement[Any]) -> int:
    match column.type:
        case DateTime():
            return 1
        case Integer():
            return 2
        case _:
            return 0


def _part(
    number: int,
    question: Question[Any],
    places: Sequence[tuple[int, int]],
    width: Sequence[int],
) -> SelectBase:
    """A query with its number first, and nothing where only others have a column."""
    rows = question.query.subquery()
    own = dict(zip(places, rows.columns, strict=True))
    columns = (
        own.get((kind, slot), cast(null(), _KINDS[kind]))
        for kind in _range()
        for slot in range(width[kind])
    )
    return select(literal(number), *columns)
