"""Decisions over one relationship: who may, and what happens."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import given

from connectcore import (
    Acquaintance,
    Blocked,
    Connected,
    ConnectionRemoved,
    ConnectionRules,
    ConnectionsAtMost,
    InvitationAccepted,
    InvitationExpired,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberId,
    MemberUnblocked,
    Quota,
    Refusal,
    Relationship,
    Standing,
    Strangers,
    Verdict,
)
from connectcore.invitations import (
    accept,
    block,
    current,
    expire,
    ignore,
    invite,
    remove,
    report,
    unblock,
    withdraw,
)
from connectcore.refusals import NO_INVITATION
from connectcore.testing.strategies import relationships
from tests.between import ADA, GRACE, SITUATIONS, did, proposal
from tests.worlds import NOON

OPEN, PROFESSIONAL = ConnectionRules.open(), ConnectionRules.professional()
NOT_YOURS = Verdict((NO_INVITATION,))
INSTANT = timedelta(microseconds=1)
LATER = NOON + timedelta(days=1)


def refuses_first(_asked: object) -> Refusal:
    """A rule that refuses whatever is asked."""
    return Refusal(code="first", message="No.")


def refuses_second(_asked: object) -> Refusal:
    """Another one."""
    return Refusal(code="second", message="No, again.")


def refuses_elsewhere(_asked: object) -> Refusal:
    """One that is asked of another act."""
    return Refusal(code="elsewhere", message="Not there.")


COUNTS = ConnectionsAtMost(7)
BOTH = Verdict(
    (refuses_first(None), refuses_second(None)),
    quotas=(Quota(code="connections", limit=7, used=0),),
)


def invited(situation: str) -> Invited:
    """A situation in which one of the two has invited the other."""
    state = SITUATIONS[situation]
    assert isinstance(state, Invited)
    return state


ADA_INVITED = invited("Ada invited")
GRACE_INVITED = invited("Grace invited")


def test_what_was_proposed_is_sent() -> None:
    """Note and acquaintance go with the invitation, at the moment of the proposal."""
    asked = proposal(note="Hello!", acquaintance=Acquaintance.FRIEND, at=LATER)

    assert invite(Strangers(), asked, PROFESSIONAL) == InvitationSent(
        by=ADA, to=GRACE, at=LATER, note="Hello!", acquaintance=Acquaintance.FRIEND
    )


def test_an_invitation_is_refused_for_every_reason_at_once() -> None:
    """The verdict holds all refusals in the order of the rules, and what is left of each limit."""
    rules = OPEN.with_inviting(refuses_first, refuses_second, COUNTS).with_accepting(
        refuses_elsewhere
    )

    assert invite(Strangers(), proposal(), rules) == BOTH


def test_the_invitee_accepts() -> None:
    """Only the invitee can; to the inviter it is as if there were no invitation to answer."""
    assert accept(GRACE_INVITED, proposal(at=LATER), PROFESSIONAL) == InvitationAccepted(
        by=ADA, to=GRACE, at=LATER
    )
    assert accept(ADA_INVITED, proposal(), PROFESSIONAL) == NOT_YOURS


@pytest.mark.parametrize("situation", ["Grace invited, ignored", "Grace invited, reported"])
def test_what_was_set_aside_can_be_accepted(situation: str) -> None:
    """Ignoring or reporting an invitation does not close the way back."""
    assert accept(invited(situation), proposal(), PROFESSIONAL) == did(ADA, InvitationAccepted)


def test_accepting_obeys_the_rules_for_accepting() -> None:
    """An end that is full refuses; so does every other rule of its part, and none of another."""
    rules = OPEN.with_accepting(refuses_first, refuses_second, COUNTS).with_inviting(
        refuses_elsewhere
    )

    assert accept(GRACE_INVITED, proposal(), rules) == BOTH
    for full in ("standing", "other_standing"):
        asked = proposal(**{full: Standing(connections=1)})
        assert accept(GRACE_INVITED, asked, OPEN) == did(ADA, InvitationAccepted)
        assert isinstance(
            accept(GRACE_INVITED, asked, OPEN.with_accepting(ConnectionsAtMost(1))), Verdict
        )


SETTING_ASIDE: Mapping[str, tuple[object, object]] = {
    "Ada invited": (NOT_YOURS, NOT_YOURS),
    "Ada invited, ignored": (NOT_YOURS, NOT_YOURS),
    "Ada invited, reported": (NOT_YOURS, NOT_YOURS),
    "Grace invited": (did(ADA, InvitationIgnored), did(ADA, InvitationReported)),
    "Grace invited, ignored": (None, did(ADA, InvitationReported)),
    "Grace invited, reported": (None, None),
}


@pytest.mark.parametrize("situation", SETTING_ASIDE)
def test_the_invitee_sets_aside_once(situation: str) -> None:
    """Only the invitee can; an ignored one may still be reported, a reported one stays so."""
    state = invited(situation)

    ignored, reported = ignore(state, by=ADA, at=NOON), report(state, by=ADA, at=NOON)

    assert (ignored, reported) == SETTING_ASIDE[situation]


@pytest.mark.parametrize("aside", ["", ", ignored", ", reported"])
def test_the_inviter_withdraws(aside: str) -> None:
    """Only the inviter can, and without learning that the invitation was set aside."""
    assert withdraw(invited(f"Ada invited{aside}"), by=ADA, at=NOON) == did(
        ADA, InvitationWithdrawn
    )
    assert withdraw(invited(f"Grace invited{aside}"), by=ADA, at=NOON) == NOT_YOURS


@pytest.mark.parametrize(
    ("after", "expired"),
    [
        (timedelta(0), False),
        (timedelta(days=180) - INSTANT, False),
        (timedelta(days=180), True),
        (timedelta(days=400), True),
    ],
)
def test_an_invitation_expires_at_its_moment(after: timedelta, *, expired: bool) -> None:
    """It is gone from that moment on, however late somebody looks, and not an instant before."""
    at = NOON + after
    gone = InvitationExpired(by=ADA, to=GRACE, at=NOON + timedelta(days=180))

    assert expire(ADA_INVITED, at=at, rules=PROFESSIONAL) == (gone if expired else None)
    assert isinstance(current(ADA_INVITED, at=at, rules=PROFESSIONAL), Strangers) is expired


@given(relationships())
def test_nothing_expires_under_open_rules(state: Relationship) -> None:
    """An invitation without expiry waits for ever."""
    assert current(state, at=NOON.replace(year=8999), rules=OPEN) is state


@given(relationships())
def test_only_invitations_expire(state: Relationship) -> None:
    """However long ago, a connection, a block and what is remembered of the past stay."""
    late = current(state, at=NOON.replace(year=8999), rules=PROFESSIONAL)

    if isinstance(state, Invited):
        assert late == Strangers(follows=state.follows, past=state.past)
    else:
        assert late is state


@pytest.mark.parametrize(("by", "to"), [(ADA, GRACE), (GRACE, ADA)])
def test_either_ends_a_connection(by: MemberId, to: MemberId) -> None:
    """No rule holds anybody in a connection."""
    assert remove(Connected(since=NOON), by=by, to=to, at=NOON) == did(by, ConnectionRemoved)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_anybody_may_be_blocked_once(situation: str) -> None:
    """Whatever two members are to each other, either may block; a block that stands is done."""
    done = situation in {"Ada blocked", "both blocked"}

    assert block(SITUATIONS[situation], proposal(), PROFESSIONAL) == (
        None if done else did(ADA, MemberBlocked)
    )


def test_blocking_obeys_the_rules_for_blocking() -> None:
    """All of them, and none for another act; a block that stands needs no permission."""
    rules = OPEN.with_blocking(refuses_first, refuses_second, COUNTS).with_inviting(
        refuses_elsewhere
    )

    assert block(Strangers(), proposal(), rules) == BOTH
    assert block(SITUATIONS["Ada blocked"], proposal(), rules) is None


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        ("Ada blocked", did(ADA, MemberUnblocked)),
        ("Grace blocked", None),
        ("both blocked", did(ADA, MemberUnblocked)),
    ],
)
def test_only_a_blocker_unblocks(situation: str, expected: object) -> None:
    """One lifts one's own block; there is nothing to lift in that of the other."""
    state = SITUATIONS[situation]
    assert isinstance(state, Blocked)

    assert unblock(state, by=ADA, to=GRACE, at=NOON) == expected
