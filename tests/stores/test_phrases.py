"""A statement is put together once, whatever the values in it, and no value is kept with it."""

import gc
import weakref
from functools import partial
from typing import Any, NamedTuple

import pytest
from sqlalchemy import MetaData, select

from connectcore import Member, MemberId, Network, Pair
from connectcore.posts import CommentId, PostId
from connectcore.storage import Snapshot
from connectcore.storage.sql import SqlStore, Tables, define_tables
from connectcore.storage.sql.phrases import Among, Given, Query, Value, among, say
from connectcore.testing.conformance.keeping import OPEN_LISTS, day, kept
from connectcore.testing.conformance.rollback import filled
from tests.stores.databases import ALL_MAKERS, MAKERS, PLACE_OF
from tests.worlds import profile_of

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(name="store", params=[kind for kind in DATABASES if kind in MAKERS])
def _store(request: pytest.FixtureRequest) -> SqlStore:
    """Give a store in which there is something of all that can be read."""
    store = ALL_MAKERS[request.param]()
    assert isinstance(store, SqlStore)
    filled(store)
    once: Any = PLACE_OF[store].tables.once
    once.cache_clear()
    return store


class Counted(NamedTuple):
    """How often something was asked of what is remembered, as `functools` counts it."""

    hits: int
    misses: int
    maxsize: int
    currsize: int


def counted(tables: Tables) -> Counted:
    """What became of what was made of tables."""
    once: Any = tables.once
    return Counted(*once.cache_info())


def made(tables: Tables) -> int:
    """How often something was made of tables that was not remembered."""
    return counted(tables).misses


# ── In a store ──────────────────────────────────────────────────────────────────────────────────


def test_what_was_read_is_read_again_with_no_new_statement(store: SqlStore) -> None:
    """Everything that can be read is read anew with the statements of the first time."""
    first, tables = kept(store), PLACE_OF[store].tables
    before = made(tables)

    assert kept(store) == first
    assert made(tables) == before


def test_stores_in_the_same_tables_have_the_same_statements(store: SqlStore) -> None:
    """A store that joins a transaction puts no statement together that another store had."""
    first, place = kept(store), PLACE_OF[store]
    with place.engine.begin() as connection:
        joined = SqlStore.joined(connection, tables=place.tables)
        joined.read(lambda snapshot: snapshot.key())
        before = made(place.tables)

        assert kept(joined) == first
        assert made(place.tables) == before


def test_what_was_done_is_done_again_with_no_new_statement(store: SqlStore) -> None:
    """Another two members meet, part and leave with the statements of the first two."""
    network, tables = Network(store), PLACE_OF[store].tables

    def meet(one: str, other: str) -> int:
        before = made(tables)
        for member in (one, other):
            network.join(Member(member, profile_of(member)))
        network.as_member(one).invitations.send(other, note=f"I am {one}.")
        network.as_member(other).invitations.accept(one)
        network.as_member(one).connections.remove(other)
        network.as_member(other).data.erase()
        return made(tables) - before

    assert meet("uma", "vic") > 0
    assert meet("yan", "zoe") == 0


def test_many_are_asked_for_with_the_statement_of_a_few(store: SqlStore) -> None:
    """However many ids a read names, its statement is that of two."""
    tables = PLACE_OF[store].tables

    def ask(snapshot: Snapshot, number: int) -> int:
        before = made(tables)
        ids = [MemberId(f"{number}-{each}") for each in range(number)]
        snapshot.members(ids)
        snapshot.neighbours(ids)
        snapshot.relationships(MemberId("ada"), ids)
        snapshot.degrees(MemberId("ada"), ids, OPEN_LISTS)
        snapshot.standings(ids, since=day(0), pending_since=day(0))
        snapshot.activities_of(ids, None, number)
        snapshot.posts([PostId(each) for each in ids])
        snapshot.comments([CommentId(each) for each in ids])
        snapshot.between([Pair.of(MemberId("ada"), each) for each in ids])
        snapshot.reactions([(PostId("post"), None, each) for each in ids])
        return made(tables) - before

    few, more, many = (store.read(partial(ask, number=number)) for number in (2, 3, 200))

    assert few > 0
    assert (more, many) == (0, 0)


