"""Every scenario is played in every store that the tests of stores know, less those on a server."""

from collections.abc import Callable

import pytest

from connectcore.storage import Store
from tests.stores.databases import MAKERS

# What only a server does differently, the tests of stores look at; these would take minutes there.
HERE = [name for name in MAKERS if not name.startswith("postgresql")]


@pytest.fixture(name="store", params=HERE)
def _store(request: pytest.FixtureRequest) -> Store:
    """Give an empty store."""
    maker: Callable[[], Store] = MAKERS[request.param]
    return maker()
