"""Invitations: send, answer, take back, and list them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, TypeAlias, cast, final

from connectcore.acts import Act, foresee
from connectcore.members import MemberId, member_id
from connectcore.network.acts import perform, propose
from connectcore.network.charter import Charter, acting
from connectcore.network.paging import read_page
from connectcore.pages import Mark, Page
from connectcore.profiles import ProfileT
from connectcore.refusals import Verdict
from connectcore.relationships import (
    Acquaintance,
    Connected,
    Connection,
    Invited,
    PendingInvitation,
    Relationship,
)
from connectcore.storage import Snapshot

__all__ = ["Invitations"]

Listing: TypeAlias = Callable[
    [MemberId, datetime | None, Mark | None, int], Sequence[PendingInvitation]
]


@final
class Invitations(Generic[ProfileT]):
    """What the acting member does with invitations.

    Since two members have at most one between them, an invitation is named by the other member.
    """

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def send(
        self,
        to: str,
        *,
        note: str = "",
        acquaintance: Acquaintance | None = None,
        email: str | None = None,
        at: datetime | None = None,
    ) -> PendingInvitation | Connection:
        """Invite a member to connect.

        *acquaintance* says how the two know each other, *email* is an address of theirs that the
        sender knows, which some members ask for.
        If they have invited the sender already, the two are connected at once, by the rules for
        accepting.
        Sending again while the invitation is pending changes nothing.
        """
        state = perform(
            self._charter,
            Act.SEND,
            self._actor,
            to,
            at=at,
            note=note,
            acquaintance=acquaintance,
            email=email,
        )
        return _outcome(state, self._actor, member_id(to))

    def may_send(
        self,
        to: str,
        *,
        note: str = "",
        acquaintance: Acquaintance | None = None,
        email: str | None = None,
        at: datetime | None = None,
    ) -> Verdict:
        """Say whether `send` would be allowed: every reason against it, or else every caution.

        `quotas` say what is left to the sender under each limit, refused or not.
        The same evaluation as `send`; nothing is changed and nobody is told.
        """
        charter, actor, moment = self._charter, self._actor, self._charter.moment(at)

        def unit(snapshot: Snapshot) -> Verdict:
            proposal = propose(
                charter,
                snapshot,
                Act.SEND,
                actor,
                member_id(to),
                at=moment,
                note=note,
                acquaintance=acquaintance,
                email=email,
            )
            return foresee(Act.SEND, proposal, charter.rules).disclosed()

        return charter.store.read(unit)

    def accept(self, inviter: str, *, at: datetime | None = None) -> Connection:
        """Accept the invitation of *inviter*, also one that was ignored or reported before."""
        state = perform(self._charter, Act.ACCEPT, self._actor, inviter, at=at)
        since = cast("Connected", state).since  # nothing else comes of accepting
        return Connection(of=self._actor, member=member_id(inviter), since=since)

    def ignore(self, inviter: str, *, at: datetime | None = None) -> None:
        """Put the invitation of *inviter* aside; they are not told, and see it pending."""
        perform(self._charter, Act.IGNORE, self._actor, inviter, at=at)

    def report(self, inviter: str, *, at: datetime | None = None) -> None:
        """Put the invitation aside and say that the two do not know each other.

        By the stock rules *inviter* cannot invite again, and is not told why.
        """
        perform(self._charter, Act.REPORT, self._actor, inviter, at=at)

    def withdraw(self, invitee: str, *, at: datetime | None = None) -> None:
        """Take the invitation to *invitee* back; they are not told."""
        perform(self._charter, Act.WITHDRAW, self._actor, invitee, at=at)

    def received(
        self, *, limit: int = 20, after: str | None = None, at: datetime | None = None
    ) -> Page[PendingInvitation]:
        """The invitations that wait for an answer, newest first."""
        return self._pending(
            "received",
            lambda snapshot: snapshot.received,
            _from_inviter,
            limit=limit,
            after=after,
            at=at,
        )

    def sent(
        self, *, limit: int = 20, after: str | None = None, at: datetime | None = None
    ) -> Page[PendingInvitation]:
        """The invitations that the member sent and that are pending, newest first."""
        return self._pending(
            "sent",
            lambda snapshot: snapshot.sent,
            _to_invitee,
            limit=limit,
            after=after,
            at=at,
        )

    def _pending(
        self,
        name: str,
        listing: Callable[[Snapshot], Listing],
        place: Callable[[PendingInvitation], Mark],
        *,
        limit: int,
        after: str | None,
        at: datetime | None,
    ) -> Page[PendingInvitation]:
        since = self._charter.pending_since(self._charter.moment(at))

        def unit(snapshot: Snapshot) -> Page[PendingInvitation]:
            acting(snapshot, self._actor)
            read = listing(snapshot)
            return read_page(
                lambda before, wanted: read(self._actor, since, before, wanted),
                place,
                scope=(self._actor, name),
                limit=limit,
                after=after,
            )

        return self._charter.store.read(unit)


def _outcome(
    state: Relationship, actor: MemberId, other: MemberId
) -> PendingInvitation | Connection:
    if isinstance(state, Connected):
        return Connection(of=actor, member=other, since=state.since)
    return cast("Invited", state).invitation  # nothing else comes of sending


def _from_inviter(invitation: PendingInvitation) -> Mark:
    return (invitation.sent_at, invitation.inviter)


def _to_invitee(invitation: PendingInvitation) -> Mark:
    return (invitation.sent_at, invitation.invitee)
