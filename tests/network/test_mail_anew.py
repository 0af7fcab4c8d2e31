"""Mail is decided anew whenever it is read: what may be told, to whom, in which words."""

from collections.abc import Mapping

import pytest
from attrs import evolve

from connectcore import (
    Audience,
    Channel,
    ContactDetails,
    Mailing,
    Member,
    Name,
    Network,
    NoticeGroup,
    NoticeKind,
    NoticePreferences,
    Profile,
)
from tests.network.mailing import Story, invited, sent_all, told, town, waiting
from tests.worlds import HIDDEN, Clock, World, profile_of


def _hide(made: World) -> None:
    made["bob"].settings.change(audiences=HIDDEN)


def _want_none(made: World) -> None:
    quiet = NoticePreferences().without(NoticeKind.INVITATION_RECEIVED)
    made["ada"].settings.change(notices=quiet)


def _lose_address(made: World) -> None:
    made["ada"].profiles.edit(evolve(profile_of("ada"), contact=ContactDetails()))


UNDOING: Mapping[str, Story] = {
    "withdrawn": lambda made: made["bob"].invitations.withdraw("ada"),
    "expired": lambda made: made.clock.forward(days=200),
    "accepted": lambda made: made["ada"].invitations.accept("bob"),
    "ignored": lambda made: made["ada"].invitations.ignore("bob"),
    "reported": lambda made: made["ada"].invitations.report("bob"),
    "blocked by the sender": lambda made: made["bob"].blocks.add("ada"),
    "blocked by the reader": lambda made: made["ada"].blocks.add("bob"),
    "the sender is hidden": _hide,
    "the sender is erased": lambda made: made["bob"].data.erase(),
    "the reader is erased": lambda made: made["ada"].data.erase(),
    "the reader wants none": _want_none,
    "the reader has no address": _lose_address,
}
"""What makes mail about an invitation idle."""


@pytest.mark.parametrize("times_read", [0, 1], ids=["unread", "read before"])
@pytest.mark.parametrize("name", UNDOING)
def test_what_may_be_told_is_decided_when_it_is_read(name: str, times_read: int) -> None:
    """What must not be told any more is mailed to nobody, and waits no longer."""
    made = town()
    invited(made, "bob")
    before = waiting(made)
    assert [len(made.network.mail.due()) for _ in range(times_read)] == [1] * times_read
    UNDOING[name](made)

    assert "ada" not in [email.owner for email in made.network.mail.due()]
    assert {entry.id for entry in before}.isdisjoint(entry.id for entry in waiting(made))


@pytest.mark.parametrize("name", ["withdrawn", "ignored", "the sender is hidden"])
def test_what_is_idle_goes_and_the_rest_of_a_mail_stays(name: str) -> None:
    """With the id that it had; the words are those of what is left."""
    made = town()
    invited(made, "bob", "cat")
    (first,) = made.network.mail.due()
    UNDOING[name](made)
    (left,) = made.network.mail.due()

    assert first.subject == "You have 2 invitations"
    assert left.subject == "Cat Example invited you to connect"
    assert left.id == first.id
    assert left.entries == first.entries[1:]


def test_reading_goes_on_past_what_is_idle() -> None:
    """However much of it there is; an empty answer means that nothing is due."""
    made = town()
    invited(made, "bob", "cat", "dan")
    made["eve"].invitations.send("bob")
    for inviter in ("bob", "cat", "dan"):
        made["ada"].invitations.ignore(inviter)

    assert told(made.network.mail.due(limit=1)) == [("bob", "Eve Example invited you to connect")]


def test_mail_names_people_as_its_reader_sees_them() -> None:
    """A stranger's initial, a connection's whole name, and somebody who shows none."""
    made = town()
    made["bob"].settings.change(full_name=Audience.CONNECTIONS)
    made["cat"].settings.change(audiences={"name": Audience.ONLY_ME})
    invited(made, "bob")
    subjects = [email.subject for email in sent_all(made)]
    invited(made, "cat")
    subjects += [email.subject for email in sent_all(made)]
    made["ada"].invitations.accept("bob")
    made["bob"].messages.send("ada", "Hello.")
    subjects += [email.subject for email in sent_all(made) if email.owner == "ada"]

    assert subjects == [
        "Bob E. invited you to connect",
        "A member invited you to connect",
        "Bob Example wrote to you",
    ]


def test_an_application_has_words_of_its_own() -> None:
    """Made of the reader, the channel and what is alike; a mail made of them obeys as any other."""

    def auf_deutsch(
        member: Member[Profile], channel: Channel, groups: tuple[NoticeGroup, ...]
    ) -> tuple[str, str]:
        (group,) = groups
        who = " und ".join(str(name) for name in group.names)
        return f"{channel.name}: {who}\nBcc: eve", f"Guten Tag, {member.profile.name}!"

    network = Network(journal=[Mailing], clock=Clock(), wording=auf_deutsch)
    for member in ("ada", "bob", "cat"):
        network.join(Member(member, profile_of(member)))
    for inviter in ("bob", "cat"):
        network.as_member(inviter).invitations.send("ada")
    (email,) = network.mail.due()

    assert email.subject == "EMAIL: Cat Example und Bob Example Bcc: eve"
    assert email.text == "Guten Tag, Ada Example!"


def test_words_that_fail_send_nothing() -> None:
    """The error comes through, and everything waits as it did."""
    made = town()
    invited(made, "bob")
    before = waiting(made)
    poor = Network(made.store, journal=[Mailing], clock=made.clock, wording=lambda *_: ("", ""))

    def speechless(*_: object) -> tuple[str, str]:
        raise LookupError

    mute = Network(made.store, journal=[Mailing], clock=made.clock, wording=speechless)
    with pytest.raises(LookupError):
        mute.mail.due()
    assert waiting(made) == before
    assert [email.subject for email in poor.mail.due()] == [""]


def test_whoever_has_two_addresses_is_mailed_at_the_first() -> None:
    """What is no address is passed over, and one that they confirmed goes before those."""
    made = town()
    contact = ContactDetails(emails=("by post", "ada@example.com", "ada@example.org"))
    made["ada"].profiles.edit(Profile(name=Name("Ada"), contact=contact))
    invited(made, "bob")

    assert [email.to for email in made.network.mail.due()] == ["ada@example.com"]
    made["ada"].addresses.confirm("lovelace@example.org")
    assert [email.to for email in made.network.mail.due()] == ["lovelace@example.org"]
