"""What is undone or forgotten leaves no row behind, also where no read of the protocol looks."""

from collections.abc import Callable

import pytest

from connectcore import MemberId
from connectcore.storage import Store, Transaction
from connectcore.testing.conformance.forgetting import TRACES, Trace, background
from connectcore.testing.conformance.keeping import EVE, EVERYBODY, write
from connectcore.testing.conformance.rollback import NEW, WRITES, Unit, filled
from tests.stores.filling import fill
from tests.stores.keeping import contents


@pytest.mark.parametrize("unit", WRITES.values(), ids=WRITES.keys())
def test_a_write_that_is_undone_leaves_no_row(store: Store, unit: Unit) -> None:
    """All that is in the store is what was in it before."""
    fill(store, "one of each", filled)
    before = contents(store, (*EVERYBODY, NEW))

    def failing(transaction: Transaction) -> None:
        unit(transaction)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(store, failing)

    assert contents(store, (*EVERYBODY, NEW)) == before


@pytest.mark.parametrize("trace", TRACES.values(), ids=TRACES.keys())
def test_what_is_forgotten_leaves_no_row(make_store: Callable[[], Store], trace: Trace) -> None:
    """All that is in the store is what is in one in which the member never was."""
    untouched, store = make_store(), make_store()
    for each in (untouched, store):
        fill(each, "background", background)
    write(store, trace.plant)

    assert contents(store) != contents(untouched)
    write(store, lambda transaction: transaction.forget(EVE))
    assert contents(store) == contents(untouched)


def test_forgetting_nobody_changes_no_row(store: Store) -> None:
    """Somebody who was never there leaves nothing behind, not even that they were asked about."""
    fill(store, "background", background)
    before = contents(store)

    write(store, lambda transaction: transaction.forget(MemberId("nobody")))

    assert contents(store) == before
