"""Where a scenario plays: a small network, a clock, and names for what members write."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import final

from connectcore import ActingMember, Email, Profile, Visitor
from connectcore.testing import StoreCall
from tests.scenarios.words import Misspelt
from tests.worlds import World

__all__ = ["NOBODY", "OPERATOR", "VISITOR", "Rehearsal", "Stage"]

NOBODY = "nobody"
"""The name of somebody who never joined; every scenario may use it."""

VISITOR = "visitor"
OPERATOR = "operator"


class Rehearsed(BaseException):
    """An act went well to its end, and is undone."""


@final
class Rehearsal:
    """A watch over a store under which acts are undone when they are about to end well."""

    def __init__(self) -> None:
        self._going_on = self._writing = False

    def __call__(self, call: StoreCall) -> None:
        """Take note of a call, or undo the write that it ends."""
        if call.name in {"read", "write"}:
            self._writing = call.name == "write"
        if call.name == "done" and self._going_on and self._writing:
            raise Rehearsed

    def of(self, act: Callable[[], object]) -> None:
        """Let *act* happen and undo it; raise what it raises if it is refused."""
        self._going_on = True
        try:
            act()
        except Rehearsed:
            pass
        finally:
            self._going_on = False


@final
class Stage:
    """A network in which a scenario plays, and the names that its sentences use."""

    def __init__(self, world: World, rehearsal: Rehearsal) -> None:
        self.world = world
        self.rehearsal = rehearsal
        self.written: dict[str, str] = {}
        self.mail: defaultdict[str, list[Email]] = defaultdict(list)
        self.began = world.clock.now

    def __getitem__(self, member: str) -> ActingMember[Profile]:
        return self.world[self.named(member)]

    @property
    def now(self) -> datetime:
        """The moment that it is."""
        return self.world.clock.now

    def named(self, member: str) -> str:
        """The id of a member who is in the scenario, or of somebody who never joined."""
        if member not in (*self.world.members, NOBODY):
            message = f"{member!r} is not among the members; add them, or say {NOBODY!r}"
            raise Misspelt(message)
        return member

    def looking(self, viewer: str) -> Visitor[Profile] | ActingMember[Profile]:
        """Somebody who looks: a member, or a visitor."""
        return self.world.visitor if viewer == VISITOR else self[viewer]

    def item(self, label: str) -> str:
        """The id of what a member wrote under a label."""
        try:
            return self.written[label]
        except KeyError:
            message = f"nothing called {label!r} was written; there are: {', '.join(self.written)}"
            raise Misspelt(message) from None

    def label(self, item: str) -> str:
        """The label under which something was written."""
        return {written: label for label, written in self.written.items()}[item]

    def write(self, label: str, item: str) -> None:
        """Remember what a member wrote under a label."""
        if label in self.written:
            message = f"something called {label!r} was written already"
            raise Misspelt(message)
        self.written[label] = item

    def deliver(self, member: str) -> None:
        """Let a member get all mail that is due."""
        for email in self.due(member):
            self.world.network.mail.sent(email)
            self.mail[member].append(email)

    def due(self, member: str) -> list[Email]:
        """The mail that is due to a member."""
        return [each for each in self.world.network.mail.due(limit=1000) if each.owner == member]

    def wait(self, duration: timedelta) -> None:
        """Let time pass."""
        self.world.clock.now += duration

    @contextmanager
    def later(self, duration: timedelta) -> Iterator[None]:
        """Look a while later, and come back."""
        before = self.now
        self.wait(duration)
        try:
            yield
        finally:
            self.world.clock.now = before
