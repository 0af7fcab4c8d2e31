"""What an application does: it tells of its own news, pushes notices, and sends mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hypothesis import strategies as st
from hypothesis.stateful import rule

from connectcore.notices import Notice
from connectcore.testing.kinds import talk
from connectcore.testing.machine.lockstep import MEMBERS, members
from connectcore.testing.machine.writing import Writing
from connectcore.testing.model import mailing, talking
from connectcore.testing.model.state import Mail, Waiting

__all__ = ["Telling"]

ALL = 1000

titles: st.SearchStrategy[str] = st.sampled_from(["Engines", "Looms"])


class Telling(Writing):
    """A machine in which the application also tells, pushes and mails."""

    @rule(by=members, title=titles, speakers=st.sets(st.sampled_from(MEMBERS), max_size=2))
    def announce_talk(self, by: str, title: str, speakers: set[str]) -> None:
        """Tell of a talk, which is no kind of the library's."""
        self.does(
            by,
            lambda me: me.activities.publish(talk(by, title, *sorted(speakers), at=self.model.now)),
            lambda _: talking.announce(self.model, by, title, frozenset(speakers)),
        )

    @rule(by=members, title=titles)
    def take_talk_back(self, by: str, title: str) -> None:
        """Tell of a talk no more, if there was one."""
        self.does(
            by,
            lambda me: me.activities.retract(talk(by, title)),
            lambda _: talking.take_back(self.model, by, title),
        )

    @rule(settled=st.integers(0, 2))
    def push(self, settled: int) -> None:
        """Read what the journal has of notices, and settle all but the last few."""
        waiting: list[Waiting] = []

        def expected(_: str) -> set[str]:
            waiting.extend(mailing.pushed(self.model))
            return set()

        entries = self.agree(lambda network: network.journal.read(limit=ALL), expected) or ()
        notices = (each.happening for each in entries if isinstance(each.happening, Notice))
        told = ((each.to, each.kind.value, each.actor, each.about) for each in notices)
        self.compare_seen("the journal", _by_owner(told), _by_owner(each.told for each in waiting))
        dealt = [entry for entry in entries if entry.owner in MEMBERS[settled:]]
        self.agree(
            lambda network: network.journal.settle(*dealt),
            lambda _: mailing.settle(
                self.model, [each for each in waiting if each.told[0] in MEMBERS[settled:]]
            ),
        )

    @rule(sends=st.sampled_from([True, True, False]), unsubscribes=st.booleans())
    def mail(self, *, sends: bool, unsubscribes: bool) -> None:
        """Read the mail that is due, send it if nobody is killed before, and answer some of it."""
        mails: dict[Mail, list[Waiting]] = {}

        def expected(_: str) -> set[str]:
            mails.update(mailing.due(self.model))
            return set()

        emails = self.agree(lambda network: network.mail.due(limit=ALL), expected) or ()
        self.compare_seen(
            "the mail",
            _by_owner((email.owner, email.to, len(email.entries)) for email in emails),
            _by_owner(
                (mail.to, mailing.address_of(self.model, mail.to), len(told))
                for mail, told in mails.items()
            ),
        )
        if sends:
            self.agree(
                lambda network: network.mail.sent(*emails),
                lambda _: mailing.sent(self.model, mails),
            )
        if unsubscribes and emails:
            first = emails[0]
            theirs = next(mail for mail in mails if mail.to == first.owner)
            self.agree(
                lambda network: network.unsubscribe(first.token),
                lambda _: mailing.unsubscribe(self.model, theirs),
            )


def _by_owner(entries: Iterable[tuple[object, ...]]) -> Mapping[object, list[tuple[object, ...]]]:
    """Entries by whose they are, which comes first in each; those of one in their order."""
    found: defaultdict[object, list[tuple[object, ...]]] = defaultdict(list)
    for owner, *rest in entries:
        found[owner].append(tuple(rest))
    return found
