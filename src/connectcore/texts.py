"""Text that every store can keep."""

from __future__ import annotations

from connectcore.errors import InvalidValue

__all__ = ["storable", "written"]


def storable(text: str) -> str:
    """Give *text* if every store can keep it.

    Raises `InvalidValue` for text that UTF-8 cannot encode, or that holds a NUL character, which
    PostgreSQL refuses.
    """
    if "\0" in text or not (text.isascii() or _is_encodable(text)):
        message = "no store can keep NUL characters and lone surrogates; leave them out of texts"
        raise InvalidValue(message)
    return text


def written(text: str) -> str:
    """Give *text* if there is any and every store can keep it; raise `InvalidValue` if not."""
    if not text.strip():
        message = "there is no text; write something, or do not publish"
        raise InvalidValue(message)
    return storable(text)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
