"""What the member and others are to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, final

from attrs import frozen

from connectcore.guests import ADDRESSES_INVITED
from connectcore.members import MemberId
from connectcore.network.arriving import received
from connectcore.network.charter import Charter
from connectcore.network.exporting.sections import Section
from connectcore.network.follows import muted_at
from connectcore.network.paging import BATCH, whole
from connectcore.profiles import ProfileT
from connectcore.relationships import PendingInvitation
from connectcore.storage import Snapshot

__all__ = ["Mute", "relations"]


@final
@frozen(kw_only=True)
class Mute:
    """That the member mutes another one, for good or until a moment."""

    member: MemberId
    until: datetime | None


def relations(
    charter: Charter[ProfileT], snapshot: Snapshot, actor: MemberId, *, at: datetime
) -> Iterator[Section[Any]]:
    """Connections, invitations, blocks and mutes."""
    since = charter.pending_since(at)
    guests = {each.guest for each in snapshot.entries(ADDRESSES_INVITED, (actor,))}
    sent = whole(
        lambda before, limit: snapshot.sent(actor, before, limit, since=since),
        lambda invitation: (invitation.sent_at, invitation.invitee),
    )
    yield Section(
        name="connections",
        entries=whole(
            lambda before, limit: snapshot.connections(actor, before, limit),
            lambda connection: (connection.since, connection.member),
        ),
        names=lambda connection: (connection.member,),
        gate=lambda where: lambda each: each if where.may_list(actor, each.member) else None,
    )
    yield Section(
        name="invitations_received",
        entries=_received(charter, snapshot, actor, at=at),
        names=lambda invitation: (invitation.inviter,),
    )
    yield Section(
        name="invitations_sent",
        entries=[each for each in sent if each.invitee not in guests],
        names=lambda invitation: (invitation.invitee,),
    )
    yield Section(
        name="blocks",
        entries=whole(
            lambda before, limit: snapshot.blocks(actor, before, limit),
            lambda block: (block.at, block.to),
        ),
    )
    mutes = snapshot.mutes(actor)
    yield Section(
        name="mutes",
        entries=[Mute(member=other, until=mutes[other]) for other in sorted(muted_at(mutes, at))],
        names=lambda mute: (mute.member,),
        gate=lambda where: lambda mute: mute if where.sees(mute.member) else None,
    )


def _received(
    charter: Charter[ProfileT], snapshot: Snapshot, actor: MemberId, *, at: datetime
) -> Sequence[PendingInvitation]:
    """What waits for the member, at whatever address."""
    found: list[PendingInvitation] = []
    after: str | None = None
    while True:
        page = received(charter, snapshot, actor, limit=BATCH, after=after, at=at)
        found.extend(page.items)
        after = page.next
        if after is None:
            return found
