"""Messages between those who may write freely, and what each reads of them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest

from connectcore import (
    InMailPlan,
    InvalidValue,
    MemoryStore,
    Message,
    MessagePolicy,
    MessageWay,
    NoticeKind,
    NoticePreferences,
    Profile,
    Refused,
    UnknownMember,
    WhoMayWrite,
)
from connectcore.network.messages import Messages
from connectcore.testing import RecordingStore
from tests.correspondents import IN_REACH, codes, texts, told
from tests.stores.keeping import contents
from tests.surface import seen_by
from tests.worlds import HIDDEN, NOON, UNBOUNDED, World, world

# ── Between connections ───────────────────────────────────────────────────────────────────────────


def test_what_one_writes_the_other_reads(free: World) -> None:
    """Newest first, each in their own conversation, and nobody else reads any of it."""
    first = free["ada"].messages.send("grace", "Good morning.")
    free.clock.forward(minutes=1)
    free["grace"].messages.send("ada", "Good day.")

    assert first == Message(
        id=first.id, of="ada", member="grace", sender="ada", at=NOON, text="Good morning."
    )
    assert texts(free["ada"].messages.read("grace")) == ["Good day.", "Good morning."]
    assert free["grace"].messages.read("ada").items[1] == first.mirrored()
    for other in ("ada", "grace"):
        assert free["mary"].messages.read(other).items == ()
    assert free["mary"].messages.conversations().items == ()


def test_pages_of_a_conversation_fit_together(free: World) -> None:
    """A cursor goes on where a page ended, and is good for its reader and conversation alone."""
    for number in range(5):
        free["ada"].messages.send("grace", f"{number}")
        free.clock.forward(minutes=1)
    first = free["grace"].messages.read("ada", limit=3)

    assert texts(first) == ["4", "3", "2"]
    assert texts(free["grace"].messages.read("ada", limit=3, after=first.next)) == ["1", "0"]
    with pytest.raises(InvalidValue, match="not made for this list and this viewer"):
        free["ada"].messages.read("grace", after=first.next)


def test_a_conversation_shows_its_newest_message(free: World) -> None:
    """One that was written at an earlier moment takes its place before it."""
    free["ada"].messages.send("grace", "Second.")
    free["ada"].messages.send("grace", "First.", at=NOON - timedelta(days=1))
    (conversation,) = free["grace"].messages.conversations().items

    assert (conversation.last.text, conversation.unread) == ("Second.", 2)
    assert texts(free["grace"].messages.read("ada")) == ["Second.", "First."]


def test_conversations_are_listed_newest_first() -> None:
    """By their last message, each with what its reader has not read."""
    made = world("ada", "bob", "cat", connected=[("ada", "bob"), ("ada", "cat")])
    for sender, text in (("bob", "1"), ("cat", "2"), ("bob", "3")):
        made[sender].messages.send("ada", text)
        made.clock.forward(minutes=1)
    listed = made["ada"].messages.conversations()

    assert [(it.member, it.last.text, it.unread) for it in listed.items] == [
        ("bob", "3", 2),
        ("cat", "2", 1),
    ]
    short = made["ada"].messages.conversations(limit=1)
    assert made["ada"].messages.conversations(limit=1, after=short.next).items == listed.items[1:]
    assert made["bob"].messages.conversations().items[0].unread == 0


def test_what_is_read_is_no_longer_unread(free: World) -> None:
    """Reading leaves the mark; saying so takes it, for the reader alone, and so does an answer."""
    free["ada"].messages.send("grace", "Are you there?")
    free["grace"].messages.read("ada")

    assert free["grace"].messages.unread_count() == 1
    before = seen_by(free["ada"], ["grace"], [])
    free["grace"].messages.mark_read("ada")
    free["grace"].messages.mark_read("ada")
    assert free["grace"].messages.unread_count() == 0
    assert free["grace"].messages.unread().items == ()
    assert seen_by(free["ada"], ["grace"], []) == before

    free["ada"].messages.send("grace", "Hello?")
    assert [it.last.text for it in free["grace"].messages.unread().items] == ["Hello?"]
    free["grace"].messages.send("ada", "Yes.")
    assert free["grace"].messages.unread_count() == 0
    assert free["ada"].messages.unread_count() == 1


def test_somebody_is_told_of_messages_once_a_sender(free: World) -> None:
    """Until they read: several by one sender are one notice."""
    for text in ("One.", "Two."):
        free["ada"].messages.send("grace", text)

    assert told(free, "grace") == [(NoticeKind.MESSAGE_RECEIVED, "ada")]
    assert told(free, "ada") == []
    free["grace"].messages.mark_read("ada")
    assert told(free, "grace") == []


def test_who_wants_no_notice_gets_none(free: World) -> None:
    """The message is there all the same."""
    quiet = NoticePreferences(channels={NoticeKind.MESSAGE_RECEIVED: ()})
    free["grace"].settings.change(notices=quiet)
    free["ada"].messages.send("grace", "Psst.")

    assert told(free, "grace") == []
    assert free["grace"].messages.unread_count() == 1


@pytest.mark.parametrize("remover", ["ada", "grace"])
def test_a_removed_connection_leaves_what_was_written(free: World, remover: str) -> None:
    """Both still read it, and neither may go on writing."""
    free["ada"].messages.send("grace", "While we knew each other.")
    free["grace"].messages.send("ada", "We do.")
    free[remover].connections.remove("grace" if remover == "ada" else "ada")

    for one, other in (("ada", "grace"), ("grace", "ada")):
        assert texts(free[one].messages.read(other)) == ["We do.", "While we knew each other."]
        assert codes(free[one].messages.may_send(other)) == ["not_open"]
        with pytest.raises(Refused, match="cannot write to this member freely"):
            free[one].messages.send(other, "Once more.")


@pytest.mark.parametrize("text", ["", "  \n", "\0", "\ud800"])
def test_no_message_is_without_text_that_can_be_kept(free: World, text: str) -> None:
    """Nothing is written, whoever it is to."""
    for to in ("grace", "nobody"):
        for write in (free["ada"].messages.send, free["ada"].messages.request):
            with pytest.raises(InvalidValue, match=r"there is no text|no store can keep"):
                write(to, text)
    assert free["ada"].messages.conversations().items == ()


def test_a_message_has_so_many_characters() -> None:
    """Of each way its own number; one at the limit passes."""
    made = world(
        "ada",
        "grace",
        "mary",
        connected=IN_REACH,
        messages=MessagePolicy(
            length=5, inmail_subject=2, inmail_body=3, plan=lambda _: InMailPlan()
        ),
    )
    messages = made["ada"].messages

    assert codes(messages.may_send("mary", text="12345")) == []
    assert codes(messages.may_send("mary", text="123456")) == ["message_too_long"]
    assert codes(messages.may_request("grace", text="12345")) == []
    assert codes(messages.may_request("grace", text="123456")) == ["message_too_long"]
    assert codes(messages.may_send_inmail("grace", text="123", subject="12")) == []
    assert codes(messages.may_send_inmail("grace", text="1234", subject="123")) == [
        "subject_too_long",
        "message_too_long",
    ]
    with pytest.raises(Refused, match="A message may have 5 characters; this one has 6"):
        messages.send("mary", "123456")


# ── Whom members take messages from ───────────────────────────────────────────────────────────────


def test_an_open_profile_takes_messages_of_everybody(apart: World) -> None:
    """They are in the conversation at once, cost nothing, and may be answered."""
    apart["grace"].settings.change(who_may_write=WhoMayWrite.ANYONE)
    apart["ada"].messages.send("grace", "Hello.")

    assert apart["grace"].messages.unread_count() == 1
    assert apart["grace"].messages.may_send("ada").allowed
    for ask in (apart["ada"].messages.may_request, apart["ada"].messages.may_send_inmail):
        assert codes(ask("grace")) == ["open_already"]


def test_who_closes_an_open_profile_is_left_alone(apart: World) -> None:
    """By those whom they never answered; whom they did, they let write."""
    apart["grace"].settings.change(who_may_write=WhoMayWrite.ANYONE)
    for writer in ("ada", "mary"):
        apart[writer].messages.send("grace", "Hello.")
    apart["mary"].connections.remove("grace")
    apart["mary"].messages.send("grace", "Hello again.")
    apart["grace"].messages.send("mary", "Good day.")
    apart["grace"].settings.change(who_may_write=WhoMayWrite.CONNECTIONS)

    assert codes(apart["ada"].messages.may_send("grace")) == ["not_open"]
    assert apart["mary"].messages.may_send("grace").allowed
    assert apart["grace"].messages.may_send("ada").allowed


def test_who_takes_nothing_says_nothing_of_it(apart: World) -> None:
    """Neither requests nor InMail, and whoever asks is not told why; a connection still writes."""
    apart["grace"].settings.change(who_may_write=WhoMayWrite.CONNECTIONS)
    messages = apart["ada"].messages

    for verdict in (messages.may_request("grace"), messages.may_send_inmail("grace")):
        assert codes(verdict) == ["not_taking_messages"]
    with pytest.raises(Refused, match="does not take a message from you"):
        messages.request("grace", "May I?")
    assert apart["mary"].messages.may_send("grace").allowed


@pytest.mark.parametrize("way", MessageWay)
def test_an_operator_reads_why_a_message_is_refused(way: MessageWay) -> None:
    """What is one answer to the sender is told apart, and beside it stands what they are shown."""
    made = world("ada", "blocker", "hidden", "closed", visibility=UNBOUNDED)
    made["blocker"].blocks.add("ada")
    made["hidden"].settings.change(audiences=HIDDEN)
    made["closed"].settings.change(who_may_write=WhoMayWrite.CONNECTIONS)

    def causes(of: str) -> list[tuple[str, str]]:
        refusals = made.network.explain_message("ada", way, of).refusals
        return [(refusal.code, refusal.disclosed.code) for refusal in refusals]

    assert causes("blocker") == [("blocked_by_them", "unavailable")]
    assert causes("hidden") == [("shows_nothing", "unavailable")]
    assert causes("nobody") == [("nobody_there", "unavailable")]
    asks = way is not MessageWay.FREELY
    assert (("messages_closed", "not_taking_messages") in causes("closed")) is asks


# ── Bad input ─────────────────────────────────────────────────────────────────────────────────────


WITH_A_MOMENT: Mapping[str, Callable[[Messages[Profile], datetime], object]] = {
    "send": lambda messages, at: messages.send("grace", "Hello.", at=at),
    "may_send": lambda messages, at: messages.may_send("grace", at=at),
    "request": lambda messages, at: messages.request("grace", "May I?", at=at),
    "may_request": lambda messages, at: messages.may_request("grace", at=at),
    "send_inmail": lambda messages, at: messages.send_inmail("grace", "An offer.", at=at),
    "may_send_inmail": lambda messages, at: messages.may_send_inmail("grace", at=at),
    "accept": lambda messages, at: messages.accept("grace", at=at),
    "decline": lambda messages, at: messages.decline("grace", at=at),
    "withdraw": lambda messages, at: messages.withdraw("grace", at=at),
    "allowance": lambda messages, at: messages.allowance(at=at),
}
with_a_moment = pytest.mark.parametrize("call", WITH_A_MOMENT.values(), ids=WITH_A_MOMENT)


@with_a_moment
def test_a_moment_has_a_time_zone(
    free: World, call: Callable[[Messages[Profile], datetime], object]
) -> None:
    """Which moment a naive one means is not for us to guess."""
    before = contents(free.store)

    with pytest.raises(InvalidValue, match="is naive; give it a time zone"):
        call(free["ada"].messages, NOON.replace(tzinfo=None))
    assert contents(free.store) == before


@with_a_moment
def test_who_has_not_joined_does_nothing(
    free: World, call: Callable[[Messages[Profile], datetime], object]
) -> None:
    """Whoever acts has joined first."""
    with pytest.raises(UnknownMember):
        call(free["nobody"].messages, NOON)


# ── What it costs ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lines", [2, 40])
def test_the_calls_of_the_store_do_not_grow_with_a_conversation(lines: int) -> None:
    """Writing, reading and counting take as many however much was written, and with whom."""
    store = RecordingStore(MemoryStore())
    friends = [f"friend-{number}" for number in range(lines)]
    made = world(
        "ada",
        *friends,
        connected=[("ada", friend) for friend in friends],
        store=store,
    )
    for friend in friends:
        made[friend].messages.send("ada", "Hello.")
        made[friends[0]].messages.send("ada", "Once more.")
    ada = made["ada"].messages
    asks: list[Callable[[], object]] = [
        lambda: ada.send(friends[0], "Hello."),
        lambda: ada.read(friends[0]),
        lambda: ada.mark_read(friends[1]),
        ada.conversations,
        ada.unread_count,
    ]
    counts: list[int] = []
    for ask in asks:
        store.calls.clear()
        ask()
        counts.append(len(store.calls))

    assert counts == [20, 7, 10, 7, 7]
