"""The numbers, durations and texts that a rule is made of: where it may change its mind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import partial
from types import CodeType, FunctionType, MethodType
from typing import Any, cast, final

import attrs
from attrs import frozen

from connectcore.moments import FIRST_YEAR, INSTANT, LAST_YEAR

__all__ = ["FIRST_MOMENT", "LAST_MOMENT", "Edges", "edges_of"]

FIRST_MOMENT = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC) - INSTANT
"""Between these two lies every moment that a network takes."""

_DEEP = 6
_MANY = 10**6
_LONG = 1000
_UNITS = (timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))
_USUAL = (timedelta(), timedelta(hours=1), timedelta(days=1), timedelta(days=400))


@final
@frozen(kw_only=True)
class Edges:
    """What proposals are made of so that a rule meets them from either side, simplest first."""

    counts: tuple[int, ...]
    durations: tuple[timedelta, ...]
    texts: tuple[str, ...]
    moments: tuple[datetime, ...]


def edges_of(*things: object) -> Edges:
    """Look at what *things* hold and name, and at what is next to it on either side."""
    counts, durations, texts, moments = {0, 1, _MANY}, set(_USUAL), {""}, set[datetime]()
    for part in (part for thing in things for part in _parts(thing, _DEEP, set())):
        match part:
            case bool():
                pass
            case int() | float() if 0 <= part <= _MANY:
                counts |= {int(part) + step for step in (-1, 0, 1)}
                for unit in _UNITS if part <= _LONG else ():
                    durations |= _around(part * unit)
            case timedelta():
                durations |= _around(part)
            case str() if part and "\0" not in part and part.isprintable():
                texts |= {part} if len(part) <= _LONG else set()
            case datetime() if part.tzinfo is not None:
                moments |= _beside(part)
            case date() if not isinstance(part, datetime):
                moments |= _beside(datetime(part.year, part.month, part.day, tzinfo=UTC))
            case _:
                pass
    return Edges(
        counts=tuple(sorted(count for count in counts if count >= 0)),
        durations=tuple(sorted(each for each in durations if each >= timedelta())),
        texts=tuple(sorted(texts, key=lambda text: (len(text), text))),
        moments=tuple(sorted(moments)),
    )


def _around(duration: timedelta) -> set[timedelta]:
    """A duration with those next to it; none as long as all of history."""
    if duration > timedelta(days=_MANY):
        return set()
    return {duration - INSTANT, duration, duration + INSTANT}


def _beside(at: datetime) -> set[datetime]:
    """A moment and the one before, if a network could count from them."""
    return {each for each in (at - INSTANT, at) if FIRST_MOMENT <= each <= LAST_MOMENT}


def _parts(thing: object, depth: int, seen: set[int]) -> Iterator[object]:
    """Whatever *thing* is made of, down to *depth*; nothing twice."""
    if depth == 0 or id(thing) in seen:
        return
    seen.add(id(thing))
    yield thing
    for inner in _inside(thing):
        yield from _parts(inner, depth - 1, seen)


def _inside(thing: Any) -> Iterable[object]:
    match thing:
        case str() | bytes() | type() | Enum():
            return ()
        case FunctionType():
            return _inside_function(thing)
        case CodeType():
            return thing.co_consts
        case MethodType():
            return (thing.__func__, thing.__self__)
        case partial():
            return (cast("object", thing.func), *thing.args, *thing.keywords.values())
        case Mapping():
            mapping = cast("Mapping[object, object]", thing)
            return (*mapping.keys(), *mapping.values())
        case tuple() | list() | AbstractSet():
            return cast("Iterable[object]", thing)
        case _:
            return _inside_value(thing)


def _inside_function(function: FunctionType) -> Iterable[object]:
    cells = (cell.cell_contents for cell in function.__closure__ or ())
    named = (
        function.__globals__[name]
        for name in function.__code__.co_names
        if name in function.__globals__
    )
    defaults = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    code = function.__code__
    stated = (const for const in code.co_consts if const != function.__doc__)
    return (*stated, *cells, *defaults, *named)


def _inside_value(thing: object) -> Iterable[object]:
    """The fields of a value, and what judges: its `__call__` and its `quota`."""
    kind = type(thing)
    own = (
        [getattr(thing, attribute.name) for attribute in attrs.fields(kind)]
        if attrs.has(kind)
        else [*getattr(thing, "__dict__", {}).values()]
    )
    judging = (getattr(kind, name, None) for name in ("__call__", "quota"))
    return (*own, *(each for each in judging if isinstance(each, FunctionType)))
