"""The gate of mutants: it fails on whoever survives unexplained, on too few, and on none."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import dedent

import pytest

from tests import ROOT, SOURCE
from tests.mutation import data
from tests.mutation.gate import Figure, Mutant, Survivor, faults, figure_of
from tests.mutation.subjects import FLOOR, PROVED, SUBJECTS
from tests.mutation.trying import change, function_of

PROVED_ONE, OTHER = "rules", "pages"


def mutants(module: str, *outcomes: str) -> Sequence[Mutant]:
    """Mutants of a module with what became of them, each of another line."""
    return [
        Mutant(module=module, function="f", change=(f"- {line}",), outcome=outcome)
        for line, outcome in enumerate(outcomes)
    ]


def survivor(line: int) -> Survivor:
    """The explanation of one of them."""
    return Survivor(module=PROVED_ONE, function="f", change=[f"- {line}"], why="It is the same.")


KILLED = ["killed"] * 19
FOUND: Mapping[str, tuple[Mapping[str, Sequence[Mutant]], Sequence[str]]] = {
    "nothing at all": ({}, ["nothing was mutated"]),
    "no mutant": ({OTHER: []}, ["pages: no mutant was made"]),
    "no mutant where all is proved": ({PROVED_ONE: []}, ["rules: no mutant was made"]),
    "all killed": ({OTHER: mutants(OTHER, *KILLED)}, []),
    "nineteen of twenty": ({OTHER: mutants(OTHER, *KILLED, "survived")}, []),
    "fewer than ninety": (
        {OTHER: mutants(OTHER, *KILLED, *["survived"] * 3)},
        ["pages: 86.4 % were noticed, and not 90.0 %"],
    ),
    "a crash": (
        {OTHER: mutants(OTHER, "crashed")},
        ["pages: 0.0 % were noticed, and not 90.0 %"],
    ),
    "some not run": (
        {OTHER: mutants(OTHER, *KILLED, "not checked")},
        ["pages: 1 mutants were not run"],
    ),
    "an explained one": ({PROVED_ONE: mutants(PROVED_ONE, "survived", "killed", "timeout")}, []),
    "one that is not explained": (
        {PROVED_ONE: mutants(PROVED_ONE, "survived", "survived")},
        ["rules: f - 1 survives"],
    ),
    "one that crashes": (
        {PROVED_ONE: mutants(PROVED_ONE, "survived", "crashed")},
        ["rules: f - 1 survives"],
    ),
    "an explanation of nobody": (
        {PROVED_ONE: mutants(PROVED_ONE, "killed")},
        ["rules: f - 0 is explained, and gone"],
    ),
    "two modules": (
        {OTHER: [], PROVED_ONE: mutants(PROVED_ONE, "survived", "crashed")},
        ["pages: no mutant was made", "rules: f - 1 survives"],
    ),
}


@pytest.mark.parametrize(("found", "said"), FOUND.values(), ids=FOUND)
def test_the_gate_says_what_is_not_good_enough(
    found: Mapping[str, Sequence[Mutant]], said: Sequence[str]
) -> None:
    """A sentence for each reason, and nothing where there is none."""
    assert faults(found, [survivor(0)], {}) == said


def test_the_gate_holds_what_was_reached() -> None:
    """A module in which tests noticed more before has become worse."""
    found = {OTHER: mutants(OTHER, *KILLED, "survived")}

    assert faults(found, [], {OTHER: Figure(mutants=20, killed=19)}) == []
    assert faults(found, [], {OTHER: Figure(mutants=30, killed=30)}) == [
        "pages: 95.0 % were noticed, and not 100.0 %"
    ]


def test_a_figure_counts_what_was_noticed() -> None:
    """What failed and what never ended."""
    figure = figure_of(mutants(OTHER, "killed", "timeout", "survived", "crashed"))

    assert figure == Figure(mutants=4, killed=2)
    assert figure.share == 50


# ── What is known ───────────────────────────────────────────────────────────────────────────────


def test_what_is_recorded_passes_the_gate() -> None:
    """Who survived of what is proved is explained, one by one; elsewhere few survived."""
    survivors, figures = data.read_survivors(), data.read_figures()

    assert figures
    assert {each.module for each in survivors} <= set(figures) & set(PROVED)
    for module, figure in figures.items():
        explained = sum(each.module == module for each in survivors)
        assert module in SUBJECTS
        assert figure.mutants > 0
        assert figure.share >= FLOOR
        assert module not in PROVED or figure.mutants - figure.killed == explained
    assert all(each.why and each.change for each in survivors)


def test_figures_are_kept_beside_those_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run of one module says nothing of another."""
    monkeypatch.setattr(data, "HERE", tmp_path)
    (tmp_path / "figures.toml").write_text("")
    one, other = Figure(mutants=3, killed=2), Figure(mutants=5, killed=5)
    data.write_figures({"rules": other, "feed": one})
    data.write_figures({"rules": one})

    assert data.read_figures() == {"feed": one, "rules": one}


