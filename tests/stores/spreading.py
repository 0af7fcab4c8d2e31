"""What a database whose rows are spread over machines refuses of a statement, or takes otherwise.

Each rule is one of Citus 13.2, and each breach of the tests has been tried there.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from sqlglot import exp

from tests.stores.statements import (
    OWNERS,
    SET_ASIDE,
    Node,
    Source,
    index_of_owner,
    is_single,
    parsed,
    sources,
)

__all__ = ["COUNTED", "RULES", "broken_rules"]

_STEADY = (
    *(exp.Case, exp.Cast, exp.Coalesce, exp.Collate, exp.Connector),
    *(exp.Greatest, exp.If, exp.Least),
)
"""What gives the same wherever it is asked."""


def _locks_rows_of_many(statement: Node) -> bool:
    return any(
        source.node.args.get("locks")
        and any(
            (sought := source.sought(name)) is None or not is_single(sought)
            for name in source.tables
        )
        for source in sources(statement)
    )


def _joins_across_owners(statement: Node) -> bool:
    return any(len(source.groups()) > 1 for source in sources(statement))


def _looks_outside(statement: Node) -> bool:
    return any(
        source.tables and _looks_out(source) and not all(map(source.is_tied, source.tables))
        for source in sources(statement)
    )


def _looks_out(source: Source) -> bool:
    """Whether a condition names what stands around."""
    return any(
        column.table and column.table not in source.names
        for condition in source.conditions
        for column in condition.find_all(exp.Column)
        if column.find_ancestor(exp.Select) is source.node
    )


def _sets(statement: Node) -> Sequence[tuple[str, Node]]:
    """What is set anew in rows that are there: columns and values."""
    conflict = statement.args.get("conflict")
    found: Iterable[Node] = ()
    if isinstance(statement, exp.Update):
        found = statement.expressions
    elif conflict is not None:
        found = conflict.expressions
    return [(each.this.name, each.expression) for each in found]


def _sets_what_changes(statement: Node) -> bool:
    return any(
        isinstance(part, exp.Func) and not isinstance(part, _STEADY)
        for _, value in _sets(statement)
        for part in value.find_all(exp.Expr)
    )


def _moves_rows(statement: Node) -> bool:
    target = statement.find(exp.Table)
    owner = OWNERS.get(target.name) if target else None
    return any(column == owner for column, _ in _sets(statement))


def _names_a_place(statement: Node) -> bool:
    return any(column.name == "ctid" for column in statement.find_all(exp.Column))


def _asks_within_values(statement: Node) -> bool:
    values = statement.expression if isinstance(statement, exp.Insert) else None
    return isinstance(values, exp.Values) and values.find(exp.Select) is not None


def _is_recursive(statement: Node) -> bool:
    return any(each.args.get("recursive") for each in statement.find_all(exp.With))


def _groups_in_several_ways(statement: Node) -> bool:
    return statement.find(exp.GroupingSets, exp.Rollup, exp.Cube) is not None


def _names_no_owner(statement: Node) -> bool:
    return isinstance(statement, exp.Insert) and index_of_owner(statement) is None


def _conflicts_across_owners(statement: Node) -> bool:
    conflict = statement.args.get("conflict")
    if conflict is None or not (keys := conflict.args.get("conflict_keys")):
        return False
    table = statement.find(exp.Table)
    owner = OWNERS.get(table.name if table else "")
    return owner is not None and owner not in {
        column.name for key in keys for column in key.find_all(exp.Column, exp.Identifier)
    }


def _sets_the_machine_asked(statement: Node) -> bool:
    return isinstance(statement, exp.Set)


def _locks_the_machine_asked(statement: Node) -> bool:
    calls = statement.find_all(exp.Anonymous)
    return any(re.match(r"pg_(try_)?advisory", call.name) for call in calls)


def _leaves_out_what_it_selects(statement: Node) -> bool:
    conflict = statement.args.get("conflict")
    return (
        isinstance(statement.args.get("expression"), exp.Select)
        and conflict is not None
        and conflict.args["action"].name == "DO NOTHING"
    )


RULES: Mapping[str, Callable[[Node], bool]] = {
    "rows are locked of one owner at a time": _locks_rows_of_many,
    "tables are joined by their owners": _joins_across_owners,
    "a subquery looks outside by the owner alone": _looks_outside,
    "what is set is the same on every machine": _sets_what_changes,
    "rows stay with their owner": _moves_rows,
    "no row is named by its place": _names_a_place,
    "what is inserted is known, or all of it selected": _asks_within_values,
    "nothing is recursive": _is_recursive,
    "rows are grouped in one way": _groups_in_several_ways,
    "an inserted row has an owner": _names_no_owner,
    "a conflict is one among rows of one owner": _conflicts_across_owners,
    "settings hold for one machine alone": _sets_the_machine_asked,
    "advisory locks hold on one machine alone": _locks_the_machine_asked,
}
"""What every statement keeps to, each with the test of whether it is broken."""

COUNTED = "a count of rows leaves out none that conflict"


@cache
def broken_rules(statement: str, *, counted: bool = False) -> Sequence[str]:
    """The rules that a statement breaks; *counted* says that somebody asks how many rows it wrote."""
    if statement.startswith(SET_ASIDE):
        return []
    node = parsed(statement)
    broken = [rule for rule, breaks in RULES.items() if breaks(node)]
    return [*broken, COUNTED] if counted and _leaves_out_what_it_selects(node) else broken
