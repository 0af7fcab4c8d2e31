"""The law of InMail: credits are granted, spent and given back, and none comes from nowhere."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias, final

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    InMailPlan,
    MemberId,
    MemoryStore,
    MessagePolicy,
    MessageRequest,
    Profile,
    Refused,
)
from connectcore.network.messages import Messages
from connectcore.registers import Register
from connectcore.storage import Store
from tests.laws.breaking import AlteredStore, breaks
from tests.worlds import NOON, world

WRITER, READERS = "ada", ("bob", "cyd", "dan", "eve", "fay")
MONTH, ANSWERED_WITHIN = timedelta(days=30), timedelta(days=90)

Happening: TypeAlias = tuple[str, str, int]
"""Who reads, what happens, and how many days later."""


@final
@frozen
class Correspondence:
    """A plan, and what happens under it."""

    monthly: int
    at_most: int
    happenings: tuple[Happening, ...]


def correspondences(
    *,
    monthly: Sequence[int] = range(4),
    at_most: Sequence[int] = range(6),
    days: Sequence[int] = (0, 0, 1, 29, 30, 31, 89),
    least: int = 0,
) -> st.SearchStrategy[Correspondence]:
    """At *least* so much happens, each so many *days* after what was before."""
    happenings = st.tuples(
        st.sampled_from(READERS),
        st.sampled_from(["write", "write", "accept", "decline", "answer"]),
        st.sampled_from(days),
    )
    return st.builds(
        Correspondence,
        monthly=st.sampled_from(monthly),
        at_most=st.sampled_from(at_most),
        happenings=st.lists(happenings, min_size=least, max_size=25).map(tuple[Happening, ...]),
    )


@final
class Purse:
    """A naive model: coins, put in one by one and never more than there is room for."""

    def __init__(self, monthly: int, at_most: int) -> None:
        self._monthly, self._room, self._next = monthly, at_most, NOON
        self.coins = self.granted = self.returned = self.spent = self.lost = 0

    def look(self, at: datetime) -> None:
        """Put in what was granted up to a moment."""
        while self._next <= at:
            self.granted += self._monthly
            for _ in range(self._monthly):
                self._put()
            self._next += MONTH

    def give_back(self) -> None:
        """Put one in for an answer."""
        self.returned += 1
        self._put()

    def spend(self) -> None:
        """Take one out."""
        self.spent += 1
        self.coins -= 1

    def _put(self) -> None:
        if self.coins < self._room:
            self.coins += 1
        else:
            self.lost += 1


def credits_are_conserved(
    script: Correspondence,
    *,
    make_store: Callable[[], Store] = MemoryStore,
    answered_within: timedelta = ANSWERED_WITHIN,
) -> None:
    """The law: what there is was granted or given back, and was neither spent nor lost for room.

    An InMail is sent exactly where there is a credit and none waits; an answer in time gives it
    back, once.
    """
    plan = InMailPlan(monthly=script.monthly, at_most=script.at_most, since=NOON)
    policy = MessagePolicy(plan=lambda _: plan, answered_within=answered_within)
    made = world(WRITER, *READERS, messages=policy, store=make_store())
    purse, waiting, friends = Purse(plan.monthly, plan.at_most), dict[str, datetime](), set[str]()

    for reader, what, days in script.happenings:
        now = made.clock.forward(days=days)
        purse.look(now)
        writer = made[WRITER].messages
        if what == "write":
            possible = purse.coins > 0 and reader not in waiting and reader not in friends
            assert writer.may_send_inmail(reader).allowed is possible
            if possible:
                writer.send_inmail(reader, "An offer.")
                purse.spend()
                waiting[reader] = now
        elif possible_answer(made[reader].messages, what):
            if reader in waiting and now - waiting.pop(reader) <= ANSWERED_WITHIN:
                purse.give_back()
            if what != "decline":
                friends.add(reader)
        left = writer.allowance().credits
        assert left == purse.coins == purse.granted + purse.returned - purse.spent - purse.lost
        assert 0 <= left <= plan.at_most


def possible_answer(reader: Messages[Profile], what: str) -> bool:
    """Answer what the writer sent, if there is anything to answer."""
    answers: dict[str, Callable[[], object]] = {
        "accept": partial(reader.accept, WRITER),
        "decline": partial(reader.decline, WRITER),
        "answer": partial(reader.send, WRITER, "Thank you."),
    }
    try:
        answers[what]()
    except Refused:
        return False
    return True


@given(correspondences())
def test_credits_are_conserved(script: Correspondence) -> None:
    """Never less than none and never more than there is room for, over any months and answers."""
    credits_are_conserved(script)


@pytest.mark.thorough
def test_the_law_of_inmail_finds_a_late_answer_that_pays() -> None:
    """A planted fault: an answer after 90 days gives the credit back."""
    law = partial(credits_are_conserved, answered_within=timedelta(days=120))

    late_answers = correspondences(monthly=[3], at_most=[99], days=[0, 100], least=4)
    assert breaks(law, late_answers)


@pytest.mark.thorough
def test_the_law_of_inmail_finds_an_answer_that_pays_twice() -> None:
    """A planted fault: what was answered goes on waiting for an answer."""

    def forgetting(
        enter: Callable[..., None], register: Register[Any], owner: MemberId, entry: object
    ) -> None:
        if not (isinstance(entry, MessageRequest) and not entry.waits):
            enter(register, owner, entry)

    def forgetful() -> Store:
        return AlteredStore(MemoryStore(), enter=forgetting)

    law = partial(credits_are_conserved, make_store=forgetful)
    assert breaks(law, correspondences(monthly=[3], at_most=[99], least=4))
