"""Making and upgrading the tables: every way there ends in the same ones, in any of two databases."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.operations.ops import UpgradeOps
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import URL

from connectcore import StoreUnfit
from connectcore.storage.sql import SqlStore, Tables, create_schema, define_tables, upgrade
from connectcore.storage.sql.versions import STEPS, Step, bring_up, check_version, make
from connectcore.testing.conformance.keeping import ADA, join, member_of, read
from tests.stores.databases import MAKERS, PLACE_OF, engine_in_memory, postgresql

Make = Callable[[Connection, Tables], None]

DATABASES = [name for name in ("sqlite", "postgresql") if name in MAKERS]
PLACES = {"usual": ("connectcore_", None), "own": ("people_", None), "schema": ("cc_", "crm")}


@pytest.fixture(name="connection", params=DATABASES)
def _connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """Give a transaction in an empty database with a schema `crm`; it is rolled back."""
    if request.param == "sqlite":
        engine = engine_in_memory()
        with engine.connect() as connection:
            connection.exec_driver_sql("ATTACH ':memory:' AS crm")
            connection.rollback()
            yield connection
            connection.rollback()
        engine.dispose()
        return
    store = MAKERS[request.param]()
    assert isinstance(store, SqlStore)
    with PLACE_OF[store].engine.connect() as connection:
        # The usual schema is whoever's needs it for a while, and what they left is not wanted here.
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
        connection.commit()
        connection.execute(text("CREATE SCHEMA crm"))
        yield connection
        connection.rollback()


def own_tables(prefix: str = "connectcore_", schema: str | None = None) -> Tables:
    """The tables merged into an application's own `MetaData`, which has a table besides."""
    metadata = MetaData()
    Table("own", metadata, Column("id", Integer, primary_key=True), schema=schema)
    return define_tables(metadata, prefix=prefix, schema=schema)


def context(connection: Connection, tables: Tables) -> MigrationContext:
    """What Alembic looks with: at the library's tables in their schema, and no others."""
    schema, prefix = tables.members.schema, tables.members.name.removesuffix("members")

    def include(name: str | None, kind: str, _parents: object) -> bool:
        return name == schema if kind == "schema" else True

    def include_object(_it: object, name: str | None, kind: str, *_: object) -> bool:
        return kind != "table" or str(name).startswith(prefix)

    options = {
        "include_schemas": schema is not None,
        "include_name": include,
        "include_object": include_object,
    }
    return MigrationContext.configure(connection, opts=options)


def migrate(connection: Connection, tables: Tables) -> None:
    """Do what a migration says that Alembic has written."""
    found = context(connection, tables)
    changes = produce_migrations(found, tables.members.metadata).upgrade_ops
    assert isinstance(changes, UpgradeOps)
    code = render_python_code(changes)
    lines = [line.removeprefix("    ") for line in code.splitlines()]
    with Operations.context(found):
        exec("\n".join(lines), {"op": op, "sa": __import__("sqlalchemy")})  # noqa: S102


def one_after_the_other(*ways: Make) -> Make:
    """Several ways, the later ones with nothing left to do."""

    def go(connection: Connection, tables: Tables) -> None:
        for way in ways:
            way(connection, tables)

    return go


WAYS: Mapping[str, Make] = {
    "created": create_schema,
    "upgraded": upgrade,
    "migrated": migrate,
    "created, then upgraded": one_after_the_other(create_schema, upgrade),
    "migrated, then created": one_after_the_other(migrate, create_schema),
}


def shape(connection: Connection, tables: Tables) -> dict[str, object]:
    """All that the database knows of the tables."""
    look, schema = inspect(connection), tables.members.schema

    def columns(table: str) -> list[tuple[str, str, bool]]:
        found = look.get_columns(table, schema=schema)
        return [(each["name"], str(each["type"]), each["nullable"]) for each in found]

    def of(found: Any) -> list[str]:
        return sorted(repr(sorted(each.items(), key=repr)) for each in found)

    return {
        table.name: (
            columns(table.name),
            look.get_pk_constraint(table.name, schema=schema),
            of(look.get_foreign_keys(table.name, schema=schema)),
            of(look.get_indexes(table.name, schema=schema)),
            of(look.get_check_constraints(table.name, schema=schema)),
        )
        for table in tables.members.metadata.sorted_tables
        if "shard" in table.info
    }


