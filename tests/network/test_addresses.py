"""Confirmed addresses: each is one member's at most, and nothing in a store says whose it is."""

import pytest

from connectcore import InvalidValue, Refused, Settings, UnknownMember, WhoMayInvite
from tests.network.leaving import texts_in
from tests.worlds import World, world

ADDRESS = "countess@example.org"


def addresses(made: World, member: str) -> list[str]:
    """The addresses of a member, as they are listed."""
    return [each.address for each in made[member].addresses.page().items]


def test_a_member_has_any_number_of_addresses() -> None:
    """The one confirmed last is listed first, in the form in which addresses are kept."""
    made = world("ada")

    made["ada"].addresses.confirm("ada@example.org")
    made.clock.forward(days=1)
    confirmed = made["ada"].addresses.confirm(" Countess@EXAMPLE.org ")

    assert confirmed.confirmed_at == made.clock.now
    assert addresses(made, "ada") == ["Countess@example.org", "ada@example.org"]


def test_the_list_of_addresses_has_pages() -> None:
    """A cursor leads to the rest."""
    made = world("ada")
    for number in range(3):
        made["ada"].addresses.confirm(f"ada-{number}@example.org")
        made.clock.forward(minutes=1)

    first = made["ada"].addresses.page(limit=2)
    rest = made["ada"].addresses.page(limit=2, after=first.next)

    assert [each.address[:5] for each in (*first.items, *rest.items)] == ["ada-2", "ada-1", "ada-0"]
    assert rest.next is None


def test_confirming_again_changes_nothing() -> None:
    """However it is spelt, the address is there already, since when it was."""
    made = world("ada")
    confirmed = made["ada"].addresses.confirm(ADDRESS)
    made.clock.forward(days=1)

    assert made["ada"].addresses.confirm(ADDRESS.upper()) == confirmed
    assert made["ada"].addresses.page().items == (confirmed,)


def test_an_address_is_whose_it_was_confirmed_to_be_last() -> None:
    """Whoever had it before has it no longer, and their other addresses stay theirs."""
    made = world("ada", "grace")
    made["ada"].addresses.confirm(ADDRESS)
    made["ada"].addresses.confirm("ada@example.org")

    made["grace"].addresses.confirm(ADDRESS)
    made["ada"].addresses.remove(ADDRESS)

    assert addresses(made, "ada") == ["ada@example.org"]
    assert addresses(made, "grace") == [ADDRESS]


def test_an_address_is_given_up() -> None:
    """It is nobody's then; giving up what is not one's own changes nothing."""
    made = world("ada", "grace")
    made["ada"].addresses.confirm(ADDRESS)

    made["grace"].addresses.remove(ADDRESS)
    assert addresses(made, "ada") == [ADDRESS]

    made["ada"].addresses.remove(ADDRESS.upper())
    made["ada"].addresses.remove(ADDRESS)
    assert addresses(made, "ada") == []


def test_what_is_no_address_is_neither_confirmed_nor_removed() -> None:
    """Both say so."""
    mine = world("ada")["ada"].addresses

    for call in (mine.confirm, mine.remove):
        with pytest.raises(InvalidValue, match=r"^this is no e-mail address"):
            call("ada")


def test_somebody_who_has_not_joined_has_no_address() -> None:
    """Acting as them is an error in every call."""
    nobody = world()["nobody"].addresses

    for call in (lambda: nobody.confirm(ADDRESS), lambda: nobody.remove(ADDRESS), nobody.page):
        with pytest.raises(UnknownMember):
            call()


def test_whoever_asks_for_an_address_is_invited_with_a_confirmed_one() -> None:
    """Any of their addresses will do, shown or confirmed; no other one, and none that is gone."""
    made = world("ada", "grace", "linus")
    made["grace"].settings.change(who_may_invite=WhoMayInvite.KNOWS_EMAIL)
    made["grace"].addresses.confirm("hopper@example.com")
    made["linus"].addresses.confirm("linus@example.com")
    may_send = made["ada"].invitations.may_send

    assert may_send("grace", email="grace@example.org").allowed
    assert may_send("grace", email=" HOPPER@example.com").allowed
    for wrong in ("linus@example.com", "guess@example.com", "", None):
        assert [each.code for each in may_send("grace", email=wrong).refusals] == ["email_needed"]

    made["grace"].addresses.remove("hopper@example.com")
    with pytest.raises(Refused, match="give an e-mail address of theirs"):
        made["ada"].invitations.send("grace", email="hopper@example.com")


def test_a_confirmed_address_is_shown_to_nobody() -> None:
    """Not in the profile, not to connections; what is shown is what the profile says."""
    made = world("ada", "grace", connected=[("ada", "grace")], settings=Settings())
    made["ada"].addresses.confirm(ADDRESS)

    assert made["grace"].profiles.view("ada").profile.contact.emails == ("ada@example.org",)


def test_an_address_goes_with_the_member() -> None:
    """Erasing takes it, and whose it was; somebody else may confirm it then."""
    made = world("ada", "grace")
    made["ada"].addresses.confirm(ADDRESS)

    made["ada"].data.erase()

    assert not any(ADDRESS in text for text in texts_in(made.store))
    made["grace"].addresses.confirm(ADDRESS)
    assert addresses(made, "grace") == [ADDRESS]
