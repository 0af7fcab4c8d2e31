"""Laws of what two members are to each other: histories replay, and nobody connects alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any, TypeAlias

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    Blocked,
    Connected,
    ConnectionRemoved,
    IllegalTransition,
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
    MemoryStore,
    Pair,
    PairEvent,
    Relationship,
    Strangers,
    replay,
)
from connectcore.relationships import transition
from connectcore.storage import Store
from connectcore.testing.strategies import histories
from connectcore.testing.strategies.histories import STRANGERS, Between, legal_steps
from tests.between import ADA, EVENTS, GRACE, did
from tests.laws.breaking import AlteredStore, breaks
from tests.surface import ACTS_ON_A_MEMBER, answer
from tests.worlds import OPEN, World, world

TWO = Pair.of(ADA, GRACE)
HISTORIES = histories(between=st.just(TWO))

Transition: TypeAlias = Callable[[Relationship, PairEvent], Relationship]


# ── Replay ──────────────────────────────────────────────────────────────────────────────────────


def _expire(made: World, event: InvitationExpired) -> None:
    """Nobody does this: a network keeps it together with what is done next."""
    state, _ = held(made.store)
    made.store.write((ADA, GRACE), lambda kept: kept.record(event, transition(state, event)))


ACTED_OUT: Mapping[type[PairEvent], Callable[[World, Any], object]] = {
    InvitationSent: lambda made, event: made[event.by].invitations.send(
        event.to, note=event.note, acquaintance=event.acquaintance, at=event.at
    ),
    InvitationAccepted: lambda made, e: made[e.by].invitations.accept(e.to, at=e.at),
    InvitationIgnored: lambda made, e: made[e.by].invitations.ignore(e.to, at=e.at),
    InvitationReported: lambda made, e: made[e.by].invitations.report(e.to, at=e.at),
    InvitationWithdrawn: lambda made, e: made[e.by].invitations.withdraw(e.to, at=e.at),
    InvitationExpired: _expire,
    ConnectionRemoved: lambda made, e: made[e.by].connections.remove(e.to, at=e.at),
    MemberBlocked: lambda made, e: made[e.by].blocks.add(e.to, at=e.at),
    MemberUnblocked: lambda made, e: made[e.by].blocks.remove(e.to, at=e.at),
    MemberFollowed: lambda made, e: made[e.by].follows.follow(e.to, at=e.at),
    MemberUnfollowed: lambda made, e: made[e.by].follows.unfollow(e.to, at=e.at),
}
"""How each event comes about."""


def less_repeats(history: Sequence[PairEvent]) -> Iterator[PairEvent]:
    """A *history* without what was done already: an invitation is set aside once in each way."""
    aside: type[PairEvent] | None = None
    for event in history:
        match event:
            case InvitationSent():
                aside = None
            case InvitationIgnored() if aside is not None:
                continue
            case InvitationReported() if aside is InvitationReported:
                continue
            case InvitationIgnored() | InvitationReported():
                aside = type(event)
            case _:
                pass
        yield event


def held(store: Store) -> tuple[Relationship, Relationship]:
    """What Ada and Grace are to each other, as it is kept for Ada and as it is for Grace."""
    return store.read(
        lambda snapshot: (
            snapshot.relationships(ADA, (GRACE,))[GRACE],
            snapshot.relationships(GRACE, (ADA,))[ADA],
        )
    )


def listing_the_other(made: World, member: MemberId) -> set[str]:
    """Those of a member's lists in which the other one is."""
    acting = made[member]
    lists = {
        "connections": acting.connections.page().items,
        "sent": acting.invitations.sent().items,
        "received": acting.invitations.received().items,
        "blocks": acting.blocks.page().items,
        "following": acting.follows.following(),
    }
    return {name for name, entries in lists.items() if entries}


def lists_that_follow_from(state: Relationship, member: MemberId) -> set[str]:
    """Those of a member's lists in which the other one has to be."""
    lists = set[str]()
    match state:
        case Connected():
            lists.add("connections")
        case Invited() if state.invitation.inviter == member:
            lists.add("sent")
        case Invited() if state.set_aside is None:
            lists.add("received")
        case Blocked() if member in state.by:
            lists.add("blocks")
        case _:
            pass
    follows = not isinstance(state, Blocked) and member in state.follows
    return lists | ({"following"} if follows else set())


def acting_out_is_replaying(
    history: Sequence[PairEvent], *, make_store: Callable[[], Store] = MemoryStore
) -> None:
    """The law: after a history, a network holds and lists what the history replays to."""
    made = world(ADA, GRACE, rules=OPEN, store=make_store())
    for event in history:
        ACTED_OUT[type(event)](made, event)
    state = replay(less_repeats(history))
    assert held(made.store) == (state, state)
    for member in (ADA, GRACE):
        assert listing_the_other(made, member) == lists_that_follow_from(state, member)


@given(HISTORIES)
def test_a_history_acted_out_is_what_it_replays_to(history: Sequence[PairEvent]) -> None:
    """The two sides of a pair, and every list of either, hold what `replay` gives."""
    acting_out_is_replaying(history)


@pytest.mark.thorough
def test_the_law_of_replay_finds_a_store_that_forgets() -> None:
    """A planted fault: an invitation stays that was taken back."""

    def forget(record: Callable[..., None], event: PairEvent, state: Relationship) -> None:
        if not isinstance(event, InvitationWithdrawn):
            record(event, state)

    def forgetful() -> Store:
        return AlteredStore(MemoryStore(), record=forget)

    ended = histories(between=st.just(TWO), ending=Strangers, max_size=4)
    assert breaks(partial(acting_out_is_replaying, make_store=forgetful), ended)


