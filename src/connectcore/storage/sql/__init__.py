"""A network in a database: SQLite or PostgreSQL, through SQLAlchemy Core (the extra `sql`).

>>> from sqlalchemy import StaticPool, create_engine
>>> from connectcore import Network
>>> engine = create_engine(
...     "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
... )
>>> with engine.begin() as connection:
...     create_schema(connection)
>>> network = Network(SqlStore(engine))
"""

from connectcore.storage.sql.joined import JoinedStore
from connectcore.storage.sql.schema import Tables, define_tables
from connectcore.storage.sql.store import SqlStore
from connectcore.storage.sql.versions import create_schema, upgrade

__all__ = ["JoinedStore", "SqlStore", "Tables", "create_schema", "define_tables", "upgrade"]
