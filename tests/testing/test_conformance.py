"""The suite for stores: every broken store is caught, by the check that says so, and none by luck."""

import pytest

from connectcore import MemoryStore
from connectcore.testing import Capability, StoreConformance, check_store
from connectcore.testing.conformance import CHECKS, Check, MakeStore
from tests.testing.broken import BROKEN


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_store_is_caught(fault: str) -> None:
    """By the check that is named after what it breaks, which a sound store passes."""
    make_store, name = BROKEN[fault]
    check = CHECKS[name]
    check.hold(MemoryStore)

    with pytest.raises(AssertionError, match=name.partition(":")[0]):
        check.hold(make_store)


def test_enough_faults_are_tried() -> None:
    """A suite that is never tried on a fault shows nothing."""
    assert len(BROKEN) >= 20
    assert len({name for _, name in BROKEN.values()}) >= 20


def test_a_store_is_held_to_every_check() -> None:
    """All that there are, by name, and what it need not pass is named too."""
    whole = check_store(MemoryStore)
    less = check_store(MemoryStore, without=tuple(Capability))

    assert set(whole.passed) == set(CHECKS)
    assert whole.excused == ()
    assert {*less.passed, *less.excused} == set(CHECKS)
    assert set(less.excused) == {check.name for check in CHECKS.values() if check.needs}


def test_the_first_broken_promise_is_told() -> None:
    """`check_store` raises with the name of the check and what it promises."""
    make_store, _ = BROKEN["one key for all"]

    with pytest.raises(AssertionError, match="a store has a key of its own: Long enough"):
        check_store(make_store)


def test_a_check_that_skips_itself_has_failed() -> None:
    """Nothing is left out but what the store says it lacks."""

    def make_store() -> MemoryStore:
        pytest.skip("not today")

    with pytest.raises(AssertionError, match="not today"):
        check_store(make_store)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_whoever_stops_the_run_is_heard(error: type[BaseException]) -> None:
    """An interrupt is no broken promise."""

    def make_store() -> MemoryStore:
        raise error

    with pytest.raises(error):
        check_store(make_store)


class TestWithoutSome(StoreConformance):
    """A store that says what it lacks is held to the rest."""

    lacking = frozenset(Capability)

    @pytest.fixture
    def make_store(self) -> type[MemoryStore]:
        """Make stores that have it all the same."""
        return MemoryStore

    def test_keeps(self, make_store: MakeStore, check: Check) -> None:
        """Only the rest is tried."""
        assert check.needs is None
        assert isinstance(make_store(), MemoryStore)
