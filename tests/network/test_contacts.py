"""The address book: what a member keeps there, and that nobody else learns of it."""

import pytest

from connectcore import Contact, Name, UnknownMember
from tests.network.leaving import texts_in
from tests.surface import seen_by
from tests.worlds import NOON, contact_of, world

LINUS = Contact("1", name=Name("Linus"), emails=("linus@example.org",), note="Plays chess.")


def test_contacts_are_added_listed_and_counted() -> None:
    """Each with the moment at which it was added, the last one first."""
    made = world("ada")

    (first,) = made["ada"].contacts.add(LINUS)
    made.clock.forward(days=1)
    second, third = made["ada"].contacts.add(contact_of("ada", 2), contact_of("ada", 3))

    assert first.added_at == NOON
    assert made["ada"].contacts.page().items == (third, second, first)
    assert made["ada"].contacts.count() == 3
    page = made["ada"].contacts.page(limit=2)
    assert made["ada"].contacts.page(limit=2, after=page.next).items == (first,)


def test_an_address_book_may_be_brought_in_again() -> None:
    """A contact with an id that is there takes its place, and is no newer for it."""
    made = world("ada")
    made["ada"].contacts.add(LINUS)
    made.clock.forward(days=1)

    (again,) = made["ada"].contacts.add(Contact("1", name=Name("Linus", "T.")))

    assert again.added_at == NOON
    assert made["ada"].contacts.page().items == (again,)


def test_a_contact_is_removed() -> None:
    """By its id; one that is not there is no matter, and the others stay."""
    made = world("ada", "grace")
    made["ada"].contacts.add(LINUS, contact_of("ada", 2))
    made["grace"].contacts.add(LINUS)

    made["ada"].contacts.remove("1")
    made["ada"].contacts.remove("1")

    assert [each.id for each in made["ada"].contacts.page().items] == ["2"]
    assert made["grace"].contacts.count() == 1


def test_nobody_else_learns_of_a_contact() -> None:
    """Neither the member whose address is in the book nor anybody else reads anything else for it."""
    made = world("ada", "grace", "linus", connected=[("ada", "grace")])
    made["linus"].addresses.confirm("linus@example.org")
    before = {viewer: seen_by(made[viewer], made.members, ()) for viewer in ("grace", "linus")}

    made["ada"].contacts.add(LINUS)

    assert {v: seen_by(made[v], made.members, ()) for v in ("grace", "linus")} == before


def test_contacts_go_with_their_owner_alone() -> None:
    """Whom an address belongs to may be erased: the book is its owner's; with the owner it goes."""
    made = world("ada", "linus")
    made["linus"].addresses.confirm("linus@example.org")
    made["ada"].contacts.add(LINUS)

    made["linus"].data.erase()
    assert made["ada"].contacts.count() == 1

    made["ada"].data.erase()
    assert not any("chess" in text for text in texts_in(made.store))


def test_somebody_who_has_not_joined_has_no_contacts() -> None:
    """Acting as them is an error in every call."""
    nobody = world()["nobody"].contacts

    for call in (lambda: nobody.add(LINUS), lambda: nobody.remove("1"), nobody.page, nobody.count):
        with pytest.raises(UnknownMember):
            call()
