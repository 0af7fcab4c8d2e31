"""Where in memory somebody is to be found: what is theirs, and what of others names them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, final

from attrs import frozen

from connectcore.activities import ActivityKey
from connectcore.journal import JournalEntry
from connectcore.members import MemberId
from connectcore.posts import Comment, Post, Reacted
from connectcore.registers import Key, Register
from connectcore.storage.memory.shelves import Memory

__all__ = ["Traces"]


@final
@frozen
class Traces:
    """Every trace of `member`; each is looked for everywhere, so no index of them names anybody."""

    memory: Memory
    member: MemberId

    def owners(self) -> Iterator[MemberId]:
        """Whose things they are in, some more than once."""
        memory = self.memory
        if self.member in memory.shelves:
            yield from memory.shelves[self.member].relationships
        yield from self.muted_by()
        yield from (owner for owner, _, _ in self.entries())
        yield from (owner for owner, _ in self.activities())
        yield from (entry.owner for entry in self.journal())
        yield from (memory.posts[comment.post].author for comment in self.comments())
        yield from (memory.posts[reacted.post].author for reacted in self.reactions())

    def posts(self) -> list[Post]:
        """What they published."""
        return [post for post in self.memory.posts.values() if post.author == self.member]

    def comments(self) -> list[Comment]:
        """What they wrote under posts."""
        return [each for each in self.memory.comments.values() if each.author == self.member]

    def reactions(self) -> list[Reacted]:
        """What they reacted to, in whatever way."""
        return [
            reactions[self.member]
            for thread in self.memory.threads.values()
            for reactions in thread.reactions.values()
            if self.member in reactions
        ]

    def activities(self) -> list[tuple[MemberId, ActivityKey]]:
        """What they did, what names them, and what tells of a post of theirs."""
        theirs = {post.id for post in self.posts()}
        return [
            (owner, activity.key)
            for owner, shelf in self.memory.shelves.items()
            for activity in shelf.activities.values()
            if self.member in (owner, *activity.names) or activity.about in theirs
        ]

    def muted_by(self) -> list[MemberId]:
        """Who muted them."""
        return [owner for owner, shelf in self.memory.shelves.items() if self.member in shelf.mutes]

    def entries(self) -> list[tuple[MemberId, Register[Any], Key]]:
        """What they keep in registers, and what others keep there about them."""
        return [
            (owner, register, register.key(entry))
            for owner, shelf in self.memory.shelves.items()
            for register, file in shelf.files.items()
            for entry in file.entries.values()
            if self.member in (owner, register.other(entry))
        ]

    def journal(self) -> list[JournalEntry]:
        """What waits in the journal and is theirs or about them."""
        return [
            entry
            for _, entry in self.memory.journal.values()
            if self.member in (entry.owner, entry.other)
        ]
