"""Invitations, from sending to whatever becomes of them."""

from datetime import timedelta

import pytest

from connectcore import (
    Acquaintance,
    Audience,
    Connection,
    ConnectionRules,
    ConnectionsAtMost,
    InvalidCursor,
    NotFound,
    PendingAtMost,
    PendingInvitation,
    Refused,
    Verdict,
    WhoMayInvite,
)
from tests.surface import answer, everything
from tests.worlds import NOON, OPEN, World, world

EXPIRY = timedelta(days=180)


@pytest.fixture(name="two")
def _two() -> World:
    """Give Ada and Grace, who do not know each other."""
    return world("ada", "grace")


def codes(verdict: Verdict) -> list[str]:
    """The reasons of a refusal, for programs."""
    return [refusal.code for refusal in verdict.refusals]


def test_an_invitation_is_listed_by_both(two: World) -> None:
    """The sender sees it as sent, the invitee as received, note and all; nobody else sees it."""
    sent = two["ada"].invitations.send(
        "grace", note="We met.", acquaintance=Acquaintance.COLLEAGUE, at=NOON
    )

    assert sent == PendingInvitation(
        inviter="ada",
        invitee="grace",
        sent_at=NOON,
        note="We met.",
        acquaintance=Acquaintance.COLLEAGUE,
    )
    assert two["ada"].invitations.sent().items == (sent,)
    assert two["grace"].invitations.received().items == (sent,)
    assert two["grace"].invitations.sent().items == two["ada"].invitations.received().items == ()


def test_an_invitation_opens_nothing(two: World) -> None:
    """Who is invited, or invites, stays a stranger until it is accepted."""
    two["ada"].invitations.send("grace")

    for one, other in (("ada", "grace"), ("grace", "ada")):
        assert "contact" in two[one].profiles.view(other).withheld
        assert two[one].connections.count() == 0
        assert two[one].follows.following() == frozenset()


def test_accepting_connects_the_two(two: World) -> None:
    """Both list each other from the same moment, follow each other, and nothing is pending."""
    two["ada"].invitations.send("grace")
    at = two.clock.forward(days=1)

    connection = two["grace"].invitations.accept("ada")

    assert connection == Connection(of="grace", member="ada", since=at)
    assert two["grace"].connections.page().items == (connection,)
    assert two["ada"].connections.page().items == (Connection(of="ada", member="grace", since=at),)
    assert two["ada"].follows.following() == {"grace"}
    assert two["grace"].follows.following() == {"ada"}
    assert two["ada"].invitations.sent().items == two["grace"].invitations.received().items == ()


def test_crossing_invitations_connect_at_once(two: World) -> None:
    """Inviting somebody whose invitation is pending accepts it, without a second invitation."""
    two["ada"].invitations.send("grace")

    outcome = two["grace"].invitations.send("ada")

    assert outcome == Connection(of="grace", member="ada", since=NOON)
    assert two["ada"].connections.degree("grace") == 1


@pytest.mark.parametrize("aside", ["ignore", "report"])
def test_crossing_connects_also_after_it_was_set_aside(two: World, aside: str) -> None:
    """Who ignored or reported an invitation and then invites its sender is connected."""
    two["ada"].invitations.send("grace")
    getattr(two["grace"].invitations, aside)("ada")

    assert two["grace"].invitations.may_send("ada").allowed
    assert isinstance(two["grace"].invitations.send("ada"), Connection)


@pytest.mark.parametrize("aside", ["ignore", "report"])
def test_one_that_was_set_aside_can_still_be_accepted(two: World, aside: str) -> None:
    """The invitee may change their mind."""
    two["ada"].invitations.send("grace")
    getattr(two["grace"].invitations, aside)("ada")
    getattr(two["grace"].invitations, aside)("ada")

    two["grace"].invitations.accept("ada")

    assert two["ada"].connections.count() == 1


