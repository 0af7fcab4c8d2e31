"""The fixtures for pytest: there for whoever asks for them, and for nobody else."""

import re
from importlib.metadata import entry_points

import pytest

from tests import ROOT

pytest_plugins = ["pytester"]

PAGE = (ROOT / "docs" / "testing.md").read_text("utf-8")
_, _, CHAPTER = PAGE.partition("## Fixtures for pytest")
EXAMPLES = re.findall(r"```python\n(.*?)```", CHAPTER.partition("\n## ")[0], re.DOTALL)


def test_nothing_is_loaded_that_nobody_asked_for(pytester: pytest.Pytester) -> None:
    """No plugin of connectcore comes with its installation."""
    pytester.makepyfile("def test_one(make_world): ...")

    assert not [each for each in entry_points(group="pytest11") if "connectcore" in each.value]
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(errors=1)


def test_the_documented_tests_pass(pytester: pytest.Pytester) -> None:
    """What the page shows is run as it stands: the first part as the `conftest.py`."""
    conftest, *tests = EXAMPLES
    pytester.makeconftest(conftest)
    pytester.makepyfile("\n\n".join(tests))
    shown = sum(block.count("def test_") for block in tests)

    assert shown >= 3
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=shown)


def test_each_test_has_a_network_of_its_own(pytester: pytest.Pytester) -> None:
    """Nobody has joined, the clock shows noon, nothing was asked, and ids begin anew."""
    pytester.makeconftest('pytest_plugins = ("connectcore.testing.fixtures",)')
    pytester.makepyfile(
        """
        import pytest
        from connectcore import UnknownMember
        from connectcore.testing.worlds import NOON

        @pytest.mark.parametrize("_", range(2))
        def test_alike(_, clock, network, recording_store, store, make_world):
            assert recording_store.calls == []
            assert network.as_visitor().profiles.views(["ada"]) == {}
            assert clock() == NOON
            world = make_world("ada", "grace", connected=[("ada", "grace")])
            assert (world.network, world.store, world.clock) == (network, recording_store, clock)
            assert world["ada"].connections.degree("grace") == 1
            assert world["ada"].posts.publish("Hello.").id == "007"
            clock.forward(days=1)
        """
    )

    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)
