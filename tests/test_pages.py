"""Cursors: whatever a caller sends in place of one, there is a page or one clear error."""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import InvalidCursor, InvalidValue, Page
from connectcore.pages import Cursor, Mark, check_limit, open_cursor, seal_cursor
from connectcore.testing.strategies import member_ids, moments, texts
from tests.conftest import CHARACTERS
from tests.worlds import NOON

SCOPE = ("ada", "connections", "grace")
MARK = (NOON, "grace")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

ODD_IDS = ["7", "Ädä", "李", "👩‍🚀", "a'b", 'a"b', "a\nb", "a\\b", "a,b", " ", "[]", "\x1f"]


def scopes() -> st.SearchStrategy[tuple[str | None, ...]]:
    """Whose cursor and of which list; a visitor's names nobody."""
    return st.tuples(st.none() | member_ids(), st.sampled_from(["feed", "sent"]), member_ids())


def marks() -> st.SearchStrategy[list[Mark]]:
    """Places in a listing."""
    return st.lists(st.tuples(moments(), texts()), max_size=3)


def forged(content: object) -> str:
    """A cursor of anybody's making, with a seal that could be one."""
    return base64.urlsafe_b64encode(b"nine byte" + json.dumps(content).encode()).decode()


@given(scopes(), marks(), st.floats(allow_nan=False))
def test_a_cursor_is_read_back_as_it_was_made(
    scope: Sequence[str | None], places: list[Mark], score: float
) -> None:
    """Marks and score come back exactly, microseconds and last digits included."""
    cursor = seal_cursor(scope, *places, score=score)

    assert open_cursor(cursor, scope, marks=len(places)) == (tuple(places), score)


@pytest.mark.parametrize("member", ODD_IDS, ids=ascii)
def test_odd_ids_do_not_confuse_a_cursor(member: str) -> None:
    """Quotes, newlines and every script may stand in the ids of members and lists."""
    scope = (member, "connections", member)
    cursor = seal_cursor(scope, (NOON, member))

    assert open_cursor(cursor, scope) == (((NOON, member),), 0.0)


@given(scopes(), marks())
def test_a_cursor_fits_into_a_url(scope: Sequence[str | None], places: list[Mark]) -> None:
    """It has only letters, digits, hyphens and underscores, so nothing needs escaping."""
    assert set(seal_cursor(scope, *places)) <= set(ALPHABET)


def test_a_cursor_does_not_tell_whose_it_is() -> None:
    """The viewer and the list are sealed in, not written out."""
    cursor = seal_cursor(("somebody secret", "hidden list"), MARK)
    written = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))

    assert b"secret" not in written
    assert b"hidden" not in written


def test_a_cursor_cut_short_is_refused_at_every_length() -> None:
    """However much of its end is lost, from one character to all."""
    cursor = seal_cursor(SCOPE, MARK)

    for length in range(len(cursor)):
        with pytest.raises(InvalidCursor):
            open_cursor(cursor[:length], SCOPE)


def test_a_cursor_with_any_character_altered_is_refused() -> None:
    """Every character counts, in every place, also where it encodes bits that are thrown away."""
    cursor = seal_cursor(SCOPE, MARK, (NOON, "ada"))

    for place, present in enumerate(cursor):
        for other in {*ALPHABET, "=", "+", "é"} - {present}:
            with pytest.raises(InvalidCursor):
                open_cursor(cursor[:place] + other + cursor[place + 1 :], SCOPE, marks=2)


@pytest.mark.parametrize("added", ["A", "=", "==", "AAAA", " ", "\n", "é"])
def test_a_cursor_with_anything_added_is_refused(added: str) -> None:
    """A cursor is read whole or not at all."""
    cursor = seal_cursor(SCOPE, MARK)

    for longer in (cursor + added, added + cursor):
        with pytest.raises(InvalidCursor):
            open_cursor(longer, SCOPE)


@pytest.mark.parametrize(
    "scope",
    [
        ("grace", "connections", "grace"),
        ("ada", "connections", "linus"),
        ("ada", "posts", "grace"),
        ("ada", "connections"),
        ("ada", "connections", "grace", ""),
        ("ada", "connectionsgrace", ""),
        (None, "connections", "grace"),
        (),
    ],
    ids=str,
)
def test_a_cursor_of_another_viewer_or_list_is_refused(scope: Sequence[str | None]) -> None:
    """A cursor is good for the one viewer and the one list that it was made for."""
    with pytest.raises(InvalidCursor):
        open_cursor(seal_cursor(SCOPE, MARK), scope)


