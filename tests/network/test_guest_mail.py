"""Mail to invited addresses: what is written to whom, when, how often, and how it is stopped."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from connectcore import (
    Audience,
    Channel,
    ConnectionRules,
    Email,
    GuestInvited,
    GuestLetter,
    GuestReminded,
    Mailing,
    MemoryStore,
    Network,
    NoticeKind,
    NoticePreferences,
    Profile,
    Refused,
    Settings,
    UnknownMember,
    WhoMayInvite,
)
from connectcore.testing import RecordingStore, person
from tests.network.inviting import ADDRESS, invite, pending
from tests.worlds import HIDDEN, NOON, TWO_REMINDERS, UNBOUNDED, World, world

MAIL = (Mailing, GuestInvited, GuestReminded)
INVITED = NoticeKind.INVITATION_RECEIVED


def town(*members: str, **founded: Any) -> World:
    """A network that writes down what is to be mailed, and reminds twice."""
    return world(*(members or ("ada", "grace")), journal=MAIL, reminders=TWO_REMINDERS, **founded)


def due(made: World, *, days: float = 0) -> Sequence[Email]:
    """What is due in some days, and is sent then."""
    emails = made.network.mail.due(at=made.clock.now + timedelta(days=days))
    made.network.mail.sent(*emails)
    return emails


def subjects(emails: Sequence[Email]) -> list[str]:
    """What mails are about."""
    return [email.subject for email in emails]


def planned(made: World, member: str = "ada") -> list[tuple[str, datetime]]:
    """The reminders that a member finds listed."""
    listed = made[member].invitations.reminders().items
    return [(each.invitation.address, each.at) for each in listed]


FIRST = ["Ada Example invites you to connect"]
REMINDER = ["Reminder: Ada Example invites you to connect"]

# ── To an address of nobody ─────────────────────────────────────────────────────────────────────


def test_an_address_that_was_invited_is_written_to_once() -> None:
    """With the note, until it is said to be sent."""
    made = town()
    invite(made, note="Join us.")

    (email,) = made.network.mail.due()

    assert made.network.mail.due() == (email,)
    assert (email.to, email.subject) == (ADDRESS, *FIRST)
    assert email.text == "Ada Example invites you to connect.\n\nJoin us.\n"
    assert email.to_message("notices@example.org")["To"] == ADDRESS
    made.network.mail.sent(email)
    assert due(made) == ()
    assert made.network.journal.read() == ()


def test_without_a_policy_nobody_is_reminded() -> None:
    """It is for the application to want it; the invitation itself is mailed."""
    made = world("ada", journal=MAIL)
    invite(made)

    assert planned(made) == []
    assert subjects(due(made, days=179)) == FIRST


def test_a_network_that_writes_nothing_down_mails_nothing() -> None:
    """The inviter may still see what would be sent, and nothing waits for anybody to send it."""
    made = world("ada", reminders=TWO_REMINDERS)
    invite(made)

    assert len(planned(made)) == 2
    assert due(made, days=30) == ()


def test_what_is_sent_was_listed_before() -> None:
    """Each reminder with its moment, until it is due; two and no more."""
    made = town()
    made["ada"].invitations.send_to_address(ADDRESS)
    moments = [NOON + timedelta(days=7), NOON + timedelta(days=21)]
    assert planned(made) == [(ADDRESS, at) for at in reversed(moments)]
    assert subjects(due(made)) == FIRST

    assert due(made, days=6.9) == ()
    assert subjects(due(made, days=7)) == REMINDER
    made.clock.forward(days=7)
    assert planned(made) == [(ADDRESS, moments[1])]
    assert subjects(due(made, days=14)) == REMINDER
    made.clock.forward(days=14)
    assert planned(made) == []
    assert due(made, days=365) == ()


def test_reminders_are_listed_in_pages() -> None:
    """The last one first."""
    made = town()
    for name in ("one", "two"):
        made["ada"].invitations.send_to_address(f"{name}@example.com")
        made.clock.forward(days=1)
    mine, found, after = made["ada"].invitations, list[str](), None

    while True:
        page = mine.reminders(limit=1, after=after)
        found += [f"{each.invitation.address[:3]} {each.at:%d}" for each in page.items]
        after = page.next
        if after is None:
            break

    assert found == ["two 24", "one 23", "two 10", "one 09"]


def test_cancelled_reminders_are_not_sent() -> None:
    """Those of the one address, also one that is due already; it stays invited, and others go on."""
    made = town()
    invite(made)
    made["ada"].invitations.send_to_address("other@example.com")
    due(made)

    made["ada"].invitations.cancel_reminders(ADDRESS.upper())
    made["ada"].invitations.cancel_reminders(ADDRESS)

    assert {address for address, _ in planned(made)} == {"other@example.com"}
    assert [email.to for email in due(made, days=30)] == ["other@example.com"] * 2
    assert ADDRESS in pending(made)


def test_only_what_is_pending_can_be_cancelled() -> None:
    """Not what was never sent, nor what grew too old."""
    made = town(rules=ConnectionRules.professional())
    with pytest.raises(Refused, match="There is no invitation"):
        made["ada"].invitations.cancel_reminders(ADDRESS)
    invite(made)
    made.clock.forward(days=180)

    with pytest.raises(Refused, match="There is no invitation"):
        made["ada"].invitations.cancel_reminders(ADDRESS)


def test_reminders_are_cancelled_where_nothing_expires() -> None:
    """However old the invitation is."""
    made = town(rules=ConnectionRules.open())
    invite(made)
    made.clock.forward(days=10)

    made["ada"].invitations.cancel_reminders(ADDRESS)

    assert planned(made) == []


def test_somebody_who_has_not_joined_has_no_reminders() -> None:
    """Acting as them is an error in every call."""
    nobody = world()["nobody"].invitations

    for call in (nobody.reminders, lambda: nobody.cancel_reminders(ADDRESS)):
        with pytest.raises(UnknownMember):
            call()


def withdraw(made: World) -> None:
    """Ada takes the invitation back."""
    made["ada"].invitations.withdraw_from_address(ADDRESS)


def accept(made: World) -> None:
    """Grace has the address, and accepts."""
    made["grace"].addresses.confirm(ADDRESS)
    made["grace"].invitations.accept("ada")


def ignore(made: World) -> None:
    """Grace has the address, and ignores the invitation."""
    made["grace"].addresses.confirm(ADDRESS)
    made["grace"].invitations.ignore("ada")


def leave(made: World) -> None:
    """Grace had the address, and is erased."""
    made["grace"].addresses.confirm(ADDRESS)
    made["grace"].data.erase()


def connect(made: World) -> None:
    """Grace has the address, and the two connect in another way."""
    made["grace"].addresses.confirm(ADDRESS)
    made.connect(("ada", "grace"))


def block(made: World) -> None:
    """Grace has the address, and blocks Ada."""
    made["grace"].addresses.confirm(ADDRESS)
    made["grace"].blocks.add("ada")


def go(made: World) -> None:
    """Ada is erased."""
    made["ada"].data.erase()


@pytest.mark.parametrize("ending", [withdraw, accept, ignore, leave, connect, block, go])
def test_nobody_is_mailed_of_what_is_over(ending: Any) -> None:
    """Neither the first time nor to be reminded."""
    made = town()
    invite(made)

    ending(made)

    assert [email for email in due(made, days=30) if email.to == ADDRESS] == []
    assert made.network.mail.due(at=made.clock.now + timedelta(days=30)) == ()


def test_an_invitation_sent_again_is_mailed_as_another() -> None:
    """What was planned for the one that was taken back is not sent."""
    made = town()
    invite(made)
    withdraw(made)
    made.clock.forward(days=21)
    invite(made)

    assert subjects(due(made)) == FIRST
    assert subjects(due(made, days=22)) == REMINDER * 2


def test_a_guest_wants_no_more_mail() -> None:
    """By the token of a mail, from whomever it comes; the inviter sees nothing of that."""
    made = town("ada", "bob")
    invite(made)
    (email,) = due(made)

    made.network.unsubscribe(email.token)
    made.network.unsubscribe(email.token)
    invite(made, "bob")

    assert due(made, days=30) == ()
    assert (pending(made), len(planned(made))) == ([ADDRESS], 2)


def test_whoever_confirms_an_address_decides_anew() -> None:
    """What the guest wanted no more is then what the member chose."""
    made = town()
    invite(made)
    made.network.unsubscribe(due(made)[0].token)

    made["grace"].addresses.confirm(ADDRESS)

    assert subjects(due(made, days=8)) == REMINDER


# ── To an address of a member ───────────────────────────────────────────────────────────────────


def with_address(channels: set[Channel] | None = None, **founded: Any) -> World:
    """A network in which the address is Grace's, who wants invitations by some *channels*."""
    made = town(**founded)
    made["grace"].addresses.confirm(ADDRESS)
    if channels is not None:
        chosen = NoticePreferences(channels={INVITED: channels})
        made["grace"].settings.change(notices=chosen)
    return made


