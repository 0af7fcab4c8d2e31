"""The commands that load a folder and answer from it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.interchange.folders import (
    ADA,
    ALAN,
    COMMENTS,
    FORUM_STREAM,
    GRACE,
    HEDY,
    KNOWS,
    PERSONS,
    POSTS,
    SMALL,
    with_row,
    write_folder,
)

JOSE, ALFONSO = "8796093022220", "150"
"""Two persons of the LDBC network who are connected."""


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> str:
    return str(write_folder(tmp_path))


# ── load ────────────────────────────────────────────────────────────────────────────────────────


def test_load_counts_what_it_loaded(run: Run, small: str) -> None:
    """By kind, the snapshot beside the updates; what has no counterpart here is told."""
    code, out, err = run("load", small)

    table, _, rest = out.partition("\n\n")
    assert (code, err) == (0, "")
    assert table == (
        "loaded       snapshot  updates\n"
        "-----------  --------  -------\n"
        "members             3        1\n"
        "connections         2        1\n"
        "posts               1        1\n"
        "comments            2        1\n"
        "reactions           2        2\n"
        "left out            0        0"
    )
    assert re.fullmatch(
        r"Loaded in \d+\.\d s, into sqlite:///connectcore\.db\.\n"
        r"Passed over, having no counterpart here: forums \(1\) and members of forums \(1\)\.\n",
        rest,
    )


def test_load_may_leave_the_updates_alone(run: Run, small: str) -> None:
    """Only the snapshot is loaded then, and the table has one column."""
    code, out, _ = run("load", small, "--without-updates")

    assert code == 0
    assert out.startswith("loaded       snapshot\n-----------  --------\nmembers             3\n")
    assert "Passed over" not in out


def test_load_tells_of_every_row_that_it_left_out(run: Run, tmp_path: Path) -> None:
    """Those that cannot be read and those that do not fit, with their place; the code is 1."""
    changed = {
        POSTS: f"{SMALL[POSTS]}12||now|-|-|en|Hello|5|1|0|1\n",
        KNOWS: f"{SMALL[KNOWS]}1|1|1\n",
        FORUM_STREAM: f"{SMALL[FORUM_STREAM]}1|0|9\n",
    }

    code, out, _ = run("load", str(write_folder(tmp_path, changed)))

    assert code == 1
    assert "left out            2        1\n" in out
    assert out.endswith(
        "Left out\n========\n\n"
        "row                                          reason\n"
        "-------------------------------------------  -----------------------------------\n"
        "dynamic/person_knows_person_0_0.csv:4        This needs another member, not\n"
        "                                             yourself.\n"
        "dynamic/post_0_0.csv:3                       'now' is no moment\n"
        "update_streams/updateStream_0_0_forum.csv:8  '9' is no kind of update\n"
    )


@pytest.mark.parametrize(
    ("options", "shown", "last"),
    [([], 20, "And 10 more; --all shows them."), (["--all"], 30, "dynamic/comment_0_0.csv:33")],
)
def test_load_shows_twenty_rows_or_all(
    run: Run, tmp_path: Path, options: list[str], shown: int, last: str
) -> None:
    """What is not shown is counted."""
    rows = "".join(f"{number}|once|-|-|Yes|3|1|1|10|\n" for number in range(100, 130))
    path = write_folder(tmp_path, {COMMENTS: SMALL[COMMENTS] + rows})

    _, out, _ = run("load", str(path), *options)

    assert out.count("'once' is no moment") == shown
    assert out.splitlines()[-1].startswith(last)


@pytest.mark.thorough
def test_load_reads_a_whole_network(run: Run, shared_data: Callable[..., Path]) -> None:
    """The 250 persons of the benchmark, with nothing left out."""
    code, out, err = run("load", str(shared_data("ldbc-sf0.003")))

    assert (code, err) == (0, "")
    assert [line.split()[-2:] for line in out.splitlines()[2:8]] == [
        ["222", "28"],
        ["825", "189"],
        ["5,924", "1,271"],
        ["2,218", "1,296"],
        ["1,383", "1,474"],
        ["0", "0"],
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_load_tells_of_its_progress_on_a_terminal(small: str) -> None:
    """How far it is in each part, on the standard error; the report is not disturbed."""
    import pty  # noqa: PLC0415  # the module is only where the test runs

    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "connectcore", "load", small]
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=end, text=True, check=True)
    os.close(end)
    told = b""
    with suppress(OSError):  # which says on Linux that there is no more
        while more := os.read(terminal, 1000):
            told += more
    os.close(terminal)

    assert [line.rstrip() for line in told.decode().split("\r")] == [
        "",
        "snapshot: 10",
        "updates: 6",
        "",
    ]
    assert ran.stdout.startswith("loaded")


# ── feed ────────────────────────────────────────────────────────────────────────────────────────

NEWEST = """\
2026-01-06  Grace Hopper reacted to Hedy Lamarr's comment on your post:
            > The engine might compose music.
            Because you are connected with Grace Hopper.
