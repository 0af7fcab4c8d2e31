"""The small networks in which messages are written."""

import pytest

from tests.correspondents import FREE, IN_REACH
from tests.worlds import World, world


@pytest.fixture(name="free")
def _free() -> World:
    """Give Ada and Grace, who are connected, and Mary, whom nobody knows."""
    return world("ada", "grace", "mary", connected=FREE)


@pytest.fixture(name="apart")
def _apart() -> World:
    """Give Ada and Grace, who are not connected and share Mary."""
    return world("ada", "grace", "mary", connected=IN_REACH)