@pytest.mark.parametrize("place", PLACES)
def test_every_way_ends_in_the_same_tables(connection: Connection, place: str) -> None:
    """Created, upgraded or migrated: Alembic finds nothing to be done, and the database tells no difference."""
    shapes: dict[str, object] = {}
    ways = WAYS if place == "usual" else {way: WAYS[way] for way in ("upgraded", "migrated")}
    for way, go in ways.items():
        tables = own_tables(*PLACES[place])
        begin(connection)
        inside = connection.begin_nested()
        go(connection, tables)

        assert compare_metadata(context(connection, tables), tables.members.metadata) == [], way

        shapes[way] = shape(connection, tables)
        inside.rollback()

    assert len(shapes) == len(ways)
    assert all(each == shapes["upgraded"] for each in shapes.values())


def begin(connection: Connection) -> None:
    """Begin where SQLite does not by itself, so that what is made can be undone."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN")


def test_what_alembic_compares_is_not_nothing(connection: Connection) -> None:
    """It finds a column that is missing and an index that is too many."""
    tables = own_tables()
    create_schema(connection, tables)
    tables.mutes.append_column(Column("reason", Text))
    tables.mutes.indexes.clear()

    found = compare_metadata(context(connection, tables), tables.members.metadata)

    assert sorted(change[0] for change in found) == ["add_column", "remove_index"]


# ── From one version to the next ────────────────────────────────────────────────────────────────


def note_reasons(connection: Connection, tables: Tables) -> None:
    """A step that adds a column with an index, as a second version might."""
    name = tables.mutes.fullname
    connection.execute(text(f"ALTER TABLE {name} ADD COLUMN reason TEXT"))
    connection.execute(text(f"CREATE INDEX {tables.mutes.name}_by_reason ON {name} (reason)"))


def count_reasons(connection: Connection, tables: Tables) -> None:
    """A third step, which changes what is in the rows."""
    connection.execute(text(f"UPDATE {tables.mutes.fullname} SET reason = 'none given'"))


def next_tables() -> Tables:
    """The tables as the made-up second version defines them."""
    tables = own_tables()
    tables.mutes.append_column(Column("reason", Text))
    Index(f"{tables.mutes.name}_by_reason", tables.mutes.c.reason)
    return tables


def version(connection: Connection, tables: Tables) -> list[tuple[str, int]]:
    """What is written about the version."""
    return [(name, number) for name, number in connection.execute(select(tables.schema_version))]


STEPPING: tuple[Step, ...] = (note_reasons, count_reasons)


def test_steps_are_taken_in_their_order_and_once(connection: Connection) -> None:
    """Rows stay, the tables are then as the newest version creates them, and again changes nothing."""
    old, new = own_tables(), next_tables()
    make(connection, old, ())
    connection.execute(old.mutes.insert().values(owner="ada", other="bob", until=None))

    for _ in range(2):
        bring_up(connection, new, STEPPING)

    assert connection.execute(select(new.mutes)).all() == [("ada", "bob", None, "none given")]
    assert version(connection, new) == [("tables", 3)]
    assert compare_metadata(context(connection, new), new.members.metadata) == []


def test_a_version_in_between_goes_on_from_there(connection: Connection) -> None:
    """Only the steps that are missing are taken."""
    tables = next_tables()
    make(connection, tables, (note_reasons,))
    bring_up(connection, tables, STEPPING)

    assert version(connection, tables) == [("tables", 3)]


def test_new_tables_are_of_the_newest_version(connection: Connection) -> None:
    """No step is taken for what is created."""
    tables = next_tables()
    bring_up(connection, tables, STEPPING)

    assert version(connection, tables) == [("tables", 3)]
    assert compare_metadata(context(connection, tables), tables.members.metadata) == []


@pytest.mark.parametrize("do", [create_schema, upgrade, check_version])
def test_newer_tables_are_refused(connection: Connection, do: Make) -> None:
    """An older library would not know what is in them; nothing is changed."""
    tables = next_tables()
    make(connection, tables, STEPPING)
    before = shape(connection, tables)

    with pytest.raises(StoreUnfit, match=r"are of version 3, .* version 1; take a newer"):
        do(connection, tables)

    assert shape(connection, tables) == before
    assert version(connection, tables) == [("tables", 3)]


@pytest.mark.parametrize("do", [make, check_version])
def test_older_tables_have_to_be_upgraded(
    connection: Connection, do: Callable[[Connection, Tables, tuple[Step, ...]], None]
) -> None:
    """They are neither used nor made whole by halves; the error says how to go on."""
    tables = own_tables()
    create_schema(connection, tables)

    with pytest.raises(StoreUnfit, match=r"are of version 1, .* 3; say upgrade\(connection\)"):
        do(connection, tables, STEPPING)


def test_tables_of_a_migration_are_not_upgraded(connection: Connection) -> None:
    """Which version they are of is not known here, so what made them goes on with them."""
    tables = own_tables()
    migrate(connection, tables)

    with pytest.raises(StoreUnfit, match="connectcore_members was not made by create_schema"):
        upgrade(connection, tables)

    check_version(connection, tables)
    assert version(connection, tables) == []


# ── In the application's transaction ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("do", [create_schema, upgrade])
def test_a_rollback_takes_the_tables_away(connection: Connection, do: Make) -> None:
    """Making them joins the caller's transaction, and ends nothing."""
    tables = own_tables()
    do(connection, tables)
    assert inspect(connection).has_table(tables.members.name)

    connection.rollback()

    assert not inspect(connection).has_table(tables.members.name)


