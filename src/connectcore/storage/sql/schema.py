"""The tables of a network, for an application's own `MetaData` or for one by themselves.

The schema is one for SQLite, PostgreSQL and Citus, and keeps to what the last of them asks: every
table has one column that says whose row it is (`Table.info["shard"]`), which is the first of its
primary key (`Table.info["key"]`) and is text everywhere; what two share stands with both; no key and
no reference crosses from one owner's rows to another's.
What is the store's own is little, and is marked to lie on every machine (`Table.info["everywhere"]`).
Ids compare byte by byte.
Beside its columns of keys and moments, a row holds the whole value as a document.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from typing import Any, final

from attrs import Factory, field, fields, frozen
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.sql.elements import conv
from sqlalchemy.types import TypeEngine

__all__ = ["PLACES", "POSTGRES", "Tables", "all_of", "define_tables", "usual_tables"]

PLACES = ("connected", "sent", "received", "blocks")
"""The lists of a member in which another one can stand, at most one at a time."""

POSTGRES = "postgresql"
"""The name of one of the two databases; the other one is SQLite."""

_ID: TypeEngine[str] = Text().with_variant(Text(collation="C"), POSTGRES)
_MOMENT = DateTime(timezone=True)

_MOST_MADE = 500
"""How much is remembered that was made of tables: as much as an engine keeps compiled."""


def _remembering(tables: Tables) -> Callable[..., Any]:
    def made(make: Callable[..., Any], *of: Hashable) -> object:
        return make(tables, *of)

    return lru_cache(maxsize=_MOST_MADE)(made)


@final
@frozen(kw_only=True)
class Tables:
    """The tables by what they hold.

    `locks` holds a row for each member whose things were ever written, which PostgreSQL locks.
    `tallies` holds what limits count: invitations sent and reports received.
    `mentions` says whom activities name, `authorships` who wrote which post, and `comment_places`
    under which post a comment is.
    `schema_version` says of which version the tables are that `create_schema` made.
    `once` gives what a function makes of the tables and of what else it is given, and remembers it:
    the statements of all stores that are in them.
    """

    locks: Table
    members: Table
    relationships: Table
    mutes: Table
    tallies: Table
    activities: Table
    mentions: Table
    posts: Table
    authorships: Table
    comments: Table
    comment_places: Table
    reactions: Table
    entries: Table
    journal: Table
    secrets: Table
    schema_version: Table
    once: Callable[..., Any] = field(
        default=Factory(_remembering, takes_self=True), init=False, eq=False, repr=False
    )


def define_tables(
    metadata: MetaData, *, prefix: str = "connectcore_", schema: str | None = None
) -> Tables:
    """Add the tables to *metadata*, which may be the application's own.

    Their names begin with *prefix*, and all that they are made of has names of its own, whatever
    the naming convention of *metadata*.
    """
    tables = _Definer(metadata, prefix, schema)
    _define_members(tables)
    _define_posts(tables)
    _define_entries(tables)
    return Tables(**tables.made)


@cache
def usual_tables() -> Tables:
    """The tables of whoever names none."""
    return define_tables(MetaData())


def all_of(tables: Tables) -> list[Table]:
    """Each of *tables*, one that another one refers to before it."""
    return [getattr(tables, attribute.name) for attribute in fields(Tables) if attribute.init]


@final
class _Definer:
    """Defines tables with fixed names for keys, checks and indexes."""

    def __init__(self, metadata: MetaData, prefix: str, schema: str | None) -> None:
        self.made: dict[str, Table] = {}
        self._metadata = metadata
        self._prefix = prefix
        self._schema = schema

    def define(
        self,
        name: str,
        *columns: Column[Any],
        key: tuple[str, ...],
        indexes: tuple[tuple[str, ...], ...] = (),
        checks: dict[str, str] | None = None,
        refers: tuple[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Define a table; *key* is its primary key, the first of it the shard key.

        It *refers* to the row of another table of the same owner, if to one at all.
        """
        full = f"{self._prefix}{name}"
        table = Table(
            full,
            self._metadata,
            *columns,
            PrimaryKeyConstraint(*key, name=conv(f"{full}_pk")),
            *(
                CheckConstraint(text, name=conv(f"{full}_{rule}"))
                for rule, text in (checks or {}).items()
            ),
            schema=self._schema,
            info={"key": key, "shard": key[0]},
        )
        if refers is not None:
            other, own = refers
            target = self.made[other]
            theirs = [target.c[column.name] for column in target.primary_key]
            table.append_constraint(ForeignKeyConstraint(own, theirs, name=conv(f"{full}_fk")))
        for index in indexes:
            Index(conv(f"{full}_by_{'_'.join(index)}"), *(table.c[column] for column in index))
        self.made[name] = table


