"""Decisions about messages: every way and every answer, in whatever is between the two."""

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve

from connectcore import (
    InMailPlan,
    InvalidValue,
    Member,
    MessagePolicy,
    MessageProposal,
    MessageRequest,
    MessageStanding,
    MessageWay,
    Position,
    Profile,
    Relationship,
    RequestStatus,
    Settings,
    Verdict,
    WhoMayWrite,
    share_connection_or_company,
)
from connectcore.messages import going_on
from connectcore.writing import accept, after_answer, decline, weigh_message, withdraw
from tests.between import ADA, GRACE, SITUATIONS
from tests.worlds import NOON, profile_of

PLAN = InMailPlan()
POLICY = MessagePolicy(requesting=())
FREELY, REQUEST, INMAIL = MessageWay
SENT = MessageRequest(id="1", way=REQUEST, sender=ADA, to=GRACE, at=NOON, text="May I?")
RECEIVED = evolve(SENT, sender=GRACE, to=ADA)


def grace(who_may_write: WhoMayWrite = WhoMayWrite.REQUESTS) -> Member[Profile]:
    """Grace, who chose whom she takes messages from."""
    return Member(GRACE, profile_of(GRACE), settings=Settings(who_may_write=who_may_write))


def proposal(**facts: Any) -> MessageProposal:
    """What Ada proposes to Grace at noon, with other *facts*."""
    between: dict[str, Any] = {"other": grace(), "plan": PLAN, "at": NOON}
    return MessageProposal(
        **{"actor": Member(ADA, profile_of(ADA)), "to": GRACE, **between, **facts}
    )


def outcome(verdict: MessageRequest | Verdict | None) -> str:
    """What a decision says: the codes of its true causes, what became of it, or nothing."""
    match verdict:
        case None:
            return "done"
        case MessageRequest():
            return verdict.status.value
        case Verdict():
            return " ".join(refusal.code for refusal in verdict.refusals)


CASES: Mapping[str, tuple[Mapping[str, Any], tuple[str, str, str]]] = {
    "oneself": ({"to": ADA}, ("oneself",) * 3),
    "nobody there": ({"other": None}, ("nobody_there",) * 3),
    "a hidden connection": (
        {"other": None, "relationship": SITUATIONS["connected"]},
        ("nobody_there",) * 3,
    ),
    "strangers": ({}, ("not_open", "", "")),
    "Ada invited": ({"relationship": SITUATIONS["Ada invited"]}, ("not_open", "", "")),
    "Grace invited": ({"relationship": SITUATIONS["Grace invited"]}, ("not_open", "", "")),
    "connected": (
        {"relationship": SITUATIONS["connected"]},
        ("", "open_already", "open_already"),
    ),
    "Ada blocked": ({"relationship": SITUATIONS["Ada blocked"]}, ("you_blocked",) * 3),
    "Grace blocked": ({"relationship": SITUATIONS["Grace blocked"]}, ("blocked_by_them",) * 3),
    "both blocked": ({"relationship": SITUATIONS["both blocked"]}, ("you_blocked",) * 3),
    "an open profile": (
        {"other": grace(WhoMayWrite.ANYONE)},
        ("", "open_already", "open_already"),
    ),
    "one who takes nothing": (
        {"other": grace(WhoMayWrite.CONNECTIONS)},
        ("not_open", "messages_closed", "messages_closed"),
    ),
    "correspondents": ({"is_correspondent": True}, ("", "open_already", "open_already")),
    "Ada asked": ({"sent": SENT}, ("not_open", "request_waits", "request_waits")),
    "Ada asked and withdrew": (
        {"sent": SENT.ended(RequestStatus.WITHDRAWN, at=NOON)},
        ("not_open", "request_withdrawn", ""),
    ),
    "Ada's InMail was declined": (
        {"sent": evolve(SENT, way=INMAIL, status=RequestStatus.DECLINED)},
        ("not_open", "", ""),
    ),
    "Grace asked": ({"received": RECEIVED}, ("", "open_already", "open_already")),
    "Grace asked and withdrew": (
        {"received": RECEIVED.ended(RequestStatus.WITHDRAWN, at=NOON)},
        ("not_open", "", ""),
    ),
    "Ada has no plan": ({"plan": None}, ("not_open", "", "no_inmail")),
}


@pytest.mark.parametrize(("facts", "expected"), CASES.values(), ids=CASES)
def test_who_may_write_by_which_way(
    facts: Mapping[str, Any], expected: tuple[str, str, str]
) -> None:
    """Freely, by a request, and by InMail; in the words that an operator reads."""
    verdicts = (weigh_message(proposal(**facts, way=way), POLICY) for way in MessageWay)

    assert tuple(map(outcome, verdicts)) == expected


