"""The screen: as wide as the terminal, bold on a terminal alone, and safe from what it prints."""

import io
from typing import final
from unicodedata import combining

import pytest

from connectcore.cli.cells import cells_of, wrapped
from connectcore.cli.screen import Screen

BOLD = "\033[1mAda\033[0m"


@final
class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


@pytest.mark.parametrize(
    ("columns", "width"), [("20", 40), ("60", 60), ("80", 80), ("100", 100), ("250", 100)]
)
def test_it_is_as_wide_as_the_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    """Within what can be read with ease: from 40 to 100 columns."""
    monkeypatch.setenv("COLUMNS", columns)

    assert Screen.of(io.StringIO()).width == width


@pytest.mark.parametrize(
    ("stream", "variables", "shown"),
    [
        (Terminal(), {}, BOLD),
        (Terminal(), {"NO_COLOR": ""}, BOLD),
        (Terminal(), {"NO_COLOR": "1"}, "Ada"),
        (Terminal(), {"TERM": "dumb"}, "Ada"),
        (io.StringIO(), {}, "Ada"),
    ],
    ids=["a terminal", "NO_COLOR is empty", "NO_COLOR", "a dumb terminal", "a file"],
)
def test_headings_are_bold_on_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stream: io.StringIO,
    variables: dict[str, str],
    shown: str,
) -> None:
    """Elsewhere nothing but plain text is printed."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    Screen.of(stream).heading("Ada")

    assert capsys.readouterr().out == f"\n{shown}\n===\n\n"


def test_what_members_wrote_cannot_move_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters become spaces, in paragraphs and in tables."""
    screen = Screen(width=40)

    screen.say("Hello\x1b[2J\u202eolleH")
    screen.table(["name"], [["A\rda"]])

    assert capsys.readouterr().out == "Hello [2J olleH\nname\n----\nA da\n"


def test_a_paragraph_is_wrapped_and_cut(capsys: pytest.CaptureFixture[str]) -> None:
    """Its lines begin as asked, and what is left after the last one is left out."""
    Screen(width=12).say("one two three four five", first="> ", rest="| ", at_most=2)

    assert capsys.readouterr().out == "> one two\n| three ...\n"


@pytest.mark.parametrize("letters", ["\u6f22\u5b57", "a\u6f22", "e\u0301", "a \u6f22e\u0301\u0302"])
@pytest.mark.parametrize("width", [2, 7, 40])
def test_no_line_takes_more_cells_than_the_screen_has(
    capsys: pytest.CaptureFixture[str], letters: str, width: int
) -> None:
    """A letter takes two cells, one, or none where it stands on the one before."""
    text = letters * 40
    Screen(width=width + 2).say(text, first="> ", rest="> ")

    lines = [line[2:] for line in capsys.readouterr().out.splitlines()]
    shown = "".join(lines).replace(" ", "")
    assert max(map(cells_of, lines)) <= width
    assert [line for line in lines if combining(line[:1])] == []
    assert shown == text.replace(" ", "")


def test_a_line_ends_between_wide_letters_and_is_filled(capsys: pytest.CaptureFixture[str]) -> None:
    """They need no space for that, so a post without spaces is cut like any other."""
    Screen(width=10).say("\u6f22" * 12, at_most=2)
    Screen(width=10).say("Ada\u3055\u3093 \u6f22\u5b57")

    assert capsys.readouterr().out.splitlines() == [
        "\u6f22" * 5,
        "\u6f22" * 3 + " ...",
        "Ada\u3055\u3093 \u6f22",
        "\u5b57",
    ]


@pytest.mark.parametrize(
    ("width", "text", "lines"),
    [
        (1, "\u6f22\u5b57", ["\u6f22", "\u5b57"]),
        (6, "12345 123456789", ["12345", "123456", "789"]),
        (6, "1234 123456789", ["1234 1", "234567", "89"]),
    ],
)
def test_a_word_longer_than_a_line_is_broken(width: int, text: str, lines: list[str]) -> None:
    """It begins where there is room, and a letter is shown whatever room there is."""
    assert wrapped(text, width) == lines


def test_a_heading_is_underlined_as_wide_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Also where its letters are wide."""
    Screen(width=40).heading("\u5c71\u7530")

    assert capsys.readouterr().out == "\n\u5c71\u7530\n====\n\n"


def test_columns_line_up_whatever_the_letters(capsys: pytest.CaptureFixture[str]) -> None:
    """Names of wide letters, and of letters that stand on others, are filled up to one width."""
    Screen(width=40).table(
        ["name", "id"], [["\u5c71\u7530\u592a\u90ce", "a"], ["E\u0301mile", "b"], ["Ada", "c"]]
    )

    assert capsys.readouterr().out.splitlines()[2:] == [
        "\u5c71\u7530\u592a\u90ce  a",
        "E\u0301mile     b",
        "Ada       c",
    ]
