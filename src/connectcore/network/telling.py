"""Telling somebody, in the transaction in which it happens."""

from __future__ import annotations

from datetime import datetime

from connectcore.channels import NoticeKind
from connectcore.journal import JournalEntry
from connectcore.members import MemberId
from connectcore.network.charter import Charter
from connectcore.notices import NOTICES, Notice
from connectcore.profiles import ProfileT
from connectcore.storage import Transaction

__all__ = ["tell", "untell"]


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
    if to == actor:
        return
    settings = transaction.members((to,))[to].settings
    if not settings.notices.of(kind):
        return
    notice = Notice(id=charter.new_id(), kind=kind, to=to, actor=actor, at=at, about=about)
    transaction.enter(NOTICES, to, notice)
    if Notice in charter.journal:
        transaction.write_down(
            JournalEntry(id=notice.id, owner=to, other=actor, due_at=at, happening=notice)
        )


def untell(
    transaction: Transaction, kind: NoticeKind, *, to: MemberId, actor: MemberId, about: str = ""
) -> None:
    """Take a notice back, if there is one: what it tells of was undone."""
    transaction.strike(NOTICES, to, (kind.value, actor, about))
