"""Choices: what a value must be, such as one of the words of an enumeration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, TypeAlias, TypeVar

import attrs

from connectcore.errors import InvalidValue

__all__ = [
    "check_choice",
    "check_instance",
    "each_of",
    "instance_of",
    "mapping_of",
    "not_negative",
    "one_of",
]

E = TypeVar("E", bound=Enum)
K = TypeVar("K")
S = TypeVar("S")
T = TypeVar("T")
V = TypeVar("V")

Validator: TypeAlias = "Callable[[object, attrs.Attribute[Any], object], None]"
"""What attrs calls to check a value."""


def one_of(choices: type[Enum]) -> Validator:
    """Make an attrs validator that raises `InvalidValue` for anything but a member of *choices*.

    A text that looks like one would be kept, shown, and then obeyed by no rule.
    `None` passes where it is the default.
    """

    def validate(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if value is not None or attribute.default is not None:
            check_choice(attribute.name, value, choices)

    return validate


def check_choice(name: str, value: object, choices: type[E]) -> E:
    """Give *value* if it is a member of *choices*; raise `InvalidValue` if not."""
    if not isinstance(value, choices):
        words = ", ".join(choice.name for choice in choices)
        message = f"{name}={value!r} is no {choices.__name__}; choose from {words}"
        raise InvalidValue(message)
    return value


def instance_of(kind: type[Any]) -> Validator:
    """Make an attrs validator that raises `InvalidValue` for anything but a value of *kind*."""

    def validate(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        check_instance(attribute.name, value, kind)

    return validate


def check_instance(name: str, value: object, kind: type[Any]) -> None:
    """Raise `InvalidValue` unless *value* is of *kind*; what it holds is told to nobody."""
    if not isinstance(value, kind):
        message = f"{name} takes {kind.__name__}, not {type(value).__name__}"
        raise InvalidValue(message)


def each_of(given: Iterable[S], take: Callable[[S], T], what: str) -> tuple[T, ...]:
    """Give each of a collection as *take* gives it; raise `InvalidValue` for what is no collection."""
    try:
        return tuple(map(take, given))
    except TypeError:
        message = f"a collection of {what} is needed, not a {type(given).__name__}"
        raise InvalidValue(message) from None


def mapping_of(given: Mapping[K, V] | Iterable[tuple[K, V]], message: str) -> dict[K, V]:
    """Give a mapping, also one given as pairs; raise `InvalidValue` with *message* for what is none."""
    try:
        return dict(given)
    except (TypeError, ValueError):
        raise InvalidValue(message) from None


def not_negative(_: object, attribute: attrs.Attribute[Any], value: int | None) -> None:
    """Raise `InvalidValue` for what is no number of things, or is less than none; `None` is no limit."""
    if value is None:
        return
    check_instance(attribute.name, value, int)
    if value < 0:
        message = f"{attribute.name}={value} is less than nothing; give 0 for none"
        raise InvalidValue(message)
