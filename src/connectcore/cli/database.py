"""The database in which the commands keep a network; needs the extra `sql`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, final

from connectcore.errors import ConnectcoreError
from connectcore.storage import Store

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine import URL

__all__ = ["DEFAULT", "DatabaseUnusable", "can_keep", "open_store", "shown"]

DEFAULT = "sqlite:///connectcore.db"
"""Where a network is kept if nothing else is said: a file in the current directory."""

_DRIVER = "postgresql+psycopg"
_SQL_MISSING = (
    "a database takes more than is installed; say pip install 'connectcore[sql]', "
    "or have a folder answered from"
)
_UNREADABLE = (
    "that is no address of a database; say for example --db sqlite:///network.db "
    "or --db postgresql://user@host/name"
)


@final
class DatabaseUnusable(ConnectcoreError):
    """A database that cannot be used as it is; the text says what to do."""


def can_keep() -> bool:
    """Whether what a database takes is installed."""
    try:
        return all(find_spec(name) for name in ("cattrs", "sqlalchemy"))
    except ValueError:
        return False  # it is kept from being imported


def shown(address: str) -> str:
    """The address of a database, without the password that may be in it."""
    return _read(address).render_as_string(hide_password=True)


def open_store(address: str, *, make_tables: bool) -> Store:
    """The store in a database; with *make_tables*, in a new one too.

    Raises `DatabaseUnusable` where there is none, or what it takes is not installed.
    """
    if not can_keep():
        raise DatabaseUnusable(_SQL_MISSING)
    from connectcore.storage.sql import SqlStore, create_schema  # noqa: PLC0415  # an extra

    url = _read(address)
    name = url.render_as_string(hide_password=True)
    with _telling(name):
        engine = _engine(url)
        if make_tables:
            with engine.begin() as connection:
                create_schema(connection)
        elif not _has_tables(engine, url):
            message = f"no network is in {name} yet; say connectcore load <folder> --db {name}"
            raise DatabaseUnusable(message)
        return SqlStore(engine)


def _read(address: str) -> URL:
    """Take an address apart; it may hold a password, so what is wrong with it is not repeated."""
    from sqlalchemy import make_url  # noqa: PLC0415  # an extra
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415  # an extra

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise DatabaseUnusable(_UNREADABLE) from None
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername=_DRIVER)
    return url


def _engine(url: URL) -> Engine:
    from sqlalchemy import NullPool, create_engine  # noqa: PLC0415  # an extra
    from sqlalchemy.exc import NoSuchModuleError  # noqa: PLC0415  # an extra

    kind = url.get_backend_name()
    if kind not in {"sqlite", "postgresql"}:
        message = f"a network is kept in SQLite or PostgreSQL, not in {kind}"
        raise DatabaseUnusable(message)
    if kind == "sqlite" and url.database in {None, "", ":memory:"}:
        message = "a database in memory is gone with the command; name a file: sqlite:///network.db"
        raise DatabaseUnusable(message)
    try:
        return create_engine(url, poolclass=NullPool)  # nobody is there to close it
    except NoSuchModuleError:
        message = f"{url.drivername} is no driver that is known here; say {_DRIVER}"
        raise DatabaseUnusable(message) from None
    except ModuleNotFoundError as missing:
        message = f"{url.drivername} takes {missing.name}; say pip install {missing.name}"
        raise DatabaseUnusable(message) from None


def _has_tables(engine: Engine, url: URL) -> bool:
    from sqlalchemy import MetaData, inspect  # noqa: PLC0415  # an extra

    from connectcore.storage.sql import define_tables  # noqa: PLC0415  # an extra

    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return False  # to look would make the file
    return inspect(engine).has_table(define_tables(MetaData()).secrets.name)


@contextmanager
def _telling(name: str) -> Generator[None]:
    """Turn what a driver says into one line."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  # an extra

    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).strip().partition("\n")[0]
        message = f"{name} cannot be used: {said}"
        raise DatabaseUnusable(message) from None