def test_a_member_is_mailed_as_they_chose() -> None:
    """To the address that was invited; not at all, if they want no mail of invitations."""
    made = with_address()
    invite(made)
    assert [(email.to, email.subject) for email in due(made)] == [(ADDRESS, *FIRST)]

    for unwanted in (set[Channel](), {Channel.IN_APP}):
        made = with_address(unwanted)
        invite(made)
        assert due(made, days=30) == ()


@pytest.mark.parametrize(
    ("channel", "days"), [(Channel.DAILY_DIGEST, 0.5), (Channel.WEEKLY_DIGEST, 6.5)]
)
def test_whoever_wants_a_digest_is_not_mailed_before_it(channel: Channel, days: float) -> None:
    """It waits until the digest would be sent, and keeps nobody else waiting."""
    made = with_address({channel})
    made["ada"].invitations.send_to_address(ADDRESS)
    made["ada"].invitations.send_to_address("other@example.com")

    assert [email.to for email in due(made)] == ["other@example.com"]
    assert due(made, days=days - 0.01) == ()
    assert [email.to for email in due(made, days=days)] == [ADDRESS]


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.DAILY_DIGEST])
def test_a_member_unsubscribes_as_from_any_mail_of_the_kind(channel: Channel) -> None:
    """What is switched off is their own preference."""
    made = with_address({channel})
    invite(made)
    (email,) = due(made, days=1)

    made.network.unsubscribe(email.token)

    assert channel not in made["grace"].settings.read().notices.of(INVITED)
    assert due(made, days=30) == ()


