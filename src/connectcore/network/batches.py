"""A part of a network that exists already, loaded whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Literal, TypeAlias, final

from attrs import evolve

from connectcore.errors import AudienceOutOfBounds, InvalidValue
from connectcore.invitations import current
from connectcore.members import Member, MemberId
from connectcore.network.acts import keep
from connectcore.network.charter import Charter
from connectcore.network.erasing import named_in_joining, reinstate
from connectcore.network.facts import Facts, Loadable, Named
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
    Pair,
    Strangers,
    transition,
)
from connectcore.rulebook import weigh
from connectcore.storage import Snapshot, Transaction
from connectcore.visibility import check_audience, check_audiences

__all__ = ["Batch", "Loadable", "Outcome"]

Outcome: TypeAlias = Literal["loaded", "present"] | Refusal
"""What became of an item: loaded, there already just as it is, or left out for a reason."""


@final
class Batch(Generic[ProfileT]):
    """Items that are loaded in one write; raises `InvalidValue` for what cannot be loaded."""

    def __init__(self, charter: Charter[ProfileT], items: Sequence[Loadable[ProfileT]]) -> None:
        self._charter = charter
        self._items = items
        self._named = Named(items)

    def touched(self, snapshot: Snapshot) -> frozenset[MemberId]:
        """What the batch touches, with posts that are there already and their authors."""
        named = self._named
        joining = named_in_joining(self._charter, snapshot, named.joining)
        posts = snapshot.posts(named.about)
        authors = {post.author for post in posts.values()}
        return frozenset(named.members | joining | authors | set(map(MemberId, posts)))

    def load(self, transaction: Transaction) -> list[Outcome]:
        """Load every item that fits, and give what became of each."""
        loading = _Loading(self._charter, transaction, self._named)
        return [loading.load(item) for item in self._items]


@final
class _Loading(Generic[ProfileT]):
    """Loads one item after the other, each on what is there after those before it."""

    def __init__(
        self, charter: Charter[ProfileT], transaction: Transaction, named: Named[ProfileT]
    ) -> None:
        self._charter = charter
        self._transaction = transaction
        self._facts = Facts(charter, transaction, named)
        self._now = charter.moment(None)

    def load(self, item: Loadable[ProfileT]) -> Outcome:
        match item:
            case Member():
                return self._load_member(item)
            case Connection():
                return self._load_connection(item)
            case Post():
                return self._load_post(item)
            case Comment():
                return self._load_comment(item)
            case Reacted():
                return self._load_reaction(item)

    def _load_member(self, member: Member[ProfileT]) -> Outcome:
        charter, facts = self._charter, self._facts
        there = facts.members.get(member.id)
        if there is not None:
            joined_at = member.joined_at or there.joined_at
            if there == evolve(member, joined_at=joined_at):
                return "present"
            return _left_out("already_joined", f"A member {member.id!r} has joined already.")
        try:
            own_profile(member, charter.profile)
            check_audiences(charter.profile, member.settings, charter.visibility)
        except InvalidValue as invalid:
            return _left_out("invalid", str(invalid))
        skills = charter.skills.weigh(member.profile)
        if skills:
            return skills[0]
        joined = evolve(member, joined_at=charter.moment(member.joined_at))
        admit(charter, self._transaction, joined)
        facts.members[member.id] = joined
        if member.id in facts.returning:
            reinstate(charter, self._transaction, member.id)
            facts.relate_anew()
        return "loaded"

    def _load_connection(self, connection: Connection) -> Outcome:
        one, other, since = connection.of, connection.member, connection.since
        if one == other:
            return ONESELF
        members = self._facts.members
        for member in (one, other):
            if member not in members:
                return _missing("member", member)
        pair = Pair.of(one, other)
        state = current(self._facts.between(pair), at=self._now, rules=self._charter.rules)
        if isinstance(state, Connected):
            return "present" if state.since == since else ALREADY_CONNECTED
        if not isinstance(state, Strangers):
            return _left_out("in_the_way", "One invited or blocked the other already.")
        ends = ConnectionRemoved | InvitationReported
        if any(isinstance(event, ends) for event in state.past.events):
            return _left_out("ended_here", "One removed the connection or reported the other here.")
        refusal = self._weigh(connection, state)
        if refusal is not None:
            return refusal
        # Only the acceptance is kept: what is history elsewhere is no invitation sent here.
        invited = transition(state, InvitationSent(by=one, to=other, at=since))
        accepted = InvitationAccepted(by=other, to=one, at=since)
        connected = keep(self._charter, self._transaction, accepted, invited)
        self._facts.connected(pair, connected)
        return "loaded"

    def _weigh(self, connection: Connection, state: Strangers) -> Refusal | None:
        """What the rules for accepting have against a connection."""
        rules, facts = self._charter.rules.accepting, self._facts
        if not rules:
            return None
        one, other, since = connection.of, connection.member, connection.since
        proposal = Proposal(
            actor=facts.members[other],
            to=one,
            other=facts.members[one],
            at=since,
            relationship=state,
            standing=facts.standing(other, since),
            other_standing=facts.standing(one, since),
        )
        return next(iter(weigh(rules, proposal)), None)

    def _load_post(self, post: Post) -> Outcome:
        facts = self._facts
        if facts.posts.get(post.id) == post:
            return "present"
        if post.author not in facts.members:
            return _missing("member", post.author)
        if facts.is_taken(post.id):
            return _taken(post.id)
        try:
            check_audience("posts", post.audience, self._charter.visibility)
        except AudienceOutOfBounds as outside:
            return _left_out("invalid", str(outside))
        publish(self._charter, self._transaction, post)
        facts.posts[post.id] = post
        return "loaded"

    def _load_comment(self, comment: Comment) -> Outcome:
        facts = self._facts
        if facts.comments.get(comment.id) == comment:
            return "present"
        refusal = self._refuses(comment.author, comment.post, comment.reply_to)
        if refusal is not None:
            return refusal
        if facts.is_taken(comment.id):
            return _taken(comment.id)
        publish_comment(self._charter, self._transaction, comment, facts.posts[comment.post])
        facts.comments[comment.id] = comment
        return "loaded"

    def _load_reaction(self, reacted: Reacted) -> Outcome:
        facts = self._facts
        former = facts.reactions.get(reacted.key)
        if former == reacted:
            return "present"
        refusal = self._refuses(reacted.member, reacted.post, reacted.comment)
        if refusal is not None:
            return refusal
        if former is not None and former.at >= reacted.at:
            return _left_out("already_there", "There is a reaction of this member already.")
        commented = None if reacted.comment is None else facts.comments[reacted.comment]
        post = facts.posts[reacted.post]
        publish_reaction(self._charter, self._transaction, reacted, post, commented, former=former)
        facts.reactions[reacted.key] = reacted
        return "loaded"

    def _refuses(self, writer: MemberId, post: PostId, comment: CommentId | None) -> Refusal | None:
        """Why *writer* cannot have written under a post, or under a comment there."""
        facts = self._facts
        if writer not in facts.members:
            return _missing("member", writer)
        if post not in facts.posts:
            return _missing("post", post)
        above = {facts.posts[post].author}
        if comment is not None:
            commented = facts.comments.get(comment)
            if commented is None or commented.post != post:
                return _missing(f"comment under {post!r} with the id", comment)
            above.add(commented.author)
        states = (facts.between(Pair.of(writer, author)) for author in above - {writer})
        if any(isinstance(state, Blocked) for state in states):
            return _left_out("in_the_way", "One of those whom this concerns blocked another.")
        return None


def _taken(written: str) -> Refusal:
    return _left_out("already_there", f"A post or a comment {written!r} is there already.")


def _missing(what: str, wanted: str) -> Refusal:
    return _left_out("missing", f"There is no {what} {wanted!r}.")


def _left_out(code: str, message: str) -> Refusal:
    return Refusal(code=code, message=message)
