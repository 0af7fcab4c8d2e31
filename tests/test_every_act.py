"""The table of every act in every situation has no empty cell, and no cell tells of a block."""

import sys

import pytest

from connectcore import Refusal
from tests.docs.every_act import (
    ALLOWED,
    DONE_ALREADY,
    NO_SUCH_CALL,
    SITUATIONS,
    outcome,
    signed_out,
)
from tests.docs.tables import code
from tests.surface import ACTS_ON_A_MEMBER, ACTS_ON_A_POST, ACTS_ON_A_RECOMMENDATION, OWN_ACTS

ACTS = (*ACTS_ON_A_MEMBER, *ACTS_ON_A_POST, *ACTS_ON_A_RECOMMENDATION, *OWN_ACTS)
TOLD = {
    code(refusal.disclosed.code)
    for name, module in sys.modules.items()
    if name.startswith("connectcore.")
    for refusal in vars(module).values()
    if isinstance(refusal, Refusal)
}
"""The codes of all stock refusals that an actor may read, wherever in the library they are."""

each_act = pytest.mark.parametrize("act", ACTS)


@each_act
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_act_has_an_answer_in_every_situation(act: str, situation: str) -> None:
    """It happens, is done already, or is refused with one of the stock codes; nothing else."""
    assert outcome(act, SITUATIONS[situation]) in {ALLOWED, DONE_ALREADY, *TOLD}


@each_act
@pytest.mark.parametrize(
    ("one", "other"),
    [("nobody there", "they blocked you"), ("you blocked them", "both blocked")],
)
def test_no_act_tells_of_a_block(act: str, one: str, other: str) -> None:
    """Two situations that differ only in a block by the other have the same answer."""
    assert outcome(act, SITUATIONS[one]) == outcome(act, SITUATIONS[other])


@each_act
def test_a_visitor_has_no_acts(act: str) -> None:
    """Somebody signed out has reads alone: the calls are not there to be made."""
    assert signed_out(act) == NO_SUCH_CALL


@each_act
def test_every_act_happens_somewhere(act: str) -> None:
    """No row is all refusals: each act can be done in one of the situations at least."""
    assert ALLOWED in {outcome(act, situation) for situation in SITUATIONS.values()}
