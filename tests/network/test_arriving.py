"""Invitations to an address: whoever it belongs to finds them, as far as the rules let them through."""

from collections.abc import Callable, Mapping

import pytest

from connectcore import (
    ConnectionRules,
    ConnectionsAtMost,
    EmailAfterReports,
    Member,
    Proposal,
    Refusal,
    Refused,
    SentPerWeek,
    WhoMayInvite,
)
from tests.network.inviting import (
    ADDRESS,
    BETWEEN,
    invite,
    inviters,
    pending,
    removed_by_grace,
    told,
    with_address,
)
from tests.worlds import NOON, PROFESSIONAL, World, profile_of, world


def no_strangers(proposal: Proposal) -> Refusal | None:
    """A rule of an application's own: it lets nobody invite."""
    return Refusal(code="closed", message="Closed.") if proposal.other is not None else None


HELD: Mapping[str, tuple[ConnectionRules, Callable[[World], object]]] = {
    "their choice": (
        PROFESSIONAL,
        lambda made: made["grace"].settings.change(who_may_invite=WhoMayInvite.NOBODY),
    ),
    "their removal": (PROFESSIONAL, removed_by_grace),
    "a rule of the application": (PROFESSIONAL.with_inviting(no_strangers), lambda _: None),
    "their block": (PROFESSIONAL, BETWEEN["they block"]),
    "a block of theirs": (PROFESSIONAL, BETWEEN["you block"]),
    "a connection": (PROFESSIONAL.without(SentPerWeek), BETWEEN["connected"]),
}
"""What keeps an invitation to an address from the member whose it is."""


@pytest.mark.parametrize("confirmed", ["before", "after"])
@pytest.mark.parametrize("held", HELD)
def test_what_the_rules_hold_back_does_not_arrive(held: str, confirmed: str) -> None:
    """Whether the address was confirmed before or after; the inviter sees it pending."""
    rules, prepare = HELD[held]
    made = world("ada", "grace", rules=rules)
    prepare(made)
    made.clock.forward(days=1)
    if confirmed == "before":
        made["grace"].addresses.confirm(ADDRESS)
    invite(made)
    made["grace"].addresses.confirm(ADDRESS)

    assert (inviters(made, "grace"), told(made, "grace")) == ([], [])
    assert pending(made) == [ADDRESS]


def test_whoever_joins_with_the_address_finds_the_invitation() -> None:
    """With the note and the moment it was sent, and is told of it; others find nothing."""
    made = world("ada", "grace")
    invite(made, note="Join us.")
    made["grace"].addresses.confirm("grace@example.org")
    assert inviters(made, "grace") == []

    made["grace"].addresses.confirm(ADDRESS.upper())

    (found,) = made["grace"].invitations.received().items
    assert (found.inviter, found.invitee, found.sent_at, found.note) == (
        *("ada", "grace"),
        *(NOON, "Join us."),
    )
    assert told(made, "grace") == [("invitation_received", "ada")]
    assert [each.to for each in made["grace"].notices.page().items] == ["grace"]


def test_accepting_connects() -> None:
    """The inviter is told who it was, and the invitation waits no longer; accepting again is done."""
    made = with_address()
    invite(made)

    connection = made["grace"].invitations.accept("ada")
    made.clock.forward(days=1)

    assert made["grace"].invitations.accept("ada") == connection
    assert connection.since == NOON.replace(hour=13)
    assert (pending(made), inviters(made, "grace")) == ([], [])
    assert told(made, "ada") == [("invitation_accepted", "grace")]
    assert told(made, "grace") == []
    assert made["ada"].connections.page().items[0].member == "grace"
    assert made["ada"].follows.following() == {"grace"}


def test_the_limit_of_connections_holds_when_accepting() -> None:
    """What refuses to accept an invitation refuses to accept one to an address; nothing changes."""
    rules = PROFESSIONAL.with_accepting(ConnectionsAtMost(0))
    made = with_address(rules=rules)
    invite(made)

    with pytest.raises(Refused, match="You may have 0 connections"):
        made["grace"].invitations.accept("ada")

    assert (pending(made), inviters(made, "grace")) == ([ADDRESS], ["ada"])


