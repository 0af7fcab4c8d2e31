"""Every error has one root, tells the value and the remedy, and survives pickling and copying."""

import copy
import pickle
from collections.abc import Callable
from datetime import timedelta

import pytest

from connectcore import (
    AlreadyJoined,
    AudienceOutOfBounds,
    ConnectcoreError,
    IllegalTransition,
    InvalidCursor,
    InvalidToken,
    InvalidValue,
    NestedUnit,
    NotFound,
    OutcomeUnknown,
    Refusal,
    Refused,
    StoreBusy,
    StoreUnfit,
    StoreUnreachable,
    UnknownMember,
    Verdict,
    errors,
)
from connectcore.refusals import NOBODY_THERE, ONESELF, UNAVAILABLE
from tests.worlds import NOON

WAIT = Refusal(
    code="wait",
    message="100 invitations a week may be sent.",
    possible_at=NOON + timedelta(days=1),
)

MESSAGES = {
    ConnectcoreError("Something is wrong."): "Something is wrong.",
    InvalidValue("a member's id is empty"): "a member's id is empty",
    InvalidCursor(): (
        "this cursor was not made for this list and this viewer; start again without one"
    ),
    InvalidToken(): (
        "this token is not whole, or was not made here; take it from the mail as it stands"
    ),
    AudienceOutOfBounds("name", "only me", "members", "everyone"): (
        "'name' cannot be shown to only me: choose from members to everyone"
    ),
    IllegalTransition("Connected", "InvitationSent"): ("InvitationSent cannot happen to Connected"),
    Refused(Verdict((ONESELF, WAIT))): (
        "This needs another member, not yourself. "
        "100 invitations a week may be sent. Possible from 2026-03-03 12:00 UTC."
    ),
    NotFound(): "There is no such member or item, or it is not available to you.",
    UnknownMember("ada"): ("'ada' acts but has not joined; call network.join(Member(...)) first"),
    AlreadyJoined("ada"): (
        "'ada' has joined already; act as them to edit their profile or settings"
    ),
    NestedUnit(): ("a unit of work of this store is running in this thread already"),
    StoreUnfit("each thread would have a database of its own"): (
        "each thread would have a database of its own"
    ),
    StoreBusy(6): (
        "the database was busy with others at each of 6 attempts; "
        "nothing was kept, and the call may be made again"
    ),
    StoreUnreachable(): (
        "the database cannot be reached; nothing was kept, and the call may be made again"
    ),
    OutcomeUnknown(): (
        "the database was lost as it was to keep what was done; "
        "look whether it did before you make the call again"
    ),
}
"""An error of each class, with what it says."""

BUILT_IN = {
    InvalidValue: ValueError,
    InvalidCursor: ValueError,
    InvalidToken: ValueError,
    AudienceOutOfBounds: ValueError,
    NotFound: LookupError,
    UnknownMember: LookupError,
}

each_error = pytest.mark.parametrize("error", MESSAGES, ids=lambda error: type(error).__name__)


def pickled(error: ConnectcoreError) -> ConnectcoreError:
    """*error* as another process gets it."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - what it pickled itself
    assert isinstance(again, ConnectcoreError)
    return again


def test_every_error_class_is_tested_here() -> None:
    """A class that is added to the module has to be added to the tables of this file."""
    assert {type(error).__name__ for error in MESSAGES} == set(errors.__all__)


@each_error
def test_an_error_says_what_is_wrong(error: ConnectcoreError) -> None:
    """The message names the value that was wrong and, where there is one, the remedy."""
    assert str(error) == MESSAGES[error]


@each_error
def test_one_except_clause_catches_them_all(error: ConnectcoreError) -> None:
    """Every error has the one root."""
    with pytest.raises(ConnectcoreError):
        raise error


@each_error
def test_an_error_is_also_the_built_in_one_that_it_is(error: ConnectcoreError) -> None:
    """A wrong value is a `ValueError`, something that is not there a `LookupError`."""
    for built_in in (ValueError, LookupError):
        assert isinstance(error, built_in) == (BUILT_IN.get(type(error)) is built_in)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, pickled])
@each_error
def test_an_error_survives(
    error: ConnectcoreError, again: Callable[[ConnectcoreError], ConnectcoreError]
) -> None:
    """An error that is copied or crosses a process keeps its class, its message and its value."""
    survivor = again(error)

    assert type(survivor) is type(error)
    assert str(survivor) == str(error)
    assert survivor.args == error.args
    assert vars(survivor) == vars(error)


def test_a_refusal_carries_its_verdict() -> None:
    """A program reads the reasons as values, most important first."""
    refused = Refused(Verdict((ONESELF, WAIT)))

    assert refused.verdict == Verdict((ONESELF, WAIT))
    assert refused.refusals == (ONESELF, WAIT)


def test_nothing_found_is_refused_as_unavailable() -> None:
    """Whoever catches `Refused` reads the common answer for all that is not there."""
    assert NotFound().refusals == (UNAVAILABLE,)


def test_an_operator_may_carry_the_true_cause() -> None:
    """A verdict that is not disclosed keeps its cause apart from the message for the actor."""
    assert NotFound(Verdict((NOBODY_THERE,))).refusals == (NOBODY_THERE,)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (
            AudienceOutOfBounds,
            {"name": "name", "chosen": "only me", "narrowest": "members", "widest": "everyone"},
        ),
        (IllegalTransition, {"state": "Connected", "event": "InvitationSent"}),
        (UnknownMember, {"member": "ada"}),
        (AlreadyJoined, {"member": "ada"}),
        (StoreBusy, {"attempts": 6}),
    ],
)
def test_an_error_carries_its_values(
    kind: type[ConnectcoreError], values: dict[str, object]
) -> None:
    """What the message names can be read without parsing it."""
    assert vars(kind(*values.values())) == values
