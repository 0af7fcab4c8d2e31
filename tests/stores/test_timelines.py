"""Timelines: whatever goes in and out, what is left is in order."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore.pages import Mark
from connectcore.storage.memory.timelines import Timeline
from connectcore.testing.strategies import moments, texts
from tests.worlds import NOON

marks = st.tuples(moments(), texts(max_size=2))


def timeline(entries: list[Mark]) -> Timeline:
    """A timeline to which *entries* were added one after the other."""
    made = Timeline()
    for entry in entries:
        made.add(entry)
    return made


@given(st.lists(marks, unique=True), st.data())
def test_it_is_a_sorted_list(entries: list[Mark], data: st.DataObject) -> None:
    """A part of it is that part of the sorted marks, newest first, also after some are gone."""
    kept = timeline(entries)
    gone = data.draw(st.lists(st.sampled_from(entries), unique=True)) if entries else []
    for entry in gone:
        kept.discard(entry)
    before = data.draw(st.none() | marks)
    since = data.draw(st.none() | moments())
    limit = data.draw(st.none() | st.integers(0, 5))

    left = sorted(set(entries) - set(gone), reverse=True)
    later = [entry for entry in left if since is None or entry[0] > since]
    part = [entry for entry in later if before is None or entry < before]
    assert len(kept) == len(left)
    assert kept.count_after(since) == len(later)
    assert list(kept.newest(before, limit, since=since)) == part[:limit]


@pytest.mark.parametrize("missing", [(NOON, "a"), (NOON, "c"), (NOON.replace(hour=1), "b")])
def test_what_is_not_there_cannot_be_taken_out(missing: tuple[datetime, str]) -> None:
    """A wrong mark is a loud error, and nothing is taken out in its place."""
    kept = timeline([(NOON, "b")])

    with pytest.raises(KeyError):
        kept.discard(missing)

    assert list(kept.newest(None, None)) == [(NOON, "b")]
