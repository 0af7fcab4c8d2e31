"""Everything that connectcore raises, under one root."""

from __future__ import annotations

from typing import final

from connectcore.refusals import UNAVAILABLE, Refusal, Verdict

__all__ = [
    "AlreadyJoined",
    "AudienceOutOfBounds",
    "ConnectcoreError",
    "IllegalTransition",
    "InvalidCursor",
    "InvalidToken",
    "InvalidValue",
    "NestedUnit",
    "NotFound",
    "OutcomeUnknown",
    "Refused",
    "StoreBusy",
    "StoreUnfit",
    "StoreUnreachable",
    "UnknownMember",
]


class ConnectcoreError(Exception):
    """The root of every error of this library."""


class InvalidValue(ConnectcoreError, ValueError):
    """A value that cannot be: an empty id, a naive moment, a pair of one."""


@final
class InvalidCursor(InvalidValue):
    """A cursor that was cut short, altered, or made for another viewer or another list."""

    def __str__(self) -> str:
        return "this cursor was not made for this list and this viewer; start again without one"


@final
class InvalidToken(InvalidValue):
    """A token that was cut short, altered, or made by another network or for another purpose."""

    def __str__(self) -> str:
        return "this token is not whole, or was not made here; take it from the mail as it stands"


@final
class AudienceOutOfBounds(InvalidValue):
    """An audience wider or narrower than the visibility policy lets a member choose."""

    def __init__(self, name: str, chosen: str, narrowest: str, widest: str) -> None:
        super().__init__(name, chosen, narrowest, widest)
        self.name: str = name
        self.chosen: str = chosen
        self.narrowest: str = narrowest
        self.widest: str = widest

    def __str__(self) -> str:
        return (
            f"{self.name!r} cannot be shown to {self.chosen}: "
            f"choose from {self.narrowest} to {self.widest}"
        )


@final
class IllegalTransition(ConnectcoreError):
    """An event that cannot happen to a relationship in the state it is in.

    A decision never produces one; it means that a recorded history is not a history.
    """

    def __init__(self, state: str, event: str) -> None:
        super().__init__(state, event)
        self.state: str = state
        self.event: str = event

    def __str__(self) -> str:
        return f"{self.event} cannot happen to {self.state}"


class Refused(ConnectcoreError):
    """An act that the rules refuse, with every reason that the actor may know."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The reasons, most important first."""
        return self.verdict.refusals

    def __str__(self) -> str:
        return " ".join(str(refusal) for refusal in self.refusals)


@final
class NotFound(Refused, LookupError):
    """Blocked, hidden, erased, not yours or never existed: the answer is the same."""

    def __init__(self, verdict: Verdict = Verdict((UNAVAILABLE,))) -> None:
        super().__init__(verdict)


@final
class UnknownMember(ConnectcoreError, LookupError):
    """The acting member has not joined this network."""

    def __init__(self, member: str) -> None:
        super().__init__(member)
        self.member = member

    def __str__(self) -> str:
        return f"{self.member!r} acts but has not joined; call network.join(Member(...)) first"


@final
class AlreadyJoined(ConnectcoreError):
    """A member with this id has joined already, and is somebody else or has changed since."""

    def __init__(self, member: str) -> None:
        super().__init__(member)
        self.member = member

    def __str__(self) -> str:
        return f"{self.member!r} has joined already; act as them to edit their profile or settings"


@final
class NestedUnit(ConnectcoreError):
    """A unit of work began another one on the same store; do it in one, or one after the other."""

    def __str__(self) -> str:
        return "a unit of work of this store is running in this thread already"


# ── Of stores that keep a network in a database ─────────────────────────────────────────────────


@final
class StoreUnfit(ConnectcoreError):
    """A database that a store cannot keep its promise with as it is set up; the text says why."""


@final
class StoreBusy(ConnectcoreError):
    """A unit of work gave way to others each time that it was tried; nothing of it was kept."""

    def __init__(self, attempts: int) -> None:
        super().__init__(attempts)
        self.attempts = attempts

    def __str__(self) -> str:
        return (
            f"the database was busy with others at each of {self.attempts} attempts; "
            "nothing was kept, and the call may be made again"
        )


class StoreUnreachable(ConnectcoreError):
    """The database could not be reached, or was lost within a unit of work; nothing of it was kept."""

    def __str__(self) -> str:
        return "the database cannot be reached; nothing was kept, and the call may be made again"


@final
class OutcomeUnknown(StoreUnreachable):
    """The database was lost as a unit of work ended, and kept all of it or nothing."""

    def __str__(self) -> str:
        return (
            "the database was lost as it was to keep what was done; "
            "look whether it did before you make the call again"
        )
