"""Where the rows of a statement come from, and for whose rows it is.

A statement is read by a parser, as it is sent, so nothing here depends on how it was put together.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, cast

from attrs import frozen
from sqlalchemy import MetaData
from sqlglot import exp, parse_one
from sqlglot.optimizer.scope import Scope, traverse_scope

from connectcore.storage.sql import define_tables
from connectcore.storage.sql.schema import all_of

__all__ = [
    "EVERYBODY",
    "OWNERS",
    "SET_ASIDE",
    "Node",
    "Source",
    "Values",
    "index_of_owner",
    "is_single",
    "owners_of",
    "parsed",
    "sources",
]

_TABLES = define_tables(MetaData(), prefix="")

OWNERS: Mapping[str, str] = {
    table.name: table.info["shard"] for table in all_of(_TABLES) if "everywhere" not in table.info
}
"""The tables that are spread, each with the column by which it is."""

EVERYBODY = "*"
"""Stands for all owners, where a statement does not say for whose rows it is."""

Node: TypeAlias = exp.Expr
Values: TypeAlias = Mapping[str, Any]

SET_ASIDE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SHOW")
"""What is about a transaction, and takes no rows."""


@cache
def parsed(statement: str) -> Node:
    """A statement as its parts, with the tables by their plain names."""
    return parse_one(re.sub(r"(?:\b\w+\.)?\bconnectcore_", "", statement), dialect="postgres")


# ── Where rows come from ────────────────────────────────────────────────────────────────────────


@frozen
class Source:
    """The spread tables of a part of a statement, by the names they have there, and its conditions.

    `names` are those of all that it takes rows from, and `around` the spread tables of the parts
    within which it stands.
    """

    tables: Mapping[str, str]
    names: Collection[str]
    conditions: Sequence[Node]
    around: Mapping[str, str]
    node: Node

    def is_owner(self, side: Node, name: str) -> bool:
        """Whether one side of a condition is the owner of a table's rows."""
        return (
            isinstance(side, exp.Column)
            and side.table in {name, ""}
            and side.name == OWNERS[self.tables[name]]
        )

    def sought(self, name: str) -> Node | None:
        """What the owner of a table's rows has to be equal to, if it is known beforehand."""
        for one, other in self._equal():
            if self.is_owner(one, name) and not isinstance(other, exp.Column):
                return other
        return None

    def groups(self) -> Sequence[Collection[str]]:
        """The tables in groups, of which each has the same owners."""
        groups = [{name} for name in self.tables]
        for one, other in self._pairs():
            first, second = (next(g for g in groups if name in g) for name in (one, other))
            if first is not second:
                groups.remove(second)
                first |= second
        return groups

    def is_tied(self, name: str) -> bool:
        """Whether a table has the owner of a row of the part around it."""
        return any(
            self.is_owner(one, name)
            and isinstance(other, exp.Column)
            and OWNERS.get(self.around.get(other.table, "")) == other.name
            for one, other in self._equal()
        )

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Which two tables have the same owners: those of each other, or of one value."""
        for one, other in self._equal():
            for name in self.tables:
                for second in self.tables:
                    if self.is_owner(one, name) and self.is_owner(other, second):
                        yield name, second
        values: dict[str, str] = {}
        for name in self.tables:
            value = self.sought(name)
            if value is not None and is_single(value):
                yield values.setdefault(value.sql(), name), name

    def _equal(self) -> Iterator[tuple[Node, Node]]:
        """What has to be equal, both ways round."""
        for condition in self.conditions:
            if isinstance(condition, exp.EQ):
                one, other = _bare(condition.this), _bare(condition.expression)
                yield one, other
                yield other, one


def sources(statement: Node) -> Iterator[Source]:
    """Every part of a statement that takes rows from tables."""
    around: Mapping[str, str] = {}
    if isinstance(statement, exp.Update | exp.Delete):
        taken = [statement.this, *_others(statement)]
        named = {table.alias_or_name: table for table in taken}
        around = _spread(named)
        yield Source(around, named, _conjuncts(statement.args.get("where")), {}, statement)
    for query in _queries(statement):
        for scope in traverse_scope(query):
            if isinstance(scope.expression, exp.Select):
                yield _source_of(scope, around)


def _source_of(scope: Scope, around: Mapping[str, str]) -> Source:
    select = cast("exp.Select", scope.expression)
    outer, parent = dict(around), scope.parent
    while parent is not None:
        outer, parent = {**_tables_of(parent), **outer}, parent.parent
    joins: Iterable[exp.Join] = select.args.get("joins") or ()
    conditions = [
        *_conjuncts(select.args.get("where")),
        *(condition for join in joins for condition in _conjuncts(join.args.get("on"))),
    ]
    return Source(_tables_of(scope), scope.selected_sources, conditions, outer, select)


def _tables_of(scope: Scope) -> Mapping[str, str]:
    return _spread({name: source for name, (_, source) in scope.selected_sources.items()})


def _spread(found: Mapping[str, object]) -> Mapping[str, str]:
    return {
        name: source.name
        for name, source in found.items()
        if isinstance(source, exp.Table) and source.name in OWNERS
    }


def _queries(node: Node) -> Iterator[Node]:
    """The outermost queries of a statement."""
    if isinstance(node, exp.Select | exp.SetOperation):
        yield node
        return
    for part in node.iter_expressions():
        yield from _queries(part)


def _others(statement: Node) -> Sequence[exp.Table]:
    """The further tables that an update or a deletion looks at, beside its own."""
    found = [statement.args.get("from_"), *(statement.args.get("using") or ())]
    return [table for part in found if part for table in part.find_all(exp.Table)]


def _conjuncts(clause: Node | None) -> Sequence[Node]:
    if clause is None:
        return []
    condition = clause.this if isinstance(clause, exp.Where) else clause
    return (
        [_unwrapped(part) for part in condition.flatten()]
        if isinstance(condition, exp.And)
        else [_unwrapped(condition)]
    )


def _unwrapped(node: Node) -> Node:
    return _unwrapped(node.this) if isinstance(node, exp.Paren) else node


def _bare(node: Node) -> Node:
    """A side of a condition, without what only says its type."""
    return _bare(node.this) if isinstance(node, exp.Cast | exp.Collate | exp.Paren) else node


def is_single(node: Node) -> bool:
    """Whether it is one value that is known when a statement is sent."""
    return isinstance(node, exp.Placeholder | exp.Literal)


# ── For whose rows a statement is ───────────────────────────────────────────────────────────────


def owners_of(statement: str, given: Sequence[Values]) -> frozenset[str]:
    """The owners for whose rows a statement is, with `EVERYBODY` where it does not name them all."""
    return frozenset(
        owner
        for place in _places(statement)
        for values in given
        for owner in _values(place, values)
    )


@cache
def _places(statement: str) -> Sequence[Node | None]:
    """Where a statement says for whom it is; `None` for a part that does not."""
    if statement.startswith(SET_ASIDE):
        return []
    node = parsed(statement)
    found: list[Node | None] = [*_inserted_for(node)] if isinstance(node, exp.Insert) else []
    for source in sources(node):
        for group in source.groups():
            known = (source.sought(name) for name in group)
            found.append(next((place for place in known if place is not None), None))
    return found


def _inserted_for(insert: exp.Insert) -> Iterator[Node]:
    table = insert.find(exp.Table)
    index = index_of_owner(insert)
    if table is None or table.name not in OWNERS or index is None:
        return
    rows = insert.expression
    if isinstance(rows, exp.Values):
        yield from (_bare(row.expressions[index]) for row in rows.expressions)
    else:
        yield _given_to(rows, _bare(rows.expressions[index].unalias()))


def _given_to(select: Node, value: Node) -> Node:
    """What a column of a list of rows is given, or the value itself."""
    for lists in select.find_all(exp.Unnest):
        names = [column.name for column in lists.args["alias"].columns]
        if value.name in names:
            return _bare(lists.expressions[names.index(value.name)])
    return value


def _values(place: Node | None, values: Values) -> Collection[str]:
    node = _bare(place.this) if isinstance(place, exp.Any) else place
    match node:
        case exp.Literal():
            return [node.name]
        case exp.Placeholder():
            value = values[node.name]
            return [value] if isinstance(value, str) else value
        case _:
            return [EVERYBODY]


def index_of_owner(insert: exp.Insert) -> int | None:
    """At which place of the inserted values the owner stands; 0 for a table that is not spread."""
    schema = insert.this
    owner = OWNERS.get(schema.this.name if isinstance(schema, exp.Schema) else schema.name)
    names = [column.name for column in schema.expressions]
    if owner is None:
        return 0
    return names.index(owner) if owner in names else None
