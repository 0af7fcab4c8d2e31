"""What the member keeps in registers, and which of these are theirs to take along."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from attrs import evolve

from connectcore.addresses import ADDRESS_HOLDERS, CONFIRMED_ADDRESSES
from connectcore.channels import Channel
from connectcore.contacts import CONTACTS
from connectcore.endorsements import (
    ENDORSEMENTS_ASKED,
    ENDORSEMENTS_GIVEN,
    ENDORSEMENTS_RECEIVED,
    ENDORSEMENTS_REQUESTED,
    ENDORSEMENTS_SET_ASIDE,
)
from connectcore.erasure import KEPT_BLOCKS
from connectcore.guests import ADDRESSES_INVITED, MAIL_REFUSED, TURNED_AWAY, AddressInvitation
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
from connectcore.network.charter import Charter
from connectcore.network.exporting.sections import Gate, Section
from connectcore.network.holders import addresses_of
from connectcore.network.notices import as_told, circumstances
from connectcore.network.paging import whole
from connectcore.notices import NOTICES, SEEN, SEEN_KEY, Notice, holds, unseen
from connectcore.profiles import Profile, ProfileT
from connectcore.recommendations import (
    RECOMMENDATIONS_ASKED,
    RECOMMENDATIONS_RECEIVED,
    RECOMMENDATIONS_REQUESTED,
    RECOMMENDATIONS_WRITTEN,
)
from connectcore.registers import Register
from connectcore.storage import Snapshot
from connectcore.visibility import Standpoint

__all__ = [
    "ALSO_EXPORTED",
    "EXPORTED",
    "NOT_EXPORTED",
    "addresses_invited",
    "kept",
    "notices",
]

T = TypeVar("T")

EXPORTED: tuple[Register[Any], ...] = (
    *(CONFIRMED_ADDRESSES, CONTACTS),
    *(ENDORSEMENTS_RECEIVED, ENDORSEMENTS_GIVEN, ENDORSEMENTS_SET_ASIDE),
    *(ENDORSEMENTS_ASKED, ENDORSEMENTS_REQUESTED),
    *(RECOMMENDATIONS_RECEIVED, RECOMMENDATIONS_WRITTEN),
    *(RECOMMENDATIONS_ASKED, RECOMMENDATIONS_REQUESTED),
    *(CONVERSATIONS, MESSAGES, REQUESTS_RECEIVED, REQUESTS_SENT),
    *(CORRESPONDENTS, MESSAGE_STANDINGS),
    TURNED_AWAY,
)
"""The registers whose entries are their owner's to take along as they are, each under its name."""

ALSO_EXPORTED: tuple[Register[Any], ...] = (ADDRESSES_INVITED, NOTICES)
"""The registers of which an export holds what of an entry is the owner's, and while it holds."""

NOT_EXPORTED: Mapping[Register[Any], str] = {
    ADDRESS_HOLDERS: "It belongs to a digest, and says again whose the confirmed addresses are.",
    KEPT_BLOCKS: "It belongs to a digest, and says again what those who blocked list.",
    MAIL_REFUSED: "It belongs to a digest: whoever reads the mail of an address, joined or not.",
    SEEN: "It is a place in the list of notices, and that of one which is shown no more.",
    UNREAD: "It says again which conversations have something unread.",
}
"""The other registers, each with the reason."""

_TOLD: Mapping[Register[Any], Callable[[Any], Any]] = {
    ENDORSEMENTS_GIVEN: lambda given: evolve(given, standing=given.standing.told),
    RECOMMENDATIONS_WRITTEN: lambda written: evolve(written, standing=written.standing.told),
}
"""What the one who gave something is told of it, where its receiver knows more."""


def kept(snapshot: Snapshot, actor: MemberId, register: Register[T]) -> Section[T]:
    """What a member keeps in a register about those who are there for them."""
    other = register.other
    told: Callable[[T], T] = _TOLD.get(register, _as_it_is)

    def gate(where: Standpoint) -> Gate[T]:
        def keep(entry: T) -> T | None:
            about = other(entry)
            return told(entry) if about is None or where.sees(about) else None

        return keep

    return Section(
        name=register.name,
        entries=_entries(snapshot, (actor,), register),
        names=lambda entry: () if (about := other(entry)) is None else (about,),
        gate=gate,
    )


def notices(
    charter: Charter[ProfileT], snapshot: Snapshot, member: Member[Profile], *, at: datetime
) -> tuple[Section[Notice], int]:
    """What a member was told, by whatever channel, and still holds; and how many are unseen."""
    guests = addresses_of(charter, snapshot, member.id)
    entries = _entries(snapshot, (member.id, *guests), NOTICES)
    told = [as_told(notice, member) for notice in entries]
    newer = unseen(told, snapshot.entry(SEEN, member.id, SEEN_KEY))
    now = circumstances(charter, snapshot, member.id, told, at=at, guests=guests)
    section = Section(
        name=NOTICES.name,
        entries=[evolve(notice, to=member.id) for notice in told if holds(notice, now)],
        names=lambda notice: (notice.actor,),
    )
    return section, sum(Channel.IN_APP in each.channels and holds(each, now) for each in newer)


def addresses_invited(
    charter: Charter[ProfileT], snapshot: Snapshot, actor: MemberId, *, at: datetime
) -> Section[AddressInvitation]:
    """The invitations to addresses that wait, each as its sender sees it."""
    since = charter.pending_since(at)
    sent = _entries(snapshot, (actor,), ADDRESSES_INVITED, since=since)
    return Section(name=ADDRESSES_INVITED.name, entries=[each.invitation for each in sent])


def _entries(
    snapshot: Snapshot,
    owners: Collection[MemberId],
    register: Register[T],
    *,
    since: datetime | None = None,
) -> Sequence[T]:
    return whole(
        lambda before, limit: snapshot.entries(
            register, owners, since=since, before=before, limit=limit
        ),
        register.mark,
    )


def _as_it_is(entry: T) -> T:
    return entry
