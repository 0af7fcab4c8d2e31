"""What is there already of all that a batch names: read at once, and kept up as it is loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Generic, TypeAlias, final

from attrs import evolve

from connectcore.errors import InvalidValue
from connectcore.members import Member, MemberId
from connectcore.network.charter import Charter
from connectcore.network.erasing import returning
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted, ReactionKey
from connectcore.profiles import Profile, ProfileT
from connectcore.proposals import Standing
from connectcore.relationships import Connection, Pair, Relationship
from connectcore.storage import Transaction

__all__ = ["Facts", "Loadable", "Named"]

Loadable: TypeAlias = Member[ProfileT] | Connection | Post | Comment | Reacted
"""What `Network.load` takes."""

_NOTHING = Standing()


@final
class Named(Generic[ProfileT]):
    """Whom and what the items of a batch name; raises `InvalidValue` for one that none can be."""

    def __init__(self, items: Iterable[Loadable[ProfileT]]) -> None:
        self.joining: set[MemberId] = set()
        self.members: set[MemberId] = set()
        self.about: set[PostId] = set()
        self.connections: list[Connection] = []
        self.reactions: set[ReactionKey] = set()
        self.under: list[tuple[MemberId, PostId, CommentId | None]] = []
        self._written: set[str] = set()
        self._authors: defaultdict[str, set[MemberId]] = defaultdict(set)
        for item in items:
            self._note(item)

    def _note(self, item: Loadable[ProfileT]) -> None:
        match item:
            case Member():
                self.joining.add(item.id)
            case Connection():
                self.members.update((item.of, item.member))
                self.connections.append(item)
            case Post():
                self._note_writing(item.id, item.author)
            case Comment():
                self._note_writing(item.id, item.author)
                self._note_under(item.author, item.post, item.reply_to)
            case Reacted():
                self.members.add(item.member)
                self.reactions.add(item.key)
                self._note_under(item.member, item.post, item.comment)
            case _:
                message = f"nothing of the type {type(item).__name__} can be loaded; see Loadable"
                raise InvalidValue(message)

    def _note_writing(self, written: str, author: MemberId) -> None:
        self.members.add(author)
        self._written.add(written)
        self._authors[written].add(author)

    def _note_under(self, writer: MemberId, post: PostId, comment: CommentId | None) -> None:
        self.under.append((writer, post, comment))
        self.about.add(post)
        self._written.update((post, *(() if comment is None else (comment,))))

    @property
    def posts(self) -> frozenset[PostId]:
        """Every id that a post may have."""
        return frozenset(map(PostId, self._written))

    @property
    def comments(self) -> frozenset[CommentId]:
        """Every id that a comment may have."""
        return frozenset(map(CommentId, self._written))

    def authors_of(self, written: str) -> frozenset[MemberId]:
        """Who may have written something, as far as the batch says."""
        return frozenset(self._authors[written])


@final
class Facts:
    """What rules and checks look at, as it is when the next item of a batch is loaded.

    It takes the same few reads whatever the size of the batch.
    """

    def __init__(
        self, charter: Charter[ProfileT], transaction: Transaction, named: Named[ProfileT]
    ) -> None:
        self._transaction = transaction
        self.returning: frozenset[MemberId] = returning(charter, transaction, named.joining)
        present = transaction.members(named.joining | named.members)
        self.members: dict[MemberId, Member[Profile]] = dict(present)
        self.posts: dict[PostId, Post] = dict(transaction.posts(named.posts))
        self.comments: dict[CommentId, Comment] = dict(transaction.comments(named.comments))
        self.reactions: dict[ReactionKey, Reacted] = dict(transaction.reactions(named.reactions))
        self._pairs = frozenset(self._pairs_in(named))
        self._states = dict(transaction.between(self._pairs))
        self._standings: dict[MemberId, Standing] = {}
        if charter.rules.accepting and named.connections:
            ends = {end for each in named.connections for end in (each.of, each.member)}
            earliest = min(each.since for each in named.connections)
            standings = transaction.standings(ends, since=earliest, pending_since=None)
            self._standings.update(standings)

    def _pairs_in(self, named: Named[ProfileT]) -> Iterator[Pair]:
        for each in named.connections:
            if each.of != each.member:
                yield Pair.of(each.of, each.member)
        for writer, post, comment in named.under:
            above = {*named.authors_of(post), *named.authors_of(comment or post)}
            if post in self.posts:
                above.add(self.posts[post].author)
            if comment is not None and comment in self.comments:
                above.add(self.comments[comment].author)
            yield from (Pair.of(writer, author) for author in above - {writer})

    def between(self, pair: Pair) -> Relationship:
        """What two members are to each other whom an item names together."""
        return self._states[pair]

    def standing(self, member: MemberId, since: datetime) -> Standing:
        """The counts of a member, of what they sent only that after *since*."""
        standing = self._standings.get(member, _NOTHING)
        if not standing.sent:
            return standing
        sent, noted = (
            tuple(at for at in moments if at > since) for moments in (standing.sent, standing.noted)
        )
        return evolve(standing, sent=sent, noted=noted)

    def is_taken(self, written: str) -> bool:
        """Whether a post or a comment has this id."""
        return PostId(written) in self.posts or CommentId(written) in self.comments

    # ── What is loaded ──────────────────────────────────────────────────────────────────────────

    def connected(self, pair: Pair, state: Relationship) -> None:
        """Take note that two members are connected now."""
        self._states[pair] = state
        for member in (pair.low, pair.high):
            standing = self._standings.get(member, _NOTHING)
            self._standings[member] = evolve(standing, connections=standing.connections + 1)

    def relate_anew(self) -> None:
        """Look again what members are to each other."""
        self._states.update(self._transaction.between(self._pairs))
