"""Running a command in this process, on a terminal of 80 columns that is not there."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from connectcore.cli import main

Run: TypeAlias = Callable[..., tuple[int, str, str]]
"""Takes the words of a command, gives its exit code, its output and its complaints."""


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run in a directory of its own, where the database of the commands is."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


@pytest.fixture(name="run")
def _run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return run
