"""Mail from any store: closed at its first reading, whoever reads it, and however many at once."""

from collections.abc import Callable

from connectcore import Email, Mailing, Network, Profile
from connectcore.storage import Store
from connectcore.testing.conformance.threads import at_once
from tests.worlds import OPEN, World, world

INVITERS = tuple(f"inviter-{number}" for number in range(6))
READERS = tuple(f"reader-{number}" for number in range(6))


def town(store: Store) -> World:
    """Six readers and six who may invite them."""
    return world(*INVITERS, *READERS, rules=OPEN, journal=[Mailing], store=store)


def invite_all(made: World, inviter: str) -> None:
    """Let somebody invite every reader."""
    for reader in READERS:
        made.clock.forward(minutes=1)
        made[inviter].invitations.send(reader)


def test_a_mail_is_the_same_whoever_reads_it(store: Store) -> None:
    """What comes after it was read is in another, also for a network that never read the first."""
    made = town(store)
    for inviter in INVITERS[:2]:
        invite_all(made, inviter)
    first = made.network.mail.due()
    invite_all(made, INVITERS[2])
    other: Network[Profile] = Network(store, rules=OPEN, journal=[Mailing], clock=made.clock)
    again = other.mail.due()

    assert {email.owner: len(email.entries) for email in first} == dict.fromkeys(READERS, 2)
    assert set(first) < set(again)
    assert {len(email.entries) for email in set(again) - set(first)} == {1}
    other.mail.sent(*again)
    assert made.network.mail.due() == ()


def test_mail_of_one_member_comes_in_its_order(store: Store) -> None:
    """However few are read at a time, and whatever waits for others."""
    made = town(store)
    written: list[tuple[str, str]] = []
    for inviter in INVITERS:
        invite_all(made, inviter)
        written += [(email.owner, email.id) for email in made.network.mail.due()]
    sent: list[tuple[str, str]] = []
    while emails := made.network.mail.due(limit=5):
        made.network.mail.sent(*emails)
        sent += [(email.owner, email.id) for email in emails]

    for reader in READERS:
        assert [mail for owner, mail in sent if owner == reader] == list(
            dict.fromkeys(mail for owner, mail in written if owner == reader)
        )
    assert len(sent) == len(INVITERS) * len(READERS)


def sender(made: World, taken: list[Email]) -> Callable[[], None]:
    """Somebody who sends what is due, two mails at a time, until nothing is."""

    def send() -> None:
        while emails := made.network.mail.due(limit=2):
            taken.extend(emails)
            made.network.mail.sent(*emails)

    return send


def test_two_senders_at_once_lose_nothing(store: Store) -> None:
    """What both send has the same id, and tells the same, whatever else happens meanwhile."""
    made = town(store)
    invite_all(made, INVITERS[0])
    one, other = list[Email](), list[Email]()

    def invite_on() -> None:
        for inviter in INVITERS[1:]:
            invite_all(made, inviter)

    at_once(sender(made, one), sender(made, other), invite_on)
    sender(made, one)()
    mail = {*one, *other}

    assert len(mail) == len({email.id for email in mail})
    assert sum(len(email.entries) for email in mail) == len(INVITERS) * len(READERS)
    assert len({entry for email in mail for entry in email.entries}) == len(INVITERS) * len(READERS)
