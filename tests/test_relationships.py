"""What two members are to each other, and the table of what may happen between them."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, get_args, get_overloads, get_type_hints

import pytest
from hypothesis import given

from connectcore import (
    Acquaintance,
    Blocked,
    Connected,
    ConnectionRemoved,
    IllegalTransition,
    InvalidValue,
    InvitationAccepted,
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
    MemberUnfollowed,
    Pair,
    PairEvent,
    PendingInvitation,
    Relationship,
    Strangers,
    after,
    replay,
)
from connectcore.relationships import Past, transition
from connectcore.testing.strategies import histories
from connectcore.testing.strategies.histories import legal_steps
from tests.between import ADA, EVENTS, GRACE, SITUATIONS, did
from tests.worlds import NOON

LATER = NOON + timedelta(days=1)

# ── The table of transitions ────────────────────────────────────────────────────────────────────


def declared() -> Mapping[tuple[str, str], set[str]]:
    """What the overloads of `after` say: for each state and event, the states it may lead to."""
    table: dict[tuple[str, str], set[str]] = {}
    for overload in get_overloads(after):
        hints = get_type_hints(overload)
        for state in names_in(hints["state"]):
            for event in names_in(hints["event"]):
                assert (state, event) not in table, "two overloads say something about one case"
                table[state, event] = set(names_in(hints["return"]))
    return table


def names_in(hint: Any) -> Iterator[str]:
    """The names of the classes that an annotation names."""
    yield from (each.__name__ for each in get_args(hint) or (hint,))


def reached(states: Mapping[str, Relationship], event: type[PairEvent]) -> set[str]:
    """The states that *event* leads to from any of *states*, whoever of the two causes it."""
    found = set()
    for state in states.values():
        for by in (ADA, GRACE):
            try:
                found.add(type(transition(state, did(by, event))).__name__)
            except IllegalTransition:
                continue
    return found


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
@pytest.mark.parametrize("state", get_args(Relationship), ids=lambda state: state.__name__)
def test_overloads_and_run_time_agree(state: type[Relationship], event: type[PairEvent]) -> None:
    """What a type checker allows is what happens: the same states reached from the same cases."""
    states = {name: situation for name, situation in SITUATIONS.items() if type(situation) is state}

    assert states
    assert reached(states, event) == declared().get((state.__name__, event.__name__), set())


COLUMNS = (
    "strangers",
    "Ada invited",
    "Grace invited",
    "connected",
    "Ada blocked",
    "Grace blocked",
    "both blocked",
)
CAUSES = {
    InvitationSent: ("AG", "", "", "", "", "", ""),
    InvitationAccepted: ("", "G", "A", "", "", "", ""),
    InvitationIgnored: ("", "G", "A", "", "", "", ""),
    InvitationReported: ("", "G", "A", "", "", "", ""),
    InvitationWithdrawn: ("", "A", "G", "", "", "", ""),
    InvitationExpired: ("", "A", "G", "", "", "", ""),
    ConnectionRemoved: ("", "", "", "AG", "", "", ""),
    MemberBlocked: ("AG", "AG", "AG", "AG", "G", "A", ""),
    MemberUnblocked: ("", "", "", "", "A", "G", "AG"),
    MemberFollowed: ("AG", "AG", "AG", "AG", "", "", ""),
    MemberUnfollowed: ("AG", "AG", "AG", "AG", "", "", ""),
}
"""Who may cause what: A is Ada, G is Grace; whatever nobody may cause is illegal."""

LIKE = {
    "Ada invited, ignored": "Ada invited",
    "Ada invited, reported": "Ada invited",
    "Grace invited, ignored": "Grace invited",
    "Grace invited, reported": "Grace invited",
}
"""What was set aside may still be answered, withdrawn and expire."""


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_only_who_may_cause_an_event_causes_it(situation: str, event: type[PairEvent]) -> None:
    """Only the invitee answers, only the inviter withdraws, only a blocker unblocks, and so on."""
    allowed = CAUSES[event][COLUMNS.index(LIKE.get(situation, situation))]
    state = SITUATIONS[situation]

    for by, initial in ((ADA, "A"), (GRACE, "G")):
        if initial in allowed:
            transition(state, did(by, event))
        else:
            with pytest.raises(IllegalTransition, match=event.__name__):
                transition(state, did(by, event))


def test_after_is_the_same_table() -> None:
    """The name with the overloads and the one without give the same answers."""
    invited = after(Strangers(), did(ADA, InvitationSent))
    connected = after(invited, did(GRACE, InvitationAccepted))

    assert invited == SITUATIONS["Ada invited"]
    assert connected == SITUATIONS["connected"]
    assert after(connected, did(ADA, MemberBlocked)) == Blocked(
        blocks=frozenset((did(ADA, MemberBlocked),))
    )


# ── What each event does ────────────────────────────────────────────────────────────────────────


def test_an_invitation_is_pending_as_it_was_sent() -> None:
    """Who, to whom, when, with what note and how they know each other: all of it is kept."""
    sent = InvitationSent(
        by=ADA, to=GRACE, at=NOON, note="Hello!", acquaintance=Acquaintance.COLLEAGUE
    )

    assert replay([sent]) == Invited(
        invitation=PendingInvitation(
            inviter=ADA,
            invitee=GRACE,
            sent_at=NOON,
            note="Hello!",
            acquaintance=Acquaintance.COLLEAGUE,
        )
    )


@pytest.mark.parametrize("note", ["\0", "\ud800"])
def test_a_note_can_be_kept_by_every_store(note: str) -> None:
    """A note that some store would refuse is refused before it is sent."""
    with pytest.raises(InvalidValue, match="leave them out"):
        InvitationSent(by=ADA, to=GRACE, at=NOON, note=note)


def test_connecting_makes_each_follow_the_other() -> None:
    """A connection begins when it is accepted, and both read what the other shares."""
    sent, accepted = did(ADA, InvitationSent), did(GRACE, InvitationAccepted, at=LATER)

    assert replay([sent, accepted]) == Connected(since=LATER, follows=frozenset((ADA, GRACE)))


def test_unfollowing_keeps_the_connection() -> None:
    """A member may stop reading without ending anything; the other goes on following."""
    connected = transition(SITUATIONS["connected"], did(ADA, MemberUnfollowed))

    assert connected == Connected(since=NOON, follows=frozenset((GRACE,)))
    assert transition(connected, did(ADA, MemberFollowed)) == SITUATIONS["connected"]


@pytest.mark.parametrize("kind", [InvitationIgnored, InvitationReported])
def test_what_is_set_aside_may_still_be_accepted(
    kind: type[InvitationIgnored | InvitationReported],
) -> None:
    """An invitee may change their mind, and then nothing is held against the inviter."""
    aside = transition(SITUATIONS["Ada invited"], did(GRACE, kind))

    assert isinstance(aside, Invited)
    assert aside.set_aside == did(GRACE, kind)
    assert transition(aside, did(GRACE, InvitationAccepted)) == SITUATIONS["connected"]


@pytest.mark.parametrize("kind", [InvitationWithdrawn, InvitationExpired])
def test_an_invitation_that_ends_leaves_strangers_who_may_follow(
    kind: type[InvitationWithdrawn | InvitationExpired],
) -> None:
    """Following is apart from inviting, and outlives an invitation."""
    events = [did(GRACE, MemberFollowed), did(ADA, InvitationSent), did(ADA, kind)]
    state = replay(events)

    assert isinstance(state, Strangers)
    assert state.follows == frozenset((GRACE,))


@pytest.mark.parametrize("kind", [ConnectionRemoved, MemberBlocked])
def test_the_end_of_a_connection_ends_following(kind: type[PairEvent]) -> None:
    """Nobody goes on reading somebody who removed or blocked them."""
    ended = transition(SITUATIONS["connected"], did(ADA, kind))

    assert getattr(ended, "follows", frozenset()) == frozenset()


@pytest.mark.parametrize("situation", SITUATIONS)
def test_unblocking_restores_nothing(situation: str) -> None:
    """Whatever two members were before a block, they are strangers after it."""
    state = SITUATIONS[situation]
    blocked = state if isinstance(state, Blocked) else after(state, did(ADA, MemberBlocked))
    state = blocked
    for by in blocked.by:
        state = transition(state, did(by, MemberUnblocked))

    assert isinstance(state, Strangers)
    assert state.follows == frozenset()


def test_each_blocks_for_themselves() -> None:
    """The block of one does not end with that of the other."""
    both = SITUATIONS["both blocked"]
    assert isinstance(both, Blocked)
    left = transition(both, did(ADA, MemberUnblocked))

    assert both.by == frozenset((ADA, GRACE))
    assert left == Blocked(
        blocks=frozenset((did(GRACE, MemberBlocked),)),
        past=Past(frozenset((did(ADA, MemberUnblocked),))),
    )


@pytest.mark.parametrize(("by", "taken_back"), [(ADA, True), (GRACE, False)])
def test_to_block_whom_one_invited_takes_the_invitation_back(
    by: MemberId, *, taken_back: bool
) -> None:
    """The wait that follows a withdrawal holds after a block too, and what was before stays known."""
    past: list[PairEvent] = [did(GRACE, InvitationIgnored)]
    if taken_back:
        past.append(did(ADA, InvitationWithdrawn, at=LATER))
    blocked = did(by, MemberBlocked, at=LATER)

    assert transition(SITUATIONS["Ada invited, ignored"], blocked) == Blocked(
        blocks=frozenset((blocked,)), past=Past(frozenset(past))
    )


# ── Histories ───────────────────────────────────────────────────────────────────────────────────


def test_a_history_of_nothing_is_one_of_strangers() -> None:
    """Two members begin as strangers."""
    assert replay([]) == Strangers()


@given(histories())
def test_a_legal_history_replays_step_by_step(events: tuple[PairEvent, ...]) -> None:
    """Each step leads to a state of the class, and with the people in it, that was to be."""
    state: Relationship = Strangers()
    for event in events:
        pair = Pair.of(event.by, event.to)
        expected = {(kind, by): between for kind, by, between in legal_steps(told(state), pair)}
        state = transition(state, event)

        assert told(state) == expected[type(event), event.by]
    assert replay(events) == state


def told(state: Relationship) -> tuple[type[Relationship], frozenset[MemberId]]:
    """A state as the strategies know it."""
    match state:
        case Invited(invitation=invitation):
            return Invited, frozenset((invitation.inviter,))
        case Blocked():
            return Blocked, state.by
        case Strangers() | Connected():
            return type(state), frozenset()


def test_what_is_no_history_is_refused() -> None:
    """A history that could not have happened is not replayed; the error names where it breaks."""
    with pytest.raises(IllegalTransition) as refused:
        replay([did(ADA, InvitationSent), did(ADA, InvitationAccepted)])

    assert (refused.value.state, refused.value.event) == ("Invited", "InvitationAccepted")


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (
            [
                InvitationSent(by="ada", to="grace", at=NOON),
                InvitationAccepted(by="grace", to="linus", at=NOON),
            ],
            "Invited",
        ),
        (
            [
                InvitationSent(by="ada", to="grace", at=NOON),
                InvitationAccepted(by="grace", to="ada", at=NOON),
                ConnectionRemoved(by="linus", to="ada", at=NOON),
            ],
            "Connected",
        ),
        (
            [
                MemberBlocked(by="ada", to="grace", at=NOON),
                MemberBlocked(by="linus", to="ada", at=NOON),
            ],
            "Blocked",
        ),
    ],
    ids=["accepted from another", "removed by another", "blocked by another"],
)
def test_a_history_is_one_of_two_members(events: list[PairEvent], state: str) -> None:
    """What a third one did has no place in the history of a pair."""
    with pytest.raises(IllegalTransition) as refused:
        replay(events)

    assert (refused.value.state, refused.value.event) == (state, type(events[-1]).__name__)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_nothing_happens_between_somebody_and_themselves(event: type[PairEvent]) -> None:
    """An event names two different members."""
    with pytest.raises(InvalidValue, match=r"^nothing happens between 'ada' and themselves$"):
        event(by=ADA, to=ADA, at=NOON)


# ── What is remembered ──────────────────────────────────────────────────────────────────────────

REMEMBERED = (
    InvitationWithdrawn,
    InvitationIgnored,
    InvitationReported,
    ConnectionRemoved,
    MemberUnblocked,
)


@pytest.mark.parametrize("kind", EVENTS, ids=lambda event: event.__name__)
def test_the_past_remembers_what_a_rule_looks_back_at(kind: type[PairEvent]) -> None:
    """Endings are remembered by who caused them; the rest is in the state itself."""
    past = Past().remember(did(ADA, kind))

    assert past.last(kind, ADA) == (did(ADA, kind) if kind in REMEMBERED else None)
    assert past.last(kind, GRACE) is None


@pytest.mark.parametrize("kind", REMEMBERED, ids=lambda event: event.__name__)
def test_only_the_last_of_a_kind_is_remembered(kind: type[PairEvent]) -> None:
    """A past does not grow: one event a kind and a member."""
    past = Past()
    for by, at in ((ADA, NOON), (GRACE, NOON), (ADA, LATER)):
        past = past.remember(did(by, kind, at=at))

    assert past.last(kind, ADA) == did(ADA, kind, at=LATER)
    assert past.last(kind, GRACE) == did(GRACE, kind)
    assert len(past.events) == 2


def test_kinds_are_remembered_apart() -> None:
    """An invitation that was ignored and then withdrawn is remembered as both."""
    events = [
        did(ADA, InvitationSent),
        did(GRACE, InvitationIgnored),
        did(ADA, InvitationWithdrawn),
    ]

    assert replay(events).past.events == frozenset(events[1:])


def test_connecting_forgives_all_but_an_unblocking() -> None:
    """A later removal finds no old report; how long ago one unblocked the other still counts."""
    unblocked = did(ADA, MemberUnblocked)
    events = [did(ADA, MemberBlocked), unblocked, did(ADA, InvitationSent)]
    grudge = [did(GRACE, InvitationReported), did(GRACE, InvitationAccepted)]

    assert replay([*events, *grudge]).past == Past(frozenset((unblocked,)))
