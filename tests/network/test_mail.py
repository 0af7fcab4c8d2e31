"""Mail: what is due to whom, what of it goes out together, until it is sent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial

import pytest

from connectcore import Channel, Email, InvalidValue, Notice, PairEvent
from tests.network.mailing import MIDNIGHT, MONDAY, Story, invited, told, town, waiting
from tests.worlds import NOON, World, world


def test_a_mail_is_ready_to_be_sent() -> None:
    """To whom, from when, and in which words; and what of the journal it settles."""
    made = town()
    invited(made, "bob")
    (email,) = made.network.mail.due()

    assert email.to == "ada@example.org"
    assert email.subject == "Bob Example invited you to connect"
    assert email.text == "Bob Example invited you to connect.\n"
    assert email.due_at == made.clock.now
    assert (email.owner, email.entries) == ("ada", (email.id,))
    assert email.entries == tuple(entry.id for entry in waiting(made))


def test_there_is_no_mail_unless_it_is_asked_for() -> None:
    """A journal without `Mailing` holds none."""
    made = world("ada", "bob", journal=[PairEvent, Notice], connected=[("ada", "bob")])

    assert made.network.mail.due() == ()


def test_mail_is_due_until_it_is_sent() -> None:
    """The same each time, down to its id; saying twice that it is sent is no matter."""
    made = town()
    invited(made, "bob")
    first = made.network.mail.due()
    made.clock.forward(hours=1)

    assert made.network.mail.due() == first
    made.network.mail.sent(*first)
    made.network.mail.sent(*first)
    made.network.mail.sent()
    assert made.network.mail.due() == ()
    assert waiting(made) == []


# ── Together ────────────────────────────────────────────────────────────────────────────────────


def _all_at_once(made: World) -> None:
    """Let three members invite Ada, who writes to two, who answer, and one accepts."""
    made["ada"].invitations.send("dan")
    invited(made, "bob", "cat")
    made["dan"].invitations.accept("ada")
    made["dan"].messages.send("ada", "Hello.")
    invited(made, "eve")


TOGETHER: Mapping[str, tuple[Iterable[Channel] | None, Story, Sequence[str]]] = {
    "one": (None, lambda made: invited(made, "bob"), ["Bob Example invited you to connect"]),
    "four": (
        None,
        lambda made: invited(made, "bob", "cat", "dan", "eve"),
        ["You have 4 invitations"],
    ),
    "several kinds at once": (
        {Channel.EMAIL},
        _all_at_once,
        [
            "You have 3 invitations",
            "Dan Example accepted your invitation",
            "Dan Example wrote to you",
        ],
    ),
    "several kinds in a digest": (
        {Channel.DAILY_DIGEST},
        _all_at_once,
        ["Your daily digest: 5 notices"],
    ),
    "in a weekly digest": (
        {Channel.IN_APP, Channel.WEEKLY_DIGEST},
        _all_at_once,
        ["Your weekly digest: 5 notices"],
    ),
    "in the application alone": ({Channel.IN_APP}, _all_at_once, []),
    "not at all": ((), _all_at_once, []),
}
"""By which channels Ada is told, what happens, and which mail she gets."""


@pytest.mark.parametrize("name", TOGETHER)
def test_what_goes_out_together_is_one_mail(name: str) -> None:
    """At once what is of a kind, in a digest everything; in the order of what came first."""
    channels, happen, subjects = TOGETHER[name]
    made = town(channels=channels)
    happen(made)
    made.clock.forward(days=7)
    mail = [email for email in made.network.mail.due() if email.owner == "ada"]

    assert [email.subject for email in mail] == subjects
    assert made.network.mail.due() == made.network.mail.due()


def test_a_digest_tells_the_newest_first() -> None:
    """A sentence a line, with what is alike together."""
    made = town(channels={Channel.DAILY_DIGEST})
    _all_at_once(made)
    made.clock.now = MIDNIGHT
    digest = next(email for email in made.network.mail.due() if email.owner == "ada")

    assert digest.due_at == MIDNIGHT
    assert digest.text.splitlines() == [
        "You have 3 invitations.",
        "Dan Example wrote to you.",
        "Dan Example accepted your invitation.",
    ]


@pytest.mark.parametrize(
    ("channel", "due_at"),
    [
        (Channel.EMAIL, NOON + timedelta(minutes=1)),
        (Channel.DAILY_DIGEST, MIDNIGHT),
        (Channel.WEEKLY_DIGEST, MONDAY),
    ],
)
def test_mail_waits_for_its_moment(channel: Channel, due_at: object) -> None:
    """At once, at midnight, or on Monday."""
    made = town(channels={channel})
    invited(made, "bob")
    (entry,) = waiting(made)

    assert entry.due_at == due_at
    assert made.network.mail.due(at=entry.due_at - timedelta(microseconds=1)) == ()
    assert [email.due_at for email in made.network.mail.due(at=entry.due_at)] == [due_at]


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.DAILY_DIGEST])
def test_what_comes_after_a_mail_was_read_makes_another(channel: Channel) -> None:
    """What may have been sent already keeps its id and its words; nothing hides behind it."""
    made = town(channels={channel})
    invited(made, "bob", "cat")
    made.clock.forward(days=1)
    (first,) = made.network.mail.due()
    invited(made, "dan")
    made.clock.forward(days=1)
    again, second = made.network.mail.due()
    invited(made, "eve")
    made.clock.forward(days=1)

    assert again == first
    assert len({first.id, second.id}) == 2
    assert [email.entries for email in made.network.mail.due()[:2]] == [
        first.entries,
        second.entries,
    ]
    made.network.mail.sent(first, second)
    assert [len(email.entries) for email in made.network.mail.due()] == [1]


def test_a_reader_whose_clock_is_behind_gets_a_mail_whole_or_not_at_all() -> None:
    """A part of it under the same id would hide the rest from whoever drops duplicates."""
    made = town()
    invited(made, "bob", "cat", "dan")
    behind = made.clock.now - timedelta(minutes=1)
    (whole,) = made.network.mail.due()

    assert made.network.mail.due(at=behind) == ()
    assert made.network.mail.due() == (whole,)
    assert len(whole.entries) == 3


def test_a_digest_is_whole_however_much_else_is_due() -> None:
    """A limit is one of mails; all that a member waits for is in theirs, wherever it was written."""
    made = town(channels={Channel.WEEKLY_DIGEST})
    for other in ("bob", "cat", "dan", "eve"):
        made["ada"].invitations.send(other)
        made.clock.forward(minutes=1)
    for other in ("bob", "cat", "dan", "eve"):
        made[other].invitations.accept("ada")
    made.clock.forward(days=7)

    assert told(made.network.mail.due(limit=5)[-1:]) == [("ada", "Your weekly digest: 4 notices")]


def test_a_limit_is_a_number_of_mails() -> None:
    """The first of them; what was left out comes next."""
    made = town(channels={Channel.EMAIL})
    _all_at_once(made)
    everything = made.network.mail.due()
    sent: list[Email] = []
    while emails := made.network.mail.due(limit=1):
        assert len(emails) == 1
        made.network.mail.sent(*emails)
        sent += emails

    assert len(everything) == 3
    assert sent == [*everything]


@pytest.mark.parametrize("limit", [0, 1001])
def test_a_limit_that_is_no_page_is_refused(limit: int) -> None:
    """As in every listing."""
    read = partial(town().network.mail.due, limit=limit)

    with pytest.raises(InvalidValue, match="is not a page"):
        read()


def test_the_journal_and_the_mail_are_apart() -> None:
    """Reading the one leaves the other as it is."""
    made = town()
    invited(made, "bob")
    (email,) = made.network.mail.due()
    made.network.mail.sent(email)
    events = made.network.journal.read()

    assert [type(entry.happening).__name__ for entry in events] == ["InvitationSent", "Notice"]
