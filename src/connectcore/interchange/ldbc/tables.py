"""Folders of bar-separated tables: rows found by the names in a header, and a report of the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import TypeAlias, TypeVar, final

from attrs import frozen

from connectcore.errors import ConnectcoreError

__all__ = ["Fields", "MissingFile", "Row", "Tables", "Unreadable", "pick"]

T = TypeVar("T")
FieldsT = TypeVar("FieldsT")
Fields: TypeAlias = Sequence[str]


@final
@frozen
class Row:
    """A row of a file: the file's path inside its folder, and the number of the line.

    >>> str(Row("dynamic/post_0_0.csv", 17))
    'dynamic/post_0_0.csv:17'
    """

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@final
@frozen
class Unreadable:
    """A row that could not be read, and why."""

    row: Row
    reason: str


@final
class MissingFile(ConnectcoreError, FileNotFoundError):
    """A folder that has not the layout it is read in: one of its files is not there."""

    def __init__(self, folder: str, file: str) -> None:
        super().__init__(folder, file)
        self.folder: str = folder
        self.file: str = file

    def __str__(self) -> str:
        return f"{self.folder} cannot be read: it has no {self.file}"


@final
class Tables:
    """The tables of a folder; what cannot be read of them is put among the `unreadable` rows.

    A table may be split into parts, each a file of its own with a header.
    Nothing is quoted, so a bar always separates two fields.
    """

    def __init__(self, folder: str | PathLike[str]) -> None:
        self.folder: Path = Path(folder)
        self.unreadable: list[Unreadable] = []

    def parts(self, table: str) -> list[str]:
        """The files of a table, named after it and a thread and a part that wrote them.

        Raises `MissingFile` if there are none.
        """
        found = self.find(f"{table}_[0-9]*_[0-9]*.csv")
        if not found:
            raise MissingFile(str(self.folder), f"{table}_0_0.csv")
        return found

    def find(self, pattern: str) -> list[str]:
        """The files whose path inside the folder matches *pattern*, in order."""
        found = self.folder.glob(pattern)
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def rows(self, table: str, columns: Fields) -> Iterator[tuple[Row, Fields]]:
        """The fields in *columns* of every row of a table."""
        for file in self.parts(table):
            lines = self.lines(file)
            head, header = next(lines, (Row(file, 1), ()))
            missing = Counter(columns) - Counter(header)
            if missing:
                self.report(head, f"no row here is read: there is no column {', '.join(missing)}")
                continue
            for row, fields in lines:
                if self.is_whole(row, fields, len(header)):
                    yield row, pick(columns, header, fields)

    def lines(self, file: str) -> Iterator[tuple[Row, Fields]]:
        """The fields of every line of a file that is not empty."""
        path = self.folder / file
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                row, text = Row(file, number), line.rstrip("\r\n")
                if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
                    self.report(row, "this line is not written in UTF-8")
                elif text:
                    yield row, text.split("|")

    def is_whole(self, row: Row, fields: Fields, expected: int) -> bool:
        """Whether a row has as many fields as it should; reported if not."""
        if len(fields) != expected:
            self.report(row, f"this row has {len(fields)} fields, not {expected}")
        return len(fields) == expected

    def read(self, make: Callable[[FieldsT], T], row: Row, fields: FieldsT) -> T | None:
        """What *make* makes of the fields; `None` where it raises `ValueError`, which is reported."""
        try:
            return make(fields)
        except ValueError as error:
            self.report(row, str(error))
            return None

    def report(self, row: Row, reason: str) -> None:
        """Put a row among the unreadable ones."""
        self.unreadable.append(Unreadable(row, reason))


def pick(columns: Fields, header: Fields, fields: Fields) -> Fields:
    """The *fields* under the names in *columns*; a name asked for twice stands twice in the header.

    >>> pick(("to", "id"), ("id", "at", "to"), ("7", "noon", "9"))
    ['9', '7']
    >>> pick(("id", "id"), ("id", "id", "at"), ("7", "9", "noon"))
    ['7', '9']
    """
    under: defaultdict[str, list[str]] = defaultdict(list)
    for name, field in zip(reversed(header), reversed(fields), strict=True):
        under[name].append(field)
    return [under[name].pop() for name in columns]
