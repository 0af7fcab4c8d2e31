"""How many statements each call takes: what the page says, and no more for a lot than for a little."""

from functools import partial

import pytest

from connectcore.storage.sql import SqlStore
from tests.budgets import FEW, MANY, count, counting, named, told
from tests.network.test_store_calls import ON_MEMBERS, town
from tests.stores.databases import ALL_MAKERS, MAKERS, PLACE_OF
from tests.surface import answer
from tests.worlds import World

COLUMNS = ("sqlite", "postgresql")
"""The databases that the page has a column for."""

AT_MOST = {
    "acting invitations.send a stranger": 8,
    "acting invitations.accept who invited you": 10,
    "reading feed.page": 5,
    "reading feed.page of many": 5,
    "reading feed.page top": 5,
    "reading profiles.view a connection": 3,
    "reading profiles.view a stranger": 3,
    "reading profiles.views fifty members": 4,
    "reading connections.degree a connection": 3,
    "reading connections.degree a stranger": 3,
    "reading connections.degrees fifty members": 3,
}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("kind", "size"),
    [
        pytest.param(kind, size, id=f"{kind}-{size}")
        for kind in COLUMNS
        if kind in MAKERS
        for size in (FEW, MANY)
        if kind == "sqlite" or size == MANY
    ],
)
def test_every_call_takes_as_many_statements_as_the_page_says(kind: str, size: int) -> None:
    """Every read and every act, in both databases, whether it gives a little or a lot.

    `python -m tests.budgets` counts anew.
    """
    column = COLUMNS.index(kind)

    assert named(count(kind, size)) == {call: both[column] for call, both in told().items()}


@pytest.mark.parametrize("call", AT_MOST)
def test_what_is_asked_for_most_takes_few_statements(call: str) -> None:
    """As many as the page promises at its head, in both databases."""
    assert max(told()[call]) <= AT_MOST[call]


@pytest.fixture(name="made", scope="module")
def _made() -> World:
    """Give a town in SQLite in which Grace blocks Ada."""
    return town(ALL_MAKERS["sqlite"]())


@pytest.mark.parametrize("name", ON_MEMBERS)
def test_who_blocked_takes_the_statements_of_nobody(made: World, name: str) -> None:
    """The database is asked alike, so neither a count nor a clock tells the two apart."""
    assert isinstance(made.store, SqlStore)
    engine = PLACE_OF[made.store].engine

    def statements(to: str) -> int:
        with counting(engine) as sent:
            answer(partial(ON_MEMBERS[name], made["ada"], to))
        return len(sent)

    assert statements("grace") == statements("nobody") > 0
