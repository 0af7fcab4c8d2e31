"""Notices in scenarios: what members are told, and how far they have seen it."""

from collections.abc import Callable, Mapping, Sequence

from connectcore import Notice
from tests.scenarios.listing import whole
from tests.scenarios.stage import Stage

__all__ = ["ACTS", "EXPECTATIONS"]

ACTS: Mapping[str, Callable[..., object]] = {
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
    assert stage[who].notices.unseen() == sum(group.count for group in groups)


EXPECTATIONS: Mapping[str, Callable[..., None]] = {
    "is told": _told,
    "reads of what is unseen": _summary,
}
