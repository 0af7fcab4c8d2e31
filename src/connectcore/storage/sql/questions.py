"""Queries with what their rows mean, so that several can be asked in one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
from connectcore.storage.sql.phrases import Given, Phrase, say
from connectcore.storage.sql.schema import Tables

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
    """A phrase for a query of texts, moments and numbers, and what its rows mean in any order."""

    phrase: Phrase[Executable]
    read: Callable[[Sequence[Any]], T_co]


@final
class Questions:
    """What is asked at a desk: each question when it comes, or several in one statement before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._gathered: dict[Phrase[Any], Question[Any]] | None = None

    def answer(self, question: Question[T]) -> T:
        """What was answered before, or else the answer."""
        if question.phrase in self._desk.foreseen:
            answer: T = self._desk.foreseen[question.phrase]
            return answer
        if self._gathered is None:
            return _ask(self._desk, question)
        self._gathered[question.phrase] = question
        raise _Gathered

    def gather(self, asking: Iterable[Callable[[], object]]) -> None:
        """Answer together what each of *asking* asks.

        Where there is no instant in common nothing is asked before its turn: what is asked later, who
        may see something for example, must not be older than what it is asked about.
        """
        if self._desk.is_spread:
            return
        gathered: dict[Phrase[Any], Question[Any]] = {}
        self._gathered = gathered
        try:
            for ask in asking:
                with suppress(_Gathered):
                    ask()
        finally:
            self._gathered = None
        questions = list(gathered.values())
        for start in range(0, len(questions), _AT_ONCE):
            some = questions[start : start + _AT_ONCE]
            answers = _ask_together(self._desk, some)
            asked = (question.phrase for question in some)
            self._desk.foreseen |= zip(asked, answers, strict=True)


@final
class _Gathered(Exception):
    """A question waits for others."""


def _ask(desk: Desk, question: Question[T]) -> T:
    return question.read(desk.rows(question.phrase))


def _ask_together(desk: Desk, questions: Sequence[Question[Any]]) -> Sequence[Any]:
    if len(questions) == 1:
        return [_ask(desk, questions[0])]
    phrase = say(_together, queries=tuple(question.phrase for question in questions))
    together: _Together = desk.worded(phrase)
    found: list[list[tuple[Any, ...]]] = [[] for _ in questions]
    for row in desk.rows_of(together.query, phrase):
        number: int = row[0]
        found[number].append(tuple(row[place] for place in together.places[number]))
    return [question.read(rows) for question, rows in zip(questions, found, strict=True)]


@final
@frozen
class _Together:
    """Several queries in one, and where in its rows the columns of each are."""

    query: Executable
    places: Sequence[Sequence[int]]


def _together(_: Tables, queries: Given) -> _Together:
    slots = [_slots(query) for query in queries]
    width = [max(sum(kind == each for kind, _ in own) for own in slots) for each in _range()]
    starts = [1 + sum(width[:kind]) for kind in _range()]
    parts: list[Any] = [
        _part(number, query, own, width)
        for number, (query, own) in enumerate(zip(queries, slots, strict=True))
    ]
    places = [[starts[kind] + slot for kind, slot in own] for own in slots]
    return _Together(union_all(*parts), places)


def _range() -> range:
    return range(len(_KINDS))


def _slots(query: SelectBase) -> Sequence[tuple[int, int]]:
    """For each column of a query, of which kind it is and the how manieth of them."""
    kinds = [_kind(column) for column in query.selected_columns]
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
    number: int, query: SelectBase, slots: Sequence[tuple[int, int]], width: Sequence[int]
) -> SelectBase:
    """A query with its number first, and nothing where only others have a column."""
    own = dict(zip(slots, query.subquery().columns, strict=True))
    columns = (
        own.get((kind, slot), cast(null(), _KINDS[kind]))
        for kind in _range()
        for slot in range(width[kind])
    )
    return select(literal(number), *columns)
