"""What keeps units of work apart in a database, and what becomes of one that is broken off."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from connectcore import (
    MemberId,
    OutcomeUnknown,
    StoreBusy,
    StoreUnfit,
    StoreUnreachable,
)
from connectcore.storage import Snapshot, Transaction
from connectcore.storage.sql import SqlStore, create_schema
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVE,
    join,
    member_of,
    read,
    write,
)
from tests.stores.databases import PLACE_OF, Place, postgresql


@pytest.fixture(name="address")
def _address(tmp_path: Path) -> URL:
    """Give the address of a database in a file, with tables."""
    address = URL.create("sqlite", database=str(tmp_path / "network.db"))
    engine = create_engine(address, poolclass=NullPool)
    with engine.begin() as connection:
        create_schema(connection)
    return address


@pytest.fixture(name="place")
def _place() -> Place:
    """Give tables on a server, which stay empty but for what a test does."""
    return PLACE_OF[postgresql()]


@pytest.fixture(name="own_engine")
def _own_engine(place: Place) -> Iterator[Engine]:
    """Give an engine on that server whose connections can be told from all others."""
    engine = create_engine(
        place.engine.url, connect_args={"application_name": "doomed"}, pool_size=4
    )
    yield engine
    engine.dispose()


def muted(store: SqlStore, member: MemberId) -> set[MemberId]:
    """Whom *member* muted."""
    return read(store, lambda s: set(s.mutes(member)))


# ── Engines that would break the promise ────────────────────────────────────────────────────────


def test_an_engine_that_commits_by_itself_is_refused(address: URL) -> None:
    """Half of a unit could be kept; nothing is, and the error says what to leave out."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    with pytest.raises(StoreUnfit, match=r"commits each statement by itself \(AUTOCOMMIT\)"):
        join(SqlStore(engine), ADA)

    assert (
        read(SqlStore(create_engine(address, poolclass=NullPool)), lambda s: s.members((ADA,)))
        == {}
    )


