"""Many processes on one database: whatever they did at once could have been done one by one."""

import pytest

from connectcore.testing.history import NoLegalOrder
from tests.conftest import by_depth
from tests.histories.clients import run_clients

CLIENTS = by_depth(quick=4, usual=4, ci=8, nightly=8)
OPERATIONS = by_depth(quick=200, usual=200, ci=400, nightly=2000)


@pytest.mark.thorough
def test_many_clients_leave_a_legal_history() -> None:
    """For each two members there is an order of acts that explains every outcome, and the end."""
    history = run_clients(OPERATIONS, clients=CLIENTS, members=4)

    assert history.check() == 6
    assert len(history.operations) == OPERATIONS


@pytest.mark.thorough
def test_clients_without_protection_leave_none() -> None:
    """Where PostgreSQL is not told to lock the members, some outcome has no explanation."""
    history = run_clients(200, members=2, unprotected="unprotected")

    with pytest.raises(NoLegalOrder):
        history.check()
