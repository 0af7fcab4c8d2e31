"""Message requests: from asking to whatever becomes of it."""

from datetime import timedelta
from functools import partial

import pytest

from connectcore import (
    Conversation,
    MemoryStore,
    MessageAllowance,
    MessagePolicy,
    MessageProposal,
    MessageRequest,
    MessageWay,
    NoticeKind,
    Refusal,
    Refused,
)
from connectcore.testing import RecordingStore
from tests.correspondents import IN_REACH, codes, texts, told
from tests.surface import ACTS_ON_A_MEMBER, answer, everything
from tests.worlds import NOON, World, world


def test_a_request_waits_beside_the_conversation(apart: World) -> None:
    """Its sender sees it sent; whom it is to finds it among requests, not among conversations."""
    request = apart["ada"].messages.request("grace", "May I ask you something?")

    assert request == MessageRequest(
        id=request.id,
        way=MessageWay.REQUEST,
        sender="ada",
        to="grace",
        at=NOON,
        text="May I ask you something?",
    )
    assert apart["ada"].messages.requested().items == (request,)
    assert apart["grace"].messages.requests().items == (request,)
    assert texts(apart["ada"].messages.read("grace")) == ["May I ask you something?"]
    assert apart["ada"].messages.conversations().items[0].last == request.message
    assert apart["grace"].messages.conversations().items == ()
    assert apart["grace"].messages.read("ada").items == ()
    assert apart["grace"].messages.unread_count() == 0
    assert told(apart, "grace") == [(NoticeKind.MESSAGE_REQUESTED, "ada")]


def test_one_request_waits_at_a_time(apart: World) -> None:
    """Until there is an answer the sender can neither write nor ask again, by whatever way."""
    apart["ada"].messages.request("grace", "May I?")
    messages = apart["ada"].messages

    assert codes(messages.may_send("grace")) == ["not_open"]
    assert codes(messages.may_request("grace")) == ["request_waits"]
    assert codes(messages.may_send_inmail("grace")) == ["request_waits"]
    assert codes(apart["grace"].messages.may_request("ada")) == ["open_already"]


def test_accepting_a_request_opens_the_conversation(apart: World) -> None:
    """What was asked is in it, nothing of it is unread, and both go on freely."""
    apart["ada"].messages.request("grace", "May I?")
    apart.clock.forward(days=1)

    conversation = apart["grace"].messages.accept("ada")

    assert conversation == Conversation(
        of="grace", member="ada", last=apart["grace"].messages.read("ada").items[0]
    )
    assert apart["grace"].messages.conversations().items == (conversation,)
    assert apart["grace"].messages.requests().items == ()
    assert apart["ada"].messages.requested().items == ()
    assert told(apart, "grace") == []
    apart["ada"].messages.send("grace", "Thank you.")
    apart["grace"].messages.send("ada", "Well?")
    assert texts(apart["ada"].messages.read("grace")) == ["Well?", "Thank you.", "May I?"]
    assert codes(apart["ada"].messages.may_request("grace")) == ["open_already"]


def test_accepting_again_changes_nothing(apart: World) -> None:
    """The answer is the conversation as it is by then."""
    apart["ada"].messages.request("grace", "May I?")
    apart["grace"].messages.accept("ada")
    apart["ada"].messages.send("grace", "Thank you.")
    before = everything(apart)
    (conversation,) = apart["grace"].messages.conversations().items

    assert apart["grace"].messages.accept("ada") == conversation
    assert everything(apart) == before


def test_an_answer_accepts(apart: World) -> None:
    """Who writes back to somebody who asked has accepted, and reads both in their order."""
    apart["ada"].messages.request("grace", "May I?")
    apart.clock.forward(days=1)
    apart["grace"].messages.send("ada", "You may.")

    assert texts(apart["grace"].messages.read("ada")) == ["You may.", "May I?"]
    assert apart["grace"].messages.requests().items == ()
    assert apart["ada"].messages.requested().items == ()
    assert apart["ada"].messages.may_send("grace").allowed


def test_an_accepted_request_outlasts_a_connection(apart: World) -> None:
    """What two agreed on does not end with the connection that they made later."""
    apart["ada"].messages.request("grace", "May I?")
    apart["grace"].messages.accept("ada")
    apart.connect(("ada", "grace"))
    apart["ada"].connections.remove("grace")

    assert apart["ada"].messages.may_send("grace").allowed
    assert apart["grace"].messages.may_send("ada").allowed


@pytest.mark.parametrize("days", [0, 5])
def test_declining_is_invisible_to_the_sender(days: int) -> None:
    """Whatever they read or try, nothing tells a declined request from one that waits.

    Nor does the number of calls to the store.
    """
    stores = {what: RecordingStore(MemoryStore()) for what in ("waiting", "declined")}
    worlds = {
        what: world("ada", "grace", "mary", connected=IN_REACH, store=store)
        for what, store in stores.items()
    }
    for made in worlds.values():
        made["ada"].messages.request("grace", "May I?")
        made.clock.forward(days=days)
    worlds["declined"]["grace"].messages.decline("ada")
    worlds["declined"]["grace"].messages.decline("ada")

    waiting, declined = worlds["waiting"], worlds["declined"]
    for viewer in ("ada", "mary", "a visitor"):
        assert everything(declined)[viewer] == everything(waiting)[viewer]
    for name in ("messages.send", "messages.request", "messages.send_inmail", "messages.withdraw"):
        outcomes: list[object] = []
        for what, made in worlds.items():
            stores[what].calls.clear()
            act = partial(ACTS_ON_A_MEMBER[name], made["ada"], "grace")
            outcomes.append((answer(act), stores[what].names))
        assert outcomes[0] == outcomes[1]
    assert everything(declined)["ada"] == everything(waiting)["ada"]
    assert declined["grace"].messages.requests().items == ()


