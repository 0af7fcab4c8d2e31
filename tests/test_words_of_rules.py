"""The stock rules say why in a sentence for a person, in the numbers of the rule."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import pytest

from connectcore import (
    BlocksAtMost,
    ConnectionRemoved,
    ConnectionsAtMost,
    CoolingOff,
    EmailAfterReports,
    InvitationIgnored,
    InvitationReported,
    InvitationWithdrawn,
    MemberUnblocked,
    NoteAtMost,
    NotesPerMonth,
    PairEvent,
    PendingAtMost,
    ReblockAfter,
    Rule,
    SentPerWeek,
    Standing,
    Strangers,
    caution_strangers,
)
from connectcore.relationships import Past
from tests.between import ADA, GRACE, did, proposal
from tests.worlds import NOON

Words: TypeAlias = tuple[Rule, Mapping[str, Any], str]


def counting(**counts: Any) -> Mapping[str, Any]:
    """The facts of a proposal whose actor has these counts, and a note."""
    return {"note": "1234", "standing": Standing(**counts)}


def since(event: PairEvent) -> Mapping[str, Any]:
    """The facts of a proposal with *event* behind it."""
    return {"relationship": Strangers(past=Past(frozenset((event,))))}


WAITS = CoolingOff(ignoring=None)

WORDS: Mapping[str, Words] = {
    "reports": (
        EmailAfterReports(2),
        counting(reports=2),
        "The sender was reported as unknown too often to invite without an address.",
    ),
    "a long note": (
        NoteAtMost(3),
        counting(),
        "A note may have 3 characters; this one has 4.",
    ),
    "notes": (
        NotesPerMonth(1),
        counting(noted=(NOON,)),
        "1 invitations a month may carry a note; send this one without.",
    ),
    "sent": (SentPerWeek(1), counting(sent=(NOON,)), "1 invitations a week may be sent."),
    "pending": (
        PendingAtMost(3000),
        counting(pending=3000),
        "3,000 invitations may be pending; withdraw one first.",
    ),
    "connections": (
        ConnectionsAtMost(30_000),
        counting(connections=30_000),
        "You may have 30,000 connections; follow them instead.",
    ),
    "connections of the other": (
        ConnectionsAtMost(5),
        {"other_standing": Standing(connections=5)},
        "This member can have no more connections; follow them instead.",
    ),
    "withdrawn": (
        WAITS,
        since(did(ADA, InvitationWithdrawn)),
        "You withdrew an invitation to this member.",
    ),
    "reported": (WAITS, since(did(GRACE, InvitationReported)), "They reported an invitation."),
    "removed": (WAITS, since(did(GRACE, ConnectionRemoved)), "They removed the connection."),
    "ignored": (WAITS, since(did(GRACE, InvitationIgnored)), "They ignored an invitation."),
    "blocks": (
        BlocksAtMost(1000),
        counting(blocks=1000),
        "You may block 1,000 members; unblock one first.",
    ),
    "unblocked": (
        ReblockAfter(),
        since(did(ADA, MemberUnblocked)),
        "You unblocked this member a short while ago.",
    ),
}


@pytest.mark.parametrize(("rule", "facts", "words"), WORDS.values(), ids=WORDS)
def test_a_refusal_says_why(rule: Rule, facts: Mapping[str, Any], words: str) -> None:
    """Also where the actor is told something else: an operator reads the cause."""
    refusal = rule(proposal(**facts))

    assert refusal is not None
    assert refusal.message == words


def test_a_caution_says_why() -> None:
    """What the sender should think about."""
    caution = caution_strangers(proposal())

    assert caution is not None
    assert caution.message == (
        "You seem not to know this member: no shared connection, company or school."
    )
