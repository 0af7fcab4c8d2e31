"""What goes with a connection."""

from __future__ import annotations

from connectcore.testing.model import endorsing, recommending
from connectcore.testing.model.state import Model

__all__ = ["part"]


def part(model: Model, one: str, other: str) -> None:
    """Take away for good all that the two said of each other."""
    endorsing.part(model, one, other)
    recommending.part(model, one, other)
