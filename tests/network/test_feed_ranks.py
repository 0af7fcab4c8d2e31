"""What a rank of an application's own may be."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from typing import Any

import pytest

from connectcore import FeedItem, FeedOrder, FeedPolicy, InvalidValue
from tests.worlds import World, world

TOP = FeedOrder.TOP


@pytest.fixture(name="made")
def _made() -> World:
    """Give Ada, who reads what Bob wrote in seven hours."""
    made = world("ada", "bob", "cat", connected=[("ada", "bob"), ("ada", "cat")])
    for number in range(7):
        made.clock.forward(hours=1)
        made["bob"].posts.publish(f"Post {number}")
    return made


def ranked(made: World, rank: Callable[[FeedItem], Any]) -> World:
    """The same network, where *rank* says what an item is worth at any moment."""
    ranking = world(store=made.store, feed=FeedPolicy(rank=lambda item, _at: rank(item)))
    ranking.clock.now = made.clock.now
    return ranking


@pytest.mark.parametrize(
    "rank",
    [
        lambda item: len(item.actors),
        lambda item: item.post is None,
        lambda item: Decimal(item.at.hour % 4) / 3,
        lambda item: Fraction(item.at.hour % 5, 7),
        lambda item: inf if item.post is None else -inf,
    ],
    ids=["int", "bool", "Decimal", "Fraction", "infinite"],
)
def test_a_rank_is_any_number(made: World, rank: Callable[[FeedItem], Any]) -> None:
    """Whole numbers, fractions and infinite ones cut into pages that are the whole order."""
    reader = ranked(made, rank)["ada"]
    whole = reader.feed.page(limit=1000, order=TOP).items
    pages = [reader.feed.page(limit=3, order=TOP)]
    while (after := pages[-1].next) is not None:
        pages.append(reader.feed.page(limit=3, order=TOP, after=after))

    assert [item for page in pages for item in page.items] == list(whole)
    assert [rank(item) for item in whole] == sorted(map(rank, whole), reverse=True)
    assert len(pages) > 2


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (nan, "float"),
        (Decimal("nan"), "Decimal"),
        (Decimal("snan"), "Decimal"),
        (10**400, "int"),
        (None, "NoneType"),
        ("3", "str"),
        (1j, "complex"),
    ],
    ids=["nan", "decimal nan", "signalling nan", "huge", "None", "text", "complex"],
)
def test_a_rank_without_an_order_is_one_clear_error(made: World, value: Any, what: str) -> None:
    """What is no number, or above and below none, is refused at once and not misplaced."""
    reader = ranked(made, lambda _: value)["ada"]

    with pytest.raises(InvalidValue, match=f"of type {what} that .* let FeedPolicy.rank return a"):
        reader.feed.page(limit=1, order=TOP)
    assert reader.feed.page() == made["ada"].feed.page()
