"""A store that calls a watch before each call, to record what is asked or to fail at will."""

from collections.abc import Callable, Collection
from typing import Any, Protocol, TypeVar, cast, final

from connectcore import MemberId
from connectcore.storage import Snapshot, Store, Transaction

__all__ = ["CallLog", "FailAfter", "Watch", "WatchedStore"]

T = TypeVar("T")


class Watch(Protocol):
    """Whoever is told of a call, by its name and with its arguments, before it is made."""

    def __call__(self, name: str, /, *arguments: Any) -> None:
        """Take note, or raise."""


@final
class WatchedStore:
    """Passes every call on to *store*, after it told *watch* of it.

    `read` and `write` are told before a unit begins, and `done` when a unit is about to end well.
    """

    def __init__(self, store: Store, watch: Watch) -> None:
        self._store = store
        self._watch = watch

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on a watched snapshot."""
        self._watch("read")
        return self._store.read(lambda snapshot: self._run(unit, snapshot))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* in a watched transaction."""
        self._watch("write", members)
        return self._store.write(members, lambda transaction: self._run(unit, transaction))

    def _run(self, unit: Callable[[Transaction], T], inner: Snapshot) -> T:
        given = unit(cast("Transaction", _Watched(inner, self._watch)))
        self._watch("done")
        return given


@final
class _Watched:
    def __init__(self, inner: Snapshot, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self._watch(name, *arguments)
            return method(*arguments, **named)

        return call


@final
class FailAfter:
    """A watch that lets as many calls pass as are `left`, and raises *error* at the next one.

    With none counted, which is how it begins, it lets every call pass.
    """

    def __init__(self, error: BaseException) -> None:
        self.left: int | None = None
        self._error = error

    def __call__(self, _name: str, /, *_arguments: Any) -> None:
        """Let a call pass, or fail."""
        if self.left is None:
            return
        if not self.left:
            raise self._error
        self.left -= 1


@final
class CallLog:
    """A watch that remembers every call: its name and its arguments."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __call__(self, name: str, /, *arguments: Any) -> None:
        """Remember a call."""
        self.calls.append((name, arguments))

    @property
    def names(self) -> list[str]:
        """The calls by name alone, in their order."""
        return [name for name, _ in self.calls]
