"""The tables: fit for a database that keeps owners apart, and for an application's own MetaData."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    Engine,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    inspect,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from connectcore import MemberId
from connectcore.storage.sql import SqlStore, create_schema, define_tables
from connectcore.testing.conformance.keeping import ADA, BOB, join, member_of, read
from tests.stores.databases import engine_in_memory

TABLES = define_tables(MetaData())
ALL = TABLES.members.metadata.sorted_tables

POSTGRESQL, SQLITE = (make_url(f"{name}://").get_dialect()() for name in ("postgresql", "sqlite"))

each_table = pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""A naming convention as applications have it."""


@pytest.fixture(name="engine")
def _engine() -> Iterator[Engine]:
    """Give an empty database in memory."""
    engine = engine_in_memory()
    yield engine
    engine.dispose()


# ── For a database that keeps owners apart ──────────────────────────────────────────────────────


OWNER, KEYS, REFERENCES = "owner", "keys", "references"


def misfits(table: Table) -> list[str]:
    """What of a table a database that keeps owners apart would refuse, or could not hold together."""
    owner = table.c.get(table.info.get("shard", ""))
    if owner is None or not _is_fit(owner):
        return [OWNER]
    found: list[str] = []
    unique = [
        *(each.columns for each in table.constraints if isinstance(each, UniqueConstraint)),
        *(index.columns for index in table.indexes if index.unique),
    ]
    if next(iter(table.primary_key), None) is not owner or any(
        owner.name not in key for key in unique
    ):
        found.append(KEYS)
    references = [each for each in table.constraints if isinstance(each, ForeignKeyConstraint)]
    if any(not _stays_with(owner, reference) for reference in references):
        found.append(REFERENCES)
    return found


def _is_fit(owner: Column[Any]) -> bool:
    """One type for all, compared byte by byte, and always there."""
    kind = str(owner.type.compile(dialect=POSTGRESQL))
    return kind == 'TEXT COLLATE "C"' and not owner.nullable


def _stays_with(owner: Column[Any], reference: ForeignKeyConstraint) -> bool:
    """A reference begins with the owner, leads to a row of the same one, and never changes it."""
    first = reference.elements[0]
    return (
        first.parent is owner
        and first.column.name == first.column.table.info.get("shard")
        and reference.ondelete in {None, "CASCADE"}
        and reference.onupdate is None
    )


@each_table
def test_every_table_keeps_owners_apart(table: Table) -> None:
    """Each row has one owner, within whose rows it is unique, and to whose rows alone it refers."""
    assert misfits(table) == []


def planted(
    *parts: Any, shard: str | None = "owner", key: Sequence[str] = ("owner", "id")
) -> Table:
    """A table that is like those of the library but for something."""
    metadata = MetaData()
    Table("others", metadata, _text("id"), PrimaryKeyConstraint("id"), info={"shard": "id"})
    columns = (_text("owner"), _text("id"), _text("other"))
    info = {} if shard is None else {"shard": shard}
    return Table("own", metadata, *columns, PrimaryKeyConstraint(*key), *parts, info=info)


def _text(name: str) -> Column[Any]:
    kind = Text().with_variant(Text(collation="C"), "postgresql")
    return Column(name, kind, nullable=False)


def _refers(*own: str, to: Sequence[str] = ("others.id",), **how: Any) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(own, to, **how)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (planted(), []),
        (planted(_refers("owner", ondelete="CASCADE")), []),
        (planted(Index("fit", "owner", "other", unique=True)), []),
        (planted(shard=None), [OWNER]),
        (planted(shard="nobody"), [OWNER]),
        (planted(Column("number", Integer), shard="number"), [OWNER]),
        (planted(Column("plain", Text), shard="plain"), [OWNER]),
        (planted(key=("id", "owner")), [KEYS]),
        (planted(key=("id",)), [KEYS]),
        (planted(UniqueConstraint("other")), [KEYS]),
        (planted(Index("unfit", "id", "other", unique=True)), [KEYS]),
        (planted(_refers("other")), [REFERENCES]),
        (planted(_refers("owner", to=("own.id",))), [REFERENCES]),
        (planted(_refers("owner", ondelete="SET NULL")), [REFERENCES]),
        (planted(_refers("owner", onupdate="CASCADE")), [REFERENCES]),
    ],
)
def test_a_table_that_would_not_keep_owners_apart_is_found(
    table: Table, expected: list[str]
) -> None:
    """Each way in which a table can be unfit is told from a fit one."""
    assert misfits(table) == expected


@each_table
def test_ids_compare_byte_by_byte(table: Table) -> None:
    """Every column of text but documents and secrets says so where databases know other orders."""
    statement = str(CreateTable(table).compile(dialect=POSTGRESQL))
    texts = [line for line in statement.splitlines() if " TEXT" in line]

    assert texts
    for line in texts:
        plain = line.strip().startswith(("document ", "value "))
        assert plain != ('COLLATE "C"' in line), line


