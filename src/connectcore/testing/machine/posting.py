"""Posts, comments and reactions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, multiple, rule

from connectcore.audiences import Audience
from connectcore.network import ActingMember
from connectcore.posts import Reaction
from connectcore.profiles import Profile
from connectcore.testing.machine.choosing import Choosing
from connectcore.testing.machine.lockstep import audiences, members
from connectcore.testing.model import Model, posting

__all__ = ["Posting"]

UNDER_POSTS: Mapping[
    str,
    tuple[Callable[[ActingMember[Profile], str], object], Callable[[Model, str, str], object]],
] = {
    "reactions": (
        lambda me, under: {each.member: each.reaction for each in me.posts.reactions(under).items},
        posting.reactions,
    ),
    "comments": (
        lambda me, under: {each.id: each.reply_to for each in me.posts.comments(under).items},
        posting.comments,
    ),
    "count of reactions": (
        lambda me, under: sum(count for _, count in me.posts.read(under).reactions),
        lambda model, by, under: len(posting.reactions(model, by, under)),
    ),
    "count of comments": (
        lambda me, under: me.posts.read(under).comments,
        lambda model, by, under: len(posting.comments(model, by, under)),
    ),
}
"""What members read under a post, and what the model expects them to read."""


class Posting(Choosing):
    """A machine in which members also publish, comment and react."""

    written: Bundle[str] = Bundle("written")

    @rule(target=written, by=members, audience=st.none() | audiences)
    def publish(self, by: str, audience: Audience | None) -> MultipleResults[str]:
        """Publish a post for some audience, or for the usual one."""
        post = self.does(
            by,
            lambda me: me.posts.publish("A thought.", audience=audience),
            lambda new: posting.publish(self.model, by, audience, new),
        )
        return multiple() if post is None else multiple(post.id)

    @rule(target=written, by=members, under=written)
    def comment(self, by: str, under: str) -> MultipleResults[str]:
        """Comment on a post, or reply to a comment."""
        comment = self.does(
            by,
            lambda me: me.posts.comment(under, "Well said."),
            lambda new: posting.comment(self.model, by, under, new),
        )
        return multiple() if comment is None else multiple(comment.id)

    @rule(by=members, under=written, reaction=st.sampled_from(Reaction))
    def react(self, by: str, under: str, reaction: Reaction) -> None:
        """React to a post or a comment."""
        self.does(
            by,
            lambda me: me.posts.react(under, reaction),
            lambda _: posting.react(self.model, by, under, reaction),
        )

    @rule(by=members, under=written)
    def unreact(self, by: str, under: str) -> None:
        """Take a reaction back."""
        self.does(
            by,
            lambda me: me.posts.unreact(under),
            lambda _: posting.unreact(self.model, by, under),
        )

    @rule(by=members, under=written)
    def retract(self, by: str, under: str) -> None:
        """Retract a post or a comment."""
        self.does(
            by,
            lambda me: me.posts.retract(under),
            lambda _: posting.retract(self.model, by, under),
        )

    @rule(viewer=members, under=written)
    def read(self, viewer: str, under: str) -> None:
        """Compare what *viewer* may read of a post or a comment."""
        for what, (read, expected) in UNDER_POSTS.items():
            self.shows(what, viewer, read, expected, under)
