"""Storage as protocols, with one promise about concurrency.

**Writes that name a member in common never overlap; a read sees one instant.**

From it follow one relationship a pair, one way out of a pending invitation, exact limits and a
block that holds.
How a store keeps it is its own affair.

A unit of work is a function of a `Snapshot` or a `Transaction`, which are good only while it runs.
A store may run a unit again, after a deadlock for example, so a unit does nothing but read, decide
and write.
If it raises, whatever it raises, nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Protocol, TypeAlias, TypeVar

from connectcore.activities import Activity, ActivityKey
from connectcore.addresses import ADDRESS_HOLDERS, CONFIRMED_ADDRESSES
from connectcore.audiences import Audience
from connectcore.contacts import CONTACTS
from connectcore.endorsements import (
    ENDORSEMENTS_ASKED,
    ENDORSEMENTS_GIVEN,
    ENDORSEMENTS_RECEIVED,
    ENDORSEMENTS_REQUESTED,
    ENDORSEMENTS_SET_ASIDE,
)
from connectcore.erasure import KEPT_BLOCKS
from connectcore.graph import Degree
from connectcore.guests import ADDRESSES_INVITED, MAIL_REFUSED, TURNED_AWAY
from connectcore.journal import JournalEntry
from connectcore.members import Member, MemberId
from connectcore.messages import (
    CONVERSATIONS,
    CORRESPONDENTS,
    MESSAGE_STANDINGS,
    MESSAGES,
    REQUESTS_RECEIVED,
    REQUESTS_SENT,
    UNREAD,
)
from connectcore.notices import NOTICES, SEEN
from connectcore.pages import Mark
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted, ReactionKey
from connectcore.profiles import Profile
from connectcore.proposals import Standing
from connectcore.recommendations import (
    RECOMMENDATIONS_ASKED,
    RECOMMENDATIONS_RECEIVED,
    RECOMMENDATIONS_REQUESTED,
    RECOMMENDATIONS_WRITTEN,
)
from connectcore.registers import Key, Register
from connectcore.relationships import (
    Connection,
    MemberBlocked,
    Pair,
    PairEvent,
    PendingInvitation,
    Relationship,
)

__all__ = ["REGISTERS", "ClosedLists", "Read", "Snapshot", "Store", "Transaction"]

T = TypeVar("T")

REGISTERS: tuple[Register[Any], ...] = (
    *(KEPT_BLOCKS, NOTICES, SEEN),
    *(MESSAGES, CONVERSATIONS, UNREAD, REQUESTS_RECEIVED, REQUESTS_SENT),
    *(CORRESPONDENTS, MESSAGE_STANDINGS),
    *(ENDORSEMENTS_RECEIVED, ENDORSEMENTS_GIVEN, ENDORSEMENTS_SET_ASIDE),
    *(ENDORSEMENTS_ASKED, ENDORSEMENTS_REQUESTED),
    *(RECOMMENDATIONS_RECEIVED, RECOMMENDATIONS_WRITTEN),
    *(RECOMMENDATIONS_ASKED, RECOMMENDATIONS_REQUESTED),
    *(CONFIRMED_ADDRESSES, ADDRESS_HOLDERS, CONTACTS),
    *(ADDRESSES_INVITED, TURNED_AWAY, MAIL_REFUSED),
)
"""Every register that the library keeps."""

ClosedLists: TypeAlias = tuple[Audience | None, Audience | None, Audience | None]
"""For distance one, two and three: the widest list audience that keeps a member off a path."""


Read: TypeAlias = "Callable[[Snapshot], object]"
"""One call of a snapshot, whose answer is of no account."""


class Snapshot(Protocol):
    """What a unit of work can read; all of it at one instant.

    What it gives is good only while the unit runs.
    Batch reads leave out what is not there.
    Listings are newest first by `(at, id)`, begin below the mark *before*, and hold at most
    *limit* entries.
    """

    def members(self, ids: Collection[MemberId]) -> Mapping[MemberId, Member[Profile]]:
        """The members among *ids* who are there."""
        ...

    def relationships(
        self, viewer: MemberId, others: Collection[MemberId]
    ) -> Mapping[MemberId, Relationship]:
        """What *viewer* and each of *others* are to each other; `Strangers()` where nothing is."""
        ...

    def between(self, pairs: Collection[Pair]) -> Mapping[Pair, Relationship]:
        """What the two of each of *pairs* are to each other; `Strangers()` where nothing is."""
        ...

    def degrees(
        self, viewer: MemberId, others: Collection[MemberId], closed: ClosedLists
    ) -> Mapping[MemberId, Degree]:
        """How far each of *others* is from *viewer*, as `graph.degree` defines it."""
        ...

    def neighbours(self, ids: Collection[MemberId]) -> Mapping[MemberId, AbstractSet[MemberId]]:
        """The connections of each of *ids*, empty for those who have none."""
        ...

    def shared(self, one: MemberId, other: MemberId) -> AbstractSet[MemberId]:
        """The members connected with both."""
        ...

    def following(self, member: MemberId) -> AbstractSet[MemberId]:
        """Those whom *member* follows."""
        ...

    def mutes(self, member: MemberId) -> Mapping[MemberId, datetime | None]:
        """Those whom *member* muted, with the moment at which the mute ends, if it does."""
        ...

    def standings(
        self, ids: Collection[MemberId], *, since: datetime, pending_since: datetime | None
    ) -> Mapping[MemberId, Standing]:
        """The counts behind the limits of each of *ids*.

        Invitations sent up to *since* are not remembered; those sent up to *pending_since* have
        expired and are not pending.
        """
        ...

    def connections(
        self, owner: MemberId, before: Mark | None, limit: int | None
    ) -> Sequence[Connection]:
        """A part of the list of connections, by moment and the other's id; no *limit* is all."""
        ...

    def received(
        self, owner: MemberId, before: Mark | None, limit: int, *, since: datetime | None = None
    ) -> Sequence[PendingInvitation]:
        """Invitations that wait for *owner*, all sent after *since*, less those set aside."""
        ...

    def sent(
        self, owner: MemberId, before: Mark | None, limit: int, *, since: datetime | None = None
    ) -> Sequence[PendingInvitation]:
        """Invitations that *owner* sent, all after *since*, and sees pending."""
        ...

    def blocks(self, owner: MemberId, before: Mark | None, limit: int) -> Sequence[MemberBlocked]:
        """The blocks that *owner* set."""
        ...

    def activities_of(
        self,
        actors: Collection[MemberId],
        before: Mark | None,
        limit: int | None,
        *,
        since: datetime | None = None,
    ) -> Sequence[Activity]:
        """What *actors* did, all later than *since*; no *limit* is all."""
        ...

    def posts(self, ids: Collection[PostId]) -> Mapping[PostId, Post]:
        """The posts among *ids* that are there."""
        ...

    def posts_of(self, author: MemberId, before: Mark | None, limit: int) -> Sequence[Post]:
        """What *author* published."""
        ...

    def comments(self, ids: Collection[CommentId]) -> Mapping[CommentId, Comment]:
        """The comments among *ids* that are there."""
        ...

    def comments_on(
        self, post: PostId, before: Mark | None, limit: int | None
    ) -> Sequence[Comment]:
        """The comments under a post; all of them without a *limit*."""
        ...

    def reactions(self, keys: Collection[ReactionKey]) -> Mapping[ReactionKey, Reacted]:
        """The reactions with *keys* that are there."""
        ...

    def reactions_to(self, post: PostId, comment: CommentId | None) -> Sequence[Reacted]:
        """All reactions to a post itself, or to one comment under it."""
        ...

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
        """What *owners* keep in a register, all later than *since*, and all about *other* if named.

        Without a *limit*, all of it.
        """
        ...

    def entry(self, register: Register[T], owner: MemberId, key: Key) -> T | None:
        """The entry with a key in the register of *owner*, if it is there."""
        ...

    def journal(
        self,
        due_at: datetime,
        limit: int | None,
        owners: Collection[MemberId] | None = None,
    ) -> Sequence[JournalEntry]:
        """What was written down, is not settled and is due; those of one owner in their order.

        That of *owners* alone, if they are named; without a *limit*, all of it.
        """
        ...

    def surroundings(self, member: MemberId) -> AbstractSet[MemberId]:
        """Everybody else from whom something would go if *member* were forgotten.

        That is whoever has a relationship with them, muted them, keeps an entry about them in a
        register or waits for one in the journal, wrote a post under which they commented or reacted,
        or did something of which an activity names them or tells of a post of theirs.
        """
        ...

    def key(self) -> bytes:
        """At least 32 random bytes of this store's own, which it made once and keeps."""
        ...

    def read_ahead(self, *reads: Read) -> None:
        """Be told what the unit is about to read, so that it may be read all at once.

        No answer depends on it: a store that gains nothing by it does nothing.
        """
        ...


