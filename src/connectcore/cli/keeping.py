"""Where the commands keep a network: in a database, if the extra `sql` is there."""

from __future__ import annotations

from importlib.util import find_spec

from connectcore.errors import ConnectcoreError, StoreUnfit
from connectcore.storage import Store

__all__ = ["DEFAULT", "can_keep", "complaint", "open_store", "shown"]

DEFAULT = "sqlite:///connectcore.db"
"""Where a network is kept if nothing else is said: a file in the current directory."""

_SQL_MISSING = (
    "a database takes more than is installed; say pip install 'connectcore[sql]', "
    "or have a folder answered from"
)


def can_keep() -> bool:
    """Whether what a database takes is installed."""
    return all(find_spec(name) for name in ("cattrs", "sqlalchemy"))


def open_store(address: str, *, make_tables: bool) -> Store:
    """The store in a database; with *make_tables*, in a new one too.

    Raises `StoreUnfit` where there is none, or what it takes is not installed.
    """
    if not can_keep():
        raise StoreUnfit(_SQL_MISSING)
    from connectcore.cli.database import open_database  # noqa: PLC0415  # it takes the extra

    return open_database(address, make_tables=make_tables)


def shown(address: str) -> str:
    """The address of a database that was opened, without the password that may be in it."""
    from connectcore.cli.database import without_password  # noqa: PLC0415  # it takes the extra

    return without_password(address)


def complaint(error: Exception, address: str | None) -> str | None:
    """What the library, the system or the driver of a database raised, in words; `None` of any other."""
    if isinstance(error, (ConnectcoreError, OSError)):
        return str(error)
    if not can_keep():
        return None
    from connectcore.cli.database import said_by_driver  # noqa: PLC0415  # it takes the extra

    return said_by_driver(error, DEFAULT if address is None else address)
