"""Moments are aware and in UTC; a naive one is refused."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    Comment,
    Connection,
    InvalidValue,
    InvitationSent,
    Member,
    MemberJoined,
    PendingInvitation,
    Post,
    Reacted,
)
from connectcore.audiences import Audience
from connectcore.moments import moment, optional_moment
from connectcore.testing.strategies import moments
from tests.between import proposal
from tests.worlds import NOON, profile_of

NAIVE = NOON.replace(tzinfo=None)
EAST = timezone(timedelta(hours=14))
WEST = timezone(timedelta(hours=-12))


class Nowhere(tzinfo):
    """A time zone that does not know its offset, which makes a datetime naive all the same."""

    def utcoffset(self, _at: datetime | None, /) -> None:
        """It is not known."""

    def dst(self, _at: datetime | None, /) -> None:
        """It is not known either."""

    def tzname(self, _at: datetime | None, /) -> None:
        """It has no name."""


def zones() -> st.SearchStrategy[tzinfo]:
    """Every offset that a time zone may have."""
    minutes = st.integers(-24 * 60 + 1, 24 * 60 - 1)
    return minutes.map(lambda offset: timezone(timedelta(minutes=offset)))


@pytest.mark.parametrize("value", [NAIVE, NOON.replace(tzinfo=Nowhere())], ids=["none", "unknown"])
def test_a_naive_datetime_is_refused(value: datetime) -> None:
    """Which moment a naive datetime means is not guessed; the error names it and the remedy."""
    with pytest.raises(ValueError, match=r"2026, 3, 2, 12.*is naive; give it a time zone"):
        moment(value)


def test_what_is_no_moment_is_refused() -> None:
    """By what it is; which moment a number or a text means is not guessed either."""
    with pytest.raises(InvalidValue, match=r"^a moment is a datetime with a time zone, not a int$"):
        moment(cast("datetime", 7))


@given(moments(), zones())
def test_a_moment_in_another_zone_is_the_same_moment_in_utc(at: datetime, zone: tzinfo) -> None:
    """Conversion changes how a moment is written, not which one it is."""
    converted = moment(at.astimezone(zone))

    assert converted == at
    assert converted.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        datetime(999, 12, 31, 23, 59, tzinfo=UTC),
        datetime(9001, 1, 1, tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=EAST),
        datetime.max.replace(tzinfo=WEST),
        datetime(1000, 1, 1, tzinfo=EAST),
        datetime(9000, 12, 31, 23, tzinfo=WEST),
    ],
    ids=str,
)
def test_a_moment_near_the_ends_of_the_calendar_is_refused(value: datetime) -> None:
    """Rules count weeks from every moment in either direction, so none may lie at an end."""
    with pytest.raises(InvalidValue, match="no moment that a network could count from"):
        moment(value)


@pytest.mark.parametrize(
    "value",
    [
        datetime(1000, 1, 1, tzinfo=UTC),
        datetime(9000, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(999, 12, 31, 13, tzinfo=WEST),
    ],
    ids=str,
)
def test_every_moment_of_eight_thousand_years_is_taken(value: datetime) -> None:
    """The first and the last moment are in; a moment taken once is taken again."""
    taken = moment(value)

    assert taken == value
    assert moment(taken) == taken


def test_no_moment_stays_none() -> None:
    """An optional moment may be left out, and is held to the same if it is not."""
    assert optional_moment(None) is None
    assert optional_moment(NOON.astimezone(EAST)) == NOON
    with pytest.raises(InvalidValue, match="naive"):
        optional_moment(NAIVE)


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        (InvitationSent, {"by": "ada", "to": "grace", "at": NAIVE}),
        (PendingInvitation, {"inviter": "ada", "invitee": "grace", "sent_at": NAIVE}),
        (Connection, {"of": "ada", "member": "grace", "since": NAIVE}),
        (
            Post,
            {"id": "1", "author": "ada", "at": NAIVE, "text": "!", "audience": Audience.MEMBERS},
        ),
        (Comment, {"id": "2", "post": "1", "author": "ada", "at": NAIVE, "text": "!"}),
        (Reacted, {"post": "1", "member": "ada", "at": NAIVE}),
        (MemberJoined, {"id": "3", "actor": "ada", "at": NAIVE}),
        (Member, {"id": "ada", "profile": profile_of("ada"), "joined_at": NAIVE}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_no_value_takes_a_naive_datetime(kind: type[object], rest: dict[str, Any]) -> None:
    """Every value with a moment refuses a naive one where it is made."""
    with pytest.raises(ValueError, match="naive"):
        kind(**rest)


def test_no_proposal_is_judged_at_a_naive_datetime() -> None:
    """Rules count from a moment, never from a clock on some wall."""
    with pytest.raises(ValueError, match="naive"):
        proposal(at=NAIVE)