def test_what_is_read_ahead_together_is_one_statement_however_often(store: SqlStore) -> None:
    """The same reads, asked ahead of other members, are put together once."""
    tables = PLACE_OF[store].tables

    def ahead(member: str, others: list[str]) -> int:
        before = made(tables)
        owner, ids = MemberId(member), [MemberId(other) for other in others]

        def unit(snapshot: Snapshot) -> None:
            def about_them(reads: Snapshot) -> None:
                reads.members(ids)

            def about_one(reads: Snapshot) -> None:
                reads.following(owner)

            snapshot.read_ahead(about_them, about_one)

        store.read(unit)
        return made(tables) - before

    assert ahead("ada", ["bob", "cat"]) > 0
    assert ahead("dan", ["eve", "ada", "bob"]) == 0
    assert ahead("dan", ["eve"]) > 0  # one id is compared, and not looked for in a list


# ── What is kept ────────────────────────────────────────────────────────────────────────────────


def new_tables() -> Tables:
    """Tables of which nothing was made."""
    return define_tables(MetaData())


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        pytest.param("ada", "bob", 1, id="two texts"),
        pytest.param(1, day(1), 1, id="a number and a moment"),
        pytest.param("ada", None, 2, id="a text and none"),
        pytest.param(Among(["ada"]), Among(["bob"]), 1, id="one id and another"),
        pytest.param(Among(["ada", "bob"]), Among(["cat"] * 2), 2, id="two ids and one"),
        pytest.param(Among(["ada", "bob"]), Among([]), 1, id="two ids and none"),
        pytest.param((day(1), "ada"), (day(2), "bob"), 1, id="two marks"),
        pytest.param((None, 1), (1, None), 2, id="two places"),
    ],
)
def test_what_makes_the_same_text_is_worded_once(
    one: Value, other: Value, times: int, database: str
) -> None:
    """A function words a phrase once for all values that make one text, and once for each other."""
    tables, given = new_tables(), list[Given]()

    def word(_: Tables, value: Given) -> None:
        given.append(value)

    for value in (one, other, one, other):
        say(word, value=value).worded(tables, database)

    assert len(given) == times


def member_called(tables: Tables, name: Given, ids: Given) -> Query:
    """Words for one of the phrases of the next test."""
    members = tables.members
    return select(members.c.id).where(among(members.c.id, ids), members.c.document == name)


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("ids", [Among(["mary"]), Among(["mary", "joan"])], ids=["one", "two"])
def test_no_value_is_in_what_is_kept(ids: Among, database: str) -> None:
    """What is kept of a phrase has names where values belong, one for each that is sent with it."""
    phrase = say(member_called, name="Mary", ids=ids)
    statement = phrase.worded(new_tables(), database)
    compiled = statement.compile()

    assert set(compiled.params) == set(phrase.parameters(database))
    assert set(compiled.params.values()) == {None}
    assert "mary" not in repr(phrase).lower()


def test_a_phrase_within_another_keeps_its_values_apart() -> None:
    """Two phrases of the same words and names, both within another one, are sent each their own."""

    def either(_: Tables, queries: Given) -> Query:
        first, second = queries
        return first.union_all(second)

    parts = tuple(say(member_called, name=name, ids=Among([name])) for name in ("ada", "bob"))
    sent = say(either, queries=parts).parameters("sqlite")

    assert sorted(map(str, sent.values())) == ["ada", "ada", "bob", "bob"]


def test_only_so_much_is_remembered() -> None:
    """Of more than that, what was made of tables last is there, and the rest is made anew."""
    tables = new_tables()
    most = counted(tables).maxsize

    def make(_: Tables, number: int) -> int:
        return number

    for number in range(most + 1):
        tables.once(make, number)
    before = made(tables)
    tables.once(make, most)

    assert counted(tables).currsize == most
    assert made(tables) == before
    tables.once(make, 0)
    assert made(tables) == before + 1


def test_what_was_made_of_tables_goes_with_them() -> None:
    """Tables that nobody holds any more are not held by what is remembered of them."""
    tables = new_tables()
    say(member_called, name="Ada", ids=Among([])).worded(tables, "sqlite")
    gone = weakref.ref(tables)
    del tables
    gc.collect()

    assert gone() is None
