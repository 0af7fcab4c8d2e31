"""Spreading the tables over a Citus cluster: what it is asked for, and in which order.

Where there is no cluster, functions of the same names stand in for it in a real PostgreSQL: they note
what they are called with, and refuse what Citus refuses.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import pytest
from psycopg import IsolationLevel
from sqlalchemy import Connection, create_engine, text

from connectcore.errors import StoreUnfit
from connectcore.storage import Snapshot
from connectcore.storage.sql import SqlStore, Tables
from connectcore.storage.sql.citus import distribute
from connectcore.storage.sql.schema import all_of
from tests.stores.databases import PLACE_OF, Place, engine_in_memory, postgresql
from tests.stores.keeping import ADA
from tests.stores.sending import listening

Called: TypeAlias = tuple[str, str, str | None, str | None]
"""The function, the table, the column by which it is spread, and the table beside which."""

STAND_IN = """
CREATE TABLE pg_dist_partition (
    number integer GENERATED ALWAYS AS IDENTITY, logicalrelid regclass PRIMARY KEY,
    called text, partkey text, beside text, colocationid integer
);
CREATE FUNCTION column_to_column_name(regclass, text) RETURNS text LANGUAGE sql AS 'SELECT $2';
CREATE FUNCTION create_reference_table(table_name regclass) RETURNS void LANGUAGE sql AS $$
    INSERT INTO pg_dist_partition (logicalrelid, called, colocationid)
    VALUES (table_name, 'create_reference_table', 1)
