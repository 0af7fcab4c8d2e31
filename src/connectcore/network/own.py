"""Members' own registers as lists, through the gate: whom an entry is about must be there for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from connectcore.members import MemberId
from connectcore.network.charter import Charter, standpoint
from connectcore.network.paging import read_page
from connectcore.pages import Page
from connectcore.profiles import ProfileT
from connectcore.registers import Register
from connectcore.storage import Snapshot

__all__ = ["page_of_own"]

T = TypeVar("T")


def page_of_own(
    charter: Charter[ProfileT],
    actor: MemberId,
    register: Register[T],
    *,
    name: str = "",
    limit: int,
    after: str | None,
    wanted: Callable[[T], bool] = lambda _: True,
) -> Page[T]:
    """A page of what the acting member keeps in a register and *wanted* lets pass, newest first.

    *name* tells the list apart from others of the same register, where there are any.
    Raises `UnknownMember` for a member who has not joined.
    """

    def unit(snapshot: Snapshot) -> Page[T]:
        def keep(entries: Sequence[T]) -> Sequence[T]:
            others = (register.other(entry) for entry in entries)
            where = standpoint(charter, snapshot, actor, (o for o in others if o is not None))
            return [
                entry
                for entry in entries
                if wanted(entry) and ((o := register.other(entry)) is None or where.sees(o))
            ]

        return read_page(
            lambda before, count: snapshot.entries(register, (actor,), before=before, limit=count),
            register.mark,
            scope=(actor, name or register.name),
            limit=limit,
            after=after,
            keep=keep,
        )

    return charter.store.read(unit)
