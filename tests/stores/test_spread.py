"""A store that takes its rows for spread answers as one that does not, and asks few machines."""

import pytest

from connectcore.storage.sql import SqlStore
from connectcore.testing.conformance import CHECKS
from connectcore.testing.conformance.checking import Check
from tests.conftest import PROFILE
from tests.stores.databases import MAKERS

IS_NIGHT = PROFILE == "nightly"

ASKED_OTHERWISE = (
    "a closed list",
    "a path",
    "a listing is newest first",
    "connections are symmetric",
    "posts and comments that are not there",
    "reactions are apart",
    "the closest path",
)
"""How the names begin of checks of what is asked in another way where rows are spread."""

DUE = [check for name, check in CHECKS.items() if IS_NIGHT or name.startswith(ASKED_OTHERWISE)]


def spread_store() -> SqlStore:
    """An empty store that takes its rows for spread."""
    store = MAKERS["postgresql"]()
    assert isinstance(store, SqlStore)
    store.read(lambda snapshot: snapshot.key())
    store._is_spread = True
    return store


@pytest.mark.skipif("postgresql" not in MAKERS, reason="PostgreSQL is not tested")
@pytest.mark.parametrize("check", DUE, ids=lambda check: check.name)
def test_a_store_whose_rows_are_spread_keeps(check: Check) -> None:
    """Whatever it asks in another way, the answer is the same."""
    check.hold(spread_store)