def test_ignoring_is_silent_and_may_be_taken_back() -> None:
    """It leaves the list of the one and stays in that of the other, and is accepted later."""
    made = with_address()
    invite(made)

    made["grace"].invitations.ignore("ada")
    made["grace"].invitations.ignore("ada")

    assert (inviters(made, "grace"), told(made, "grace")) == ([], [])
    assert (pending(made), told(made, "ada")) == ([ADDRESS], [])
    made["grace"].invitations.accept("ada")
    assert told(made, "ada") == [("invitation_accepted", "grace")]


def test_a_report_holds_for_whatever_follows() -> None:
    """The inviter sees all of it pending, and none of it arrives, to the address or the member."""
    made = with_address()
    made["grace"].addresses.confirm("grace@example.com")
    invite(made)

    made["grace"].invitations.report("ada")
    made["ada"].invitations.send_to_address("grace@example.com")
    made["ada"].invitations.send("grace", note="Why not?")

    assert (inviters(made, "grace"), told(made, "grace")) == ([], [])
    assert sorted(pending(made)) == ["grace@example.com", ADDRESS]
    assert [each.invitee for each in made["ada"].invitations.sent().items] == ["grace"]


def test_a_report_counts() -> None:
    """Whoever was reported too often has to know an address of a member; here they do."""
    made = with_address(rules=PROFESSIONAL.with_inviting(EmailAfterReports(1)))
    made.network.join(Member("linus", profile_of("linus")))
    invite(made)
    made["grace"].invitations.report("ada")
    made["grace"].invitations.report("ada")

    verdict = made["ada"].invitations.may_send("linus")

    assert [refusal.code for refusal in verdict.refusals] == ["email_needed"]
    assert made["ada"].invitations.may_send_to_address("linus@example.com").allowed


def test_a_connection_answers_an_earlier_report() -> None:
    """Once the two have connected it is held against nobody."""
    made = with_address()
    invite(made)
    made["grace"].invitations.report("ada")
    made["grace"].invitations.accept("ada")
    made["ada"].connections.remove("grace")
    made.clock.forward(days=1)

    made["ada"].invitations.send("grace")

    assert inviters(made, "grace") == ["ada"]


def test_whom_one_ignored_one_may_invite() -> None:
    """It connects, as crossing does, whether the invitation waits or was set aside."""
    for answer_first in (lambda _: None, lambda made: made["grace"].invitations.ignore("ada")):
        made = with_address()
        invite(made)
        answer_first(made)

        assert made["grace"].invitations.may_send("ada").allowed
        made["grace"].invitations.send("ada")

        assert made["grace"].connections.count() == 1
        assert (pending(made), told(made, "ada")) == ([], [("invitation_accepted", "grace")])


def test_an_address_does_not_cross() -> None:
    """Inviting the address of somebody who invited one connects nobody; either may accept."""
    for accepts, other in (("ada", "grace"), ("grace", "ada")):
        made = with_address()
        made["grace"].invitations.send("ada")
        invite(made)
        assert (inviters(made, "ada"), inviters(made, "grace")) == (["grace"], ["ada"])
        assert made["ada"].connections.count() == 0

        made[accepts].invitations.accept(other)

        assert made["ada"].connections.count() == 1
        assert (inviters(made, "ada"), inviters(made, "grace")) == ([], [])
        assert told(made, other) == [("invitation_accepted", accepts)]
        assert told(made, accepts) == []


def test_an_invitation_that_grew_too_old_is_out_of_the_way() -> None:
    """One between the two that nobody answered does not keep one to an address from being accepted."""
    made = with_address()
    made["ada"].invitations.send("grace")
    made.clock.forward(days=181)
    invite(made)

    made["grace"].invitations.accept("ada")

    assert made["ada"].connections.count() == 1


