"""Every case of the list is a test."""

import ast
import re
from pathlib import Path

CASE = re.compile(r"test_case_(?P<number>\d\d)_\w+")


def told() -> set[int]:
    """The numbers of the cases that the modules of this folder tell."""
    functions = (
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    return {int(match["number"]) for name in functions if (match := CASE.fullmatch(name))}


def test_every_case_is_told() -> None:
    """There are 24, after incidents in other networks; each has a test with its number."""
    assert told() == {*range(1, 25)}
