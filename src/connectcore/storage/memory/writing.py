"""Writing to the memory store, with a log that undoes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar, final

from connectcore.activities import Activity, ActivityKey, PostCommentedOn, PostReactedTo
from connectcore.errors import InvalidValue
from connectcore.journal import JournalEntry
from connectcore.members import Member, MemberId
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted, with_replies
from connectcore.profiles import Profile
from connectcore.registers import Key, Register
from connectcore.relationships import (
    Blocked,
    InvitationReported,
    InvitationSent,
    MemberBlocked,
    PairEvent,
    Relationship,
)
from connectcore.storage.memory.reading import STRANGERS, MemorySnapshot
from connectcore.storage.memory.shelves import Memory, Shelf, UndoLog, places
from connectcore.storage.memory.traces import Traces

__all__ = ["MemoryTransaction"]

K = TypeVar("K")
T = TypeVar("T")


@final
class MemoryTransaction(MemorySnapshot):
    """Changes it, and remembers in `log` how to undo that."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory)
        self.log: UndoLog = UndoLog()

    def put_member(self, member: Member[Profile]) -> None:
        known = self._memory.members.get(member.id)
        for audience, closed in self._memory.closed.items():
            opens_further = member.settings.connections > audience
            if known is not None and not known.settings.connections > audience:
                if opens_further:
                    self.log.discard(closed, member.id)
            elif not opens_further:
                self.log.add(closed, member.id)
        self.log.put(self._memory.members, member.id, member)

    def record(self, event: PairEvent, relationship: Relationship) -> None:
        for owner, other in ((event.by, event.to), (event.to, event.by)):
            shelf = self._memory.shelves[owner]
            former = shelf.relationships.get(other, STRANGERS)
            for collection, entry in places(shelf, owner, other, former):
                self.log.discard(collection, entry)
            for collection, entry in places(shelf, owner, other, relationship):
                self.log.add(collection, entry)
            self.log.put(shelf.relationships, other, relationship)
        self._count(event)

    def mute(self, member: MemberId, other: MemberId, until: datetime | None) -> None:
        self.log.put(self._memory.shelves[member].mutes, other, until)

    def unmute(self, member: MemberId, other: MemberId) -> None:
        mutes = self._memory.shelves[member].mutes
        if other in mutes:
            self.log.drop(mutes, other)

    def publish(self, activity: Activity) -> None:
        shelf, key, mark = self._memory.shelves[activity.actor], activity.key, activity.mark
        if key in shelf.activity_marks:
            self.retract(activity.actor, key)
        self.log.put(shelf.activities, mark, activity)
        self.log.put(shelf.activity_marks, key, mark)
        self.log.add(shelf.activity_order, mark)
        if activity.about is not None:
            told = self._memory.threads[activity.about].activities
            self.log.add(told, (activity.actor, key))

    def retract(self, actor: MemberId, key: ActivityKey) -> None:
        shelf = self._memory.shelves[actor]
        mark = shelf.activity_marks.get(key)
        if mark is None:
            return
        activity = shelf.activities[mark]
        self.log.drop(shelf.activities, mark)
        self.log.drop(shelf.activity_marks, key)
        self.log.discard(shelf.activity_order, mark)
        if activity.about is not None:
            self.log.discard(self._memory.threads[activity.about].activities, (actor, key))

    def put_post(self, post: Post) -> None:
        _check_free(post.id, self._memory.posts)
        self.log.put(self._memory.posts, post.id, post)
        self.log.add(self._memory.shelves[post.author].posts, (post.at, post.id))

    def delete_post(self, post: PostId) -> None:
        removed = self._memory.posts[post]
        thread = self._memory.threads[post]
        for actor, key in list(thread.activities):
            self.retract(actor, key)
        for _, comment in thread.comments.newest(None, None):
            self.log.drop(self._memory.comments, CommentId(comment))
        self.log.drop(self._memory.threads, post)
        self.log.discard(self._memory.shelves[removed.author].posts, (removed.at, post))
        self.log.drop(self._memory.posts, post)

    def put_comment(self, comment: Comment) -> None:
        _check_free(comment.id, self._memory.comments)
        self.log.put(self._memory.comments, comment.id, comment)
        self.log.add(self._memory.threads[comment.post].comments, (comment.at, comment.id))

    def delete_comment(self, comment: CommentId) -> None:
        thread = self._memory.threads[self._memory.comments[comment].post]
        marks = thread.comments.newest(None, None)
        doomed = with_replies(comment, [self._memory.comments[CommentId(c)] for _, c in marks])
        for actor, key in list(thread.activities):
            shelf = self._memory.shelves[actor]
            match shelf.activities[shelf.activity_marks[key]]:
                case PostCommentedOn() | PostReactedTo() as told if told.comment in doomed:
                    self.retract(actor, key)
                case _:
                    pass
        for removed in doomed:
            if removed in thread.reactions:
                self.log.drop(thread.reactions, removed)
            self.log.discard(thread.comments, (self._memory.comments[removed].at, removed))
            self.log.drop(self._memory.comments, removed)

    def put_reaction(self, reacted: Reacted) -> None:
        reactions = self._memory.threads[reacted.post].reactions
        if reacted.comment not in reactions:
            self.log.put(reactions, reacted.comment, {})
        self.log.put(reactions[reacted.comment], reacted.member, reacted)

    def delete_reaction(self, post: PostId, comment: CommentId | None, member: MemberId) -> None:
        reactions = self._thread(post).reactions.get(comment, {})
        if member in reactions:
            self.log.drop(reactions, member)

    def enter(self, register: Register[T], owner: MemberId, entry: T) -> None:
        key, mark = register.key(entry), register.mark(entry)
        self.strike(register, owner, key)
        file = self._memory.shelves[owner].files[register]
        self.log.put(file.entries, mark, entry)
        self.log.put(file.marks, key, mark)
        self.log.add(file.order, mark)

    def strike(self, register: Register[T], owner: MemberId, key: Key) -> None:
        file = self._file(register, owner)
        mark = file.marks.get(key)
        if mark is not None:
            self.log.drop(file.entries, mark)
            self.log.drop(file.marks, key)
            self.log.discard(file.order, mark)

    def write_down(self, entry: JournalEntry) -> None:
        memory, key = self._memory, (entry.owner, entry.id)
        memory.journalled += 1
        place, _ = memory.journal.get(key, (memory.journalled, entry))
        self.log.put(memory.journal, key, (place, entry))

    def settle(self, owner: MemberId, ids: Collection[str]) -> None:
        journal = self._memory.journal
        for key in [(owner, settled) for settled in ids]:
            if key in journal:
                self.log.drop(journal, key)

    def forget(self, member: MemberId) -> Sequence[MemberBlocked]:
        memory, traces = self._memory, Traces(self._memory, member)
        for owner, register, key in traces.entries():
            self.strike(register, owner, key)
        for owner in traces.muted_by():
            self.unmute(owner, member)
        for entry in traces.journal():
            self.settle(entry.owner, (entry.id,))
        for actor, activity in traces.activities():
            self.retract(actor, activity)
        for reacted in traces.reactions():
            self.delete_reaction(reacted.post, reacted.comment, member)
        for post in traces.posts():
            self.delete_post(post.id)
        for comment in traces.comments():
            if comment.id in memory.comments:  # not with another one, to which it was a reply
                self.delete_comment(comment.id)
        for closed in memory.closed.values():
            if member in closed:
                self.log.discard(closed, member)
        if member in memory.members:
            self.log.drop(memory.members, member)
        return self._part_from_all(member)

    def _part_from_all(self, member: MemberId) -> Sequence[MemberBlocked]:
        """Undo what *member* and others are to each other; give the blocks that others had set."""
        blocks: list[MemberBlocked] = []
        if member not in self._memory.shelves:
            return blocks
        for other, state in self._memory.shelves[member].relationships.items():
            shelf = self._memory.shelves[other]
            for collection, entry in places(shelf, other, member, state):
                self.log.discard(collection, entry)
            self.log.drop(shelf.relationships, member)
            self._count_nameless(shelf, member)
            if isinstance(state, Blocked):
                blocks.extend(block for block in state.blocks if block.by == other)
        self.log.drop(self._memory.shelves, member)
        return blocks

    def _count_nameless(self, shelf: Shelf, member: MemberId) -> None:
        """Go on counting what was done to or by *member*, without their name."""
        for counted in (shelf.sent_at, shelf.noted_at, shelf.reported_at):
            for mark in counted.newest(None, None):
                if mark[1] == member:
                    self.log.discard(counted, mark)
                    self.log.add(counted, (mark[0], ""))

    def _count(self, event: PairEvent) -> None:
        match event:
            case InvitationSent():
                shelf, mark = self._memory.shelves[event.by], (event.at, event.to)
                self.log.add(shelf.sent_at, mark)
                if event.note:
                    self.log.add(shelf.noted_at, mark)
            case InvitationReported():
                self.log.add(self._memory.shelves[event.to].reported_at, (event.at, event.by))
            case _:
                pass


def _check_free(wanted: K, taken: Mapping[K, object]) -> None:
    if wanted in taken:
        message = f"the id {wanted!r} is taken; new_id must never give one twice"
        raise InvalidValue(message)
