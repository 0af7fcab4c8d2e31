"""The lists of public names and of calls, each with the first paragraph of its docstring."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from connectcore import ActingMember, Network, Profile, Visitor
from tests import SOURCE
from tests.docs.tables import code, table

GROUP = re.compile(r"    # (?P<title>.+)")
NAME = re.compile(r'    "(?P<name>\w+)",')


def names() -> str:
    """Every public name, in the groups of `connectcore.__all__`."""
    return "\n\n".join(
        f"### {title}\n\n"
        + table(["name", "what it is"], [[code(name), what_it_is(name)] for name in group])
        for title, group in groups().items()
    )


def calls() -> str:
    """Every call on a network, on somebody who acts, and on somebody signed out."""
    network: Network[Profile] = Network()
    return "\n\n".join(
        f"### {title}\n\n" + table(["call", "what it does"], rows)
        for title, rows in (
            ("A network", list(_calls_on("network", network))),
            ("What waits for the application", list(_calls_on_handles("network", network))),
            ("A member who acts", list(_calls_on_handles("member", network.as_member("ada")))),
            ("A visitor", list(_calls_on_handles("visitor", network.as_visitor()))),
        )
    )


def groups() -> Mapping[str, list[str]]:
    """The public names as `__all__` groups them under its comments."""
    found: dict[str, list[str]] = {}
    _, _, listed = (SOURCE / "__init__.py").read_text("utf-8").partition("__all__ = [")
    for line in listed.splitlines():
        if group := GROUP.fullmatch(line):
            found[group["title"]] = []
        elif name := NAME.fullmatch(line):
            found[list(found)[-1]].append(name["name"])
    return found


def what_it_is(name: str, module: str = "connectcore") -> str:
    """The first paragraph of the docstring of a public name, found where the name is defined."""
    tree = _parsed(module)
    for statement in tree.body:
        match statement:
            case ast.ImportFrom(module=str(origin), names=names) if name in (
                alias.asname or alias.name for alias in names
            ):
                return what_it_is(name, origin)
            case _:
                pass
    return _first_paragraph(_docstrings(tree)[name])


def _docstrings(tree: ast.Module) -> Mapping[str, str]:
    """The docstrings of a module's classes and functions, and those under its assignments."""
    found: dict[str, str] = {}
    for statement, following in pairwise([*tree.body, ast.Pass()]):
        match statement, following:
            case (ast.ClassDef() | ast.FunctionDef(), _):
                found[statement.name] = ast.get_docstring(statement) or ""
            case (
                ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                found[name] = words
            case _:
                pass
    return found


@cache
def _parsed(module: str) -> ast.Module:
    path = SOURCE.parent.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text("utf-8"))


def _calls_on_handles(
    actor: str, acting: Network[Profile] | ActingMember[Profile] | Visitor[Profile]
) -> Iterator[list[str]]:
    for handle, value in vars(acting).items():
        if handle.startswith("_"):
            continue
        yield from _calls_on(f"{actor}.{handle}", value)


def _calls_on(word: str, handle: object) -> Iterator[list[str]]:
    for name, call in inspect.getmembers(handle, inspect.ismethod):
        if not name.startswith("_"):
            words = inspect.getdoc(call)
            assert words is not None
            yield [code(f"{word}.{name}({_parameters(call)})"), _first_paragraph(words)]


def _parameters(call: object) -> str:
    assert callable(call)
    found = inspect.signature(call).parameters.values()
    bare = [parameter.replace(annotation=parameter.empty) for parameter in found]
    return str(inspect.Signature(bare))[1:-1]


def _first_paragraph(words: str) -> str:
    return " ".join(words.strip().partition("\n\n")[0].split())
