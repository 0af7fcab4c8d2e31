"""The naive model notices a store that is wrong, or it would show nothing of one that is right."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pytest
from hypothesis.stateful import MultipleResults

from connectcore import Reaction
from connectcore.storage import Store
from connectcore.testing.machine import NetworkStateMachine
from tests.histories.faulty import Blockless, FaultyStore, Keeping, Plant, Unsettled

History = Callable[[NetworkStateMachine], None]


def _block(machine: NetworkStateMachine) -> None:
    machine.do("block", ("ana", "bob"))


def _react_and_unreact(machine: NetworkStateMachine) -> None:
    machine.befriend(("ana", "bob"))
    published = machine.publish("ana", audience=None)
    assert isinstance(published, MultipleResults)
    (post,) = published.values
    machine.react("bob", post, Reaction.LIKE)
    machine.unreact("bob", post)


def _read_a_message(machine: NetworkStateMachine) -> None:
    machine.befriend(("ana", "bob"))
    machine.write(("ana", "bob"), "Hello!")
    machine.mark_read(("bob", "ana"), place=0)


def _push_twice(machine: NetworkStateMachine) -> None:
    machine.send(("ana", "bob"), note="", email=None)
    machine.push(settled=0)
    machine.push(settled=0)


FAULTS: Mapping[str, tuple[Plant, History]] = {
    "blocks are forgotten": (Blockless, _block),
    "notices are kept": (partial(Keeping, register="notices"), _react_and_unreact),
    "what is read stays unread": (partial(Keeping, register="unread"), _read_a_message),
    "what is settled stays": (Unsettled, _push_twice),
}
"""Stores that keep too little or too much, each with a history that shows it."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_store_is_noticed(fault: str) -> None:
    """A store that is wrong about one thing does not pass, and without its fault it does."""
    plant, history = FAULTS[fault]

    _live_through(history, lambda inner: inner)
    with pytest.raises(AssertionError, match="the model expects"):
        _live_through(history, plant)


def _live_through(history: History, plant: Plant) -> None:
    """Run a history on a store with a fault, and compare everything in the end."""

    class OnFaultyStore(NetworkStateMachine):
        def make_stores(self) -> Iterable[Store]:
            return (FaultyStore(plant),)

    machine = OnFaultyStore()
    history(machine)
    machine.teardown()
