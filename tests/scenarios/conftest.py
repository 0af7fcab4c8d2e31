"""Every scenario is played in every store that the tests of stores know."""

import pytest

from tests.stores.conftest import _make_store, _store

__all__ = ["_make_store", "_store"]

pytest.register_assert_rewrite("tests.scenarios.expectations")
