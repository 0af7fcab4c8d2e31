"""Every store keeps every promise of the protocols."""

from connectcore.storage import Transaction
from connectcore.testing.conformance import CHECKS, StoreConformance
from connectcore.testing.conformance.rollback import WRITES


class TestEachStore(StoreConformance):
    """The stores that `make_store` makes, one after the other."""


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
