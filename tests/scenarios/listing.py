"""Reading a list in every way there is."""

from collections.abc import Callable
from typing import Any

from connectcore import Page

__all__ = ["whole"]


def whole(read: Callable[..., Page[Any]], **named: Any) -> list[Any]:
    """All items of a listing; short pages of it must hold the same items in the same order."""
    items = [*read(limit=1000, **named).items]
    found: list[Any] = []
    after = None
    while True:
        page = read(limit=2, after=after, **named)
        found += page.items
        if page.next is None:
            break
        after = page.next
    assert found == items
    return items
