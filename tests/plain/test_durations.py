"""Durations are written and read as ISO 8601 has them, to the microsecond."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore.plain.durations import duration_of, duration_text


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("PT0S", timedelta()),
        ("P21D", timedelta(weeks=3)),
        ("PT48S", timedelta(seconds=48)),
        ("P1DT12H", timedelta(hours=36)),
        ("PT1H30M", timedelta(minutes=90)),
        ("PT0.000005S", timedelta(microseconds=5)),
        ("-P1D", timedelta(days=-1)),
        ("-PT0.500000S", timedelta(seconds=-0.5)),
    ],
)
def test_a_duration_is_written(text: str, duration: timedelta) -> None:
    """Weeks are days, and what is nothing is not written."""
    assert duration_text(duration) == text
    assert duration_of(text) == duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P3W", timedelta(weeks=3)),
        ("PT36H", timedelta(hours=36)),
        ("PT90M", timedelta(minutes=90)),
        ("PT0.5S", timedelta(seconds=0.5)),
        ("P1WT1S", timedelta(weeks=1, seconds=1)),
    ],
)
def test_a_duration_is_read_as_others_write_it(text: str, duration: timedelta) -> None:
    """Weeks, more hours than a day has, and shorter fractions will do."""
    assert duration_of(text) == duration


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "P1M", "P1Y", "1D", "P1.5D", "PT1.S", "P-1D", "p1d", "P1D "]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    """A month has no length, and a fraction belongs to seconds alone."""
    with pytest.raises(ValueError, match=r"^$"):
        duration_of(text)


@given(st.timedeltas(timedelta(days=-999_999_998), timedelta(days=999_999_998)))
def test_a_duration_is_read_back(duration: timedelta) -> None:
    """To the microsecond, however long."""
    assert duration_of(duration_text(duration)) == duration
