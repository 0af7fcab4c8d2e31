"""A plugin for runs of mutants: whoever finds a counterexample need not look for a shorter one."""

import pytest
from hypothesis import Phase, settings


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Leave out shrinking, which takes most of the time of a test that fails."""
    settings.register_profile(
        "mutants", settings.get_profile("quick"), phases=(Phase.explicit, Phase.generate)
    )
    settings.load_profile("mutants")
