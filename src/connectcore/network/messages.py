"""Messages: write, ask to write, answer, and read what one wrote with whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar, cast, final

from connectcore.correspondence import MessageProposal
from connectcore.members import MemberId, member_id
from connectcore.messages import (
    CONVERSATIONS,
    MESSAGE_STANDINGS,
    MESSAGES,
    REQUESTS_RECEIVED,
    REQUESTS_SENT,
    UNREAD,
    Conversation,
    Message,
    MessageId,
    MessageRequest,
    MessageWay,
    RequestStatus,
)
from connectcore.network.addressing import Draft, address, allowed
from connectcore.network.charter import Charter, acting, refuse, seeing, standpoint
from connectcore.network.delivering import (
    ask,
    deliver,
    let_write,
    mark_read,
    open_for_both,
    put_aside,
    settle,
    take_back,
)
from connectcore.network.own import page_of_own
from connectcore.network.paging import read_page
from connectcore.pages import Page
from connectcore.profiles import ProfileT
from connectcore.refusals import ONESELF, Verdict
from connectcore.storage import Snapshot, Transaction
from connectcore.texts import written
from connectcore.writing import (
    MessageAllowance,
    accept,
    after_asking,
    allowance,
    answered,
    decline,
    may_answer,
    weigh_message,
    withdraw,
)

__all__ = ["Messages"]

T = TypeVar("T")


@final
class Messages(Generic[ProfileT]):
    """What the acting member writes, and what is written to them.

    Since two members have one conversation, it is named by the other member.
    """

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    # ── Writing ─────────────────────────────────────────────────────────────────────────────────

    def send(self, to: str, text: str, *, at: datetime | None = None) -> Message:
        """Write to a member to whom the acting member may write freely.

        Those are connections, open profiles, and everybody who wrote to the acting member or let
        them write; what waits of theirs is accepted by the answer.
        Whoever writes has read what the other wrote.
        """
        draft = Draft(to=to, at=self._charter.moment(at), text=written(text))
        message_id = MessageId(self._charter.new_id())
        return self._charter.store.write(
            (self._actor, draft.to), lambda transaction: self._send(transaction, draft, message_id)
        )

    def may_send(self, to: str, *, text: str = "", at: datetime | None = None) -> Verdict:
        """Say whether `send` would be allowed, by the same evaluation; nothing is changed."""
        return self._may(Draft(to=to, at=self._charter.moment(at), text=text))

    def request(self, to: str, text: str, *, at: datetime | None = None) -> MessageRequest:
        """Ask a member to whom the acting member cannot write freely, by a first message.

        It waits until they accept or decline it, or answer; of the second the sender is not told.
        """
        return self._ask(
            Draft(
                to=to,
                at=self._charter.moment(at),
                way=MessageWay.REQUEST,
                text=written(text),
            )
        )

    def may_request(self, to: str, *, text: str = "", at: datetime | None = None) -> Verdict:
        """Say whether `request` would be allowed, by the same evaluation; nothing is changed."""
        moment = self._charter.moment(at)
        return self._may(Draft(to=to, at=moment, way=MessageWay.REQUEST, text=text))

    def send_inmail(
        self, to: str, text: str, *, subject: str = "", at: datetime | None = None
    ) -> MessageRequest:
        """Write to a member to whom the acting member cannot write freely, for an InMail credit.

        It waits as a request does; the credit comes back if they accept it, decline it or answer,
        in the time that the policy gives.
        """
        return self._ask(
            Draft(
                to=to,
                at=self._charter.moment(at),
                way=MessageWay.INMAIL,
                text=written(text),
                subject=subject,
            )
        )

    def may_send_inmail(
        self, to: str, *, text: str = "", subject: str = "", at: datetime | None = None
    ) -> Verdict:
        """Say whether `send_inmail` would be allowed, by the same evaluation; nothing is changed."""
        moment = self._charter.moment(at)
        return self._may(Draft(to=to, at=moment, way=MessageWay.INMAIL, text=text, subject=subject))

    def allowance(self, *, at: datetime | None = None) -> MessageAllowance:
        """How many InMail credits the member has, and how many requests they may send now."""
        moment, policy = self._charter.moment(at), self._charter.messages

        def unit(snapshot: Snapshot) -> MessageAllowance:
            plan = policy.plan(acting(snapshot, self._actor))
            standing = snapshot.entry(MESSAGE_STANDINGS, self._actor, ())
            return allowance(standing, at=moment, plan=plan, policy=policy)

        return self._charter.store.read(unit)

    # ── Answering ───────────────────────────────────────────────────────────────────────────────

    def accept(self, sender: str, *, at: datetime | None = None) -> Conversation:
        """Accept the request or InMail of *sender*: from now on both write freely.

        Also one that was declined before; accepting again changes nothing.
        """
        draft = Draft(to=sender, at=self._charter.moment(at))

        def unit(transaction: Transaction) -> Conversation:
            request = self._decided(transaction, draft, accept)
            if request is not None:
                return self._open(transaction, request, draft.at)
            kept = transaction.entry(CONVERSATIONS, self._actor, (draft.to,))
            return cast("Conversation", kept)  # what was accepted is in it

        return self._charter.store.write((self._actor, draft.to), unit)

    def decline(self, sender: str, *, at: datetime | None = None) -> None:
        """Decline the request or InMail of *sender*.

        Whoever sent a request goes on seeing it sent; whoever sent an InMail has the credit back,
        and so they know.
        """
        draft = Draft(to=sender, at=self._charter.moment(at))

        def unit(transaction: Transaction) -> None:
            request = self._decided(transaction, draft, decline)
            if request is not None:
                put_aside(transaction, draft.to, self._actor)
                settle(self._charter, transaction, request, at=draft.at)

        self._charter.store.write((self._actor, draft.to), unit)

    def withdraw(self, to: str, *, at: datetime | None = None) -> None:
        """Take back a request that was not accepted; they are not told, and an InMail stands."""
        draft = Draft(to=to, at=self._charter.moment(at))

        def unit(transaction: Transaction) -> None:
            request = self._decided(transaction, draft, withdraw)
            if request is not None:
                take_back(transaction, request)

        self._charter.store.write((self._actor, draft.to), unit)

    # ── Reading ─────────────────────────────────────────────────────────────────────────────────

    def conversations(self, *, limit: int = 20, after: str | None = None) -> Page[Conversation]:
        """With whom the member wrote, the newest message first.

        What others asked is not in it before it is accepted.
        """
        return page_of_own(self._charter, self._actor, CONVERSATIONS, limit=limit, after=after)

    def unread(self, *, limit: int = 20, after: str | None = None) -> Page[Conversation]:
        """The conversations in which the member has not read everything, newest first."""
        return page_of_own(self._charter, self._actor, UNREAD, limit=limit, after=after)

    def unread_count(self) -> int:
        """How many messages are unread, in all conversations together."""

        def unit(snapshot: Snapshot) -> int:
            unread = snapshot.entries(UNREAD, (self._actor,))
            others = [entry.member for entry in unread]
            where = standpoint(self._charter, snapshot, self._actor, others)
            return sum(entry.unread for entry in unread if where.sees(entry.member))

        return self._charter.store.read(unit)

    def requests(self, *, limit: int = 20, after: str | None = None) -> Page[MessageRequest]:
        """The requests and InMails that wait for the member's answer, newest first."""
        return page_of_own(self._charter, self._actor, REQUESTS_RECEIVED, limit=limit, after=after)

    def requested(self, *, limit: int = 20, after: str | None = None) -> Page[MessageRequest]:
        """The requests and InMails that the member sent and sees waiting, newest first."""
        return page_of_own(
            self._charter,
            self._actor,
            REQUESTS_SENT,
            limit=limit,
            after=after,
            wanted=lambda request: request.waits,
        )

    def read(self, member: str, *, limit: int = 20, after: str | None = None) -> Page[Message]:
        """What the acting member and *member* wrote to each other, newest first.

        Reading leaves everything unread that was; `mark_read` says that it was read.
        Raises `NotFound` where the other is not there for the acting member.
        """
        other = member_id(member)

        def unit(snapshot: Snapshot) -> Page[Message]:
            seeing(self._charter, snapshot, self._actor, other)
            return read_page(
                lambda before, wanted: snapshot.entries(
                    MESSAGES, (self._actor,), other=other, before=before, limit=wanted
                ),
                MESSAGES.mark,
                scope=(self._actor, MESSAGES.name, other),
                limit=limit,
                after=after,
            )

        return self._charter.store.read(unit)

    def mark_read(self, member: str) -> None:
        """Say that everything in the conversation with *member* was read; they are not told."""
        other = member_id(member)
        if other == self._actor:
            raise refuse(Verdict((ONESELF,)))

        def unit(transaction: Transaction) -> None:
            seeing(self._charter, transaction, self._actor, other)
            mark_read(transaction, self._actor, other)

        self._charter.store.write((self._actor,), unit)

    # ── What these are made of ──────────────────────────────────────────────────────────────────

    def _send(self, transaction: Transaction, draft: Draft, message_id: MessageId) -> Message:
        proposal = allowed(self._charter, transaction, self._actor, draft)
        request = answered(proposal)
        if request is not None:
            accepted = request.ended(RequestStatus.ACCEPTED, at=draft.at)
            self._open(transaction, accepted, draft.at)
        message = Message(
            id=message_id,
            of=self._actor,
            member=draft.to,
            sender=self._actor,
            at=draft.at,
            text=draft.text,
        )
        deliver(self._charter, transaction, message)
        if may_answer(proposal):
            let_write(transaction, draft.to, self._actor, at=draft.at)
        return message

    def _ask(self, draft: Draft) -> MessageRequest:
        request = MessageRequest(
            id=MessageId(self._charter.new_id()),
            way=draft.way,
            sender=self._actor,
            to=draft.to,
            at=draft.at,
            text=draft.text,
            subject=draft.subject,
        )

        def unit(transaction: Transaction) -> MessageRequest:
            proposal = allowed(self._charter, transaction, self._actor, draft)
            ask(self._charter, transaction, request)
            transaction.enter(MESSAGE_STANDINGS, self._actor, after_asking(proposal))
            return request

        return self._charter.store.write((self._actor, draft.to), unit)

    def _may(self, draft: Draft) -> Verdict:
        def unit(snapshot: Snapshot) -> Verdict:
            proposal = address(self._charter, snapshot, self._actor, draft)
            return weigh_message(proposal, self._charter.messages).disclosed()

        return self._charter.store.read(unit)

    def _decided(
        self,
        transaction: Transaction,
        draft: Draft,
        decide: Callable[[MessageProposal], MessageRequest | Verdict | None],
    ) -> MessageRequest | None:
        """What becomes of a request between the two; raise if that is refused."""
        decision = decide(address(self._charter, transaction, self._actor, draft))
        if isinstance(decision, Verdict):
            raise refuse(decision)
        return decision

    def _open(
        self, transaction: Transaction, accepted: MessageRequest, at: datetime
    ) -> Conversation:
        settle(self._charter, transaction, accepted, at=at)
        return open_for_both(transaction, accepted, at=at)