def test_what_does_not_reach_a_member_is_not_mailed() -> None:
    """Such as an invitation to somebody who takes none."""
    made = with_address()
    made["grace"].settings.change(who_may_invite=WhoMayInvite.NOBODY)
    invite(made)

    assert due(made, days=30) == ()


def test_of_several_invitations_one_is_mailed() -> None:
    """The one that is listed: nobody is mailed of the same inviter twice."""
    made = with_address()
    made["grace"].addresses.confirm("grace@example.com")
    invite(made)
    made["ada"].invitations.send_to_address("grace@example.com")

    assert [email.to for email in due(made)] == ["grace@example.com"]


def test_what_waits_for_mail_tells_the_inviter_nothing() -> None:
    """Inviting takes the same calls whether or not the address is a member's, mail and all."""
    names: list[list[str]] = []
    for is_hers in (True, False):
        store = RecordingStore(MemoryStore())
        made = town(store=store)
        if is_hers:
            made["grace"].addresses.confirm(ADDRESS)
        store.calls.clear()
        invite(made)
        names.append(store.names)

    assert names[0] == names[1]


# ── Words ───────────────────────────────────────────────────────────────────────────────────────


def test_an_application_chooses_the_words() -> None:
    """From the invitation, the name, and how often the address has been reminded."""
    letters: list[GuestLetter] = []

    def in_latin(letter: GuestLetter) -> tuple[str, str]:
        letters.append(letter)
        return "Salve", str(letter.name)

    network: Network[Profile] = Network(
        journal=MAIL, reminders=TWO_REMINDERS, guest_wording=in_latin, clock=lambda: NOON
    )
    network.join(person("ada"))
    network.as_member("ada").invitations.send_to_address(ADDRESS)

    emails = network.mail.due(at=NOON + timedelta(days=21))

    assert {(email.subject, email.text) for email in emails} == {("Salve", "Ada Example")}
    assert [letter.reminded for letter in letters] == [0, 1, 2]


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        (Settings(full_name=Audience.CONNECTIONS), "Ada E."),
        (Settings(audiences=HIDDEN), "A member"),
    ],
)
def test_a_guest_reads_the_name_that_members_read(settings: Settings, name: str) -> None:
    """Whoever keeps their family name from members keeps it from guests."""
    made = town(settings=settings, visibility=UNBOUNDED)
    invite(made)

    assert subjects(due(made)) == [f"{name} invites you to connect"]
