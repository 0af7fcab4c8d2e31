"""Printing for a person: no line wider than a terminal of 40 columns or more, in plain text elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from typing import TextIO, final

from attrs import frozen

from connectcore.cli.cells import cells_of, wrapped
from connectcore.cli.tables import table

__all__ = ["Screen", "printable"]

_NARROWEST, _WIDEST = 40, 100


@final
@frozen(kw_only=True)
class Screen:
    """Where a command prints; with `emphasis`, headings are bold."""

    width: int
    emphasis: bool = False

    @classmethod
    def of(cls, stream: TextIO) -> Screen:
        """The screen behind *stream*: as wide as the terminal, up to what is easy to read.

        Emphasis is for terminals alone, and not for those who ask for none (no-color.org).
        """
        columns = shutil.get_terminal_size().columns
        able = stream.isatty() and os.environ.get("TERM") != "dumb"
        return cls(
            width=min(max(columns, _NARROWEST), _WIDEST),
            emphasis=able and not os.environ.get("NO_COLOR"),
        )

    def heading(self, text: str) -> None:
        """Print a heading, set off from what stands above it."""
        shown = f"\033[1m{text}\033[0m" if self.emphasis else text
        print(f"\n{shown}\n{'=' * cells_of(text)}\n")

    def say(
        self, text: str, *, first: str = "", rest: str = "", at_most: int | None = None
    ) -> None:
        """Print a paragraph; *first* begins its first line and *rest* the others.

        What is left after *at_most* lines is cut off.
        """
        lines = wrapped(printable(text), self.width, first=first, rest=rest, at_most=at_most)
        print("\n".join(lines))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table."""
        shown = ([printable(cell) for cell in row] for row in rows)
        print("\n".join(table(head, shown, width=self.width)))

    def say_as_it_is(self, text: str) -> None:
        """Print lines that have their form already."""
        print(text.rstrip("\n"))

    def space(self) -> None:
        """Print an empty line."""
        print()


def printable(text: str) -> str:
    r"""*text* with a space for all that would move the cursor or change the terminal.

    >>> printable("\x1b[2JHello\u202e")
    ' [2JHello '
    """
    return "".join(letter if letter.isprintable() else " " for letter in text)
