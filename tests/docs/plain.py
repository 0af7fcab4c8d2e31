"""The tables of plain data: what each value and each enumeration is written as."""

import inspect
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from typing import assert_never

import attrs

import connectcore
from connectcore import InvalidValue
from connectcore.plain.shapes import (
    Choice,
    Fixed,
    Maybe,
    OneOf,
    Part,
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
from tests.docs.reference import groups
from tests.docs.tables import code, table

SCALARS: dict[type, str] = {
    str: "text",
    bool: "`true` or `false`",
    int: "whole number",
    float: "number",
    datetime: "moment",
    date: "date",
    timedelta: "duration",
}


def values() -> str:
    """Every public value that is plain data, in the groups of the reference."""
    grouped = {
        title: [getattr(connectcore, name) for name in names] for title, names in groups().items()
    }
    grouped["Held by these"] = sorted(_held_alone(), key=lambda kind: kind.__name__)
    return "\n\n".join(
        f"### {title}\n\n" + table(["value", "`is`", "names"], rows)
        for title, kinds in grouped.items()
        if (rows := [row for kind in kinds for row in _row(kind)])
    )


def not_plain() -> str:
    """Every public value that is none, with what in it has no plain form."""
    return "\n".join(
        f"- {code(kind.__name__)}: {code(attribute)}"
        for kind in _value_classes()
        if (attribute := _without_form(kind))
    )


def words() -> str:
    """The words of every public enumeration that values hold."""
    rows = [
        [code(kind.__name__), ", ".join(map(code, words_of(kind)))]
        for kind in _classes()
        if issubclass(kind, Enum)
    ]
    return table(["enumeration", "words"], rows)


def _row(kind: object) -> Iterator[list[str]]:
    if inspect.isclass(kind) and attrs.has(kind) and not _without_form(kind):
        word = code(word_of(kind)) if says_what_it_is(kind) else ""
        yield [code(kind.__name__), word, ", ".join(map(_told, parts_of(kind)))]


def _told(part: Part) -> str:
    left_out = "" if part.required else "?"
    return f"{code(part.name + left_out)} {form_of(part.shape)}"


def form_of(shape: Shape) -> str:
    """How what has a shape is written, in words."""
    match shape:
        case Scalar(kind):
            return SCALARS[kind]
        case Choice(kind):
            return f"word of {code(kind.__name__)}"
        case Maybe(inner):
            return f"{form_of(inner)} or `null`"
        case Row(item, ordered):
            return f"{'list' if ordered else 'sorted list'} of {form_of(item)}"
        case Fixed(items):
            return f"[{', '.join(map(form_of, items))}]"
        case Value(kind, _):
            return code(kind.__name__)
        case OneOf(several):
            return " or ".join(map(form_of, several))
        case Unknown():
            return "anything"
        case _:
            assert_never(shape)


def _held_alone() -> set[type]:
    """What public values hold and is not public itself."""
    public = set(_value_classes())
    found = {
        held
        for kind in public
        if not _without_form(kind)
        for part in parts_of(kind)
        for held in _held(part.shape)
    }
    return found - public


def _held(shape: Shape) -> Iterator[type]:
    match shape:
        case Value(kind, _):
            yield kind
        case Row(inner, _) | Maybe(inner):
            yield from _held(inner)
        case Fixed(several) | OneOf(several):
            yield from (kind for each in several for kind in _held(each))
        case _:
            pass


def _classes() -> Iterator[type]:
    public = (getattr(connectcore, name) for name in connectcore.__all__)
    yield from sorted(filter(inspect.isclass, public), key=lambda kind: kind.__name__)


def _value_classes() -> Iterator[type]:
    yield from filter(attrs.has, _classes())


def _without_form(kind: type) -> str:
    try:
        parts_of(kind)
    except InvalidValue as error:
        return str(error).split(": ")[1]
    return ""
