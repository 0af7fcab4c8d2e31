"""A refusal has two faces: its true cause, and what the actor may know of it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import connectcore.refusals
from connectcore import Caution, Quota, Refusal, Verdict
from connectcore.refusals import (
    BLOCKED_BY_THEM,
    ENDORSEMENTS_OFF,
    INVITATIONS_CLOSED,
    MESSAGES_CLOSED,
    NOBODY_THERE,
    NOT_ACCEPTING,
    NOT_CONNECTED,
    NOT_TAKING_MESSAGES,
    ONESELF,
    RECOMMENDATIONS_OFF,
    SHOWS_NOTHING,
    UNAVAILABLE,
    too_long,
)
from tests.worlds import NOON

SOON, LATER = NOON + timedelta(hours=1), NOON + timedelta(days=2)
WARNING = Caution(code="stranger", message="You seem not to know them.")
WEEKLY = Quota(code="sent_per_week", limit=100, used=97, frees_at=SOON)

HIDDEN = {
    BLOCKED_BY_THEM: UNAVAILABLE,
    NOBODY_THERE: UNAVAILABLE,
    SHOWS_NOTHING: UNAVAILABLE,
    INVITATIONS_CLOSED: NOT_ACCEPTING,
    MESSAGES_CLOSED: NOT_TAKING_MESSAGES,
    ENDORSEMENTS_OFF: Refusal(
        code="not_accepting", message="This member does not accept an endorsement from you."
    ),
    RECOMMENDATIONS_OFF: Refusal(
        code="not_accepting", message="This member does not accept a recommendation from you."
    ),
}
"""What the actor is told of the causes that are not theirs to know."""

STOCK = {
    refusal: HIDDEN.get(refusal, refusal)
    for refusal in map(vars(connectcore.refusals).get, connectcore.refusals.__all__)
    if isinstance(refusal, Refusal)
}
"""Every stock refusal, with the face that the actor sees."""


def until(moment: datetime | None) -> Refusal:
    """A refusal that passes at *moment*."""
    return Refusal(code="wait", message="Wait.", possible_at=moment)


def refusals() -> st.SearchStrategy[Refusal]:
    """The stock refusals, and some that pass by waiting."""
    waits = st.sampled_from([None, SOON, LATER]).map(until)
    return st.sampled_from(list(STOCK)) | waits | waits.map(lambda wait: wait.hidden_as(ONESELF))


@pytest.mark.parametrize(
    ("refusal", "told"), STOCK.items(), ids=lambda refusal: refusal.code.replace("_", " ")
)
def test_what_the_other_one_did_is_disclosed_as_something_common(
    refusal: Refusal, told: Refusal
) -> None:
    """A block looks like nobody, a closed setting like any unwillingness; the rest is told."""
    assert refusal.disclosed == told
    assert told.disclosed == told


def test_codes_tell_refusals_apart() -> None:
    """Programs go by the code, so no two stock refusals share one."""
    assert len({refusal.code for refusal in STOCK}) == len(STOCK)


def test_a_refusal_can_be_hidden_as_another() -> None:
    """The operator keeps the cause, its limit and its moment; the actor gets the other face."""
    hidden = Refusal(
        code="reported", message="They reported it.", limit=5, count=6, possible_at=SOON
    ).hidden_as(NOT_ACCEPTING)

    assert (hidden.code, hidden.limit, hidden.count, hidden.possible_at) == ("reported", 5, 6, SOON)
    assert hidden.disclosed == NOT_ACCEPTING


def test_a_refusal_reads_as_a_sentence() -> None:
    """A person reads the message, and when waiting helps, from when on."""
    assert str(NOT_CONNECTED) == "You two are not connected."
    assert str(until(SOON)) == "Wait. Possible from 2026-03-02 13:00 UTC."


def test_a_caution_reads_as_a_sentence() -> None:
    """A caution is its message."""
    assert str(WARNING) == "You seem not to know them."


@pytest.mark.parametrize(
    ("used", "left"), [(0, 100), (99, 1), (100, 0), (130, 0)], ids=["none", "one", "all", "more"]
)
def test_a_quota_says_what_is_left(used: int, left: int) -> None:
    """What is left is never less than none, also after a limit was lowered."""
    assert Quota(code="sent_per_week", limit=100, used=used).left == left


def test_a_quota_reads_as_a_line() -> None:
    """It tells what is left, and when the next place becomes free, if waiting frees one."""
    assert str(WEEKLY) == "sent_per_week: 3 of 100 left, the next from 2026-03-02 13:00 UTC"
    assert str(Quota(code="blocks", limit=1000, used=0)) == "blocks: 1,000 of 1,000 left"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], None),
        ([None], None),
        ([SOON], SOON),
        ([SOON, LATER], LATER),
        ([LATER, SOON], LATER),
        ([LATER, None], None),
        ([None, LATER], None),
    ],
)
def test_a_verdict_passes_when_every_refusal_has_passed(
    found: list[datetime | None], expected: datetime | None
) -> None:
    """Waiting helps only where it helps against every reason, and then until the last of them."""
    assert Verdict(tuple(until(moment) for moment in found)).possible_at == expected


def test_cautions_refuse_nothing() -> None:
    """What warns leaves an act allowed; what refuses does not."""
    assert Verdict(cautions=(WARNING,)).allowed
    assert not Verdict((ONESELF,), cautions=(WARNING,)).allowed


@pytest.mark.parametrize(
    ("true", "told"),
    [
        (Verdict(), Verdict()),
        (Verdict(cautions=(WARNING,)), Verdict(cautions=(WARNING,))),
        (Verdict((ONESELF,)), Verdict((ONESELF,))),
        (Verdict((until(SOON), ONESELF)), Verdict((until(SOON), ONESELF))),
        (
            Verdict((INVITATIONS_CLOSED, until(SOON), NOT_ACCEPTING)),
            Verdict((NOT_ACCEPTING, until(SOON))),
        ),
        (Verdict((BLOCKED_BY_THEM,)), Verdict((UNAVAILABLE,))),
        (Verdict((until(SOON), NOBODY_THERE)), Verdict((UNAVAILABLE,))),
        (Verdict((BLOCKED_BY_THEM, ONESELF), cautions=(WARNING,)), Verdict((UNAVAILABLE,))),
        (Verdict((ONESELF,), quotas=(WEEKLY,)), Verdict((ONESELF,), quotas=(WEEKLY,))),
        (Verdict((NOBODY_THERE,), quotas=(WEEKLY,)), Verdict((UNAVAILABLE,))),
    ],
    ids=[
        "allowed",
        "allowed with a caution",
        "told as it is",
        "in the order of the rules",
        "two causes with one face",
        "a block",
        "a limit beside nobody",
        "a caution beside a block",
        "what is left",
        "what is left beside nobody",
    ],
)
def test_a_verdict_is_disclosed(true: Verdict, told: Verdict) -> None:
    """The same face is shown once, and nothing beside somebody who is not available."""
    assert true.disclosed() == told


@given(st.lists(refusals()).map(tuple[Refusal, ...]))
def test_disclosing_hides_causes_and_never_that_something_refuses(
    found: tuple[Refusal, ...],
) -> None:
    """A verdict stays refused or allowed, holds no hidden cause, and is disclosed only once."""
    told = Verdict(found, cautions=(WARNING,)).disclosed()

    assert told.allowed is not bool(found)
    assert all(refusal.shown_as is None for refusal in told.refusals)
    assert told.disclosed() == told


def test_a_text_may_be_as_long_as_the_limit() -> None:
    """One character more is refused with the limit and the count, also in words."""
    assert too_long("note_too_long", "A note", "?" * 1000, 1000) is None
    assert too_long("note_too_long", "A note", "?" * 1001, 1000) == Refusal(
        code="note_too_long",
        message="A note may have 1,000 characters; this one has 1,001.",
        limit=1000,
        count=1001,
    )
