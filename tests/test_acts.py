"""The table of acts: what each does in every situation between two members."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    Act,
    ConnectionRemoved,
    ConnectionRules,
    InvitationExpired,
    InvitationWithdrawn,
    MemberFollowed,
    PairEvent,
    Proposal,
    Relationship,
    Verdict,
    decide,
    replay,
)
from connectcore.acts import foresee
from connectcore.refusals import Caution
from connectcore.relationships import transition
from connectcore.testing.strategies import connection_rules, proposals
from tests.between import ADA, GRACE, SITUATIONS, did, proposal

OPEN, PROFESSIONAL = ConnectionRules.open(), ConnectionRules.professional()
HALF_A_YEAR = timedelta(days=180)

ASKED: Mapping[str, Proposal] = {
    "oneself": proposal(to=ADA),
    "nobody there": proposal(other=None),
    **{name: proposal(relationship=state) for name, state in SITUATIONS.items()},
    "Ada invited, expired": proposal(
        relationship=SITUATIONS["Ada invited"], at=proposal().at + HALF_A_YEAR
    ),
    "Grace invited, expired": proposal(
        relationship=SITUATIONS["Grace invited"], at=proposal().at + HALF_A_YEAR
    ),
}

DONE = "-"
SELF, NOBODY = ["oneself"] * 6, ["nobody_there"] * 6
YOURS, THEIRS = ["you_blocked"] * 6, ["blocked_by_them"] * 6

BETWEEN_TWO = (Act.SEND, Act.ACCEPT, Act.IGNORE, Act.REPORT, Act.WITHDRAW, Act.REMOVE)
SENT, ACCEPTED = "InvitationSent", "InvitationAccepted"
IGNORED, REPORTED, WITHDRAWN = "InvitationIgnored", "InvitationReported", "InvitationWithdrawn"
NONE, APART = "no_invitation", "not_connected"

# fmt: off
WHAT_BOTH_SHARE: Mapping[str, Sequence[str]] = {
    #                          send      accept    ignore   report    withdraw   remove
    "oneself":                 SELF,
    "nobody there":            NOBODY,
    "strangers":               [SENT,     NONE,     NONE,    NONE,     NONE,      APART],
    "Ada invited":             [DONE,     NONE,     NONE,    NONE,     WITHDRAWN, APART],
    "Ada invited, ignored":    [DONE,     NONE,     NONE,    NONE,     WITHDRAWN, APART],
    "Ada invited, reported":   [DONE,     NONE,     NONE,    NONE,     WITHDRAWN, APART],
    "Ada invited, expired":    [SENT,     NONE,     NONE,    NONE,     NONE,      APART],
    "Grace invited":           [ACCEPTED, ACCEPTED, IGNORED, REPORTED, NONE,      APART],
    "Grace invited, ignored":  [ACCEPTED, ACCEPTED, DONE,    REPORTED, NONE,      APART],
    "Grace invited, reported": [ACCEPTED, ACCEPTED, DONE,    DONE,     NONE,      APART],
    "Grace invited, expired":  [SENT,     NONE,     NONE,    NONE,     NONE,      APART],
    "connected":               ["already_connected", DONE, NONE, NONE, NONE, "ConnectionRemoved"],
    "Ada blocked":             YOURS,
    "Grace blocked":           THEIRS,
    "both blocked":            YOURS,
}

ONE_SIDED = (Act.BLOCK, Act.UNBLOCK, Act.FOLLOW, Act.UNFOLLOW)
BLOCKED, UNBLOCKED = "MemberBlocked", "MemberUnblocked"
FOLLOWED, UNFOLLOWED = "MemberFollowed", "MemberUnfollowed"

WHAT_IS_ONES_OWN: Mapping[str, Sequence[str]] = {
    #                          block     unblock    follow    unfollow
    "oneself":                 SELF[:4],
    "nobody there":            [BLOCKED, DONE, "nobody_there", "nobody_there"],
    "strangers":               [BLOCKED, DONE,      FOLLOWED, DONE],
    "Ada invited":             [BLOCKED, DONE,      FOLLOWED, DONE],
    "Ada invited, ignored":    [BLOCKED, DONE,      FOLLOWED, DONE],
    "Ada invited, reported":   [BLOCKED, DONE,      FOLLOWED, DONE],
    "Ada invited, expired":    [BLOCKED, DONE,      FOLLOWED, DONE],
    "Grace invited":           [BLOCKED, DONE,      FOLLOWED, DONE],
    "Grace invited, ignored":  [BLOCKED, DONE,      FOLLOWED, DONE],
    "Grace invited, reported": [BLOCKED, DONE,      FOLLOWED, DONE],
    "Grace invited, expired":  [BLOCKED, DONE,      FOLLOWED, DONE],
    "connected":               [BLOCKED, DONE,      DONE,     UNFOLLOWED],
    "Ada blocked":             [DONE,    UNBLOCKED, "you_blocked", "you_blocked"],
    "Grace blocked":           [BLOCKED, DONE, "blocked_by_them", "blocked_by_them"],
    "both blocked":            [DONE,    UNBLOCKED, "you_blocked", "you_blocked"],
}
# fmt: on


def outcome(act: Act, asked: Proposal) -> str:
    """What *act* does: the event that happens, `-` if it is done, or the codes that refuse it."""
    match decide(act, asked, PROFESSIONAL):
        case None:
            return DONE
        case Verdict(refusals=refusals):
            return " ".join(refusal.code for refusal in refusals)
        case event:
            return type(event).__name__


@pytest.mark.parametrize("situation", ASKED)
def test_every_act_is_decided_in_every_situation(situation: str) -> None:
    """Whatever Ada does to Grace, whatever the two are: an event, a refusal, or it is done."""
    asked = ASKED[situation]

    assert [outcome(act, asked) for act in BETWEEN_TWO] == WHAT_BOTH_SHARE[situation]
    assert [outcome(act, asked) for act in ONE_SIDED] == WHAT_IS_ONES_OWN[situation]


def test_the_tables_hold_every_act() -> None:
    """An act that is added has to be decided in every situation too."""
    assert {*BETWEEN_TWO, *ONE_SIDED} == set(Act)
    assert set(WHAT_BOTH_SHARE) == set(WHAT_IS_ONES_OWN) == set(ASKED)


@given(st.sampled_from(Act), proposals(), connection_rules())
def test_every_decision_can_happen(act: Act, asked: Proposal, rules: ConnectionRules) -> None:
    """An event that is decided is the actor's own, of that moment, and a legal transition.

    Whatever grew too old is gone first, without anybody doing anything.
    """
    decided = decide(act, asked, rules)

    if isinstance(decided, PairEvent):
        assert (decided.by, decided.to, decided.at) == (asked.actor.id, asked.to, asked.at)
        transition(standing_now(asked, rules), decided)
    if isinstance(decided, Verdict):
        assert not decided.allowed


def standing_now(asked: Proposal, rules: ConnectionRules) -> Relationship:
    """What the two are to each other once an invitation that is too old has expired."""
    state = asked.relationship
    invitation = getattr(state, "invitation", None)
    if invitation and rules.expiry and asked.at >= invitation.sent_at + rules.expiry:
        inviter, invitee = invitation.inviter, invitation.invitee
        state = transition(state, InvitationExpired(by=inviter, to=invitee, at=asked.at))
    return state


HAPPENS = [
    pytest.param(act, situation, id=f"{act.value}, {situation}")
    for acts, table in ((BETWEEN_TWO, WHAT_BOTH_SHARE), (ONE_SIDED, WHAT_IS_ONES_OWN))
    for situation, cells in table.items()
    for act, cell in zip(acts, cells, strict=True)
    if cell[:1].isupper() and (act, cell) != (Act.SEND, ACCEPTED)
]
"""Whatever happens; but who sends what crosses another's is connected, and cannot send again."""


