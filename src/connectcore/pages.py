"""Pages and cursors: every listing is read a page at a time, newest first by `(at, id)`."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Generic, NewType, TypeVar, cast, final

from attrs import frozen

from connectcore.errors import InvalidCursor, InvalidValue
from connectcore.moments import moment

__all__ = ["Cursor", "Mark", "Page", "check_limit", "open_cursor", "seal_cursor"]

T_co = TypeVar("T_co", covariant=True)

Cursor = NewType("Cursor", str)
"""Where a listing goes on; opaque text, fit for a URL, good only for the viewer and list it is from."""

Mark = tuple[datetime, str]
"""A place in a listing that is ordered by moment and then by id."""

_SEAL_BYTES = 9
_MOST_PER_PAGE = 1000


@final
@frozen
class Page(Generic[T_co]):
    """One page of a listing; `next` is the cursor of the page after it, `None` on the last one."""

    items: tuple[T_co, ...]
    next: Cursor | None = None


def check_limit(limit: int) -> int:
    """Give *limit* if a page can have that many items; raise `InvalidValue` if not."""
    if not (isinstance(cast("object", limit), int) and 1 <= limit <= _MOST_PER_PAGE):
        message = f"limit={limit!r} is not a page; ask for 1 to {_MOST_PER_PAGE} items"
        raise InvalidValue(message)
    return limit


def seal_cursor(scope: Sequence[str | None], *marks: Mark, score: float = 0.0) -> Cursor:
    """Make the cursor of a listing.

    *scope* says whose cursor it is and of which list; it is sealed in, not written out.
    The *marks* are those of items that the viewer was shown, so a cursor tells nothing new.
    """
    written = [[at.isoformat(), key] for at, key in marks]
    text = json.dumps([written, score.hex()], separators=(",", ":")).encode()
    sealed = _seal(scope, text) + text
    return Cursor(base64.urlsafe_b64encode(sealed).decode().rstrip("="))


def open_cursor(
    cursor: str, scope: Sequence[str | None], *, marks: int = 1
) -> tuple[tuple[Mark, ...], float]:
    """Read the marks and the score of a cursor back.

    Raises `InvalidCursor` unless it is whole, was made for *scope*, and holds as many *marks*.
    """
    try:
        sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        written, value = json.loads(sealed[_SEAL_BYTES:])
        read = tuple((moment(datetime.fromisoformat(at)), str(key)) for at, key in written)
        score = float.fromhex(value)
        whole = seal_cursor(scope, *read, score=score)
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise InvalidCursor from None
    if whole != cursor or len(read) != marks:
        raise InvalidCursor
    return read, score


def _seal(scope: Sequence[str | None], text: bytes) -> bytes:
    whole = json.dumps([list(scope), text.decode("latin-1")]).encode()
    return hashlib.blake2b(whole, digest_size=_SEAL_BYTES).digest()
