"""Messages in scenarios: what members write to each other, and what is seen of it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from connectcore import MessageWay, Verdict
from tests.scenarios.listing import whole
from tests.scenarios.stage import Stage

__all__ = ["ACTS", "ASKED_BEFOREHAND", "EXPECTATIONS"]


def _write(stage: Stage, by: str, to: str, *, text: str = "Hello.") -> None:
    stage[by].messages.send(stage.named(to), text)


def _ask(stage: Stage, by: str, to: str, *, text: str = "May I?") -> None:
    stage[by].messages.request(stage.named(to), text)


def _inmail(stage: Stage, by: str, to: str, *, text: str = "An offer.", subject: str = "") -> None:
    stage[by].messages.send_inmail(stage.named(to), text, subject=subject)


ACTS: Mapping[str, Callable[..., object]] = {
    "writes to {member}": _write,
    "asks to write to {member}": _ask,
    "sends an InMail to {member}": _inmail,
    "accepts the message of {member}": lambda stage, by, of: stage[by].messages.accept(
        stage.named(of)
    ),
    "declines the message of {member}": lambda stage, by, of: stage[by].messages.decline(
        stage.named(of)
    ),
    "takes back the message to {member}": lambda stage, by, to: stage[by].messages.withdraw(
        stage.named(to)
    ),
    "marks the messages of {member} as read": lambda stage, by, of: stage[by].messages.mark_read(
        stage.named(of)
    ),
}


def _before(way: MessageWay) -> Callable[..., tuple[Verdict, Verdict]]:
    calls = {
        MessageWay.FREELY: "may_send",
        MessageWay.REQUEST: "may_request",
        MessageWay.INMAIL: "may_send_inmail",
    }

    def ask(stage: Stage, by: str, to: str, **given: Any) -> tuple[Verdict, Verdict]:
        asked: Verdict = getattr(stage[by].messages, calls[way])(to, **given)
        return asked, stage.world.network.explain_message(by, way, to, **given)

    return ask


ASKED_BEFOREHAND: Mapping[str, Callable[..., tuple[Verdict, Verdict]]] = {
    "writes to {member}": _before(MessageWay.FREELY),
    "asks to write to {member}": _before(MessageWay.REQUEST),
    "sends an InMail to {member}": _before(MessageWay.INMAIL),
}
"""For acts that can be asked about: what the actor is told beforehand, and what the operator is."""


def _reads(stage: Stage, who: str, other: str, *, texts: Sequence[str]) -> None:
    messages = whole(partial(stage[who].messages.read, stage.named(other)))

    assert [message.text for message in messages] == [*texts]


def _conversations(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    assert [each.member for each in whole(stage[who].messages.conversations)] == [*are]


def _unread(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    unread = whole(stage[who].messages.unread)

    assert [f"{each.unread} from {each.member}" for each in unread] == [*are]
    assert stage[who].messages.unread_count() == sum(each.unread for each in unread)


def _requests(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    assert [each.sender for each in whole(stage[who].messages.requests)] == [*are]


def _requested(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    assert [each.to for each in whole(stage[who].messages.requested)] == [*are]


def _credits(stage: Stage, who: str, *, number: int) -> None:
    assert stage[who].messages.allowance().credits == number


EXPECTATIONS: Mapping[str, Callable[..., Any]] = {
    "reads the messages with {member}": _reads,
    "has conversations with": _conversations,
    "has unread messages": _unread,
    "is asked for an answer by": _requests,
    "waits for leave to write to": _requested,
    "has InMail credits": _credits,
}
