"""Invitations to addresses as decisions: what an inviter may notice, and what reaches a member."""

from datetime import timedelta

import pytest

from connectcore import (
    AddressInvitation,
    Blocked,
    Connected,
    ConnectionRemoved,
    InvalidValue,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberId,
    MemberUnblocked,
    PairEvent,
    Relationship,
    Strangers,
    replay,
)
from connectcore.guests import arrivals, is_invited_by, own_doing
from tests.worlds import NOON

ADA, GRACE = MemberId("ada"), MemberId("grace")
HOME, WORK = MemberId("home"), MemberId("work")
DAY = timedelta(days=1)


def invited(guest: MemberId, days: int = 0) -> Invited:
    """Ada and an address of Grace, which she invited some days after noon."""
    state = replay([InvitationSent(by=ADA, to=guest, at=NOON + days * DAY, note="Hello.")])
    assert isinstance(state, Invited)
    return state


def test_an_invitation_keeps_its_address_in_one_form() -> None:
    """What is no address is none."""
    sent = AddressInvitation(inviter="ada", address=" grace@Example.org", sent_at=NOON)

    assert sent.address == "grace@example.org"
    with pytest.raises(InvalidValue, match="'grace' is no e-mail address"):
        AddressInvitation(inviter="ada", address="grace", sent_at=NOON)


def test_an_inviter_is_held_to_their_own_past_alone() -> None:
    """What a guest ignored or reported is no part of it; what the inviter withdrew is."""
    history: list[PairEvent] = []
    for answer in (InvitationIgnored, InvitationReported):
        history += [
            InvitationSent(by=ADA, to=HOME, at=NOON),
            answer(by=HOME, to=ADA, at=NOON),
            InvitationWithdrawn(by=ADA, to=HOME, at=NOON),
        ]
    relationship = replay(history)

    assert len(relationship.past.events) == 3
    assert own_doing(relationship, ADA).past.events == {history[-1]}


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], [WORK, HOME]),
        ([InvitationSent(by=GRACE, to=ADA, at=NOON)], [WORK, HOME]),
        ([MemberBlocked(by=GRACE, to=ADA, at=NOON + 3 * DAY)], []),
        ([MemberBlocked(by=ADA, to=GRACE, at=NOON - DAY)], []),
        (
            [
                MemberBlocked(by=GRACE, to=ADA, at=NOON - DAY),
                MemberUnblocked(by=GRACE, to=ADA, at=NOON + DAY),
            ],
            [WORK],
        ),
        (
            [
                MemberBlocked(by=ADA, to=GRACE, at=NOON - 2 * DAY),
                MemberUnblocked(by=ADA, to=GRACE, at=NOON - DAY),
            ],
            [WORK, HOME],
        ),
        (
            [
                MemberBlocked(by=ADA, to=GRACE, at=NOON),
                MemberUnblocked(by=ADA, to=GRACE, at=NOON + 2 * DAY),
            ],
            [],
        ),
    ],
)
def test_what_was_sent_before_something_ended_is_gone(
    history: list[PairEvent], expected: list[MemberId]
) -> None:
    """A block or a connection takes what came before its end, whoever set it; the newest is first."""
    guests = {HOME: invited(HOME), WORK: invited(WORK, days=2)}

    assert [arrival.guest for arrival in arrivals(replay(history), guests)] == expected


def test_a_connection_takes_what_came_before_its_end() -> None:
    """While it lasts nothing arrives, and afterwards only what was sent since."""
    connected = Connected(since=NOON)
    removed = ConnectionRemoved(by=GRACE, to=ADA, at=NOON + DAY)
    parted = Strangers(past=Strangers().past.remember(removed))
    guests = {HOME: invited(HOME), WORK: invited(WORK, days=2)}

    assert arrivals(connected, guests) == ()
    assert [arrival.guest for arrival in arrivals(parted, guests)] == [WORK]


def test_only_an_invitation_arrives() -> None:
    """An address to which nothing was sent, or nothing that is left, brings nothing."""
    assert arrivals(Strangers(), {HOME: Strangers()}) == ()
    assert arrivals(Strangers(), {}) == ()


@pytest.mark.parametrize("real", [Strangers(), replay([InvitationSent(by=GRACE, to=ADA, at=NOON)])])
def test_an_arrival_makes_two_as_if_invited(real: Strangers | Invited) -> None:
    """With the moment and the note of the invitation, and with all that was between the two."""
    (arrival,) = arrivals(real, {HOME: invited(HOME)})

    assert arrival.waits
    assert arrival.between(GRACE, real) == Invited(
        invitation=replay_of(InvitationSent(by=ADA, to=GRACE, at=NOON, note="Hello.")).invitation,
        follows=real.follows,
        past=real.past,
    )


def replay_of(sent: InvitationSent) -> Invited:
    """The state that an invitation leads to."""
    state = replay([sent])
    assert isinstance(state, Invited)
    return state


@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        (Strangers(), False),
        (invited(GRACE), True),
        (replay([InvitationSent(by=GRACE, to=ADA, at=NOON)]), False),
        (Connected(since=NOON), False),
        (Blocked(blocks=frozenset()), False),
    ],
)
def test_who_invited_is_told_apart(relationship: Relationship, expected: object) -> None:
    """An invitation the other way is none of theirs."""
    assert is_invited_by(relationship, ADA) is expected