@pytest.mark.parametrize(("blocker", "blocked"), [("ada", "grace"), ("grace", "ada")])
def test_a_block_holds_for_addresses(blocker: str, blocked: str) -> None:
    """What waits is gone for the one whose address it is, and does not come back with the block."""
    made = with_address()
    invite(made)

    made[blocker].blocks.add(blocked)
    assert (inviters(made, "grace"), told(made, "grace"), pending(made)) == ([], [], [ADDRESS])
    with pytest.raises(Refused):
        made["grace"].invitations.accept("ada")

    made.clock.forward(days=1)
    made[blocker].blocks.remove(blocked)
    assert (inviters(made, "grace"), told(made, "grace"), pending(made)) == ([], [], [ADDRESS])
    with pytest.raises(Refused):
        made["grace"].invitations.accept("ada")


def test_a_connection_settles_it() -> None:
    """Nothing waits for the one any more, nor comes back; the other is not told whose it was."""
    made = with_address()
    invite(made)
    made.connect(("ada", "grace"))
    assert (inviters(made, "grace"), pending(made)) == ([], [ADDRESS])

    made.clock.forward(days=1)
    made["ada"].connections.remove("grace")

    assert (inviters(made, "grace"), told(made, "grace"), pending(made)) == ([], [], [ADDRESS])


def test_several_invitations_of_one_member_are_one() -> None:
    """Listed is the newest; accepting it leaves the others pending for the inviter, and for nobody else."""
    made = with_address()
    made["grace"].addresses.confirm("grace@example.com")
    invite(made, note="The first.")
    made["ada"].invitations.send_to_address("grace@example.com", note="The second.")
    made.clock.forward(hours=1)

    assert [each.note for each in made["grace"].invitations.received().items] == ["The second."]
    assert len(told(made, "grace")) == 1
    made["grace"].invitations.accept("ada")
    assert (inviters(made, "grace"), told(made, "grace")) == ([], [])
    assert pending(made) == [ADDRESS]


def test_an_invitation_to_the_member_comes_first() -> None:
    """Beside one to an address it is the one that is listed; ignoring sets both aside."""
    made = with_address()
    made["ada"].invitations.send("grace", note="To you.")
    invite(made, note="To your address.")

    assert [each.note for each in made["grace"].invitations.received().items] == ["To you."]
    made["grace"].invitations.ignore("ada")
    assert (inviters(made, "grace"), told(made, "grace")) == ([], [])
    assert pending(made) == [ADDRESS]
    made["grace"].invitations.accept("ada")
    assert (told(made, "ada"), pending(made)) == ([("invitation_accepted", "grace")], [ADDRESS])


def test_one_to_an_address_waits_beside_one_set_aside() -> None:
    """Whoever was ignored may try again, also this way."""
    made = with_address()
    made["ada"].invitations.send("grace")
    made["grace"].invitations.ignore("ada")
    made.clock.forward(days=1)

    invite(made, note="Again.")

    assert [each.note for each in made["grace"].invitations.received().items] == ["Again."]


def test_received_invitations_of_both_kinds_are_in_one_order() -> None:
    """Newest first, in pages that fit together."""
    members = [f"m{number}" for number in range(6)]
    made = with_address("grace", *members)
    for number, member in enumerate(members):
        if number % 2:
            made[member].invitations.send("grace")
            made.clock.forward(hours=1)
        else:
            invite(made, member)
    mine, found, after = made["grace"].invitations, list[str](), None

    while True:
        page = mine.received(limit=2, after=after)
        found += [each.inviter for each in page.items]
        after = page.next
        if after is None:
            break

    assert found == inviters(made, "grace") == members[::-1]
    assert [actor for _, actor in told(made, "grace")] == members[::-1]


def test_who_invited_an_address_is_not_suggested() -> None:
    """As whoever invited is not; to the inviter the other one is suggested as before."""
    made = with_address("ada", "grace", "linus", connected=[("ada", "linus"), ("grace", "linus")])
    suggested = [each.member for each in made["ada"].connections.suggestions()]
    invite(made)

    assert made["grace"].connections.suggestions() == ()
    assert [each.member for each in made["ada"].connections.suggestions()] == suggested == ["grace"]
