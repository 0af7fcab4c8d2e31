"""Cutting pages: filter first, then cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from connectcore.pages import Mark, Page, check_limit, open_cursor, seal_cursor

__all__ = ["BATCH", "read_page", "slice_page", "whole"]

T = TypeVar("T")

BATCH = 1000
"""How much is read at once, so that no single read is as large as what somebody ever did."""


def read_page(
    fetch: Callable[[Mark | None, int], Sequence[T]],
    place: Callable[[T], Mark],
    *,
    scope: Sequence[str | None],
    limit: int,
    after: str | None,
    keep: Callable[[Sequence[T]], Sequence[T]] = lambda entries: entries,
) -> Page[T]:
    """Read a page of a listing of which the viewer may see what *keep* leaves.

    Each further read asks for more, so that a long stretch of hidden entries costs few of them.
    """
    before = _opened(after, scope)
    wanted = check_limit(limit) + 1
    shown: list[T] = []
    while len(shown) <= limit:
        batch = fetch(before, wanted)
        shown.extend(keep(batch))
        if len(batch) < wanted:
            break
        before = place(batch[-1])
        wanted *= 4
    return _cut(shown, place, scope, limit)


def slice_page(
    entries: Sequence[T],
    place: Callable[[T], Mark],
    *,
    scope: Sequence[str | None],
    limit: int,
    after: str | None,
) -> Page[T]:
    """Cut a page out of a whole listing, put in order first."""
    before = _opened(after, scope)
    newest = sorted(entries, key=place, reverse=True)
    shown = [entry for entry in newest if before is None or place(entry) < before]
    return _cut(shown, place, scope, check_limit(limit))


def whole(
    fetch: Callable[[Mark | None, int], Sequence[T]], place: Callable[[T], Mark]
) -> Sequence[T]:
    """A whole listing, read part by part."""
    found: list[T] = []
    before: Mark | None = None
    while True:
        part = fetch(before, BATCH)
        found.extend(part)
        if len(part) < BATCH:
            return found
        before = place(part[-1])


def _opened(after: str | None, scope: Sequence[str | None]) -> Mark | None:
    return None if after is None else open_cursor(after, scope)[0][0]


def _cut(
    shown: Sequence[T], place: Callable[[T], Mark], scope: Sequence[str | None], limit: int
) -> Page[T]:
    items = tuple(shown[:limit])
    more = len(shown) > limit
    return Page(items, seal_cursor(scope, place(items[-1])) if more else None)
