"""Races, run in every order of their steps on every store, and shown to be races without a lock."""

from collections.abc import Callable

import pytest

from connectcore.storage import Store
from tests.conftest import a_share, by_depth
from tests.races.makers import UNPROTECTED
from tests.races.table import BETWEEN_THREE, RACES
from tests.races.waiting import thrown_out

AT_MOST = by_depth(quick=3, usual=3, ci=None, nightly=None)
AT_MOST_OF_THREE = by_depth(quick=4, usual=4, ci=20, nightly=None)

HELD_BY_A_DATABASE = "two messages to one"
"""A message writes before it reads what it counts, and from then on a database lets nobody else in."""


@pytest.mark.parametrize("race", RACES)
def test_every_order_keeps_what_is_promised(race: str, make_store: Callable[[], Store]) -> None:
    """Whoever comes first, and wherever the other waits, the lists agree and the outcomes fit.

    A database refuses nothing on the way: there is no deadlock, and nothing to be tried again.
    """
    at_most = AT_MOST_OF_THREE if race in BETWEEN_THREE else AT_MOST
    before = thrown_out()

    orders = RACES[race].hold(make_store, at_most=at_most)

    assert orders > len(RACES[race].acts)
    assert thrown_out() == before


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("kind", "race"), [(kind, race) for kind in UNPROTECTED for race in a_share(RACES)]
)
def test_without_protection_some_order_breaks_it(kind: str, race: str) -> None:
    """Each race is one: on a store that lets writes overlap it is lost."""
    if race == HELD_BY_A_DATABASE and kind != "memory":
        return

    assert RACES[race].breaks(UNPROTECTED[kind], at_most=100)