# ── What is mutated ─────────────────────────────────────────────────────────────────────────────


def test_every_module_of_the_core_is_mutated() -> None:
    """Every one in which something is done, by tests that exist."""
    core = {path.stem: path.read_text("utf-8") for path in SOURCE.glob("*.py")}
    doing = {name for name, text in core.items() if "    return " in text} - {"__main__"}

    assert doing <= set(SUBJECTS) <= set(core)
    assert set(PROVED) <= set(SUBJECTS)
    assert [*SUBJECTS][: len(PROVED)] == [*PROVED]
    for tests in SUBJECTS.values():
        assert tests
        assert all((ROOT / test).is_file() for test in tests)


def test_a_change_is_told_by_its_lines() -> None:
    """What goes and what comes; and the function by its name in Python."""
    before = ["", "def x_f__mutmut_orig(a):", "    if a:", "        return 1"]
    after = ["", "def x_f__mutmut_1(a):", "    if not a:", "        return 1"]

    assert change(before, after) == ["- if a:", "+ if not a:"]
    assert function_of("x_f__mutmut_12") == "f"
    assert function_of("xǁAǁ__call____mutmut_1") == "A.__call__"


PROGRAM = """
import json, os, sys
import pytest
from tests.mutation.trying import Trial

mutants = dict.fromkeys(sys.argv[1:], "mutated")
trial = Trial(mutants, lambda mutant: os.environ.update(MUTANT=mutant), at_most=0)
code = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "."], plugins=[trial])
print()
print(json.dumps([int(code), trial.outcomes]))
"""
"""Tries mutants of `mutated` by tests in a folder, in a process without threads, which may fork."""


def tried(folder: Path, tests: str, *mutants: str) -> tuple[int, Mapping[str, str]]:
    """What becomes of *mutants*, who are told by the environment what they are, under *tests*."""
    (folder / "test_it.py").write_text(dedent(tests), "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *mutants],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    code, outcomes = json.loads(run.stdout.splitlines()[-1])
    return code, outcomes


@pytest.mark.thorough
def test_each_mutant_is_tried_by_itself(tmp_path: Path) -> None:
    """A test that calls it notices, or none does, it ends the process, or it never ends."""
    tests = """
        import os

        def mutated():
            return os.environ.get("MUTANT")

        def test_of_the_first():
            assert mutated() != "first"

        def test_that_calls_nothing():
            assert os.environ.get("MUTANT") != "none"

        def test_of_the_last():
            if mutated() == "last":
                os._exit(3)
            while mutated() == "endless":
                pass
        """

    assert tried(tmp_path, tests, "first", "none", "last", "endless") == (
        0,
        {"first": "killed", "none": "survived", "last": "crashed", "endless": "timeout"},
    )


@pytest.mark.thorough
@pytest.mark.parametrize("tests", ["def test_one():\n    assert False", "ONE = 1"])
def test_mutants_are_tried_by_tests_that_pass(tmp_path: Path, tests: str) -> None:
    """Tests that fail anyhow, or none, show nothing."""
    code, outcomes = tried(tmp_path, tests, "first")

    assert code != 0
    assert outcomes == {}
