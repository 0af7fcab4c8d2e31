"""Delivering messages: what both of the two keep is written together, or not at all."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from connectcore.channels import NoticeKind
from connectcore.members import MemberId
from connectcore.messages import (
    CONVERSATIONS,
    CORRESPONDENTS,
    MESSAGE_STANDINGS,
    MESSAGES,
    REQUESTS_RECEIVED,
    REQUESTS_SENT,
    UNREAD,
    Conversation,
    Correspondent,
    Message,
    MessageRequest,
    going_on,
)
from connectcore.network.charter import Charter
from connectcore.network.telling import tell, untell
from connectcore.profiles import ProfileT
from connectcore.storage import Transaction
from connectcore.writing import after_answer

__all__ = [
    "ask",
    "close",
    "deliver",
    "let_write",
    "mark_read",
    "open_for_both",
    "put_aside",
    "settle",
    "take_back",
]


def deliver(charter: Charter[ProfileT], transaction: Transaction, message: Message) -> None:
    """Put a *message* of its sender into both conversations; who writes has read the other."""
    own = _keep(transaction, message)
    _save(transaction, evolve(own, unread=0))
    untell(transaction, NoticeKind.MESSAGE_RECEIVED, to=message.of, actor=message.member)
    theirs = _keep(transaction, message.mirrored())
    _save(transaction, evolve(theirs, unread=theirs.unread + 1))
    tell(
        charter,
        transaction,
        NoticeKind.MESSAGE_RECEIVED,
        to=message.member,
        actor=message.of,
        at=message.at,
    )


def ask(charter: Charter[ProfileT], transaction: Transaction, request: MessageRequest) -> None:
    """Put a request before its receiver; its sender has it in the conversation at once."""
    sender, to = request.sender, request.to
    _save(transaction, _keep(transaction, request.message))
    transaction.enter(REQUESTS_SENT, sender, request)
    transaction.enter(REQUESTS_RECEIVED, to, request)
    tell(charter, transaction, NoticeKind.MESSAGE_REQUESTED, to=to, actor=sender, at=request.at)


def put_aside(transaction: Transaction, sender: MemberId, to: MemberId) -> None:
    """Take the request of *sender* away from its receiver alone."""
    transaction.strike(REQUESTS_RECEIVED, to, (sender,))
    untell(transaction, NoticeKind.MESSAGE_REQUESTED, to=to, actor=sender)


def open_for_both(
    transaction: Transaction, request: MessageRequest, *, at: datetime
) -> Conversation:
    """Put an accepted request into the conversation of its receiver, and let both go on."""
    put_aside(transaction, request.sender, request.to)
    conversation = _keep(transaction, request.message.mirrored())
    _save(transaction, conversation)
    let_write(transaction, request.sender, request.to, at=at)
    let_write(transaction, request.to, request.sender, at=at)
    return conversation


def settle(
    charter: Charter[ProfileT], transaction: Transaction, request: MessageRequest, *, at: datetime
) -> None:
    """Let the sender of an answered request see the answer, and have the credit if one is due."""
    sender = request.sender
    transaction.enter(REQUESTS_SENT, sender, request)
    standing = after_answer(
        transaction.entry(MESSAGE_STANDINGS, sender, ()),
        request,
        at=at,
        plan=charter.messages.plan(transaction.members((sender,))[sender]),
        policy=charter.messages,
    )
    if standing is not None:
        transaction.enter(MESSAGE_STANDINGS, sender, standing)


def take_back(transaction: Transaction, request: MessageRequest) -> None:
    """Take a withdrawn request away from both; nobody is told."""
    sender, to = request.sender, request.to
    put_aside(transaction, sender, to)
    transaction.enter(REQUESTS_SENT, sender, request)
    transaction.strike(MESSAGES, sender, MESSAGES.key(request.message))
    conversation = transaction.entry(CONVERSATIONS, sender, (to,))
    left = transaction.entries(MESSAGES, (sender,), other=to, limit=1)
    if conversation is None or not left:
        transaction.strike(CONVERSATIONS, sender, (to,))
        transaction.strike(UNREAD, sender, (to,))
    else:
        _save(transaction, evolve(conversation, last=left[0]))


def let_write(transaction: Transaction, member: MemberId, other: MemberId, *, at: datetime) -> None:
    """Let *member* write to *other* freely from now on."""
    transaction.enter(CORRESPONDENTS, member, Correspondent(of=member, member=other, since=at))


def mark_read(transaction: Transaction, member: MemberId, other: MemberId) -> None:
    """Leave nothing unread in what *member* has of the conversation with *other*."""
    conversation = transaction.entry(CONVERSATIONS, member, (other,))
    if conversation is not None and conversation.unread:
        _save(transaction, evolve(conversation, unread=0))
    untell(transaction, NoticeKind.MESSAGE_RECEIVED, to=member, actor=other)


def close(transaction: Transaction, one: MemberId, other: MemberId) -> None:
    """Leave nothing open between two of whom one blocked the other.

    What they wrote stays, for the day on which the block is lifted, and so does what each of them
    sent and asked for: a block is no answer.
    The steps do not depend on what there is, so they tell nothing of it.
    """
    for member, them in ((one, other), (other, one)):
        transaction.strike(CORRESPONDENTS, member, (them,))
        put_aside(transaction, them, member)


def _keep(transaction: Transaction, message: Message) -> Conversation:
    """Enter a message with one of the two, and give the conversation that it is in."""
    transaction.enter(MESSAGES, message.of, message)
    return going_on(transaction.entry(CONVERSATIONS, message.of, (message.member,)), message)


def _save(transaction: Transaction, conversation: Conversation) -> None:
    of = conversation.of
    transaction.enter(CONVERSATIONS, of, conversation)
    if conversation.unread:
        transaction.enter(UNREAD, of, conversation)
    else:
        transaction.strike(UNREAD, of, UNREAD.key(conversation))
