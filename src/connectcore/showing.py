"""What becomes of something that one connection says of another, and who of the two decides it.

An endorsement or a recommendation is its giver's to give and to take back, and its owner's to show.
Decisions take where it stands now and give where it stands then, a verdict that refuses, or `None`
where it is done already.
"""

from __future__ import annotations

from enum import Enum
from typing import final

from connectcore.proposals import Proposal
from connectcore.refusals import (
    ACCEPTED_ALREADY,
    BLOCKED_BY_THEM,
    NOBODY_THERE,
    NOT_ACCEPTED,
    NOT_CONNECTED,
    ONESELF,
    YOU_BLOCKED,
    Verdict,
)
from connectcore.relationships import Blocked, Connected, Invited, Strangers

__all__ = [
    "Showing",
    "accept",
    "connection_between",
    "dismiss",
    "hide",
    "show",
]


@final
class Showing(Enum):
    """Where something that was said of a member stands with that member.

    It is `WAITING` for them, `SHOWN`, accepted but `HIDDEN`, or `DISMISSED`, of which nobody is told.
    """

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"
    DISMISSED = "dismissed"

    @property
    def told(self) -> Showing:
        """What its giver is told: what was dismissed waits, as far as they know."""
        return Showing.WAITING if self is Showing.DISMISSED else self


def accept(standing: Showing) -> Showing | None:
    """Decide to show what waits, or was dismissed earlier."""
    return Showing.SHOWN if standing in {Showing.WAITING, Showing.DISMISSED} else None


def dismiss(standing: Showing) -> Showing | Verdict | None:
    """Decide to set aside what waits; what was accepted can only be hidden."""
    match standing:
        case Showing.WAITING:
            return Showing.DISMISSED
        case Showing.DISMISSED:
            return None
        case Showing.SHOWN | Showing.HIDDEN:
            return Verdict((ACCEPTED_ALREADY,))


def hide(standing: Showing) -> Showing | None:
    """Decide to show it to nobody; what waits is accepted by that, though not shown."""
    return Showing.HIDDEN if standing in {Showing.WAITING, Showing.SHOWN} else None


def show(standing: Showing) -> Showing | Verdict | None:
    """Decide to show again what was hidden."""
    match standing:
        case Showing.HIDDEN:
            return Showing.SHOWN
        case Showing.SHOWN:
            return None
        case Showing.WAITING | Showing.DISMISSED:
            return Verdict((NOT_ACCEPTED,))


def connection_between(proposal: Proposal) -> Connected | Verdict:
    """The connection that it takes, or why there is none, as far as the state of the two tells."""
    actor, state = proposal.actor.id, proposal.relationship
    if actor == proposal.to:
        return Verdict((ONESELF,))
    match state:
        case Connected():
            return state
        case Blocked(by=blockers) if actor in blockers:
            return Verdict((YOU_BLOCKED,))
        case Blocked():
            return Verdict((BLOCKED_BY_THEM,))
        case Strangers() | Invited():
            return Verdict((NOBODY_THERE if proposal.other is None else NOT_CONNECTED,))
