"""Conversations and blocks: for each of the two there was never another."""

from functools import partial

import pytest

from connectcore import (
    MemoryStore,
    NotFound,
)
from connectcore.testing import RecordingStore
from tests.correspondents import BOTH, FREE, IN_REACH, codes, texts, told
from tests.surface import ACTS_ON_A_MEMBER, READS_OF_A_MEMBER, answer, everything
from tests.worlds import HIDDEN, UNBOUNDED, World, world


def correspondents(store: RecordingStore) -> World:
    """Ada and Grace wrote to each other, agreed to, and each has something that waits."""
    made = world("ada", "grace", "mary", connected=IN_REACH, store=store)
    made["ada"].messages.request("grace", "May I?")
    made["grace"].messages.send("ada", "You may.")
    return made


@pytest.mark.parametrize(("blocker", "blocked"), BOTH)
def test_a_block_closes_the_conversation_for_both(blocker: str, blocked: str) -> None:
    """It is in no list and no count, and reads as of somebody who never was."""
    made = correspondents(RecordingStore(MemoryStore()))
    made[blocker].blocks.add(blocked)

    for one, other in BOTH:
        messages = made[one].messages
        assert messages.conversations().items == messages.unread().items == ()
        assert messages.unread_count() == 0
        with pytest.raises(NotFound):
            messages.read(other)
    with pytest.raises(NotFound):
        made[blocked].messages.send(blocker, "Hello?")


@pytest.mark.parametrize(("blocker", "blocked"), BOTH)
def test_after_a_block_two_are_as_strangers(blocker: str, blocked: str) -> None:
    """What was written is read again, as unread as it was; to write more they have to ask."""
    made = correspondents(RecordingStore(MemoryStore()))
    before = made["ada"].messages.conversations()
    made[blocker].blocks.add(blocked)
    made[blocker].blocks.remove(blocked)

    assert made["ada"].messages.conversations() == before
    for one, other in BOTH:
        assert texts(made[one].messages.read(other)) == ["You may.", "May I?"]
        assert codes(made[one].messages.may_send(other)) == ["not_open"]
        assert made[one].messages.may_request(other).allowed


def test_a_request_does_not_survive_a_block(apart: World) -> None:
    """It is not before its receiver again; its sender goes on seeing it sent, as if declined."""
    apart["ada"].messages.request("grace", "May I?")
    before = everything(apart)["ada"]
    apart["grace"].blocks.add("ada")
    apart["grace"].blocks.remove("ada")

    assert apart["grace"].messages.requests().items == ()
    assert told(apart, "grace") == []
    assert everything(apart)["ada"] == before


def test_a_block_is_no_answer() -> None:
    """No credit comes back, so none tells of it."""
    made = world("ada", "grace")
    made["ada"].messages.send_inmail("grace", "An offer.")
    before = made["ada"].messages.allowance()
    made["grace"].blocks.add("ada")

    assert made["ada"].messages.allowance() == before


@pytest.mark.parametrize(
    "name",
    [
        *(name for name in READS_OF_A_MEMBER if name.startswith("messages.")),
        *(name for name in ACTS_ON_A_MEMBER if name.startswith(("messages.", "blocks."))),
    ],
)
def test_whom_one_wrote_with_is_after_a_block_as_one_who_never_was(name: str) -> None:
    """The same answer for the same calls of the store, also where much was between the two."""
    store = RecordingStore(MemoryStore())
    made = correspondents(store)
    made["grace"].blocks.add("ada")
    call = {**READS_OF_A_MEMBER, **ACTS_ON_A_MEMBER}[name]

    outcomes: list[object] = []
    for of in ("grace", "nobody"):
        store.calls.clear()
        outcomes.append((answer(partial(call, made["ada"], of)), store.names))

    assert outcomes[0] == outcomes[1]


def test_who_shows_nothing_is_not_there_to_write_to() -> None:
    """Not for a connection either: the gate of every read is that of messages too."""
    made = world("ada", "grace", connected=FREE, visibility=UNBOUNDED)
    made["grace"].messages.send("ada", "Hello.")
    made["grace"].settings.change(audiences=HIDDEN)

    assert made["ada"].messages.conversations().items == ()
    assert made["ada"].messages.unread_count() == 0
    with pytest.raises(NotFound):
        made["ada"].messages.send("grace", "Hello?")
