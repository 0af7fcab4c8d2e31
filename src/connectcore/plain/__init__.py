"""Plain data: every value as what JSON can hold, and back.

What is written is what a value holds, attribute by attribute, under the names that the attributes
have; how each kind of thing is written is said by `to_dict`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import TypeVar, cast, get_args, overload

from connectcore.errors import InvalidValue
from connectcore.plain.places import Misfit, Plain, class_of
from connectcore.plain.reading import reader_of
from connectcore.plain.shapes import OneOf, Value, shape_of
from connectcore.plain.writing import value_writer

__all__ = ["Plain", "from_dict", "to_dict"]

T = TypeVar("T")


def to_dict(value: object) -> dict[str, Plain]:
    """Write a value as plain data, which `json.dumps` takes as it is.

    Every attribute is there, by its name.
    A moment is a text of RFC 3339 in UTC, a date one of ISO 8601, and so is a duration.
    An enumeration is its word, a tuple a list, and a set a sorted list.
    What could be of several classes says what it `is`: what two members are to each other, what
    happens between them, activities, and a profile of an application's own class.

    Raises `InvalidValue` for what is no value or holds functions, as rules and policies do, and for
    a value that holds what its annotations do not allow.

    >>> from connectcore import Name, Profile
    >>> to_dict(Name("Ada", "Lovelace"))
    {'given': 'Ada', 'family': 'Lovelace'}
    """
    kind = class_of(value)
    try:
        return value_writer(kind)(value)
    except Misfit as misfit:
        raise InvalidValue(misfit.told_of(kind.__name__)) from None


@overload
def from_dict(kind: type[T], plain: Mapping[str, object]) -> T: ...
@overload
def from_dict(kind: UnionType, plain: Mapping[str, object]) -> object: ...
def from_dict(kind: object, plain: Mapping[str, object]) -> object:
    """Read a value of a class from plain data: `from_dict(type(x), to_dict(x)) == x`.

    *kind* is a class, a generic one with what it holds, such as `Member[AlumniProfile]` or
    `Page[Post]`, or several, such as `Relationship`.
    An attribute with a default may be left out.

    Raises `InvalidValue` for anything else that `to_dict` would not have written, and says where in
    it, but never what stands there.

    >>> from connectcore import Name
    >>> from_dict(Name, {"given": "Ada"})
    Name(given='Ada', family='')
    >>> from_dict(Name, {"given": ["Ada"]})
    Traceback (most recent call last):
    ...
    connectcore.errors.InvalidValue: Name.given: a text is needed, not a list
    """
    try:
        return _reader(kind)(plain)
    except Misfit as misfit:
        raise InvalidValue(misfit.told_of(_name(kind))) from None
    except RecursionError:
        message = f"{_name(kind)}: this is nested too deep to be read"
        raise InvalidValue(message) from None


@cache
def _reader(kind: object) -> Callable[[object], object]:
    shape = shape_of(kind)
    if isinstance(shape, Value | OneOf):
        return cast("Callable[[object], object]", reader_of(shape))
    message = f"{_name(kind)} is no class of values"
    raise InvalidValue(message)


def _name(kind: object) -> str:
    several = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return " | ".join(getattr(each, "__name__", str(each)) for each in several)
