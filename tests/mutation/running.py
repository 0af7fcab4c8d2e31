"""Making mutants of one module in a copy of the sources, and trying each in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import ROOT
from tests.mutation.gate import Mutant

__all__ = ["run"]

_QUICK = {"CONNECTCORE_TEST_STORES": "memory", "HYPOTHESIS_PROFILE": "quick"}


def run(module: str) -> Sequence[Mutant]:
    """Every mutant of a module with what became of it."""
    with TemporaryDirectory() as scratch:
        place = Path(scratch)
        for folder in ("src", "tests", "docs"):
            shutil.copytree(ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__py*"))
        for file in ("README.md", "pyproject.toml"):
            shutil.copy(ROOT / file, place)
        found = place / "found.jsonl"
        command = [sys.executable, "-m", "tests.mutation.trying", module, str(found)]
        paths = {"PYTHONPATH": os.pathsep.join((str(place / "src"), str(place)))}
        # The options of whoever runs this are not for the tests of a mutant.
        around = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
        subprocess.run(command, cwd=place, env={**around, **_QUICK, **paths}, check=True)
        return [Mutant(**json.loads(line)) for line in found.read_text("utf-8").splitlines()]
