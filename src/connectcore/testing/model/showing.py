"""Where something that one connection says of another stands with whom it is about."""

from __future__ import annotations

from collections.abc import Mapping

from connectcore.testing.model.state import Stopped

__all__ = ["decided", "told"]

_THEN: Mapping[tuple[str, str], str] = {
    ("accept", "waiting"): "shown",
    ("accept", "dismissed"): "shown",
    ("dismiss", "waiting"): "dismissed",
    ("hide", "waiting"): "hidden",
    ("hide", "shown"): "hidden",
    ("show", "hidden"): "shown",
}
_REFUSED: Mapping[tuple[str, str], str] = {
    ("dismiss", "shown"): "accepted_already",
    ("dismiss", "hidden"): "accepted_already",
    ("show", "waiting"): "not_accepted",
    ("show", "dismissed"): "not_accepted",
}


def decided(what: str, standing: str) -> str | None:
    """Where it stands after its owner decided; `None` if it stands there already."""
    if (what, standing) in _REFUSED:
        raise Stopped(code=_REFUSED[what, standing])
    return _THEN.get((what, standing))


def told(standing: str) -> str:
    """Where its giver believes that it stands: nobody is told of a dismissal."""
    return "waiting" if standing == "dismissed" else standing
