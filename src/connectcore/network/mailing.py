"""Making up mail of what waits in the journal: what goes out together, and what of it may be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeAlias, final

from attrs import evolve, frozen

from connectcore.addresses import CONFIRMED_ADDRESSES, ConfirmedAddress
from connectcore.channels import Channel, Subscription, mailed_by, subscription_to
from connectcore.guests import GuestInvited, GuestReminded
from connectcore.journal import MAILED, JournalEntry, Mailed, Mailing
from connectcore.mail import Email, GuestWording, Wording, address_of
from connectcore.members import Member, MemberId
from connectcore.network.charter import Charter
from connectcore.network.guest_mail import Outgoing, outgoing, reads_of_outgoing
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
    """What goes out together: the mail if there is any, what it tells, and what it leaves out.

    What is `put_off` has its new moment.
    """

    email: Email | None
    told: tuple[JournalEntry, ...]
    idle: tuple[JournalEntry, ...]
    put_off: tuple[JournalEntry, ...] = ()


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
    office = _office(charter, snapshot, mailed, at=at)
    together: dict[tuple[str, ...], list[Waiting]] = {}
    for entry, happening in mailed:
        together.setdefault(_goes_with(entry, happening), []).append((entry, happening))
    return [office.letter(each) for each in together.values()]


def _office(
    charter: Charter[ProfileT], snapshot: Snapshot, mailed: Sequence[Waiting], *, at: datetime
) -> _Office:
    """All that letters are made of, read at once."""
    notices = [each.notice for _, each in mailed if isinstance(each, Mailing)]
    owners = frozenset(entry.owner for entry, _ in mailed)
    snapshot.read_ahead(
        lambda ahead: ahead.members(owners),
        *(partial(_confirmed, owner) for owner in sorted(owners)),
        *(
            read
            for entry, each in mailed
            if not isinstance(each, Mailing)
            for read in reads_of_outgoing(entry, each)
        ),
    )
    to_guests = {
        entry.id: outgoing(charter, snapshot, entry, each, at=at)
        for entry, each in mailed
        if not isinstance(each, Mailing)
    }
    members = snapshot.members(owners)
    return _Office(
        members=members,
        addresses={each: _address_of(snapshot, member) for each, member in members.items()},
        standing=standing(charter, snapshot, notices, at=at),
        to_guests=to_guests,
        wording=charter.wording,
        guest_wording=charter.guest_wording,
        at=at,
        key=charter.key(snapshot),
    )


def _address_of(snapshot: Snapshot, member: Member[Profile]) -> str | None:
    return address_of(member, (each.address for each in _confirmed(member.id, snapshot)))


def _confirmed(member: MemberId, snapshot: Snapshot) -> Sequence[ConfirmedAddress]:
    return snapshot.entries(CONFIRMED_ADDRESSES, (member,))


def _goes_with(entry: JournalEntry, mailed: Mailed) -> tuple[str, ...]:
    """What is alike in entries that go out in one mail."""
    match mailed:
        case Mailing(mail="", notice=notice):
            return (entry.owner, _subscription(notice).value)
        case Mailing(mail=mail):
            return (entry.owner, "", mail)
        case GuestInvited() | GuestReminded():
            return (entry.owner, "", entry.id)


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
    to_guests: Mapping[str, Outgoing | None]
    wording: Wording
    guest_wording: GuestWording
    at: datetime
    key: bytes

    def letter(self, together: Sequence[Waiting]) -> Letter:
        """Make one letter of what goes out together."""
        match together[0]:
            case _, Mailing(mail=mail):
                told = [
                    (entry, each.notice) for entry, each in together if isinstance(each, Mailing)
                ]
                return self._telling(told, closed_as=mail)
            case entry, _:
                return self._to_guest(entry, self.to_guests[entry.id])

    def _to_guest(self, entry: JournalEntry, found: Outgoing | None) -> Letter:
        """Make a letter to an address that was invited, or put it off until it is due."""
        if found is None:
            return Letter(None, (), (entry,))
        if found.due_at > self.at:
            return Letter(None, (), (), put_off=(evolve(entry, due_at=found.due_at),))
        subject, text = self.guest_wording(found.letter)
        email = Email(
            id=entry.id,
            to=found.letter.invitation.address,
            subject=subject,
            text=text,
            token=seal_token(self.key, UNSUBSCRIBING, found.subscription),
            due_at=entry.due_at,
            owner=entry.owner,
            entries=(entry.id,),
        )
        return Letter(email, (entry,), ())

    def _telling(self, waiting: Sequence[tuple[JournalEntry, Notice]], *, closed_as: str) -> Letter:
        """Make a letter of notices to one member: of those that still hold and are still wanted."""
        told = [(entry, notice) for entry, notice in waiting if self._may_be_told(notice)]
        going_out = {entry.id for entry, _ in told}
        idle = tuple(entry for entry, _ in waiting if entry.id not in going_out)
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
