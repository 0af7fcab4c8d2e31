"""Talks, which stand for whatever an application tells of by itself."""

from __future__ import annotations

from connectcore.testing.model.state import Model

__all__ = ["announce", "take_back"]


def announce(model: Model, by: str, title: str, speakers: frozenset[str]) -> set[str]:
    """Announce a talk, in the place of an earlier one with the title."""
    model.act(by)
    model.talks[by, title] = (model.now, speakers)
    return set()


def take_back(model: Model, by: str, title: str) -> set[str]:
    """Take back that a talk was announced."""
    model.act(by)
    model.talks.pop((by, title), None)
    return set()
