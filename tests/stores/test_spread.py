"""A store that takes its rows for spread answers as one that does not, and asks few machines."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from connectcore import Activity, MemberId
from connectcore.storage import Transaction
from connectcore.storage.sql import SqlStore
from connectcore.testing.conformance import CHECKS
from connectcore.testing.conformance.checking import Check
from connectcore.testing.kinds import talk
from tests.conftest import PROFILE
from tests.stores.databases import MAKERS, PLACE_OF, postgresql
from tests.stores.sending import listening

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
    store = postgresql()
    store.read(lambda snapshot: snapshot.key())
    store._is_spread = True
    return store


on_postgresql = pytest.mark.skipif("postgresql" not in MAKERS, reason="PostgreSQL is not tested")


@on_postgresql
@pytest.mark.parametrize("check", DUE, ids=lambda check: check.name)
def test_a_store_whose_rows_are_spread_keeps(check: Check) -> None:
    """Whatever it asks in another way, the answer is the same."""
    check.hold(spread_store)


def _publish(activity: Activity, writing: Transaction) -> None:
    writing.publish(activity)


@on_postgresql
@pytest.mark.parametrize(("limit", "asked"), [(3, 1), (4, 2), (9, 2)])
def test_a_feed_asks_for_the_latest_first(limit: int, asked: int) -> None:
    """What is older than a week is asked for only where that week has too little, and follows it."""
    store, now = spread_store(), datetime.now(UTC)
    ages = [timedelta(hours=1), timedelta(days=2), timedelta(days=6), timedelta(days=9)]
    told = [talk("ada", f"Talk {number}", at=now - age) for number, age in enumerate(ages)]
    for each in told:
        store.write((each.actor,), partial(_publish, each))
    statements: list[str] = []

    with listening(PLACE_OF[store].engine, lambda *sent: statements.append(sent[2])):
        found = store.read(lambda snapshot: snapshot.activities_of((MemberId("ada"),), None, limit))

    assert list(found) == told[:limit]
    assert len(statements) == asked
