"""How wide text is on a terminal, where a letter takes one cell, two or none."""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import final
from unicodedata import category, east_asian_width

__all__ = ["cells_of", "wrapped"]

_ON_THE_ONE_BEFORE = {"Mn", "Me"}
_WIDE = {"W", "F"}


def cells_of(text: str) -> int:
    r"""How many cells a terminal takes to show *text*.

    >>> cells_of("Ada"), cells_of("\u5c71\u7530"), cells_of("e\u0301")
    (3, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells_of_letter, text))


def wrapped(
    text: str, width: int, *, first: str = "", rest: str = "", at_most: int | None = None
) -> list[str]:
    """*text* in lines that take up to *width* cells; *first* begins the first of them, *rest* the others.

    What is left after *at_most* lines is cut off.
    """
    wrapper = _Wrapper(
        width=width,
        initial_indent=first,
        subsequent_indent=rest,
        max_lines=at_most,
        placeholder=" ...",
    )
    return wrapper.wrap(text)


def _cells_of_letter(letter: str) -> int:
    if category(letter) in _ON_THE_ONE_BEFORE:
        return 0
    return 2 if east_asian_width(letter) in _WIDE else 1


@final
class _Piece(str):
    """A piece of a text, as long as it is wide."""

    __slots__ = ()

    def __len__(self) -> int:
        return cells_of(str(self))


@final
class _Wrapper(textwrap.TextWrapper):
    """Wraps text by the cells that it takes.

    What `textwrap` adds up are the lengths of the pieces that a text is split into, so it is enough
    that these are right, and that a piece which is broken is broken by its cells.
    """

    def _split(self, text: str) -> list[str]:
        return [_Piece(part) for piece in super()._split(text) for part in _parts(piece)]

    def _handle_long_word(
        self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int
    ) -> None:
        piece = str(reversed_chunks.pop())
        end = _fitting(piece, width - cur_len)
        if not end and not cur_line:
            end = 1  # or it would never end
        if end:
            cur_line.append(_Piece(piece[:end]))
        reversed_chunks.append(_Piece(piece[end:]))


def _parts(piece: str) -> Iterator[str]:
    """What a line may end between: words, and wide letters, which need no space for it."""
    part, is_wide = "", False
    for letter in piece:
        cells = _cells_of_letter(letter)
        if part and cells and (cells > 1 or is_wide):
            yield part
            part = ""
        part += letter
        is_wide = cells > 1 or (is_wide and not cells)
    yield part


def _fitting(text: str, cells: int) -> int:
    """How many letters of *text* fit into so many cells, with what stands on the last of them."""
    return bisect_right(list(accumulate(map(_cells_of_letter, text))), cells)
