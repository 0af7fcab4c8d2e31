"""Histories written by hand go through every rule of the naive model, where random ones may not come."""

from collections.abc import Mapping
from importlib import import_module
from inspect import getmembers, isfunction
from pkgutil import iter_modules

import pytest

from tests.conftest import by_depth
from tests.histories import written
from tests.histories.written.life import History, Life
from tests.stores.databases import MAKERS, tried_in


def _histories_of(module: str) -> Mapping[str, History]:
    """The public functions of a module, by their names in it."""
    found = import_module(f"{written.__name__}.{module}")
    return {
        f"{module}.{name}": history
        for name, history in getmembers(found, isfunction)
        if history.__module__ == found.__name__
    }


HISTORIES: Mapping[str, History] = {
    name: history
    for module in iter_modules(written.__path__)
    if module.name != "life"
    for name, history in _histories_of(module.name).items()
}

BUSIEST = (
    "choosing.whoever_leaves_is_forgotten",
    "endorsing.an_endorsement_is_asked_for",
    "guests.whoever_was_reported_reaches_no_address",
    "inviting.whoever_was_reported_invites_no_more",
    "parting.whoever_lifts_a_block_waits_before_another",
    "posting.what_was_said_is_taken_back",
    "recommending.a_revision_takes_the_place_of_what_was_accepted",
    "telling.members_unsubscribe_by_a_mail",
    "writing.an_inmail_that_is_answered_costs_nothing",
)
"""Of each subject the history that writes, changes and strikes most: decisions are the same anywhere."""


@pytest.mark.parametrize("name", HISTORIES)
def test_a_network_lives_through_a_history_as_the_model_does(name: str) -> None:
    """What is done goes through or is refused as it is written, and everybody reads what they should."""
    life = Life()
    HISTORIES[name](life)

    life.teardown()


@pytest.mark.thorough
@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind != "memory"])
def test_a_network_in_a_database_lives_through_them_alike(kind: str) -> None:
    """Its answers are the same, and so is what the two read of their own whom a history is about."""
    names = by_depth(quick=BUSIEST, usual=BUSIEST, ci=BUSIEST, nightly=tuple(HISTORIES))
    for name in tried_in(kind, names):
        life = Life(MAKERS[kind])
        HISTORIES[name](life)

        life.compare_own("ana")
        life.compare_own("bob")
