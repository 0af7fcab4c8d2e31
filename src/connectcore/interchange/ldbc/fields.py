"""Single fields of a row, each read into what it means; a `ValueError` says what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

__all__ = ["first_day", "listed", "moment", "named", "number", "pair", "plain"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WHOLE_NUMBER = re.compile(r"-?[0-9]+")


def number(text: str) -> str:
    """An id: LDBC numbers everything."""
    if not (text.isascii() and text.isdecimal()):
        message = f"{text!r} is no id"
        raise ValueError(message)
    return text


def moment(text: str) -> datetime:
    """A moment in ISO 8601 or in milliseconds since 1970; all clocks of LDBC show UTC.

    >>> moment("2010-06-13T12:14:32+0000") == moment("1276431272000")
    True
    """
    try:
        if _WHOLE_NUMBER.fullmatch(text):
            return _EPOCH + timedelta(milliseconds=int(text))
        written = datetime.fromisoformat(text)
        return written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        message = f"{text!r} is no moment"
        raise ValueError(message) from None


def first_day(year: str) -> date:
    """The first day of a year, where LDBC knows no more of a date than that."""
    try:
        return date(int(year), 1, 1)
    except (ValueError, OverflowError):
        message = f"{year!r} is no year"
        raise ValueError(message) from None


def named(names: Mapping[str, str], what: str, wanted: str) -> str:
    """The name of what has the id *wanted*."""
    try:
        return names[wanted]
    except KeyError:
        message = f"there is no {what} {wanted!r}"
        raise ValueError(message) from None


def plain(name: str) -> str:
    """A name as people write it.

    >>> plain("Hong_Kong")
    'Hong Kong'
    """
    return name.replace("_", " ")


def listed(text: str) -> list[str]:
    """The parts of a field that holds a list.

    >>> listed("ada@example.org;ada@example.com"), listed("")
    (['ada@example.org', 'ada@example.com'], [])
    """
    return [part for part in text.split(";") if part]


def pair(text: str) -> tuple[str, str]:
    """The two parts of a field that holds an organisation and a year."""
    organisation, comma, year = text.partition(",")
    if not comma:
        message = f"{text!r} is no organisation and year"
        raise ValueError(message)
    return organisation, year
