"""Races are run on the stores in which units can really meet."""

from collections.abc import Callable

import pytest

from connectcore.storage import Store
from tests.races.makers import PROTECTED


@pytest.fixture(name="make_store", params=PROTECTED)
def _make_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Give the maker of one kind of store."""
    return PROTECTED[request.param]
