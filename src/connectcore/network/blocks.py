"""Blocks: for each of the two, the other no longer exists."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, final

from connectcore.acts import Act
from connectcore.erasure import KEPT_BLOCKS
from connectcore.members import MemberId, member_id
from connectcore.network.acts import carry_out, perform, propose
from connectcore.network.charter import Charter, acting
from connectcore.network.erasing import kept_as
from connectcore.network.paging import read_page
from connectcore.pages import Page
from connectcore.profiles import ProfileT
from connectcore.relationships import MemberBlocked
from connectcore.storage import Snapshot, Transaction

__all__ = ["Blocks"]


@final
class Blocks(Generic[ProfileT]):
    """Whom the acting member blocks; nobody else can see or lift it, and nobody is told."""

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def add(self, member: str, *, at: datetime | None = None) -> None:
        """Block a member: the connection and any invitation end, each disappears for the other.

        Anybody can be blocked, there or not: a refusal would tell who is there.
        Raises `Refused` by the rules for blocking, such as the wait after unblocking.
        """
        perform(self._charter, Act.BLOCK, self._actor, member, at=at)

    def remove(self, member: str, *, at: datetime | None = None) -> None:
        """Lift the member's own block; the two are strangers then.

        No connection, invitation or follow comes back; what either wrote is readable again.
        A block of somebody who was erased is lifted by their id, and by the digest that is listed.
        """
        charter, actor = self._charter, self._actor
        other, moment = member_id(member), charter.moment(at)
        digest = charter.store.read(lambda snapshot: kept_as(charter, snapshot, other))

        def unit(transaction: Transaction) -> None:
            for blocked in (other, digest):
                proposal = propose(charter, transaction, Act.UNBLOCK, actor, blocked, at=moment)
                carry_out(charter, transaction, Act.UNBLOCK, proposal)
                transaction.strike(KEPT_BLOCKS, blocked, (actor,))

        charter.store.write((actor, other, digest), unit)

    def page(self, *, limit: int = 20, after: str | None = None) -> Page[MemberBlocked]:
        """The member's own blocks, newest first; somebody who was erased goes by a digest."""

        def unit(snapshot: Snapshot) -> Page[MemberBlocked]:
            acting(snapshot, self._actor)
            return read_page(
                lambda before, wanted: snapshot.blocks(self._actor, before, wanted),
                lambda block: (block.at, block.to),
                scope=(self._actor, "blocks"),
                limit=limit,
                after=after,
            )

        return self._charter.store.read(unit)
