"""A professional network as sets and dicts, with none of the library's own decisions in it."""

from connectcore.testing.model.state import LIMITS, Gone, Model, Stopped

__all__ = ["LIMITS", "Gone", "Model", "Stopped"]
