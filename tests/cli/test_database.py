"""The commands that load a folder into a database once, and answer from it from then on."""

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from connectcore.cli.keeping import can_keep
from tests.cli.conftest import Run
from tests.cli.test_folder import NEWEST
from tests.interchange.folders import ADA, ALAN, GRACE, HEDY, KNOWS, with_row, write_folder
from tests.stores.databases import PLACE_OF, postgresql

UNREADABLE = (
    "that is no address of a database; say for example --db sqlite:///network.db "
    "or --db postgresql://user@host/name"
)
ASKED = [
    ("feed", "--as", ADA),
    ("feed", "--as", ADA, "--order", "top", "--limit", "3", "--pages", "2"),
    ("view", "--as", GRACE, ADA),
    ("view", "--visitor", ADA),
    ("degree", "--as", ALAN, ALAN, GRACE, ADA, HEDY, "nobody"),
    ("mutual", ADA, "--as", ALAN),
]


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "small")


@pytest.fixture(name="without_sql")
def _without_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be found of what the extra installs."""
    for name in ("sqlalchemy", "cattrs"):
        monkeypatch.setitem(sys.modules, name, None)


def network_postgres() -> str:
    """The address of a PostgreSQL database in which no network is yet."""
    return PLACE_OF[postgresql()].engine.url.render_as_string(hide_password=False)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
@pytest.mark.parametrize("address", [None, "sqlite:///other.db"], ids=["default", "named"])
def test_what_is_loaded_once_answers_without_the_folder(
    run: Run, small: Path, asked: tuple[str, ...], address: str | None
) -> None:
    """Every question has the answer that it has from the folder."""
    named = () if address is None else ("--db", address)
    command, *rest = asked
    expected = run(command, str(small), *rest)
    loaded = run("load", str(small), *named)
    shutil.rmtree(small)

    answered = run(*asked, *named)

    assert (loaded[0], loaded[2]) == (0, "")
    assert f"into {address or 'sqlite:///connectcore.db'}.\n" in loaded[1]
    assert answered == expected


def test_a_network_in_postgresql_answers_too(run: Run, small: Path) -> None:
    """An address without a driver means the driver that the library is tested with."""
    address = network_postgres().replace("postgresql+psycopg", "postgresql")

    code, out, err = run("load", str(small), "--db", address)
    answered = run("feed", "--as", ADA, "--limit", "2", "--db", address)

    assert (code, err) == (0, "")
    assert "members             3        1\n" in out
    assert answered[1].startswith(NEWEST)


def test_loading_again_adds_what_is_new_and_leaves_the_rest(run: Run, small: Path) -> None:
    """What is there already is counted, and no reason for a complaint."""
    run("load", str(small))
    write_folder(small, with_row(KNOWS, f"{ADA}|{ALAN}|2026-01-05T10:00:00.000+0000"))

    code, out, err = run("load", str(small))
    _, degrees, _ = run("degree", "--as", ADA, ALAN)

    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()[2:9]] == [
        ["members", "0", "0"],
        ["connections", "1", "0"],
        ["posts", "0", "0"],
        ["comments", "0", "0"],
        ["reactions", "0", "0"],
        ["there", "already", "10", "6"],
        ["left", "out", "0", "0"],
    ]
    assert "1st" in degrees


def test_the_snapshot_alone_may_be_kept(run: Run, small: Path) -> None:
    """The updates can be loaded later, on top of it."""
    run("load", str(small), "--without-updates")
    before = run("degree", "--as", ADA, HEDY)
    run("load", str(small))
    after = run("degree", "--as", ADA, HEDY)

    assert (before[0], after[0]) == (1, 0)


# ── What is wrong with a database ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        (
            "sqlite:///nowhere.db",
            (
                "no network is in sqlite:///nowhere.db yet; "
                "say connectcore load <folder> --db sqlite:///nowhere.db"
            ),
        ),
        (
            "sqlite:///empty.db",
            (
                "no network is in sqlite:///empty.db yet; "
                "say connectcore load <folder> --db sqlite:///empty.db"
            ),
        ),
        ("sqlite:///text.db", "sqlite:///text.db cannot be used: file is not a database"),
        (
            "sqlite://",
            "a database in memory is gone with the command; name a file: sqlite:///network.db",
        ),
        ("mysql://ada:secret@host/x", "a network is kept in SQLite or PostgreSQL, not in mysql"),
        ("", UNREADABLE),
        ("ada:secret@host", UNREADABLE),
        ("postgresql://ada:secret@host:port/x", UNREADABLE),
        ("postgresql:///x?port=secret", UNREADABLE),
        ("sqlite:///network.db?timeout=secret", UNREADABLE),
        ("sqlite:///\udcff.db", UNREADABLE),
        ("postgresql://ada:\udcff@host/x", UNREADABLE),
        (
            "postgresql+asyncpg://ada:secret@host/x",
            "postgresql+asyncpg is for asynchronous programs; say postgresql+psycopg",
        ),
        (
            "sqlite+aiosqlite:///network.db",
            "sqlite+aiosqlite is for asynchronous programs; say sqlite",
        ),
        (
            "postgresql+nothing://ada:secret@host/x",
            "postgresql+nothing is no driver that is known here; say postgresql+psycopg",
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(
    run: Run, tmp_path: Path, address: str, complaint: str
) -> None:
    """It says what to do, never a password, and makes no file."""
    sqlite3.connect(tmp_path / "empty.db").close()
    (tmp_path / "text.db").write_text("This is no database, though it has some length. " * 9)

    code, out, err = run("feed", "--as", ADA, "--db", address)

    assert (code, out) == (1, "")
    assert err == f"connectcore: {complaint}\n"
    assert {path.name for path in tmp_path.iterdir()} == {"empty.db", "text.db"}


def test_a_variable_that_was_not_set_is_no_address(run: Run, small: Path, tmp_path: Path) -> None:
    """An empty one is refused, and nothing is loaded into the usual database."""
    code, out, err = run("load", str(small), "--db", "")

    assert (code, out, err) == (1, "", f"connectcore: {UNREADABLE}\n")
    assert not (tmp_path / "connectcore.db").exists()


@pytest.mark.parametrize("command", ["load", "feed"])
def test_what_a_driver_raises_within_a_command_is_one_line(
    run: Run, small: Path, tmp_path: Path, command: str
) -> None:
    """A table that is missing, as a disk that is full: without the statement and its values."""
    run("load", str(small))
    with closing(sqlite3.connect(tmp_path / "connectcore.db")) as database:
        database.execute("DROP TABLE connectcore_members")

    code, out, err = run(*{"load": ("load", str(small)), "feed": ("feed", "--as", ADA)}[command])

    assert (code, out) == (1, "")
    assert err == (
        "connectcore: sqlite:///connectcore.db cannot be used: no such table: connectcore_members\n"
    )


def test_a_server_that_does_not_answer_is_one_line(run: Run) -> None:
    """Who asked and where is told, the password is not."""
    code, out, err = run("feed", "--as", ADA, "--db", "postgresql://ada:secret@127.0.0.1:1/x")

    assert (code, out) == (1, "")
    assert err.startswith("connectcore: postgresql+psycopg://ada:***@127.0.0.1:1/x cannot be used:")
    assert err.count("\n") == 1
    assert "secret" not in err


def test_a_driver_that_is_missing_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The drivers of PostgreSQL are the application's choice, so one may be missing."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    code, _, err = run("feed", "--as", ADA, "--db", "postgresql://host/x")

    assert (code, err) == (
        1,
        "connectcore: postgresql+psycopg takes psycopg; say pip install psycopg\n",
    )


def test_nobody_in_a_database_is_told_as_such(run: Run, small: Path) -> None:
    """An id that nobody has, with the database in which nobody has it."""
    run("load", str(small))

    code, out, err = run("feed", "--as", "99")

    assert (code, out) == (1, "")
    assert err == "connectcore: nobody in sqlite:///connectcore.db has the id '99'\n"


def test_a_folder_that_cannot_be_read_makes_no_database(run: Run, tmp_path: Path) -> None:
    """The folder is looked at first."""
    code, _, err = run("load", str(tmp_path))

    assert (code, err.count("\n")) == (1, 1)
    assert not (tmp_path / "connectcore.db").exists()


def test_beside_a_database_every_word_is_an_id(run: Run, small: Path) -> None:
    """Also one that looks like the path of a folder."""
    address = "sqlite:///connectcore.db"
    run("load", str(small))

    code, out, _ = run("degree", "people/ada", "--as", ADA, "--db", address)

    assert code == 1
    assert out.splitlines()[-1] == "-       people/ada  not available"


# ── Without the extra ───────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("without_sql")
def test_without_a_database_a_folder_is_still_answered_from(run: Run, small: Path) -> None:
    """It is loaded and reported, and said not to be kept."""
    code, out, err = run("load", str(small))
    answered = run("feed", str(small), "--as", ADA, "--limit", "2")

    assert (code, err) == (0, "")
    assert "and not kept; pip install 'connectcore[sql]' keeps it.\n" in out
    assert answered[1].startswith(NEWEST)


@pytest.mark.usefixtures("without_sql")
@pytest.mark.parametrize(
    "words", [("feed", "--as", ADA), ("feed", "--as", ADA, "--db", "sqlite:///network.db")]
)
def test_without_the_extra_a_database_is_one_line(run: Run, words: tuple[str, ...]) -> None:
    """It says what to install."""
    code, out, err = run(*words)

    assert (code, out) == (1, "")
    assert err == (
        "connectcore: a database takes more than is installed; say pip install 'connectcore[sql]', "
        "or have a folder answered from\n"
    )


def test_what_is_kept_from_being_imported_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that somebody blanked out cannot be used, and is told of like a missing one."""
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)

    assert not can_keep()
