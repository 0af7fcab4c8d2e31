"""Writing plain data: for every shape a function, made once, that writes what has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias, assert_never, cast

import attrs

from connectcore.errors import InvalidValue
from connectcore.moments import FIRST_YEAR, LAST_YEAR, moment
from connectcore.plain.durations import duration_text
from connectcore.plain.places import Misfit, Plain, class_of, finite, needed
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
    parts_of,
    says_what_it_is,
    word_of,
    words_of,
)

__all__ = ["value_writer", "writer_of"]

Writer: TypeAlias = Callable[[Any], Plain]


@cache
def value_writer(
    kind: type, parameters: ParameterValues = ()
) -> Callable[[object], dict[str, Plain]]:
    """Make what writes the values of one class."""
    if "__attrs_attrs__" not in vars(kind):
        message = f"{kind.__name__} is no plain data: only attrs classes are, such as profiles"
        raise InvalidValue(message)
    parts = tuple(
        (part.name, attrgetter(part.name), writer_of(part.shape))
        for part in parts_of(kind, parameters)
    )
    start: dict[str, Plain] = {IS: word_of(kind)} if says_what_it_is(kind) else {}

    def write(value: object) -> dict[str, Plain]:
        plain = start.copy()
        name = ""
        try:
            for name, read, write_part in parts:
                plain[name] = write_part(read(value))
        except Misfit as misfit:
            raise misfit.within(name) from None
        return plain

    return write


def writer_of(shape: Shape) -> Writer:
    """Make what writes whatever has a *shape*; it raises `Misfit` for what has another."""
    match shape:
        case Scalar(kind):
            return _SCALARS[kind]
        case Choice(words):
            return _choice(words)
        case Maybe(inner):
            write = writer_of(inner)
            return lambda value: None if value is None else write(value)
        case Row(item, ordered):
            return _row(writer_of(item)) if ordered else _set(writer_of(item))
        case Fixed(items):
            return _fixed(tuple(map(writer_of, items)))
        case Value(kind, parameters):
            return _value(kind, parameters)
        case OneOf(values):
            return _one_of(values)
        case Unknown():
            return _unknown
        case _:
            assert_never(shape)


# ── What is one text, number or word ────────────────────────────────────────────────────────────


_NO_MOMENT = f"a moment needs a time zone, and a year from {FIRST_YEAR} to {LAST_YEAR}"
_WRONG_LENGTH = "a tuple of another length is needed"


def _text(value: object) -> Plain:
    if type(value) is str:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    raise needed(value, SCALARS[str])


def _flag(value: object) -> Plain:
    if isinstance(value, bool):
        return value
    raise needed(value, SCALARS[bool])


def _whole(value: object) -> Plain:
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    raise needed(value, SCALARS[int])


def _real(value: object) -> Plain:
    number = finite(value)
    if number is not None:
        return number
    raise needed(value, SCALARS[float])


def _moment(value: object) -> Plain:
    if not isinstance(value, datetime):
        raise needed(value, SCALARS[datetime])
    try:
        at = moment(value)
    except InvalidValue:
        raise Misfit(_NO_MOMENT) from None
    return f"{at.replace(tzinfo=None).isoformat()}Z"


def _date(value: object) -> Plain:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise needed(value, SCALARS[date])


def _duration(value: object) -> Plain:
    if isinstance(value, timedelta):
        return duration_text(value)
    raise needed(value, SCALARS[timedelta])


_SCALARS: dict[type, Writer] = {
    str: _text,
    bool: _flag,
    int: _whole,
    float: _real,
    datetime: _moment,
    date: _date,
    timedelta: _duration,
}


def _choice(words: type[Enum]) -> Writer:
    known = {choice: word for word, choice in words_of(words).items()}

    def write(value: object) -> Plain:
        if isinstance(value, words):
            return known[value]
        raise needed(value, f"one of {words.__name__}")

    return write


# ── What holds others ───────────────────────────────────────────────────────────────────────────


def _row(write: Writer) -> Writer:
    def write_all(value: object) -> Plain:
        if not isinstance(value, tuple):
            raise needed(value, "a tuple")
        written: list[Plain] = []
        try:
            for item in cast("tuple[object, ...]", value):
                written.append(write(item))  # noqa: PERF401 - its length is the place of a misfit
        except Misfit as misfit:
            raise misfit.within(len(written)) from None
        return written

    return write_all


def _set(write: Writer) -> Writer:
    in_some_order = _row(write)

    def write_sorted(value: object) -> Plain:
        if not isinstance(value, frozenset):
            raise needed(value, "a frozenset")
        written = in_some_order(tuple(cast("frozenset[object]", value)))
        return sorted(cast("list[Plain]", written), key=_in_order)

    return write_sorted


def _in_order(plain: Plain) -> tuple[float, str]:
    if isinstance(plain, int | float):
        return plain, ""
    return 0, plain if isinstance(plain, str) else json.dumps(plain, sort_keys=True)


def _fixed(writers: tuple[Writer, ...]) -> Writer:
    def write_each(value: object) -> Plain:
        items = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
        if len(items) != len(writers):
            raise Misfit(_WRONG_LENGTH)
        written: list[Plain] = []
        try:
            for write, item in zip(writers, items, strict=True):
                written.append(write(item))
        except Misfit as misfit:
            raise misfit.within(len(written)) from None
        return written

    return write_each


def _value(kind: type, parameters: ParameterValues) -> Writer:
    def write(value: object) -> Plain:
        own = class_of(value)
        if own is kind:
            return value_writer(own, parameters)(value)
        if isinstance(value, kind):
            return value_writer(own)(value)
        raise needed(value, f"a {kind.__name__}")

    return write


def _one_of(values: tuple[Value, ...]) -> Writer:
    writers = tuple((each.kind, writer_of(each)) for each in values)
    names = " or ".join(kind.__name__ for kind, _ in writers)

    def write(value: object) -> Plain:
        for kind, write_value in writers:
            if isinstance(value, kind):
                plain = cast("dict[str, Plain]", write_value(value))
                return {IS: word_of(class_of(value)), **plain}
        raise needed(value, f"a {names}")

    return write


def _unknown(value: object) -> Plain:
    if attrs.has(type(value)):
        return value_writer(class_of(value))(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise needed(value, "a value or something plain")
