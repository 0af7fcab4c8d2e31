"""A state machine that is driven by hand, and goes nowhere that the history does not say."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

from hypothesis.stateful import MultipleResults

from connectcore import Audience, MemoryStore, Network, Profile
from connectcore.storage import Store
from connectcore.testing.machine import NetworkStateMachine
from connectcore.testing.model import Gone, Stopped

__all__ = ["History", "Life"]

T = TypeVar("T")

A_SECOND = timedelta(seconds=1)
"""How long each act takes."""


class Life(NetworkStateMachine):
    """A machine on one store, in which every act goes through but those that are said to be refused."""

    def __init__(self, make_store: Callable[[], Store] = MemoryStore) -> None:
        self._make_store = make_store
        self._why: set[str] = set()
        self._acts = 0
        super().__init__()

    def make_stores(self) -> Iterable[Store]:
        """Make the one store."""
        return (self._make_store(),)

    def agree(
        self, act: Callable[[Network[Profile]], T], model_act: Callable[[str], set[str]]
    ) -> T | None:
        """Do the same to both, and hold that nothing else was refused than what the history says."""
        told: list[set[str]] = []

        def listening(new: str) -> set[str]:
            told.append(_codes(model_act, new))
            return told[-1]

        made = super().agree(act, listening)
        self._acts += 1
        assert told == [self._why], f"refused for {told}, not for {self._why}"
        return made

    @contextmanager
    def refused(self, *codes: str) -> Iterator[None]:
        """Each act in here, of which there is one at least, is refused for just these reasons."""
        self._why, before = set(codes), self._acts
        yield
        assert self._acts > before, "nothing was done that could be refused"
        self._why = set()

    # What is said often.

    def invite(self, by: str, to: str, *, note: str = "", email: str | None = None) -> None:
        """Invite, by the address that everybody shows or by another one."""
        self.send((by, to), note=note, email=email)

    def invite_at(self, by: str, address: str, *, note: str = "") -> None:
        """Invite whoever an address belongs to, which nobody confirms meanwhile."""
        self.invite_address((by, by), address, note=note, confirmed="never")

    def post(self, by: str, audience: Audience | None = None) -> str:
        """Publish, and give the id."""
        return _only(self.publish(by, audience=audience))

    def reply(self, by: str, under: str) -> str:
        """Comment, and give the id."""
        return _only(self.comment(by, under))

    def write_of(self, by: str, to: str, *, is_shared: bool = False) -> None:
        """Recommend somebody for a position, of their own or of all."""
        self.recommend((by, to), 0, "Well.", is_shared=is_shared)

    def ask(self, by: str, of: str, *, is_shared: bool = False) -> None:
        """Ask for a recommendation for a position, of one's own or of all."""
        self.ask_for_recommendation((by, of), 0, "Well.", is_shared=is_shared)

    def let_pass(self, *, days: int = 0, hours: int = 0) -> None:
        """Let time pass."""
        self.pass_time(24 * days + hours)

    def let_almost_pass(
        self, *, since: datetime | None = None, days: int = 0, hours: int = 0
    ) -> None:
        """Let the next act come a second too early for so long since the last one, and no act after it."""
        then = (since or self.model.now) + timedelta(days=days, hours=hours)
        self.wait(then - self.model.now - 2 * A_SECOND)


History = Callable[[Life], None]
"""What happens, and what of it is refused."""


def _codes(model_act: Callable[[str], set[str]], new: str) -> set[str]:
    try:
        return model_act(new)
    except Stopped as stopped:
        return {stopped.code}
    except Gone:
        return {"gone"}


def _only(results: object) -> str:
    assert isinstance(results, MultipleResults)
    (made,) = results.values
    assert isinstance(made, str)
    return made
