"""What a difference between two worlds is made from, and of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, final

from attrs import evolve, field, frozen

from connectcore.members import Member
from connectcore.profiles import Profile
from connectcore.testing.paired.sight import Sight
from connectcore.testing.scripts import Detail, Step

__all__ = ["Difference", "Ground", "Kind", "deed"]


def deed(kind: str, by: str, to: str = "", detail: Detail | None = None) -> Step:
    """A step that is given its number when a difference is made of it."""
    return Step(0, kind, by, to, detail)


@final
@frozen
class Difference:
    """What is done in the one world alone, and what in the other."""

    in_one: tuple[Step, ...]
    in_other: tuple[Step, ...]


@final
@frozen
class Ground:
    """What the viewer may see so far, and what there is to differ in.

    `number` is that of the next step, `secret` a profile that is nobody's yet, and `newcomer`
    somebody who may join.
    """

    sight: Sight
    number: int
    secret: Profile = field(repr=False)
    newcomer: Member[Profile]

    @property
    def written(self) -> str:
        """The id of what the first step of a difference writes, if it writes something."""
        return f"{self.number:03}.0"

    def only(self, *deeds: Step) -> Difference:
        """In the other world alone, these are done."""
        return self.either((), deeds)

    def either(self, one: Sequence[Step], other: Sequence[Step]) -> Difference:
        """In the one world the one is done, and in the other the other."""
        return Difference(self._numbered(one), self._numbered(other))

    def _numbered(self, deeds: Sequence[Step]) -> tuple[Step, ...]:
        return tuple(evolve(each, number=self.number + nth) for nth, each in enumerate(deeds))


Kind: TypeAlias = Callable[[Ground], Iterator[Difference]]
"""Gives whatever may differ in one way."""
