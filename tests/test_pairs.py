"""Two members in no particular order."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from connectcore import InvalidValue, MemberId, Pair
from connectcore.testing.strategies import pairs
from tests.between import ADA, GRACE


@given(pairs())
def test_a_pair_has_no_order(pair: Pair) -> None:
    """Whoever is named first, it is the same pair, and each is the other one of the other."""
    assert Pair.of(pair.low, pair.high) == Pair.of(pair.high, pair.low) == pair
    assert pair.other(pair.low) == pair.high
    assert pair.other(pair.high) == pair.low
    with pytest.raises(InvalidValue, match=r"is neither of the two$"):
        pair.other(MemberId(pair.low + pair.high))


@pytest.mark.parametrize(("one", "another"), [("ada", "ada"), ("", "ada"), ("ada", "")])
def test_a_pair_needs_two_members(one: str, another: str) -> None:
    """Nobody makes a pair with themselves or with nobody."""
    with pytest.raises(InvalidValue, match=r"^a pair needs two different|is empty"):
        Pair.of(one, another)


@pytest.mark.parametrize("make", [Pair, Pair.of])
@pytest.mark.parametrize("wrong", [7, None, b"ada"])
def test_a_pair_is_of_ids(make: Callable[[Any, Any], Pair], wrong: object) -> None:
    """What is no text is no id, whichever of the two it is and even if it has an order."""
    for one, another in ((ADA, wrong), (wrong, ADA), (wrong, wrong)):
        with pytest.raises(InvalidValue, match=r"^a member's id is text, and .* is not; use str"):
            make(one, another)


def test_a_pair_is_kept_in_order() -> None:
    """Two pairs that mean the same are equal, so a pair out of order cannot be made."""
    with pytest.raises(InvalidValue, match=r"^'grace' comes after 'ada'; let Pair\.of put"):
        Pair(GRACE, ADA)


def test_a_pair_is_in_the_order_of_code_points() -> None:
    """Every store, whatever its collation, finds the same member first."""
    assert Pair.of("a", "B") == Pair(MemberId("B"), MemberId("a"))
    assert Pair.of("é", "z") == Pair(MemberId("z"), MemberId("é"))
