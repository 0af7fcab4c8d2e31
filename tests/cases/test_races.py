"""Cases in which two calls at once broke a promise, tried on every store."""

from collections.abc import Callable
from itertools import count

import pytest

from connectcore import Connection, ConnectionRules, ConnectionsAtMost, Refused
from connectcore.storage import Store
from connectcore.testing import FlakyStore, StoreFailed
from connectcore.testing.conformance.threads import at_once
from tests.conftest import by_depth
from tests.network.test_invitations import codes
from tests.stores.keeping import contents
from tests.worlds import world

ROUNDS = by_depth(quick=5, usual=5, ci=15, nightly=100)


@pytest.mark.parametrize("_", range(ROUNDS))
def test_case_13_crossing_invitations_become_one_connection(store: Store, _: int) -> None:
    """Two members who invite each other at once are connected, with nothing left pending.

    django-friendship issues 114, 122 and 27, where two requests stood side by side.
    """
    made = world("ada", "bob", store=store)
    outcomes = at_once(
        lambda: made["ada"].invitations.send("bob"), lambda: made["bob"].invitations.send("ada")
    )

    assert sum(isinstance(outcome, Connection) for outcome in outcomes) == 1
    for one, other in (("ada", "bob"), ("bob", "ada")):
        assert [entry.member for entry in made[one].connections.page().items] == [other]
        assert made[one].invitations.sent().items == made[one].invitations.received().items == ()


@pytest.mark.parametrize("_", range(ROUNDS))
def test_case_14_an_invitation_is_accepted_once(store: Store, _: int) -> None:
    """Accepted twice at once it makes one connection, which both calls answer alike.

    GHSA-vfw3-53q9-2hp8 of Homarr, which checked, created and deleted in three steps; quackback
    issue 308.
    """
    made = world("ada", "bob", store=store)
    made["ada"].invitations.send("bob")
    first, second = at_once(*[lambda: made["bob"].invitations.accept("ada")] * 2)

    assert first == second
    assert isinstance(first, Connection)
    assert made["ada"].connections.count() == made["bob"].connections.count() == 1


def test_case_14_an_invitation_that_fails_midway_is_still_there(
    make_store: Callable[[], Store],
) -> None:
    """Wherever accepting fails, the invitation waits as before, and can be accepted then."""
    for call in count(1):
        store = make_store()
        flaky = FlakyStore(store)
        made = world("ada", "bob", store=flaky)
        made["ada"].invitations.send("bob")
        before = contents(store)
        flaky.fail_at(call)
        try:
            made["bob"].invitations.accept("ada")
        except StoreFailed:
            assert contents(store) == before
            made["bob"].invitations.accept("ada")
            assert made["ada"].connections.count() == 1
        else:
            break

    assert call > 6


@pytest.mark.parametrize("_", range(ROUNDS))
def test_case_15_the_last_place_is_given_once(store: Store, _: int) -> None:
    """With one place left, one of two invitations that are accepted at once meets the limit.

    The race for the last seat (securifyai); the cap of django-friendship 1.11.
    """
    rules = ConnectionRules(accepting=(ConnectionsAtMost(1),))
    made = world("ada", "bob", "cyd", rules=rules, store=store)
    for inviter in ("bob", "cyd"):
        made[inviter].invitations.send("ada")
    outcomes = at_once(
        lambda: made["ada"].invitations.accept("bob"), lambda: made["ada"].invitations.accept("cyd")
    )

    (refused,) = (outcome for outcome in outcomes if isinstance(outcome, Refused))
    assert codes(refused.verdict) == ["connections"]
    assert made["ada"].connections.count() == 1
    assert len(made["ada"].invitations.received().items) == 1
