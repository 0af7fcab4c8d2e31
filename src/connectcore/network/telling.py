"""Telling members and the application, in the transaction in which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from connectcore.channels import NoticeKind, mailed_by
from connectcore.journal import Happening, JournalEntry, Mailing
from connectcore.members import MemberId
from connectcore.network.charter import Charter
from connectcore.notices import NOTICES, Notice
from connectcore.posts import Comment, Post, Reacted, with_replies
from connectcore.profiles import ProfileT
from connectcore.relationships import (
    ConnectionRemoved,
    InvitationAccepted,
    InvitationExpired,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    MemberBlocked,
    PairEvent,
)
from connectcore.storage import Snapshot, Transaction

__all__ = [
    "tell",
    "tell_of",
    "tell_of_comment",
    "tell_of_reaction",
    "untell",
    "untell_reaction",
    "untell_thread",
    "write_down",
]


def tell(
    charter: Charter[ProfileT],
    transaction: Transaction,
    kind: NoticeKind,
    *,
    to: MemberId,
    actor: MemberId,
    at: datetime,
    about: str = "",
) -> None:
    """Tell *to* what *actor* did, if they want to be told; nobody is told of their own doings.

    The write must name *to*.
    """
    recipient = transaction.members((to,)).get(to)
    if recipient is None or to == actor:
        return
    channels = recipient.settings.notices.of(kind)
    if not channels:
        return
    notice = Notice(
        id=charter.new_id(), kind=kind, to=to, actor=actor, at=at, about=about, channels=channels
    )
    transaction.enter(NOTICES, to, notice)
    write_down(charter, transaction, notice, id=notice.id, owner=to, other=actor, due_at=at)
    channel = mailed_by(channels)
    if channel is not None:
        write_down(
            charter,
            transaction,
            Mailing(notice=notice),
            id=f"{notice.id} mail",
            owner=to,
            other=actor,
            due_at=channel.due_at(at),
        )


def untell(
    transaction: Transaction, kind: NoticeKind, *, to: MemberId, actor: MemberId, about: str = ""
) -> None:
    """Take a notice back, if there is one: what it tells of was undone.

    What the journal says of it is passed over when it is read.
    """
    transaction.strike(NOTICES, to, (kind.value, actor, about))


def write_down(
    charter: Charter[ProfileT],
    transaction: Transaction,
    happening: Happening,
    *,
    id: str | None = None,  # noqa: A002 - as every value with an id calls it
    owner: MemberId,
    other: MemberId,
    due_at: datetime,
) -> None:
    """Write *happening* down for the application, if the network was founded to keep such."""
    if isinstance(happening, charter.journal):
        entry = JournalEntry(
            id=charter.new_id() if id is None else id,
            owner=owner,
            other=other,
            due_at=due_at,
            happening=happening,
        )
        transaction.write_down(entry)


def tell_of(charter: Charter[ProfileT], transaction: Transaction, event: PairEvent) -> None:
    """Write *event* down, tell whom it is good news for, and take back what it undoes.

    Nobody learns here that somebody ignored, reported, withdrew, removed, unfollowed or blocked.
    The calls for an event are the same whether or not there is something to take back.
    """
    by, to, at = event.by, event.to, event.at
    write_down(charter, transaction, event, owner=by, other=to, due_at=at)
    match event:
        case InvitationSent():
            tell(charter, transaction, NoticeKind.INVITATION_RECEIVED, to=to, actor=by, at=at)
        case InvitationAccepted():
            untell(transaction, NoticeKind.INVITATION_RECEIVED, to=by, actor=to)
            tell(charter, transaction, NoticeKind.INVITATION_ACCEPTED, to=to, actor=by, at=at)
        case InvitationIgnored() | InvitationReported():
            untell(transaction, NoticeKind.INVITATION_RECEIVED, to=by, actor=to)
        case InvitationWithdrawn() | InvitationExpired():
            untell(transaction, NoticeKind.INVITATION_RECEIVED, to=to, actor=by)
        case ConnectionRemoved() | MemberBlocked():
            for one, other in ((by, to), (to, by)):
                untell(transaction, NoticeKind.INVITATION_RECEIVED, to=one, actor=other)
                untell(transaction, NoticeKind.INVITATION_ACCEPTED, to=one, actor=other)
        case _:
            pass


# ── Under posts ─────────────────────────────────────────────────────────────────────────────────


def tell_of_reaction(
    charter: Charter[ProfileT],
    transaction: Transaction,
    reacted: Reacted,
    post: Post,
    comment: Comment | None,
) -> None:
    """Tell the author of what was reacted to."""
    kind, to, about = _reaction_notice(post, comment)
    tell(charter, transaction, kind, to=to, actor=reacted.member, at=reacted.at, about=about)


def untell_reaction(
    transaction: Transaction, member: MemberId, post: Post, comment: Comment | None
) -> None:
    """Take back what was told of the reaction of *member*."""
    kind, to, about = _reaction_notice(post, comment)
    untell(transaction, kind, to=to, actor=member, about=about)


def tell_of_comment(
    charter: Charter[ProfileT],
    transaction: Transaction,
    comment: Comment,
    post: Post,
    parent: Comment | None,
) -> None:
    """Tell the author of the post, and that of the comment that is replied to; nobody twice."""
    for kind, to in _comment_notices(post, parent):
        tell(
            charter,
            transaction,
            kind,
            to=to,
            actor=comment.author,
            at=comment.at,
            about=comment.id,
        )


def untell_thread(transaction: Transaction, post: Post, comment: Comment | None) -> None:
    """Take back all that was told of *post*, or of a *comment* under it, and of what hangs on it."""
    under = {each.id: each for each in transaction.comments_on(post.id, None, None)}
    doomed = frozenset(under) if comment is None else with_replies(comment.id, under.values())
    comments = [under[found] for found in doomed]
    targets = [*comments, *((None,) if comment is None else ())]
    for target, reactions in _reactions_to(transaction, post, targets):
        for reacted in reactions:
            untell_reaction(transaction, reacted.member, post, target)
    for each in comments:
        parent = None if each.reply_to is None else under.get(each.reply_to)
        for kind, to in _comment_notices(post, parent):
            untell(transaction, kind, to=to, actor=each.author, about=each.id)


def _reactions_to(
    snapshot: Snapshot, post: Post, targets: Sequence[Comment | None]
) -> Sequence[tuple[Comment | None, Sequence[Reacted]]]:
    """The reactions to a post itself, or to comments under it, read together."""

    def read(comment: Comment | None, ahead: Snapshot) -> Sequence[Reacted]:
        return ahead.reactions_to(post.id, None if comment is None else comment.id)

    snapshot.read_ahead(*(partial(read, target) for target in targets))
    return [(target, tuple(read(target, snapshot))) for target in targets]


def _reaction_notice(post: Post, comment: Comment | None) -> tuple[NoticeKind, MemberId, str]:
    if comment is None:
        return NoticeKind.POST_REACTED_TO, post.author, post.id
    return NoticeKind.COMMENT_REACTED_TO, comment.author, comment.id


def _comment_notices(post: Post, parent: Comment | None) -> list[tuple[NoticeKind, MemberId]]:
    if parent is None:
        return [(NoticeKind.POST_COMMENTED_ON, post.author)]
    replied = (NoticeKind.COMMENT_REPLIED_TO, parent.author)
    if parent.author == post.author:
        return [replied]
    return [(NoticeKind.POST_COMMENTED_ON, post.author), replied]
