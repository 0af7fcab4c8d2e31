"""The stores that must keep the promises of `connectcore.storage`; a new one joins by a line."""

from collections.abc import Callable

import pytest

from connectcore.storage import Store
from tests.stores.databases import MAKERS

__all__ = ["MAKERS"]


@pytest.fixture(name="make_store", params=MAKERS)
def _make_store(request: pytest.FixtureRequest) -> Callable[[], Store]:
    """Give the maker of one kind of store."""
    return MAKERS[request.param]


@pytest.fixture(name="store")
def _store(make_store: Callable[[], Store]) -> Store:
    """Give an empty store."""
    return make_store()
