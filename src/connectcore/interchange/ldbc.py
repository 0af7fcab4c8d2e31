"""Networks in the CSV layout of the LDBC Social Network Benchmark, Interactive v1 ("CsvBasic").

A folder holds a snapshot of a network, in `static/` and `dynamic/`, and in `update_streams/` what
happened after it.

What is read: persons with their e-mail addresses, companies and universities, who knows whom, posts,
comments and likes.
What is not: forums and tags have no counterpart here, and an interest is not a skill.

    folder = ldbc.Folder("ldbc-sf0.003")
    network.load(folder.snapshot())
    network.load(folder.updates())
    folder.unreadable
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import NoReturn, TypeAlias, TypeVar, final

from attrs import frozen

from connectcore.audiences import Audience
from connectcore.errors import ConnectcoreError
from connectcore.members import Member
from connectcore.network import Loadable
from connectcore.posts import Comment, CommentId, Post, Reacted
from connectcore.profiles import ContactDetails, Education, Name, Position, Profile
from connectcore.relationships import Connection

__all__ = ["Folder", "MissingFile", "Row", "Unreadable"]

T = TypeVar("T")
Item: TypeAlias = Loadable[Profile]
Fields: TypeAlias = Sequence[str]

TITLE = "Employee"
"""The title of every position: LDBC knows where somebody works, not as what."""

_PERSON = ("id", "firstName", "lastName", "birthday", "creationDate", "place")
_KNOWS = ("Person.id", "Person.id", "creationDate")
_POST = ("id", "imageFile", "creationDate", "content", "creator")
_COMMENT = ("id", "creationDate", "content", "creator", "replyOfPost", "replyOfComment")
_LIKES_POST = ("Person.id", "Post.id", "creationDate")
_LIKES_COMMENT = ("Person.id", "Comment.id", "creationDate")

_FILES = (
    "static/place",
    "static/organisation",
    "dynamic/person",
    "dynamic/person_email_emailaddress",
    "dynamic/person_studyAt_organisation",
    "dynamic/person_workAt_organisation",
    "dynamic/person_knows_person",
    "dynamic/post",
    "dynamic/comment",
    "dynamic/person_likes_post",
    "dynamic/person_likes_comment",
)

_STREAM_HEADERS = {
    "1": (
        *("id", "firstName", "lastName", "gender", "birthday", "creationDate", "locationIP"),
        *("browserUsed", "place", "languages", "emails", "tags", "studyAt", "workAt"),
    ),
    "2": _LIKES_POST,
    "3": _LIKES_COMMENT,
    "6": (
        *("id", "imageFile", "creationDate", "locationIP", "browserUsed", "language"),
        *("content", "length", "creator", "Forum.id", "place", "tags"),
    ),
    "7": (
        *("id", "creationDate", "locationIP", "browserUsed", "content", "length"),
        *("creator", "place", "replyOfPost", "replyOfComment", "tags"),
    ),
    "8": _KNOWS,
}
"""The header that the update streams lack, for each kind of event, after its first three fields."""

_PASSED_OVER = {"4": "forums", "5": "members of forums"}
_NO_REPLY = {"", "-1"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = re.compile(r"-?[0-9]+")


@final
@frozen
class Row:
    """A row of a file: the file's path inside the folder, and the number of the line."""

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
    """A folder that is not in this layout: one of its files is not there."""

    def __init__(self, folder: str, file: str) -> None:
        super().__init__(folder, file)
        self.folder, self.file = folder, file

    def __str__(self) -> str:
        return f"{self.folder} is not in the CSV layout of LDBC: there is no {self.file}"


