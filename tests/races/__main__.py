"""Runs every race in every order, and without protection in the first: `python -m tests.races`.

Names of stores, such as `postgresql`, choose some of them; the table is one for `docs/proofs.md`.
"""

import sys
from datetime import UTC, datetime

from tests.races.makers import PROTECTED, UNPROTECTED
from tests.races.table import BETWEEN_THREE, BETWEEN_TWO

AT_MOST = 200
"""How many orders are run without protection, and of three acts."""


def main(kinds: list[str]) -> None:
    """Print a row for each race and store."""
    print("| race | store | orders | broken | thrown out | without protection: orders | broken |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for name, race in {**BETWEEN_TWO, **BETWEEN_THREE}.items():
        for kind in kinds or PROTECTED:
            at_most = AT_MOST if name in BETWEEN_THREE else None
            with_it = race.run(PROTECTED[kind], at_most=at_most)
            without = race.run(UNPROTECTED[kind], at_most=AT_MOST)
            row = (name, kind, with_it.orders, with_it.broken, with_it.thrown_out)
            cells = (*row, without.orders, without.broken)
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    print(f"\nMeasured until {datetime.now(UTC):%Y-%m-%d %H:%M}.")


if __name__ == "__main__":
    main(sys.argv[1:])
