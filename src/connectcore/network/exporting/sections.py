"""One list of an export: what is in it, whom it names, and what of it the member may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeAlias, TypeVar, final

from attrs import evolve, frozen

from connectcore.members import MemberId
from connectcore.visibility import Standpoint

__all__ = ["Gate", "Section", "everybody_in", "named_in"]

T = TypeVar("T")

Gate: TypeAlias = Callable[[T], T | None]
"""What gives an entry as the member may see it, or nothing."""


@final
@frozen(kw_only=True)
class Section(Generic[T]):
    """A list under its name, before the gate.

    `names` are the members whom an entry names, and `depends_on` those who decide besides them
    whether it shows.
    """

    name: str
    entries: Sequence[T]
    names: Callable[[T], Iterable[MemberId]] = lambda _: ()
    depends_on: Callable[[T], Iterable[MemberId]] = lambda _: ()
    gate: Callable[[Standpoint], Gate[T]] = lambda _: lambda entry: entry

    def shown(self, where: Standpoint) -> Section[T]:
        """The list as the member may see it."""
        seen = map(self.gate(where), self.entries)
        return evolve(self, entries=[entry for entry in seen if entry is not None])


def named_in(sections: Iterable[Section[Any]]) -> Iterator[MemberId]:
    """Everybody whom an entry names."""
    for section in sections:
        for entry in section.entries:
            yield from section.names(entry)


def everybody_in(sections: Iterable[Section[Any]]) -> Iterator[MemberId]:
    """Everybody who has a part in what is shown of the entries."""
    for section in sections:
        for entry in section.entries:
            yield from section.names(entry)
            yield from section.depends_on(entry)
