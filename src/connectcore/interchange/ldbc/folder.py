"""A folder in the layout: what its rows say, in the order in which a network loads it."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from os import PathLike
from typing import TypeAlias, TypeVar, final

from connectcore.audiences import Audience
from connectcore.interchange.ldbc.fields import moment, number
from connectcore.interchange.ldbc.persons import PERSON, PERSON_TABLES, Persons
from connectcore.interchange.ldbc.tables import Fields, Row, Tables, Unreadable, pick
from connectcore.network import Loadable
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted
from connectcore.profiles import Profile
from connectcore.relationships import Connection

__all__ = ["Folder", "Item"]

Item: TypeAlias = Loadable[Profile]
ItemT = TypeVar("ItemT", bound=Item)
Rows: TypeAlias = Iterable[tuple[Row, Fields]]

_KNOWS = ("Person.id", "Person.id", "creationDate")
_POST = ("id", "creationDate", "creator", "content", "imageFile")
_COMMENT = ("id", "creationDate", "creator", "content", "replyOfPost", "replyOfComment")
_LIKES_POST = ("Person.id", "Post.id", "creationDate")
_LIKES_COMMENT = ("Person.id", "Comment.id", "creationDate")

_TABLES: Mapping[str, Fields] = {
    "dynamic/person_knows_person": _KNOWS,
    "dynamic/post": _POST,
    "dynamic/comment": _COMMENT,
    "dynamic/person_likes_post": _LIKES_POST,
    "dynamic/person_likes_comment": _LIKES_COMMENT,
}

_HEADERS = {
    "1": (
        "id|firstName|lastName|gender|birthday|creationDate|locationIP|browserUsed|place|languages"
        "|emails|tags|studyAt|workAt"
    ),
    "2": "Person.id|Post.id|creationDate",
    "3": "Person.id|Comment.id|creationDate",
    "6": (
        "id|imageFile|creationDate|locationIP|browserUsed|language|content|length|creator|Forum.id"
        "|place|tags"
    ),
    "7": (
        "id|creationDate|locationIP|browserUsed|content|length|creator|place|replyOfPost"
        "|replyOfComment|tags"
    ),
    "8": "Person.id|Person.id|creationDate",
}
_UPDATES = {kind: header.split("|") for kind, header in _HEADERS.items()}
"""The headers that update streams lack: by the kind of update, what follows its first three fields."""

_PASSED_OVER = {"4": "forums", "5": "members of forums"}
_NONE = {"", "-1"}


@final
class Folder:
    """A folder in this layout, to be read once: first the snapshot, then the updates.

    Both give what `Network.load` takes, each thing after what it names.
    A row that cannot be read is put among the `unreadable` ones, and the rest go on; `passed_over`
    counts the updates that have no counterpart here.
    Whether what was read fits together is for `Network.load` to say; `row_of` tells where something
    that it left out was read.

    Raises `MissingFile` unless all files of the snapshot are there; update streams need not be.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._tables = Tables(path)
        for table in (*PERSON_TABLES, *_TABLES):
            self._tables.parts(table)
        self._persons = Persons(self._tables)
        self._rows_read: dict[Item, Row] = {}
        self._roots: dict[str, PostId] = {}
        self.unreadable: list[Unreadable] = self._tables.unreadable
        self.passed_over: Counter[str] = Counter()

    def snapshot(self) -> Iterator[Item]:
        """The members, connections, posts, comments and likes of the snapshot."""
        known: set[str] = set()
        for member in self._items(self._persons.member, self._persons.rows()):
            known.add(member.id)
            yield member
        self._persons.report_others(known)
        yield from self._items(_connection, self._rows("dynamic/person_knows_person"))
        yield from self._items(_post, self._rows("dynamic/post"))
        yield from self._items(self._comment, _parents_first(self._rows("dynamic/comment")))
        yield from self._items(_like_of_post, self._rows("dynamic/person_likes_post"))
        yield from self._items(self._like_of_comment, self._rows("dynamic/person_likes_comment"))

    def updates(self) -> Iterator[Item]:
        """What happened after the snapshot, in the order of time."""
        readings: Mapping[str, tuple[Callable[[Fields], Item], Fields]] = {
            "1": (self._persons.newcomer, (*PERSON, "emails", "studyAt", "workAt")),
            "2": (_like_of_post, _LIKES_POST),
            "3": (self._like_of_comment, _LIKES_COMMENT),
            "6": (_post, _POST),
            "7": (self._comment, _COMMENT),
            "8": (_connection, _KNOWS),
        }
        # The streams of persons come first, for what somebody does in the instant of joining.
        streams = [
            self._stream(file)
            for what in ("person", "forum")
            for file in self._tables.find(f"update_streams/updateStream_*_{what}.csv")
        ]
        for _, kind, row, fields in heapq.merge(*streams, key=lambda update: update[0]):
            make, columns = readings[kind]
            yield from self._items(make, [(row, pick(columns, _UPDATES[kind], fields))])

    def row_of(self, item: Item) -> Row:
        """The row that *item* was read from, or the last one of several that say the same."""
        return self._rows_read[item]

    def _rows(self, table: str) -> Rows:
        return self._tables.rows(table, _TABLES[table])

    def _stream(self, file: str) -> Iterator[tuple[datetime, str, Row, Fields]]:
        """The updates of a stream: the moment, the kind, the row, and the fields of that kind."""
        for row, fields in self._tables.lines(file):
            time, _, kind = (*fields, "", "")[:3]
            if kind in _PASSED_OVER:
                self.passed_over[_PASSED_OVER[kind]] += 1
            elif kind not in _UPDATES:
                self._tables.report(row, f"{kind!r} is no kind of update")
            elif self._tables.is_whole(row, fields, 3 + len(_UPDATES[kind])):
                at = self._tables.read(moment, row, time)
                if at is not None:
                    yield at, kind, row, fields[3:]

    def _items(self, make: Callable[[Fields], ItemT], rows: Rows) -> Iterator[ItemT]:
        for row, fields in rows:
            item = self._tables.read(make, row, fields)
            if item is not None:
                self._rows_read[item] = row
                yield item

    def _comment(self, fields: Fields) -> Comment:
        """A comment, under the post at which the chain of replies began."""
        comment, at, author, text, post, replied_to = fields
        reply_to = None if replied_to in _NONE else CommentId(replied_to)
        written = Comment(
            id=number(comment),
            post=number(post) if reply_to is None else self._root(reply_to),
            author=number(author),
            at=moment(at),
            text=text,
            reply_to=reply_to,
        )
        self._roots.setdefault(written.id, written.post)
        return written

    def _like_of_comment(self, fields: Fields) -> Reacted:
        person, comment, at = fields
        liked = CommentId(comment)
        return Reacted(post=self._root(liked), comment=liked, member=number(person), at=moment(at))

    def _root(self, comment: CommentId) -> PostId:
        try:
            return self._roots[comment]
        except KeyError:
            message = f"there is no comment {comment!r} before this"
            raise ValueError(message) from None