def test_an_engine_on_a_server_that_commits_by_itself_is_refused(place: Place) -> None:
    """There, too."""
    engine = create_engine(place.engine.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    store = SqlStore(engine, tables=place.tables)

    with pytest.raises(StoreUnfit, match="commits each statement by itself"):
        join(store, ADA)


def test_an_empty_database_for_each_thread_is_refused() -> None:
    """That is what an address without a file is by default; the error says what is meant."""
    with pytest.raises(StoreUnfit, match="poolclass=StaticPool"):
        SqlStore(create_engine("sqlite://"))


def test_another_database_is_refused() -> None:
    """One for which nobody has shown that the promise is kept."""
    engine = create_engine("mysql+pymysql://nowhere/none", module=sqlite3)

    with pytest.raises(StoreUnfit, match="kept in SQLite or PostgreSQL, not in mysql"):
        SqlStore(engine)


def test_a_database_without_tables_is_refused(tmp_path: Path) -> None:
    """The error names a table that is missing, and what makes it; then the same store serves."""
    address = URL.create("sqlite", database=str(tmp_path / "empty.db"))
    engine = create_engine(address, poolclass=NullPool)
    store = SqlStore(engine)

    with pytest.raises(StoreUnfit, match=r"no table connectcore_secrets; say create_schema\("):
        join(store, ADA)

    with engine.begin() as connection:
        create_schema(connection)
    join(store, ADA)


# ── Engines as applications set them up ─────────────────────────────────────────────────────────


def begin_oneself(engine: Engine) -> Engine:
    """Let an engine begin its transactions as the documentation of SQLAlchemy has it."""

    @event.listens_for(engine, "connect")
    def _leave_it_to_us(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


@pytest.mark.parametrize(
    "set_up",
    [
        create_engine,
        lambda address: create_engine(address, poolclass=NullPool),
        lambda address: begin_oneself(create_engine(address)),
        lambda address: create_engine(address, isolation_level="SERIALIZABLE"),
    ],
    ids=["as it comes", "without a pool", "begins by itself", "serializable"],
)
def test_a_store_writes_and_undoes_however_the_engine_is_set_up(
    address: URL, set_up: Callable[[URL], Engine]
) -> None:
    """What was written is there for others, what was broken off is not, and readers see no change."""
    engine = set_up(address)
    store, other = SqlStore(engine), SqlStore(create_engine(address, poolclass=NullPool))
    join(store, ADA)

    def broken(transaction: Transaction) -> None:
        transaction.put_member(member_of(BOB))
        transaction.members((BOB,))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(store, broken)

    def looks_twice(snapshot: Snapshot) -> list[int]:
        before = len(snapshot.neighbours((ADA,))) + len(snapshot.mutes(ADA))
        write(other, lambda transaction: transaction.mute(ADA, BOB, None))
        return [before, len(snapshot.neighbours((ADA,))) + len(snapshot.mutes(ADA))]

    assert read(other, lambda s: s.members((ADA, BOB))) == {ADA: member_of(ADA)}
    assert read(store, looks_twice) == [1, 1]
    assert muted(store, ADA) == {BOB}
    engine.dispose()


def test_a_file_lets_readers_go_on_and_minds_references(address: URL) -> None:
    """The connections that a store uses write ahead, wait for others and check references."""
    engine = create_engine(address, connect_args={"timeout": 0})
    join(SqlStore(engine), ADA)
    with engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    engine.dispose()

    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}


# ── Who waits for whom ──────────────────────────────────────────────────────────────────────────


def test_writes_that_name_nobody_in_common_run_at_once(place: Place) -> None:
    """One can begin and end while another is under way."""
    store = SqlStore(place.engine, tables=place.tables)
    join(store, ADA, BOB, CAT, DAN)

    def other_write() -> None:
        store.write((CAT, DAN), lambda transaction: transaction.mute(CAT, DAN, None))

    def unit(transaction: Transaction) -> None:
        transaction.mute(ADA, BOB, None)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(other_write).result(timeout=20)
        assert transaction.mutes(CAT) == {DAN: None}

    store.write((ADA, BOB), unit)

    assert muted(store, ADA) == {BOB}


@pytest.mark.parametrize("shared", [BOB, MemberId("nobody")])
def test_writes_that_name_somebody_in_common_wait(place: Place, shared: MemberId) -> None:
    """Whoever it is, joined or not, and in whatever order they are named."""
    store = SqlStore(place.engine, tables=place.tables)
    join(store, ADA, BOB)
    began, order = Event(), list[str]()

    def second_unit(_: Transaction) -> None:
        order.append("second")

    def second() -> None:
        began.set()
        store.write((shared, CAT), second_unit)

    with ThreadPoolExecutor(1) as pool:

        def first_unit(transaction: Transaction) -> None:
            waiting.append(pool.submit(second))
            began.wait()
            with pytest.raises(TimeoutError):
                waiting[0].result(timeout=0.3)
            order.append("first")

        waiting: list[Future[None]] = []
        store.write((ADA, shared), first_unit)
        waiting[0].result(timeout=20)

    assert order == ["first", "second"]


# ── Giving way ──────────────────────────────────────────────────────────────────────────────────


def test_a_unit_that_gives_way_is_run_again(place: Place) -> None:
    """Of two that wait for each other one is broken off and run again, and both end well."""
    store = SqlStore(place.engine, tables=place.tables)
    met = Barrier(2)
    runs = list[str]()

    def crossing(first: MemberId, then: MemberId) -> Callable[[Transaction], None]:
        def unit(transaction: Transaction) -> None:
            again = str(first) in runs
            runs.append(str(first))
            transaction.mute(first, EVE, None)
            transaction.mutes(first)
            if not again:
                met.wait(timeout=20)
            transaction.mute(then, EVE, None)

        return unit

    with ThreadPoolExecutor(2) as pool:
        for done in [
            pool.submit(store.write, (CAT,), crossing(ADA, BOB)),
            pool.submit(store.write, (DAN,), crossing(BOB, ADA)),
        ]:
            done.result(timeout=60)

    assert sorted(set(runs)) == [ADA, BOB]
    assert len(runs) == 3
    assert muted(store, ADA) == muted(store, BOB) == {EVE}


def test_a_database_that_stays_busy_is_one_clear_error(address: URL) -> None:
    """After a few attempts; nothing is kept, and later the same store serves."""
    store = SqlStore(create_engine(address, poolclass=NullPool, connect_args={"timeout": 0.01}))
    join(store, ADA)
    hog = create_engine(address, poolclass=NullPool).connect()
    hog.exec_driver_sql("BEGIN IMMEDIATE")

    with pytest.raises(StoreBusy, match="at each of 6 attempts"):
        join(store, BOB)

    hog.close()
    join(store, BOB)
    assert set(read(store, lambda s: s.members((ADA, BOB)))) == {ADA, BOB}


# ── Losing the database ─────────────────────────────────────────────────────────────────────────


def test_a_database_that_cannot_be_reached_is_one_clear_error(tmp_path: Path) -> None:
    """Before anything is done."""
    address = URL.create("sqlite", database=str(tmp_path / "no folder" / "network.db"))
    store = SqlStore(create_engine(address, poolclass=NullPool))

    with pytest.raises(StoreUnreachable, match="cannot be reached; nothing was kept"):
        join(store, ADA)


def lose(place: Place) -> None:
    """End the connections of the engine that can be told from all others."""
    with place.engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'doomed'"
            )
        )


def test_a_connection_that_is_lost_is_one_clear_error(place: Place, own_engine: Engine) -> None:
    """Nothing of the unit is kept, and the next one has a new connection."""
    store = SqlStore(own_engine, tables=place.tables)

    def unit(transaction: Transaction) -> None:
        transaction.mute(ADA, BOB, None)
        transaction.mutes(ADA)
        lose(place)
        transaction.mutes(ADA)

    with pytest.raises(StoreUnreachable) as raised:
        write(store, unit)

    assert type(raised.value) is StoreUnreachable
    assert muted(store, ADA) == set()


def test_a_connection_that_is_lost_at_the_end_leaves_it_open(
    place: Place, own_engine: Engine
) -> None:
    """Whether it was kept is not known then, and the error says so."""
    store = SqlStore(own_engine, tables=place.tables)

    def unit(transaction: Transaction) -> None:
        transaction.mute(ADA, BOB, None)
        transaction.mutes(ADA)
        lose(place)

    with pytest.raises(OutcomeUnknown, match="look whether it did"):
        write(store, unit)

    assert muted(store, ADA) == set()


def test_any_other_error_of_the_database_names_no_member(address: URL) -> None:
    """It comes through as it is, less the values that were sent, which are of members."""
    engine = create_engine(address, poolclass=NullPool)
    store = SqlStore(engine)
    join(store, ADA)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE connectcore_mutes")

    with pytest.raises(DBAPIError, match="no such table") as raised:
        write(store, lambda transaction: transaction.mute(MemberId("secret-id"), BOB, None))

    assert "secret-id" not in str(raised.value)