2026-01-06  Hedy Lamarr commented on your post:
            > The engine might compose music.
            Because you are connected with Hedy Lamarr.
"""
NEXT = """\
2026-01-06  Hedy Lamarr posted:
            > photo11.jpg
            Because you are connected with Hedy Lamarr.
2026-01-06  Hedy Lamarr joined.
            Because you are connected with Hedy Lamarr.
"""
MORE = "\nThere is more: ask for it with --pages.\n"
ALONE = "9|Tim|Lee|male|1955-06-08|1|-|-|1"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--limit", "2"], NEWEST + MORE),
        (["--limit", "2", "--pages", "2"], NEWEST + NEXT + MORE),
        (["--limit", "4"], NEWEST + NEXT + MORE),
    ],
)
def test_feed_tells_what_connections_did(
    run: Run, small: str, options: list[str], told: str
) -> None:
    """The newest first, with the reason of each; pages go on where the one before ended."""
    assert run("feed", small, "--as", ADA, *options) == (0, told, "")


def test_feed_ends_where_there_is_no_more(run: Run, small: str) -> None:
    """All pages are printed if enough are asked for, in whatever order."""
    recent = run("feed", small, "--as", ADA, "--limit", "2", "--pages", "9")
    top = run("feed", small, "--as", ADA, "--limit", "2", "--pages", "9", "--order", "top")

    assert recent[1].startswith(NEWEST + NEXT)
    assert recent[1].count("Because") == top[1].count("Because") == 7
    assert "There is more" not in recent[1] + top[1]


@pytest.mark.thorough
def test_feed_at_the_top_has_what_brings_most_people_together(
    run: Run, shared_data: Callable[..., Path]
) -> None:
    """A line of several people stands above newer ones of a single person."""
    path = str(shared_data("ldbc-sf0.003"))

    code, top, _ = run("feed", path, "--as", JOSE, "--limit", "200", "--order", "top")

    days = re.findall(r"^\d{4}-\d\d-\d\d", top, re.MULTILINE)
    assert (code, len(days)) == (0, 200)
    assert days != sorted(days, reverse=True)


def test_feed_may_be_empty(run: Run, tmp_path: Path) -> None:
    """Somebody without connections is told so."""
    path = write_folder(tmp_path, with_row(PERSONS, ALONE))

    assert run("feed", str(path), "--as", "9") == (0, "There is nothing in this feed.\n", "")


def test_feed_may_leave_the_updates_alone(run: Run, small: str) -> None:
    """What happened after the snapshot is not told then."""
    _, out, _ = run("feed", small, "--as", ADA, "--without-updates")

    assert "Hedy" not in out
    assert "2026-01-03  Grace Hopper commented on your post:" in out


# ── view, degree, mutual ────────────────────────────────────────────────────────────────────────


def test_view_shows_a_profile_as_a_member_sees_it(run: Run, small: str) -> None:
    """A connection sees more than others; what is closed is named."""
    _, near, _ = run("view", small, "--as", GRACE, ADA)
    _, far, _ = run("view", small, "--as", ALAN, ADA)

    assert "seen as a connection" in near
    assert "ada@example.org, ada@example.com" in near
    assert "connections  2 shown" in near
    assert "Not open" not in near
    assert "seen at the second degree" in far
    assert "ada@example.org" not in far
    assert far.endswith("\nNot open to this viewer: about, birthday and contact.\n")


def test_degree_tells_how_far_members_are(run: Run, small: str) -> None:
    """Of as many as are asked for; somebody who is not there makes the code 1."""
    code, out, err = run("degree", small, "--as", ALAN, ALAN, GRACE, ADA, HEDY, ADA)

    assert (code, err) == (0, "")
    assert out == (
        "member        id  degree\n"
        "------------  --  ------\n"
        "Alan Turing    3  you\n"
        "Grace Hopper   2  1st\n"
        "Ada Lovelace   1  2nd\n"
        "Hedy Lamarr    4  3rd\n"
    )

    code, out, _ = run("degree", small, "--as", ALAN, "nobody", GRACE)

    assert code == 1
    assert out.splitlines()[2:] == [
        "-             nobody  not available",
        "Grace Hopper  2       1st",
    ]


def test_mutual_tells_whom_two_members_share(run: Run, small: str) -> None:
    """Since when the one who asks knows them, or that there is nobody."""
    code, out, err = run("mutual", small, "--as", ALAN, ADA)

    assert (code, err) == (0, "")
    assert out == (
        "Alan Turing and Ada Lovelace share 1 connection.\n\n"
        "since       member        id\n"
        "----------  ------------  --\n"
        "2026-01-02  Grace Hopper   2\n"
    )
    assert run("mutual", small, "--as", ADA, HEDY) == (
        0,
        "Ada Lovelace and Hedy Lamarr share 0 connections.\n",
        "",
    )


def test_mutual_tells_of_as_many_as_there_are(run: Run, tmp_path: Path) -> None:
    """More than a page of the network holds."""
    crowd = range(1000, 2001)
    persons = "".join(f"{one}|P|{one}|-|1990-01-01|1|-|-|1\n" for one in crowd)
    knows = "".join(f"{one}|{other}|1\n" for one in crowd for other in (ADA, ALAN))
    changed = {PERSONS: SMALL[PERSONS] + persons, KNOWS: SMALL[KNOWS] + knows}

    _, out, _ = run("mutual", str(write_folder(tmp_path, changed)), "--as", ADA, ALAN)

    assert out.startswith("Ada Lovelace and Alan Turing share 1,002 connections.\n")
    assert len(out.splitlines()) == 1 + 1 + 2 + 1002


def test_questions_mention_that_rows_were_left_out(run: Run, tmp_path: Path) -> None:
    """The answer is given all the same, and `load` tells of the rows."""
    path = write_folder(tmp_path, with_row(KNOWS, "1|1|1"))

    code, out, err = run("degree", str(path), "--as", ADA, GRACE)

    assert (code, out.splitlines()[-1]) == (0, "Grace Hopper   2  1st")
    assert err == f"connectcore: without 1 row; `connectcore load {path}` tells why\n"


@pytest.mark.thorough
def test_questions_to_a_whole_network(run: Run, shared_data: Callable[..., Path]) -> None:
    """Two persons of the benchmark, who are connected, share one that both know."""
    code, out, err = run("mutual", str(shared_data("ldbc-sf0.003")), "--as", JOSE, ALFONSO)

    assert (code, err) == (0, "")
    assert out.startswith("Jose Alonso and Alfonso Alvarez share 1 connection.\n")
    assert out.endswith("2010-10-12  Miguel Rodriguez  6597069766786\n")
