"""Reading plain data: for every shape a function, made once, that reads what has it.

What is read is checked by nobody else before it becomes a value, so it is taken strictly: a number
is no text, a key that nobody knows is refused, and a moment needs a time zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, assert_never, cast

import attrs

from connectcore.errors import InvalidValue
from connectcore.moments import moment
from connectcore.plain.durations import duration_of
from connectcore.plain.places import Misfit, finite, needed
from connectcore.plain.shapes import (
    IS,
    SCALARS,
    Choice,
    Fixed,
    Maybe,
    OneOf,
    ParameterValues,
    Row,
    Scalar,
    Shape,
    Unknown,
    Value,
    extensions,
    has_to_say_what_it_is,
    parts_of,
    word_of,
    words_of,
)

__all__ = ["reader_of"]

Reader: TypeAlias = Callable[[Any], Any]

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_NAME = 40
_NO_MOMENT = "there is no such moment"
_NO_DATE = "there is no such date"
_NO_SUCH_NAME = "nothing of this name is here"


@cache
def reader_of(shape: Shape) -> Reader:
    """Make what reads whatever has a *shape*; it raises `Misfit` for what has another."""
    match shape:
        case Scalar(kind):
            return _SCALARS[kind]
        case Choice(words):
            return _choice(words)
        case Maybe(inner):
            read = reader_of(inner)
            return lambda plain: None if plain is None else read(plain)
        case Row(item, ordered):
            return _row(reader_of(item), tuple if ordered else frozenset)
        case Fixed(items):
            return _fixed(tuple(map(reader_of, items)))
        case Value(kind, parameters):
            return _value(kind, parameters)
        case OneOf(values):
            return _one_of(values)
        case Unknown(parameter):
            message = (
                f"nothing says what {parameter.__name__} stands for; name it, as in Page[Post]"
            )
            raise InvalidValue(message)
        case _:
            assert_never(shape)


# ── What is one text, number or word ────────────────────────────────────────────────────────────


def _text(plain: object) -> str:
    if isinstance(plain, str):
        return plain
    raise needed(plain, SCALARS[str])


def _flag(plain: object) -> bool:
    if isinstance(plain, bool):
        return plain
    raise needed(plain, SCALARS[bool])


def _whole(plain: object) -> int:
    if isinstance(plain, int) and not isinstance(plain, bool):
        return plain
    raise needed(plain, SCALARS[int])


def _real(plain: object) -> float:
    number = finite(plain)
    if number is not None:
        return number
    raise needed(plain, SCALARS[float])


def _moment(plain: object) -> datetime:
    if isinstance(plain, str) and _MOMENT.fullmatch(plain):
        try:
            return moment(datetime.fromisoformat(plain.upper()))
        except ValueError:
            raise Misfit(_NO_MOMENT) from None
    raise _kept_as(plain, "a moment", "2026-03-02T09:00:00Z")


def _date(plain: object) -> date:
    if isinstance(plain, str) and _DATE.fullmatch(plain):
        try:
            return date.fromisoformat(plain)
        except ValueError:
            raise Misfit(_NO_DATE) from None
    raise _kept_as(plain, "a date", "2026-03-02")


def _duration(plain: object) -> timedelta:
    try:
        return duration_of(_text(plain))
    except (Misfit, ValueError, OverflowError):
        raise _kept_as(plain, "a duration", "P21D") from None


_SCALARS: dict[type, Reader] = {
    str: _text,
    bool: _flag,
    int: _whole,
    float: _real,
    datetime: _moment,
    date: _date,
    timedelta: _duration,
}


def _choice(words: type[Enum]) -> Reader:
    known = words_of(words)

    def read(plain: object) -> Enum:
        found = known.get(plain) if isinstance(plain, str) else None
        if found is None:
            reason = f"one of {', '.join(known)} is needed"
            raise Misfit(reason)
        return found

    return read


# ── What holds others ───────────────────────────────────────────────────────────────────────────


def _items(plain: object) -> list[object] | tuple[object, ...]:
    if isinstance(plain, list | tuple):
        return cast("list[object] | tuple[object, ...]", plain)
    raise needed(plain, "a list")


def _row(read: Reader, collect: Callable[[list[object]], object]) -> Reader:
    def read_all(plain: object) -> object:
        items, found = _items(plain), list[object]()
        try:
            for item in items:
                found.append(read(item))
        except Misfit as misfit:
            raise misfit.within(len(found)) from None
        return collect(found)

    return read_all


def _fixed(readers: tuple[Reader, ...]) -> Reader:
    def read_each(plain: object) -> tuple[object, ...]:
        items = _items(plain)
        if len(items) != len(readers):
            reason = f"a list of {len(readers)} is needed, not of {len(items)}"
            raise Misfit(reason)
        found: list[object] = []
        try:
            for read, item in zip(readers, items, strict=True):
                found.append(read(item))
        except Misfit as misfit:
            raise misfit.within(len(found)) from None
        return tuple(found)

    return read_each


def _value(kind: type, parameters: ParameterValues) -> Reader:
    def read(plain: object) -> object:
        word = _word(plain)
        if word is None and not has_to_say_what_it_is(kind):
            return _reader_of_values(kind, parameters)(plain)
        found = _called(word, (kind,))
        return _reader_of_values(found, parameters if found is kind else ())(plain)

    return read


def _one_of(values: tuple[Value, ...]) -> Reader:
    parameters = {each.kind: each.parameters for each in values}

    def read(plain: object) -> object:
        found = _called(_word(plain), tuple(parameters))
        return _reader_of_values(found, parameters.get(found, ()))(plain)

    return read


def _word(plain: object) -> object:
    """What an object says that it is."""
    if isinstance(plain, Mapping):
        return cast("Mapping[object, object]", plain).get(IS)
    raise needed(plain, "an object")


def _called(word: object, kinds: tuple[type, ...]) -> type:
    """The class that goes by a word, among *kinds* and what extends them."""
    if len(kinds) == 1 and word == word_of(kinds[0]):
        return kinds[0]
    options = {name: named for kind in kinds for name, named in extensions(kind).items()}
    found = options.get(word, ()) if isinstance(word, str) else ()
    if len(found) == 1:
        return found[0]
    reason = f"one of {', '.join(sorted(options))} is needed"
    if found:
        reason = f"{' and '.join(each.__qualname__ for each in found)} go by one word; rename one"
    raise Misfit(reason).within(IS)


@cache
def _reader_of_values(kind: type, parameters: ParameterValues) -> Reader:
    parts = parts_of(kind, parameters)
    readers = {part.name: (part.argument, reader_of(part.shape)) for part in parts}
    required = {part.name for part in parts if part.required}

    def read(plain: Mapping[str, object]) -> object:
        given: dict[str, object] = {}
        name = ""
        try:
            for name, item in plain.items():
                if name in readers:
                    argument, read_part = readers[name]
                    given[argument] = read_part(item)
                elif name != IS:
                    raise Misfit(_NO_SUCH_NAME)  # noqa: TRY301 - its place is put before it at once
        except Misfit as misfit:
            raise misfit.within(str(name)[:_LONGEST_NAME]) from None
        if missing := required - plain.keys():
            reason = f"{' and '.join(sorted(missing))} must be given"
            raise Misfit(reason)
        return _made(kind, given)

    return read


def _made(kind: type, given: Mapping[str, object]) -> object:
    try:
        return kind(**given)
    except (TypeError, ValueError):
        # What a class says of it may tell what was given, so only the place is told.
        refused = Misfit(f"{kind.__name__} does not take what is here")
        name = _refused_part(kind, given)
        raise (refused if name is None else refused.within(name)) from None


def _refused_part(kind: type, given: Mapping[str, object]) -> str | None:
    """The attribute whose converter refuses what was given for it, if it is one."""
    for attribute in attrs.fields(kind):
        convert: object = attribute.converter
        if attribute.alias in given and callable(convert):
            try:
                convert(given[attribute.alias])
            except (TypeError, ValueError):
                return str(attribute.name)
    return None


def _kept_as(plain: object, name: str, example: str) -> Misfit:
    if isinstance(plain, str):
        return Misfit(f"{name} is needed, such as {example}")
    return needed(plain, f"{name} as a text, such as {example},")