class Transaction(Snapshot, Protocol):
    """What a unit of work can read and write; it reads what it wrote."""

    def put_member(self, member: Member[Profile]) -> None:
        """Add a member, or put another value in the place of the one with this id."""
        ...

    def record(self, event: PairEvent, relationship: Relationship) -> None:
        """Keep what happened between two members, and what they are to each other after it."""
        ...

    def mute(self, member: MemberId, other: MemberId, until: datetime | None) -> None:
        """Keep that *member* muted *other*."""
        ...

    def unmute(self, member: MemberId, other: MemberId) -> None:
        """Forget that *member* muted *other*."""
        ...

    def publish(self, activity: Activity) -> None:
        """Add an activity, in the place of one by the same actor with the same key."""
        ...

    def retract(self, actor: MemberId, key: ActivityKey) -> None:
        """Take an activity away, if it is there."""
        ...

    def put_post(self, post: Post) -> None:
        """Add a post; raise `InvalidValue` if its id is taken."""
        ...

    def delete_post(self, post: PostId) -> None:
        """Take away a post with its comments, their reactions and every activity about it."""
        ...

    def put_comment(self, comment: Comment) -> None:
        """Add a comment; raise `InvalidValue` if its id is taken."""
        ...

    def delete_comment(self, comment: CommentId) -> None:
        """Take away a comment with all replies, reactions and activities that hang on it."""
        ...

    def put_reaction(self, reacted: Reacted) -> None:
        """Add a reaction, in the place of an older one by the same member."""
        ...

    def delete_reaction(self, post: PostId, comment: CommentId | None, member: MemberId) -> None:
        """Take a reaction away, if it is there."""
        ...

    def enter(self, register: Register[T], owner: MemberId, entry: T) -> None:
        """Add an entry to the register of *owner*, in the place of one with the same key."""
        ...

    def strike(self, register: Register[T], owner: MemberId, key: Key) -> None:
        """Take the entry with a key out of the register of *owner*, if it is there."""
        ...

    def write_down(self, entry: JournalEntry) -> None:
        """Add an entry to the journal, after all that its owner has there.

        One with an id that its owner has there already takes the place of that one.
        """
        ...

    def settle(self, owner: MemberId, ids: Collection[str]) -> None:
        """Take entries of *owner* out of the journal, if they are there."""
        ...

    def forget(self, member: MemberId) -> Sequence[MemberBlocked]:
        """Take away all that is of *member* or names them; give the blocks that others set of them.

        All of it: the member, their relationships, mutes by and of them, register and journal
        entries that are theirs or about them, activities by them or with their name or about their
        posts, their posts and comments with all that hangs on them, and their reactions.
        The counts of others stay as they are: how many invitations they sent, also those to
        *member*, and how often they were reported, also by *member*; to and by whom is not kept.
        Forgetting somebody who is not there takes away whatever there is of them all the same.
        """
        ...


class Store(Protocol):
    """Where a network is kept."""

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on one instant and give back what it gives."""
        ...

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* apart from every other write that names one of *members*.

        *members* are those whose relationships, limits or belongings the unit changes; what hangs
        on a post belongs to its author, and to the post, which is named like a member.
        """
        ...
