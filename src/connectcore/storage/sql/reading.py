"""Reading from the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Column, Select, Text, cast, intersect, null, select, true, union_all

from connectcore.activities import Activity
from connectcore.graph import Degree
from connectcore.journal import JournalEntry
from connectcore.members import Member, MemberId
from connectcore.pages import Mark
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted, ReactionKey
from connectcore.profiles import Profile
from connectcore.proposals import Standing
from connectcore.registers import Key, Register, key_text
from connectcore.relationships import (
    Connection,
    Invited,
    MemberBlocked,
    Pair,
    PendingInvitation,
    Relationship,
    Strangers,
)
from connectcore.storage import ClosedLists, Read
from connectcore.storage.sql.desk import Desk, newest, utc
from connectcore.storage.sql.distances import read_degrees
from connectcore.storage.sql.many import read_between, read_latest, read_reactions
from connectcore.storage.sql.questions import Question, Questions
from connectcore.storage.sql.secrets import read_key
from connectcore.storage.sql.standings import ask_standings
from connectcore.storage.sql.threads import target_of
from connectcore.storage.sql.traces import owners_around

__all__ = ["SqlSnapshot"]

T = TypeVar("T")

_STRANGERS = Strangers()


class SqlSnapshot:
    """Reads with the connection of a transaction; members that were read are not read again."""

    def __init__(self, desk: Desk, key: bytes | None = None) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._documents = desk.documents
        self._known: dict[MemberId, Member[Profile] | None] = {}
        self._key = key
        self._questions = Questions(desk)

    def read_ahead(self, *reads: Read) -> None:
        self._questions.gather(partial(read, self) for read in reads)

    # ── Members, and what they are to each other ────────────────────────────────────────────────

    def members(self, ids: Collection[MemberId]) -> Mapping[MemberId, Member[Profile]]:
        unknown = frozenset(member for member in ids if member not in self._known)
        if unknown:
            members = self._tables.members
            query = select(members.c.id, members.c.document).where(
                self._desk.among(members.c.id, unknown)
            )
            question = Question(query, partial(self._know, unknown))
            self._questions.answer(("members", unknown), lambda: question)
        return {m: found for m in ids if (found := self._known[m]) is not None}

    def _know(self, ids: Iterable[MemberId], rows: Iterable[Any]) -> None:
        """Remember the members of *rows*, and that no other one of *ids* is there."""
        self._known |= dict.fromkeys(ids)
        for member, document in rows:
            self._known[member] = self._documents.read_member(member, document)

    def relationships(
        self, viewer: MemberId, others: Collection[MemberId]
    ) -> Mapping[MemberId, Relationship]:
        if not others:
            return {}
        key = ("relationships", viewer, frozenset(others))
        return self._questions.answer(key, lambda: self._relationships(viewer, others))

    def _relationships(
        self, viewer: MemberId, others: Collection[MemberId]
    ) -> Question[Mapping[MemberId, Relationship]]:
        """As it is written with the others: where machines are apart, beside what these show."""
        pairs = self._tables.relationships
        query = select(pairs.c.owner, pairs.c.state, pairs.c.document).where(
            self._desk.among(pairs.c.owner, others), pairs.c.other == viewer
        )

        def read(rows: Iterable[Any]) -> Mapping[MemberId, Relationship]:
            states: dict[MemberId, Relationship] = dict.fromkeys(others, _STRANGERS)
            for other, state, document in rows:
                states[other] = self._documents.read_state(state, document)
            return states

        return Question(query, read)

    def between(self, pairs: Collection[Pair]) -> Mapping[Pair, Relationship]:
        return read_between(self._desk, pairs)

    def degrees(
        self, viewer: MemberId, others: Collection[MemberId], closed: ClosedLists
    ) -> Mapping[MemberId, Degree]:
        return read_degrees(self._desk, viewer, others, closed)

    def neighbours(self, ids: Collection[MemberId]) -> Mapping[MemberId, AbstractSet[MemberId]]:
        near: dict[MemberId, set[MemberId]] = {member: set() for member in ids}
        if near:
            pairs = self._tables.relationships
            for owner, other in self._desk.rows(
                select(pairs.c.owner, pairs.c.other).where(
                    self._desk.among(pairs.c.owner, near), pairs.c.place == "connected"
                )
            ):
                near[owner].add(other)
        return near

    def shared(self, one: MemberId, other: MemberId) -> AbstractSet[MemberId]:
        return self._questions.answer(("shared", one, other), lambda: self._shared(one, other))

    def _shared(self, one: MemberId, other: MemberId) -> Question[AbstractSet[MemberId]]:
        """The members connected with both; who they are is read with them, since it is asked next."""
        both = intersect(*(self._ring(member) for member in (one, other)))
        if self._desk.is_spread:  # they lie apart from the two, and are asked for by their ids
            return Question(both, lambda rows: {MemberId(member) for (member,) in rows})
        ring = both.cte()
        members = self._tables.members
        query = union_all(
            select(ring.c.other, cast(null(), Text)),
            select(members.c.id, members.c.document).where(members.c.id.in_(select(ring.c.other))),
        )

        def read(rows: Sequence[Any]) -> AbstractSet[MemberId]:
            shared = {MemberId(member) for member, _ in rows}
            unknown = shared - self._known.keys()
            self._know(unknown, (row for row in rows if row[0] in unknown and row[1] is not None))
            return shared

        return Question(query, read)

    def _ring(self, member: MemberId) -> Select[Any]:
        pairs = self._tables.relationships
        return select(pairs.c.other).where(pairs.c.owner == member, pairs.c.place == "connected")

    def following(self, member: MemberId) -> AbstractSet[MemberId]:
        pairs = self._tables.relationships
        query = select(pairs.c.other).where(pairs.c.owner == member, pairs.c.follows == true())
        question = Question(query, lambda rows: {MemberId(other) for (other,) in rows})
        return self._questions.answer(("following", member), lambda: question)

    def mutes(self, member: MemberId) -> Mapping[MemberId, datetime | None]:
        mutes = self._tables.mutes
        query = select(mutes.c.other, mutes.c.until).where(mutes.c.owner == member)

        def read(rows: Iterable[Any]) -> Mapping[MemberId, datetime | None]:
            return {other: None if until is None else utc(until) for other, until in rows}

        return self._questions.answer(("mutes", member), lambda: Question(query, read))

    def standings(
        self, ids: Collection[MemberId], *, since: datetime, pending_since: datetime | None
    ) -> Mapping[MemberId, Standing]:
        if not ids:
            return {}
        wanted = tuple(ids)
        return self._questions.answer(
            ("standings", wanted, since, pending_since),
            lambda: ask_standings(self._desk, wanted, since, pending_since),
        )

    # ── Lists ───────────────────────────────────────────────────────────────────────────────────

    def connections(
        self, owner: MemberId, before: Mark | None, limit: int | None
    ) -> Sequence[Connection]:
        rows = self._listed(owner, "connected", before, limit)
        return [Connection(of=owner, member=other, since=utc(at)) for other, at in rows]

    def received(
        self, owner: MemberId, since: datetime | None, before: Mark | None, limit: int
    ) -> Sequence[PendingInvitation]:
        return self._invitations(owner, "received", since, before, limit)

    def sent(
        self, owner: MemberId, since: datetime | None, before: Mark | None, limit: int
    ) -> Sequence[PendingInvitation]:
        return self._invitations(owner, "sent", since, before, limit)

    def blocks(self, owner: MemberId, before: Mark | None, limit: int) -> Sequence[MemberBlocked]:
        rows = self._listed(owner, "blocks", before, limit)
        return [MemberBlocked(by=owner, to=other, at=utc(at)) for other, at in rows]

    def _invitations(
        self, owner: MemberId, place: str, since: datetime | None, before: Mark | None, limit: int
    ) -> Sequence[PendingInvitation]:
        document = self._tables.relationships.c.document
        query = self._listing(owner, place, since, before, limit, document)

        def read(rows: Sequence[Any]) -> Sequence[PendingInvitation]:
            newest_first = sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)
            states = (self._documents.read(row[2], Invited) for row in newest_first)
            return [state.invitation for state in states]

        key = (place, owner, since, before, limit)
        return self._questions.answer(key, lambda: Question(query, read))

    def _listed(
        self, owner: MemberId, place: str, before: Mark | None, limit: int | None
    ) -> Sequence[Any]:
        return self._desk.rows(self._listing(owner, place, None, before, limit))

    def _listing(
        self,
        owner: MemberId,
        place: str,
        since: datetime | None,
        before: Mark | None,
        limit: int | None,
        *more: Column[Any],
    ) -> Select[Any]:
        pairs = self._tables.relationships
        query: Any = select(pairs.c.other, pairs.c.at, *more).where(
            pairs.c.owner == owner, pairs.c.place == place
        )
        order = (pairs.c.at, pairs.c.other)
        return newest(query, order, since=since, before=before, limit=limit)

    # ── Activities, posts, and what hangs on them ───────────────────────────────────────────────

    def activities_of(
        self,
        actors: Collection[MemberId],
        before: Mark | None,
        limit: int | None,
        *,
        since: datetime | None = None,
    ) -> Sequence[Activity]:
        if not actors:
            return []
        told = self._tables.activities
        query: Any = select(told.c.kind, told.c.document).where(
            self._desk.among(told.c.actor, actors)
        )
        order = (told.c.at, told.c.mark)
        if self._desk.is_spread and since is None and limit is not None:
            rows = read_latest(self._desk, query, order, before, limit)
        else:
            rows = self._desk.rows(newest(query, order, since=since, before=before, limit=limit))
        return [self._documents.read_activity(kind, document) for kind, document in rows]

    def posts(self, ids: Collection[PostId]) -> Mapping[PostId, Post]:
        if not ids:
            return {}
        posts = self._tables.posts
        query = select(posts.c.document).where(self._desk.among(posts.c.id, ids))

        def read(rows: Sequence[Any]) -> Mapping[PostId, Post]:
            return {post.id: post for post in self._read(rows, Post)}

        return self._questions.answer(("posts", frozenset(ids)), lambda: Question(query, read))

    def posts_of(self, author: MemberId, before: Mark | None, limit: int) -> Sequence[Post]:
        wrote, posts = self._tables.authorships, self._tables.posts
        query = select(wrote.c.post).where(wrote.c.author == author)
        page = newest(query, (wrote.c.at, wrote.c.post), before=before, limit=limit)
        rows = self._desk.rows(
            select(posts.c.document)
            .where(self._desk.within(posts.c.id, page))
            .order_by(posts.c.at.desc(), posts.c.id.desc())
        )
        return self._read(rows, Post)

    def comments(self, ids: Collection[CommentId]) -> Mapping[CommentId, Comment]:
        if not ids:
            return {}
        comments, places = self._tables.comments, self._tables.comment_places
        where = select(places.c.post).where(self._desk.among(places.c.id, ids))
        rows = self._desk.rows(
            select(comments.c.document).where(
                self._desk.within(comments.c.post, where), self._desk.among(comments.c.id, ids)
            )
        )
        return {comment.id: comment for comment in self._read(rows, Comment)}

    def comments_on(
        self, post: PostId, before: Mark | None, limit: int | None
    ) -> Sequence[Comment]:
        comments = self._tables.comments
        query = select(comments.c.document).where(comments.c.post == post)
        order = (comments.c.at, comments.c.id)
        rows = self._desk.rows(newest(query, order, before=before, limit=limit))
        return self._read(rows, Comment)

    def reactions(self, keys: Collection[ReactionKey]) -> Mapping[ReactionKey, Reacted]:
        return read_reactions(self._desk, keys)

    def reactions_to(self, post: PostId, comment: CommentId | None) -> Sequence[Reacted]:
        reactions = self._tables.reactions
        query = select(reactions.c.document).where(
            reactions.c.post == post, reactions.c.target == target_of(comment)
        )
        wanted = newest(query, (reactions.c.at, reactions.c.member))

        def read(rows: Sequence[Any]) -> Sequence[Reacted]:
            found = self._read(rows, Reacted)
            return sorted(found, key=lambda each: (each.at, each.member), reverse=True)

        key = ("reactions to", post, comment)
        return self._questions.answer(key, lambda: Question(wanted, read))

    # ── Registers and the journal ───────────────────────────────────────────────────────────────

    def entries(
        self,
        register: Register[T],
        owners: Collection[MemberId],
        *,
        other: MemberId | None = None,
        since: datetime | None = None,
        before: Mark | None = None,
        limit: int | None = None,
    ) -> Sequence[T]:
        if not owners:
            return []
        entries = self._tables.entries
        query = select(entries.c.document).where(
            entries.c.register == register.name, self._desk.among(entries.c.owner, owners)
        )
        if other is not None:
            query = query.where(entries.c.other == other)
        order = (entries.c.at, entries.c.key)
        wanted = newest(query, order, since=since, before=before, limit=limit)

        def read(rows: Sequence[Any]) -> Sequence[T]:
            return sorted(self._read(rows, register.holds), key=register.mark, reverse=True)

        key = ("entries", register.name, tuple(owners), other, since, before, limit)
        return self._questions.answer(key, lambda: Question(wanted, read))

    def entry(self, register: Register[T], owner: MemberId, key: Key) -> T | None:
        entries = self._tables.entries
        text = key_text(key)
        query = select(entries.c.document).where(
            entries.c.owner == owner, entries.c.register == register.name, entries.c.key == text
        )

        def read(rows: Sequence[Any]) -> T | None:
            return next(iter(self._read(rows, register.holds)), None)

        named = ("entry", register.name, owner, text)
        return self._questions.answer(named, lambda: Question(query, read))

    def journal(
        self,
        due_at: datetime,
        limit: int | None,
        owners: Collection[MemberId] | None = None,
    ) -> Sequence[JournalEntry]:
        journal = self._tables.journal
        query = select(journal.c.document).where(journal.c.due_at <= due_at)
        if owners is not None:
            query = query.where(self._desk.among(journal.c.owner, owners))
        rows = self._desk.rows(query.order_by(journal.c.place, journal.c.owner).limit(limit))
        return self._read(rows, JournalEntry)

    def surroundings(self, member: MemberId) -> AbstractSet[MemberId]:
        return owners_around(self._desk, member)

    def key(self) -> bytes:
        if self._key is None:
            self._key = read_key(self._desk)
        return self._key

    def _read(self, rows: Sequence[Any], kind: type[T]) -> Sequence[T]:
        return [self._documents.read(document, kind) for (document,) in rows]
