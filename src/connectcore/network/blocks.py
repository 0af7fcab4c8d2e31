"""Blocks: for each of the two, the other no longer exists."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, final

from connectcore.acts import Act
from connectcore.members import MemberId
from connectcore.network.acts import perform
from connectcore.network.charter import Charter, acting
from connectcore.network.paging import read_page
from connectcore.pages import Page
from connectcore.profiles import ProfileT
from connectcore.relationships import MemberBlocked
from connectcore.storage import Snapshot

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
        """
        perform(self._charter, Act.UNBLOCK, self._actor, member, at=at)

    def page(self, *, limit: int = 20, after: str | None = None) -> Page[MemberBlocked]:
        """The member's own blocks, newest first."""

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
