"""Every scenario is played in every store that the tests of stores know."""

import pytest

from connectcore.storage import Store
from tests.stores.databases import EACH_MARKED, MAKERS


@pytest.fixture(name="store", params=EACH_MARKED)
def _store(request: pytest.FixtureRequest) -> Store:
    """Give an empty store."""
    return MAKERS[request.param]()
