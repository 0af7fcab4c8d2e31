"""The screen: as wide as the terminal, bold on a terminal alone, and safe from what it prints."""

import io
from typing import final

import pytest

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
