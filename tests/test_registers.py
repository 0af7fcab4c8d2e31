"""Registers: pages of one make the whole, and no two keys have one text."""

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import MemoryStore
from connectcore.pages import Mark
from connectcore.registers import Key, key_text
from connectcore.storage import Store, Transaction
from connectcore.testing.conformance.keeping import ADA, day, read, write
from connectcore.testing.conformance.registers import CARDS, Card
from tests.conftest import CHARACTERS


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.sampled_from(["red", "blue"])),
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_pages_of_a_register_are_the_register(
    entered: list[tuple[str, int, str]], limit: int
) -> None:
    """Read page by page, it is what a dict of the last entries holds, in order."""
    store, model = MemoryStore(), dict[Key, Card]()
    for of, moment, colour in entered:
        card = Card(of, day(moment), colour)
        write(store, partial(_enter, card))
        model[CARDS.key(card)] = card
    pages = [_page(store, None, limit)]
    while pages[-1]:
        pages.append(_page(store, CARDS.mark(pages[-1][-1]), limit))

    assert [card for page in pages for card in page] == sorted(
        model.values(), key=CARDS.mark, reverse=True
    )


def _enter(card: Card, transaction: Transaction) -> None:
    transaction.enter(CARDS, ADA, card)


def _page(store: Store, before: Mark | None, limit: int) -> Sequence[Card]:
    return read(store, lambda snapshot: snapshot.entries(CARDS, (ADA,), before=before, limit=limit))


@given(st.lists(st.lists(st.text(CHARACTERS), max_size=3).map(tuple[str, ...]), unique=True))
def test_no_two_keys_have_one_text(keys: list[Key]) -> None:
    """However their parts are cut, and whatever is in them."""
    assert len({key_text(key) for key in keys}) == len(keys)


@pytest.mark.parametrize(
    ("key", "text"),
    [((), "[]"), (("ada",), '["ada"]'), (("ada", 'é"'), '["ada","é\\""]')],
)
def test_the_text_of_a_key_stays_what_it_was(key: Key, text: str) -> None:
    """Stores keep it, so that an entry is found by what it was entered with years ago."""
    assert key_text(key) == text