def test_what_was_declined_can_still_be_accepted(apart: World) -> None:
    """Whom it was to may change their mind, by accepting or by an answer."""
    apart["ada"].messages.request("grace", "May I?")
    apart["grace"].messages.decline("ada")

    assert told(apart, "grace") == []
    apart["grace"].messages.accept("ada")
    assert texts(apart["grace"].messages.read("ada")) == ["May I?"]


def test_a_request_can_be_withdrawn(apart: World) -> None:
    """It leaves both, nobody is told, and withdrawing again is done already."""
    apart["ada"].messages.request("grace", "May I?")
    apart["ada"].messages.withdraw("grace")
    apart["ada"].messages.withdraw("grace")

    assert apart["grace"].messages.requests().items == ()
    assert apart["ada"].messages.requested().items == ()
    assert apart["ada"].messages.conversations().items == ()
    assert apart["ada"].messages.read("grace").items == ()
    assert told(apart, "grace") == []
    for act in (apart["grace"].messages.accept, apart["grace"].messages.decline):
        with pytest.raises(Refused, match="no message request between you two"):
            act("ada")


def test_withdrawing_leaves_what_was_written_before(free: World) -> None:
    """The conversation ends with the message before, as much of it unread as was."""
    free["ada"].messages.send("grace", "Before.")
    free["grace"].messages.send("ada", "Indeed.")
    free["grace"].connections.remove("ada")
    free.connect(("ada", "mary"), ("mary", "grace"))
    free.clock.forward(days=1)
    free["ada"].messages.request("grace", "May I?")
    free["ada"].messages.withdraw("grace")
    (conversation,) = free["ada"].messages.conversations().items

    assert (conversation.last.text, conversation.unread) == ("Indeed.", 1)
    assert free["ada"].messages.unread().items == (conversation,)


def test_who_withdrew_waits_to_ask_again(apart: World) -> None:
    """They are told why and from when on it is possible, and then it is."""
    apart["ada"].messages.request("grace", "May I?")
    apart["ada"].messages.withdraw("grace")
    possible_at = NOON + timedelta(weeks=3)
    verdict = apart["ada"].messages.may_request("grace")

    assert (codes(verdict), verdict.possible_at) == (["request_withdrawn"], possible_at)
    assert apart["ada"].messages.may_send_inmail("grace").allowed
    apart.clock.now = possible_at
    apart["ada"].messages.request("grace", "May I now?")
    assert [it.text for it in apart["grace"].messages.requests().items] == ["May I now?"]


def test_requests_a_week_are_limited() -> None:
    """Whatever became of them; the next is possible when the oldest is a week old."""
    people = ("bob", "cat", "dan")
    made = world(
        "ada",
        "mary",
        *people,
        connected=[("ada", "mary"), *((person, "mary") for person in people)],
        messages=MessagePolicy(requests_a_week=2),
    )
    made["ada"].messages.request("bob", "May I?")
    made["bob"].messages.decline("ada")
    made.clock.forward(days=1)
    assert made["ada"].messages.allowance() == MessageAllowance(requests=1)
    made["ada"].messages.request("cat", "May I?")
    made["cat"].blocks.add("ada")
    verdict = made["ada"].messages.may_request("dan")
    (refusal,), (quota,) = verdict.refusals, verdict.quotas

    assert (quota.code, quota.left, quota.frees_at) == (refusal.code, 0, NOON + timedelta(weeks=1))
    assert (refusal.code, refusal.limit, refusal.count) == ("requests_a_week", 2, 2)
    assert verdict.possible_at == NOON + timedelta(weeks=1)
    assert made["ada"].messages.allowance() == MessageAllowance(requests=0)
    assert made["ada"].messages.may_request("dan", at=NOON + timedelta(weeks=1)).allowed


def test_a_request_takes_something_in_common() -> None:
    """By the stock rule; a policy without it lets anybody ask, and one of its own decides anew."""

    def no_shouting(proposal: MessageProposal) -> Refusal | None:
        shouts = proposal.text.isupper()
        return Refusal(code="loud", message="Do not shout.") if shouts else None

    strict = world("ada", "grace")
    lax = world("ada", "grace", messages=MessagePolicy(requesting=(), writing=(no_shouting,)))

    assert codes(strict["ada"].messages.may_request("grace")) == ["nothing_in_common"]
    with pytest.raises(Refused, match="a shared connection or a company"):
        strict["ada"].messages.request("grace", "May I?")
    assert codes(lax["ada"].messages.may_request("grace", text="MAY I")) == ["loud"]
    lax["ada"].messages.request("grace", "May I?")
