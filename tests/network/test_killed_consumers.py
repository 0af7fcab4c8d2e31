"""A consumer that is killed at every step of a hundred deliveries, and goes on each time."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, product
from typing import Any, TypeAlias, final

import pytest
from attrs import frozen

from connectcore import Email, JournalEntry, Mailing, MemoryStore, Notice, PairEvent
from connectcore.testing import WatchedStore
from tests.mortal import Killed, Life
from tests.worlds import OPEN, World, world

pytestmark = pytest.mark.thorough

INVITERS = tuple(f"inviter-{number}" for number in range(10))
READERS = tuple(f"reader-{number}" for number in range(10))
A_HUNDRED = len(INVITERS) * len(READERS)
Delivered: TypeAlias = JournalEntry | Email
Consume: TypeAlias = Callable[["Post"], bool]


@final
@frozen
class Post:
    """A network in which invitations are to come, and what was delivered of what it has to tell.

    `watch` is told of each step: of each call to the store, and before and after each delivery.
    """

    made: World
    watch: Life
    to_come: Iterator[tuple[str, str]]
    delivered: list[Delivered]

    def happen(self, times: int = 1) -> None:
        """Let so many more invitations be sent, while there are any to come."""
        self.watch.left = None
        for _, (inviter, reader) in zip(range(times), self.to_come, strict=False):
            self.made.clock.forward(minutes=1)
            self.made[inviter].invitations.send(reader)

    def deliver(self, something: Delivered) -> None:
        """Hand something over."""
        self.watch("deliver")
        self.delivered.append(something)
        self.watch("delivered")


def post() -> Post:
    """Ten readers, each of whom is about to be invited by ten members."""
    watch = Life()
    made = world(
        *INVITERS,
        *READERS,
        rules=OPEN,
        journal=[PairEvent, Notice, Mailing],
        store=WatchedStore(MemoryStore(), watch),
    )
    return Post(made, watch, iter([*product(INVITERS, READERS)]), [])


def read_journal(office: Post) -> bool:
    """Read an entry, deliver it and settle it, if there is one."""
    journal = office.made.network.journal
    for entry in journal.read(limit=1):
        office.deliver(entry)
        journal.settle(entry)
        return True
    return False


def send_mail(office: Post) -> bool:
    """Read a mail, deliver it and say that it is sent, if there is one."""
    mail = office.made.network.mail
    for email in mail.due(limit=1):
        office.deliver(email)
        mail.sent(email)
        return True
    return False


def settle_too_soon(office: Post) -> bool:
    """Read an entry, settle it and deliver it, if there is one."""
    journal = office.made.network.journal
    for entry in journal.read(limit=1):
        journal.settle(entry)
        office.deliver(entry)
        return True
    return False


def send_too_soon(office: Post) -> bool:
    """Read a mail, say that it is sent and deliver it, if there is one."""
    mail = office.made.network.mail
    for email in mail.due(limit=1):
        mail.sent(email)
        office.deliver(email)
        return True
    return False


def killed_at_every_step(
    office: Post, consume: Consume, *, meanwhile: Callable[[], object] = lambda: None
) -> None:
    """Kill the consumer at the first step of a delivery, then at the second, until it is through.

    So with each delivery, until there is none; *meanwhile* something may happen after each death.
    """
    steps = 0
    while True:
        office.watch.left = steps
        try:
            if not consume(office):
                break
        except Killed:
            steps += 1
            meanwhile()
        else:
            steps = 0
    office.watch.left = None


def written_down(kinds: Any) -> Mapping[str, Sequence[str]]:
    """The ids of all entries of some *kinds*, by their owner, in their order, where nothing is settled."""
    office = post()
    office.happen(A_HUNDRED)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for entry in office.made.store.read(lambda s: s.journal(office.made.clock.now, None)):
        if isinstance(entry.happening, kinds):
            found[entry.owner].append(entry.id)
    return found


def came(office: Post) -> Mapping[str, Sequence[Delivered]]:
    """What was delivered, by its owner, in the order in which it came first."""
    found: defaultdict[str, dict[str, Delivered]] = defaultdict(dict)
    for each in office.delivered:
        found[each.owner].setdefault(each.id, each)
    return {owner: [*each.values()] for owner, each in found.items()}


def told(office: Post) -> Mapping[str, Sequence[str]]:
    """The ids of what the mail that came tells, by its reader, in the order in which it came first."""
    return {
        owner: [entry for each in mail if isinstance(each, Email) for entry in each.entries]
        for owner, mail in came(office).items()
    }


def duplicates_are_alike(office: Post) -> bool:
    """Whether whatever came with one id is one value."""
    return len({*office.delivered}) == len({each.id for each in office.delivered})


def test_a_consumer_of_the_journal_loses_nothing_however_often_it_is_killed() -> None:
    """All entries come, those of each member in their order, and duplicates are the same value."""
    office = post()
    office.happen(A_HUNDRED // 2)
    killed_at_every_step(office, read_journal)
    ids = {owner: [each.id for each in entries] for owner, entries in came(office).items()}
    whole = written_down((PairEvent, Notice))

    assert ids == {
        owner: entries[: len(ids[owner])] for owner, entries in whole.items() if owner in ids
    }
    assert sum(map(len, ids.values())) == A_HUNDRED
    assert duplicates_are_alike(office)
    assert len(office.delivered) > 2 * A_HUNDRED


def test_a_sender_of_a_hundred_mails_loses_nothing_however_often_it_is_killed() -> None:
    """All mails come, those of each member in their order, and duplicates are the same value."""
    office = post()
    for _ in range(A_HUNDRED):
        office.happen()
        killed_at_every_step(office, send_mail)

    assert told(office) == written_down(Mailing)
    assert sum(map(len, came(office).values())) == A_HUNDRED
    assert duplicates_are_alike(office)
    assert len(office.delivered) > 2 * A_HUNDRED


def test_what_comes_while_a_sender_is_killed_is_told_once() -> None:
    """In whichever mail, each of which is the same however often it comes."""
    office, every_ninth = post(), cycle([0] * 8 + [1])
    office.happen(len(READERS))
    killed_at_every_step(office, send_mail, meanwhile=lambda: office.happen(next(every_ninth)))
    office.happen(A_HUNDRED)
    killed_at_every_step(office, send_mail)

    assert told(office) == written_down(Mailing)
    assert duplicates_are_alike(office)
    assert len(READERS) < sum(map(len, came(office).values())) < A_HUNDRED
    assert office.made.network.mail.due() == ()


@pytest.mark.parametrize("consume", [settle_too_soon, send_too_soon])
def test_a_consumer_that_settles_too_soon_is_found_out(consume: Consume) -> None:
    """A planted fault: killed between settling and delivering, it loses what it settled."""
    office = post()
    office.happen(10)
    killed_at_every_step(office, consume)

    assert sum(map(len, came(office).values())) < 10
