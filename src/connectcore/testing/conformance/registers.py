"""Registers: one entry a key, newest first, each member's apart from every other's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attrs import field, frozen

from connectcore.members import MemberId
from connectcore.registers import Register
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.testing.conformance.checking import Capability, Checks, same
from connectcore.testing.conformance.keeping import ADA, BOB, CAT, day, read, write

CHECKS = Checks()

OWN = CHECKS.needing(Capability.OWN_KINDS)


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


def _enter(store: Store, owner: MemberId, *cards: Card, register: Register[Card] = CARDS) -> None:
    """Enter *cards* one after the other."""

    def unit(transaction: Transaction) -> None:
        for card in cards:
            transaction.enter(register, owner, card)

    write(store, unit)


def _listed(store: Store, *owners: MemberId, **narrowed: Any) -> list[Card]:
    """The cards of *owners*."""
    return list(read(store, lambda snapshot: snapshot.entries(CARDS, owners, **narrowed)))


@OWN
def entries_are_listed_newest_first(store: Store) -> None:
    """By moment, and by key where moments are alike."""
    early, one, two = Card("x", day(-1)), Card("a"), Card("b")
    _enter(store, ADA, one, early, two)

    same(_listed(store, ADA), [two, one, early])


@OWN
def an_entry_takes_the_place_of_one_with_its_key(store: Store) -> None:
    """Also one at another moment, which is gone from the listing then."""
    _enter(store, ADA, Card("x", day(0)), Card("y", day(1)), Card("x", day(2), "red"))

    same(_listed(store, ADA), [Card("x", day(2), "red"), Card("y", day(1))])


@OWN
def registers_are_apart_by_owner_and_by_name(store: Store) -> None:
    """What one member keeps is nobody else's, and no other kind's."""
    _enter(store, ADA, Card("x"))
    _enter(store, BOB, Card("y"))
    _enter(store, ADA, Card("z"), register=PLAIN)

    same(_listed(store, ADA), [Card("x")])
    same(_listed(store, BOB), [Card("y")])
    same(_listed(store, CAT), [])


@OWN
def registers_of_many_are_read_as_one_listing(store: Store) -> None:
    """Newest first whoever keeps what, and cut after so many of all."""
    _enter(store, ADA, Card("w", day(0)), Card("x", day(3)))
    _enter(store, BOB, Card("y", day(2)), Card("z", day(1)))

    same([card.of for card in _listed(store, ADA, BOB, CAT)], ["x", "y", "z", "w"])
    same([card.of for card in _listed(store, ADA, BOB, limit=3)], ["x", "y", "z"])


@OWN
def a_listing_goes_on_below_a_mark(store: Store) -> None:
    """The entry at the mark itself was shown already."""
    cards = [Card("a"), Card("b"), Card("c", day(1))]
    _enter(store, ADA, *cards)
    first = _listed(store, ADA, limit=2)

    same(first, [cards[2], cards[1]])
    same(_listed(store, ADA, before=CARDS.mark(first[-1]), limit=2), [cards[0]])


@OWN
def a_listing_leaves_out_what_is_not_later(store: Store) -> None:
    """What was at the moment itself is out."""
    _enter(store, ADA, Card("a", day(0)), Card("b", day(1)), Card("c", day(2)))

    same([card.of for card in _listed(store, ADA, since=day(1))], ["c"])


@OWN
def a_listing_can_be_of_what_is_about_one_member(store: Store) -> None:
    """Newest first and cut, as every listing is; a register about nobody has nothing of the sort."""
    letters = [Card(CAT, day(number), str(number)) for number in range(3)]
    by_colour: Register[Card] = Register(
        name="by colour",
        holds=Card,
        key=lambda card: (card.colour,),
        at=lambda card: card.at,
        other=lambda card: card.of,
    )
    _enter(store, ADA, *letters, Card(BOB, day(9), "blue"), register=by_colour)
    _enter(store, ADA, Card(CAT), register=PLAIN)

    def about(snapshot: Snapshot) -> tuple[list[Card], list[Card], list[Card]]:
        return (
            list(snapshot.entries(by_colour, (ADA,), other=CAT)),
            list(snapshot.entries(by_colour, (ADA,), other=CAT, limit=1)),
            list(snapshot.entries(PLAIN, (ADA,), other=CAT)),
        )

    same(read(store, about), (letters[::-1], letters[:1:-1], []))


@OWN
def an_entry_is_found_by_its_key(store: Store) -> None:
    """The one of that owner, or nothing."""
    _enter(store, ADA, Card("x", day(1), "red"))

    def found(snapshot: Snapshot) -> list[Card | None]:
        return [
            snapshot.entry(CARDS, ADA, ("x",)),
            snapshot.entry(CARDS, ADA, ("y",)),
            snapshot.entry(CARDS, BOB, ("x",)),
            snapshot.entry(PLAIN, ADA, ("x", "red")),
        ]

    same(read(store, found), [Card("x", day(1), "red"), None, None, None])


@OWN
def an_entry_is_struck_out_by_its_key(store: Store) -> None:
    """One that is not there is no matter."""
    _enter(store, ADA, Card("x"), Card("y"))
    write(store, lambda transaction: transaction.strike(CARDS, ADA, ("x",)))
    write(store, lambda transaction: transaction.strike(CARDS, ADA, ("x",)))
    write(store, lambda transaction: transaction.strike(CARDS, CAT, ("y",)))

    same(_listed(store, ADA), [Card("y")])
