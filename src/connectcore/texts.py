"""Text that every store can keep."""

from __future__ import annotations

from collections.abc import Iterable

from connectcore.choices import each_of
from connectcore.errors import InvalidValue

__all__ = ["named", "storable", "texts", "written"]


def storable(text: str) -> str:
    """Give *text* if every store can keep it.

    Raises `InvalidValue` for text that UTF-8 cannot encode, or that holds a NUL character, which
    PostgreSQL refuses, and for what is no text.
    """
    try:
        is_storable = "\0" not in text and (text.isascii() or _is_encodable(text))
    except (TypeError, AttributeError):
        raise _no_text(text) from None
    if not is_storable:
        message = "no store can keep NUL characters and lone surrogates; leave them out of texts"
        raise InvalidValue(message)
    return text


def written(text: str) -> str:
    """Give *text* if there is any and every store can keep it; raise `InvalidValue` if not."""
    if not storable(text).strip():
        message = "there is no text; write something, or do not publish"
        raise InvalidValue(message)
    return text


def named(text: str) -> str:
    """Give *text* as the id of something; raise `InvalidValue` if it is empty or no store can keep it."""
    if not storable(text):
        message = "an id is empty; give a text that tells it apart"
        raise InvalidValue(message)
    return text


def texts(given: Iterable[str]) -> tuple[str, ...]:
    """Give a collection of texts as a tuple.

    Raises `InvalidValue` for one text, which would be read letter by letter, and for anything in
    it that no store can keep.

    >>> texts(["Ada", "Grace"])
    ('Ada', 'Grace')
    """
    if isinstance(given, str):
        message = "this is one text; give a collection of texts, such as a tuple of one: (text,)"
        raise InvalidValue(message)
    return each_of(given, storable, "texts")


def _no_text(value: object) -> InvalidValue:
    return InvalidValue(f"a text is needed, not a {type(value).__name__}")


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
