"""A store in a transaction of the application's: it is undone with it, and leaves it as it found it."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from connectcore import (
    Member,
    MemberId,
    NestedUnit,
    Network,
    Refused,
    StoreBusy,
    StoreUnfit,
    StoreUnreachable,
)
from connectcore.storage import Transaction
from connectcore.storage.sql import SqlStore, Tables, create_schema
from connectcore.storage.sql.schema import usual_tables
from connectcore.testing.conformance.keeping import ADA, BOB, join, read, write
from tests.stores.databases import PLACE_OF, postgresql
from tests.worlds import profile_of

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(name="place", params=ENGINES)
def _place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Engine, Tables]]:
    """Give an engine, with a table of the application's, and the library's tables."""
    if request.param == "sqlite":
        address = URL.create("sqlite", database=str(tmp_path / "network.db"))
        engine, tables = create_engine(address, poolclass=NullPool), usual_tables()
        with engine.begin() as connection:
            create_schema(connection)
    else:
        store = postgresql()
        engine, tables = PLACE_OF[store].engine, PLACE_OF[store].tables
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS orders"))
        connection.execute(text("CREATE TABLE orders (id INTEGER)"))
    yield engine, tables


def act(connection: Connection, tables: Tables) -> None:
    """Order something, let two members connect, and be refused in between."""
    connection.execute(text("INSERT INTO orders VALUES (1)"))
    network = Network(SqlStore.joined(connection, tables=tables))
    for member in ("ada", "bob"):
        network.join(Member(member, profile_of(member)))
    ada, bob = network.as_member("ada"), network.as_member("bob")
    with pytest.raises(Refused):
        ada.invitations.accept("bob")
    ada.invitations.send("bob")
    bob.invitations.accept("ada")
    connection.execute(text("INSERT INTO orders VALUES (2)"))


def found(place: tuple[Engine, Tables]) -> tuple[int, set[MemberId], int]:
    """How many orders there are, who joined, and how many connections Ada has."""
    engine, tables = place
    with engine.connect() as connection:
        orders = len(connection.execute(text("SELECT id FROM orders")).all())
    store = SqlStore(engine, tables=tables)
    members = set(read(store, lambda s: s.members((ADA, BOB))))
    return orders, members, len(read(store, lambda s: s.connections(ADA, None, None)))


NOTHING = (0, set[MemberId](), 0)
EVERYTHING = (2, {ADA, BOB}, 1)


def by_engine(engine: Engine, act: Callable[[Connection], None]) -> None:
    """Act in a transaction of an engine."""
    with engine.begin() as connection:
        act(connection)


def by_session(engine: Engine, act: Callable[[Connection], None]) -> None:
    """Act in the transaction of a session."""
    with Session(engine) as session, session.begin():
        act(session.connection())


WAYS = {"engine": by_engine, "session": by_session}
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


@each_way
def test_what_the_application_commits_is_kept(
    place: tuple[Engine, Tables], way: Callable[..., None]
) -> None:
    """Its own rows and the library's together, whatever was refused between them."""
    way(place[0], lambda connection: act(connection, place[1]))

    assert found(place) == EVERYTHING


@each_way
def test_what_the_application_rolls_back_is_gone(
    place: tuple[Engine, Tables], way: Callable[..., None]
) -> None:
    """All of it, as if no act had been done."""

    def broken(connection: Connection) -> None:
        act(connection, place[1])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        way(place[0], broken)

    assert found(place) == NOTHING


def break_off(transaction: Transaction) -> None:
    """Write something, and raise."""
    transaction.mute(ADA, BOB, None)
    raise ZeroDivisionError


def test_a_unit_that_raises_is_undone_alone(place: tuple[Engine, Tables]) -> None:
    """What came before it in the transaction stays, and so does what comes after."""
    engine, tables = place
    with engine.begin() as connection:
        store = SqlStore.joined(connection, tables=tables)
        join(store, ADA)
        with pytest.raises(ZeroDivisionError):
            write(store, break_off)
        join(store, BOB)

    assert found(place)[1] == {ADA, BOB}
    assert read(SqlStore(engine, tables=tables), lambda s: s.mutes(ADA)) == {}


