"""The random bytes that a store made once and keeps."""

from __future__ import annotations

from secrets import token_hex

from sqlalchemy import select

from connectcore.storage.sql.desk import Desk

__all__ = ["make_key", "read_key"]

_KEY = "key"
_KEY_BYTES = 32


def make_key(desk: Desk) -> None:
    """Make the key, unless it is there; of two who make it at once, the first one's stays."""
    secrets = desk.tables.secrets
    if not desk.rows(select(secrets.c.name).where(secrets.c.name == _KEY)):
        desk.add(secrets, {"name": _KEY, "value": token_hex(_KEY_BYTES)})


def read_key(desk: Desk) -> bytes:
    """The key, which is there."""
    secrets = desk.tables.secrets
    (row,) = desk.rows(select(secrets.c.value).where(secrets.c.name == _KEY))
    return bytes.fromhex(row.value)
