"""The journal, as the application reads and settles it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Generic, cast, final, get_args

from connectcore.choices import check_instance
from connectcore.errors import InvalidValue
from connectcore.journal import MAILED, Happening, JournalEntry
from connectcore.members import MemberId
from connectcore.network.charter import Charter
from connectcore.network.notices import circumstances
from connectcore.notices import NOTICES, Circumstances, Notice, holds
from connectcore.pages import check_limit
from connectcore.profiles import ProfileT
from connectcore.storage import Snapshot, Transaction

__all__ = ["Journal", "check_happenings", "due_entries", "settle", "standing"]


@final
class Journal(Generic[ProfileT]):
    """What happened and waits for the application, written down in the transaction that did it.

    Whoever reads deals with an entry and settles it then; killed in between, they read it again,
    with the same id.
    The entries of one member are read in the order in which they were written down.

    The journal is the operator's: it holds what no member is told, such as an invitation that was
    ignored or a block.
    """

    def __init__(self, charter: Charter[ProfileT]) -> None:
        self._charter = charter

    def read(self, *, limit: int = 100, at: datetime | None = None) -> tuple[JournalEntry, ...]:
        """What is due at a moment and not settled, less what waits to be mailed.

        A notice that no longer holds is not given any more, and is settled: what it tells of was
        undone, or whom it is to may no longer see it.
        """
        wanted, moment = check_limit(limit), self._charter.moment(at)

        def unit(snapshot: Snapshot) -> tuple[list[JournalEntry], list[JournalEntry]]:
            found = due_entries(snapshot, moment, wanted, lambda each: not isinstance(each, MAILED))
            notices = [each.happening for each in found if isinstance(each.happening, Notice)]
            hold = standing(self._charter, snapshot, notices, at=moment)
            given, idle = list[JournalEntry](), list[JournalEntry]()
            for entry in found:
                is_idle = isinstance(entry.happening, Notice) and entry.happening.id not in hold
                (idle if is_idle else given).append(entry)
            return given, idle

        while True:
            given, idle = self._charter.store.read(unit)
            self.settle(*idle)
            if given or not idle:
                return tuple(given)

    def settle(self, *entries: JournalEntry) -> None:
        """Take entries that were dealt with out of the journal; one that is gone is no matter."""
        for entry in entries:
            check_instance("entries", entry, JournalEntry)
        settle(self._charter, ((entry.owner, entry.id) for entry in entries))


def check_happenings(journal: Iterable[type[Happening]]) -> tuple[type[Happening], ...]:
    """Give the classes that a *journal* is to hold; raise `InvalidValue` for any other."""
    wanted, known = tuple(journal), get_args(Happening)
    for kind in cast("tuple[object, ...]", wanted):
        if not (isinstance(kind, type) and issubclass(kind, known)):
            names = ", ".join(each.__name__ for each in known)
            message = f"a journal holds no {kind!r}; name {names} or a class of theirs"
            raise InvalidValue(message)
    return wanted


def due_entries(
    snapshot: Snapshot, at: datetime, limit: int, wanted: Callable[[Happening], bool]
) -> Sequence[JournalEntry]:
    """The first *limit* due entries of what is *wanted*, read past all that is not."""
    reach = limit
    while True:
        read = snapshot.journal(at, reach)
        found = [entry for entry in read if wanted(entry.happening)]
        if len(found) >= limit or len(read) < reach:
            return found[:limit]
        reach *= 4


def standing(
    charter: Charter[ProfileT], snapshot: Snapshot, notices: Collection[Notice], *, at: datetime
) -> Mapping[str, Circumstances]:
    """The ids of those *notices* that still hold, each with the circumstances in which it does."""
    to_each: defaultdict[MemberId, list[Notice]] = defaultdict(list)
    for notice in notices:
        to_each[notice.to].append(notice)
    snapshot.read_ahead(
        lambda ahead: ahead.members(to_each), *(partial(_kept, notice) for notice in notices)
    )
    there = snapshot.members(to_each)
    found: dict[str, Circumstances] = {}
    for member in there:
        kept = [notice for notice in to_each[member] if _kept(notice, snapshot) == notice]
        now = circumstances(charter, snapshot, member, kept, at=at)
        found.update({notice.id: now for notice in kept if holds(notice, now)})
    return found


def _kept(notice: Notice, snapshot: Snapshot) -> Notice | None:
    """The notice that stands where *notice* was entered."""
    return snapshot.entry(NOTICES, notice.to, notice.key)


def settle(charter: Charter[ProfileT], entries: Iterable[tuple[MemberId, str]]) -> None:
    """Take *entries* out of the journal, each named by its owner and its id."""
    ids: defaultdict[MemberId, list[str]] = defaultdict(list)
    for owner, entry in entries:
        ids[owner].append(entry)
    if not ids:
        return

    def unit(transaction: Transaction) -> None:
        for owner, settled in ids.items():
            transaction.settle(owner, settled)

    charter.store.write(tuple(ids), unit)
