"""Every scenario is played in every store that is held to the whole of the promises."""

import pytest

from connectcore.storage import Store
from tests.stores.databases import ALL_MAKERS, WHOLE_KINDS, marks_of

WHOLE_MARKED = [pytest.param(kind, marks=marks_of(kind)) for kind in WHOLE_KINDS]


@pytest.fixture(name="store", params=WHOLE_MARKED)
def _store(request: pytest.FixtureRequest) -> Store:
    """Give an empty store."""
    return ALL_MAKERS[request.param]()
