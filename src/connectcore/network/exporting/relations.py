"""What the member and others are to each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, final

from attrs import frozen

from connectcore.members import MemberId
from connectcore.network.charter import Charter
from connectcore.network.exporting.sections import Section, whole
from connectcore.network.follows import muted_at
from connectcore.profiles import ProfileT
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
        entries=whole(
            lambda before, limit: snapshot.received(actor, since, before, limit),
            lambda invitation: (invitation.sent_at, invitation.inviter),
        ),
        names=lambda invitation: (invitation.inviter,),
    )
    yield Section(
        name="invitations_sent",
        entries=whole(
            lambda before, limit: snapshot.sent(actor, since, before, limit),
            lambda invitation: (invitation.sent_at, invitation.invitee),
        ),
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
    )
