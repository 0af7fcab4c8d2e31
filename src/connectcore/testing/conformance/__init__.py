"""Checks that hold any store to the protocols of `connectcore.storage`.

`check_store` runs them on a store of one's own; `StoreConformance` makes a test of each.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, final

from attrs import frozen

from connectcore.testing.conformance import (
    ahead,
    degrees,
    forgetting,
    journal,
    listings,
    members,
    posts,
    registers,
    rollback,
    standing,
    threads,
)
from connectcore.testing.conformance.checking import Capability, Check, Checks, MakeStore

__all__ = [
    "CHECKS",
    "Capability",
    "Check",
    "Conformance",
    "MakeStore",
    "StoreConformance",
    "check_store",
]

_SUBJECTS: Mapping[str, Checks] = {
    "members": members.CHECKS,
    "standing": standing.CHECKS,
    "listings": listings.CHECKS,
    "degrees": degrees.CHECKS,
    "posts": posts.CHECKS,
    "registers": registers.CHECKS,
    "ahead": ahead.CHECKS,
    "journal": journal.CHECKS,
    "forgetting": forgetting.CHECKS,
    "rollback": rollback.CHECKS,
    "threads": threads.CHECKS,
}

CHECKS: Mapping[str, Check] = {
    check.name: check for checks in _SUBJECTS.values() for check in checks
}
"""Every check, by its name."""


@final
@frozen(kw_only=True)
class Conformance:
    """What a store was held to: the names of the checks that it passed, and of those it need not."""

    passed: tuple[str, ...]
    excused: tuple[str, ...]


def check_store(make_store: MakeStore, *, without: Collection[Capability] = ()) -> Conformance:
    """Hold a store to every promise of the protocols; raise `AssertionError` at the first it breaks.

    *make_store* makes an empty store, another one at each call.
    What the store lacks is named in *without*; no check is left out for any other reason, and one
    that skips itself has failed.

    >>> from connectcore import MemoryStore
    >>> the_same = MemoryStore()
    >>> check_store(lambda: the_same)
    Traceback (most recent call last):
    AssertionError: both find the relationship that was recorded: ignored: What two members are to each other is one value, whoever of the two is asked. (...)
    """
    lacking = frozenset(without)
    passed: list[str] = []
    excused = [check.name for check in CHECKS.values() if check.needs in lacking]
    for check in CHECKS.values():
        if check.name not in excused:
            check.hold(make_store)
            passed.append(check.name)
    return Conformance(passed=tuple(passed), excused=tuple(excused))


class StoreConformance:
    """Every check of a store as a test of its own: subclass it and say how a store is made.

    A class named `Test...` with a pytest fixture `make_store` that gives the maker is all there is
    to write; `lacking` names what the store is without.
    """

    lacking: ClassVar[frozenset[Capability]] = frozenset()

    def pytest_generate_tests(self, metafunc: Any) -> None:
        """Make a test of each check that the store has to pass; pytest calls this."""
        due = [check for check in CHECKS.values() if check.needs not in self.lacking]
        metafunc.parametrize("check", due, ids=[check.name for check in due])

    def test_keeps(self, make_store: MakeStore, check: Check) -> None:
        """The store keeps the promise."""
        check.hold(make_store)
