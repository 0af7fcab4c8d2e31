"""The command itself: help, exit codes, one line for every error, and a reader who has enough."""

import importlib
import importlib.metadata
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import final

import pytest

from connectcore.cli import main
from tests.cli.conftest import Run
from tests.interchange.folders import ADA, write_folder

COMMANDS = ["tour", "load", "feed", "view", "degree", "mutual"]
PROGRAM = [sys.executable, "-m", "connectcore"]


def test_without_a_command_it_helps(run: Run) -> None:
    """All commands are told, and what the exit codes mean."""
    code, out, err = run()

    assert (code, err) == (0, "")
    assert [command for command in COMMANDS if f"\n    {command}" not in out] == []
    assert "Exits with 0 if all is well" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """`--help` tells how it is used."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: connectcore {command}")


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["load"],
        ["feed", "folder"],
        ["view", "folder", "ada"],
        ["view", "folder", "ada", "--as", "ada", "--visitor"],
        ["degree", "--as", "ada"],
        ["degree", ".", "--as", "ada"],
        ["mutual", "--as", "ada"],
        ["mutual", "folder", "--as", "ada", "grace", "mary"],
        ["feed", "folder", "other", "--as", "ada"],
        ["feed", "folder", "--as", "ada", "--db", "sqlite:///network.db"],
        ["feed", "--as", "ada", "--without-updates"],
        ["feed", "--as", "ada", "--loudly"],
        ["tour", "twice"],
        ["feed", "folder", "--as", "ada", "--order", "random"],
        ["feed", "folder", "--as", "ada", "--limit", "0"],
        ["feed", "folder", "--as", "ada", "--limit", "1001"],
        ["feed", "folder", "--as", "ada", "--pages", "many"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """The complaint says how the command is used, and nothing is printed."""
    with pytest.raises(SystemExit) as ended:
        main(words)

    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert err.startswith("usage: connectcore")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["load", "{empty}"], "{empty} cannot be read: it has no static/place_0_0.csv"),
        (["load", "{nowhere}"], "{nowhere} cannot be read: it has no static/place_0_0.csv"),
        (
            ["degree", "{nowhere}", "12", "--as", ADA],
            "{nowhere} cannot be read: it has no static/place_0_0.csv",
        ),
        (
            ["feed", "{small}", "--as", "99"],
            "nobody in {small} has the id '99'; the ids are in its dynamic/person_0_0.csv",
        ),
        (
            ["view", "{small}", "--as", "", ADA],
            "a member's id is empty; use the id that your application gives them",
        ),
        (
            ["view", "{small}", "--visitor", ADA],
            "There is no such member or item, or it is not available to you.",
        ),
        (
            ["mutual", "{small}", "--as", ADA, "99"],
            "There is no such member or item, or it is not available to you.",
        ),
    ],
    ids=[
        "no files",
        "no folder",
        "no folder before members",
        "nobody acts",
        "an empty id",
        "a visitor",
        "nobody is asked for",
    ],
)
def test_an_error_is_one_line(run: Run, tmp_path: Path, words: list[str], complaint: str) -> None:
    """It says what is wrong, without a traceback, and the code is 1."""
    (tmp_path / "empty").mkdir()
    write_folder(tmp_path / "small")
    places = {name: str(tmp_path / name) for name in ("empty", "nowhere", "small")}

    code, out, err = run(*(word.format(**places) for word in words))

    assert (code, out) == (1, "")
    assert err == f"connectcore: {complaint.format(**places)}\n"


def test_an_error_cannot_move_the_cursor(run: Run, tmp_path: Path) -> None:
    """What somebody named a folder is printed without its control characters."""
    _, _, err = run("load", str(tmp_path / "a\x1b[2J\nb"))

    assert f"{tmp_path}/a [2J b cannot be read" in err


def test_a_file_that_cannot_be_opened_is_one_line(run: Run, tmp_path: Path) -> None:
    """What the system says is passed on."""
    path = write_folder(tmp_path)
    table = path / "dynamic/post_0_0.csv"
    table.unlink()
    table.mkdir()

    code, out, err = run("load", str(path))

    assert (code, out) == (1, "")
    assert err.startswith("connectcore: ")
    assert "post_0_0.csv" in err
    assert err.count("\n") == 1


def test_an_id_may_be_longer_than_the_name_of_a_file(run: Run) -> None:
    """It is somebody to be looked for in the database, and no error of the system."""
    _, _, err = run("degree", "1" * 300, "--as", ADA)

    assert err.startswith("connectcore: no network is in sqlite:///connectcore.db yet")


@pytest.mark.parametrize("words", [["tour"], ["load", "{small}"], ["load", "{small}", "--db", ""]])
@pytest.mark.parametrize("closed", [["stdout"], ["stderr"], ["stdout", "stderr"]], ids=" ".join)
def test_a_stream_that_was_closed_changes_nothing_else(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, closed: list[str], words: list[str]
) -> None:
    """As by `>&-`: what is printed there goes nowhere, and the rest is done and told as ever."""
    said = [word.format(small=write_folder(tmp_path / "small")) for word in words]
    expected = dict(zip(("code", "stdout", "stderr"), run(*said), strict=True))
    (tmp_path / "connectcore.db").unlink(missing_ok=True)
    with monkeypatch.context() as patched:
        for stream in closed:
            patched.setattr(sys, stream, None)  # which is what Python makes of it
        code, *printed = run(*said)

    found = {"code": code, **dict(zip(("stdout", "stderr"), printed, strict=True))}
    without_seconds = {name: re.sub(r"in \d+\.\d s", "", str(each)) for name, each in found.items()}
    assert without_seconds == {
        name: "" if name in closed else re.sub(r"in \d+\.\d s", "", str(each))
        for name, each in expected.items()
    }


def test_an_error_of_ones_own_is_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What neither the library nor the system nor a driver raises keeps its traceback."""
    monkeypatch.setattr(sys, "stdout", Wrong())

    with pytest.raises(ZeroDivisionError):
        main(["tour"])

    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(ZeroDivisionError):
        main(["tour"])


