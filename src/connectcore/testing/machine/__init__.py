"""Random acts by random members, on networks and on the naive model at once."""

from connectcore.testing.machine.lockstep import MEMBERS, members
from connectcore.testing.machine.network import NetworkStateMachine

__all__ = ["MEMBERS", "NetworkStateMachine", "members"]