# ── For an application's own MetaData ───────────────────────────────────────────────────────────


def statements(metadata: MetaData) -> list[str]:
    """What makes all tables and indexes of *metadata* that are the library's."""
    tables = [table for table in metadata.sorted_tables if "shard" in table.info]
    made: list[CreateTable | CreateIndex] = []
    for table in tables:
        made.append(CreateTable(table))
        made.extend(map(CreateIndex, sorted(table.indexes, key=lambda index: str(index.name))))
    return [str(each.compile(dialect=dialect)) for each in made for dialect in (POSTGRESQL, SQLITE)]


def names_of(table: Table) -> list[str]:
    """What the constraints and indexes of a table are called."""
    constraints = [str(constraint.name) for constraint in table.constraints]
    return constraints + [str(index.name) for index in table.indexes]


def test_names_are_fixed_whatever_the_naming_convention() -> None:
    """An application's convention is for what it names itself, so both make the same tables."""
    own = MetaData(naming_convention=NAMING)
    Table("own", own, Column("id", Integer, primary_key=True))
    define_tables(own)

    assert statements(own) == statements(TABLES.members.metadata)
    assert all("connectcore_" in statement for statement in statements(own))


def test_everything_has_a_name() -> None:
    """A constraint without one could not be changed by a migration."""
    for table in ALL:
        for name in names_of(table):
            assert name.startswith(table.name)


def test_no_name_is_too_long_for_a_database() -> None:
    """PostgreSQL cuts names after 63 bytes, and two might become one."""
    names = [name for table in ALL for name in names_of(table)]

    assert max(map(len, names)) <= 63
    assert len(set(names)) == len(names)


def test_types_are_those_of_sqlalchemy_alone() -> None:
    """So a migration that is made from the tables imports nothing of this library."""
    modules = {type(column.type).__module__ for table in ALL for column in table.c}

    assert modules == {"sqlalchemy.sql.sqltypes"}


def test_tables_can_have_another_prefix_and_schema(engine: Engine) -> None:
    """And a store that is told of them uses those."""
    tables = define_tables(MetaData(), prefix="people_")
    with engine.begin() as connection:
        create_schema(connection, tables)
    join(SqlStore(engine, tables=tables), ADA)
    names = inspect(engine).get_table_names()

    assert "people_members" in names
    assert not [name for name in names if name.startswith("connectcore_")]
    assert define_tables(MetaData(), schema="crm").members.fullname == "crm.connectcore_members"


def test_making_the_tables_again_changes_nothing(engine: Engine) -> None:
    """What is there stays with all that is in it, and only the library's tables are made."""
    own = MetaData()
    Table("own", own, Column("id", Integer, primary_key=True))
    tables = define_tables(own)
    with engine.begin() as connection:
        create_schema(connection)
    store = SqlStore(engine)
    join(store, ADA)
    with engine.begin() as connection:
        create_schema(connection)
        create_schema(connection, tables)

    assert read(store, lambda s: s.members((ADA,))) == {ADA: member_of(ADA)}
    assert "own" not in inspect(engine).get_table_names()


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ("('ada', 'ada', 'strangers', NULL, NULL, 0, 0, '')", "are_two"),
        ("('ada', 'bob', 'strangers', 'connected', NULL, 0, 0, '')", "have_a_place"),
        ("('ada', 'bob', 'strangers', 'elsewhere', '2026-03-02', 0, 0, '')", "have_a_place"),
        ("('ada', 'bob', 'strangers', NULL, '2026-03-02', 0, 0, '')", "have_a_place"),
    ],
)
def test_constraints_stand_behind_the_code(engine: Engine, values: str, rule: str) -> None:
    """A relationship that cannot be is refused by the database, too."""
    with engine.begin() as connection:
        create_schema(connection)

    with pytest.raises(IntegrityError, match=rule), engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO connectcore_relationships VALUES {values}")


def test_every_check_is_tried() -> None:
    """The table above names each of those of relationships."""
    checks = {
        str(rule.name).removeprefix("connectcore_relationships_")
        for rule in TABLES.relationships.constraints
        if isinstance(rule, CheckConstraint)
    }

    assert checks == {"are_two", "have_a_place"}


# ── The key ─────────────────────────────────────────────────────────────────────────────────────


def test_stores_of_one_database_have_one_key(engine: Engine) -> None:
    """It is made by the first and stays; another database has another one."""
    with engine.begin() as connection:
        create_schema(connection)
    keys = {read(SqlStore(engine), lambda s: s.key()) for _ in range(3)}

    assert len(keys) == 1
    assert read(SqlStore(engine), lambda s: s.members((BOB, MemberId("x")))) == {}
