"""Follows and mutes: whose activities a member reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Generic, final

from connectcore.acts import Act
from connectcore.members import MemberId, member_id
from connectcore.moments import optional_moment
from connectcore.network.acts import perform
from connectcore.network.charter import Charter, acting, refuse, seeing, standpoint
from connectcore.profiles import ProfileT
from connectcore.refusals import ONESELF, Verdict
from connectcore.storage import Snapshot, Transaction

__all__ = ["Follows", "muted_at"]


@final
class Follows(Generic[ProfileT]):
    """Whom the acting member follows and mutes; the others are not told.

    Connecting makes the two follow each other; unfollowing keeps the connection.
    """

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def follow(self, member: str, *, at: datetime | None = None) -> None:
        """Have what *member* shares, as far as the acting member may see it, in the feed."""
        perform(self._charter, Act.FOLLOW, self._actor, member, at=at)

    def unfollow(self, member: str, *, at: datetime | None = None) -> None:
        """No longer have what *member* shares in the feed."""
        perform(self._charter, Act.UNFOLLOW, self._actor, member, at=at)

    def mute(self, member: str, *, until: datetime | None = None) -> None:
        """Keep everything that names *member* out of the feed, for good or *until* a moment."""
        other, end = member_id(member), optional_moment(until)
        if other == self._actor:
            raise refuse(Verdict((ONESELF,)))

        def unit(transaction: Transaction) -> None:
            seeing(self._charter, transaction, self._actor, other)
            transaction.mute(self._actor, other, end)

        self._charter.store.write((self._actor, other), unit)

    def unmute(self, member: str) -> None:
        """Let *member* appear in the feed again."""

        def unit(transaction: Transaction) -> None:
            acting(transaction, self._actor)
            transaction.unmute(self._actor, member_id(member))

        self._charter.store.write((self._actor,), unit)

    def following(self) -> frozenset[MemberId]:
        """Everybody whom the member follows."""

        def unit(snapshot: Snapshot) -> frozenset[MemberId]:
            acting(snapshot, self._actor)
            return frozenset(snapshot.following(self._actor))

        return self._charter.store.read(unit)

    def muted(self, *, at: datetime | None = None) -> frozenset[MemberId]:
        """Everybody whom the member mutes at a moment and who is there for them.

        The mute of whoever is not is kept all the same: it holds again when they are back.
        """
        moment = self._charter.moment(at)

        def unit(snapshot: Snapshot) -> frozenset[MemberId]:
            muted = muted_at(snapshot.mutes(self._actor), moment)
            return frozenset(
                filter(standpoint(self._charter, snapshot, self._actor, muted).sees, muted)
            )

        return self._charter.store.read(unit)


def muted_at(mutes: Mapping[MemberId, datetime | None], at: datetime) -> frozenset[MemberId]:
    """Those whose mute has not ended by *at*."""
    return frozenset(member for member, until in mutes.items() if until is None or at < until)
