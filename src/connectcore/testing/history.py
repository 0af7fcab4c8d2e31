"""Histories: whether what many clients did at once could have been done one after the other.

Clients note each act with the moments between which it was under way and with what came of it.
For the acts between two members there has to be one order that keeps to those moments and in which
each act comes to what was noted; the search for it is the one of Wing and Gong (1993).
Pairs are looked at one by one, since what two members are to each other is all that is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import inf
from typing import final

from attrs import field, frozen

from connectcore.acts import Act, decide
from connectcore.errors import InvalidValue, NotFound, Refused
from connectcore.members import Member, MemberId, member_id
from connectcore.moments import moment
from connectcore.profiles import Name, Profile
from connectcore.proposals import Proposal
from connectcore.refusals import Verdict
from connectcore.relationships import (
    Connected,
    Connection,
    Invited,
    Pair,
    PendingInvitation,
    Relationship,
    Strangers,
    transition,
)
from connectcore.rulebook import ConnectionRules

__all__ = ["NoLegalOrder", "Operation", "check_history"]

_RULES = ConnectionRules.open()
_SUBJECT_TO_RULES = frozenset({Act.SEND, Act.ACCEPT, Act.BLOCK})
_SOMEBODY = Profile(name=Name("Somebody"))
_TOLD = 10
"""How many operations an error tells of."""


class NoLegalOrder(AssertionError):
    """What was noted of two members cannot have happened one after the other."""


@final
@frozen(kw_only=True)
class Operation:
    """An act of `by` on `to` as a client noted it: under way from `began` to `ended`.

    `began` and `ended` are readings of one clock that never goes back, such as `time.monotonic`.
    `at` is the moment that the act was given, and `outcome` what it gave or the error that refused
    it; note no act that failed for another reason and may have happened or not.
    """

    act: Act
    by: MemberId = field(converter=member_id)
    to: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)
    began: float
    ended: float
    outcome: object = None

    def __attrs_post_init__(self) -> None:
        if self.ended < self.began:
            message = f"an operation ends after it began, not at {self.ended} before {self.began}"
            raise InvalidValue(message)


def check_history(
    operations: Iterable[Operation], *, ends: Mapping[Pair, Relationship] | None = None
) -> int:
    """Hold that there is a legal order for each pair, and give how many pairs there were.

    All members were there all the time, the history begins with strangers, and it holds every act
    that changed what two of them are to each other.
    Where *ends* says what a pair are to each other in the end, the order has to lead there.
    What a rule may refuse (sending, accepting, blocking) may have been refused at any point; any
    other refusal has to be one of the relationship as it was.
    Raises `NoLegalOrder`, which names the first of the acts that have no place in any order, and `InvalidValue`
    for a history of no operations, of which nothing could be said.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> removed = Operation(act=Act.REMOVE, by="ada", to="grace", at=noon, began=1.0, ended=2.0)
    >>> check_history([removed])
    Traceback (most recent call last):
    connectcore.testing.history.NoLegalOrder: no legal order for 'ada' and 'grace':
    1.0 to 2.0: 'ada' remove 'grace', None
    """
    pairs: defaultdict[Pair, list[Operation]] = defaultdict(list)
    for operation in operations:
        pairs[Pair.of(operation.by, operation.to)].append(operation)
    if not pairs:
        message = "a history of no operations shows nothing; note what the clients did"
        raise InvalidValue(message)
    for pair, noted in pairs.items():
        end = None if ends is None else ends.get(pair)
        _check_pair(pair, sorted(noted, key=lambda each: each.began), end)
    return len(pairs)


@final
@frozen
class _Reached:
    """How far a search came: all operations before `begun` and those at `ahead` led to `state`."""

    state: Relationship
    begun: int = 0
    ahead: frozenset[int] = frozenset()

    def then(self, place: int, state: Relationship) -> _Reached:
        """How far one more operation brings it."""
        begun, ahead = self.begun, self.ahead | {place}
        while begun in ahead:
            ahead, begun = ahead - {begun}, begun + 1
        return _Reached(state, begun, ahead)


def _check_pair(pair: Pair, noted: Sequence[Operation], end: Relationship | None) -> None:
    """Search depth first; what two orders both lead to is searched once."""
    start = farthest = _Reached(Strangers())
    seen, open_ends = {start}, [start]
    while open_ends:
        reached = open_ends.pop()
        farthest = max(farthest, reached, key=lambda each: each.begun + len(each.ahead))
        if reached.begun == len(noted) and end in (None, reached.state):
            return
        for place in _possible(noted, reached):
            for state in _states_after(reached.state, noted[place]):
                then = reached.then(place, state)
                if then not in seen:
                    seen.add(then)
                    open_ends.append(then)
    left = [place for place in range(farthest.begun, len(noted)) if place not in farthest.ahead]
    raise NoLegalOrder(_told(pair, [noted[place] for place in left[:_TOLD]] or noted[-_TOLD:]))


def _possible(noted: Sequence[Operation], reached: _Reached) -> Sequence[int]:
    """The operations that can come next: those begun before any that is left had ended."""
    possible = list[int]()
    first_end = inf
    for place in range(reached.begun, len(noted)):
        if noted[place].began > first_end:
            break
        if place not in reached.ahead:
            possible.append(place)
            first_end = min(first_end, noted[place].ended)
    return possible


def _states_after(state: Relationship, operation: Operation) -> Iterable[Relationship]:
    """What the two can be to each other after *operation*, if it can have come to its outcome."""
    decided = decide(operation.act, _proposal(state, operation), _RULES)
    if isinstance(operation.outcome, Refused | NotFound):
        fits = isinstance(decided, Verdict) or operation.act in _SUBJECT_TO_RULES
        return (state,) if fits else ()
    if isinstance(decided, Verdict):
        return ()
    after = state if decided is None else transition(state, decided)
    return (after,) if _given(after, operation) == operation.outcome else ()


def _given(state: Relationship, operation: Operation) -> object:
    """What an act that led to *state* gives."""
    match operation.act, state:
        case Act.SEND, Invited():
            return state.invitation
        case Act.SEND | Act.ACCEPT, Connected():
            return Connection(of=operation.by, member=operation.to, since=state.since)
        case _:
            return None


def _proposal(state: Relationship, operation: Operation) -> Proposal:
    actor, other = (Member(each, _SOMEBODY) for each in (operation.by, operation.to))
    outcome = operation.outcome
    sent = outcome if isinstance(outcome, PendingInvitation) else None
    return Proposal(
        actor=actor,
        to=operation.to,
        other=other,
        at=operation.at,
        relationship=state,
        note=sent.note if sent else "",
        acquaintance=sent.acquaintance if sent else None,
    )


def _told(pair: Pair, left: Sequence[Operation]) -> str:
    lines = (
        f"{each.began} to {each.ended}: {each.by!r} {each.act.value} {each.to!r}, "
        f"{'None' if each.outcome is None else type(each.outcome).__name__}"
        for each in left
    )
    return "\n".join((f"no legal order for {pair.low!r} and {pair.high!r}:", *lines))
