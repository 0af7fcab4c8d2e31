"""What every test shares: Hypothesis profiles, the shared data sets, and the executed examples."""

import gc
import os
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import coverage
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests import ROOT, examples

SHARED_DATA = os.environ.get("CONNECTCORE_TEST_DATA") or str(ROOT.parent / "shared" / "data")
"""Where the public data sets lie; `none` says that there are none here, even for CI."""

IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

# The time that an example takes says more about the machine than about the code.
_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", _common, max_examples=8)
settings.register_profile("ci", _common, max_examples=40, derandomize=True, print_blob=True)
settings.register_profile("quick", _common, max_examples=5, derandomize=True, print_blob=True)
settings.register_profile("nightly", _common, max_examples=2000, print_blob=True)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else "default")
settings.load_profile(PROFILE)

CHARACTERS = st.characters(exclude_categories=["Cs"])
"""Any that UTF-8 can encode, as in `st.text()`, of which Hypothesis asks one by one in a new clone."""

T = TypeVar("T")


def by_depth(*, quick: T, usual: T, ci: T, nightly: T) -> T:
    """How much to try where there is more to try than time, by the profile.

    `quick` besides leaves out what is marked `thorough`.
    """
    return {"quick": quick, "ci": ci, "nightly": nightly}.get(PROFILE, usual)


def a_share(each: Iterable[T]) -> Sequence[T]:
    """What is tried of many alike, where CI tries all: every fourth as usual."""
    return [*each][:: by_depth(quick=4, usual=4, ci=1, nightly=1)]


def pytest_configure(config: pytest.Config) -> None:
    """Collect the examples of README.md, docs and src, which lie outside this conftest's reach."""
    config.pluginmanager.register(examples)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Look for garbage seldom, and never among what is imported and collected: that stays."""
    gc.disable()
    try:
        if session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
            _compile_for_others()
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000)
        gc.enable()


def _compile_for_others() -> None:
    """Begin at the other end in every second process, so that each finds half of it compiled."""
    if os.environ.get("PYTEST_XDIST_WORKER", "")[-1:] in {*"13579"}:
        for path in sorted((ROOT / "tests").rglob("test_*.py"), reverse=True):
            with suppress(Exception, pytest.skip.Exception):  # told when it is collected
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is thorough, where the run shall be quick."""
    if PROFILE != "quick":
        return
    thorough = [item for item in items if item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=thorough)
    items[:] = [item for item in items if item not in set(thorough)]


def pytest_sessionfinish() -> None:
    """Keep what was covered now: a process that shares the tests may be ended before it would."""
    running = coverage.Coverage.current()
    if running is not None:
        running.save()


@pytest.fixture(scope="session", name="shared_data")
def _shared_data() -> Callable[..., Path]:
    """Find a file or folder of the shared data sets; skip without one, but fail in CI."""

    def find(*parts: str) -> Path:
        found = Path(SHARED_DATA, *parts)
        if not found.exists():
            reason = f"no shared data at {found}; set CONNECTCORE_TEST_DATA to where it lies"
            if IN_CI and SHARED_DATA != "none":
                pytest.fail(reason)
            pytest.skip(reason)
        return found

    return find
