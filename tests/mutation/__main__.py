"""Runs mutants, one module after the other, and fails where tests notice too few of them.

The figures that are kept are in `figures.toml`; the table of `docs/mutation.md` is made from them.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from tests.mutation.data import read_figures, read_survivors, write_figures
from tests.mutation.gate import NOTICED, Mutant, faults, figure_of
from tests.mutation.running import run
from tests.mutation.subjects import SUBJECTS


def main(arguments: list[str]) -> int:
    """Run the modules that are named, or all; give how many faults there are."""
    modules, is_written = _asked(arguments)
    os.nice(19)
    recorded = read_figures()
    found: dict[str, Sequence[Mutant]] = {}
    for module in modules:
        mutants = found[module] = run(module)
        for mutant in mutants:
            if mutant.outcome not in NOTICED:
                print(f"{module}: {mutant.function}: {mutant.outcome}", *mutant.change, sep="\n  ")
        if is_written and mutants:
            write_figures({module: figure_of(mutants)})
    said = faults(found, read_survivors(), recorded)
    print(*said, sep="\n")
    return len(said)


def _asked(arguments: list[str]) -> tuple[Sequence[str], bool]:
    """Which modules shall be mutated, and whether the figures shall be kept."""
    parser = ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="modules of the core; all, if none is named")
    parser.add_argument("--write", action="store_true", help="keep the figures")
    asked = parser.parse_args(arguments)
    for module in asked.modules:
        if module not in SUBJECTS:
            parser.error(f"there is no {module!r} to mutate, but {', '.join(sorted(SUBJECTS))}")
    return asked.modules or [*SUBJECTS], asked.write


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
