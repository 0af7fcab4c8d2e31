"""Moments: always aware, always in UTC."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from typing import Any

import attrs

from connectcore.choices import check_instance
from connectcore.errors import InvalidValue

__all__ = [
    "FIRST_YEAR",
    "INSTANT",
    "LAST_YEAR",
    "check_wait",
    "moment",
    "optional_moment",
    "waiting_time",
]

FIRST_YEAR, LAST_YEAR = 1000, 9000
"""The years in which every moment of a network lies."""

INSTANT = timedelta(microseconds=1)
"""The least by which two moments differ."""

_CENTURY = timedelta(days=36_525)


def moment(value: datetime) -> datetime:
    """Give *value* in UTC.

    Raises `InvalidValue` (a `ValueError`) for a naive datetime: which moment it means depends on
    a clock that is not ours to guess.
    So does a moment so near the ends of the calendar that rules could not count from it, and what
    is no moment at all.

    >>> from datetime import timedelta, timezone
    >>> moment(datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))).isoformat()
    '2026-01-01T00:00:00+00:00'
    """
    try:
        if value.tzinfo is not UTC:
            value = _in_utc(value)
        if FIRST_YEAR <= value.year <= LAST_YEAR:
            return value
    except AttributeError:
        message = f"a moment is a datetime with a time zone, not a {type(value).__name__}"
        raise InvalidValue(message) from None
    message = f"{value!r} is no moment that a network could count from"
    raise InvalidValue(message)


def _in_utc(value: datetime) -> datetime:
    if value.utcoffset() is None:
        message = f"{value!r} is naive; give it a time zone, for example tzinfo=datetime.UTC"
        raise InvalidValue(message)
    return value.astimezone(UTC) if MINYEAR < value.year < MAXYEAR else value


def waiting_time(_: object, attribute: attrs.Attribute[Any], value: timedelta | None) -> None:
    """Raise `InvalidValue` as `check_wait` does; `None` is no wait, or no end of it."""
    if value is not None:
        check_wait(attribute.name, value)


def check_wait(name: str, value: timedelta) -> None:
    """Raise `InvalidValue` for what is no time to wait, is negative, or is longer than a century.

    No rule counts further than that from a moment.
    """
    check_instance(name, value, timedelta)
    if not timedelta(0) <= value <= _CENTURY:
        message = f"{name}={value!r} is no time to wait; give none to {_CENTURY.days:,} days"
        raise InvalidValue(message)


def optional_moment(value: datetime | None) -> datetime | None:
    """Give *value* in UTC, or `None` for `None`."""
    return None if value is None else moment(value)
