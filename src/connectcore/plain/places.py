"""Places in plain data, and what is wrong in one of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias, final

__all__ = ["Misfit", "Place", "Plain", "class_of", "finite", "needed"]

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
"""What JSON can hold, as `json` of the standard library reads and writes it."""

Place: TypeAlias = tuple[str | int, ...]
"""Where something stands: the keys and the positions that lead to it."""


@final
class Misfit(Exception):
    """Something that does not fit where it stands; the place is put together on the way out."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place: Place = ()

    def within(self, step: str | int) -> Misfit:
        """The same, seen from one place further out."""
        self.place = (step, *self.place)
        return self

    def told_of(self, name: str) -> str:
        """What is wrong, and where in what is called *name*; never what stands there."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.place)
        return f"{name}{''.join(steps)}: {self.reason}"


def needed(plain: object, wanted: str) -> Misfit:
    """That something else is *wanted* than what is there; what that is, without telling it."""
    return Misfit(f"{wanted} is needed, not {_described(plain)}")


def _described(plain: object) -> str:
    match plain:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case Mapping():
            return "an object"
        case Sequence():
            return "a list"
        case _:
            return f"a {type(plain).__name__}"


def class_of(value: object) -> type:
    """The class of a value, as something that a cache takes for a key."""
    return type(value)


def finite(value: object) -> float | None:
    """A number, unless it is one that JSON cannot hold."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            return None
        return number if math.isfinite(number) else None
    return None
