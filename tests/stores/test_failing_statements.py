"""Every act happens whole or not at all, at whichever statement to the database it fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from sqlalchemy import Engine, event

from connectcore.storage import Store
from connectcore.storage.sql import SqlStore
from tests.conftest import PROFILE
from tests.stores.databases import MAKERS, PLACE_OF, rows_of
from tests.stores.test_failures import ACTS, SOME, Act, _act, filled_world

pytestmark = pytest.mark.thorough

__all__ = ["_act"]


class StatementFailed(Exception):
    """A statement, or the end of a transaction, went wrong."""


@contextmanager
def failing(engine: Engine, number: int) -> Iterator[None]:
    """Let the statement with a number fail, counted from 1; the end of a transaction is one."""
    left = number

    def fail(*_: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise StatementFailed

    moments = ("before_cursor_execute", "commit")
    for moment in moments:
        event.listen(engine, moment, fail)
    try:
        yield
    finally:
        for moment in moments:
            event.remove(engine, moment, fail)


@pytest.mark.parametrize(
    ("make_store", "act"),
    [
        pytest.param(name, act, id=f"{name}-{act}")
        for name in MAKERS
        if name != "memory"
        for act in (ACTS if PROFILE == "nightly" and name == "sqlite" else SOME)
    ],
    indirect=True,
)
def test_an_act_that_fails_at_any_statement_changes_nothing(store: Store, act: Act) -> None:
    """Also what a store sends late, and the very commit, may fail: no row of any table is changed."""
    assert isinstance(store, SqlStore)
    engine = PLACE_OF[store].engine
    made = filled_world(store, store)
    before = rows_of(store)

    for number in count(1):
        try:
            with failing(engine, number):
                act(made)
        except StatementFailed:
            assert rows_of(store) == before
        else:
            break

    assert number > 3
    assert rows_of(store) != before
