"""Cases of a race are tried on every store that the tests of stores know."""

from collections.abc import Callable

import pytest

from connectcore.storage import Store
from tests.stores.conftest import _store
from tests.stores.databases import EACH_MARKED, MAKERS

__all__ = ["_store"]


@pytest.fixture(name="make_store", params=EACH_MARKED)
def _make_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Give the maker of one kind of store."""
    return MAKERS[request.param]