@pytest.mark.parametrize("there", range(4))
@pytest.mark.parametrize("wanted", range(4))
def test_a_cursor_holds_as_many_marks_as_its_list_needs(there: int, wanted: int) -> None:
    """A cursor of the right scope with another number of marks is refused."""
    cursor = seal_cursor(SCOPE, *[MARK] * there)

    if there == wanted:
        assert open_cursor(cursor, SCOPE, marks=wanted) == ((MARK,) * wanted, 0.0)
    else:
        with pytest.raises(InvalidCursor):
            open_cursor(cursor, SCOPE, marks=wanted)


@pytest.mark.parametrize(
    "content",
    [
        None,
        7,
        "ab",
        [],
        [[], 0],
        [[], "no number"],
        [[], "0x1p99999"],
        [[], "nan"],
        [None, "0x0.0p+0"],
        [[["2026-03-02", "grace"]], "0x0.0p+0"],
        [[["2026-03-02T12:00:00", "grace"]], "0x0.0p+0"],
        [[["0001-01-01T00:00:00+00:00", "grace"]], "0x0.0p+0"],
        [[["no moment", "grace"]], "0x0.0p+0"],
        [[[7, "grace"]], "0x0.0p+0"],
        [[["2026-03-02T12:00:00+00:00"]], "0x0.0p+0"],
        [[["2026-03-02T12:00:00+00:00", ["grace"]]], "0x0.0p+0"],
        [[["2026-03-02T12:00:00+00:00", "grace"]], "0x0.0p+0"],
        {"a": 1, "b": 2},
    ],
    ids=str,
)
def test_a_forged_cursor_is_refused(content: object) -> None:
    """Whatever JSON stands in it, what was not sealed for this list is no cursor."""
    with pytest.raises(InvalidCursor):
        open_cursor(forged(content), SCOPE)


@pytest.mark.parametrize(
    "rest",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'["' + b"9" * 5000, b"[[], " + b"9" * 5000 + b"]"],
    ids=["nothing", "no JSON", "no text", "too deep", "too long", "too great a number"],
)
def test_sealed_garbage_is_refused(rest: bytes) -> None:
    """What no reader of JSON can read is no cursor, and no other error either."""
    with pytest.raises(InvalidCursor):
        open_cursor(base64.urlsafe_b64encode(b"nine byte" + rest).decode(), SCOPE)


ANY_TEXT = st.text(CHARACTERS)


@given(ANY_TEXT | st.text(ALPHABET) | st.binary().map(lambda b: base64.b64encode(b).decode()))
def test_no_text_raises_another_error(text: str) -> None:
    """Any text at all in place of a cursor is an `InvalidCursor`, which is a `ValueError`."""
    with pytest.raises(InvalidCursor, match="start again without one"):
        open_cursor(text, SCOPE)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=2),
    max_leaves=8,
)


@given(json_values)
def test_no_forgery_raises_another_error(content: object) -> None:
    """Any JSON at all in place of what a cursor holds is an `InvalidCursor`."""
    with pytest.raises(InvalidCursor):
        open_cursor(forged(content), SCOPE)


@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_a_page_can_have_one_to_a_thousand_items(limit: int) -> None:
    """Both ends are in."""
    assert check_limit(limit) == limit


@pytest.mark.parametrize("limit", [-1, 0, 1001, 10**9])
def test_any_other_limit_is_refused(limit: int) -> None:
    """The error names the limit and what can be asked for."""
    with pytest.raises(InvalidValue, match=f"limit={limit} is not a page; ask for 1 to 1000 items"):
        check_limit(limit)


def test_pages_are_values() -> None:
    """A page is equal to one with the same items and cursor, and the last one has no cursor."""
    assert Page((1, 2)) == Page((1, 2), None)
    assert Page((1,), Cursor("a")) != Page((1,), Cursor("b"))
    assert len({Page((1, 2)), Page((1, 2))}) == 1


def test_a_cursor_survives_the_ends_of_time() -> None:
    """The first and the last moment that there is can be the mark of a page."""
    first = datetime(1000, 1, 1, tzinfo=UTC)
    last = datetime(9000, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    cursor = seal_cursor(SCOPE, (first, "a"), (last, "b"))

    assert open_cursor(cursor, SCOPE, marks=2)[0] == ((first, "a"), (last, "b"))
