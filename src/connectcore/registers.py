"""Registers: what members keep besides their profile, one entry a key, newest first.

Endorsements, letters of recommendation, messages, notices and contacts are all kept alike: each
member has a register of each kind, and an entry that two share is entered with both.
A store needs to know no more of an entry than its register tells: what tells it apart, when it
was, and which other member it is about.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeAlias, TypeVar, final

from attrs import frozen

from connectcore.members import MemberId
from connectcore.pages import Mark

__all__ = ["Key", "Register"]

T = TypeVar("T")

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Key: TypeAlias = tuple[str, ...]
"""What tells an entry apart from the others in one member's register."""


@final
@frozen(kw_only=True)
class Register(Generic[T]):
    """One kind of entries, of which every member has their own.

    `name` is where a store keeps it, and `holds` the class of its entries.
    `key`, `at` and `other` read an entry: what tells it apart, the moment that orders it, and the
    other member whom it is about, if it is about one; what is about somebody goes when they are
    erased.
    """

    name: str
    holds: type[T]
    key: Callable[[T], Key]
    at: Callable[[T], datetime]
    other: Callable[[T], MemberId | None] = lambda _: None

    def mark(self, entry: T) -> Mark:
        """The place of an entry in listings: by moment, then by key."""
        return (self.at(entry), key_text(self.key(entry)))


def key_text(key: Key) -> str:
    """A key as one text, the same for no two keys."""
    return _COMPACT.encode(key)
