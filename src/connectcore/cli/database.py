"""Databases as the commands open them; imported only where the extra `sql` is there."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine, inspect, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from connectcore.errors import StoreUnfit
from connectcore.storage import Store
from connectcore.storage.sql import SqlStore, upgrade
from connectcore.storage.sql.schema import usual_tables

__all__ = ["open_database", "without_password"]

_DRIVER = "postgresql+psycopg"
_UNREADABLE = (
    "that is no address of a database; say for example --db sqlite:///network.db "
    "or --db postgresql://user@host/name"
)


def open_database(address: str, *, make_tables: bool) -> Store:
    """The store in a database, as `keeping.open_store` promises it."""
    url = _read(address)
    name = url.render_as_string(hide_password=True)
    with _telling(name):
        engine = _engine(url)
        if make_tables:
            with engine.begin() as connection:
                upgrade(connection)
        elif not _has_tables(engine, url):
            message = f"no network is in {name} yet; say connectcore load <folder> --db {name}"
            raise StoreUnfit(message)
        return SqlStore(engine)


def without_password(address: str) -> str:
    """The address of a database, without the password that may be in it."""
    return _read(address).render_as_string(hide_password=True)


def _read(address: str) -> URL:
    """Take an address apart; it may hold a password, so what is wrong with it is not repeated."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StoreUnfit(_UNREADABLE) from None
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername=_DRIVER)
    return url


def _engine(url: URL) -> Engine:
    kind = url.get_backend_name()
    if kind not in {"sqlite", "postgresql"}:
        message = f"a network is kept in SQLite or PostgreSQL, not in {kind}"
        raise StoreUnfit(message)
    if kind == "sqlite" and url.database in {None, "", ":memory:"}:
        message = "a database in memory is gone with the command; name a file: sqlite:///network.db"
        raise StoreUnfit(message)
    try:
        return create_engine(url, poolclass=NullPool)  # nobody is there to close it
    except NoSuchModuleError:
        message = f"{url.drivername} is no driver that is known here; say {_DRIVER}"
        raise StoreUnfit(message) from None
    except ModuleNotFoundError as missing:
        message = f"{url.drivername} takes {missing.name}; say pip install {missing.name}"
        raise StoreUnfit(message) from None


def _has_tables(engine: Engine, url: URL) -> bool:
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return False  # to look would make the file
    return inspect(engine).has_table(usual_tables().secrets.name)


@contextmanager
def _telling(name: str) -> Generator[None]:
    """Turn what a driver says into one line."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).strip().partition("\n")[0]
        message = f"{name} cannot be used: {said}"
        raise StoreUnfit(message) from None
