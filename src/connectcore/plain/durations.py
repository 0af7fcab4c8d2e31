"""Durations as ISO 8601 writes them, in days and less: a month has no length."""

from __future__ import annotations

import re
from datetime import timedelta

__all__ = ["duration_of", "duration_text"]

_DURATION = re.compile(
    r"(?P<sign>-?)P(?=.)(?:(?P<weeks>[0-9]+)W)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=.)(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?"
    r"(?:(?P<seconds>[0-9]+)(?:\.(?P<fraction>[0-9]{1,6}))?S)?)?"
)
_WHOLE = ("weeks", "days", "hours", "minutes", "seconds")
_DIGITS = 6


def duration_text(duration: timedelta) -> str:
    """Write a duration.

    >>> duration_text(timedelta(weeks=3)), duration_text(timedelta(hours=36, microseconds=5))
    ('P21D', 'P1DT12H0.000005S')
    """
    if duration < timedelta():
        return f"-{duration_text(-duration)}"
    minutes, seconds = divmod(duration.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days = f"{duration.days}D" if duration.days else ""
    rest = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    if duration.microseconds:
        rest += f"{seconds}.{duration.microseconds:06}S"
    elif seconds or not (days or rest):
        rest += f"{seconds}S"
    return f"P{days}" + (f"T{rest}" if rest else "")


def duration_of(text: str) -> timedelta:
    """Read a duration; raise `ValueError` for what is none, or is too long to count with."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError
    whole = {unit: int(found[unit] or 0) for unit in _WHOLE}
    microseconds = int((found["fraction"] or "").ljust(_DIGITS, "0"))
    duration = timedelta(microseconds=microseconds, **whole)
    return -duration if found["sign"] else duration
