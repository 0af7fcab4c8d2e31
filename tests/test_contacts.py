"""Contacts as values: what one is made of, and what is none."""

from typing import Any

import pytest
from attrs import evolve

from connectcore import Contact, InvalidValue, Name
from connectcore.contacts import CONTACTS
from tests.worlds import NOON


def test_a_contact_keeps_each_address_once() -> None:
    """In their order, each as addresses are kept."""
    contact = Contact("1", emails=[" linus@Example.org", "linus@example.com", "linus@example.org"])

    assert contact.emails == ("linus@example.org", "linus@example.com")


@pytest.mark.parametrize("known", [{"name": Name("Linus")}, {"emails": ("linus@example.org",)}])
def test_a_name_or_an_address_is_enough(known: dict[str, Any]) -> None:
    """Of somebody in an address book more need not be known."""
    assert Contact("1", **known).note == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id": ""}, "the id of a contact is a text that is not empty, not ''"),
        ({"id": 7}, "the id of a contact is a text that is not empty, not 7"),
        ({"id": "a\0"}, "NUL"),
        ({"name": Name()}, "the contact '1' has neither a name nor an address"),
        ({"note": "\0"}, "NUL"),
        ({"emails": "linus@example.org"}, "^emails is one text"),
        ({"emails": ("linus",)}, "^this is no e-mail address"),
    ],
)
def test_what_is_no_contact_is_refused(wrong: dict[str, Any], said: str) -> None:
    """With one clear error, when it is made."""
    made: dict[str, Any] = {"id": "1", "name": Name("Linus"), **wrong}
    with pytest.raises(InvalidValue, match=said):
        Contact(made.pop("id"), **made)


def test_an_address_book_is_in_the_order_of_adding() -> None:
    """What is kept in it says when it was added; what does not say so is kept by nobody."""
    contact = Contact("1", name=Name("Linus"))

    assert CONTACTS.at(evolve(contact, added_at=NOON)) == NOON
    with pytest.raises(InvalidValue, match=r"^the contact '1' does not say when it was added"):
        CONTACTS.at(contact)
