"""Choices: a value that must be one of the words of an enumeration."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

import attrs

from connectcore.errors import InvalidValue

__all__ = ["check_choice", "one_of"]


def one_of(choices: type[Enum]) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """Make an attrs validator that raises `InvalidValue` for anything but a member of *choices*.

    A text that looks like one would be kept, shown, and then obeyed by no rule.
    """

    def validate(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        check_choice(attribute.name, value, choices)

    return validate


def check_choice(name: str, value: object, choices: type[Enum]) -> None:
    """Raise `InvalidValue` unless *value* is a member of *choices*."""
    if not isinstance(value, choices):
        words = ", ".join(choice.name for choice in choices)
        message = f"{name}={value!r} is no {choices.__name__}; choose from {words}"
        raise InvalidValue(message)
