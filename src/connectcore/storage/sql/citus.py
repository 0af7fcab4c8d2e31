"""Spreading a network over the machines of a Citus cluster, by whose each row is."""

from __future__ import annotations

from typing import final

from attrs import frozen
from sqlalchemy import Connection, Table, text

from connectcore.errors import StoreUnfit
from connectcore.storage.sql.schema import Tables, all_of, usual_tables

__all__ = ["distribute", "is_distributed"]

_BY_OWNER = text(
    "SELECT create_distributed_table(CAST(:name AS regclass), :column, colocate_with => :beside)"
)
_EVERYWHERE = text("SELECT create_reference_table(CAST(:name AS regclass))")
# A table that Citus knows of and keeps in one place has no column, and no others beside it.
_SPREAD = text(
    "SELECT coalesce(column_to_column_name(logicalrelid, partkey), ''), colocationid "
    "FROM pg_dist_partition WHERE logicalrelid = to_regclass(:name) "
    "AND (partkey IS NOT NULL OR colocationid <> 0)"
)


def distribute(connection: Connection, tables: Tables | None = None) -> None:
    """Spread the tables over a cluster, in the transaction of *connection*, with all that is in them.

    All that is of one id then lies on one machine, and the little that is the store's own on each.
    A table that is spread like that stays as it is, so this may be called again; without *tables*,
    they are those that a `SqlStore` uses that is given none.

    Raises `StoreUnfit`, before anything is changed, where the database has no Citus, a table is not
    there, or one is spread in another way.
    """
    made = tables or usual_tables()
    _check_extension(connection)
    # What is little first, then members, then all that lies beside them.
    tables_in_order = sorted(
        all_of(made), key=lambda table: (not _is_everywhere(table), table is not made.members)
    )
    spread = {table: _spread_of(connection, table) for table in tables_in_order}
    owned = [table for table in tables_in_order if not _is_everywhere(table)]
    first = next((table for table in owned if spread[table]), made.members)
    group = 0 if (known := spread[first]) is None else known.group
    for table, found in spread.items():
        column = "" if _is_everywhere(table) else table.info["shard"]
        if found is not None and found != _Spread(column, group if column else found.group):
            raise _misplaced(table)
    for table in (table for table, found in spread.items() if found is None):
        _spread(connection, table, None if table is first else first)


@final
@frozen
class _Spread:
    """How a table is spread: by a column, beside others of one group; or without one, whole everywhere."""

    column: str
    group: int


def is_distributed(connection: Connection, tables: Tables) -> bool:
    """Whether the tables are spread over a cluster."""
    return _has_citus(connection) and _spread_of(connection, tables.members) is not None


def _has_citus(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql" and bool(
        connection.scalar(text("SELECT to_regclass('pg_dist_partition') IS NOT NULL"))
    )


def _check_extension(connection: Connection) -> None:
    if not _has_citus(connection):
        message = (
            "there is no Citus in this database; it is an extension of PostgreSQL: say "
            "CREATE EXTENSION citus in it, on each machine of the cluster"
        )
        raise StoreUnfit(message)


def _spread_of(connection: Connection, table: Table) -> _Spread | None:
    its = {"name": _name(connection, table)}
    if not connection.scalar(text("SELECT to_regclass(:name) IS NOT NULL"), its):
        message = f"there is no table {table.fullname}; say create_schema(connection) first"
        raise StoreUnfit(message)
    row = connection.execute(_SPREAD, its).one_or_none()
    return None if row is None else _Spread(*row)


def _is_everywhere(table: Table) -> bool:
    return "everywhere" in table.info


def _spread(connection: Connection, table: Table, beside: Table | None) -> None:
    its = {"name": _name(connection, table)}
    if _is_everywhere(table):
        connection.execute(_EVERYWHERE, its)
        return
    its |= {"column": table.info["shard"]}
    its |= {"beside": "none" if beside is None else _name(connection, beside)}
    connection.execute(_BY_OWNER, its)


def _misplaced(table: Table) -> StoreUnfit:
    return StoreUnfit(
        f"{table.fullname} is spread already, and not as it shall be; "
        f"say SELECT undistribute_table('{table.fullname}') first"
    )


def _name(connection: Connection, table: Table) -> str:
    return connection.dialect.identifier_preparer.format_table(table)
