"""Timelines: marks kept in order, read newest first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from datetime import datetime
from typing import final

from connectcore.pages import Mark

__all__ = ["Timeline"]


@final
class Timeline:
    """Marks in order of moment and id; what comes in order, as it mostly does, is appended."""

    __slots__ = ("_marks",)

    def __init__(self) -> None:
        self._marks: list[Mark] = []

    def __len__(self) -> int:
        return len(self._marks)

    def add(self, mark: Mark) -> None:
        """Put a mark in its place."""
        if not self._marks or self._marks[-1] < mark:
            self._marks.append(mark)
        else:
            insort(self._marks, mark)

    def discard(self, mark: Mark) -> None:
        """Take out a mark that is there; raise `KeyError` for one that is not."""
        index = bisect_left(self._marks, mark)
        if self._marks[index : index + 1] != [mark]:
            raise KeyError(mark)
        del self._marks[index]

    def count_after(self, moment: datetime | None) -> int:
        """How many marks are later than *moment*; all of them for `None`."""
        return len(self._marks) - self._first_after(moment)

    def newest(
        self, before: Mark | None, limit: int | None, *, since: datetime | None = None
    ) -> Sequence[Mark]:
        """The newest marks under *before* and later than *since*, newest first."""
        end = len(self._marks) if before is None else bisect_left(self._marks, before)
        start = self._first_after(since)
        if limit is not None:
            start = max(start, end - limit)
        return self._marks[start:end][::-1]

    def _first_after(self, moment: datetime | None) -> int:
        if moment is None:
            return 0
        return bisect_right(self._marks, moment, key=lambda mark: mark[0])
