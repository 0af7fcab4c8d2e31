"""What a run of mutants comes to, and whether that is good enough."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import final

from attrs import field, frozen

from tests.mutation.subjects import FLOOR, PROVED

__all__ = ["Figure", "Mutant", "Survivor", "faults", "figure_of"]

NOTICED = frozenset({"killed", "timeout"})
"""What became of a mutant that tests noticed: they failed, or went on and on."""

UNKNOWN = "not checked"
"""What became of a mutant that was not run."""


@final
@frozen(kw_only=True)
class Survivor:
    """A mutant that no test notices, and why none could, or none should."""

    module: str
    function: str
    change: tuple[str, ...] = field(converter=tuple[str, ...])
    why: str = field(eq=False)


@final
@frozen(kw_only=True)
class Mutant:
    """A change of one place in a function, and what became of it."""

    module: str
    function: str
    change: tuple[str, ...] = field(converter=tuple[str, ...])
    outcome: str


@final
@frozen(kw_only=True)
class Figure:
    """How many mutants there were of a module, and how many were noticed."""

    mutants: int
    killed: int

    @property
    def share(self) -> float:
        """How many of a hundred were noticed."""
        return 100 * self.killed / self.mutants


def figure_of(mutants: Iterable[Mutant]) -> Figure:
    """Count *mutants*."""
    outcomes = Counter(mutant.outcome in NOTICED for mutant in mutants)
    return Figure(mutants=outcomes.total(), killed=outcomes[True])


def faults(
    found: Mapping[str, Sequence[Mutant]],
    survivors: Sequence[Survivor],
    recorded: Mapping[str, Figure],
) -> list[str]:
    """Say, a sentence each, why what was *found* of each module is not good enough."""
    said = [] if found else ["nothing was mutated"]
    for module, mutants in found.items():
        said += _faults_of(module, mutants, survivors, recorded.get(module))
    return said


def _faults_of(
    module: str,
    mutants: Sequence[Mutant],
    survivors: Sequence[Survivor],
    recorded: Figure | None,
) -> list[str]:
    if not mutants:
        return [f"{module}: no mutant was made"]
    unknown = sum(mutant.outcome == UNKNOWN for mutant in mutants)
    said = [f"{module}: {unknown} mutants were not run"] if unknown else []
    figure = figure_of(mutants)
    floor = max(FLOOR, recorded.share if recorded else 0)
    if module in PROVED:
        said += _unexplained(module, mutants, survivors)
    elif figure.share < floor:
        said.append(f"{module}: {figure.share:.1f} % were noticed, and not {floor:.1f} %")
    return said


def _unexplained(
    module: str, mutants: Sequence[Mutant], survivors: Sequence[Survivor]
) -> list[str]:
    """Whom nobody noticed or explained, and who is explained and gone."""
    explained = Counter(_place(each) for each in survivors if each.module == module)
    alive = Counter(_place(each) for each in mutants if each.outcome not in NOTICED)
    return [
        *(f"{module}: {_told(place)} survives" for place in (alive - explained).elements()),
        *(f"{module}: {_told(place)} is explained, and gone" for place in (explained - alive)),
    ]


def _place(each: Mutant | Survivor) -> tuple[str, tuple[str, ...]]:
    return each.function, each.change


def _told(place: tuple[str, tuple[str, ...]]) -> str:
    function, change = place
    return " ".join((function, *change))
