"""Exporting: all that is a member's own in the network, as plain data.

The gate is that of the lists: what names somebody who is not there for the member, or hangs on a
post that they may not read, is left out here as it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar, final

from attrs import frozen

from connectcore.members import Member, MemberId
from connectcore.network.charter import Charter, acting, standpoint
from connectcore.network.exporting.kept import EXPORTED, addresses_invited, kept, notices
from connectcore.network.exporting.relations import relations
from connectcore.network.exporting.sections import everybody_in, named_in
from connectcore.network.exporting.writings import writings
from connectcore.network.paging import BATCH
from connectcore.plain import Plain, to_dict
from connectcore.profiles import Profile, ProfileT
from connectcore.registers import Register
from connectcore.storage import Snapshot
from connectcore.visibility import Standpoint, view

__all__ = ["Summary", "export"]

T = TypeVar("T")


@final
@frozen(kw_only=True)
class Summary:
    """What an export holds besides its lists."""

    exported_at: datetime
    member: Member[Profile]
    following: frozenset[MemberId]
    unseen_notices: int


def export(
    charter: Charter[ProfileT], snapshot: Snapshot, actor: MemberId, *, at: datetime
) -> dict[str, Plain]:
    """All that is *actor*'s own, at one instant; raise `UnknownMember` if they have not joined."""
    snapshot.read_ahead(*(partial(_first_of, actor, register) for register in EXPORTED))
    member, following = acting(snapshot, actor), frozenset(snapshot.following(actor))
    told, unseen_notices = notices(charter, snapshot, member, at=at)
    sections = (
        *relations(charter, snapshot, actor, at=at),
        *writings(charter, snapshot, actor),
        *(kept(snapshot, actor, register) for register in EXPORTED),
        addresses_invited(charter, snapshot, actor, at=at),
        told,
    )
    where = standpoint(charter, snapshot, actor, {*following, *everybody_in(sections)})
    shown = [section.shown(where) for section in sections]
    summary = Summary(
        exported_at=at,
        member=member,
        following=following,
        unseen_notices=unseen_notices,
    )
    return {
        **to_dict(summary),
        "names": _names({*following, *named_in(shown)} - {actor}, where),
        **{section.name: [to_dict(entry) for entry in section.entries] for section in shown},
    }


def _first_of(actor: MemberId, register: Register[T], ahead: Snapshot) -> Sequence[T]:
    """What `whole` reads first of a register."""
    return ahead.entries(register, (actor,), limit=BATCH)


def _names(members: Iterable[MemberId], where: Standpoint) -> dict[str, Plain]:
    """The names of *members*, as far as each shows theirs."""
    return {
        member: to_dict(
            view(where.members[member], where.circles[member], where.policy).profile.name
        )
        for member in sorted(members)
        if where.sees(member)
    }
