"""Races, run in every order of their steps on every store, and shown to be races without a lock."""

from collections.abc import Callable

import pytest

from connectcore.storage import Store
from tests.conftest import IS_THOROUGH
from tests.races.acting import Race
from tests.races.table import BETWEEN_THREE, BETWEEN_TWO
from tests.stores.test_threads import Unguarded

RACES = {**BETWEEN_TWO, **BETWEEN_THREE}
AT_MOST = None if IS_THOROUGH else 100


@pytest.mark.parametrize("race", RACES.values(), ids=RACES)
def test_every_order_keeps_what_is_promised(race: Race, make_store: Callable[[], Store]) -> None:
    """Whoever comes first, and wherever the other waits, the lists agree and the outcomes fit."""
    assert race.run(make_store, at_most=AT_MOST) > len(race.acts)


@pytest.mark.parametrize("race", RACES.values(), ids=RACES)
def test_without_a_lock_some_order_breaks_it(race: Race) -> None:
    """Each race is one: on a store that lets writes overlap it is lost."""
    assert race.breaks(Unguarded)
