"""Tokens: read back by whoever holds the key, and by nobody else."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import InvalidToken, InvalidValue
from connectcore.tokens import seal_token, unseal_token
from tests.conftest import CHARACTERS

KEY, OTHER_KEY = bytes(32), bytes(31) + b"1"
URL_SAFE = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
TOKEN = seal_token(KEY, "purpose", "ada")


@given(st.binary(min_size=32), st.text(CHARACTERS), st.text(CHARACTERS))
def test_a_token_is_read_back_by_its_key(key: bytes, purpose: str, text: str) -> None:
    """Whatever it says; it is the same whenever it is made, and fit for a URL."""
    purpose = purpose.encode(errors="replace").decode()
    token = seal_token(key, purpose, text)

    assert unseal_token(key, purpose, token) == text
    assert token == seal_token(key, purpose, text)
    assert set(token) <= URL_SAFE


def test_a_token_stays_good() -> None:
    """It is in mails for years: what was made once is what is made now, and is read back."""
    once = "J8rKGzzNqnEOt2dfOgwe0XRHfw"

    assert seal_token(KEY, "purpose", "ada") == once
    assert unseal_token(KEY, "purpose", once) == "ada"


def test_a_token_may_end_in_any_letter() -> None:
    """Nothing of it is taken for what fills up its end."""
    tokens = {str(number): seal_token(KEY, "purpose", str(number)) for number in range(200)}

    assert len({token[-1] for token in tokens.values()}) > 16
    assert all(unseal_token(KEY, "purpose", token) == text for text, token in tokens.items())


@given(st.text(CHARACTERS, min_size=1), st.data())
def test_a_token_that_was_altered_anywhere_is_refused(text: str, data: st.DataObject) -> None:
    """In one character, by one more, or by one less."""
    token = seal_token(KEY, "purpose", text)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from(sorted(URL_SAFE - {token[place]})))

    for torn in (
        token[:place] + other + token[place + 1 :],
        token[:place] + other + token[place:],
        token[:place] + token[place + 1 :],
        token[:place],
    ):
        with pytest.raises(InvalidToken):
            unseal_token(KEY, "purpose", torn)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "=",
        "A",
        TOKEN + "=",
        TOKEN + "\n",
        f" {TOKEN}",
        "\N{SNOWMAN}",
        "\ud800",
        b"A" * 40,
        None,
    ],
)
def test_what_is_no_token_is_refused(token: Any) -> None:
    """With one clear error, which is an `InvalidValue` and repeats nothing of it."""
    with pytest.raises(InvalidToken, match="not whole, or was not made here") as refused:
        unseal_token(KEY, "purpose", token)

    assert isinstance(refused.value, InvalidValue)
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(("key", "purpose"), [(OTHER_KEY, "purpose"), (KEY, "another")])
def test_a_token_is_good_for_one_key_and_one_purpose(key: bytes, purpose: str) -> None:
    """Another network, or another call, cannot read it."""
    with pytest.raises(InvalidToken):
        unseal_token(key, purpose, TOKEN)


def test_a_token_does_not_show_what_it_says() -> None:
    """Not even two that begin alike look alike."""
    tokens = [seal_token(KEY, "purpose", f"{'ada' * 20} {number}") for number in range(50)]
    bare = [base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) for token in tokens]

    assert not any(b"ada" in each for each in bare)
    assert len({each[:8] for each in bare}) == len({each[16:24] for each in bare}) == 50
