"""Converters: how cattrs turns values into JSON, and what it is told besides what it knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
)
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin
from uuid import UUID

from cattrs.fns import identity
from cattrs.preconf.json import JsonConverter, make_converter

from connectcore.journal import MAILED
from connectcore.notices import Notice
from connectcore.plain.durations import duration_of, duration_text
from connectcore.relationships import PAIR_EVENTS, PairEvent

__all__ = ["told_of_names", "usual_converter"]

_NAMED: Mapping[str, type[Any]] = {kind.__name__: kind for kind in (*PAIR_EVENTS, Notice, *MAILED)}
"""What can stand where one of several classes may, by the name under which it is kept there."""

_NAMED_CLASSES = frozenset(_NAMED.values())
_TAG = "is"


@cache
def usual_converter() -> JsonConverter:
    """The converter of stores that are given none; what it learns of a class serves all of them."""
    return told_of_names(make_converter())


def told_of_names(made: JsonConverter) -> JsonConverter:
    """Tell a converter to keep the name of a class where a value may be of several.

    It is told of types of the standard library, too, where it does not know them.
    """

    def unstructure(value: Any) -> Any:
        kind: Any = type(cast("object", value))
        if kind is NoneType:
            return None
        return {_TAG: kind.__name__, **made.unstructure(value, kind)}

    def structure(parts: Any, _: Any) -> Any:
        return None if parts is None else made.structure(parts, _NAMED[parts[_TAG]])

    made.register_unstructure_hook_func(_is_one_of_several, unstructure)
    made.register_structure_hook_func(_is_one_of_several, structure)
    for kind in [each for each in _TEXTS if made.get_unstructure_hook(each) is identity]:
        write, read = _TEXTS[kind]
        made.register_unstructure_hook(kind, write)
        made.register_structure_hook(kind, _reader(read))
    return made


def _is_one_of_several(kind: Any) -> bool:
    """Whether a value of this annotation is an event, or of one of several classes that have names."""
    if get_origin(kind) in {Union, UnionType}:
        members = [each for each in get_args(kind) if each is not NoneType]
        return len(members) > 1 and all(
            each is PairEvent or each in _NAMED_CLASSES for each in members
        )
    return kind is PairEvent


# ── What a text says all of ─────────────────────────────────────────────────────────────────────


def _time_text(value: time) -> str:
    if value.tzinfo is not None and value.utcoffset() is None:
        # Its offset is another one each day, and the text would say none.
        raise ValueError
    return value.isoformat()


_SPOKEN = (
    *(UUID, Decimal, Fraction),
    *(IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Interface, IPv6Network),
)
"""Types whose `str()` says all, and that read it."""

_TEXTS: Mapping[type[Any], tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    time: (_time_text, time.fromisoformat),
    timedelta: (duration_text, duration_of),
    **{kind: (str, kind) for kind in _SPOKEN},
}
"""How a type that JSON does not know is written as text, and read."""


def _reader(read: Callable[[str], Any]) -> Callable[[str, Any], Any]:
    return lambda text, _: read(text)
