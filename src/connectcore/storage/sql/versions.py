"""Making the tables, and bringing those of an older version of the library up to this one.

For applications without migrations of their own: whoever has Alembic merges the tables into their
own `MetaData` and has it find what is to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, Table, func, inspect, select
from sqlalchemy.schema import CreateTable

from connectcore.errors import StoreUnfit
from connectcore.storage.sql.isolation import isolation_of
from connectcore.storage.sql.schema import Tables, all_of, usual_tables
from connectcore.storage.sql.writes import insert_into

__all__ = ["STEPS", "Step", "bring_up", "check_version", "create_schema", "make", "upgrade"]

Step: TypeAlias = Callable[[Connection, Tables], None]
"""What makes of the tables of one version those of the next."""

STEPS: tuple[Step, ...] = ()
"""One for each version but the first, in their order; the last leads to what `Tables` defines."""

_NAME = "tables"
_TURN = 0x636F6E6E
"""The number of a lock that nobody else takes."""


def create_schema(connection: Connection, tables: Tables | None = None) -> None:
    """Create what is not there yet of *tables*, in the transaction of *connection*.

    Without *tables*, those that a `SqlStore` uses that is given none.
    Raises `StoreUnfit` for tables of another version of the library, which `upgrade` is for.
    """
    make(connection, tables or usual_tables(), STEPS)


def upgrade(connection: Connection, tables: Tables | None = None) -> None:
    """Bring *tables* up to this version of the library, in the transaction of *connection*.

    Tables that are not there yet are created, and what is up to date is left alone, so this may be
    called at each start; the first one is waited for where two call it at once.
    Without *tables*, they are those that a `SqlStore` uses that is given none.

    Raises `StoreUnfit`, and changes nothing, for tables of a newer version, and for tables that were
    made by a migration of the application's, which brings them up as well.
    """
    bring_up(connection, tables or usual_tables(), STEPS)


def make(connection: Connection, tables: Tables, steps: Sequence[Step]) -> None:
    """Create what `create_schema` does, as the last of *steps* leaves it."""
    found = _begin(connection, tables)
    if found is not None and found != _newest(steps):
        raise _of_another_version(found, _newest(steps))
    _create(connection, tables, steps)


def bring_up(connection: Connection, tables: Tables, steps: Sequence[Step]) -> None:
    """Take those of *steps* that were not taken yet."""
    found, newest = _begin(connection, tables), _newest(steps)
    if found is None:
        if _is_there(connection, tables.members):
            message = (
                f"{tables.members.fullname} was not made by create_schema or upgrade, so which "
                "version it is of is not known; whatever made it, a migration, brings it up, too"
            )
            raise StoreUnfit(message)
        _create(connection, tables, steps)
    elif found > newest:
        raise _of_another_version(found, newest)
    else:
        for step in steps[found - 1 :]:
            step(connection, tables)
        _write(connection, tables, newest)


def check_version(connection: Connection, tables: Tables, steps: Sequence[Step] = STEPS) -> None:
    """Raise `StoreUnfit` where *tables* are known to be of another version than this one."""
    found = _read(connection, tables)
    if found is not None and found != _newest(steps):
        raise _of_another_version(found, _newest(steps))


def _newest(steps: Sequence[Step]) -> int:
    return len(steps) + 1


def _begin(connection: Connection, tables: Tables) -> int | None:
    """Keep others out until the transaction ends, and read the version, if it is written."""
    isolation_of(connection.dialect.name).join(connection)
    if connection.dialect.name == "sqlite":  # whoever writes first keeps others out
        connection.execute(CreateTable(tables.schema_version, if_not_exists=True))
    else:
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
        tables.schema_version.create(connection, checkfirst=True)
    return _read(connection, tables)


def _create(connection: Connection, tables: Tables, steps: Sequence[Step]) -> None:
    is_new = not _is_there(connection, tables.members)
    metadata = tables.members.metadata
    metadata.create_all(connection, tables=list(all_of(tables)))
    if is_new:
        _write(connection, tables, _newest(steps))


def _is_there(connection: Connection, table: Table) -> bool:
    return inspect(connection).has_table(table.name, schema=table.schema)


def _read(connection: Connection, tables: Tables) -> int | None:
    versions = tables.schema_version
    query = select(versions.c.version).where(versions.c.name == _NAME)
    version: int | None = connection.execute(query).scalar()
    return version


def _write(connection: Connection, tables: Tables, version: int) -> None:
    insert = insert_into(tables.schema_version, connection.dialect.name)
    insert = insert.values(name=_NAME, version=version)
    renewed = {"version": insert.excluded.version}
    connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_=renewed))


def _of_another_version(found: int, newest: int) -> StoreUnfit:
    remedy = (
        "take a newer connectcore" if found > newest else "say upgrade(connection) before anything"
    )
    return StoreUnfit(
        f"the tables are of version {found}, and this connectcore is for version {newest}; {remedy}"
    )
