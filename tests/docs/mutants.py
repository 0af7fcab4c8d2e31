"""The tables of mutants: what tests noticed, and who survived for which reason."""

from tests.docs.tables import code, table
from tests.mutation.data import read_figures, read_survivors
from tests.mutation.subjects import PROVED


def figures() -> str:
    """How many mutants there were of each measured module, and how many were noticed."""
    known = read_figures()
    rows = [
        [code(module), f"{figure.mutants:,}", f"{figure.killed:,}", f"{figure.share:.1f} %"]
        for module, figure in sorted(known.items(), key=_proved_first)
    ]
    return table(["module", "mutants", "noticed", "of a hundred"], rows)


def survivors() -> str:
    """Every survivor that is explained."""
    rows = [
        [
            f"{code(each.module)}, {code(each.function)}",
            "<br>".join(map(code, each.change)),
            each.why,
        ]
        for each in read_survivors()
    ]
    if not rows:
        return "Nobody does in the modules that decide; who does in the others is what the command prints."
    return table(["in", "the change", "why nobody notices"], rows)


def _proved_first(entry: tuple[str, object]) -> tuple[bool, str]:
    return entry[0] not in PROVED, entry[0]
