"""Runs every race in every order, and without protection in the first: `python -m tests.races`.

Names of stores, such as `postgresql`, choose some of them; the table is one for `docs/proofs.md`.
"""

import sys
from datetime import UTC, datetime

from tests.races.makers import PROTECTED, UNPROTECTED
from tests.races.table import RACES

AT_MOST = 200
"""How many orders are run without protection."""


def main(kinds: list[str]) -> None:
    """Print a row for each race and store."""
    print("| race | store | orders | broken | thrown out | without protection: orders | broken |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for name, race in RACES.items():
        for kind in kinds or PROTECTED:
            with_it = race.run(PROTECTED[kind])
            without = race.run(UNPROTECTED[kind], at_most=AT_MOST)
            row = (name, kind, with_it.orders, with_it.broken, with_it.thrown_out)
            cells = (*row, without.orders, without.broken)
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    print(f"\nMeasured until {datetime.now(UTC):%Y-%m-%d %H:%M}.")


if __name__ == "__main__":
    main(sys.argv[1:])
