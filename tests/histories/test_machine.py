"""Histories: random acts by random members against a naive model of sets and dicts."""

from collections.abc import Iterable

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from connectcore.storage import Store
from connectcore.testing.machine import NetworkStateMachine
from tests.conftest import by_depth
from tests.stores.databases import ALL_MAKERS, WHOLE_KINDS

EXAMPLES = by_depth(quick=20, usual=20, ci=300, nightly=2000)
STEPS = by_depth(quick=50, usual=50, ci=50, nightly=100)
IN_A_DATABASE = by_depth(quick=(1, 25), usual=(1, 25), ci=(2, 25), nightly=(EXAMPLES, STEPS))
"""How many histories are lived in each database, and how many steps each may have."""


def test_a_network_agrees_with_the_naive_model() -> None:
    """Whatever members do, the network answers as sets and dicts do."""
    thorough = settings(max_examples=EXAMPLES, stateful_step_count=STEPS)
    run_state_machine_as_test(NetworkStateMachine, settings=thorough)


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in WHOLE_KINDS if name != "memory"])
def test_a_network_in_a_database_agrees_with_the_naive_model(name: str) -> None:
    """It answers no differently; fewer and shorter histories will do, since decisions are the same."""

    class InADatabase(NetworkStateMachine):
        def make_stores(self) -> Iterable[Store]:
            return (ALL_MAKERS[name](),)

    examples, steps = IN_A_DATABASE
    brief = settings(max_examples=examples, stateful_step_count=steps)
    run_state_machine_as_test(InADatabase, settings=brief)