def test_a_unit_within_a_unit_is_refused(place: tuple[Engine, Tables]) -> None:
    """As in every store."""
    with place[0].begin() as connection:
        store = SqlStore.joined(connection, tables=place[1])
        with pytest.raises(NestedUnit):
            write(store, lambda _: store.read(lambda snapshot: snapshot.key()))
        assert len(read(store, lambda s: s.key())) >= 32


def test_a_connection_that_commits_by_itself_is_refused(place: tuple[Engine, Tables]) -> None:
    """Nothing of it could be undone."""
    engine, tables = place
    own = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with own as connection, pytest.raises(StoreUnfit, match="commits each statement by itself"):
        join(SqlStore.joined(connection, tables=tables), ADA)

    assert found(place) == NOTHING


def test_a_write_that_could_overlook_others_is_refused_or_gives_way(
    place: tuple[Engine, Tables],
) -> None:
    """Where the transaction has seen an instant that is over, a write of it is one clear error."""
    engine, tables = place
    level = "SERIALIZABLE" if engine.dialect.name == "sqlite" else "REPEATABLE READ"
    error = StoreBusy if engine.dialect.name == "sqlite" else StoreUnfit
    join(SqlStore(engine, tables=tables), ADA)
    with engine.connect().execution_options(isolation_level=level) as connection:
        store = SqlStore.joined(connection, tables=tables)
        assert set(read(store, lambda s: s.members((ADA, BOB)))) == {ADA}
        join(SqlStore(engine, tables=tables), BOB)
        with pytest.raises(error):
            write(store, lambda transaction: transaction.mute(ADA, BOB, None))


def test_a_connection_that_is_lost_is_one_clear_error(place: tuple[Engine, Tables]) -> None:
    """Nothing of the transaction is kept, and its owner is told what any other store tells."""
    engine, tables = place
    if engine.dialect.name == "sqlite":
        pytest.skip("a file is not lost")
    own = create_engine(engine.url, poolclass=NullPool, connect_args={"application_name": "joined"})

    def lose(transaction: Transaction) -> None:
        with engine.begin() as other:
            other.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE application_name = 'joined'"
                )
            )
        transaction.mutes(ADA)

    def act(connection: Connection) -> None:
        store = SqlStore.joined(connection, tables=tables)
        join(store, ADA)
        write(store, lose)

    with pytest.raises(StoreUnreachable):
        by_engine(own, act)

    assert found(place) == NOTHING


def test_any_other_error_of_the_database_names_no_member(tmp_path: Path) -> None:
    """It comes through as it is, less the values that were sent."""
    engine = create_engine(
        URL.create("sqlite", database=str(tmp_path / "empty.db")), poolclass=NullPool
    )
    with engine.begin() as connection:
        store = SqlStore.joined(connection)
        with pytest.raises(DBAPIError, match="no such table") as raised:
            read(store, lambda s: s.mutes(MemberId("secret-id")))

    assert "secret-id" not in str(raised.value)


# ── From asynchronous applications ──────────────────────────────────────────────────────────────

DRIVERS = {
    "sqlite": ("sqlite+aiosqlite",),
    "postgresql": ("postgresql+psycopg", "postgresql+asyncpg"),
}


@pytest.mark.parametrize("keeps", [True, False], ids=["kept", "undone"])
def test_an_asynchronous_application_makes_the_same_calls(
    place: tuple[Engine, Tables], *, keeps: bool
) -> None:
    """Within `run_sync`, of a connection and of a session; what is rolled back is gone."""
    engine, tables = place

    async def run(driver: str) -> None:
        asynchronous = create_async_engine(engine.url.set(drivername=driver), poolclass=NullPool)
        async with AsyncSession(asynchronous) as session:
            connection = await session.connection()
            await connection.run_sync(lambda own: act(own, tables))
            await (session.commit() if keeps else session.rollback())
        await asynchronous.dispose()

    for driver in DRIVERS[engine.dialect.name]:
        asyncio.run(run(driver))
        assert found(place) == (EVERYTHING if keeps else NOTHING)
        empty(engine, tables)


def empty(engine: Engine, tables: Tables) -> None:
    """Begin anew."""
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM orders"))
        for table in reversed(tables.members.metadata.sorted_tables):
            connection.execute(table.delete())
