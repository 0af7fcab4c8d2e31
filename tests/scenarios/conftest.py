"""Every scenario is played in every store that the tests of stores know."""

import pytest

from connectcore.storage import Store
from tests.stores.databases import FIRST_OF_ALL, MAKERS


@pytest.fixture(name="store", params=FIRST_OF_ALL)
def _store(request: pytest.FixtureRequest) -> Store:
    """Give an empty store."""
    return MAKERS[request.param]()
