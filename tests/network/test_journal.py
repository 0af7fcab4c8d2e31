"""The journal: what happened, in the order of each member, until the application has dealt with it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from connectcore import (
    Channel,
    ConnectionRemoved,
    InvalidValue,
    InvitationAccepted,
    InvitationExpired,
    InvitationIgnored,
    InvitationSent,
    InvitationWithdrawn,
    JournalEntry,
    Mailing,
    Member,
    MemberBlocked,
    MemberFollowed,
    MemberUnblocked,
    Network,
    Notice,
    NoticeKind,
    NoticePreferences,
    PairEvent,
)
from tests.worlds import NOON, World, profile_of, world

EVERYTHING = (PairEvent, Notice, Mailing)


def happened(made: World) -> list[tuple[str, str, type[object]]]:
    """Who did what to whom, by the journal."""
    return [
        (entry.owner, entry.other, type(entry.happening)) for entry in made.network.journal.read()
    ]


def kept(made: World) -> list[JournalEntry]:
    """All that the journal holds, due or not, for whomever."""
    return [*made.store.read(lambda s: s.journal(NOON + timedelta(days=365), 1000))]


def test_nothing_is_written_down_unless_it_is_asked_for() -> None:
    """A journal that nobody reads would only grow."""
    made = world("ada", "bob", connected=[("ada", "bob")])

    assert kept(made) == []


def test_what_happens_between_members_is_written_down() -> None:
    """By whom, to whom, in order; also what nobody else is told."""
    made = world("ada", "bob", journal=[PairEvent])
    ada, bob = made["ada"], made["bob"]
    ada.invitations.send("bob")
    bob.invitations.ignore("ada")
    bob.invitations.accept("ada")
    bob.connections.remove("ada")
    bob.follows.follow("ada")
    ada.blocks.add("bob")
    ada.blocks.remove("bob")

    assert happened(made) == [
        ("ada", "bob", InvitationSent),
        ("bob", "ada", InvitationIgnored),
        ("bob", "ada", InvitationAccepted),
        ("bob", "ada", ConnectionRemoved),
        ("bob", "ada", MemberFollowed),
        ("ada", "bob", MemberBlocked),
        ("ada", "bob", MemberUnblocked),
    ]


def test_an_invitation_that_expired_is_written_down_before_the_next() -> None:
    """With the moment at which it was due."""
    made = world("ada", "bob", journal=[PairEvent])
    made["ada"].invitations.send("bob")
    made.clock.forward(days=200)
    made["ada"].invitations.send("bob")
    sent, expired, again = (entry.happening for entry in made.network.journal.read())

    assert isinstance(sent, InvitationSent)
    assert expired == InvitationExpired(by="ada", to="bob", at=NOON + timedelta(days=180))
    assert isinstance(again, InvitationSent)


def test_one_kind_of_event_can_be_asked_for_alone() -> None:
    """A class of what a journal holds is enough."""
    made = world("ada", "bob", journal=[InvitationAccepted], connected=[("ada", "bob")])
    made["ada"].connections.remove("bob")

    assert happened(made) == [("bob", "ada", InvitationAccepted)]


def test_a_notice_is_written_down_as_it_is_told() -> None:
    """The very value that is listed, for whom it is to, with its own id."""
    made = world("ada", "bob", journal=[Notice])
    made["ada"].invitations.send("bob")
    (notice,) = made["bob"].notices.page().items

    assert made.network.journal.read() == (
        JournalEntry(id=notice.id, owner="bob", other="ada", due_at=NOON, happening=notice),
    )


@pytest.mark.parametrize(
    ("channels", "due"),
    [
        ({Channel.IN_APP}, None),
        ({Channel.EMAIL}, NOON),
        ({Channel.DAILY_DIGEST}, NOON + timedelta(hours=12)),
        ({Channel.WEEKLY_DIGEST}, NOON + timedelta(days=6, hours=12)),
        (Channel, NOON),
    ],
)
def test_what_is_to_be_mailed_is_written_down_once(channels: Any, due: object) -> None:
    """By the soonest way that was chosen; reading the journal leaves it to the mail."""
    made = world("ada", "bob", journal=[Mailing])
    chosen = NoticePreferences(channels={NoticeKind.INVITATION_RECEIVED: channels})
    made["bob"].settings.change(notices=chosen)
    made["ada"].invitations.send("bob")

    assert [entry.due_at for entry in kept(made)] == ([] if due is None else [due])
    assert made.network.journal.read(at=NOON + timedelta(days=30)) == ()


def invite_anew(made: World) -> None:
    """Let Ada take her invitation back, and send another when she may."""
    made["ada"].invitations.withdraw("bob")
    made.clock.forward(days=30)
    made["ada"].invitations.send("bob")


GONE: Mapping[str, Callable[[World], object]] = {
    "withdrawn": lambda made: made["ada"].invitations.withdraw("bob"),
    "expired": lambda made: made.clock.forward(days=200),
    "ignored": lambda made: made["bob"].invitations.ignore("ada"),
    "blocked by the inviter": lambda made: made["ada"].blocks.add("bob"),
    "blocked by the invitee": lambda made: made["bob"].blocks.add("ada"),
    "invited anew": invite_anew,
}


@pytest.mark.parametrize("name", GONE)
def test_a_notice_that_no_longer_holds_is_settled_unread(name: str) -> None:
    """Whoever pushes notices from the journal pushes none that was undone meanwhile."""
    made = world("ada", "bob", journal=[Notice])
    made["ada"].invitations.send("bob")
    (undone,) = kept(made)
    GONE[name](made)
    read = made.network.journal.read()

    assert undone not in read
    assert list(read) == kept(made)
    assert len(read) == (name == "invited anew")


def test_reading_goes_on_past_what_no_longer_holds() -> None:
    """However much there is of it; an empty answer means that nothing is due."""
    made = world("ada", "bob", "cat", journal=[Notice, PairEvent])
    made["ada"].invitations.send("bob")
    made["cat"].invitations.send("bob")
    made["bob"].invitations.ignore("ada")
    for entry in made.network.journal.read():
        if isinstance(entry.happening, PairEvent):
            made.network.journal.settle(entry)
    made["cat"].invitations.withdraw("bob")

    assert [type(entry.happening) for entry in made.network.journal.read(limit=1)] == [
        InvitationWithdrawn
    ]


def test_mail_that_waits_is_in_nobodys_way() -> None:
    """Reading looks past as much of it as there is."""
    made = world("ada", *"bcdefghij", journal=EVERYTHING)
    for number, other in enumerate("bcdefghij"):
        made.clock.now = NOON + timedelta(minutes=number)
        made["ada"].invitations.send(other)
    read = made.network.journal.read(limit=18)

    assert len(read) == 18
    assert len(kept(made)) == 27
    made.network.journal.settle(*read)
    assert made.network.journal.read() == ()
    assert [type(entry.happening) for entry in kept(made)] == [Mailing] * 9


def test_an_entry_is_read_until_it_is_settled() -> None:
    """With the same id and in the same order; settling again is no matter."""
    made = world("ada", "bob", "cat", journal=[PairEvent])
    made["ada"].invitations.send("bob")
    made["ada"].invitations.send("cat")
    first, second = made.network.journal.read()

    assert made.network.journal.read(limit=1) == (first,)
    made.network.journal.settle(first)
    made.network.journal.settle(first, second)
    made.network.journal.settle()
    assert made.network.journal.read() == ()


def test_an_act_that_fails_writes_nothing_down() -> None:
    """The journal is written in the transaction of the act."""
    made = world("ada", "bob", journal=EVERYTHING)
    made["ada"].invitations.send("bob")
    ids = iter(["1", "2"])
    poor = Network(made.store, journal=EVERYTHING, clock=made.clock, new_id=lambda: next(ids))

    with pytest.raises(StopIteration):
        poor.as_member("bob").invitations.accept("ada")
    assert [type(entry.happening) for entry in kept(made)] == [InvitationSent, Notice, Mailing]
    assert made["bob"].connections.count() == 0


def test_loading_writes_nothing_down() -> None:
    """History is no news."""
    made, source = world(journal=EVERYTHING), world("ada", "bob", connected=[("ada", "bob")])
    members = [Member(member, profile_of(member)) for member in source.members]
    report = made.network.load([*members, *source["ada"].connections.page().items])

    assert report.left_out == ()
    assert kept(made) == []


@pytest.mark.parametrize("wrong", [Member, "Notice", Channel.EMAIL, None])
def test_a_journal_of_anything_else_is_refused(wrong: Any) -> None:
    """What is never written down would be waited for in vain."""
    with pytest.raises(InvalidValue, match="a journal holds no"):
        world(journal=[wrong])


@pytest.mark.parametrize("limit", [0, 1001])
def test_a_limit_that_is_no_page_is_refused(limit: int) -> None:
    """As in every listing."""
    read = partial(world().network.journal.read, limit=limit)

    with pytest.raises(InvalidValue, match="is not a page"):
        read()
