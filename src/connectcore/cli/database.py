"""Databases as the commands open them; imported only where the extra `sql` is there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine, inspect, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from connectcore.errors import StoreUnfit
from connectcore.storage import Store
from connectcore.storage.sql import SqlStore, upgrade
from connectcore.storage.sql.schema import usual_tables

__all__ = ["open_database", "said_by_driver", "without_password"]

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
_UNREADABLE = (
    "that is no address of a database; say for example --db sqlite:///network.db "
    "or --db postgresql://user@host/name"
)


def open_database(address: str, *, make_tables: bool) -> Store:
    """The store in a database, as `keeping.open_store` promises it."""
    url = _read(address)
    engine = _engine(url)
    if make_tables:
        with engine.begin() as connection:
            upgrade(connection)
    elif not _has_tables(engine, url):
        name = url.render_as_string(hide_password=True)
        message = f"no network is in {name} yet; say connectcore load <folder> --db {name}"
        raise StoreUnfit(message)
    return SqlStore(engine)


def said_by_driver(error: Exception, address: str) -> str | None:
    """What the driver of a database raised, in one line; `None` of any other error."""
    if not isinstance(error, DBAPIError):
        return None
    said = str(error.orig).strip().partition("\n")[0]  # and not the statement, nor its values
    return f"{without_password(address)} cannot be used: {said}"


def without_password(address: str) -> str:
    """The address of a database, without the password that may be in it."""
    return _read(address).render_as_string(hide_password=True)


def _read(address: str) -> URL:
    """Take an address apart; it may hold a password, so what is wrong with it is not repeated."""
    try:
        address.encode()  # which what a terminal gives for bytes that are no text does not survive
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StoreUnfit(_UNREADABLE) from None
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername=_DRIVERS["postgresql"])
    return url


def _engine(url: URL) -> Engine:
    kind = url.get_backend_name()
    if kind not in _DRIVERS:
        message = f"a network is kept in SQLite or PostgreSQL, not in {kind}"
        raise StoreUnfit(message)
    if kind == "sqlite" and url.database in {None, "", ":memory:"}:
        message = "a database in memory is gone with the command; name a file: sqlite:///network.db"
        raise StoreUnfit(message)
    try:
        if url.get_dialect().is_async:
            message = f"{url.drivername} is for asynchronous programs; say {_DRIVERS[kind]}"
            raise StoreUnfit(message)
        return create_engine(url, poolclass=NullPool)  # nobody is there to close it
    except NoSuchModuleError:
        message = f"{url.drivername} is no driver that is known here; say {_DRIVERS[kind]}"
        raise StoreUnfit(message) from None
    except (ArgumentError, ValueError):
        raise StoreUnfit(_UNREADABLE) from None
    except ModuleNotFoundError as missing:
        message = f"{url.drivername} takes {missing.name}; say pip install {missing.name}"
        raise StoreUnfit(message) from None


def _has_tables(engine: Engine, url: URL) -> bool:
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        return False  # to look would make the file
    return inspect(engine).has_table(usual_tables().secrets.name)
