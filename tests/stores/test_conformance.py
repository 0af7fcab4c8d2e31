"""Every store keeps every promise of the protocols."""

from collections.abc import Callable

import pytest

from connectcore.storage import Store, Transaction
from connectcore.storage.sql import SqlStore
from connectcore.testing.conformance import CHECKS, Capability, StoreConformance
from connectcore.testing.conformance.rollback import WRITES
from tests.stores.databases import ALL_MAKERS, MAKERS, PLACE_OF, WHOLE_KINDS, tried_in


class TestEachStore(StoreConformance):
    """The stores of which a read sees one instant, one after the other."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Make a test of each check in each kind of store."""
        cases = [
            pytest.param(kind, check, id=f"{check.name}-{kind}")
            for kind in WHOLE_KINDS
            if kind != "citus"
            for check in tried_in(kind, CHECKS.values())
        ]
        metafunc.parametrize(("make_store", "check"), cases, indirect=["make_store"])

    @pytest.fixture
    def make_store(self, request: pytest.FixtureRequest) -> Callable[[], Store]:
        """Give the maker of one kind of store."""
        return ALL_MAKERS[request.param]


if "citus" in MAKERS:

    class TestOnManyMachines(StoreConformance):
        """Citus has no snapshot across its machines, and says so."""

        lacking = frozenset({Capability.ONE_INSTANT})

        @pytest.fixture
        def make_store(self) -> Callable[[], Store]:
            """Give the maker of stores on the cluster that is named."""
            return MAKERS["citus"]


@pytest.mark.skipif("postgresql-16" not in WHOLE_KINDS, reason="no older PostgreSQL is tested")
def test_an_older_postgresql_is_an_older_one() -> None:
    """What is called PostgreSQL 16 is one, and not the server of everything else."""
    store = ALL_MAKERS["postgresql-16"]()
    assert isinstance(store, SqlStore)
    with PLACE_OF[store].engine.connect() as connection:
        version = connection.dialect.server_version_info

    assert version is not None
    assert version[0] == 16


def test_there_are_enough_checks() -> None:
    """A suite with few checks, or with none, would pass too."""
    assert len(CHECKS) >= 150


def test_every_check_says_what_it_promises() -> None:
    """In a sentence, which whoever breaks it reads."""
    assert [check.name for check in CHECKS.values() if not check.promise.endswith(".")] == []


def test_every_write_of_the_protocol_is_tried() -> None:
    """The table of writes names each method of `Transaction` that is not one of a snapshot."""
    inherited = {name for base in Transaction.__mro__[1:] for name in vars(base)}
    methods = {name for name in vars(Transaction) if name[0] != "_"} - inherited

    assert {name.partition(",")[0] for name in WRITES} == methods
