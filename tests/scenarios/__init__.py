"""Promises told as scenarios: what is given, what happens then, and what is expected."""

import pytest

pytest.register_assert_rewrite(
    *(
        f"tests.scenarios.{module}"
        for module in (
            "listing",
            "news",
            "endorsing",
            "recommending",
            "seeing",
            "telling",
            "trying",
            "writing",
        )
    )
)
