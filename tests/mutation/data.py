"""What is known of the mutants: the figures of the last run, and the survivors with their reasons."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.mutation.gate import Figure, Survivor

__all__ = ["read_figures", "read_survivors", "write_figures"]

HERE = Path(__file__).parent


def read_survivors() -> Sequence[Survivor]:
    """Every survivor that is explained."""
    read = tomllib.loads((HERE / "survivors.toml").read_text("utf-8"))
    return [Survivor(**each) for each in read.get("survivor", [])]


def read_figures() -> Mapping[str, Figure]:
    """What came of each module when it was last measured."""
    read = tomllib.loads((HERE / "figures.toml").read_text("utf-8"))
    return {module: Figure(**figure) for module, figure in read.items()}


def write_figures(figures: Mapping[str, Figure]) -> None:
    """Keep *figures* in place of those of the same modules."""
    lines = [
        f"{module} = {{ mutants = {figure.mutants}, killed = {figure.killed} }}"
        for module, figure in sorted({**read_figures(), **figures}.items())
    ]
    (HERE / "figures.toml").write_text("\n".join(lines) + "\n", "utf-8")
