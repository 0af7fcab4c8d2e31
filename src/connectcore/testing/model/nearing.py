"""Who is suggested to whom, and by whom somebody can be introduced."""

from __future__ import annotations

from itertools import pairwise, permutations

from connectcore.testing.model.state import Model
from connectcore.testing.model.telling import arrived

__all__ = ["path", "suggestions"]


def suggestions(model: Model, viewer: str) -> list[tuple[str, set[str]]]:
    """Everybody with whom *viewer* shares connections and has nothing else, most shared first."""
    found: dict[str, set[str]] = {}
    for other in model.joined:
        begun = {(viewer, other), (other, viewer)} & model.invited.keys()
        near = other == viewer or model.are_connected(viewer, other)
        if not (near or begun or arrived(model, viewer, other)):
            found[other] = model.mutual(viewer, other)
    shared = [(other, mutual) for other, mutual in found.items() if mutual]
    return sorted(shared, key=lambda each: (-len(each[1]), each[0]))


def path(model: Model, viewer: str, other: str) -> tuple[str, ...] | None:
    """The first of the shortest chains from *viewer* to *other* of which every link may be known."""
    model.require(viewer, other)
    between = sorted({*model.joined} - {viewer, other})
    for length in range(3):
        for members in permutations(between, length):
            chain = (viewer, *members, other)
            if all(model.sees(other, member) for member in members) and all(
                model.are_connected(*link) and model.may_know(viewer, *link)
                for link in pairwise(chain)
            ):
                return chain
    return None