def test_an_engine_that_commits_each_statement_is_refused() -> None:
    """Tables could be half made."""
    engine = engine_in_memory().execution_options(isolation_level="AUTOCOMMIT")
    with pytest.raises(StoreUnfit, match="AUTOCOMMIT"), engine.connect() as connection:
        upgrade(connection)
    engine.dispose()


def test_a_store_says_that_its_tables_are_of_another_version() -> None:
    """Before anything is read or written."""
    engine, tables = engine_in_memory(), own_tables()
    with engine.begin() as connection:
        make(connection, tables, STEPPING)

    with pytest.raises(StoreUnfit, match="of version 3"):
        join(SqlStore(engine, tables=tables), ADA)
    engine.dispose()


def in_a_file(folder: Path) -> Iterator[tuple[Engine, str | None]]:
    """An empty SQLite file."""
    engine = create_engine(URL.create("sqlite", database=str(folder / "empty.db")))
    yield engine, None
    engine.dispose()


def on_a_server(_folder: Path) -> Iterator[tuple[Engine, str | None]]:
    """An empty schema of a PostgreSQL."""
    store = postgresql()
    engine = PLACE_OF[store].engine
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA at_once"))
    yield engine, "at_once"
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA at_once CASCADE"))


EMPTY = {"sqlite": in_a_file, "postgresql": on_a_server}


@pytest.mark.parametrize("database", DATABASES)
def test_of_several_who_upgrade_at_once_one_makes_the_tables(tmp_path: Path, database: str) -> None:
    """The others wait for it, and find that there is nothing to be done."""
    with contextmanager(EMPTY[database])(tmp_path) as (engine, schema):
        tables, together = own_tables(schema=schema), Barrier(4)

        def start(_number: int) -> None:
            together.wait()
            with engine.begin() as connection:
                upgrade(connection, tables)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(start, range(4)))
        with engine.connect() as connection:
            assert version(connection, tables) == [("tables", 1)]


def test_without_tables_it_is_the_usual_ones() -> None:
    """A store that is given none finds them."""
    engine: Engine = engine_in_memory()
    for _ in range(2):
        with engine.begin() as connection:
            upgrade(connection)
    store = SqlStore(engine)
    join(store, ADA)

    assert read(store, lambda s: s.members((ADA,))) == {ADA: member_of(ADA)}
    assert STEPS == ()
    engine.dispose()
