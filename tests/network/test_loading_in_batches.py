"""Loading in batches: how often the store is asked, what is told, and what a broken one leaves."""

from collections.abc import Iterator
from typing import Any

import pytest

from connectcore import InvalidValue, LeftOut, Loadable, Member, MemoryStore, Profile
from connectcore.storage import Snapshot
from connectcore.testing import RecordingStore
from tests.network.test_loading import (
    WHOLE,
    UnreadableRow,
    comment,
    connection,
    member,
    post,
    reaction,
)
from tests.worlds import world


def test_the_number_of_reads_does_not_grow_with_the_batch() -> None:
    """Two hundred items of all kinds ask the store as often as four."""
    store = RecordingStore(MemoryStore())
    made = world(store=store)
    crowd = [f"member-{number:03}" for number in range(101)]
    made.network.load([member("ada"), *map(member, crowd)])

    def reads(size: int) -> list[str]:
        others = crowd[size : 2 * size]
        store.calls.clear()
        report = made.network.load(
            [
                *(connection("ada", other) for other in others),
                *(post(f"{size}, {other}", other) for other in others),
                *(comment(f"{other}, {size}", f"{size}, {other}", "ada") for other in others),
                *(reaction(f"{size}, {other}", "ada") for other in others),
            ]
        )
        assert sum(report.loaded.values()) == 4 * size
        return [name for name in store.names if hasattr(Snapshot, name)]

    assert reads(1) == reads(50)


def test_progress_is_told_after_each_batch() -> None:
    """What is told is how many items have been looked at, loaded or not."""
    told: list[int] = []
    made = world()

    made.network.load([*WHOLE, member("ada")], batch=4, progress=told.append)

    assert told == [4, 8, 11]


def test_a_batch_is_loaded_whole_or_not_at_all() -> None:
    """Items that break midway take their own batch with them; those before it stay."""

    def items() -> Iterator[Loadable[Profile]]:
        yield member("ada")
        yield member("bob")
        yield member("cat")
        raise UnreadableRow

    made = world()

    with pytest.raises(UnreadableRow):
        made.network.load(items(), batch=2)

    assert made.network.load([member("ada"), member("bob"), member("cat")]).loaded == {Member: 1}


@pytest.mark.parametrize("batch", [0, -1])
def test_a_batch_holds_something(batch: int) -> None:
    """A batch of nothing is an error, not an empty report."""
    made = world()

    with pytest.raises(InvalidValue, match="loads nothing"):
        made.network.load([member("ada")], batch=batch)


def test_what_is_no_part_of_a_network_cannot_be_loaded() -> None:
    """Something else among the items is an error, not loaded in silence; its batch is not loaded."""
    made = world()
    junk: list[Any] = [member("ada"), "ada"]

    with pytest.raises(InvalidValue, match="nothing of the type str can be loaded"):
        made.network.load(junk)

    assert made.network.load([member("ada")]).loaded == {Member: 1}


def test_nothing_is_loaded_from_nothing() -> None:
    """An empty load is an empty report, and no progress is told."""
    told: list[int] = []

    report = world().network.load([], progress=told.append)

    assert (report.loaded, report.left_out, told) == ({}, (), [])


def test_the_report_holds_the_items_themselves() -> None:
    """Whoever loads can find out which of their rows was left out."""
    made = world("ada")
    again = member("ada")

    report = made.network.load([again])

    assert isinstance(report.left_out[0], LeftOut)
    assert report.left_out[0].item is again


def test_what_was_ended_here_is_not_loaded_again() -> None:
    """An import that is run again brings back no connection that somebody removed or refused."""
    made = world("ada", "bob", "cy", connected=[("ada", "bob")])
    made["ada"].connections.remove("bob")
    made["ada"].invitations.send("cy")
    made["cy"].invitations.report("ada")
    made["ada"].invitations.withdraw("cy")

    report = made.network.load([connection("bob", "ada"), connection("ada", "cy")])

    assert [entry.refusal.code for entry in report.left_out] == ["ended_here", "ended_here"]
    assert made["ada"].connections.count() == 0
