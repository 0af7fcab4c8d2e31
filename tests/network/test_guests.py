"""Inviting an address: whosever it is, the inviter is told the same."""

from collections.abc import Callable
from typing import Any

import pytest

from connectcore import (
    InvalidValue,
    MemoryStore,
    NotesPerMonth,
    PendingAtMost,
    Refused,
    SentPerWeek,
    UnknownMember,
)
from connectcore.testing import RecordingStore
from tests.network.inviting import (
    ADDRESS,
    BETWEEN,
    invite,
    inviters,
    pending,
    told,
    with_address,
)
from tests.surface import answer, seen_by
from tests.worlds import PROFESSIONAL, World, world


def asked(log: RecordingStore, call: Callable[[], object]) -> tuple[list[str], object]:
    """The calls of the store that *call* takes, and its answer."""
    log.calls.clear()
    outcome = answer(call)
    return log.names, outcome


def what_ada_learns(between: Callable[[World], object], *, is_hers: bool) -> list[object]:
    """Every answer and every call of the store, when Ada invites an address that may be Grace's."""
    log = RecordingStore(MemoryStore())
    made = world("ada", "grace", "linus", store=log)
    if is_hers:
        made["grace"].addresses.confirm(ADDRESS)
    between(made)
    made.clock.forward(days=1)
    mine = made["ada"].invitations
    learned: list[object] = []
    for call in (
        lambda: mine.may_send_to_address(ADDRESS, note="Hello."),
        lambda: mine.send_to_address(ADDRESS, note="Hello."),
        lambda: mine.send_to_address(ADDRESS),
        lambda: mine.may_send_to_address(ADDRESS),
        mine.sent_to_addresses,
        mine.sent,
        lambda: seen_by(made["ada"], ("grace", "linus"), ()),
        lambda: mine.withdraw_from_address(ADDRESS),
        lambda: mine.withdraw_from_address(ADDRESS),
        mine.sent_to_addresses,
        lambda: mine.send_to_address(ADDRESS),
        lambda: seen_by(made["ada"], ("grace", "linus"), ()),
    ):
        learned.append(asked(log, call))
        made.clock.forward(minutes=1)
    return learned


@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN.keys())
def test_whose_an_address_is_tells_the_inviter_nothing(between: Callable[[World], object]) -> None:
    """Whatever is between the two: the same answers, for the same calls of the store."""
    assert what_ada_learns(between, is_hers=True) == what_ada_learns(between, is_hers=False)


def test_an_address_is_listed_apart_from_members() -> None:
    """Each list has its own, in pages, newest first."""
    made = world("ada", "grace", "linus")
    for number, member in enumerate(("grace", "linus")):
        made["ada"].invitations.send(member)
        made["ada"].invitations.send_to_address(f"{number}@example.org")
        made.clock.forward(minutes=1)
    mine = made["ada"].invitations

    assert pending(made) == ["1@example.org", "0@example.org"]
    assert [each.invitee for each in mine.sent().items] == ["linus", "grace"]
    first, second = mine.sent_to_addresses(limit=1), mine.sent(limit=1)
    assert [each.address for each in mine.sent_to_addresses(limit=1, after=first.next).items] == [
        "0@example.org"
    ]
    assert [each.invitee for each in mine.sent(limit=1, after=second.next).items] == ["grace"]


def test_an_address_counts_under_every_limit() -> None:
    """Sent in a week, with a note in a month, pending at once: alike for members and addresses."""
    made = world("ada", "grace")
    made["ada"].invitations.send_to_address(ADDRESS, note="Hello.")

    quotas = made["ada"].invitations.may_send("grace").quotas

    assert {quota.code: quota.used for quota in quotas} == {
        "notes_per_month": 1,
        "sent_per_week": 1,
        "pending_invitations": 1,
        "connections": 0,
    }
    assert made["ada"].invitations.may_send_to_address("other@example.com").quotas == quotas


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (SentPerWeek(1), "sent_per_week"),
        (PendingAtMost(1), "pending_invitations"),
        (NotesPerMonth(1), "notes_per_month"),
    ],
)
def test_a_limit_refuses_an_address(rule: Any, code: str) -> None:
    """Asked beforehand and when it is done; nothing is sent then."""
    made = world("ada", rules=PROFESSIONAL.with_inviting(rule))
    mine = made["ada"].invitations
    mine.send_to_address(ADDRESS, note="Hello.")

    asked_before = mine.may_send_to_address("other@example.com", note="Hello.")
    with pytest.raises(Refused) as refused:
        mine.send_to_address("other@example.com", note="Hello.")

    assert [refusal.code for refusal in refused.value.refusals] == [code]
    assert refused.value.verdict == asked_before
    assert pending(made) == [ADDRESS]


