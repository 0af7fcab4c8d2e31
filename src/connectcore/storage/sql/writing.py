"""Writing to the tables."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from datetime import datetime
from secrets import token_hex
from typing import TypeVar, final

from connectcore.activities import Activity, ActivityKey
from connectcore.journal import JournalEntry
from connectcore.members import Member, MemberId
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted
from connectcore.profiles import Profile
from connectcore.registers import Key, Register, key_text
from connectcore.relationships import (
    Blocked,
    Connected,
    InvitationReported,
    InvitationSent,
    Invited,
    MemberBlocked,
    PairEvent,
    Relationship,
)
from connectcore.storage.sql.desk import Values
from connectcore.storage.sql.reading import SqlSnapshot
from connectcore.storage.sql.threads import (
    remove_comments,
    remove_posts,
    target_of,
)
from connectcore.storage.sql.traces import forget

__all__ = ["SqlTransaction"]

T = TypeVar("T")


@final
class SqlTransaction(SqlSnapshot):
    """Writes with the connection of a transaction, and reads what it wrote."""

    def put_member(self, member: Member[Profile]) -> None:
        self._known.pop(member.id, None)
        row = {
            "id": member.id,
            "lists": member.settings.connections.value,
            "document": self._documents.write_member(member),
        }
        self._desk.put(self._tables.members, row)

    def record(self, event: PairEvent, relationship: Relationship) -> None:
        state, document = self._documents.write_state(relationship)
        for owner, other in ((event.by, event.to), (event.to, event.by)):
            row: dict[str, object] = {"owner": owner, "other": other}
            row |= {"state": state, "document": document}
            self._desk.put(self._tables.relationships, row | _standing_of(relationship, owner))
        match event:
            case InvitationSent():
                self._count("sent", event.by, event.to, event.at, noted=bool(event.note))
            case InvitationReported():
                self._count("reported", event.to, event.by, event.at, noted=False)
            case _:
                pass

    def _count(
        self, kind: str, owner: MemberId, other: MemberId, at: datetime, *, noted: bool
    ) -> None:
        row = {"owner": owner, "id": token_hex(16), "kind": kind, "at": at, "noted": noted}
        self._desk.put(self._tables.tallies, {**row, "other": other})

    def mute(self, member: MemberId, other: MemberId, until: datetime | None) -> None:
        self._desk.put(self._tables.mutes, {"owner": member, "other": other, "until": until})

    def unmute(self, member: MemberId, other: MemberId) -> None:
        self._desk.drop(self._tables.mutes, {"owner": member, "other": other})

    def publish(self, activity: Activity) -> None:
        at, mark = activity.mark
        row = {
            "actor": activity.actor,
            "key": key_text(activity.key),
            "at": at,
            "mark": mark,
            "kind": activity.kind,
            "about": activity.about,
            "document": self._documents.write_activity(activity),
        }
        self._desk.put(self._tables.activities, row)
        for name in activity.names:
            mention = {"actor": row["actor"], "key": row["key"], "name": name}
            self._desk.put(self._tables.mentions, mention)

    def retract(self, actor: MemberId, key: ActivityKey) -> None:
        its = {"actor": actor, "key": key_text(key)}
        self._desk.drop(self._tables.mentions, its)
        self._desk.drop(self._tables.activities, its)

    def put_post(self, post: Post) -> None:
        row = {"id": post.id, "author": post.author, "at": post.at}
        document = self._documents.write(post, Post)
        self._desk.put_new(self._tables.posts, {**row, "document": document})
        self._desk.put(
            self._tables.authorships, {"author": post.author, "post": post.id, "at": post.at}
        )

    def delete_post(self, post: PostId) -> None:
        remove_posts(self._desk, (post,))

    def put_comment(self, comment: Comment) -> None:
        place = {"id": comment.id, "post": comment.post}
        self._desk.put_new(self._tables.comment_places, place)
        document = self._documents.write(comment, Comment)
        row = {**place, "author": comment.author, "at": comment.at, "document": document}
        self._desk.put(self._tables.comments, row)

    def delete_comment(self, comment: CommentId) -> None:
        remove_comments(self._desk, (comment,))

    def put_reaction(self, reacted: Reacted) -> None:
        row = {
            "post": reacted.post,
            "target": target_of(reacted.comment),
            "member": reacted.member,
            "at": reacted.at,
            "document": self._documents.write(reacted, Reacted),
        }
        self._desk.put(self._tables.reactions, row)

    def delete_reaction(self, post: PostId, comment: CommentId | None, member: MemberId) -> None:
        its = {"post": post, "target": target_of(comment), "member": member}
        self._desk.drop(self._tables.reactions, its)

    def enter(self, register: Register[T], owner: MemberId, entry: T) -> None:
        at, key = register.mark(entry)
        row = {
            "owner": owner,
            "register": register.name,
            "key": key,
            "at": at,
            "other": register.other(entry),
            "document": self._documents.write(entry, register.holds),
        }
        self._desk.put(self._tables.entries, row)

    def strike(self, register: Register[T], owner: MemberId, key: Key) -> None:
        its = {"owner": owner, "register": register.name, "key": key_text(key)}
        self._desk.drop(self._tables.entries, its)

    def write_down(self, entry: JournalEntry) -> None:
        """Give the entry a place after the last one of its owner, and about as late as it is."""
        row: Values = {
            "owner": entry.owner,
            "place": time.time_ns(),
            "id": entry.id,
            "other": entry.other,
            "due_at": entry.due_at,
            "document": self._documents.write(entry, JournalEntry),
        }
        self._desk.put_last(self._tables.journal, row)

    def settle(self, owner: MemberId, ids: Collection[str]) -> None:
        for entry in ids:
            self._desk.drop(self._tables.journal, {"owner": owner, "id": entry})

    def forget(self, member: MemberId) -> Sequence[MemberBlocked]:
        self._known.pop(member, None)
        return forget(self._desk, member)


def _standing_of(state: Relationship, owner: MemberId) -> dict[str, object]:
    """Where what two are to each other is to be found among the things of *owner*."""
    place, at = _place_of(state, owner)
    return {
        "place": place,
        "at": at,
        "barred": isinstance(state, Blocked),
        "follows": not isinstance(state, Blocked) and owner in state.follows,
    }


def _place_of(state: Relationship, owner: MemberId) -> tuple[str, datetime] | tuple[None, None]:
    match state:
        case Connected(since=since):
            return "connected", since
        case Invited(invitation=invitation) if invitation.inviter == owner:
            return "sent", invitation.sent_at
        case Invited(invitation=invitation, set_aside=None):
            return "received", invitation.sent_at
        case Blocked(blocks=blocks):
            own = next((block.at for block in blocks if block.by == owner), None)
            return (None, None) if own is None else ("blocks", own)
        case _:
            return None, None
