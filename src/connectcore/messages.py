"""Messages: what members wrote to each other, and what each of the two keeps of it.

Two members have one conversation, and each of them keeps it: what was written, and how much of it
they have not read.
A message to somebody to whom the sender cannot write freely is a `MessageRequest`: it waits beside
the conversation until it is answered.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NewType, final

from attrs import evolve, field, frozen

from connectcore.choices import one_of
from connectcore.errors import InvalidValue
from connectcore.inmail import InMailBalance
from connectcore.members import MemberId, member_id
from connectcore.moments import moment, optional_moment
from connectcore.registers import Register
from connectcore.texts import storable, written

__all__ = [
    "CONVERSATIONS",
    "CORRESPONDENTS",
    "MESSAGES",
    "MESSAGE_STANDINGS",
    "REQUESTS_RECEIVED",
    "REQUESTS_SENT",
    "UNREAD",
    "Conversation",
    "Correspondent",
    "Message",
    "MessageId",
    "MessageRequest",
    "MessageStanding",
    "MessageWay",
    "RequestStatus",
    "going_on",
]

MessageId = NewType("MessageId", str)
"""The id of a message, one for the two who have it in their conversations."""


def _message_id(value: str) -> MessageId:
    return MessageId(storable(value))


@final
class MessageWay(Enum):
    """By which way a message reaches somebody.

    `FREELY` it is in the conversation at once; a `REQUEST` and an `INMAIL` wait for an answer, and
    the latter costs a credit.
    """

    FREELY = "freely"
    REQUEST = "request"
    INMAIL = "inmail"


@final
class RequestStatus(Enum):
    """What became of a message request or an InMail, as far as its sender is told.

    A declined request goes on waiting for its sender; of a declined InMail they are told, since the
    credit comes back.
    """

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


# ── What was written ────────────────────────────────────────────────────────────────────────────


@final
@frozen(kw_only=True)
class Message:
    """A message in the conversation that `of` has with `member`; one of the two is the `sender`.

    Only an InMail has a `subject`.
    """

    id: MessageId = field(converter=_message_id)
    of: MemberId = field(converter=member_id)
    member: MemberId = field(converter=member_id)
    sender: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)
    text: str = field(converter=written, repr=False)
    subject: str = field(default="", converter=storable, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.of == self.member or self.sender not in (self.of, self.member):
            message = (
                f"{self.sender!r} writes in no conversation of {self.of!r} with {self.member!r}"
            )
            raise InvalidValue(message)

    def mirrored(self) -> Message:
        """The same message as the other of the two has it."""
        return evolve(self, of=self.member, member=self.of)


@final
@frozen(kw_only=True)
class Conversation:
    """What `of` and `member` wrote to each other: its `last` message, and how many are `unread`.

    Each of the two has their own, and neither is told what the other has read.
    The unread ones are the last of those that `member` wrote.
    """

    of: MemberId = field(converter=member_id)
    member: MemberId = field(converter=member_id)
    last: Message
    unread: int = 0


def going_on(conversation: Conversation | None, message: Message) -> Conversation:
    """A conversation with another *message* in it, as much of it unread as before.

    `None` is one that has not begun.
    """
    if conversation is None:
        return Conversation(of=message.of, member=message.member, last=message)
    last = max(conversation.last, message, key=MESSAGES.mark)
    return evolve(conversation, last=last)


# ── What waits for an answer ────────────────────────────────────────────────────────────────────


@final
@frozen(kw_only=True)
class MessageRequest:
    """A message request, or an InMail, from somebody who cannot write freely.

    `status` is what became of it as far as its sender is told, and `ended_at` since when.
    """

    id: MessageId = field(converter=_message_id)
    way: MessageWay = field(validator=one_of(MessageWay))
    sender: MemberId = field(converter=member_id)
    to: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)
    text: str = field(converter=written, repr=False)
    subject: str = field(default="", converter=storable, repr=False)
    status: RequestStatus = field(default=RequestStatus.WAITING, validator=one_of(RequestStatus))
    ended_at: datetime | None = field(default=None, converter=optional_moment)

    @property
    def waits(self) -> bool:
        """Whether there is no answer yet that the sender is told of."""
        return self.status is RequestStatus.WAITING

    @property
    def message(self) -> Message:
        """What was written, as its sender has it in the conversation."""
        return Message(
            id=self.id,
            of=self.sender,
            member=self.to,
            sender=self.sender,
            at=self.at,
            text=self.text,
            subject=self.subject,
        )

    def ended(self, status: RequestStatus, *, at: datetime) -> MessageRequest:
        """The request after it was answered or withdrawn."""
        return evolve(self, status=status, ended_at=at)


@final
@frozen(kw_only=True)
class Correspondent:
    """`of` may write to `member` freely, connected or not: `member` wrote to them or let them."""

    of: MemberId = field(converter=member_id)
    member: MemberId = field(converter=member_id)
    since: datetime = field(converter=moment)


@final
@frozen(kw_only=True)
class MessageStanding:
    """What a member's limits for messages are counted from, as it was at a moment.

    `balance` is that of their InMail credits, `None` before they first use one.
    `requested` are the moments of the message requests of the last week, oldest first, whatever
    became of them.
    """

    at: datetime = field(converter=moment)
    balance: InMailBalance | None = None
    requested: tuple[datetime, ...] = ()


# ── What each member keeps ──────────────────────────────────────────────────────────────────────

MESSAGES: Register[Message] = Register(
    name="messages",
    holds=Message,
    key=lambda message: (message.member, message.id),
    at=lambda message: message.at,
    other=lambda message: message.member,
)
"""What a member wrote, and what was written to them."""

CONVERSATIONS: Register[Conversation] = Register(
    name="conversations",
    holds=Conversation,
    key=lambda conversation: (conversation.member,),
    at=lambda conversation: conversation.last.at,
    other=lambda conversation: conversation.member,
)
"""With whom a member wrote."""

UNREAD: Register[Conversation] = Register(
    name="unread",
    holds=Conversation,
    key=CONVERSATIONS.key,
    at=CONVERSATIONS.at,
    other=CONVERSATIONS.other,
)
"""The conversations of a member in which something is unread, so that a count reads only those."""

REQUESTS_RECEIVED: Register[MessageRequest] = Register(
    name="message_requests_received",
    holds=MessageRequest,
    key=lambda request: (request.sender,),
    at=lambda request: request.at,
    other=lambda request: request.sender,
)
"""What waits for a member's answer."""

REQUESTS_SENT: Register[MessageRequest] = Register(
    name="message_requests_sent",
    holds=MessageRequest,
    key=lambda request: (request.to,),
    at=lambda request: request.at,
    other=lambda request: request.to,
)
"""The last request or InMail of a member to each other member, whatever became of it."""

CORRESPONDENTS: Register[Correspondent] = Register(
    name="correspondents",
    holds=Correspondent,
    key=lambda correspondent: (correspondent.member,),
    at=lambda correspondent: correspondent.since,
    other=lambda correspondent: correspondent.member,
)
"""To whom a member may write freely without a connection."""

MESSAGE_STANDINGS: Register[MessageStanding] = Register(
    name="message_standings",
    holds=MessageStanding,
    key=lambda _: (),
    at=lambda standing: standing.at,
)
"""A member's credits, and what they asked for lately: one entry a member."""