$$;
CREATE FUNCTION create_distributed_table(
    table_name regclass, distribution_column text, distribution_type text DEFAULT 'hash',
    colocate_with text DEFAULT 'default', shard_count integer DEFAULT NULL
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE together integer := 2;
BEGIN
    IF EXISTS (
        SELECT FROM pg_index WHERE indrelid = table_name AND indisunique AND NOT EXISTS (
            SELECT FROM pg_attribute
            WHERE attrelid = table_name AND attname = distribution_column AND attnum = ANY(indkey)
        )
    ) THEN RAISE 'a unique key of % is without %', table_name, distribution_column; END IF;
    IF EXISTS (
        SELECT FROM pg_constraint WHERE conrelid = table_name AND contype = 'f'
        AND confrelid NOT IN (SELECT logicalrelid FROM pg_dist_partition)
    ) THEN RAISE '% refers to a table that is not spread', table_name; END IF;
    IF colocate_with NOT IN ('none', 'default') THEN
        SELECT colocationid INTO STRICT together FROM pg_dist_partition
        WHERE logicalrelid = colocate_with::regclass;
    ELSE
        SELECT coalesce(max(colocationid), 1) + 1 INTO together FROM pg_dist_partition;
    END IF;
    INSERT INTO pg_dist_partition (logicalrelid, called, partkey, beside, colocationid) VALUES
        (table_name, 'create_distributed_table', distribution_column, colocate_with, together);
END $$
"""
"""What of Citus is called, as far as it is noted here and refused there."""


@pytest.fixture(name="place")
def _place() -> Iterator[Place]:
    """Give tables in a PostgreSQL without Citus."""
    store = postgresql()  # for as long as somebody holds it, its place is not another's
    yield PLACE_OF[store]


@pytest.fixture(name="connection")
def _connection(place: Place) -> Iterator[Connection]:
    """Give a transaction in which Citus is stood in for."""
    with place.engine.connect() as connection:
        connection.execute(text("CREATE SCHEMA stand_in"))
        connection.execute(text("SET LOCAL search_path = stand_in"))
        connection.execute(text(STAND_IN))
        yield connection
        connection.rollback()


def calls(connection: Connection) -> Sequence[Called]:
    """What Citus was asked for so far, the tables without their schema and prefix."""
    return [
        (called, plain(table), column, beside and plain(beside))
        for called, table, column, beside in connection.execute(
            text(
                "SELECT called, CAST(logicalrelid AS text), partkey, beside "
                "FROM pg_dist_partition ORDER BY number"
            )
        )
    ]


def plain(name: str) -> str:
    """The name of a table without its schema and prefix."""
    return name.rpartition(".")[2].removeprefix("connectcore_")


def spread(connection: Connection, call: str, tables: Tables) -> None:
    """Spread tables by hand, named in *call* in braces."""
    names: Mapping[str, str] = {plain(table.name): table.fullname for table in all_of(tables)}
    connection.exec_driver_sql(f"SELECT {call.format_map(names)}")


def test_all_tables_are_spread_by_their_owners_side_by_side(
    connection: Connection, place: Place
) -> None:
    """Members come first and all others lie beside them, but for what is the store's own, which is everywhere."""
    distribute(connection, place.tables)
    asked = calls(connection)
    owned = [table for table in all_of(place.tables) if "everywhere" not in table.info]

    assert asked[:3] == [
        ("create_reference_table", "secrets", None, None),
        ("create_reference_table", "schema_version", None, None),
        ("create_distributed_table", "members", "id", "none"),
    ]
    assert sorted(asked[2:]) == sorted(
        (
            "create_distributed_table",
            plain(table.name),
            table.info["shard"],
            "none" if table is place.tables.members else "members",
        )
        for table in owned
    )


def test_what_is_spread_already_stays(connection: Connection, place: Place) -> None:
    """So it may be said again, by a script that is run at each start."""
    distribute(connection, place.tables)
    asked = calls(connection)

    distribute(connection, place.tables)

    assert calls(connection) == asked


def test_what_is_half_spread_is_spread_to_the_end(connection: Connection, place: Place) -> None:
    """The rest lies beside what is there, whichever table that is."""
    spread(connection, "create_distributed_table('{locks}', 'id')", place.tables)

    distribute(connection, place.tables)

    asked = calls(connection)
    assert len(asked) == len(all_of(place.tables))
    assert ("create_distributed_table", "members", "id", "locks") in asked


@pytest.mark.parametrize(
    ("call", "table"),
    [
        ("create_distributed_table('{entries}', 'key')", "entries"),
        ("create_distributed_table('{secrets}', 'name')", "secrets"),
        ("create_reference_table('{members}')", "members"),
        (
            (
                "create_distributed_table('{locks}', 'id', colocate_with => 'none'), "
                "create_distributed_table('{members}', 'id', colocate_with => 'none')"
            ),
            "locks",
        ),
    ],
)
def test_what_is_spread_in_another_way_is_refused(
    connection: Connection, place: Place, call: str, table: str
) -> None:
    """One clear error names the table, before anything else is spread."""
    spread(connection, call, place.tables)
    asked = calls(connection)

    with pytest.raises(StoreUnfit, match=rf"{table} is spread already.*undistribute_table"):
        distribute(connection, place.tables)

    assert calls(connection) == asked


def test_tables_that_are_not_there_are_refused(connection: Connection) -> None:
    """They are made first, and the error says how."""
    with pytest.raises(StoreUnfit, match="no table connectcore_secrets; say create_schema"):
        distribute(connection)


def test_a_postgresql_without_citus_is_refused(place: Place) -> None:
    """The error names the extension; the transaction goes on."""
    with place.engine.begin() as connection:
        with pytest.raises(StoreUnfit, match=r"no Citus in this database.*CREATE EXTENSION citus"):
            distribute(connection, place.tables)

        assert connection.scalar(text("SELECT 1")) == 1


def test_another_database_is_refused() -> None:
    """SQLite has no such extension either."""
    engine = engine_in_memory()
    with (
        engine.connect() as connection,
        pytest.raises(StoreUnfit, match="an extension of PostgreSQL"),
    ):
        distribute(connection)
    engine.dispose()


# ── A store on a cluster ────────────────────────────────────────────────────────────────────────


@pytest.fixture(name="cluster")
def _cluster(place: Place) -> Iterator[Place]:
    """Give tables that are spread, as those say who ask the stand-in."""
    name = "stand_in_for_stores"
    with place.engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
        connection.execute(text(f"SET LOCAL search_path = {name}"))
        connection.execute(text(STAND_IN))
        distribute(connection, place.tables)
    engine = create_engine(place.engine.url, connect_args={"options": f"-csearch_path={name}"})
    yield Place(engine, place.tables)
    engine.dispose()
    with place.engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


def test_what_is_asked_later_is_no_older(cluster: Place) -> None:
    """Where machines have no instant in common, each statement of a read sees what was kept before."""
    store = SqlStore(cluster.engine, tables=cluster.tables)
    levels: list[int] = []

    def note(connection: Connection, *_: object) -> None:
        driver: Any = connection.connection.dbapi_connection
        levels.append(driver.isolation_level)

    store.read(lambda snapshot: snapshot.key())
    with listening(cluster.engine, note):
        store.read(lambda snapshot: snapshot.members((ADA,)))

    assert levels == [IsolationLevel.READ_COMMITTED]


def test_nothing_is_asked_before_its_turn(cluster: Place) -> None:
    """Who may see something is asked after what there is to see, although both are foreseen."""
    store = SqlStore(cluster.engine, tables=cluster.tables)
    asked: list[str] = []

    def look_ahead(snapshot: Snapshot) -> None:
        snapshot.read_ahead(lambda ahead: ahead.members((ADA,)), lambda ahead: ahead.mutes(ADA))

    store.read(lambda snapshot: snapshot.key())
    with listening(cluster.engine, lambda *sent: asked.append(sent[2])):
        store.read(look_ahead)

    assert asked == []


def test_a_joined_store_asks_each_connection_once_whether_it_leads_to_a_cluster(
    cluster: Place,
) -> None:
    """What it is told holds for as long as the connection."""
    asked: list[str] = []
    with (
        listening(cluster.engine, lambda *sent: asked.append(sent[2])),
        cluster.engine.begin() as connection,
    ):
        for _ in range(2):
            joined = SqlStore.joined(connection, tables=cluster.tables)
            joined.read(lambda snapshot: snapshot.members((ADA,)))

    assert len([each for each in asked if "FROM pg_dist_partition" in each]) == 1