# ── Illegal histories ───────────────────────────────────────────────────────────────────────────


def state_after(history: Sequence[PairEvent]) -> Between:
    """Where a legal *history* leads, by the strategies' own table."""
    between = STRANGERS
    for event in history:
        allowed = {(kind, by): then for kind, by, then in legal_steps(between, TWO)}
        between = allowed[type(event), event.by]
    return between


@st.composite
def illegal_histories(
    draw: st.DrawFn, legal_ones: st.SearchStrategy[tuple[PairEvent, ...]] = HISTORIES
) -> tuple[PairEvent, ...]:
    """A legal history, followed by what cannot happen then."""
    history = draw(legal_ones)
    legal = {(kind, by) for kind, by, _ in legal_steps(state_after(history), TWO)}
    illegal = [step for step in product(EVENTS, (ADA, GRACE)) if step not in legal]
    kind, by = draw(st.sampled_from(illegal))
    return (*history, did(by, kind))


def what_cannot_happen_is_refused(
    history: Sequence[PairEvent], *, step: Transition = transition
) -> None:
    """The law: a history that can happen up to its last event stops there."""
    state: Relationship = Strangers()
    for event in history[:-1]:
        state = step(state, event)
    assert not can_happen(state, history[-1], step)


def can_happen(state: Relationship, event: PairEvent, step: Transition) -> bool:
    """Whether *step* leads anywhere."""
    try:
        step(state, event)
    except IllegalTransition:
        return False
    return True


def anybody_accepts(state: Relationship, event: PairEvent) -> Relationship:
    """A wrong table of transitions, by which also the inviter accepts."""
    if isinstance(state, Invited) and isinstance(event, InvitationAccepted):
        event = evolve(event, by=state.invitation.invitee, to=state.invitation.inviter)
    return transition(state, event)


@given(illegal_histories())
def test_an_illegal_history_is_refused(history: Sequence[PairEvent]) -> None:
    """Whatever cannot happen to the two is an `IllegalTransition`, and so is its replay."""
    what_cannot_happen_is_refused(history)
    with pytest.raises(IllegalTransition):
        replay(history)


@pytest.mark.thorough
def test_the_law_of_illegal_histories_finds_a_lenient_table() -> None:
    """A planted fault: the inviter accepts their own invitation."""
    law = partial(what_cannot_happen_is_refused, step=anybody_accepts)
    invited = histories(between=st.just(TWO), ending=Invited, max_size=3)
    assert breaks(law, illegal_histories(invited))


# ── Whatever anybody tries ──────────────────────────────────────────────────────────────────────

Attempts: TypeAlias = Sequence[tuple[str, MemberId, int]]
"""Acts by name, who does each to the other, and how many days later."""

ATTEMPTS: st.SearchStrategy[Attempts] = st.lists(
    st.tuples(
        st.sampled_from(["invitations.send", "invitations.accept", *ACTS_ON_A_MEMBER]),
        st.sampled_from([ADA, GRACE]),
        st.sampled_from([0, 0, 0, 2, 21, 180]),
    ),
    max_size=20,
)


def recorded(attempts: Attempts) -> tuple[Sequence[PairEvent], World]:
    """What comes of *attempts* under the usual rules, with a record of what happened."""
    events: list[PairEvent] = []

    def remember(record: Callable[..., None], event: PairEvent, state: Relationship) -> None:
        events.append(event)
        record(event, state)

    made = world(ADA, GRACE, store=AlteredStore(MemoryStore(), record=remember))
    for name, by, days in attempts:
        made.clock.forward(days=days)
        answer(partial(ACTS_ON_A_MEMBER[name], made[by], TWO.other(by)))
    return events, made


def nobody_connects_alone(events: Sequence[PairEvent], *, step: Transition = transition) -> None:
    """The law: since the two were last strangers, one invited and the other accepted."""
    state: Relationship = Strangers()
    since: list[PairEvent] = []
    for event in events:
        if not can_happen(state, event, step):
            continue
        state = step(state, event)
        since = [] if isinstance(state, Strangers | Blocked) else [*since, event]
        if isinstance(state, Connected):
            inviters = [sent.by for sent in since if isinstance(sent, InvitationSent)]
            accepters = [done.by for done in since if isinstance(done, InvitationAccepted)]
            assert len(inviters) == len(accepters) == 1
            assert inviters != accepters


ANY_EVENTS = st.lists(
    st.builds(
        did,
        st.sampled_from([ADA, GRACE]),
        st.sampled_from([InvitationSent, InvitationAccepted, *EVENTS]),
    ),
    max_size=20,
)


@given(ANY_EVENTS)
def test_nobody_connects_alone(events: Sequence[PairEvent]) -> None:
    """Whatever is thrown at the table, `Connected` needs an invitation and the other's consent."""
    nobody_connects_alone(events)


@given(ATTEMPTS)
def test_nobody_connects_alone_by_any_acts(attempts: Attempts) -> None:
    """Nor do any acts of the two, in any order and after any time, lead to less."""
    events, _ = recorded(attempts)
    nobody_connects_alone(events)


@given(ATTEMPTS)
def test_what_was_recorded_replays_to_what_is_held(attempts: Attempts) -> None:
    """A network tells its store a legal history, whose outcome is what the store holds."""
    events, made = recorded(attempts)
    state = replay(events)
    assert held(made.store) == (state, state)


@pytest.mark.thorough
def test_the_law_of_consent_finds_a_lenient_table() -> None:
    """A planted fault: the inviter accepts their own invitation."""
    assert breaks(partial(nobody_connects_alone, step=anybody_accepts), ANY_EVENTS)
