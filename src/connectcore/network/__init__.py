"""The shell: load the facts, ask the decision, write what it means."""

from connectcore.network.loading import LeftOut, Loadable, LoadReport
from connectcore.network.network import ActingMember, Network, Visitor

__all__ = ["ActingMember", "LeftOut", "LoadReport", "Loadable", "Network", "Visitor"]
