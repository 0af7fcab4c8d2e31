"""What goes with a connection."""

from tests.histories.model import endorsing, recommending
from tests.histories.model.state import Model

__all__ = ["part"]


def part(model: Model, one: str, other: str) -> None:
    """Take away for good all that the two said of each other."""
    endorsing.part(model, one, other)
    recommending.part(model, one, other)
