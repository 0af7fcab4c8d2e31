"""What the member keeps in registers, and which of these are theirs to take along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from connectcore.members import MemberId
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
from connectcore.network.exporting.sections import Gate, Section, whole
from connectcore.network.notices import circumstances
from connectcore.notices import NOTICES, SEEN, SEEN_KEY, Notice, holds
from connectcore.profiles import ProfileT
from connectcore.recommendations import (
    RECOMMENDATIONS_ASKED,
    RECOMMENDATIONS_RECEIVED,
    RECOMMENDATIONS_REQUESTED,
    RECOMMENDATIONS_WRITTEN,
)
from connectcore.registers import Register
from connectcore.storage import Snapshot
from connectcore.visibility import Standpoint

__all__ = ["EXPORTED", "NOT_EXPORTED", "kept", "notices", "unseen"]

T = TypeVar("T")

EXPORTED: tuple[Register[Any], ...] = (
    *(CONFIRMED_ADDRESSES, CONTACTS),
    *(ENDORSEMENTS_RECEIVED, ENDORSEMENTS_GIVEN, ENDORSEMENTS_SET_ASIDE),
    *(ENDORSEMENTS_ASKED, ENDORSEMENTS_REQUESTED),
    *(RECOMMENDATIONS_RECEIVED, RECOMMENDATIONS_WRITTEN),
    *(RECOMMENDATIONS_ASKED, RECOMMENDATIONS_REQUESTED),
    *(CONVERSATIONS, MESSAGES, REQUESTS_RECEIVED, REQUESTS_SENT),
    *(CORRESPONDENTS, MESSAGE_STANDINGS),
)
"""The registers whose entries are their owner's to take along, each under its name.

Notices are too, as far as they still hold.
"""

NOT_EXPORTED: Mapping[Register[Any], str] = {
    ADDRESS_HOLDERS: "It belongs to a digest, and says again whose the confirmed addresses are.",
    KEPT_BLOCKS: "It belongs to a digest, and says again what those who blocked list.",
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
        entries=_entries(snapshot, actor, register),
        names=lambda entry: () if (about := other(entry)) is None else (about,),
        gate=gate,
    )


def notices(
    charter: Charter[ProfileT], snapshot: Snapshot, actor: MemberId, *, at: datetime
) -> Section[Notice]:
    """What a member was told, by whatever channel, and still holds."""
    told = _entries(snapshot, actor, NOTICES)
    now = circumstances(charter, snapshot, actor, told, at=at)
    return Section(
        name=NOTICES.name,
        entries=[notice for notice in told if holds(notice, now)],
        names=lambda notice: (notice.actor,),
    )


def unseen(snapshot: Snapshot, actor: MemberId, told: Iterable[Notice]) -> int:
    """How many of the notices that are listed the member has not marked as seen."""
    seen = snapshot.entry(SEEN, actor, SEEN_KEY)
    return sum(
        Channel.IN_APP in notice.channels and (seen is None or seen.mark < NOTICES.mark(notice))
        for notice in told
    )


def _entries(snapshot: Snapshot, actor: MemberId, register: Register[T]) -> Sequence[T]:
    return whole(
        lambda before, limit: snapshot.entries(register, (actor,), before=before, limit=limit),
        register.mark,
    )


def _as_it_is(entry: T) -> T:
    return entry
