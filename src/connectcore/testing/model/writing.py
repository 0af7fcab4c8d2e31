"""Messages: who wrote what to whom, what waits for an answer, and what it cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectcore.settings import WhoMayWrite
from connectcore.testing.model.state import LIMITS, Message, MessageRequest, Model
from connectcore.testing.model.telling import tell, untell

__all__ = [
    "accept",
    "ask",
    "close",
    "conversations",
    "credits_of",
    "decline",
    "mark_read",
    "read",
    "requested_by",
    "requests_left",
    "requests_to",
    "send",
    "unread",
    "withdraw",
]

WEEK = timedelta(weeks=1)


def send(model: Model, by: str, to: str, text: str, new: str) -> set[str]:
    """Write freely; *new* is the id that the message gets."""
    model.meet(by, to)
    codes: set[str] = set() if _is_free(model, by, to) else {"not_open"}
    if len(text) > LIMITS.message:
        codes.add("message_too_long")
    if codes:
        return codes
    if _answers(model, by, to):
        _settle(model, to, by, "accepted")
        _open(model, to, by)
    model.messages[new] = Message(by, to, text, model.now, holders={by, to})
    model.unread[by, to] = 0
    model.unread[to, by] += 1
    untell(model, "message_received", to=by, actor=to)
    tell(model, "message_received", to=to, actor=by)
    if not model.are_connected(by, to):
        model.correspondents.add((to, by))
    return set()


def ask(
    model: Model, by: str, to: str, text: str, new: str, *, subject: str | None = None
) -> set[str]:
    """Ask by a request, or by an InMail if there is a *subject*."""
    model.meet(by, to)
    if _is_free(model, by, to):
        return {"open_already"}
    inmail = subject is not None
    codes = set(_why_not_ask(model, by, to))
    if subject is None:
        codes |= set(_why_no_request(model, by, to, text))
    else:
        codes |= set(_why_no_inmail(model, by, text, subject))
    if codes:
        return codes
    message = Message(by, to, text, model.now, holders={by})
    model.messages[new] = message
    model.requests[by, to] = MessageRequest(message, inmail=inmail)
    if inmail:
        model.credited.append((by, model.now, -1))
    else:
        model.requested.append((by, model.now))
    tell(model, "message_requested", to=to, actor=by)
    return set()


def accept(model: Model, by: str, sender: str) -> set[str]:
    """Accept what *sender* asked."""
    model.meet(by, sender)
    request = model.requests.get((sender, by))
    if request is None or request.status not in {"waiting", "accepted"}:
        return {"no_request"}
    if request.status == "waiting":
        _settle(model, sender, by, "accepted")
        _open(model, sender, by)
    return set()


def decline(model: Model, by: str, sender: str) -> set[str]:
    """Decline what *sender* asked, who goes on seeing a request sent."""
    model.meet(by, sender)
    request = model.requests.get((sender, by))
    if request is None or request.status not in {"waiting", "declined"}:
        return {"no_request"}
    if request.status == "waiting":
        _put_aside(model, sender, by)
        _settle(model, sender, by, "declined" if request.inmail else "waiting")
    return set()


def withdraw(model: Model, by: str, to: str) -> set[str]:
    """Take a request back."""
    model.meet(by, to)
    request = model.requests.get((by, to))
    if request is not None and request.status == "withdrawn":
        return set()
    if request is None or request.inmail or request.status != "waiting":
        return {"no_request"}
    _put_aside(model, by, to)
    request.status, request.ended = "withdrawn", model.now
    request.message.holders.discard(by)
    return set()


def mark_read(model: Model, by: str, other: str) -> set[str]:
    """Leave nothing unread of what *other* wrote."""
    if by == other:
        return {"oneself"}
    model.act(by)
    model.require(by, other)
    model.unread[by, other] = 0
    untell(model, "message_received", to=by, actor=other)
    return set()


def close(model: Model, one: str, other: str) -> None:
    """Leave nothing open between two of whom one blocked the other."""
    for by, to in ((one, other), (other, one)):
        model.correspondents.discard((by, to))
        _put_aside(model, by, to)


# What a member sees.


def read(model: Model, by: str, other: str) -> list[str]:
    """What the two wrote to each other, as *by* has it, newest first."""
    model.require(by, other)
    return _held(model, by, other)


def conversations(model: Model, by: str) -> list[tuple[str, str, int]]:
    """With whom *by* wrote, the last message and how many are unread; newest first."""
    others = [other for other in model.joined if other != by and model.sees(by, other)]
    found = [(other, held[0]) for other in others if (held := _held(model, by, other))]
    found.sort(key=lambda entry: model.messages[entry[1]].at, reverse=True)
    return [(other, last, model.unread[by, other]) for other, last in found]


def unread(model: Model, by: str) -> int:
    """How many messages *by* has not read."""
    return sum(count for _, _, count in conversations(model, by))


def requests_to(model: Model, to: str) -> set[tuple[datetime, str, str]]:
    """What waits for an answer of *to*: since when, whose, and its text."""
    return {
        (request.message.at, sender, request.message.text)
        for (sender, receiver), request in model.requests.items()
        if receiver == to and request.open and model.sees(to, sender)
    }


def requested_by(model: Model, sender: str) -> set[tuple[datetime, str, str]]:
    """What *sender* sees waiting: since when, with whom, and its text."""
    return {
        (request.message.at, to, request.message.text)
        for (by, to), request in model.requests.items()
        if by == sender and request.status == "waiting" and model.sees(sender, to)
    }


def credits_of(model: Model, member: str) -> int:
    """What grants, InMails and answers to them have left."""
    mine = [(at, change) for who, at, change in model.credited if who == member]
    begun = mine[0][0] if mine else model.now
    grants: list[tuple[datetime, int]] = []
    granted = begun
    while granted <= model.now:
        grants.append((granted, LIMITS.credits))
        granted += LIMITS.month
    left = 0
    for _, change in sorted([*grants, *mine], key=lambda entry: entry[0]):
        left = min(left + change, LIMITS.gathered)
    return left


def requests_left(model: Model, member: str) -> int:
    """How many requests *member* may send now."""
    lately = [at for by, at in model.requested if by == member and at > model.now - WEEK]
    return max(0, LIMITS.requests - len(lately))


# Who may write to whom.


def _is_free(model: Model, by: str, to: str) -> bool:
    return (
        model.are_connected(by, to)
        or (by, to) in model.correspondents
        or _answers(model, by, to)
        or model.settings[to].who_may_write is WhoMayWrite.ANYONE
    )


def _answers(model: Model, by: str, to: str) -> bool:
    """Whether a message of *by* would answer what *to* asked."""
    request = model.requests.get((to, by))
    return request is not None and request.status == "waiting"


def _why_not_ask(model: Model, by: str, to: str) -> Iterator[str]:
    if model.settings[to].who_may_write is not WhoMayWrite.REQUESTS:
        yield "not_taking_messages"
    request = model.requests.get((by, to))
    if request is not None and request.status == "waiting":
        yield "request_waits"


def _why_no_request(model: Model, by: str, to: str, text: str) -> Iterator[str]:
    if not requests_left(model, by):
        yield "requests_a_week"
    request = model.requests.get((by, to))
    if request is not None and request.status == "withdrawn" and _lately(model, request):
        yield "request_withdrawn"
    if not model.mutual(by, to) and not _companies(model, by, by) & _companies(model, by, to):
        yield "nothing_in_common"
    if len(text) > LIMITS.message:
        yield "message_too_long"


def _why_no_inmail(model: Model, by: str, text: str, subject: str) -> Iterator[str]:
    if not credits_of(model, by):
        yield "inmail_credits"
    if len(subject) > LIMITS.subject:
        yield "subject_too_long"
    if len(text) > LIMITS.inmail:
        yield "message_too_long"


def _companies(model: Model, viewer: str, owner: str) -> set[str]:
    """Where *owner* works now, as far as *viewer* sees it."""
    if not model.reads(viewer, owner, "positions"):
        return set()
    positions = model.profiles[owner].positions
    return {position.company for position in positions if position.ended is None}


def _lately(model: Model, request: MessageRequest) -> bool:
    return request.ended is None or model.now < request.ended + LIMITS.cooling


# What comes of it.


def _held(model: Model, by: str, other: str) -> list[str]:
    held = [
        id_
        for id_, message in model.messages.items()
        if by in message.holders and {message.sender, message.to} == {by, other}
    ]
    return sorted(held, key=lambda id_: model.messages[id_].at, reverse=True)


def _settle(model: Model, sender: str, to: str, status: str) -> None:
    request = model.requests[sender, to]
    request.status, request.ended = status, model.now
    if request.inmail and model.now <= request.message.at + LIMITS.answered:
        model.credited.append((sender, model.now, 1))


def _open(model: Model, sender: str, to: str) -> None:
    _put_aside(model, sender, to)
    model.requests[sender, to].message.holders.add(to)
    model.correspondents |= {(sender, to), (to, sender)}


def _put_aside(model: Model, sender: str, to: str) -> None:
    if (sender, to) in model.requests:
        model.requests[sender, to].open = False
    untell(model, "message_requested", to=to, actor=sender)