@pytest.mark.parametrize(
    ("aside", "days"), [("ignore", (0, 40, 150)), ("report", (0, 40))], ids=["ignore", "report"]
)
def test_setting_aside_is_invisible_to_the_sender(aside: str, days: tuple[int, ...]) -> None:
    """Whatever the sender reads or does, nothing tells an ignored invitation from a waiting one.

    A report shows in the end: after the invitation expired, another one is refused.
    """
    waiting, set_aside = world("ada", "grace", "bob"), world("ada", "grace", "bob")
    for made in (waiting, set_aside):
        made["ada"].invitations.send("grace", note="Hello")
        made.clock.forward(days=1)
    getattr(set_aside["grace"].invitations, aside)("ada")

    for waited in days:
        for made in (waiting, set_aside):
            made.clock.forward(days=waited)
        for viewer in ("ada", "bob", "a visitor"):
            assert everything(set_aside)[viewer] == everything(waiting)[viewer]
        again = [made["ada"].invitations.send("grace") for made in (waiting, set_aside)]
        assert again[0] == again[1]
        assert again[0] in waiting["grace"].invitations.received().items
        assert waited == 150 or set_aside["grace"].invitations.received().items == ()


def test_sending_again_while_it_is_pending_changes_nothing(two: World) -> None:
    """The answer is the invitation as it was first sent."""
    first = two["ada"].invitations.send("grace", note="Hello")
    before = everything(two)
    two.clock.forward(days=1)

    assert two["ada"].invitations.send("grace", note="Hello again") == first
    two.clock.now = NOON
    assert everything(two) == before


def test_who_was_ignored_may_invite_again_once_it_expired(two: World) -> None:
    """Ignoring bars nobody."""
    two["ada"].invitations.send("grace")
    two["grace"].invitations.ignore("ada")
    two.clock.now = NOON + EXPIRY

    assert two["ada"].invitations.may_send("grace").allowed
    assert isinstance(two["ada"].invitations.send("grace"), PendingInvitation)
    assert len(two["grace"].invitations.received().items) == 1


def test_who_was_reported_cannot_invite_again(two: World) -> None:
    """A report bars the sender for good; they are not told that there was one."""
    two["ada"].invitations.send("grace")
    two["grace"].invitations.report("ada")
    two.clock.forward(days=2000)

    assert codes(two["ada"].invitations.may_send("grace")) == ["not_accepting"]
    with pytest.raises(Refused, match="does not accept an invitation from you"):
        two["ada"].invitations.send("grace")
    assert two["grace"].invitations.may_send("ada").allowed


def test_a_fifth_report_asks_for_an_address(two: World) -> None:
    """Who was reported too often needs an address, and is told no more than that."""
    reporters = [f"reporter-{number}" for number in range(5)]
    made = world("ada", "grace", *reporters)
    for reporter in reporters:
        made["ada"].invitations.send(reporter)
        assert made["ada"].invitations.may_send("grace").allowed
        made[reporter].invitations.report("ada")

    assert codes(made["ada"].invitations.may_send("grace")) == ["email_needed"]
    assert made["ada"].invitations.may_send("grace", email=" GRACE@example.org").allowed
    made["ada"].invitations.send("grace", email="grace@example.org")


def test_withdrawing_takes_an_invitation_back(two: World) -> None:
    """It leaves both lists; withdrawing again is done already; accepting it is too late."""
    two["ada"].invitations.send("grace")
    two["ada"].invitations.withdraw("grace")
    two["ada"].invitations.withdraw("grace")

    assert two["grace"].invitations.received().items == two["ada"].invitations.sent().items == ()
    with pytest.raises(Refused, match="no invitation between you two"):
        two["grace"].invitations.accept("ada")


def test_who_withdrew_waits_three_weeks(two: World) -> None:
    """The sender is told why and from when on it is possible, and then it is."""
    two["ada"].invitations.send("grace")
    two["ada"].invitations.withdraw("grace")
    possible_at = NOON + timedelta(weeks=3)

    verdict = two["ada"].invitations.may_send("grace")
    with pytest.raises(Refused) as refused:
        two["ada"].invitations.send("grace")

    assert (codes(verdict), verdict.possible_at) == (["withdrawn"], possible_at)
    assert refused.value.verdict == verdict
    assert two["grace"].invitations.may_send("ada").allowed
    two.clock.now = possible_at
    assert two["ada"].invitations.may_send("grace").allowed
    two["ada"].invitations.send("grace")


