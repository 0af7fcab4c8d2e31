"""Text that every store can keep, and text that says something."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from connectcore import InvalidValue
from connectcore.testing.strategies import texts
from connectcore.texts import named, storable, written
from connectcore.texts import texts as collected

ANY_NUMBER: Any = 7

NOT_KEPT = "no store can keep NUL characters and lone surrogates; leave them out of texts"
UNSTORABLE = ["\0", "secret\0secret", "\ud800", "secret \udfff"]


@given(texts())
def test_what_utf_8_can_encode_is_kept_as_it_is(text: str) -> None:
    """Nothing is trimmed, normalised or lost."""
    assert storable(text) == text


@pytest.mark.parametrize("text", UNSTORABLE)
def test_nul_and_lone_surrogates_are_refused(text: str) -> None:
    """A text that some store would refuse is refused by all, without being repeated."""
    with pytest.raises(InvalidValue, match=f"^{NOT_KEPT}$") as refused:
        storable(text)

    assert "secret" not in str(refused.value)
    assert repr(text)[1:-1] not in str(refused.value)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: storable(ANY_NUMBER), "a text is needed, not a int"),
        (lambda: named(""), "an id is empty; give a text that tells it apart"),
        (
            lambda: collected("ada"),
            "this is one text; give a collection of texts, such as a tuple of one: (text,)",
        ),
    ],
    ids=["a number", "an empty id", "one text for many"],
)
def test_what_is_no_text_is_refused(make: Callable[[], object], said: str) -> None:
    """The error says what is needed, and never what was given."""
    with pytest.raises(InvalidValue) as refused:
        make()

    assert str(refused.value) == said


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\N{NO-BREAK SPACE}"])
def test_a_text_that_says_nothing_is_not_written(text: str) -> None:
    """Spaces alone are no text."""
    with pytest.raises(
        InvalidValue, match=r"^there is no text; write something, or do not publish$"
    ):
        written(text)


@pytest.mark.parametrize("text", UNSTORABLE)
def test_what_is_written_can_be_kept(text: str) -> None:
    """A written text is held to what stores can keep."""
    with pytest.raises(InvalidValue, match=NOT_KEPT):
        written(text)


def test_spaces_around_a_written_text_are_its_writers_own() -> None:
    """A text is not trimmed."""
    assert written("  Well said.\n") == "  Well said.\n"
