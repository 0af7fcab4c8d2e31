"""A module imports only from the layers above it, and importing connectcore costs next to nothing."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pytest

from tests import ROOT, SOURCE

FACE = "connectcore"

LAYERS = (
    # The core: values and pure functions.
    "refusals",
    "errors",
    "tokens",
    "choices",
    "texts",
    "moments",
    "pages",
    "audiences",
    "channels",
    "profiles",
    "settings",
    "members",
    "skills",
    "registers",
    "addresses",
    "contacts",
    "relationships",
    "erasure",
    "proposals",
    "windows",
    "rules",
    "rulebook",
    "invitations",
    "acts",
    "guests",
    "inmail",
    "messages",
    "correspondence",
    "writing",
    "showing",
    "posts",
    "visibility",
    "explanations",
    "graph",
    "endorsements",
    "recommendations",
    "activities",
    "feed",
    "notices",
    "journal",
    "mail",
    "plain",
    # The shell.
    "storage",
    "network",
    # What stands around it.
    "interchange",
    "testing",
    "cli",
    "__main__",
)
"""Every module and package of connectcore, each importing only from those before it."""

EXTRAS = {
    "hypothesis": "testing",
    "pydantic": "plain",
    "pydantic_core": "plain",
    "pytest": "testing",
}
"""What an extra or the application brings, and the one layer that may import it."""

FACE_SHOWS = LAYERS[: LAYERS.index("network") + 1]


def read_sources() -> dict[str, str]:
    """Map the name of every module of connectcore to its text; a package goes by its `__init__`."""
    return {
        ".".join([FACE, *path.relative_to(SOURCE).with_suffix("").parts]): path.read_text("utf-8")
        for path in sorted(SOURCE.rglob("*.py"))
    }


def imported_names(name: str, text: str) -> Iterator[str]:
    """Give the dotted name of all that module *name* imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = name.split(".")[: -node.level] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def imported_modules(name: str, sources: Mapping[str, str]) -> set[str]:
    """Give the modules of connectcore that module *name* imports; a package by its `__init__`."""
    return {
        module_holding(imported, sources)
        for imported in imported_names(name, sources[name])
        if imported.split(".")[0] == FACE
    }


def module_holding(imported: str, sources: Mapping[str, str]) -> str:
    """Give the module that an imported name is in, or is: `from a.b import c` may mean either."""
    candidate = imported
    while candidate:
        for module in (candidate, f"{candidate}.__init__"):
            if module in sources:
                return module
        candidate = candidate.rpartition(".")[0]
    return imported


def layer_of(name: str) -> str:
    """Give the layer that a module belongs to: its own, or that of its package."""
    return name.split(".")[1]


def faults(sources: Mapping[str, str]) -> list[str]:
    """Say, a sentence each, which modules of *sources* break the order of the layers."""
    found = [
        f"{name} is in no layer" for name in sources if layer_of(name) not in {*LAYERS, "__init__"}
    ]
    rank = {layer: position for position, layer in enumerate(LAYERS)}
    inside: dict[str, set[str]] = {}
    for name in sources:
        for imported in sorted(imported_modules(name, sources)):
            here, there = layer_of(name), layer_of(f"{imported}.__init__")
            if here == "__init__":
                allowed = there in FACE_SHOWS
            elif here == there:
                allowed = True
                inside.setdefault(name, set()).add(imported)
            else:
                allowed = rank.get(there, len(LAYERS)) < rank.get(here, -1)
            if not allowed:
                found.append(f"{name} must not import {imported}")
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as error:
        found.append("a circle of imports: " + " -> ".join(error.args[1]))
    return found


def test_what_an_extra_brings_is_imported_in_its_layer_alone() -> None:
    """Nothing that works without an extra needs what comes with it."""
    elsewhere = [
        f"{name} imports {imported}"
        for name, text in read_sources().items()
        for imported in imported_names(name, text)
        if EXTRAS.get(imported.partition(".")[0], layer_of(name)) != layer_of(name)
    ]

    assert elsewhere == []


def test_no_module_imports_from_a_layer_below_it() -> None:
    """Every module is in a layer and imports only from the layers above its own."""
    assert faults(read_sources()) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("connectcore.refusals", "from connectcore.errors import Refused"),
        ("connectcore.refusals", "import connectcore.errors"),
        ("connectcore.refusals", "from connectcore import errors"),
        ("connectcore.refusals", "from . import errors"),
        ("connectcore.refusals", "from .errors import Refused"),
        ("connectcore.refusals", "def late():\n    from connectcore.errors import Refused"),
        ("connectcore.refusals", "if TYPE_CHECKING:\n    from connectcore.errors import Refused"),
        ("connectcore.refusals", "from connectcore import Network"),
        ("connectcore.errors", "import connectcore"),
        ("connectcore.errors", "from connectcore.storage import Store"),
        ("connectcore.errors", "from connectcore.nowhere import nothing"),
        ("connectcore.storage.memory", "from connectcore.network import Network"),
        ("connectcore.storage.memory", "from ..network import Network"),
        ("connectcore.storage.__init__", "from ..network import Network"),
        ("connectcore.storage.__init__", "from .memory import MemoryStore"),
        ("connectcore.__init__", "from connectcore.cli import main"),
        ("connectcore.helpers", "x = 1"),
        ("connectcore.helpers.__init__", "x = 1"),
    ],
)
def test_a_planted_fault_is_reported(name: str, text: str) -> None:
    """An upward import is seen however it is written, and so are a circle and a stray module."""
    sound = {
        "connectcore.__init__": "from connectcore.network import Network",
        "connectcore.refusals": "import attrs",
        "connectcore.errors": "from connectcore.refusals import Refusal",
        "connectcore.storage.__init__": "from ..errors import Refused",
        "connectcore.storage.memory": "from connectcore.storage import Store",
        "connectcore.network.__init__": "from connectcore.storage.memory import MemoryStore",
        "connectcore.cli.__init__": "from connectcore import network, storage",
    }

    assert faults(sound) == []
    assert len(faults(sound | {name: text})) == 1


def test_importing_connectcore_loads_attrs_and_the_standard_library_alone() -> None:
    """A fresh process that imports connectcore loads nothing else: no database, no test tools."""
    program = (
        "import sys; before = set(sys.modules); import connectcore;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    # A measured run loads coverage's own modules too.
    unmeasured = {key: value for key, value in os.environ.items() if "COVERAGE" not in key}
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, env=unmeasured, capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())

    assert "connectcore" in loaded
    assert loaded - sys.stdlib_module_names <= {"attr", "attrs", "connectcore"}


def test_no_file_is_longer_than_400_lines() -> None:
    """A source file that outgrows 400 lines holds two ideas."""
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("src", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }

    assert long == {}