@final
class Folder:
    """A folder in the layout, to be read once: first the snapshot, then the updates.

    Both give what `Network.load` takes, in an order in which everything comes after what it names.
    A row that cannot be read is put among the `unreadable` ones and the rest go on; `passed_over`
    counts the updates that have no counterpart here.

    Raises `MissingFile` unless all files of the snapshot are there; update streams need not be.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path)
        self.unreadable: list[Unreadable] = []
        self.passed_over: Counter[str] = Counter()
        self._files = {name: self._parts(name) for name in _FILES}
        self._row_of: dict[Item, Row] = {}
        self._roots: dict[str, str] = {}

    def snapshot(self) -> Iterator[Item]:
        """Everything of the snapshot: members, connections, posts, comments, reactions."""
        yield from self._members()
        yield from self._items(_connection, self._rows("dynamic/person_knows_person", _KNOWS))
        yield from self._items(_post, self._rows("dynamic/post", _POST))
        comments = _parents_first(self._rows("dynamic/comment", _COMMENT))
        yield from self._items(self._comment, comments)
        likes = self._rows("dynamic/person_likes_post", _LIKES_POST)
        yield from self._items(_like_of_post, likes)
        likes = self._rows("dynamic/person_likes_comment", _LIKES_COMMENT)
        yield from self._items(self._like_of_comment, likes)

    def updates(self) -> Iterator[Item]:
        """What happened after the snapshot, in the order of time."""
        makers: dict[str, tuple[Callable[..., Item], Fields]] = {
            "1": (self._member_who_joined, (*_PERSON, "emails", "workAt", "studyAt")),
            "2": (_like_of_post, _LIKES_POST),
            "3": (self._like_of_comment, _LIKES_COMMENT),
            "6": (_post, _POST),
            "7": (self._comment, _COMMENT),
            "8": (_connection, _KNOWS),
        }
        # Persons first, for what they do in the same millisecond.
        files = [*self._streams("person"), *self._streams("forum")]
        events = heapq.merge(*map(self._events, files), key=lambda event: event[0])
        for _, kind, row, fields in events:
            make, columns = makers[kind]
            places = _places(_STREAM_HEADERS[kind], columns)
            yield from self._items(make, [(row, [fields[place] for place in places])])

    def row_of(self, item: Item) -> Row:
        """The row that *item* was read from; the last one where several say the same."""
        return self._row_of[item]

    # ── Files and rows ──────────────────────────────────────────────────────────────────────────

    def _parts(self, name: str) -> list[str]:
        """The files that a table is split into: a number for each thread, then one for each part."""
        found = self._find(f"{name}_[0-9]*_[0-9]*.csv")
        if not found:
            raise MissingFile(str(self.path), f"{name}_0_0.csv")
        return found

    def _streams(self, what: str) -> list[str]:
        return self._find(f"update_streams/updateStream_*_{what}.csv")

    def _find(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.path).as_posix() for path in self.path.glob(pattern))

    def _lines(self, file: str) -> Iterator[tuple[Row, Fields]]:
        """The fields of every line; LDBC quotes nothing, a bar always separates two fields."""
        path = self.path / file
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                row, text = Row(file, number), line.rstrip("\r\n")
                if not text.isascii() and not _is_utf8(text):
                    self._report(row, "this line is not written in UTF-8")
                elif text:
                    yield row, text.split("|")

    def _rows(self, name: str, columns: Fields) -> Iterator[tuple[Row, Fields]]:
        """The fields in *columns* of every row of a table, found by the names in the header."""
        for file in self._files[name]:
            lines = self._lines(file)
            head, header = next(lines, (Row(file, 1), ()))
            missing = sorted(set(columns) - set(header))
            if missing:
                reason = f"no row of this file was read: it has no column {', '.join(missing)}"
                self._report(head, reason)
                continue
            places = _places(header, columns)
            for row, fields in lines:
                if self._is_complete(row, fields, len(header)):
                    yield row, [fields[place] for place in places]

    def _events(self, file: str) -> Iterator[tuple[int, str, Row, Fields]]:
        """The updates of a stream: when, of which kind, and the fields that the kind has."""
        for row, (time, *rest) in self._lines(file):
            _, kind, *fields = (*rest, "", "")
            if kind in _PASSED_OVER:
                self.passed_over[_PASSED_OVER[kind]] += 1
            elif kind not in _STREAM_HEADERS:
                self._report(row, f"{kind!r} is no kind of update")
            elif not _MILLISECONDS.fullmatch(time):
                self._report(row, f"{time!r} is no time of an update")
            elif self._is_complete(row, (time, *rest), 3 + len(_STREAM_HEADERS[kind])):
                yield int(time), kind, row, fields[:-2]

    def _is_complete(self, row: Row, fields: Fields, expected: int) -> bool:
        if len(fields) == expected:
            return True
        self._report(row, f"this row has {len(fields)} fields in place of {expected}")
        return False

    def _report(self, row: Row, reason: str) -> None:
        self.unreadable.append(Unreadable(row, reason))

    def _read(self, make: Callable[..., T], row: Row, fields: Fields) -> T | None:
        """What *make* makes of a row; `None`, with a report, for one that cannot be read."""
        try:
            return make(*fields)
        except ValueError as error:
            self._report(row, str(error))
            return None

    def _items(
        self, make: Callable[..., Item], rows: Iterable[tuple[Row, Fields]]
    ) -> Iterator[Item]:
        for row, fields in rows:
            item = self._read(make, row, fields)
            if item is not None:
                self._row_of[item] = row
                yield item

    # ── Persons ─────────────────────────────────────────────────────────────────────────────────

    def _members(self) -> Iterator[Item]:
        emails = self._details("email_emailaddress", ("email",), str)
        positions = self._details(
            "workAt_organisation", ("Organisation.id", "workFrom"), self._position
        )
        education = self._details(
            "studyAt_organisation", ("Organisation.id", "classYear"), self._education
        )

        def member(person: str, *fields: str) -> Item:
            return self._member(
                (person, *fields),
                [email for _, email in emails.pop(person, ())],
                [position for _, position in positions.pop(person, ())],
                [time for _, time in education.pop(person, ())],
            )

        yield from self._items(member, self._rows("dynamic/person", _PERSON))
        for unclaimed in (emails, positions, education):
            for person, details in unclaimed.items():
                for row, _ in details:
                    self._report(row, f"no person with the id {person!r} was read")

    def _details(
        self, name: str, columns: Fields, make: Callable[..., T]
    ) -> dict[str, list[tuple[Row, T]]]:
        """What a table says of persons, by their ids."""
        details: dict[str, list[tuple[Row, T]]] = defaultdict(list)
        rows = self._rows(f"dynamic/person_{name}", ("Person.id", *columns))
        for row, (person, *fields) in rows:
            detail = self._read(make, row, fields)
            if detail is not None:
                details[person].append((row, detail))
        return details
