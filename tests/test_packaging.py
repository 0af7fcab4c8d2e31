"""What is declared about the package is true of it."""

import importlib
import importlib.metadata
import importlib.resources
import tomllib
from types import ModuleType
from typing import Any

import connectcore
from tests import ROOT

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def flattened(group: str) -> list[str]:
    """Give the requirements of a dependency group, with the groups it includes written out."""
    return [
        requirement
        for entry in PYPROJECT["dependency-groups"][group]
        for requirement in (
            [entry] if isinstance(entry, str) else flattened(entry["include-group"])
        )
    ]


def test_the_dev_extra_equals_the_dev_group() -> None:
    """Installers that know no dependency groups get the same tools from the extra."""
    assert sorted(flattened("dev")) == sorted(PYPROJECT["project"]["optional-dependencies"]["dev"])


def test_requirements_have_lower_bounds_only() -> None:
    """Nothing keeps an application from a newer version of what connectcore uses."""
    requirements = [*PYPROJECT["project"]["dependencies"], *flattened("dev")]

    assert [each for each in requirements if ">=" not in each or set(each) & set("<,!~")] == []


def test_the_version_is_the_installed_one() -> None:
    """The version that pyproject.toml states is the version that is installed."""
    assert PYPROJECT["project"]["version"] == importlib.metadata.version("connectcore")


def test_the_package_says_that_it_is_typed() -> None:
    """Type checkers read the annotations, since py.typed is installed."""
    assert importlib.resources.files("connectcore").joinpath("py.typed").is_file()


def test_every_public_name_is_in_all() -> None:
    """`__all__` names all that the face shows: each name once, each importable, none left out."""
    public = {
        name
        for name, value in vars(connectcore).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    stated = [name for name in connectcore.__all__ if not name.startswith("__")]

    assert public == set(stated)
    assert len(stated) == len(set(stated))
    assert all(hasattr(connectcore, name) for name in connectcore.__all__)


def test_every_console_script_leads_somewhere() -> None:
    """Each command that an installation offers is a function that exists."""
    for target in PYPROJECT["project"]["scripts"].values():
        module, _, function = target.partition(":")

        assert callable(getattr(importlib.import_module(module), function))