def test_whoever_reads_may_have_enough() -> None:
    """A pipe that is closed before the end is no error and no traceback."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        ended = subprocess.run(
            [*PROGRAM, "tour"], stdout=write_end, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(write_end)

    assert (ended.returncode, ended.stderr) == (0, "")


@final
class Interrupted(io.StringIO):
    """A stream on which somebody presses Ctrl-C."""

    def write(self, _: str) -> int:
        """Interrupt whoever writes."""
        raise KeyboardInterrupt


@final
class Wrong(io.StringIO):
    """A stream that somebody programmed wrongly."""

    def write(self, _: str) -> int:
        """Fail like a mistake in a program."""
        return 1 // 0


def test_an_interruption_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code is the one that shells use for it."""
    monkeypatch.setattr(sys, "stdout", Interrupted())

    assert main(["tour"]) == 130


def test_a_name_that_the_output_cannot_hold_is_replaced(tmp_path: Path) -> None:
    """Letters outside the encoding of the output become question marks."""
    path = write_folder(tmp_path, {})
    persons = path / "dynamic/person_0_0.csv"
    persons.write_text(persons.read_text("utf-8").replace("Lovelace", "Łovelace"), "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}

    ran = subprocess.run(
        [*PROGRAM, "degree", str(path), "--as", ADA, ADA],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Ada ?ovelace" in ran.stdout


def test_the_command_is_installed() -> None:
    """`connectcore` is this command."""
    (entry,) = importlib.metadata.entry_points(group="console_scripts", name="connectcore")

    assert entry.load() is main


def test_importing_the_program_does_not_run_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Tools that look at every module may import `connectcore.__main__` as well."""
    importlib.import_module("connectcore.__main__")

    assert capsys.readouterr() == ("", "")
