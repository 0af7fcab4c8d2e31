"""Reading ahead: it may save time, and changes no answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast, final

from connectcore.notices import NOTICES
from connectcore.storage import Read, Snapshot, Store, Transaction
from connectcore.testing.conformance.checking import Checks, same
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVERYBODY,
    connecting,
    day,
    everything,
    happen,
    join,
    kept,
    member_of,
    notice_of,
    post_of,
    read,
    recording,
    sent,
    told_of_post,
    write,
)

CHECKS = Checks()

MEMBERS = (ADA, BOB, CAT)


@final
class _Noting:
    """Passes every call on, and notes it as one to be read ahead."""

    def __init__(self, inner: Snapshot) -> None:
        self._inner = inner
        self.reads: list[Read] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.reads.append(lambda ahead: getattr(ahead, name)(*arguments, **named))
            return getattr(self._inner, name)(*arguments, **named)

        return call


def _fill(store: Store) -> None:
    """Let there be something of most kinds, and more than one in some lists."""
    join(store, ADA, BOB, CAT)
    happen(store, *connecting(ADA, BOB), *connecting(CAT, BOB), sent(ADA, CAT, note="Hello."))

    def unit(transaction: Transaction) -> None:
        for number in range(3):
            post = post_of(BOB, number, day(number))
            transaction.put_post(post)
            transaction.publish(told_of_post(post))
            transaction.enter(NOTICES, ADA, notice_of(ADA, CAT, day(number)))
        transaction.mute(ADA, BOB, day(9))
        transaction.mute(ADA, CAT, None)

    write(store, unit)


@CHECKS
def reading_ahead_changes_no_answer(store: Store) -> None:
    """Whatever is read ahead is answered as it would be else, newest first where it is a listing."""
    _fill(store)

    def noted(snapshot: Snapshot) -> tuple[object, list[Read]]:
        noting = _Noting(snapshot)
        return everything(cast("Snapshot", noting), MEMBERS), noting.reads

    answers, reads = read(store, noted)

    def ahead(snapshot: Snapshot) -> object:
        snapshot.read_ahead(*reads)
        return everything(snapshot, MEMBERS)

    same(read(store, ahead), answers)


@CHECKS
def what_was_read_ahead_is_read_anew_after_a_write(store: Store) -> None:
    """A unit reads what it wrote, also where it had read ahead."""
    _fill(store)

    def unit(transaction: Transaction) -> object:
        noting = _Noting(transaction)
        everything(cast("Snapshot", noting), MEMBERS)
        transaction.read_ahead(*noting.reads)
        recording(*connecting(BOB, DAN))(transaction)
        transaction.mute(ADA, BOB, None)
        transaction.enter(NOTICES, ADA, notice_of(ADA, BOB, day(9)))
        transaction.put_member(member_of(DAN))
        return everything(transaction, EVERYBODY)

    found = write(store, unit)

    same(found, kept(store))
