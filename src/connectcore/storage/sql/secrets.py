"""The random bytes that a store made once and keeps."""

from __future__ import annotations

from secrets import token_hex

from sqlalchemy import select

from connectcore.storage.sql.desk import Desk
from connectcore.storage.sql.phrases import Given, Query, say
from connectcore.storage.sql.schema import Tables

__all__ = ["read_key"]

_KEY = "key"
_KEY_BYTES = 32


def read_key(desk: Desk) -> bytes:
    """The key; it is made when it is first read, and of two who make it at once the first one's stays."""
    query = say(_secret, name=_KEY)
    rows = desk.rows(query)
    if not rows:
        desk.add(desk.tables.secrets, {"name": _KEY, "value": token_hex(_KEY_BYTES)})
        rows = desk.rows(query)
    return bytes.fromhex(rows[0].value)


def _secret(tables: Tables, name: Given) -> Query:
    secrets = tables.secrets
    return select(secrets.c.value).where(secrets.c.name == name)