def _connection(fields: Fields) -> Connection:
    one, other, since = fields
    return Connection(of=number(one), member=number(other), since=moment(since))


def _post(fields: Fields) -> Post:
    """A post that every member may read; the text of an image is the name of its file.

    LDBC knows no audiences: whoever joins a forum reads what is posted there, and a like or a
    comment shows a post to everybody who knows the one who gave it.
    """
    post, at, author, text, image = fields
    return Post(
        id=number(post),
        author=number(author),
        at=moment(at),
        text=text or image,
        audience=Audience.MEMBERS,
    )


def _like_of_post(fields: Fields) -> Reacted:
    person, post, at = fields
    return Reacted(post=number(post), member=number(person), at=moment(at))


def _parents_first(comments: Rows) -> Iterator[tuple[Row, Fields]]:
    """The rows of comments, each after that of the comment it replies to, if there is one."""
    seen: set[str] = set()
    waiting: defaultdict[str, list[tuple[Row, Fields]]] = defaultdict(list)
    for comment in comments:
        replied_to = comment[1][-1]
        if replied_to in _NONE or replied_to in seen:
            ready = [comment]
            while ready:
                row, fields = ready.pop()
                yield row, fields
                seen.add(fields[0])
                ready.extend(waiting.pop(fields[0], ()))
        else:
            waiting[replied_to].append(comment)
    yield from chain.from_iterable(waiting.values())