def test_an_invitation_expires_in_silence(two: World) -> None:
    """After its time it is in no list, cannot be answered, and a new one may be sent."""
    two["ada"].invitations.send("grace")
    two.clock.now = NOON + EXPIRY - timedelta(microseconds=1)
    assert len(two["grace"].invitations.received().items) == 1
    two.clock.now = NOON + EXPIRY

    assert two["ada"].invitations.sent().items == two["grace"].invitations.received().items == ()
    for act in ("accept", "ignore", "report"):
        with pytest.raises(Refused, match="no invitation between you two"):
            getattr(two["grace"].invitations, act)("ada")
    with pytest.raises(Refused, match="no invitation between you two"):
        two["ada"].invitations.withdraw("grace")
    assert two["ada"].invitations.may_send("grace").allowed
    renewed = two["ada"].invitations.send("grace", note="Once more")
    assert two["grace"].invitations.received().items == (renewed,)


def test_an_expired_invitation_does_not_cross(two: World) -> None:
    """Inviting somebody whose invitation has expired is a new invitation."""
    two["ada"].invitations.send("grace")
    two.clock.now = NOON + EXPIRY

    assert isinstance(two["grace"].invitations.send("ada"), PendingInvitation)
    assert two["ada"].connections.count() == 0


def test_limits_forget_what_expired() -> None:
    """An invitation that has expired no longer counts as pending."""
    rules = ConnectionRules(inviting=(PendingAtMost(1),), expiry=EXPIRY)
    made = world("ada", "grace", "bob", rules=rules)
    made["ada"].invitations.send("grace")
    assert codes(made["ada"].invitations.may_send("bob")) == ["pending_invitations"]

    made.clock.now = NOON + EXPIRY

    assert made["ada"].invitations.may_send("bob").allowed
    made["ada"].invitations.send("bob")


@pytest.mark.parametrize(
    ("full", "code"), [("grace", "connections"), ("ada", "connections_of_other")]
)
def test_accepting_checks_the_limits_again(full: str, code: str) -> None:
    """What was allowed when it was sent may no longer be when it is accepted, at either end."""
    rules = ConnectionRules(inviting=(ConnectionsAtMost(1),), accepting=(ConnectionsAtMost(1),))
    made = world("ada", "grace", "bob", rules=rules)
    made["ada"].invitations.send("grace")
    made.connect((full, "bob"))
    before = everything(made)

    with pytest.raises(Refused) as accepting:
        made["grace"].invitations.accept("ada")
    with pytest.raises(Refused) as crossing:
        made["grace"].invitations.send("ada")

    assert codes(accepting.value.verdict) == codes(crossing.value.verdict) == [code]
    assert codes(made["grace"].invitations.may_send("ada")) == [code]
    assert everything(made) == before


@pytest.mark.parametrize("act", ["accept", "ignore", "report", "withdraw"])
def test_only_the_two_of_an_invitation_act_on_it(act: str) -> None:
    """A third member finds nothing to answer or take back, and neither does the wrong one of two."""
    made = world("ada", "grace", "eve")
    made["ada"].invitations.send("grace")
    before = everything(made)
    wrong = [("eve", "ada"), ("eve", "grace")]
    wrong += [("grace", "ada")] if act == "withdraw" else [("ada", "grace")]

    for actor, other in wrong:
        with pytest.raises(Refused, match="no invitation between you two"):
            getattr(made[actor].invitations, act)(other)

    assert everything(made) == before


def test_a_stranger_is_cautioned_about_and_not_refused(two: World) -> None:
    """Who knows the other by nothing is warned; saying how they know each other ends that."""
    verdict = two["ada"].invitations.may_send("grace")
    acquainted = two["ada"].invitations.may_send("grace", acquaintance=Acquaintance.FRIEND)

    assert verdict.allowed
    assert [caution.code for caution in verdict.cautions] == ["stranger"]
    assert (acquainted.allowed, acquainted.cautions) == (True, ())


