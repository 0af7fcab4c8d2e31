"""The stores in which scenarios are played."""

import pytest

from connectcore.storage import Store
from tests.stores.databases import ALL_MAKERS


@pytest.fixture(name="store")
def _store(request: pytest.FixtureRequest) -> Store:
    """Give an empty store of the kind that a test names."""
    return ALL_MAKERS[request.param]()
