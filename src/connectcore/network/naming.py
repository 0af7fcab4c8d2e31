"""Writes whose members have to be looked up first."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar, final

from connectcore.members import MemberId
from connectcore.storage import Snapshot, Store, Transaction

__all__ = ["write_naming"]

T = TypeVar("T")


def write_naming(
    store: Store,
    concerned: Callable[[Snapshot], Collection[MemberId]],
    unit: Callable[[Transaction], T],
) -> T:
    """Run *unit* in a write that names all whom *concerned* finds.

    It is asked before the write and once more in it; where more have come meanwhile, the write is
    tried again with them too.
    """
    named = frozenset(store.read(concerned))

    def checked(transaction: Transaction) -> T:
        found = frozenset(concerned(transaction))
        if found <= named:
            return unit(transaction)
        raise _MoreCame(found)

    while True:
        try:
            return store.write(named, checked)
        except _MoreCame as more:
            named |= more.members


@final
class _MoreCame(Exception):
    def __init__(self, members: frozenset[MemberId]) -> None:
        super().__init__()
        self.members = members