@pytest.mark.parametrize(("act", "situation"), HAPPENS)
def test_an_act_done_once_is_done(act: Act, situation: str) -> None:
    """Doing it again at once changes nothing and refuses nothing."""
    asked = ASKED[situation]
    event = decide(act, asked, PROFESSIONAL)
    assert isinstance(event, PairEvent)
    again = evolve(asked, relationship=transition(standing_now(asked, PROFESSIONAL), event))

    assert decide(act, again, PROFESSIONAL) is None


@pytest.mark.parametrize("act", Act)
def test_a_block_looks_like_nobody(act: Act) -> None:
    """Whoever is blocked reads, for every act, what they would read if nobody were there."""
    blocked = decide(act, ASKED["Grace blocked"], PROFESSIONAL)
    absent = decide(act, ASKED["nobody there"], PROFESSIONAL)

    if isinstance(blocked, Verdict):
        assert isinstance(absent, Verdict)
        assert blocked.disclosed() == absent.disclosed()
    else:
        assert blocked == absent


@pytest.mark.parametrize("situation", ["Ada invited", "Grace invited", "connected"])
def test_what_two_began_either_may_end(situation: str) -> None:
    """Somebody who meanwhile shows Ada nothing can still be answered, removed and unfollowed."""
    gone = evolve(ASKED[situation], other=None)

    for act in Act:
        assert decide(act, gone, OPEN) == decide(act, ASKED[situation], OPEN)


