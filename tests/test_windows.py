"""Counting in a window: what is in it, what is left of a limit, and when a place is free again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from connectcore import Quota
from connectcore.moments import INSTANT
from connectcore.windows import WEEK, frees, left_in, within
from tests.worlds import NOON

THREE = (NOON, NOON + timedelta(days=1), NOON + timedelta(days=2))


@pytest.mark.parametrize(
    ("later", "counted"),
    [
        (timedelta(), 3),
        (WEEK - INSTANT, 3),
        (WEEK, 2),
        (WEEK + timedelta(days=1), 1),
        (WEEK + timedelta(days=2), 0),
    ],
)
def test_a_moment_leaves_the_window_once_it_is_as_old_as_that(
    later: timedelta, counted: int
) -> None:
    """At the instant at which it is a week old it counts no longer, and not before."""
    assert list(within(THREE, WEEK, NOON + later)) == list(THREE[len(THREE) - counted :])


@pytest.mark.parametrize(("limit", "last_to_leave"), [(1, THREE[2]), (2, THREE[1]), (3, THREE[0])])
def test_a_place_is_free_when_enough_have_left(limit: int, last_to_leave: datetime) -> None:
    """Under a limit of one even the newest has to leave, under one of three the oldest is enough."""
    assert frees(THREE, limit, WEEK) == last_to_leave + WEEK


def test_no_place_is_ever_free_under_a_limit_of_none() -> None:
    """Waiting does not help, so no moment is named."""
    assert frees(THREE, 0, WEEK) is None


@pytest.mark.parametrize(
    ("counted", "limit", "frees_at"),
    [
        ((), 2, None),
        (THREE[:1], 2, THREE[0] + WEEK),
        (THREE, 3, THREE[0] + WEEK),
        (THREE, 2, THREE[1] + WEEK),
    ],
)
def test_what_is_left_says_when_more_is(
    counted: Sequence[datetime], limit: int, frees_at: datetime | None
) -> None:
    """The next place comes free when the oldest that still counts leaves; none, if none is used."""
    quota = left_in("a_code", counted, limit, WEEK)

    assert quota == Quota(code="a_code", limit=limit, used=len(counted), frees_at=frees_at)
