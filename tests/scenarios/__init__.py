"""Promises told as scenarios: what is given, what happens then, and what is expected."""

import pytest

pytest.register_assert_rewrite("tests.scenarios.expectations")