def test_somebody_who_shows_nothing_can_be_unfollowed() -> None:
    """Following ends when the follower wants, and can be begun only with somebody who is there."""
    asked = proposal(relationship=replay([did(ADA, MemberFollowed)]), other=None)

    assert outcome(Act.UNFOLLOW, asked) == UNFOLLOWED
    assert outcome(Act.FOLLOW, asked) == "nobody_there"


@pytest.mark.parametrize(
    ("act", "situation", "event", "expected"),
    [
        (Act.WITHDRAW, "Ada invited", did(ADA, InvitationWithdrawn), DONE),
        (Act.WITHDRAW, "Grace invited", did(GRACE, InvitationWithdrawn), NONE),
        (Act.WITHDRAW, "Ada invited", did(ADA, InvitationExpired), NONE),
        (Act.REMOVE, "connected", did(ADA, ConnectionRemoved), DONE),
        (Act.REMOVE, "connected", did(GRACE, ConnectionRemoved), DONE),
    ],
    ids=["withdrew", "they withdrew", "expired", "removed", "they removed"],
)
def test_what_came_to_an_end_is_not_ended_again(
    act: Act, situation: str, event: PairEvent, expected: str
) -> None:
    """What Ada took back is taken back; a connection that either of them removed is removed."""
    ended = transition(SITUATIONS[situation], event)

    assert outcome(act, proposal(relationship=ended)) == expected


@pytest.mark.parametrize(
    ("act", "situation", "cautioned"),
    [
        (Act.SEND, "strangers", True),
        (Act.SEND, "Grace invited", False),
        (Act.ACCEPT, "Grace invited", False),
        (Act.BLOCK, "strangers", False),
        (Act.REMOVE, "connected", False),
        (Act.SEND, "connected", False),
    ],
)
def test_whoever_would_invite_is_cautioned(act: Act, situation: str, *, cautioned: bool) -> None:
    """With every caution of the rules about what is proposed, and nobody else."""
    asked = proposal(relationship=SITUATIONS[situation])
    rules = evolve(OPEN, cautions=(lambda proposal: Caution(code=proposal.to, message="Think."),))

    assert foresee(act, asked, rules).cautions == (
        (Caution(code=GRACE, message="Think."),) if cautioned else ()
    )
