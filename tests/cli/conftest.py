"""Running a command in this process, on a terminal of 80 columns that is not there."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from connectcore.cli import main

Run: TypeAlias = Callable[..., tuple[int, str, str]]
"""Takes the words of a command, gives its exit code, its output and its complaints."""


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(name="run")
def _run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return run
