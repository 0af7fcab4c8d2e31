"""Timelines: positions kept in order, read newest first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from datetime import datetime
from typing import final

from connectcore.pages import Position

__all__ = ["Timeline"]


@final
class Timeline:
    """Positions in order of moment and id; what comes in order, as it mostly does, is appended."""

    __slots__ = ("_positions",)

    def __init__(self) -> None:
        self._positions: list[Position] = []

    def __len__(self) -> int:
        return len(self._positions)

    def add(self, position: Position) -> None:
        """Put a position in its place."""
        if not self._positions or self._positions[-1] < position:
            self._positions.append(position)
        else:
            insort(self._positions, position)

    def discard(self, position: Position) -> None:
        """Take a position out."""
        del self._positions[bisect_left(self._positions, position)]

    def count_after(self, moment: datetime | None) -> int:
        """How many positions are later than *moment*; all of them for `None`."""
        return len(self._positions) - self._first_after(moment)

    def newest(
        self, before: Position | None, limit: int | None, *, since: datetime | None = None
    ) -> Sequence[Position]:
        """The newest positions under *before* and later than *since*, newest first."""
        end = len(self._positions) if before is None else bisect_left(self._positions, before)
        start = self._first_after(since)
        if limit is not None:
            start = max(start, end - limit)
        return self._positions[start:end][::-1]

    def _first_after(self, moment: datetime | None) -> int:
        if moment is None:
            return 0
        return bisect_right(self._positions, moment, key=lambda position: position[0])
