"""Loading a network that exists already: in bulk, checked, with a report of what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Generic, TypeAlias, final

from attrs import evolve, frozen

from connectcore.errors import InvalidValue
from connectcore.members import Member, MemberId
from connectcore.network.acts import record
from connectcore.network.charter import Charter
from connectcore.network.profiles import own_profile
from connectcore.network.publishing import admit, publish, publish_comment, publish_reaction
from connectcore.posts import Comment, Post, Reacted
from connectcore.profiles import Profile, ProfileT
from connectcore.proposals import Proposal
from connectcore.refusals import ALREADY_CONNECTED, ONESELF, Refusal
from connectcore.relationships import (
    Blocked,
    Connected,
    Connection,
    InvitationAccepted,
    InvitationSent,
    Strangers,
)
from connectcore.rulebook import weigh
from connectcore.storage import Transaction
from connectcore.visibility import check_audiences

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
    loaded: Counter[type[object]] = Counter()
    left_out: list[LeftOut[ProfileT]] = []
    coming, seen = iter(items), 0
    while chunk := tuple(islice(coming, batch)):
        refusals = charter.store.write(_touched(chunk), _Batch(charter, chunk).load)
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
            case Reacted():
                return self._load_reaction(transaction, item)

    def _load_member(self, transaction: Transaction, member: Member[ProfileT]) -> Refusal | None:
        if transaction.members((member.id,)):
            return _left_out("already_joined", f"A member {member.id!r} has joined already.")
        try:
            own_profile(member, self.charter.profile)
            check_audiences(self.charter.profile, member.settings, self.charter.visibility)
        except InvalidValue as invalid:
            return _left_out("invalid", str(invalid))
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
        state = transaction.relationships(one, (other,))[other]
        if isinstance(state, Connected):
            return ALREADY_CONNECTED
        if not isinstance(state, Strangers):
            return _left_out("in_the_way", "One invited or blocked the other already.")
        refusals = weigh(
            self.charter.rules.accepting,
            Proposal(
                actor=members[other],
                to=one,
                other=members[one],
                at=since,
                relationship=state,
                standing=transaction.standing(other, since=since, pending_since=None),
                other_standing=transaction.standing(one, since=since, pending_since=None),
            ),
        )
        if refusals:
            return refusals[0]
        sent = InvitationSent(by=one, to=other, at=since)
        invited = record(self.charter, transaction, sent, state)
        accepted = InvitationAccepted(by=other, to=one, at=since)
        record(self.charter, transaction, accepted, invited)
        return None

    def _load_post(self, transaction: Transaction, post: Post) -> Refusal | None:
        if post.author not in transaction.members((post.author,)):
            return _missing("member", post.author)
        if transaction.posts((post.id,)):
            return _left_out("already_there", f"A post {post.id!r} is there already.")
        publish(self.charter, transaction, post)
        return None

    def _load_comment(self, transaction: Transaction, comment: Comment) -> Refusal | None:
        posts = transaction.posts((comment.post,))
        wanted = () if comment.reply_to is None else (comment.reply_to,)
        comments = transaction.comments((comment.id, *wanted))
        if comment.author not in transaction.members((comment.author,)):
            return _missing("member", comment.author)
        if comment.post not in posts:
            return _missing("post", comment.post)
        if comment.reply_to is not None and comment.reply_to not in comments:
            return _missing("comment", comment.reply_to)
        if comment.id in comments:
            return _left_out("already_there", f"A comment {comment.id!r} is there already.")
        if _is_barred(transaction, comment.author, posts[comment.post].author):
            return _left_out("in_the_way", "The author and the commenter are blocked.")
        publish_comment(self.charter, transaction, comment, posts[comment.post])
        return None

    def _load_reaction(self, transaction: Transaction, reacted: Reacted) -> Refusal | None:
        posts = transaction.posts((reacted.post,))
        wanted = () if reacted.comment is None else (reacted.comment,)
        comments = transaction.comments(wanted)
        if reacted.member not in transaction.members((reacted.member,)):
            return _missing("member", reacted.member)
        if reacted.post not in posts:
            return _missing("post", reacted.post)
        if reacted.comment is not None and reacted.comment not in comments:
            return _missing("comment", reacted.comment)
        if _is_barred(transaction, reacted.member, posts[reacted.post].author):
            return _left_out("in_the_way", "The author and the reader are blocked.")
        comment = None if reacted.comment is None else comments[reacted.comment]
        publish_reaction(self.charter, transaction, reacted, posts[reacted.post], comment)
        return None


def _is_barred(transaction: Transaction, one: MemberId, other: MemberId) -> bool:
    return isinstance(transaction.relationships(one, (other,))[other], Blocked)


def _missing(what: str, wanted: str) -> Refusal:
    return _left_out("missing", f"There is no {what} {wanted!r}.")


def _left_out(code: str, message: str) -> Refusal:
    return Refusal(code=code, message=message)


def _touched(items: Iterable[Loadable[Profile]]) -> frozenset[MemberId]:
    touched: set[MemberId] = set()
    for item in items:
        match item:
            case Member():
                touched.add(item.id)
            case Connection():
                touched.update((item.of, item.member))
            case Post() | Comment():
                touched.add(item.author)
            case Reacted():
                touched.add(item.member)
    return frozenset(touched)
