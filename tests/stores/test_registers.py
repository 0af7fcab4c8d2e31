"""Registers: one entry a key, newest first, each member's apart from every other's."""

from datetime import datetime
from typing import Any

from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import MemberId, MemoryStore
from connectcore.registers import Key, Register, key_text
from connectcore.storage import Snapshot, Store, Transaction
from tests.stores.keeping import ADA, BOB, CAT, day, read, write


@frozen
class Card:
    """Somebody's card, with a colour."""

    of: MemberId = field(converter=MemberId)
    at: datetime = field(factory=lambda: day(0))
    colour: str = "white"


CARDS: Register[Card] = Register(
    name="cards",
    holds=Card,
    key=lambda card: (card.of,),
    at=lambda card: card.at,
    other=lambda card: card.of,
)
PLAIN: Register[Card] = Register(
    name="plain", holds=Card, key=lambda card: (card.of, card.colour), at=lambda card: card.at
)


def enter(store: Store, owner: MemberId, *cards: Card, register: Register[Card] = CARDS) -> None:
    """Enter *cards* one after the other."""

    def unit(transaction: Transaction) -> None:
        for card in cards:
            transaction.enter(register, owner, card)

    write(store, unit)


def listed(store: Store, *owners: MemberId, **narrowed: Any) -> list[Card]:
    """The cards of *owners*."""
    return list(read(store, lambda snapshot: snapshot.entries(CARDS, owners, **narrowed)))


def test_entries_are_listed_newest_first(store: Store) -> None:
    """By moment, and by key where moments are alike."""
    early, one, two = Card("x", day(-1)), Card("a"), Card("b")
    enter(store, ADA, one, early, two)

    assert listed(store, ADA) == [two, one, early]


def test_an_entry_takes_the_place_of_one_with_its_key(store: Store) -> None:
    """Also one at another moment, which is gone from the listing then."""
    enter(store, ADA, Card("x", day(0)), Card("y", day(1)), Card("x", day(2), "red"))

    assert listed(store, ADA) == [Card("x", day(2), "red"), Card("y", day(1))]


def test_registers_are_apart_by_owner_and_by_name(store: Store) -> None:
    """What one member keeps is nobody else's, and no other kind's."""
    enter(store, ADA, Card("x"))
    enter(store, BOB, Card("y"))
    enter(store, ADA, Card("z"), register=PLAIN)

    assert listed(store, ADA) == [Card("x")]
    assert listed(store, BOB) == [Card("y")]
    assert listed(store, CAT) == []


def test_registers_of_many_are_read_as_one_listing(store: Store) -> None:
    """Newest first whoever keeps what, and cut after so many of all."""
    enter(store, ADA, Card("w", day(0)), Card("x", day(3)))
    enter(store, BOB, Card("y", day(2)), Card("z", day(1)))

    assert [card.of for card in listed(store, ADA, BOB, CAT)] == ["x", "y", "z", "w"]
    assert [card.of for card in listed(store, ADA, BOB, limit=3)] == ["x", "y", "z"]


def test_a_listing_goes_on_below_a_mark(store: Store) -> None:
    """The entry at the mark itself was shown already."""
    cards = [Card("a"), Card("b"), Card("c", day(1))]
    enter(store, ADA, *cards)
    first = listed(store, ADA, limit=2)

    assert first == [cards[2], cards[1]]
    assert listed(store, ADA, before=CARDS.mark(first[-1]), limit=2) == [cards[0]]


def test_a_listing_leaves_out_what_is_not_later(store: Store) -> None:
    """What was at the moment itself is out."""
    enter(store, ADA, Card("a", day(0)), Card("b", day(1)), Card("c", day(2)))

    assert [card.of for card in listed(store, ADA, since=day(1))] == ["c"]


def test_a_listing_can_be_of_what_is_about_one_member(store: Store) -> None:
    """Newest first and cut, as every listing is; a register about nobody has nothing of the sort."""
    letters = [Card(CAT, day(number), str(number)) for number in range(3)]
    by_colour: Register[Card] = Register(
        name="by colour",
        holds=Card,
        key=lambda card: (card.colour,),
        at=lambda card: card.at,
        other=lambda card: card.of,
    )
    enter(store, ADA, *letters, Card(BOB, day(9), "blue"), register=by_colour)
    enter(store, ADA, Card(CAT), register=PLAIN)

    def about(snapshot: Snapshot) -> tuple[list[Card], list[Card], list[Card]]:
        return (
            list(snapshot.entries(by_colour, (ADA,), other=CAT)),
            list(snapshot.entries(by_colour, (ADA,), other=CAT, limit=1)),
            list(snapshot.entries(PLAIN, (ADA,), other=CAT)),
        )

    assert read(store, about) == (letters[::-1], letters[:1:-1], [])


def test_an_entry_is_found_by_its_key(store: Store) -> None:
    """The one of that owner, or nothing."""
    enter(store, ADA, Card("x", day(1), "red"))

    def found(snapshot: Snapshot) -> list[Card | None]:
        return [
            snapshot.entry(CARDS, ADA, ("x",)),
            snapshot.entry(CARDS, ADA, ("y",)),
            snapshot.entry(CARDS, BOB, ("x",)),
            snapshot.entry(PLAIN, ADA, ("x", "red")),
        ]

    assert read(store, found) == [Card("x", day(1), "red"), None, None, None]


def test_an_entry_is_struck_out_by_its_key(store: Store) -> None:
    """One that is not there is no matter."""
    enter(store, ADA, Card("x"), Card("y"))
    write(store, lambda transaction: transaction.strike(CARDS, ADA, ("x",)))
    write(store, lambda transaction: transaction.strike(CARDS, ADA, ("x",)))
    write(store, lambda transaction: transaction.strike(CARDS, CAT, ("y",)))

    assert listed(store, ADA) == [Card("y")]


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
        enter(store, ADA, card)
        model[CARDS.key(card)] = card
    pages = [listed(store, ADA, limit=limit)]
    while pages[-1]:
        pages.append(listed(store, ADA, before=CARDS.mark(pages[-1][-1]), limit=limit))

    assert [card for page in pages for card in page] == sorted(
        model.values(), key=CARDS.mark, reverse=True
    )


@given(st.lists(st.lists(st.text(), max_size=3).map(tuple[str, ...]), unique=True))
def test_no_two_keys_have_one_text(keys: list[Key]) -> None:
    """However their parts are cut, and whatever is in them."""
    assert len({key_text(key) for key in keys}) == len(keys)
