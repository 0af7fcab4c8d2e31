"""What a check is, and the few words in which the checks of stores are written."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from functools import partial
from inspect import getdoc, signature
from typing import Any, TypeAlias, TypeVar, final

from attrs import field, frozen

from connectcore.storage import Store

__all__ = ["Capability", "Check", "Checks", "MakeStore", "holds", "raising", "same"]

T = TypeVar("T")
C = TypeVar("C", bound=Callable[..., None])

MakeStore: TypeAlias = Callable[[], Store]
"""Makes an empty store, another one at each call."""


@final
class Capability(Enum):
    """What a store may be without, if it says so.

    `ONE_INSTANT`: a read shows one instant of all members, as a database without a snapshot across
    its shards cannot promise.
    `NESTING_REFUSED`: a unit that begins another one on the same store raises `NestedUnit`.
    `OWN_KINDS`: activities and registers are kept that the store has never heard of.
    """

    ONE_INSTANT = "one instant"
    NESTING_REFUSED = "nesting refused"
    OWN_KINDS = "own kinds"


@final
@frozen
class Check:
    """One promise of a store, by a name that tells it, and the steps that try it.

    `needs` is the capability without which there is no such promise.
    """

    name: str
    promise: str
    steps: Callable[[MakeStore], None] = field(repr=False)
    needs: Capability | None = None

    def hold(self, make_store: MakeStore) -> None:
        """Raise `AssertionError` if the stores that *make_store* makes break the promise.

        Whatever goes wrong is a broken promise, and so is a test that skips itself.
        """
        try:
            self.steps(make_store)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            message = f"{self.name}: {self.promise} ({type(error).__name__}: {error})"
            raise AssertionError(message) from error


@final
class Checks:
    """The checks about one subject, each a function of a new store, or of the maker of some."""

    def __init__(self) -> None:
        self._checks: list[Check] = []

    def __iter__(self) -> Iterator[Check]:
        return iter(self._checks)

    def __call__(self, check: C) -> C:
        """Take *check* in under its own name."""
        self._add(check, check.__name__)
        return check

    def needing(self, needs: Capability) -> Callable[[C], C]:
        """Take a check in that only a store with a capability has to pass."""

        def take(check: C) -> C:
            self._add(check, check.__name__, needs=needs)
            return check

        return take

    def of_each(
        self, cases: Mapping[str, object], *, needs: Mapping[str, Capability] | None = None
    ) -> Callable[[C], C]:
        """Take a check in once for each of *cases*, which it is given after the store."""

        def take(check: C) -> C:
            for case, value in cases.items():
                need = (needs or {}).get(case)
                self._add(check, f"{check.__name__}: {case}", value, needs=need)
            return check

        return take

    def _add(
        self, check: Callable[..., None], name: str, *case: Any, needs: Capability | None = None
    ) -> None:
        promise = (getdoc(check) or "").partition("\n\n")[0]
        keep = partial(_kept_by_many if "make_store" in signature(check).parameters else _kept)
        run = partial(keep, check, case)
        self._checks.append(Check(name.replace("_", " "), promise, run, needs))


def _kept(check: Callable[..., None], case: tuple[Any, ...], make_store: MakeStore) -> None:
    check(make_store(), *case)


def _kept_by_many(check: Callable[..., None], case: tuple[Any, ...], make_store: MakeStore) -> None:
    check(make_store, *case)


def same(found: T, expected: T) -> None:
    """Raise `AssertionError` unless the two are equal."""
    if found != expected:
        message = f"found {found!r}, where {expected!r} was expected"
        raise AssertionError(message)


def holds(condition: bool, otherwise: str = "this is not so") -> None:  # noqa: FBT001 - it is what is asserted
    """Raise `AssertionError` unless the *condition* is true."""
    if not condition:
        raise AssertionError(otherwise)


@contextmanager
def raising(*errors: type[BaseException]) -> Generator[None]:
    """Raise `AssertionError` unless the block raises one of *errors*, which goes no further."""
    try:
        yield
    except errors:
        return
    message = f"nothing raised {' or '.join(error.__name__ for error in errors)}"
    raise AssertionError(message)
