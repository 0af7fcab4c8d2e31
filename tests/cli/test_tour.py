"""The tour: a story that is told the same every time, and is true."""

import re
import subprocess
import sys

import pytest

from connectcore.cli.tour import CODE
from tests.cli.conftest import Run

HEADING = re.compile(r"\n(\d\. .+)\n=+\n\n")

SEEN_OF_ADA = """\
             self  1st   2nd   3rd      member   visitor  blocked
-----------  ----  ----  ----  -------  -------  -------  -------
name         full  full  full  initial  initial  initial  -
headline     yes   yes   yes   yes      yes      yes      -
place        yes   yes   yes   yes      yes      -        -
positions    yes   yes   yes   yes      yes      -        -
skills       yes   yes   yes   yes      -        -        -
about        yes   yes   yes   -        -        -        -
contact      yes   yes   -     -        -        -        -
birthday     yes   -     -     -        -        -        -
connections  3     3     1     0        0        0        -
"""

FEED = """\
2026-03-09  Mary Somerville changed their headline.
            Because you are connected with Mary Somerville.
2026-03-09  Grace Hopper and 2 others connected with Radia Perlman.
            Because you are connected with Grace Hopper.
2026-03-08  Mary Somerville and Grace Hopper reacted to Charles Babbage's post:
            > The Difference Engine is delayed again, but the drawings of the
            > next one are finished.
            Because you are connected with Mary Somerville.
2026-03-08  Charles Babbage posted:
            > The Difference Engine is delayed again, but the drawings of the
            > next one are finished.
            Because you are connected with Charles Babbage.
2026-03-07  Grace Hopper commented on your post:
            > The engine might compose music.
            Because you are connected with Grace Hopper.
2026-03-02  Grace Hopper connected with Alan Turing.
            Because you are connected with Grace Hopper.
"""


@pytest.fixture(name="chapters")
def _chapters(run: Run) -> dict[str, str]:
    """The chapters of the tour by their headings."""
    code, out, err = run("tour")
    assert (code, err) == (0, "")
    _, *parts = HEADING.split(out)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_the_chapters_tell_a_story(chapters: dict[str, str]) -> None:
    """From the rules to the code."""
    assert list(chapters) == [
        "1. The rules in force",
        "2. An invitation",
        "3. No, and why",
        "4. Connected",
        "5. What each viewer sees of Ada",
        "6. Ada's feed, a week later",
        "7. The same in Python",
    ]


def test_an_invitation_arrives_with_its_note(chapters: dict[str, str]) -> None:
    """A sender who knows the other by nothing is cautioned, and may say how they know them."""
    told = chapters["2. An invitation"]

    assert "Yes, with a caution: You seem not to know this member" in told
    assert "And if she says how they know each other? Yes." in told
    assert "Ada L.  2026-03-02 09:00  We met at the compiler talk." in told


def test_refusals_say_why_and_until_when(chapters: dict[str, str]) -> None:
    """Waiting helps where a moment is told, and somebody who blocked is like nobody."""
    told = chapters["3. No, and why"].splitlines()
    refusals = [line.strip() for line in told if line.startswith("  ")]

    assert refusals[0] == "A note may have 300 characters; this one has 420."
    assert refusals[1].endswith("Possible from 2026-03-23 10:00 UTC.")
    assert "Would it be allowed at that moment? Yes." in told
    assert len(refusals) == 4
    assert refusals[2] == refusals[3]


def test_the_list_of_connections_is_newest_first(chapters: dict[str, str]) -> None:
    """With the moments of the story."""
    assert chapters["4. Connected"].splitlines()[-3:] == [
        "Charles Babbage  2026-03-02 12:00",
        "Mary Somerville  2026-03-02 11:00",
        "Grace Hopper     2026-03-02 10:00",
    ]


def test_each_viewer_sees_no_more_than_a_closer_one(chapters: dict[str, str]) -> None:
    """The table is that of real members at these distances."""
    assert chapters["5. What each viewer sees of Ada"].startswith(SEEN_OF_ADA)


def test_the_feed_gives_its_reasons(chapters: dict[str, str]) -> None:
    """Alike activities are one line, and every line says why it is there."""
    assert chapters["6. Ada's feed, a week later"] == FEED


def test_the_tour_is_the_same_every_time(run: Run) -> None:
    """Its moments and ids are fixed."""
    assert run("tour") == run("tour")


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_nothing_is_wider_than_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Tables and paragraphs are wrapped; the code fits as it is."""
    monkeypatch.setenv("COLUMNS", str(columns))

    _, out, _ = run("tour")

    assert max(map(len, out.splitlines())) <= columns


def test_the_code_does_what_the_tour_says(chapters: dict[str, str]) -> None:
    """It runs as it is printed, and prints a feed with its reason."""
    ran = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True
    ).stdout

    assert CODE in chapters["7. The same in Python"]
    assert "PostPublished" in ran
    assert "you are connected with grace" in ran


def test_it_runs_as_a_program(run: Run) -> None:
    """`python -m connectcore tour` tells the same story, and ends well."""
    command = [sys.executable, "-m", "connectcore", "tour"]

    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    assert (ran.stdout, ran.stderr) == (run("tour")[1], "")
