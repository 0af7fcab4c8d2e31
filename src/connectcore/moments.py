"""Moments: always aware, always in UTC."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta

from connectcore.errors import InvalidValue

__all__ = ["FIRST_YEAR", "INSTANT", "LAST_YEAR", "moment", "optional_moment"]

FIRST_YEAR, LAST_YEAR = 1000, 9000
"""The years in which every moment of a network lies."""

INSTANT = timedelta(microseconds=1)
"""The least by which two moments differ."""


def moment(value: datetime) -> datetime:
    """Give *value* in UTC.

    Raises `InvalidValue` (a `ValueError`) for a naive datetime: which moment it means depends on
    a clock that is not ours to guess.
    So does a moment so near the ends of the calendar that rules could not count from it.

    >>> from datetime import timedelta, timezone
    >>> moment(datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))).isoformat()
    '2026-01-01T00:00:00+00:00'
    """
    if value.tzinfo is not UTC:
        if value.utcoffset() is None:
            message = f"{value!r} is naive; give it a time zone, for example tzinfo=datetime.UTC"
            raise InvalidValue(message)
        if MINYEAR < value.year < MAXYEAR:
            value = value.astimezone(UTC)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        message = f"{value!r} is no moment that a network could count from"
        raise InvalidValue(message)
    return value


def optional_moment(value: datetime | None) -> datetime | None:
    """Give *value* in UTC, or `None` for `None`."""
    return None if value is None else moment(value)
