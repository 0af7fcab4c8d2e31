"""Tables of plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore.cli.cells import cells_of
from connectcore.cli.tables import table

WORDS = st.text("abc \u6f22\u0301", max_size=30)


def test_a_column_is_as_wide_as_what_stands_in_it() -> None:
    """Two spaces part the columns, numbers are aligned to the right."""
    assert table(
        ["who", "posts", "likes"], [["Ada", "1,200", "-"], ["Grace", "7", "3"]], width=80
    ) == [
        "who    posts  likes",
        "-----  -----  -----",
        "Ada    1,200  -",
        "Grace      7  3",
    ]


def test_where_room_is_scarce_the_gap_shrinks_before_words_are_broken() -> None:
    """One space is enough to part two columns; under that, the longest words give way."""
    head, rows = ["one", "two"], [["aaaaa", "bbbbb"]]

    assert table(head, rows, width=12)[-1] == "aaaaa  bbbbb"
    assert table(head, rows, width=11)[-1] == "aaaaa bbbbb"
    assert table(head, rows, width=9)[-2:] == ["aaaa bbbb", "a    b"]


def test_a_long_word_keeps_its_room_while_others_can_be_wrapped() -> None:
    """The place of a row, for example, stays in one piece."""
    assert table(["row", "why"], [["a_long_place", "it is no moment"]], width=20) == [
        "row           why",
        "------------  ------",
        "a_long_place  it is",
        "              no",
        "              moment",
    ]


def test_the_widest_column_is_wrapped() -> None:
    """The others keep their lines; what goes on below is aligned with where it began."""
    assert table(["rule", "says"], [["short", "a long sentence that wraps"]], width=20) == [
        "rule   says",
        "-----  -------------",
        "short  a long",
        "       sentence that",
        "       wraps",
    ]


def test_a_table_without_rows_is_its_head() -> None:
    """Nothing to show is no error."""
    assert table(["who", "what"], [], width=80) == ["who  what", "---  ----"]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5), st.integers(8, 60))
def test_no_line_is_wider_than_the_width(rows: list[tuple[str, str, str]], width: int) -> None:
    """And no word is lost, in whatever room there is for a few letters a column."""
    lines = table(["a", "b", "c"], rows, width=width)

    letters = sorted("".join(lines[2:]).replace(" ", ""))
    assert max(map(cells_of, lines)) <= width
    assert letters == sorted("".join(map("".join, rows)).replace(" ", ""))


def test_a_column_may_be_empty() -> None:
    """It takes as much room as its rule."""
    assert table(["", "a"], [["", "b"]], width=80) == ["   a", "-  -", "   b"]


def test_rows_have_as_many_cells_as_the_head() -> None:
    """A cell without a head is a mistake of the program."""
    with pytest.raises(ValueError, match="zip"):
        table(["one"], [["a", "b"]], width=80)
