"""Writes whose members have to be looked up first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar, final

from connectcore.members import MemberId
from connectcore.storage import Snapshot, Store, Transaction

__all__ = ["write_naming", "write_naming_more"]

T = TypeVar("T")


def write_naming_more(
    store: Store,
    members: Iterable[MemberId],
    unit: Callable[[Transaction, Callable[[Iterable[MemberId]], None]], T],
) -> T:
    """Run *unit* in a write that names *members*, and again with more where it asks for them.

    It is given a function that asks, and asks before it writes.
    """
    named = frozenset(members)

    def name(needed: Iterable[MemberId]) -> None:
        more = frozenset(needed)
        if not more <= named:
            raise _MoreCame(more)

    while True:
        try:
            return store.write(named, lambda transaction: unit(transaction, name))
        except _MoreCame as more:
            named |= more.members


def write_naming(
    store: Store,
    concerned: Callable[[Snapshot], Collection[MemberId]],
    unit: Callable[[Transaction], T],
) -> T:
    """Run *unit* in a write that names all whom *concerned* finds.

    It is asked before the write and once more in it; where more have come meanwhile, the write is
    tried again with them too.
    """

    def checked(transaction: Transaction, name: Callable[[Iterable[MemberId]], None]) -> T:
        name(concerned(transaction))
        return unit(transaction)

    return write_naming_more(store, store.read(concerned), checked)


@final
class _MoreCame(Exception):
    def __init__(self, members: frozenset[MemberId]) -> None:
        super().__init__()
        self.members = members
