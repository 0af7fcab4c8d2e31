"""Tries every mutant of a module: tests are collected once, and each mutant is tried in a fork.

The mutants are those of mutmut, all in one file: each function asks which of them it is to be.
"""

import importlib
import json
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from difflib import unified_diff
from pathlib import Path
from types import FrameType
from typing import Any, final

import pytest

from tests.mutation.subjects import SUBJECTS

__all__ = ["Trial", "change", "function_of"]


_NUMBER = re.compile(r"__mutmut_(orig|\d+)")
_TOO_LONG = frozenset({signal.SIGXCPU, signal.SIGKILL})


@final
class Trial:
    """A plugin that runs the tests once as they are, and then on each mutant those that come near it.

    *mutants* are named with the function that each takes the place of: a test that does not call
    it as things are would not notice.
    A mutant may take the processor *at_most* so many times as long as the tests as they are, and
    one second more.
    """

    def __init__(
        self, mutants: Mapping[str, str], become: Callable[[str], None], *, at_most: float = 20
    ) -> None:
        self.outcomes: dict[str, str] = {}
        self._mutants = mutants
        self._become = become
        self._at_most = at_most
        self._failed = False
        self._called: dict[pytest.Item, AbstractSet[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of a test that fails."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the cheapest tests first, and before them whichever noticed a mutant last."""
        took = {item: self._time_of(item) for item in session.items}
        if self._failed or not took:
            pytest.exit("the tests fail as they are, or there are none", returncode=1)
        items = sorted(took, key=took.__getitem__)
        seconds = 1 + int(self._at_most * sum(took.values()))
        for mutant, function in self._mutants.items():
            near = [item for item in items if function in self._called[item]]
            outcome, noticed_by = self._tried(mutant, near, seconds)
            self.outcomes[mutant] = outcome
            if noticed_by is not None:
                items.remove(near[noticed_by])
                items.insert(0, near[noticed_by])
        return True

    def _time_of(self, item: pytest.Item) -> float:
        """How long a test takes, with note taken of what it calls."""
        called: set[str] = set()

        def note(frame: FrameType, _event: str, _argument: object) -> None:
            called.add(frame.f_code.co_name)

        began = time.process_time()
        sys.settrace(note)
        self._run(item)
        sys.settrace(None)
        self._called[item] = called
        return time.process_time() - began

    def _run(self, item: pytest.Item) -> bool:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return self._failed

    def _tried(
        self, mutant: str, items: Sequence[pytest.Item], seconds: int
    ) -> tuple[str, int | None]:
        """What becomes of a mutant, and which of the tests noticed it."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._be(mutant, items, seconds, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(child, 0)
        if told:
            return "killed", int(told)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in _TOO_LONG:
            return "timeout", None
        return ("survived" if status == 0 else "crashed"), None

    def _be(self, mutant: str, items: Sequence[pytest.Item], seconds: int, writing: int) -> None:
        """Be a mutant until a test fails; this process ends here."""
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        self._become(mutant)
        code = 1
        try:
            noticed_by = next((place for place, item in enumerate(items) if self._run(item)), None)
            if noticed_by is not None:
                os.write(writing, str(noticed_by).encode())
            code = 0
        finally:
            os._exit(code)


def _become(mutant: str) -> None:
    importlib.import_module("mutmut.mutation.trampoline").set_mutant_under_test(mutant)


def function_of(name: str) -> str:
    """The function that mutmut's name of a mutant is about, as Python writes it."""
    function = name.partition("__mutmut_")[0]
    return function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")


def _original(name: str) -> str:
    """What mutmut calls the function as it was, which a mutant takes the place of."""
    return name.partition("__mutmut_")[0] + "__mutmut_orig"


def change(before: Sequence[str], after: Sequence[str]) -> Sequence[str]:
    """The lines that go and those that come, whatever number the mutant has."""
    was, became = ([_NUMBER.sub("", line) for line in lines] for lines in (before, after))
    difference = list(unified_diff(was, became, lineterm="", n=0))[2:]
    changed = (line for line in difference if not line.startswith("@@"))
    return [f"{line[0]} {line[1:].strip()}" for line in changed]


def _changes(code: str, spans: Mapping[str, Any], names: Sequence[str]) -> Iterator[Sequence[str]]:
    lines = code.splitlines()

    def lines_of(function: str) -> Sequence[str]:
        return lines[spans[function].start - 1 : spans[function].end]

    for name in names:
        yield change(lines_of(_original(name)), lines_of(name))


def main(module: str, found: Path) -> int:
    """Mutate the module where it stands, and write down what becomes of each mutant."""
    source = Path("src", "connectcore", f"{module}.py")
    mutating = importlib.import_module("mutmut.mutation.file_mutation")
    made = mutating.mutate_file_contents(str(source), source.read_text("utf-8"))
    source.write_text(made.code, "utf-8")
    _become("")
    keys = {name: f"connectcore.{module}.{name}" for name in made.mutant_names}
    trial = Trial({key: _original(name) for name, key in keys.items()}, _become)
    alone = ("-p", "no:cacheprovider", "-n0", "-p", "tests.mutation.hurry", "-q")
    code = pytest.main([*alone, *SUBJECTS[module]], plugins=[trial])
    changes = _changes(made.code, made.line_span_by_function_name, made.mutant_names)
    with found.open("w", encoding="utf-8") as file:
        for (name, key), lines in zip(keys.items(), changes, strict=True):
            outcome = trial.outcomes.get(key, "not checked")
            told = {"module": module, "function": function_of(name), "change": lines}
            print(json.dumps({**told, "outcome": outcome}), file=file)
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