def _id(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, _ID, nullable=optional)


def _moment(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, _MOMENT, nullable=optional)


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean(create_constraint=False), nullable=False)


def _document() -> Column[Any]:
    return Column("document", Text, nullable=False)


def _define_members(tables: _Definer) -> None:
    tables.define("locks", _id("id"), Column("held", SmallInteger, nullable=False), key=("id",))
    tables.define(
        "members",
        *(_id("id"), Column("lists", SmallInteger, nullable=False), _document()),
        key=("id",),
        indexes=(("lists", "id"),),
    )
    places = ", ".join(f"'{place}'" for place in PLACES)
    tables.define(
        "relationships",
        *(_id("owner"), _id("other"), _id("state"), _id("place", optional=True)),
        *(_moment("at", optional=True), _flag("barred"), _flag("follows"), _document()),
        key=("owner", "other"),
        indexes=(("owner", "place", "at", "other"), ("owner", "follows", "other")),
        checks={
            "are_two": "owner <> other",
            "have_a_place": (
                f"place IS NULL AND at IS NULL OR place IS NOT NULL AND place IN ({places}) "
                "AND at IS NOT NULL"
            ),
        },
    )
    tables.define(
        "mutes",
        *(_id("owner"), _id("other"), _moment("until", optional=True)),
        key=("owner", "other"),
        indexes=(("other",),),
    )
    tables.define(
        "tallies",
        *(_id("owner"), _id("id"), _id("kind"), _moment("at"), _flag("noted"), _id("other")),
        key=("owner", "id"),
        indexes=(("owner", "kind", "at"), ("other",)),
        checks={"are_counted": "kind IN ('sent', 'reported')"},
    )


def _define_posts(tables: _Definer) -> None:
    tables.define(
        "activities",
        *(_id("actor"), _id("key"), _moment("at"), _id("mark"), _id("kind")),
        *(_id("about", optional=True), _document()),
        key=("actor", "key"),
        indexes=(("actor", "at", "mark"), ("about",)),
    )
    tables.define(
        "mentions",
        *(_id("actor"), _id("key"), _id("name")),
        key=("actor", "key", "name"),
        indexes=(("name",),),
        refers=("activities", ("actor", "key")),
    )
    tables.define("posts", *(_id("id"), _id("author"), _moment("at"), _document()), key=("id",))
    tables.define(
        "authorships",
        *(_id("author"), _id("post"), _moment("at")),
        key=("author", "post"),
        indexes=(("author", "at", "post"),),
    )
    tables.define(
        "comments",
        *(_id("post"), _id("id"), _id("author"), _moment("at"), _document()),
        key=("post", "id"),
        indexes=(("post", "at", "id"), ("author",)),
    )
    tables.define("comment_places", _id("id"), _id("post"), key=("id",), indexes=(("post",),))
    tables.define(
        "reactions",
        *(_id("post"), _id("target"), _id("member"), _moment("at"), _document()),
        key=("post", "target", "member"),
        indexes=(("member",),),
    )


def _define_entries(tables: _Definer) -> None:
    tables.define(
        "entries",
        *(_id("owner"), _id("register"), _id("key"), _moment("at")),
        *(_id("other", optional=True), _document()),
        key=("owner", "register", "key"),
        indexes=(
            ("owner", "register", "at", "key"),
            ("owner", "register", "other", "at"),
            ("register", "other"),
            ("other",),
        ),
    )
    tables.define(
        "journal",
        *(_id("owner"), Column("place", BigInteger, nullable=False), _id("id")),
        *(_id("other"), _moment("due_at"), _document()),
        key=("owner", "id"),
        indexes=(("owner", "place"), ("place",), ("other",)),
    )
    tables.define("secrets", _id("name"), Column("value", Text, nullable=False), key=("name",))
    tables.define(
        "schema_version",
        *(_id("name"), Column("version", SmallInteger, nullable=False)),
        key=("name",),
    )
    for own in ("secrets", "schema_version"):
        tables.made[own].info["everywhere"] = True
