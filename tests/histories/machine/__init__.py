"""Random acts by random members, on networks and on the naive model at once."""

from tests.histories.machine.network import NetworkHistories

__all__ = ["NetworkHistories"]
