"""What happens between two members.

What a history may legally be is said here once more, apart from `relationships.transition`, so that
a wrong table of transitions cannot hide behind histories that it made itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from hypothesis import strategies as st

from connectcore.members import MemberId
from connectcore.relationships import (
    PAIR_EVENTS,
    Acquaintance,
    Blocked,
    Connected,
    ConnectionRemoved,
    InvitationAccepted,
    InvitationExpired,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberFollowed,
    MemberUnblocked,
    MemberUnfollowed,
    Pair,
    PairEvent,
    Relationship,
    Strangers,
    replay,
)
from connectcore.testing.strategies.members import ANY_PAIR, ages, moments, texts

Between: TypeAlias = tuple[type[Relationship], frozenset[MemberId]]
"""A state as a history needs to know it: its class, and who invited or who blocked."""

STRANGERS: Between = (Strangers, frozenset())


def legal_steps(
    between: Between, pair: Pair
) -> Iterator[tuple[type[PairEvent], MemberId, Between]]:
    """Whatever may happen next: the kind of event, who causes it, and what the two are then."""
    state, active = between
    for by in (pair.low, pair.high):
        if state is Blocked and by in active:
            rest = active - {by}
            yield MemberUnblocked, by, (Blocked, rest) if rest else STRANGERS
            continue
        only = frozenset((by,))
        if state is Blocked:
            yield MemberBlocked, by, (Blocked, active | only)
            continue
        yield MemberBlocked, by, (Blocked, only)
        yield MemberFollowed, by, between
        yield MemberUnfollowed, by, between
        if state is Strangers:
            yield InvitationSent, by, (Invited, only)
        elif state is Connected:
            yield ConnectionRemoved, by, STRANGERS
        elif by in active:
            yield InvitationWithdrawn, by, STRANGERS
            yield InvitationExpired, by, STRANGERS
        else:
            yield InvitationAccepted, by, (Connected, frozenset())
            yield InvitationIgnored, by, between
            yield InvitationReported, by, between


TOWARDS: dict[type[Relationship], tuple[type[PairEvent], ...]] = {
    Strangers: (InvitationWithdrawn, ConnectionRemoved, MemberUnblocked),
    Invited: (InvitationSent, ConnectionRemoved, MemberUnblocked),
    Connected: (InvitationSent, InvitationAccepted, MemberUnblocked),
    Blocked: (MemberBlocked,),
}
"""For each state, the events that lead to it from any other."""


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    between: st.SearchStrategy[Pair] = ANY_PAIR,
    ending: type[Relationship] | None = None,
    max_size: int = 12,
) -> tuple[PairEvent, ...]:
    """Legal histories of two members who began as strangers, oldest event first.

    With *ending* the history leads to a state of that class.
    """
    pair, at = draw(between), draw(moments())
    state, events = STRANGERS, list[PairEvent]()
    wanted = draw(st.integers(0, max_size))
    while len(events) < wanted or (ending and state[0] is not ending):
        steps = list(legal_steps(state, pair))
        if ending and len(events) >= wanted:
            steps = [step for step in steps if step[0] in TOWARDS[ending]]
        kind, by, state = draw(st.sampled_from(steps))
        at += draw(ages())
        events.append(_event(draw, kind, by, pair.other(by), at))
    return tuple(events)


def _event(
    draw: st.DrawFn, kind: type[PairEvent], by: MemberId, to: MemberId, at: datetime
) -> PairEvent:
    if kind is not InvitationSent:
        return kind(by=by, to=to, at=at)
    stated = draw(st.none() | st.sampled_from(Acquaintance))
    return InvitationSent(by=by, to=to, at=at, note=draw(texts()), acquaintance=stated)


@st.composite
def events(
    draw: st.DrawFn,
    *,
    between: st.SearchStrategy[Pair] = ANY_PAIR,
    kinds: Sequence[type[PairEvent]] = PAIR_EVENTS,
) -> PairEvent:
    """Anything that can happen between two members, apart from what there is between them."""
    pair = draw(between)
    by = draw(st.sampled_from((pair.low, pair.high)))
    return _event(draw, draw(st.sampled_from(kinds)), by, pair.other(by), draw(moments()))


@st.composite
def impossible_histories(
    draw: st.DrawFn, *, between: st.SearchStrategy[Pair] = ANY_PAIR, max_size: int = 12
) -> tuple[PairEvent, ...]:
    """Histories that are legal up to their last event, which cannot happen then.

    `replay` raises `IllegalTransition` for each of them.
    """
    legal = draw(histories(between=between, max_size=max_size))
    pair = Pair.of(legal[0].by, legal[0].to) if legal else draw(between)
    possible = {(kind, by) for kind, by, _ in legal_steps(_between(legal, pair), pair)}
    kind, by = draw(
        st.sampled_from(
            [
                (kind, by)
                for kind in PAIR_EVENTS
                for by in (pair.low, pair.high)
                if (kind, by) not in possible
            ]
        )
    )
    at = legal[-1].at + draw(ages()) if legal else draw(moments())
    return (*legal, _event(draw, kind, by, pair.other(by), at))


def _between(history: Sequence[PairEvent], pair: Pair) -> Between:
    """What a legal history comes to, by the steps that it took."""
    state = STRANGERS
    for event in history:
        state = next(
            then
            for kind, by, then in legal_steps(state, pair)
            if (kind, by) == (type(event), event.by)
        )
    return state


def relationships(
    *,
    between: st.SearchStrategy[Pair] = ANY_PAIR,
    state: type[Relationship] | None = None,
) -> st.SearchStrategy[Relationship]:
    """What a legal history makes of two members; with *state*, one of that class."""
    return histories(between=between, ending=state).map(replay)
