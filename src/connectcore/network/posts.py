"""Posts: publish, react, comment, retract, and read what is open to the viewer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Generic, final

from attrs import evolve, frozen

from connectcore.activities import PostReactedTo
from connectcore.audiences import Audience
from connectcore.errors import InvalidValue, NotFound
from connectcore.members import MemberId, member_id
from connectcore.network.charter import Charter, acting, standpoint
from connectcore.network.paging import BATCH, read_page, slice_page
from connectcore.network.publishing import publish, publish_comment, publish_reaction
from connectcore.network.telling import (
    tell_of_comment,
    tell_of_reaction,
    untell_reaction,
    untell_thread,
)
from connectcore.pages import Mark, Page
from connectcore.posts import (
    Comment,
    CommentId,
    Post,
    PostView,
    Reacted,
    Reaction,
    comment_id,
    post_id,
)
from connectcore.profiles import ProfileT
from connectcore.storage import Snapshot, Transaction
from connectcore.visibility import Standpoint, audience_of, check_audience

__all__ = ["OwnPosts", "Posts"]


class Posts(Generic[ProfileT]):
    """Posts as a member or a signed-out visitor sees them.

    A post that the viewer may not see is `NotFound`, like one that never was; comments and
    reactions of anybody who is not there for the viewer are neither listed nor counted.
    """

    def __init__(self, charter: Charter[ProfileT], viewer: MemberId | None) -> None:
        self._charter = charter
        self._viewer = viewer

    def read(self, post: str) -> PostView:
        """A post with the counts of what the viewer may see of its reactions and comments.

        Given the id of a comment, the reactions are those to the comment.
        """

        def unit(snapshot: Snapshot) -> PostView:
            found = self._find(snapshot, post)
            reacted = self._visible_reactions(snapshot, found)
            comments = self._visible(snapshot, snapshot.comments_on(found.post.id, None, None))
            counts = Counter(entry.reaction for entry in reacted)
            return PostView(
                post=found.post,
                reactions=tuple((kind, counts[kind]) for kind in Reaction if counts[kind]),
                comments=len(comments),
            )

        return self._charter.store.read(unit)

    def page(self, of: str, *, limit: int = 20, after: str | None = None) -> Page[Post]:
        """What the member *of* published and the viewer may see, newest first.

        Of somebody who shows the viewer nothing else, what is open among their newest 1,000 posts.
        """
        author = member_id(of)
        scope = (self._viewer, "posts", author)

        def place(post: Post) -> Mark:
            return (post.at, post.id)

        def unit(snapshot: Snapshot) -> Page[Post]:
            where = standpoint(self._charter, snapshot, self._viewer, (author,))
            if where.sees(author):
                return read_page(
                    lambda before, wanted: snapshot.posts_of(author, before, wanted),
                    place,
                    scope=scope,
                    limit=limit,
                    after=after,
                    keep=lambda posts: [post for post in posts if where.may_read_post(post)],
                )
            # One read, whatever is closed in it: a second one would tell that somebody is there.
            newest = snapshot.posts_of(author, None, BATCH)
            opened = [post for post in newest if where.may_read_post(post)]
            page = slice_page(opened, place, scope=scope, limit=limit, after=after)
            if not page.items:
                raise NotFound
            return page

        return self._charter.store.read(unit)

    def comments(self, post: str, *, limit: int = 20, after: str | None = None) -> Page[Comment]:
        """The comments under a post, newest first."""

        def unit(snapshot: Snapshot) -> Page[Comment]:
            target = self._find(snapshot, post).post.id
            return read_page(
                lambda before, wanted: snapshot.comments_on(target, before, wanted),
                lambda comment: (comment.at, comment.id),
                scope=(self._viewer, "comments", target),
                limit=limit,
                after=after,
                keep=lambda comments: self._visible(snapshot, comments),
            )

        return self._charter.store.read(unit)

    def reactions(self, post: str, *, limit: int = 20, after: str | None = None) -> Page[Reacted]:
        """The reactions to a post or to a comment, newest first; one that was changed is as new."""

        def unit(snapshot: Snapshot) -> Page[Reacted]:
            found = self._find(snapshot, post)
            return slice_page(
                self._visible_reactions(snapshot, found),
                lambda reacted: (reacted.at, reacted.member),
                scope=(self._viewer, "reactions", found.post.id, found.comment_id),
                limit=limit,
                after=after,
            )

        return self._charter.store.read(unit)

    def _find(self, snapshot: Snapshot, target: str, *, made: str | None = None) -> _Found:
        """The post or comment with an id, if the viewer may see it; the same reads if not.

        Raises `InvalidValue` where there is a post with the id that was *made* for a comment.
        """
        named = comment_id(target)
        comment = snapshot.comments((named,)).get(named)
        under = post_id(target) if comment is None else comment.post
        posts = snapshot.posts((under,) if made is None else (under, post_id(made)))
        post = posts.get(under)
        authors = [written.author for written in (post, comment) if written is not None]
        where = standpoint(self._charter, snapshot, self._viewer, authors)
        if post is None or not where.may_read_post(post):
            raise NotFound
        if comment is not None and not where.sees(comment.author):
            raise NotFound
        if made is not None and made in posts:
            message = f"the id {made!r} is taken; new_id must never give one twice"
            raise InvalidValue(message)
        return _Found(post, comment)

    def _visible_reactions(self, snapshot: Snapshot, found: _Found) -> Sequence[Reacted]:
        reacted = snapshot.reactions_to(found.post.id, found.comment_id)
        where = self._towards(snapshot, [entry.member for entry in reacted])
        return [entry for entry in reacted if where.sees(entry.member)]

    def _visible(self, snapshot: Snapshot, comments: Sequence[Comment]) -> Sequence[Comment]:
        parents = snapshot.comments({c.reply_to for c in comments if c.reply_to is not None})
        authors = [comment.author for comment in (*comments, *parents.values())]
        where = self._towards(snapshot, authors)
        there = {parent.id for parent in parents.values() if where.sees(parent.author)}
        return [
            comment if comment.reply_to in {None, *there} else evolve(comment, reply_to=None)
            for comment in comments
            if where.sees(comment.author)
        ]

    def _towards(self, snapshot: Snapshot, members: Sequence[MemberId]) -> Standpoint:
        return standpoint(self._charter, snapshot, self._viewer, members)


@final
@frozen
class _Found:
    post: Post
    comment: Comment | None

    @property
    def comment_id(self) -> CommentId | None:
        return None if self.comment is None else self.comment.id


@final
class OwnPosts(Posts[ProfileT]):
    """Posts as the acting member sees them, and what they write."""

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        super().__init__(charter, actor)
        self._actor = actor

    def publish(
        self, text: str, *, audience: Audience | None = None, at: datetime | None = None
    ) -> Post:
        """Publish a post for an *audience*; without one, for that of the member's settings.

        Raises `AudienceOutOfBounds` for an *audience* that the visibility policy does not let a
        member choose; that of the settings is cut down to the widest one.
        """
        moment, made = self._charter.moment(at), self._charter.new_id()

        def unit(transaction: Transaction) -> Post:
            member = acting(transaction, self._actor)
            if audience is None:
                chosen = audience_of(member, "posts", self._charter.visibility)
            else:
                chosen = audience
                check_audience("posts", chosen, self._charter.visibility)
            post = Post(id=made, author=self._actor, at=moment, text=text, audience=chosen)
            publish(self._charter, transaction, post)
            return post

        return self._charter.store.write((self._actor,), unit)

    def react(
        self, post: str, reaction: Reaction = Reaction.LIKE, *, at: datetime | None = None
    ) -> Reacted:
        """React to a post or a comment; another reaction takes the place of the member's first.

        It is no news then: feeds go on telling of the first, at the moment of the first.
        """
        moment = self._charter.moment(at)

        def unit(transaction: Transaction) -> Reacted:
            found = self._find(transaction, post)
            key = (found.post.id, found.comment_id, self._actor)
            former = transaction.reactions((key,)).get(key)
            if former is not None and former.reaction is reaction:
                return former
            reacted = Reacted(
                post=found.post.id,
                comment=found.comment_id,
                member=self._actor,
                at=moment,
                reaction=reaction,
            )
            publish_reaction(
                self._charter, transaction, reacted, found.post, found.comment, former=former
            )
            if former is None:
                tell_of_reaction(self._charter, transaction, reacted, found.post, found.comment)
            return reacted

        return self._charter.store.write(self._touched(post), unit)

    def unreact(self, post: str) -> None:
        """Take the reaction to a post or a comment back; what told of it is retracted."""

        def unit(transaction: Transaction) -> None:
            found = self._find(transaction, post)
            transaction.delete_reaction(found.post.id, found.comment_id, self._actor)
            key = PostReactedTo.key_to(found.post.id, found.comment_id)
            transaction.retract(self._actor, key)
            untell_reaction(transaction, self._actor, found.post, found.comment)

        self._charter.store.write(self._touched(post), unit)

    def comment(self, post: str, text: str, *, at: datetime | None = None) -> Comment:
        """Write a comment under a post, or in reply to a comment."""
        moment, made = self._charter.moment(at), self._charter.new_id()

        def unit(transaction: Transaction) -> Comment:
            found = self._find(transaction, post, made=made)
            comment = Comment(
                id=made,
                post=found.post.id,
                author=self._actor,
                at=moment,
                text=text,
                reply_to=found.comment_id,
            )
            publish_comment(self._charter, transaction, comment, found.post)
            tell_of_comment(self._charter, transaction, comment, found.post, found.comment)
            return comment

        return self._charter.store.write(self._touched(post), unit)

    def retract(self, post: str) -> None:
        """Take back the member's own post or comment, or a comment under the member's own post.

        What hangs on it goes with it: comments and replies, reactions, and what feeds and notices
        told of them.
        """

        def unit(transaction: Transaction) -> None:
            found = self._find(transaction, post)
            if found.comment is None:
                if found.post.author != self._actor:
                    raise NotFound
                untell_thread(transaction, found.post, None)
                transaction.delete_post(found.post.id)
                return
            if self._actor not in (found.comment.author, found.post.author):
                raise NotFound
            untell_thread(transaction, found.post, found.comment)
            transaction.delete_comment(found.comment.id)

        def commenters(snapshot: Snapshot) -> frozenset[MemberId]:
            under = snapshot.comments_on(self._find(snapshot, post).post.id, None, None)
            return frozenset(comment.author for comment in under)

        touched = frozenset(self._touched(post)) | self._charter.store.read(commenters)
        self._charter.store.write(touched, unit)

    def _touched(self, post: str) -> tuple[MemberId, ...]:
        """What a write under a post touches; refuses in the same way whatever is wrong with it."""

        def unit(snapshot: Snapshot) -> tuple[MemberId, ...]:
            found = self._find(snapshot, post)
            commenter = () if found.comment is None else (found.comment.author,)
            # What hangs on a post may lie apart from its author, and be seen later than what is theirs.
            return (self._actor, found.post.author, *commenter, MemberId(found.post.id))

        return self._charter.store.read(unit)