def test_a_guessed_address_shows_only_where_one_is_asked_for(two: World) -> None:
    """Neither verdict nor caution tells whether an address is right, unless the invitee wants one."""
    guesses = ("grace@example.org", "guess@example.org")
    right, wrong = (two["ada"].invitations.may_send("grace", email=each) for each in guesses)
    assert right == wrong

    two["grace"].settings.change(who_may_invite=WhoMayInvite.KNOWS_EMAIL)

    known = two["ada"].invitations.may_send("grace", email=guesses[0])
    assert (known.allowed, known.cautions) == (True, ())


def test_a_shared_connection_is_an_acquaintance_as_far_as_it_shows() -> None:
    """A connection in common ends the warning, unless the sender may not know of it."""
    made = world("ada", "grace", "bob", connected=[("ada", "bob"), ("bob", "grace")])
    shared = made["ada"].invitations.may_send("grace")
    assert (shared.allowed, shared.cautions) == (True, ())

    made["bob"].settings.change(connections=Audience.ONLY_ME)

    assert [c.code for c in made["ada"].invitations.may_send("grace").cautions] == ["stranger"]


@pytest.mark.parametrize(
    ("setting", "email", "expected"),
    [
        (WhoMayInvite.ANYONE, None, []),
        (WhoMayInvite.KNOWS_EMAIL, None, ["email_needed"]),
        (WhoMayInvite.KNOWS_EMAIL, "somebody@example.org", ["email_needed"]),
        (WhoMayInvite.KNOWS_EMAIL, "grace@example.org", []),
        (WhoMayInvite.NOBODY, None, ["not_accepting"]),
    ],
)
def test_members_choose_who_invites_them(
    two: World, setting: WhoMayInvite, email: str | None, expected: list[str]
) -> None:
    """`may_send` and `send` agree about what the invitee's setting admits."""
    two["grace"].settings.change(who_may_invite=setting)

    verdict = two["ada"].invitations.may_send("grace", email=email)
    outcome = answer(lambda: two["ada"].invitations.send("grace", email=email))

    assert codes(verdict) == expected
    assert isinstance(outcome, PendingInvitation) is (not expected)


def test_may_send_says_what_send_would(two: World) -> None:
    """Every state has its answer, the same for asking and for doing."""
    assert codes(two["ada"].invitations.may_send("ada")) == ["oneself"]
    assert codes(two["ada"].invitations.may_send("nobody")) == ["unavailable"]
    two["ada"].invitations.send("grace")
    assert two["ada"].invitations.may_send("grace") == Verdict()
    two["grace"].invitations.accept("ada")
    assert codes(two["ada"].invitations.may_send("grace")) == ["already_connected"]
    with pytest.raises(Refused, match="connected already"):
        two["ada"].invitations.send("grace")
    with pytest.raises(NotFound):
        two["ada"].invitations.send("nobody")


@pytest.mark.parametrize("listing", ["received", "sent"])
def test_lists_are_read_a_page_at_a_time(listing: str) -> None:
    """Newest first, each invitation once, with a cursor that is good for this list alone."""
    strangers = [f"stranger-{number}" for number in range(5)]
    made = world("ada", *strangers, rules=OPEN)
    for stranger in strangers:
        at = made.clock.forward(minutes=1)
        if listing == "received":
            made[stranger].invitations.send("ada", at=at)
        else:
            made["ada"].invitations.send(stranger, at=at)
    read = getattr(made["ada"].invitations, listing)

    first = read(limit=3)
    second = read(limit=3, after=first.next)

    found = [{each.inviter, each.invitee} for each in (*first.items, *second.items)]
    assert found == [{"ada", stranger} for stranger in reversed(strangers)]
    assert second.next is None
    with pytest.raises(InvalidCursor):
        made["ada"].blocks.page(after=first.next)
