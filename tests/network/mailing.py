"""A town with a journal, and what is mailed in it."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from connectcore import (
    Channel,
    Email,
    JournalEntry,
    Mailing,
    Notice,
    NoticeKind,
    NoticePreferences,
    PairEvent,
)
from tests.worlds import NOON, UNBOUNDED, World, world

__all__ = ["MIDNIGHT", "MONDAY", "Story", "invited", "sent_all", "told", "town", "waiting"]

MIDNIGHT = NOON + timedelta(hours=12)
MONDAY = NOON + timedelta(days=6, hours=12)
CAST = ("ada", "bob", "cat", "dan", "eve")

Story = Callable[[World], object]


def town(*, channels: Iterable[Channel] | None = None) -> World:
    """Five members and their journal; Ada is told of every kind by *channels*, if they are named."""
    made = world(*CAST, journal=[PairEvent, Notice, Mailing], visibility=UNBOUNDED)
    if channels is not None:
        chosen = NoticePreferences(channels={kind: set(channels) for kind in NoticeKind})
        made["ada"].settings.change(notices=chosen)
    return made


def invited(made: World, *inviters: str) -> None:
    """Let each of *inviters* invite Ada, a minute apart."""
    for inviter in inviters:
        made.clock.forward(minutes=1)
        made[inviter].invitations.send("ada")


def told(emails: Iterable[Email]) -> list[tuple[str, str]]:
    """To whom each mail goes, and what it is about."""
    return [(email.owner, email.subject) for email in emails]


def waiting(made: World) -> list[JournalEntry]:
    """Whatever waits to be mailed, due or not."""
    entries = made.store.read(lambda s: s.journal(NOON + timedelta(days=365), None))
    return [entry for entry in entries if isinstance(entry.happening, Mailing)]


def sent_all(made: World) -> list[Email]:
    """Everything that is due, sent."""
    sent: list[Email] = []
    while emails := made.network.mail.due():
        made.network.mail.sent(*emails)
        sent += emails
    return sent
