"""Many processes on one database: whatever they did at once could have been done one by one."""

from tests.conftest import PROFILE
from tests.histories.clients import run_clients

OPERATIONS = 2000 if PROFILE == "nightly" else 400


def test_many_clients_leave_a_legal_history() -> None:
    """For each two members there is an order of acts that explains every outcome, and the end."""
    history = run_clients(OPERATIONS, members=4)

    assert history.check() == 6
    assert len(history.operations) == OPERATIONS
