"""Loading a network that exists already: in bulk, checked, with a report of what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Generic, TypeAlias, final

from attrs import evolve, frozen

from connectcore.errors import AudienceOutOfBounds, InvalidValue
from connectcore.invitations import current
from connectcore.members import Member, MemberId
from connectcore.network.acts import keep
from connectcore.network.charter import Charter
from connectcore.network.erasing import named_in_joining
from connectcore.network.naming import write_naming
from connectcore.network.profiles import own_profile
from connectcore.network.publishing import admit, publish, publish_comment, publish_reaction
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted
from connectcore.profiles import ProfileT
from connectcore.proposals import Proposal
from connectcore.refusals import ALREADY_CONNECTED, ONESELF, Refusal
from connectcore.relationships import (
    Blocked,
    Connected,
    Connection,
    ConnectionRemoved,
    InvitationAccepted,
    InvitationReported,
    InvitationSent,
    Strangers,
    transition,
)
from connectcore.rulebook import weigh
from connectcore.storage import Snapshot, Transaction
from connectcore.visibility import check_audience, check_audiences

__all__ = ["LeftOut", "LoadReport", "Loadable", "load"]

Loadable: TypeAlias = Member[ProfileT] | Connection | Post | Comment | Reacted
"""What `Network.load` takes."""


@final
@frozen
class LeftOut(Generic[ProfileT]):
    """Something that was not loaded, and why."""

    item: Loadable[ProfileT]
    refusal: Refusal


@final
@frozen(kw_only=True)
class LoadReport(Generic[ProfileT]):
    """What a load did: how many of each class it loaded, and everything that it left out."""

    loaded: Mapping[type[object], int]
    left_out: tuple[LeftOut[ProfileT], ...]


def load(
    charter: Charter[ProfileT],
    items: Iterable[Loadable[ProfileT]],
    *,
    batch: int,
    progress: Callable[[int], None] | None,
) -> LoadReport[ProfileT]:
    """Load *items* batch by batch; see `Network.load`."""
    if batch < 1:
        message = f"batch={batch!r} loads nothing; a batch holds at least one item"
        raise InvalidValue(message)
    loaded: Counter[type[object]] = Counter()
    left_out: list[LeftOut[ProfileT]] = []
    coming, seen = iter(items), 0
    while chunk := tuple(islice(coming, batch)):
        whole = _Batch(charter, chunk)
        refusals = write_naming(charter.store, whole.touched, whole.load)
        for item, refusal in zip(chunk, refusals, strict=True):
            if refusal is None:
                loaded[type(item)] += 1
            else:
                left_out.append(LeftOut(item, refusal))
        seen += len(chunk)
        if progress is not None:
            progress(seen)
    return LoadReport(loaded=dict(loaded), left_out=tuple(left_out))


@final
@frozen
class _Batch(Generic[ProfileT]):
    charter: Charter[ProfileT]
    items: tuple[Loadable[ProfileT], ...]

    def touched(self, snapshot: Snapshot) -> frozenset[MemberId]:
        """Whom the batch touches, with the authors of posts that are there already."""
        joining: set[MemberId] = set()
        touched: set[MemberId] = set()
        about: set[PostId] = set()
        for item in self.items:
            match item:
                case Member():
                    joining.add(item.id)
                case Connection():
                    touched.update((item.of, item.member))
                case Post():
                    touched.add(item.author)
                case Comment():
                    touched.add(item.author)
                    about.add(item.post)
                case Reacted():
                    touched.add(item.member)
                    about.add(item.post)
                case _:
                    message = f"a {type(item).__name__} cannot be loaded; see Loadable for what can"
                    raise InvalidValue(message)
        touched |= named_in_joining(self.charter, snapshot, joining)
        return frozenset(touched | {post.author for post in snapshot.posts(about).values()})

    def load(self, transaction: Transaction) -> list[Refusal | None]:
        """Load every item that fits, and give for each why it does not."""
        return [self._load_one(transaction, item) for item in self.items]

    def _load_one(self, transaction: Transaction, item: Loadable[ProfileT]) -> Refusal | None:
        match item:
            case Member():
                return self._load_member(transaction, item)
            case Connection():
                return self._load_connection(transaction, item)
            case Post():
                return self._load_post(transaction, item)
            case Comment():
                return self._load_comment(transaction, item)
            case _:
                return self._load_reaction(transaction, item)

    def _load_member(self, transaction: Transaction, member: Member[ProfileT]) -> Refusal | None:
        if transaction.members((member.id,)):
            return _left_out("already_joined", f"A member {member.id!r} has joined already.")
        try:
            own_profile(member, self.charter.profile)
            check_audiences(self.charter.profile, member.settings, self.charter.visibility)
        except InvalidValue as invalid:
            return _left_out("invalid", str(invalid))
        skills = self.charter.skills.weigh(member.profile)
        if skills:
            return skills[0]
        joined_at = self.charter.moment(member.joined_at)
        admit(self.charter, transaction, evolve(member, joined_at=joined_at))
        return None

    def _load_connection(self, transaction: Transaction, connection: Connection) -> Refusal | None:
        one, other, since = connection.of, connection.member, connection.since
        if one == other:
            return ONESELF
        members = transaction.members((one, other))
        for member in (one, other):
            if member not in members:
                return _missing("member", member)
        state = current(
            transaction.relationships(one, (other,))[other],
            at=self.charter.moment(None),
            rules=self.charter.rules,
        )
        if isinstance(state, Connected):
            return ALREADY_CONNECTED
        if not isinstance(state, Strangers):
            return _left_out("in_the_way", "One invited or blocked the other already.")
        ends = (ConnectionRemoved, InvitationReported)
        if any(state.past.last(kind, member) for kind in ends for member in (one, other)):
            return _left_out("ended_here", "One removed the connection or reported the other here.")
        standings = transaction.standings((one, other), since=since, pending_since=None)
        refusals = weigh(
            self.charter.rules.accepting,
            Proposal(
                actor=members[other],
                to=one,
                other=members[one],
                at=since,
                relationship=state,
                standing=standings[other],
                other_standing=standings[one],
            ),
        )
        if refusals:
            return refusals[0]
        # Only the acceptance is kept: what is history elsewhere is no invitation sent here.
        invited = transition(state, InvitationSent(by=one, to=other, at=since))
        accepted = InvitationAccepted(by=other, to=one, at=since)
        keep(self.charter, transaction, accepted, invited)
        return None

    def _load_post(self, transaction: Transaction, post: Post) -> Refusal | None:
        if post.author not in transaction.members((post.author,)):
            return _missing("member", post.author)
        if _is_taken(transaction, post.id):
            return _taken(post.id)
        try:
            check_audience("posts", post.audience, self.charter.visibility)
        except AudienceOutOfBounds as outside:
            return _left_out("invalid", str(outside))
        publish(self.charter, transaction, post)
        return None

    def _load_comment(self, transaction: Transaction, comment: Comment) -> Refusal | None:
        under = _Under.find(transaction, comment.post, comment.reply_to)
        refusal = under.refuses(transaction, comment.author)
        if refusal is None and _is_taken(transaction, comment.id):
            refusal = _taken(comment.id)
        if refusal is None:
            publish_comment(self.charter, transaction, comment, under.posts[comment.post])
        return refusal

    def _load_reaction(self, transaction: Transaction, reacted: Reacted) -> Refusal | None:
        under = _Under.find(transaction, reacted.post, reacted.comment)
        refusal = under.refuses(transaction, reacted.member)
        if refusal is None:
            post = under.posts[reacted.post]
            publish_reaction(self.charter, transaction, reacted, post, under.comment)
        return refusal


@final
@frozen
class _Under:
    """What a comment or a reaction hangs on: a post, and perhaps a comment under it."""

    post_id: PostId
    comment_id: CommentId | None
    posts: Mapping[PostId, Post]
    comment: Comment | None

    @classmethod
    def find(cls, transaction: Transaction, post: PostId, comment: CommentId | None) -> _Under:
        """Look up what is there."""
        comments = transaction.comments(() if comment is None else (comment,))
        return cls(post, comment, transaction.posts((post,)), next(iter(comments.values()), None))

    def refuses(self, transaction: Transaction, writer: MemberId) -> Refusal | None:
        """Why *writer* cannot have written or reacted there."""
        if writer not in transaction.members((writer,)):
            return _missing("member", writer)
        if self.post_id not in self.posts:
            return _missing("post", self.post_id)
        if self.comment_id is not None and (
            self.comment is None or self.comment.post != self.post_id
        ):
            return _missing(f"comment under {self.post_id!r} with the id", self.comment_id)
        above = {self.posts[self.post_id].author}
        if self.comment is not None:
            above.add(self.comment.author)
        states = transaction.relationships(writer, above - {writer})
        if any(isinstance(state, Blocked) for state in states.values()):
            return _left_out("in_the_way", "One of those whom this concerns blocked another.")
        return None


def _is_taken(transaction: Transaction, written: str) -> bool:
    posts, comments = PostId(written), CommentId(written)
    return bool(transaction.posts((posts,)) or transaction.comments((comments,)))


def _taken(written: str) -> Refusal:
    return _left_out("already_there", f"A post or a comment {written!r} is there already.")


def _missing(what: str, wanted: str) -> Refusal:
    return _left_out("missing", f"There is no {what} {wanted!r}.")


def _left_out(code: str, message: str) -> Refusal:
    return Refusal(code=code, message=message)
