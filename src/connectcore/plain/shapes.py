"""Shapes: what an annotation says that a place of a value holds.

Writing, reading and describing plain data are three looks at one thing, so the annotations of a
class are read here, once, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import (
    Any,
    NewType,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    final,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from attrs import frozen

from connectcore.activities import Activity
from connectcore.errors import InvalidValue
from connectcore.relationships import PairEvent, Relationship

__all__ = [
    "IS",
    "SCALARS",
    "Choice",
    "Fixed",
    "Maybe",
    "OneOf",
    "ParameterValues",
    "Part",
    "Row",
    "Scalar",
    "Shape",
    "Unknown",
    "Value",
    "extensions",
    "has_to_say_what_it_is",
    "parts_of",
    "says_what_it_is",
    "shape_of",
    "word_of",
    "words_of",
]

IS = "is"
"""The key that says which of several classes a value is of.

Python keeps the word for itself, so no attribute can have its name.
"""

ONE_OF_SEVERAL: tuple[type, ...] = (*get_args(Relationship), PairEvent, Activity)
"""What never stands alone: a value of these, or of what extends them, always says what it is."""

SCALARS: Mapping[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    datetime: "a moment",
    date: "a date",
    timedelta: "a duration",
}
"""What is plain, or is written as one text; each by what a place asks for."""

ParameterValues: TypeAlias = tuple[tuple[TypeVar, object], ...]
"""What each parameter of a generic class stands for."""


@final
@frozen
class Scalar:
    """One of `SCALARS`."""

    kind: type


@final
@frozen
class Choice:
    """A word of an enumeration."""

    words: type[Enum]


@final
@frozen
class Row:
    """Any number of items of one shape, in the order of a tuple or in none."""

    item: Shape
    ordered: bool


@final
@frozen
class Fixed:
    """A tuple of so many items, each of its own shape."""

    items: tuple[Shape, ...]


@final
@frozen
class Maybe:
    """Something or nothing."""

    shape: Shape


@final
@frozen
class Value:
    """A value of a class, or of one that extends it."""

    kind: type
    parameters: ParameterValues = ()


@final
@frozen
class OneOf:
    """A value of one of several classes, which says of which."""

    values: tuple[Value, ...]


@final
@frozen
class Unknown:
    """Whatever a parameter of a generic class stands for, which nobody has said."""

    parameter: TypeVar


Shape: TypeAlias = Scalar | Choice | Row | Fixed | Maybe | Value | OneOf | Unknown


@final
@frozen
class Part:
    """One attribute of a class: its name, what the constructor calls it, and what it holds."""

    name: str
    argument: str
    shape: Shape
    required: bool


def shape_of(annotation: object, parameters: ParameterValues = ()) -> Shape:
    """Read an annotation; raise `InvalidValue` for one that says nothing of plain data."""
    if isinstance(annotation, NewType):
        return shape_of(annotation.__supertype__, parameters)
    if isinstance(annotation, TypeVar):
        return _of_parameter(annotation, dict(parameters))
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return _of_union(get_args(annotation), parameters)
    if origin in (tuple, frozenset):
        return _of_collection(cast("type", origin), get_args(annotation), parameters)
    if origin is not None and attrs.has(origin):
        given = tuple(_resolved(each, dict(parameters)) for each in get_args(annotation))
        return Value(origin, tuple(zip(_parameters_of(origin), given, strict=True)))
    if isinstance(annotation, type):
        return _of_class(cast("type[Any]", annotation))
    raise _formless(annotation)


def _of_class(kind: type[Any]) -> Shape:
    if kind in SCALARS:
        return Scalar(kind)
    if issubclass(kind, Enum):
        return Choice(kind)
    if attrs.has(kind):
        return Value(kind)
    raise _formless(kind)


def _formless(annotation: object) -> InvalidValue:
    return InvalidValue(
        f"{_named(annotation)} has no plain form; hold texts, numbers, moments, choices, values of "
        "attrs classes, and tuples of those"
    )


def _of_parameter(parameter: TypeVar, known: Mapping[TypeVar, object]) -> Shape:
    stands_for = known.get(parameter, parameter.__bound__)
    if stands_for is None or stands_for is parameter:
        return Unknown(parameter)
    return shape_of(stands_for)


def _of_union(options: tuple[object, ...], parameters: ParameterValues) -> Shape:
    shapes = tuple(shape_of(each, parameters) for each in options if each is not NoneType)
    values = tuple(shape for shape in shapes if isinstance(shape, Value))
    if len(shapes) == 1:
        found = shapes[0]
    elif len(shapes) == len(values):
        found = OneOf(values)
    else:
        names = " | ".join(map(_named, options))
        message = f"{names} has no plain form; only values of several classes say which they are"
        raise InvalidValue(message)
    return found if len(shapes) == len(options) else Maybe(found)


def _of_collection(origin: type, items: tuple[object, ...], parameters: ParameterValues) -> Shape:
    if origin is frozenset or items[1:] == (...,):
        return Row(shape_of(items[0], parameters), ordered=origin is tuple)
    return Fixed(tuple(shape_of(each, parameters) for each in items))


def _resolved(annotation: object, known: Mapping[TypeVar, object]) -> object:
    return known.get(annotation, annotation) if isinstance(annotation, TypeVar) else annotation


def _parameters_of(kind: type) -> tuple[TypeVar, ...]:
    return getattr(kind, "__parameters__", ())


def _named(annotation: object) -> str:
    return str(getattr(annotation, "__name__", annotation))


@cache
def parts_of(kind: type, parameters: ParameterValues = ()) -> tuple[Part, ...]:
    """What a class holds, attribute by attribute.

    Raises `InvalidValue` if any of it has no plain form, as a function has none.
    """
    try:
        annotations = get_type_hints(kind)
    except NameError as error:
        message = f"the annotations of {kind.__name__} cannot be read: {error}"
        raise InvalidValue(message) from None
    found: list[Part] = []
    for field in attrs.fields(kind):
        try:
            shape = shape_of(annotations.get(field.name), parameters)
        except InvalidValue as error:
            message = f"{kind.__name__} is no plain data: {field.name}: {error}"
            raise InvalidValue(message) from None
        if field.init:
            required = field.default is attrs.NOTHING
            found.append(Part(field.name, field.alias or field.name, shape, required))
    return tuple(found)


# ── Which of several ────────────────────────────────────────────────────────────────────────────


def says_what_it_is(kind: type) -> bool:
    """Whether the values of a class always say what they are: something else might stand there."""
    return issubclass(kind, ONE_OF_SEVERAL) or any(attrs.has(parent) for parent in kind.__mro__[1:])


def has_to_say_what_it_is(kind: type) -> bool:
    """Whether it takes a word to tell of which class a value is that stands in a place for *kind*."""
    return issubclass(kind, ONE_OF_SEVERAL) and bool(kind.__subclasses__())


@cache
def word_of(kind: type) -> str:
    """The word by which a value says what it is: its kind of activity, or the name of its class.

    >>> from connectcore import ConnectionMade, InvitationSent
    >>> word_of(InvitationSent), word_of(ConnectionMade)
    ('invitation_sent', 'connection_made')
    """
    if issubclass(kind, Activity):
        return kind.kind
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind.__name__).lower()


def words_of(kind: type[Enum]) -> Mapping[str, Enum]:
    """The words of an enumeration: its values where those are words, else its names in small letters."""
    return {_word_for(choice): choice for choice in kind}


def _word_for(choice: Enum) -> str:
    value: object = choice.value
    return value if isinstance(value, str) and value.isidentifier() else choice.name.lower()


def extensions(kind: type) -> Mapping[str, tuple[type, ...]]:
    """A class and those that extend it, by their words; several of one word are not to be told apart.

    Of a class that was defined anew, as in a notebook, the last definition counts.
    """
    found: dict[str, dict[tuple[str, str], type]] = {}
    for each in _and_extensions(kind):
        found.setdefault(word_of(each), {})[each.__module__, each.__qualname__] = each
    return {word: tuple(named.values()) for word, named in found.items()}


def _and_extensions(kind: type) -> list[type]:
    # attrs makes a class with slots anew, and leaves the first one among the subclasses.
    here = [kind] if "__attrs_attrs__" in vars(kind) else []
    below: list[type] = kind.__subclasses__()
    return [*here, *(each for sub in below for each in _and_extensions(sub))]