def test_an_invitation_to_an_address_is_taken_back() -> None:
    """It is gone for both; a new one waits as after any withdrawal, and taking back again is done."""
    made = with_address()
    invite(made)

    made["ada"].invitations.withdraw_from_address(f" {ADDRESS.upper()} ")
    made["ada"].invitations.withdraw_from_address(ADDRESS)

    assert pending(made) == []
    assert (inviters(made, "grace"), told(made, "grace")) == ([], [])
    verdict = made["ada"].invitations.may_send_to_address(ADDRESS)
    assert [refusal.code for refusal in verdict.refusals] == ["withdrawn"]
    made.clock.forward(weeks=3)
    invite(made)
    assert inviters(made, "grace") == ["ada"]


def test_what_was_not_sent_cannot_be_taken_back() -> None:
    """Nor what was accepted."""
    made = with_address()
    with pytest.raises(Refused, match="There is no invitation"):
        made["ada"].invitations.withdraw_from_address(ADDRESS)
    invite(made)
    made["grace"].invitations.accept("ada")

    with pytest.raises(Refused, match="There is no invitation"):
        made["ada"].invitations.withdraw_from_address(ADDRESS)


def test_an_invitation_to_an_address_expires_in_silence() -> None:
    """For both, after as long as any other; then the address may be invited again."""
    made = with_address()
    invite(made)
    made.clock.forward(days=180)

    assert (pending(made), inviters(made, "grace"), told(made, "grace")) == ([], [], [])
    with pytest.raises(Refused):
        made["grace"].invitations.accept("ada")
    invite(made, note="Still there?")
    assert [each.note for each in made["grace"].invitations.received().items] == ["Still there?"]
    assert pending(made) == [ADDRESS]


def test_nobody_invites_an_address_of_their_own() -> None:
    """It is refused as inviting oneself is."""
    made = with_address()

    assert [
        each.code for each in made["grace"].invitations.may_send_to_address(ADDRESS).refusals
    ] == ["oneself"]
    with pytest.raises(Refused, match="needs another member"):
        made["grace"].invitations.send_to_address(ADDRESS)


def test_an_address_that_turns_out_to_be_ones_own_brings_nothing() -> None:
    """Whoever invited an address and confirms it then is not their own guest."""
    made = world("ada")
    made["ada"].invitations.send_to_address(ADDRESS)
    made["ada"].addresses.confirm(ADDRESS)

    assert (inviters(made, "ada"), told(made, "ada")) == ([], [])
    for act in (made["ada"].invitations.accept, made["ada"].invitations.ignore):
        with pytest.raises(Refused, match="needs another member"):
            act("ada")
    made["ada"].invitations.withdraw_from_address(ADDRESS)
    assert pending(made) == []


def test_what_is_no_address_is_not_invited() -> None:
    """Each call says so."""
    mine = world("ada")["ada"].invitations

    for call in (mine.send_to_address, mine.may_send_to_address, mine.withdraw_from_address):
        with pytest.raises(InvalidValue, match=r"^this is no e-mail address"):
            call("grace")


def test_somebody_who_has_not_joined_invites_no_address() -> None:
    """Acting as them is an error in every call."""
    nobody = world()["nobody"].invitations

    for call in (
        lambda: nobody.send_to_address(ADDRESS),
        lambda: nobody.may_send_to_address(ADDRESS),
        lambda: nobody.withdraw_from_address(ADDRESS),
        nobody.sent_to_addresses,
    ):
        with pytest.raises(UnknownMember):
            call()
