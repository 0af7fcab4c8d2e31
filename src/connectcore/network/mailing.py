"""Making up mail of what waits in the journal: what goes out together, and what of it may be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias, final

from attrs import frozen

from connectcore.addresses import CONFIRMED_ADDRESSES
from connectcore.channels import Channel, Subscription, mailed_by, subscription_to
from connectcore.journal import MAILED, JournalEntry, Mailed, Mailing
from connectcore.mail import Email, Wording, address_of
from connectcore.members import Member, MemberId
from connectcore.network.charter import Charter
from connectcore.network.journal import standing
from connectcore.notices import NOTICES, Circumstances, Notice, collapse
from connectcore.profiles import Profile, ProfileT
from connectcore.storage import Snapshot
from connectcore.tokens import seal_token

__all__ = ["UNSUBSCRIBING", "Letter", "letters", "waiting"]

UNSUBSCRIBING = "unsubscribe"
"""The purpose of the tokens that mail comes with."""

Waiting: TypeAlias = tuple[JournalEntry, Mailed]
"""An entry of the journal with what it holds."""


@final
@frozen
class Letter:
    """What goes out together: the mail if there is any, what it tells, and what it leaves out."""

    email: Email | None
    told: tuple[JournalEntry, ...]
    idle: tuple[JournalEntry, ...]


def waiting(entries: Iterable[JournalEntry]) -> list[Waiting]:
    """Those of *entries* that are dealt with by sending mail."""
    return [(entry, entry.happening) for entry in entries if isinstance(entry.happening, MAILED)]


def letters(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    entries: Iterable[JournalEntry],
    *,
    at: datetime,
) -> list[Letter]:
    """Make letters of *entries*, in the order of the first of each, with what may be told *at* a moment."""
    mailed = waiting(entries)
    notices = [happening.notice for _, happening in mailed]
    members = snapshot.members({entry.owner for entry, _ in mailed})
    office = _Office(
        members=members,
        addresses={each: _address_of(snapshot, member) for each, member in members.items()},
        standing=standing(charter, snapshot, notices, at=at),
        wording=charter.wording,
        key=charter.key(snapshot),
    )
    together: dict[tuple[str, ...], list[Waiting]] = {}
    for entry, happening in mailed:
        together.setdefault(_goes_with(entry, happening), []).append((entry, happening))
    return [office.letter(each) for each in together.values()]


def _address_of(snapshot: Snapshot, member: Member[Profile]) -> str | None:
    confirmed = snapshot.entries(CONFIRMED_ADDRESSES, (member.id,))
    return address_of(member, (each.address for each in confirmed))


def _goes_with(entry: JournalEntry, mailed: Mailed) -> tuple[str, ...]:
    """What is alike in entries that go out in one mail."""
    match mailed:
        case Mailing(mail="", notice=notice):
            return (entry.owner, _subscription(notice).value)
        case Mailing(mail=mail):
            return (entry.owner, "", mail)


def _channel(notice: Notice) -> Channel:
    return mailed_by(notice.channels) or Channel.EMAIL


def _subscription(notice: Notice) -> Subscription:
    return subscription_to(notice.kind, _channel(notice))


@final
@frozen(kw_only=True)
class _Office:
    """All that letters are made of, loaded at one instant."""

    members: Mapping[MemberId, Member[Profile]]
    addresses: Mapping[MemberId, str | None]
    standing: Mapping[str, Circumstances]
    wording: Wording
    key: bytes

    def letter(self, together: Sequence[Waiting]) -> Letter:
        """Make one letter of what goes out together."""
        match together[0][1]:
            case Mailing(mail=mail):
                told = [(entry, mailing.notice) for entry, mailing in together]
                return self._telling(told, closed_as=mail)

    def _telling(self, waiting: Sequence[tuple[JournalEntry, Notice]], *, closed_as: str) -> Letter:
        """Make a letter of notices to one member: of those that still hold and are still wanted."""
        told = [(entry, notice) for entry, notice in waiting if self._may_be_told(notice)]
        idle = tuple(entry for entry, notice in waiting if not self._may_be_told(notice))
        if not told:
            return Letter(None, (), idle)
        first, notice = told[0]
        member = self.members[notice.to]
        newest_first = sorted((each for _, each in told), key=NOTICES.mark, reverse=True)
        groups = collapse(newest_first, self.standing[notice.id])
        subject, text = self.wording(member, _channel(notice), groups)
        entries = tuple(entry for entry, _ in told)
        email = Email(
            id=closed_as or first.id,
            to=self.addresses[member.id] or "",
            subject=subject,
            text=text,
            token=seal_token(self.key, UNSUBSCRIBING, f"{_subscription(notice).value} {member.id}"),
            due_at=max(entry.due_at for entry in entries),
            owner=member.id,
            entries=tuple(entry.id for entry in entries),
        )
        return Letter(email, entries, idle)

    def _may_be_told(self, notice: Notice) -> bool:
        if notice.id not in self.standing:
            return False
        wanted = mailed_by(self.members[notice.to].settings.notices.of(notice.kind))
        return wanted is not None and self.addresses[notice.to] is not None
