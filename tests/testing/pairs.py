"""Tries as many paired worlds as one likes: `python -m tests.testing.pairs 50000`.

They are drawn a few at a time, each few from a seed of their own: Hypothesis varies what it has drawn
after the first ten, and pairs that are drawn anew differ more than that.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from itertools import count
from random import SystemRandom
from time import monotonic

from hypothesis import HealthCheck, given, seed, settings

from connectcore.testing import PairedWorlds, check_paired_worlds, paired_worlds
from connectcore.testing.paired import DIFFERENCES

__all__ = ["FEW", "main", "try_pairs"]

FEW = settings(
    max_examples=9,
    deadline=None,
    derandomize=False,
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""How many are drawn from one seed."""


def try_pairs(
    pairs: int, *, first: int = 0, differing: Iterable[str] = tuple(DIFFERENCES)
) -> Counter[str]:
    """Hold so many pairs of worlds against each other, and count in what they differ.

    The seeds are counted from the *first*.
    """
    told: Counter[str] = Counter()

    def nobody_can_tell(worlds: PairedWorlds) -> None:
        assert check_paired_worlds(worlds) > 20
        told.update((*worlds.differing, "pairs"))

    drawn, starts = paired_worlds(differing=differing), count(first)
    while told["pairs"] < pairs:
        seed(next(starts))(FEW(given(drawn)(nobody_can_tell)))()
    return told


def main(pairs: int, first: int) -> None:
    """Print how many pairs were tried, in what they differed, and how long it took."""
    began = monotonic()
    print(f"the first seed is {first}", flush=True)
    for name, times in try_pairs(pairs, first=first).most_common():
        print(f"{times:8} {name}")
    print(f"{monotonic() - began:.0f} seconds")


if __name__ == "__main__":
    main(int(sys.argv[1]), SystemRandom().randrange(2**32))
