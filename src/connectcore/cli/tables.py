"""Tables of plain text that fit a width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from connectcore.cli.cells import cells_of, wrapped

__all__ = ["table"]

_NUMBER = re.compile(r"[0-9,.]+")


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, width: int) -> list[str]:
    r"""The lines of a table, none of them wider than *width*.

    A column is as wide as what stands in it; where that is too much, the widest is wrapped.
    Columns of numbers are aligned to the right.

    >>> print(*table(["name", "posts"], [["Ada", "3"], ["Grace", "12"]], width=80), sep="\n")
    name   posts
    -----  -----
    Ada        3
    Grace     12
    """
    body = [list(row) for row in rows]
    columns = [list(column) for column in zip(head, *body, strict=True)]
    widths, gap = _widths(columns, width)
    numeric = [all(_NUMBER.fullmatch(cell) for cell in column[1:]) for column in columns]
    ruled = [head, ["-" * size for size in widths], *body]
    return [gap.join(line).rstrip() for row in ruled for line in _lines(row, widths, numeric)]


def _widths(columns: Sequence[Sequence[str]], width: int) -> tuple[list[int], str]:
    """How wide each column is, and the gap between two.

    Room is found where columns are wider than their longest word, then in the gap, and only then
    by breaking words.
    """
    widths = [max(1, *map(cells_of, column)) for column in columns]
    words = [max(cells_of(word) for word in ("", *" ".join(column).split())) for column in columns]
    gaps = len(columns) - 1
    gap = "  " if sum(words) + 2 * gaps <= width else " "
    while sum(widths) + len(gap) * gaps > width:
        spare = [size if size > word else 0 for size, word in zip(widths, words, strict=True)]
        most = spare if any(spare) else widths
        widths[most.index(max(most))] -= 1
    return widths, gap


def _lines(
    row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]
) -> Iterator[list[str]]:
    """The lines of a row, each a list of cells filled up to their width."""
    cells = [wrapped(cell, size) for cell, size in zip(row, widths, strict=True)]
    for line in zip_longest(*cells, fillvalue=""):
        yield [
            cell.rjust(size) if is_number else cell + " " * (size - cells_of(cell))
            for cell, size, is_number in zip(line, widths, numeric, strict=True)
        ]
