"""Notices in scenarios: what members are told, in the application and by mail."""

from collections.abc import Callable, Mapping, Sequence

from connectcore import Notice
from tests.scenarios.listing import whole
from tests.scenarios.stage import Stage

__all__ = ["ACTS", "EXPECTATIONS"]


def _unsubscribe(stage: Stage, by: str) -> None:
    """By the link in the mail that came first, and without being signed in."""
    stage.world.network.unsubscribe(stage.mail[by][0].token)


ACTS: Mapping[str, Callable[..., object]] = {
    "gets the mail": lambda stage, by: stage.deliver(by),
    "unsubscribes by the first mail": _unsubscribe,
    "sees the notices": lambda stage, by: stage[by].notices.mark_seen(),
}


def _told(stage: Stage, who: str, *, lines: Sequence[str]) -> None:
    """What came since the scenario began, newest first."""
    listed = whole(stage[who].notices.page)

    assert [_line(notice) for notice in listed if notice.at >= stage.began] == [*lines]


def _line(notice: Notice) -> str:
    return f"{notice.kind.value.replace('_', ' ')} by {notice.actor}"


def _summary(stage: Stage, who: str, *, lines: Sequence[str]) -> None:
    """What is unseen, in sentences; the counts make up the number of unseen notices."""
    groups = stage[who].notices.summary()

    assert [str(group) for group in groups] == [*lines]
    assert stage[who].notices.unseen_count() == sum(group.count for group in groups)


def _mailed(
    stage: Stage, who: str, *, lines: Sequence[str], texts: Sequence[str] | None = None
) -> None:
    """The subjects of the mail that is due, in its order, and all that it says."""
    due = stage.due(who)

    assert [email.subject for email in due] == [*lines]
    assert texts is None or [line for email in due for line in email.text.splitlines()] == [*texts]
    assert {email.to for email in due} <= {*stage[who].profiles.view(who).profile.contact.emails}


EXPECTATIONS: Mapping[str, Callable[..., None]] = {
    "is told": _told,
    "is to get mail": _mailed,
    "reads of what is unseen": _summary,
}
