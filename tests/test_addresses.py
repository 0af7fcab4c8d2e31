"""E-mail addresses: how they are written, what is none, and what two are compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import ConfirmedAddress, InvalidValue
from connectcore.addresses import address_key, email_address, is_email_address
from tests.conftest import CHARACTERS
from tests.worlds import NOON


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  ada@example.org\n", "ada@example.org"),
        ("Ada.Lovelace+work@Example.ORG", "Ada.Lovelace+work@example.org"),
        ("ada@localhost", "ada@localhost"),
        ("adèle@bücher.example", "adèle@bücher.example"),
        ("ade\u0300le@example.org", "adèle@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
        (f"{'a' * 242}@example.org", f"{'a' * 242}@example.org"),
    ],
)
def test_an_address_is_kept_in_one_form(given_: str, kept: str) -> None:
    """Spaces around it go, the domain is written small, and what is before the @ stays as it is."""
    assert email_address(given_) == kept
    assert ConfirmedAddress(address=given_, confirmed_at=NOON).address == kept


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "ada", "@example.org", "ada@", "ada@@example.org", "a da@example.org"),
        *("ada@example..org", "ada@.example.org", "ada@example.org.", "ada@exam ple.org"),
        *("ada@example.org\nBcc: all@example.org", "ada\0@example.org", "ada\u202e@example.org"),
        *("ada@exam\u202eple.org", f"{'a' * 243}@example.org"),
        *(None, 5, b"ada@example.org"),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """The error shows what an address looks like, and nothing of what was given: it is private."""
    said = "^this is no e-mail address; give one such as 'ada@example.org'$"
    with pytest.raises(InvalidValue, match=said):
        email_address(text)

    assert not is_email_address(text)


@given(st.text(CHARACTERS, min_size=1), st.text(CHARACTERS, min_size=1))
def test_an_address_that_is_kept_stays_as_it_is(local: str, domain: str) -> None:
    """Whatever passes is one line, is what it was if it passes again, and is known by one key."""
    try:
        kept = email_address(f"{local}@{domain}")
    except InvalidValue:
        return

    assert email_address(kept) == kept
    assert is_email_address(kept)
    assert not is_email_address(f" {kept}")
    assert kept.splitlines() == [kept]
    assert address_key(kept) == address_key(f" {kept} ")


def test_addresses_are_compared_whatever_their_case() -> None:
    """One key for all spellings, another for another address."""
    assert address_key("ADA@example.org") == address_key(" ada@Example.ORG ")
    assert address_key("ada@example.org") != address_key("ada@example.com")
