"""Runs mutants, one module after the other, and fails where tests notice too few of them.

`--write` keeps the figures in `figures.toml`, from which the table of `docs/mutation.md` is made.
"""

import os
import sys
from collections.abc import Sequence

from tests.mutation.data import read_figures, read_survivors, write_figures
from tests.mutation.gate import NOTICED, Mutant, faults, figure_of
from tests.mutation.running import run
from tests.mutation.subjects import SUBJECTS


def main(arguments: list[str]) -> int:
    """Run the modules that are named, or all; give how many faults there are."""
    os.nice(19)
    wanted = [argument for argument in arguments if argument != "--write"] or list(SUBJECTS)
    recorded = read_figures()
    found: dict[str, Sequence[Mutant]] = {}
    for module in wanted:
        mutants = found[module] = run(module)
        for mutant in mutants:
            if mutant.outcome not in NOTICED:
                print(f"{module}: {mutant.function}: {mutant.outcome}", *mutant.change, sep="\n  ")
        if "--write" in arguments and mutants:
            write_figures({module: figure_of(mutants)})
    said = faults(found, read_survivors(), recorded)
    print(*said, sep="\n")
    return len(said)


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
