"""A writer is killed at random moments: what it acknowledged is there, and nothing is half done."""

import pytest

from tests.conftest import by_depth
from tests.crash.killing import kill_again_and_again
from tests.stores.databases import MAKERS

KILLS = by_depth(quick=6, usual=6, ci=100, nightly=1000)
DURABLE = [kind for kind in ("sqlite-file", "postgresql") if kind.partition("-")[0] in MAKERS]


@pytest.mark.thorough
@pytest.mark.parametrize("kind", DURABLE)
def test_a_killed_writer_loses_nothing_acknowledged(kind: str) -> None:
    """After each kill the store holds the acts acknowledged, whole, and at most one more, whole."""
    survival = kill_again_and_again(kind, KILLS, seed=2026)

    assert survival.acknowledged > KILLS


@pytest.mark.thorough
@pytest.mark.parametrize("flaw", ["hasty", "torn"])
def test_a_flaw_would_be_noticed(flaw: str) -> None:
    """A writer that acknowledges too early, or commits each statement by itself, is found out."""
    with pytest.raises(AssertionError):
        kill_again_and_again("sqlite-file", 200, seed=2026, flaw=flaw)
