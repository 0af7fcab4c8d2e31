"""Values of any public class, made from what its annotations say that it holds."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from string import ascii_letters, digits
from typing import Any, TypeVar, assert_never

from hypothesis import strategies as st

from connectcore import ConfirmedAddress, Email, InvalidValue
from connectcore.plain.shapes import (
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
    parts_of,
    shape_of,
)
from connectcore.testing.strategies.members import dates, member_ids, moments, texts

T = TypeVar("T")

SCALARS: dict[type, st.SearchStrategy[Any]] = {
    # Few words, so that members are named twice, and any text that has something in it.
    str: st.sampled_from(["ada", "grace", "Compilers"])
    | member_ids()
    | texts(min_size=1).filter(str.strip),
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: moments(),
    date: dates(),
    timedelta: st.timedeltas(),
}
LOCAL_PARTS = st.text(ascii_letters + digits + "!#$%&'*+-/=^_`{|}~", min_size=1, max_size=12)
DOMAINS = st.sampled_from(["example.org", "mail.Example.COM", "xn--exmple-cua.example", "a.b"])
ADDRESSES = st.builds("{}@{}".format, LOCAL_PARTS, DOMAINS)
HOLD_AN_ADDRESS = {(ConfirmedAddress, "address"), (Email, "to")}
"""Where a text is an address, which hardly any text is."""


def values_of(kind: type[T]) -> st.SearchStrategy[T]:
    """Every value of a class that its constructor lets pass; of those that extend it, ours."""
    return of_shape(shape_of(kind))


@cache
def of_shape(shape: Shape) -> st.SearchStrategy[Any]:
    """Whatever fits a place of a *shape*."""
    match shape:
        case Scalar(kind):
            return SCALARS[kind]
        case Choice(words):
            return st.sampled_from(words)
        case Maybe(inner):
            return st.none() | of_shape(inner)
        case Row(item, ordered):
            some = st.lists(st.deferred(lambda: of_shape(item)), max_size=3)
            return some.map(tuple if ordered else frozenset)
        case Fixed(items):
            return st.tuples(*map(of_shape, items))
        case Value(kind, parameters):
            ours = [*_stock(kind)] or [kind]
            return st.one_of(*(_of_class(each, parameters) for each in ours))
        case OneOf(values):
            return st.one_of(*map(of_shape, values))
        case Unknown():
            return SCALARS[str]
        case _:
            assert_never(shape)


def _stock(kind: type) -> list[type]:
    found = (each for named in extensions(kind).values() for each in named)
    return [each for each in found if each.__module__.startswith("connectcore.")]


@cache
def _of_class(kind: type, parameters: ParameterValues) -> st.SearchStrategy[Any]:
    parts = {
        part.argument: ADDRESSES
        if (kind, part.argument) in HOLD_AN_ADDRESS
        else st.deferred(lambda shape=part.shape: of_shape(shape))  # type: ignore[misc]
        for part in parts_of(kind, parameters)
    }
    return st.fixed_dictionaries(parts).map(_made(kind)).filter(lambda made: made is not None)


def _made(kind: type) -> Callable[[dict[str, Any]], object]:
    def make(given: dict[str, Any]) -> object:
        try:
            return kind(**given)
        except InvalidValue:
            return None

    return make
