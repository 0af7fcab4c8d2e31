"""Type checkers refuse what must not be written, and annotations are true at run time.

The promises themselves stand in tests/typing, which is checked and never run: a line there that has
to be refused says so in a comment for each checker, and a comment without a need is an error.
"""

import importlib.util
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_type_hints

import attrs
import pytest

import connectcore
from tests import ROOT

CHECKERS: Mapping[str, Sequence[str]] = {
    "mypy": ("mypy",),
    "pyright": ("pyright", "--pythonpath", sys.executable),
}
PROMISES = ROOT / "tests" / "typing"
COMPLAINT = re.compile(r"^\s*(?P<file>.+?\.py):(?P<line>\d+):.*\berror: ", re.MULTILINE)

PLANTED = """\
from connectcore import Connected, ConnectionRules, Pair, Proposal
from connectcore.invitations import accept


def planted(connected: Connected, proposal: Proposal) -> None:
    accept(connected, proposal, ConnectionRules())
    connected.since = proposal.at
    Pair.of("ada", "grace")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Pair.of("ada", "grace")
"""
WRONG_LINES = {6, 7, 8}
"""Two lines that must be refused and do not say so, and one that says so without a need."""

PUBLIC_CLASSES = [
    value for value in map(vars(connectcore).get, connectcore.__all__) if inspect.isclass(value)
]


def complaints(checker: str, *paths: Path) -> set[tuple[str, int]]:
    """What *checker* finds wrong in *paths*, each a file's name and a line."""
    if importlib.util.find_spec(checker) is None:
        pytest.skip(f"{checker} is not installed; it comes with the dependency group `typing`")
    command = [sys.executable, "-m", *CHECKERS[checker], *map(str, paths)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode in {0, 1}, run.stdout + run.stderr

    found = {(Path(at["file"]).name, int(at["line"])) for at in COMPLAINT.finditer(run.stdout)}

    assert bool(found) == bool(run.returncode), run.stdout + run.stderr

    return found


@pytest.mark.parametrize("checker", CHECKERS)
def test_every_promise_about_types_holds(checker: str) -> None:
    """Each line of tests/typing is accepted, or is refused where it says that it has to be."""
    assert complaints(checker, PROMISES) == set()


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_planted_wrong_line_is_caught(checker: str, tmp_path: Path) -> None:
    """A line that must be refused is, and a comment that expects a refusal in vain is one."""
    planted = tmp_path / "planted.py"
    planted.write_text(PLANTED, encoding="utf-8")

    assert complaints(checker, planted) == {("planted.py", line) for line in WRONG_LINES}


def test_every_refused_line_is_refused_by_both() -> None:
    """A line that one checker has to refuse has to be refused by the other."""
    one_sided = [
        f"{path.name}:{number}"
        for path in sorted(PROMISES.glob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if ("# type: ignore[" in line) != ("# pyright: ignore[" in line)
    ]

    assert one_sided == []


def annotated(public: type[object]) -> Iterator[object]:
    """Give *public* and all that is annotated in it.

    An `__init__` that attrs wrote is left out: it repeats the annotations of the class.
    """
    yield public
    for name, value in vars(public).items():
        function = getattr(value, "fget", None) or getattr(value, "__func__", value)
        if inspect.isfunction(function) and not (name == "__init__" and attrs.has(public)):
            yield function


@pytest.mark.parametrize("public", PUBLIC_CLASSES, ids=lambda public: public.__name__)
def test_annotations_can_be_read_at_run_time(public: type[object]) -> None:
    """`get_type_hints` finds every name in the annotations of a public class and of its methods."""
    assert all(isinstance(get_type_hints(each), dict) for each in annotated(public))


def test_all_classes_of_the_face_are_looked_at() -> None:
    """The walk over the public classes misses none of those that an application meets first."""
    assert {connectcore.Network, connectcore.Member, connectcore.Connected} <= set(PUBLIC_CLASSES)
