"""Fixtures for pytest, for whoever asks for them by `pytest_plugins`; nothing loads them by itself.

A fixture is replaced by defining one of the same name: a `store` of one's own, for example, or a
`network` with the rules of the application.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Protocol

import pytest

from connectcore.network import Network
from connectcore.profiles import Profile
from connectcore.storage import Store
from connectcore.storage.memory import MemoryStore
from connectcore.testing.stores import RecordingStore
from connectcore.testing.worlds import Clock, World, person

__all__ = ["MakeWorld", "clock", "make_world", "network", "recording_store", "store"]


class MakeWorld(Protocol):
    """Lets people join the network of the test, and gives them."""

    def __call__(self, *members: str, connected: Iterable[tuple[str, str]] = ()) -> World[Profile]:
        """The network with *members*, made up by their ids, of whom some are *connected*."""
        ...


@pytest.fixture
def clock() -> Clock:
    """A clock that shows noon until the test moves it."""
    return Clock()


@pytest.fixture
def store() -> Store:
    """What everything is kept in: an empty store in memory."""
    return MemoryStore()


@pytest.fixture
def recording_store(store: Store) -> RecordingStore:
    """The same store, with a list of all that was asked of it."""
    return RecordingStore(store)


@pytest.fixture
def network(recording_store: RecordingStore, clock: Clock) -> Network[Profile]:
    """A network that nobody has joined, on the recording store, by the clock; its ids count up."""
    ids = count(1)
    return Network(recording_store, clock=clock, new_id=lambda: f"{next(ids):03}")


@pytest.fixture
def make_world(
    network: Network[Profile], recording_store: RecordingStore, clock: Clock
) -> MakeWorld:
    """A function that lets people join the network: `make_world("ada", "grace")["ada"]` acts."""

    def make(*members: str, connected: Iterable[tuple[str, str]] = ()) -> World[Profile]:
        for member in members:
            network.join(person(member))
        world = World(network=network, store=recording_store, clock=clock, members=members)
        world.connect(*connected)
        return world

    return make
