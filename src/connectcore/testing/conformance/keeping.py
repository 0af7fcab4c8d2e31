"""Values to keep in a store, and the few ways in which checks write and read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from attrs import evolve

from connectcore.activities import PostCommentedOn, PostPublished, PostReactedTo
from connectcore.audiences import Audience
from connectcore.channels import NoticeKind
from connectcore.journal import JournalEntry
from connectcore.members import Member, MemberId
from connectcore.notices import Notice
from connectcore.posts import Comment, Post, Reacted, Reaction
from connectcore.profiles import Profile
from connectcore.relationships import (
    InvitationAccepted,
    InvitationSent,
    PairEvent,
    Relationship,
    Strangers,
    transition,
)
from connectcore.settings import Settings
from connectcore.storage import REGISTERS, Snapshot, Store, Transaction
from connectcore.testing.worlds import NOON, person

T = TypeVar("T")

ADA, BOB, CAT = MemberId("ada"), MemberId("bob"), MemberId("cat")
DAN, EVE = MemberId("dan"), MemberId("eve")
EVERYBODY = (ADA, BOB, CAT, DAN, EVE)
OPEN_LISTS = (None, None, None)
"""For `degrees`: no list of connections keeps anybody off a path."""

HALF_OPEN_LISTS = (Audience.ONLY_ME, Audience.CONNECTIONS, Audience.CONNECTIONS)


def day(number: float) -> datetime:
    """A moment so many days after noon."""
    return NOON + timedelta(days=number)


def write(store: Store, unit: Callable[[Transaction], T]) -> T:
    """Run *unit* in a write that names everybody."""
    return store.write(EVERYBODY, unit)


def read(store: Store, unit: Callable[[Snapshot], T]) -> T:
    """Run *unit* in a read."""
    return store.read(unit)


def happen(store: Store, *events: PairEvent) -> None:
    """Record *events* one after the other, each with the relationship that it leads to."""
    write(store, recording(*events))


def recording(*events: PairEvent) -> Callable[[Transaction], None]:
    """A unit that records *events*, as `happen` does."""

    def unit(transaction: Transaction) -> None:
        for event in events:
            state = transaction.relationships(event.by, (event.to,))[event.to]
            transaction.record(event, transition(state, event))

    return unit


def sent(by: str, to: str, at: datetime = NOON, note: str = "") -> InvitationSent:
    """An invitation."""
    return InvitationSent(by=by, to=to, at=at, note=note)


def connecting(one: str, other: str, at: datetime = NOON) -> tuple[PairEvent, PairEvent]:
    """The two events that make a connection."""
    return sent(one, other, at), InvitationAccepted(by=other, to=one, at=at)


def connect(store: Store, *pairs: tuple[str, str]) -> None:
    """Connect *pairs* at noon."""
    happen(store, *(event for pair in pairs for event in connecting(*pair)))


def join(store: Store, *members: str, connections: Audience = Audience.CONNECTIONS) -> None:
    """Add *members*, all with the same audience for their lists of connections."""
    join_each(store, dict.fromkeys(map(MemberId, members), connections))


def join_each(store: Store, lists: Mapping[MemberId, Audience]) -> None:
    """Add members, each with the audience for their list of connections."""

    def unit(transaction: Transaction) -> None:
        for member, connections in lists.items():
            transaction.put_member(member_of(member, Settings(connections=connections)))

    write(store, unit)


def member_of(member: str, settings: Settings = Settings()) -> Member[Profile]:
    """A member who joined at noon."""
    return evolve(person(member, settings=settings), joined_at=NOON)


def between(store: Store, one: str, other: str) -> tuple[Relationship, Relationship]:
    """What two members are to each other, as each of the two finds it."""
    first, second = MemberId(one), MemberId(other)
    return read(
        store,
        lambda snapshot: (
            snapshot.relationships(first, (second,))[second],
            snapshot.relationships(second, (first,))[first],
        ),
    )


def post_of(author: str, number: int = 1, at: datetime = NOON) -> Post:
    """A post for everybody."""
    return Post(
        id=f"{author}-post-{number}", author=author, at=at, text="Text", audience=Audience.EVERYONE
    )


def comment_of(author: str, post: Post, number: int = 1, at: datetime = NOON) -> Comment:
    """A comment under *post*."""
    return Comment(
        id=f"{author}-comment-{number}", post=post.id, author=author, at=at, text="Comment"
    )


def reaction_of(
    member: str, post: Post, comment: Comment | None = None, reaction: Reaction = Reaction.LIKE
) -> Reacted:
    """A reaction at noon to *post*, or to *comment* under it."""
    target = None if comment is None else comment.id
    return Reacted(post=post.id, comment=target, member=member, at=NOON, reaction=reaction)


def told_of_post(post: Post) -> PostPublished:
    """The activity that tells of *post*."""
    return PostPublished(id=f"told-{post.id}", actor=post.author, at=post.at, post=post.id)


def told_of_comment(comment: Comment, post: Post) -> PostCommentedOn:
    """The activity that tells of *comment*."""
    return PostCommentedOn(
        id=f"told-{comment.id}",
        actor=comment.author,
        at=comment.at,
        post=post.id,
        author=post.author,
        comment=comment.id,
    )


def told_of_reaction(reacted: Reacted, post: Post, comment: Comment | None = None) -> PostReactedTo:
    """The activity that tells of a reaction."""
    return PostReactedTo(
        id=f"told-{reacted.member}-{reacted.comment or reacted.post}",
        actor=reacted.member,
        at=reacted.at,
        post=post.id,
        author=post.author,
        comment=reacted.comment,
        commenter=None if comment is None else comment.author,
    )


def notice_of(to: str, actor: str, at: datetime = NOON) -> Notice:
    """What *to* is told of an invitation by *actor*."""
    kind = NoticeKind.INVITATION_RECEIVED
    return Notice(id=f"notice-{actor}-{at:%d}", kind=kind, to=to, actor=actor, at=at)


def journalled(notice: Notice) -> JournalEntry:
    """The entry of the journal for *notice*."""
    return JournalEntry(
        id=notice.id, owner=notice.to, other=notice.actor, due_at=notice.at, happening=notice
    )


def kept(store: Store, members: Iterable[MemberId] = EVERYBODY) -> dict[str, object]:
    """The answers of every read, as values that later writes leave alone."""
    return read(store, lambda snapshot: everything(snapshot, tuple(members)))


def everything(snapshot: Snapshot, members: tuple[MemberId, ...]) -> dict[str, object]:
    """The answers of every read of a snapshot, as `kept` gives them."""
    answers: dict[str, object] = {"members": dict(snapshot.members(members))}
    answers["neighbours"] = {m: set(near) for m, near in snapshot.neighbours(members).items()}
    answers["standings"] = dict(snapshot.standings(members, since=day(-365), pending_since=None))
    told = snapshot.activities_of(members, None, 1000)
    written = {member: [*snapshot.posts_of(member, None, 1000)] for member in members}
    about = [activity.about for activity in told if activity.about]
    known = dict.fromkeys([*(post.id for posts in written.values() for post in posts), *about])
    answers["journal"] = list(snapshot.journal(day(3650), 1000))
    for register in REGISTERS:
        answers[register.name] = list(snapshot.entries(register, members))
    answers["activities together"] = list(told)
    answers["posts"] = dict(snapshot.posts(known))
    for post in known:
        comments = [*snapshot.comments_on(post, None, None)]
        ids = [comment.id for comment in comments]
        answers[f"comments on {post}"] = comments
        answers[f"comments {post}"] = dict(snapshot.comments(ids))
        answers[f"reactions to {post}"] = {
            target: list(snapshot.reactions_to(post, target)) for target in (None, *ids)
        }
    for member in members:
        others = [other for other in members if other != member]
        answers[member] = {
            "relationships": dict(snapshot.relationships(member, others)),
            "degrees": dict(snapshot.degrees(member, others, OPEN_LISTS)),
            "degrees by open lists": dict(snapshot.degrees(member, others, HALF_OPEN_LISTS)),
            "shared": {o: set(snapshot.shared(member, o)) for o in others if o > member},
            "following": set(snapshot.following(member)),
            "mutes": dict(snapshot.mutes(member)),
            "connections": list(snapshot.connections(member, None, None)),
            "received": list(snapshot.received(member, None, 1000)),
            "sent": list(snapshot.sent(member, None, 1000)),
            "blocks": list(snapshot.blocks(member, None, 1000)),
            "activities": list(snapshot.activities_of((member,), None, 1000)),
            "posts": written[member],
        }
    return answers


NOTHING_BETWEEN = (Strangers(), Strangers())
"""What two members are to each other who never met, as each of the two finds it."""
