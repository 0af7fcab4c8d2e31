"""How a law shows that it has teeth: a fault is planted, and the law has to find it."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any, TypeVar, cast, final

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from connectcore import ConnectcoreError, MemberId
from connectcore.storage import Snapshot, Store, Transaction

__all__ = ["AlteredStore", "breaks"]

T = TypeVar("T")

SEARCHING = settings(
    max_examples=2000,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def breaks(law: Callable[[T], None], examples: st.SearchStrategy[T]) -> bool:
    """Whether a search among *examples* finds one that breaks the *law*."""

    def is_broken(example: T) -> bool:
        try:
            law(example)
        except (AssertionError, ConnectcoreError):
            return True
        return False

    try:
        find(examples, is_broken, settings=SEARCHING)
    except NoSuchExample:
        return False
    return True


@final
class AlteredStore:
    """A store in which some calls are not what they should be.

    Each change is named after a call of a transaction; it gets the honest call, then its arguments.
    """

    def __init__(self, store: Store, **changes: Callable[..., object]) -> None:
        self._store = store
        self._changes = changes

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* on an altered snapshot."""
        return self._store.read(lambda inner: unit(self._altered(inner)))

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit* in an altered transaction."""
        return self._store.write(members, lambda inner: unit(self._altered(inner)))

    def _altered(self, inner: Snapshot) -> Transaction:
        return cast("Transaction", _Altered(inner, self._changes))


@final
class _Altered:
    def __init__(self, inner: Snapshot, changes: dict[str, Callable[..., object]]) -> None:
        self._inner = inner
        self._changes = changes

    def __getattr__(self, name: str) -> Any:
        honest = getattr(self._inner, name)
        change = self._changes.get(name)
        return honest if change is None else partial(change, honest)
