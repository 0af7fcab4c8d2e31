"""Invitations to addresses as decisions: what an inviter may notice, and what reaches a member."""

from datetime import UTC, timedelta, timezone

import pytest
from attrs import evolve

from connectcore import (
    AddressInvitation,
    Blocked,
    Connected,
    ConnectionRemoved,
    GuestInvited,
    GuestReminded,
    InvalidValue,
    InvitationExpired,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberFollowed,
    MemberId,
    MemberUnblocked,
    NoteAtMost,
    PairEvent,
    Relationship,
    ReminderPolicy,
    Strangers,
    Verdict,
    replay,
)
from connectcore.guests import (
    GuestMail,
    SentToAddress,
    arrivals,
    invite_address,
    is_invited_by,
    is_still_meant,
    own_doing,
    withdraw_from_address,
)
from connectcore.refusals import NO_INVITATION
from tests.between import proposal
from tests.worlds import NOON, OPEN

ADA, GRACE = MemberId("ada"), MemberId("grace")
HOME, WORK = MemberId("home"), MemberId("work")
DAY = timedelta(days=1)
EAST = timezone(timedelta(hours=5))


def invited(guest: MemberId, days: int = 0) -> Invited:
    """Ada and an address of Grace, which she invited some days after noon."""
    state = replay([InvitationSent(by=ADA, to=guest, at=NOON + days * DAY, note="Hello.")])
    assert isinstance(state, Invited)
    return state


def test_an_invitation_keeps_its_address_in_one_form() -> None:
    """What is no address is none; moments are in UTC."""
    sent = AddressInvitation(inviter="ada", address=" grace@Example.org", sent_at=NOON)

    assert sent.address == "grace@example.org"
    assert evolve(sent, remind_at=[NOON.astimezone(EAST)]).remind_at[0].tzinfo is UTC
    with pytest.raises(InvalidValue, match=r"^this is no e-mail address"):
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


SENT_HOME = InvitationSent(by=ADA, to=HOME, at=NOON, note="Hello.")
TAKEN_BACK = InvitationWithdrawn(by=ADA, to=HOME, at=NOON)


def test_an_address_is_invited_once() -> None:
    """As a member would be, under the same rules; and done is done."""
    asked = proposal(to=HOME, note="Hello.")
    done = evolve(asked, relationship=invited(HOME))
    refused = invite_address(asked, OPEN.with_inviting(NoteAtMost(1)))

    assert invite_address(asked, OPEN) == SENT_HOME
    assert invite_address(done, OPEN.with_inviting(NoteAtMost(1))) is None
    assert isinstance(refused, Verdict)
    assert [refusal.code for refusal in refused.refusals] == ["note_too_long"]


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([SENT_HOME], TAKEN_BACK),
        ([SENT_HOME, TAKEN_BACK], None),
        ([SENT_HOME, TAKEN_BACK, SENT_HOME], TAKEN_BACK),
        ([], Verdict((NO_INVITATION,))),
        ([SENT_HOME, InvitationExpired(by=ADA, to=HOME, at=NOON)], Verdict((NO_INVITATION,))),
    ],
)
def test_an_invitation_to_an_address_is_taken_back_once(
    history: list[PairEvent], expected: object
) -> None:
    """What was never sent, or grew too old, is not there; and done is done."""
    assert withdraw_from_address(proposal(to=HOME, relationship=replay(history))) == expected


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


@pytest.mark.parametrize(
    "real",
    [
        Strangers(),
        replay([InvitationSent(by=GRACE, to=ADA, at=NOON)]),
        replay(
            [
                MemberBlocked(by=ADA, to=GRACE, at=NOON - DAY),
                MemberUnblocked(by=ADA, to=GRACE, at=NOON - DAY),
                MemberFollowed(by=GRACE, to=ADA, at=NOON - DAY),
            ]
        ),
    ],
)
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


# ── Mail to a guest ─────────────────────────────────────────────────────────────────────────────

WEEK = timedelta(weeks=1)


@pytest.mark.parametrize(
    ("after", "expiry", "expected"),
    [
        ([], None, []),
        ([WEEK], None, [WEEK]),
        ([DAY, 3 * WEEK], None, [DAY, 3 * WEEK]),
        ([DAY, 3 * WEEK], 3 * WEEK, [DAY]),
        ([DAY], DAY / 2, []),
    ],
)
def test_reminders_are_counted_from_the_invitation(
    after: list[timedelta], expiry: timedelta | None, expected: list[timedelta]
) -> None:
    """None is planned for a moment at which the invitation will have grown too old."""
    planned = ReminderPolicy(after=after).moments(NOON, expiry=expiry)

    assert [at - NOON for at in planned] == expected


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ([DAY, WEEK, 2 * WEEK], "reminded of 2 times at most, not 3"),
        ([timedelta(0)], "after the invitation"),
        ([-DAY], "after the invitation"),
        ([WEEK, DAY], "one after the other"),
        ([DAY, DAY], "one after the other"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(after: list[timedelta], said: str) -> None:
    """Two reminders at most, in their order, and none before there is something to be reminded of."""
    with pytest.raises(InvalidValue, match=said):
        ReminderPolicy(after=after)


SENT = AddressInvitation(
    inviter=ADA, address="a@example.org", sent_at=NOON, remind_at=(NOON + DAY,)
)
FIRST = GuestInvited(invitation=SENT)
AGAIN = GuestReminded(invitation=SENT, at=NOON + DAY)
IGNORED = replay(
    [
        InvitationSent(by=ADA, to=HOME, at=NOON),
        InvitationIgnored(by=HOME, to=ADA, at=NOON),
    ]
)


@pytest.mark.parametrize(
    ("mail", "sent", "relationship", "expected"),
    [
        (FIRST, SENT, invited(HOME), True),
        (AGAIN, SENT, invited(HOME), True),
        (FIRST, SENT, IGNORED, False),
        (AGAIN, SENT, IGNORED, False),
        (FIRST, SENT, Strangers(), False),
        (FIRST, None, Strangers(), False),
        (FIRST, None, invited(HOME), False),
        (FIRST, evolve(SENT, remind_at=()), invited(HOME), True),
        (AGAIN, evolve(SENT, remind_at=()), invited(HOME), False),
        (FIRST, evolve(SENT, sent_at=NOON + WEEK), invited(HOME, days=7), False),
        (AGAIN, evolve(SENT, sent_at=NOON + WEEK), invited(HOME, days=7), False),
    ],
)
def test_mail_is_meant_as_long_as_the_invitation_waits(
    mail: GuestMail, sent: AddressInvitation | None, relationship: Relationship, expected: object
) -> None:
    """Not after an answer, a withdrawal or another invitation, and no reminder that was cancelled."""
    kept = None if sent is None else SentToAddress(guest=HOME, invitation=sent)

    assert is_still_meant(mail, kept, relationship) is expected