ANSWERS: Mapping[str, tuple[Mapping[str, Any], tuple[str, str, str]]] = {
    "oneself": ({"to": ADA}, ("oneself",) * 3),
    "nobody there": ({"other": None, "sent": SENT, "received": RECEIVED}, ("nobody_there",) * 3),
    "Grace blocked": (
        {"relationship": SITUATIONS["Grace blocked"], "sent": SENT, "received": RECEIVED},
        ("blocked_by_them",) * 3,
    ),
    "nothing": ({}, ("no_request",) * 3),
    "a request of Grace": ({"received": RECEIVED}, ("accepted", "waiting", "no_request")),
    "an InMail of Grace": (
        {"received": evolve(RECEIVED, way=INMAIL)},
        ("accepted", "declined", "no_request"),
    ),
    "accepted": (
        {"received": evolve(RECEIVED, status=RequestStatus.ACCEPTED)},
        ("done", "no_request", "no_request"),
    ),
    "declined": (
        {"received": evolve(RECEIVED, way=INMAIL, status=RequestStatus.DECLINED)},
        ("no_request", "done", "no_request"),
    ),
    "withdrawn by Grace": (
        {"received": evolve(RECEIVED, status=RequestStatus.WITHDRAWN)},
        ("no_request",) * 3,
    ),
    "a request of Ada": ({"sent": SENT}, ("no_request", "no_request", "withdrawn")),
    "an InMail of Ada": ({"sent": evolve(SENT, way=INMAIL)}, ("no_request",) * 3),
    "accepted by Grace": (
        {"sent": evolve(SENT, status=RequestStatus.ACCEPTED)},
        ("no_request",) * 3,
    ),
    "withdrawn": (
        {"sent": evolve(SENT, status=RequestStatus.WITHDRAWN)},
        ("no_request", "no_request", "done"),
    ),
}


@pytest.mark.parametrize(("facts", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_what_becomes_of_a_request(
    facts: Mapping[str, Any], expected: tuple[str, str, str]
) -> None:
    """Accepted, declined or withdrawn, as its sender sees it then; of a silent no they see nothing."""
    asked = proposal(**facts)

    assert tuple(outcome(decide(asked)) for decide in (accept, decline, withdraw)) == expected


def test_a_request_keeps_when_it_ended() -> None:
    """The moment at which it was accepted, declined or taken back; all else stays as it was."""
    asked = proposal(received=evolve(RECEIVED, way=INMAIL), sent=SENT)

    for decided, request, status in (
        (accept(asked), asked.received, RequestStatus.ACCEPTED),
        (decline(asked), asked.received, RequestStatus.DECLINED),
        (withdraw(asked), asked.sent, RequestStatus.WITHDRAWN),
    ):
        assert request is not None
        assert decided == evolve(request, status=status, ended_at=asked.at)


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)
def test_the_other_is_never_told_why_they_are_out_of_reach(situation: Relationship) -> None:
    """A block and an absence look the same, whatever else would refuse."""
    asked = proposal(
        relationship=situation, other=grace(WhoMayWrite.CONNECTIONS), plan=None, way=INMAIL
    )
    codes = [refusal.code for refusal in weigh_message(asked, POLICY).disclosed().refusals]

    assert not {"blocked_by_them", "nobody_there", "messages_closed"} & set(codes)


# ── The stock rule ──────────────────────────────────────────────────────────────────────────────

NOW = Position(title="Analyst", company="Engines")
ELSEWHERE = Position(title="Analyst", company="Looms")
ONCE = evolve(NOW, ended=NOON.date())
NAMELESS = Position(title="Analyst", company=" ")


@pytest.mark.parametrize(
    ("own", "theirs", "expected"),
    [
        ((NOW,), (evolve(NOW, company=" ENGINES "), ELSEWHERE), ""),
        ((NOW,), (ELSEWHERE,), "nothing_in_common"),
        ((NOW,), (ONCE,), "nothing_in_common"),
        ((ONCE,), (NOW,), "nothing_in_common"),
        ((NAMELESS,), (NAMELESS,), "nothing_in_common"),
        ((), (), "nothing_in_common"),
    ],
)
def test_colleagues_may_ask(
    own: tuple[Position, ...], theirs: tuple[Position, ...], expected: str
) -> None:
    """Those who work for one company now, however it is written; a shared connection serves too."""
    asked = proposal(
        actor=Member(ADA, evolve(profile_of(ADA), positions=own)),
        other=Member(GRACE, evolve(profile_of(GRACE), positions=theirs)),
    )

    refusal = share_connection_or_company(asked)

    assert (refusal.code if refusal else "") == expected
    assert refusal is None or refusal.message == (
        "A message request takes a shared connection or a company where you both work."
    )
    assert share_connection_or_company(evolve(asked, shared=1)) is None
    assert share_connection_or_company(evolve(asked, other=None)) is None


# ── What is counted and kept ────────────────────────────────────────────────────────────────────


def test_only_an_inmail_gives_anything_back() -> None:
    """Also to somebody of whom nothing was counted yet, and to nobody without a plan."""
    inmail = evolve(SENT, way=INMAIL)

    def back(request: MessageRequest, plan: InMailPlan | None) -> MessageStanding | None:
        return after_answer(None, request, at=NOON, plan=plan, policy=POLICY)

    standing = back(inmail, PLAN)
    assert standing is not None
    assert standing.balance is not None
    assert standing.balance.credits == 6
    assert back(inmail, None) is None
    assert back(SENT, PLAN) is None


def test_a_message_is_by_one_of_the_two() -> None:
    """A third member writes in no conversation of theirs, and nobody has one with themselves."""
    for others in ({"sender": "mary"}, {"member": ADA}):
        with pytest.raises(InvalidValue, match="writes in no conversation"):
            evolve(SENT.message, **others)


def test_a_conversation_goes_on() -> None:
    """Its last message is the newest, and reading is no matter of writing."""
    first = SENT.message
    begun = going_on(None, first)

    assert (begun.of, begun.member, begun.last, begun.unread) == (ADA, GRACE, first, 0)
    older = evolve(first, id="0", at=NOON.replace(year=2025))
    assert going_on(evolve(begun, unread=3), older) == evolve(begun, unread=3)
