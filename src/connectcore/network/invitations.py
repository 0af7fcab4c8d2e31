"""Invitations: send, answer, take back, and list them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, cast, final

from connectcore.acts import Act, foresee
from connectcore.guests import ADDRESSES_INVITED, AddressInvitation, Reminder, SentToAddress
from connectcore.members import MemberId, member_id
from connectcore.moments import INSTANT
from connectcore.network.acts import perform, propose
from connectcore.network.arriving import answer, received, with_arrival
from connectcore.network.charter import Charter, acting
from connectcore.network.guests import (
    cancel_reminders,
    foresee_inviting,
    send_to_address,
    take_back_from_address,
)
from connectcore.network.paging import read_page, slice_page
from connectcore.pages import Page
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
        state = answer(
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
            supposed, _ = with_arrival(charter, snapshot, proposal)
            return foresee(Act.SEND, supposed, charter.rules).disclosed()

        return charter.store.read(unit)

    def accept(self, inviter: str, *, at: datetime | None = None) -> Connection:
        """Accept the invitation of *inviter*, also one that was ignored or reported before."""
        state = answer(self._charter, Act.ACCEPT, self._actor, inviter, at=at)
        since = cast("Connected", state).since  # nothing else comes of accepting
        return Connection(of=self._actor, member=member_id(inviter), since=since)

    def ignore(self, inviter: str, *, at: datetime | None = None) -> None:
        """Put the invitation of *inviter* aside; they are not told, and see it pending."""
        answer(self._charter, Act.IGNORE, self._actor, inviter, at=at)

    def report(self, inviter: str, *, at: datetime | None = None) -> None:
        """Put the invitation aside and say that the two do not know each other.

        By the stock rules *inviter* cannot invite again, and is not told why.
        """
        answer(self._charter, Act.REPORT, self._actor, inviter, at=at)

    def withdraw(self, invitee: str, *, at: datetime | None = None) -> None:
        """Take the invitation to *invitee* back; they are not told."""
        perform(self._charter, Act.WITHDRAW, self._actor, invitee, at=at)

    def received(
        self, *, limit: int = 20, after: str | None = None, at: datetime | None = None
    ) -> Page[PendingInvitation]:
        """The invitations that wait for an answer, newest first.

        Also those to an address that the member confirmed.
        """
        charter, moment = self._charter, self._charter.moment(at)

        def unit(snapshot: Snapshot) -> Page[PendingInvitation]:
            acting(snapshot, self._actor)
            return received(charter, snapshot, self._actor, limit=limit, after=after, at=moment)

        return charter.store.read(unit)

    def sent(
        self, *, limit: int = 20, after: str | None = None, at: datetime | None = None
    ) -> Page[PendingInvitation]:
        """The invitations that the member sent to members and that are pending, newest first."""
        since = self._charter.pending_since(self._charter.moment(at))

        def unit(snapshot: Snapshot) -> Page[PendingInvitation]:
            acting(snapshot, self._actor)
            return read_page(
                lambda before, wanted: snapshot.sent(self._actor, before, wanted, since=since),
                lambda invitation: (invitation.sent_at, invitation.invitee),
                scope=(self._actor, "sent"),
                limit=limit,
                after=after,
                keep=lambda batch: self._to_members(snapshot, batch),
            )

        return self._charter.store.read(unit)

    def _to_members(
        self, snapshot: Snapshot, batch: Sequence[PendingInvitation]
    ) -> Sequence[PendingInvitation]:
        since = min((each.sent_at for each in batch), default=None)
        before = None if since is None else since - INSTANT
        sent = snapshot.entries(ADDRESSES_INVITED, (self._actor,), since=before)
        guests = {each.guest for each in sent}
        return [each for each in batch if each.invitee not in guests]

    # ── To an address ───────────────────────────────────────────────────────────────────────────

    def send_to_address(
        self, address: str, *, note: str = "", at: datetime | None = None
    ) -> AddressInvitation:
        """Invite whoever an e-mail address belongs to, whether or not they have joined.

        A member who confirmed it finds the invitation among theirs, if their choices and the rules
        let it through; else it waits, and whoever confirms the address finds it.
        What the sender is told does not depend on whose the address is, until it is accepted: it
        does not become a connection by crossing with another one, and stays pending if the two
        connect in another way.
        It counts under the same limits as any other; sending again while it is pending changes
        nothing.
        Raises `InvalidValue` for what is no address, and `Refused` for one of the sender's own.
        """
        return send_to_address(self._charter, self._actor, address, note=note, at=at)

    def may_send_to_address(
        self, address: str, *, note: str = "", at: datetime | None = None
    ) -> Verdict:
        """Say whether `send_to_address` would be allowed, and what is left under each limit."""
        return foresee_inviting(self._charter, self._actor, address, note=note, at=at)

    def withdraw_from_address(self, address: str, *, at: datetime | None = None) -> None:
        """Take the invitation to an address back; nobody is told."""
        take_back_from_address(self._charter, self._actor, address, at=at)

    def sent_to_addresses(
        self, *, limit: int = 20, after: str | None = None, at: datetime | None = None
    ) -> Page[AddressInvitation]:
        """The invitations to addresses that are pending, newest first."""
        since = self._charter.pending_since(self._charter.moment(at))

        def unit(snapshot: Snapshot) -> Page[SentToAddress]:
            acting(snapshot, self._actor)
            return read_page(
                lambda before, wanted: snapshot.entries(
                    ADDRESSES_INVITED, (self._actor,), since=since, before=before, limit=wanted
                ),
                ADDRESSES_INVITED.mark,
                scope=(self._actor, "sent to addresses"),
                limit=limit,
                after=after,
            )

        page = self._charter.store.read(unit)
        return Page(tuple(sent.invitation for sent in page.items), page.next)

    def reminders(
        self, *, limit: int = 20, after: str | None = None, at: datetime | None = None
    ) -> Page[Reminder]:
        """What will be mailed to invited addresses to remind them, and when; the last one first.

        Nothing is mailed as a reminder that was not listed here before.
        Whoever answers is not reminded, which is not to be seen here.
        """
        moment = self._charter.moment(at)
        since = self._charter.pending_since(moment)

        def unit(snapshot: Snapshot) -> Page[Reminder]:
            acting(snapshot, self._actor)
            planned = [
                Reminder(invitation=sent.invitation, at=due_at)
                for sent in snapshot.entries(ADDRESSES_INVITED, (self._actor,), since=since)
                for due_at in sent.invitation.remind_at
                if due_at > moment
            ]
            return slice_page(
                planned,
                lambda reminder: (reminder.at, reminder.invitation.address),
                scope=(self._actor, "reminders"),
                limit=limit,
                after=after,
            )

        return self._charter.store.read(unit)

    def cancel_reminders(self, address: str, *, at: datetime | None = None) -> None:
        """Let an address that the member invited be reminded of it no more; it stays invited.

        Raises `Refused` where no invitation to the address is pending.
        """
        cancel_reminders(self._charter, self._actor, address, at=at)


def _outcome(
    state: Relationship, actor: MemberId, other: MemberId
) -> PendingInvitation | Connection:
    if isinstance(state, Connected):
        return Connection(of=actor, member=other, since=state.since)
    return cast("Invited", state).invitation  # nothing else comes of sending
