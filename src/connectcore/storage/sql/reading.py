"""Reading from the tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Executable

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
from connectcore.storage.sql import queries
from connectcore.storage.sql.desk import Desk, utc
from connectcore.storage.sql.distances import read_degrees
from connectcore.storage.sql.many import read_between, read_latest, read_reactions
from connectcore.storage.sql.phrases import Among, Phrase, say
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
        unknown = Among(member for member in ids if member not in self._known)
        if unknown.ids:
            asked = say(queries.members, ids=unknown)
            self._ask(asked, partial(self._know, unknown.ids))
        return {m: found for m in ids if (found := self._known[m]) is not None}

    def _know(self, ids: Iterable[str], rows: Iterable[Any]) -> None:
        """Remember the members of *rows*, and that no other one of *ids* is there."""
        self._known |= dict.fromkeys(map(MemberId, ids))
        for member, document in rows:
            self._known[member] = self._documents.read_member(member, document)

    def relationships(
        self, viewer: MemberId, others: Collection[MemberId]
    ) -> Mapping[MemberId, Relationship]:
        if not others:
            return {}

        def read(rows: Iterable[Any]) -> Mapping[MemberId, Relationship]:
            states: dict[MemberId, Relationship] = dict.fromkeys(others, _STRANGERS)
            for other, state, document in rows:
                states[other] = self._documents.read_state(state, document)
            return states

        # As it is written with the others: where machines are apart, beside what these show.
        asked = say(queries.relationships, viewer=viewer, others=Among(others))
        return self._ask(asked, read)

    def between(self, pairs: Collection[Pair]) -> Mapping[Pair, Relationship]:
        return read_between(self._desk, pairs)

    def degrees(
        self, viewer: MemberId, others: Collection[MemberId], closed: ClosedLists
    ) -> Mapping[MemberId, Degree]:
        return read_degrees(self._desk, viewer, others, closed)

    def neighbours(self, ids: Collection[MemberId]) -> Mapping[MemberId, AbstractSet[MemberId]]:
        near: dict[MemberId, set[MemberId]] = {member: set() for member in ids}
        if near:
            for owner, other in self._desk.rows(say(queries.neighbours, ids=Among(near))):
                near[owner].add(other)
        return near

    def shared(self, one: MemberId, other: MemberId) -> AbstractSet[MemberId]:
        """The members connected with both; who they are is read with them, since it is asked next."""
        if self._desk.is_spread:  # they lie apart from the two, and are asked for by their ids
            ring = say(queries.shared, one=one, other=other)
            return self._ask(ring, lambda rows: {MemberId(member) for (member,) in rows})

        def read(rows: Sequence[Any]) -> AbstractSet[MemberId]:
            shared = {MemberId(member) for member, _ in rows}
            unknown = shared - self._known.keys()
            self._know(unknown, (row for row in rows if row[0] in unknown and row[1] is not None))
            return shared

        return self._ask(say(queries.shared_members, one=one, other=other), read)

    def following(self, member: MemberId) -> AbstractSet[MemberId]:
        asked = say(queries.following, owner=member)
        return self._ask(asked, lambda rows: {MemberId(other) for (other,) in rows})

    def mutes(self, member: MemberId) -> Mapping[MemberId, datetime | None]:
        def read(rows: Iterable[Any]) -> Mapping[MemberId, datetime | None]:
            return {other: None if until is None else utc(until) for other, until in rows}

        return self._ask(say(queries.mutes, owner=member), read)

    def standings(
        self, ids: Collection[MemberId], *, since: datetime, pending_since: datetime | None
    ) -> Mapping[MemberId, Standing]:
        if not ids:
            return {}
        return self._questions.answer(ask_standings(ids, since, pending_since))

    # ── Lists ───────────────────────────────────────────────────────────────────────────────────

    def connections(
        self, owner: MemberId, before: Mark | None, limit: int | None
    ) -> Sequence[Connection]:
        rows = self._listed(owner, "connected", before, limit)
        return [Connection(of=owner, member=other, since=utc(at)) for other, at in rows]

    def received(
        self, owner: MemberId, before: Mark | None, limit: int, *, since: datetime | None = None
    ) -> Sequence[PendingInvitation]:
        return self._invitations(owner, "received", before, limit, since)

    def sent(
        self, owner: MemberId, before: Mark | None, limit: int, *, since: datetime | None = None
    ) -> Sequence[PendingInvitation]:
        return self._invitations(owner, "sent", before, limit, since)

    def blocks(self, owner: MemberId, before: Mark | None, limit: int) -> Sequence[MemberBlocked]:
        rows = self._listed(owner, "blocks", before, limit)
        return [MemberBlocked(by=owner, to=other, at=utc(at)) for other, at in rows]

    def _invitations(
        self, owner: MemberId, place: str, before: Mark | None, limit: int, since: datetime | None
    ) -> Sequence[PendingInvitation]:
        def read(rows: Sequence[Any]) -> Sequence[PendingInvitation]:
            newest_first = sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)
            states = (self._documents.read(row[2], Invited) for row in newest_first)
            return [state.invitation for state in states]

        asked = say(
            queries.invitations, owner=owner, place=place, since=since, before=before, limit=limit
        )
        return self._ask(asked, read)

    def _listed(
        self, owner: MemberId, place: str, before: Mark | None, limit: int | None
    ) -> Sequence[Any]:
        return self._desk.rows(
            say(queries.listed, owner=owner, place=place, before=before, limit=limit)
        )

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
        if self._desk.is_spread and since is None and limit is not None:
            rows = read_latest(self._desk, Among(actors), before, limit)
        else:
            rows = self._desk.rows(
                say(
                    queries.activities,
                    actors=Among(actors),
                    before=before,
                    limit=limit,
                    since=since,
                )
            )
        return [self._documents.read_activity(kind, document) for kind, document in rows]

    def posts(self, ids: Collection[PostId]) -> Mapping[PostId, Post]:
        if not ids:
            return {}

        def read(rows: Sequence[Any]) -> Mapping[PostId, Post]:
            return {post.id: post for post in self._read(rows, Post)}

        return self._ask(say(queries.posts, ids=Among(ids)), read)

    def posts_of(self, author: MemberId, before: Mark | None, limit: int) -> Sequence[Post]:
        page = say(queries.posts_of, author=author, before=before, limit=limit)
        rows = self._desk.rows(say(queries.posts_in_order, ids=self._desk.within(page)))
        return self._read(rows, Post)

    def comments(self, ids: Collection[CommentId]) -> Mapping[CommentId, Comment]:
        if not ids:
            return {}
        where = self._desk.within(say(queries.places_of, ids=Among(ids)))
        rows = self._desk.rows(say(queries.comments, posts=where, ids=Among(ids)))
        return {comment.id: comment for comment in self._read(rows, Comment)}

    def comments_on(
        self, post: PostId, before: Mark | None, limit: int | None
    ) -> Sequence[Comment]:
        asked = say(queries.comments_on, post=post, before=before, limit=limit)
        return self._read(self._desk.rows(asked), Comment)

    def reactions(self, keys: Collection[ReactionKey]) -> Mapping[ReactionKey, Reacted]:
        return read_reactions(self._desk, keys)

    def reactions_to(self, post: PostId, comment: CommentId | None) -> Sequence[Reacted]:
        def read(rows: Sequence[Any]) -> Sequence[Reacted]:
            found = self._read(rows, Reacted)
            return sorted(found, key=lambda each: (each.at, each.member), reverse=True)

        return self._ask(say(queries.reactions_to, post=post, target=target_of(comment)), read)

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

        def read(rows: Sequence[Any]) -> Sequence[T]:
            return sorted(self._read(rows, register.holds), key=register.mark, reverse=True)

        asked = say(
            queries.entries,
            register=register.name,
            owners=Among(owners),
            other=other,
            since=since,
            before=before,
            limit=limit,
        )
        return self._ask(asked, read)

    def entry(self, register: Register[T], owner: MemberId, key: Key) -> T | None:
        def read(rows: Sequence[Any]) -> T | None:
            return next(iter(self._read(rows, register.holds)), None)

        asked = say(queries.entry, register=register.name, owner=owner, key=key_text(key))
        return self._ask(asked, read)

    def journal(
        self,
        due_at: datetime,
        limit: int | None,
        owners: Collection[MemberId] | None = None,
    ) -> Sequence[JournalEntry]:
        among = None if owners is None else Among(owners)
        rows = self._desk.rows(say(queries.journal, due_at=due_at, limit=limit, owners=among))
        return self._read(rows, JournalEntry)

    def surroundings(self, member: MemberId) -> AbstractSet[MemberId]:
        return owners_around(self._desk, member)

    def key(self) -> bytes:
        if self._key is None:
            self._key = read_key(self._desk)
        return self._key

    def _ask(self, phrase: Phrase[Executable], read: Callable[[Sequence[Any]], T]) -> T:
        return self._questions.answer(Question(phrase, read))

    def _read(self, rows: Sequence[Any], kind: type[T]) -> Sequence[T]:
        return [self._documents.read(document, kind) for (document,) in rows]
