"""Counting within a window of time that moves on, as limits a week or a month do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from connectcore.refusals import Quota

__all__ = ["MONTH", "WEEK", "frees", "left_in", "within"]

WEEK = timedelta(weeks=1)
MONTH = timedelta(days=30)


def within(moments: Sequence[datetime], window: timedelta, at: datetime) -> Sequence[datetime]:
    """Those of *moments* that a limit over a *window* counts at a moment."""
    return [sent for sent in moments if sent > at - window]


def left_in(code: str, counted: Sequence[datetime], limit: int, window: timedelta) -> Quota:
    """What is left of a limit that a window moves over; the oldest in it leaves first."""
    used = len(counted)
    frees_at = frees(counted, min(limit, used), window)
    return Quota(code=code, limit=limit, used=used, frees_at=frees_at)


def frees(counted: Sequence[datetime], limit: int, window: timedelta) -> datetime | None:
    """When enough of *counted* have left the window; never, under a limit of none at all."""
    return counted[len(counted) - limit] + window if limit > 0 else None
