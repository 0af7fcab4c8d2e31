"""What the documentation says of the code is what the code says of itself."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

import connectcore
from connectcore import Act, NoticeKind
from connectcore.activities import STOCK_KINDS, Activity
from tests import ROOT
from tests.docs import acts, reference
from tests.docs.parts import PARTS, documents, made_anew, places
from tests.test_layers import FACE, LAYERS

DOCUMENTS = list(documents())
LINK = re.compile(r"\]\((?!https?://)(?P<file>[^)#]*)(?:#(?P<heading>[^)]+))?\)")
EXAMPLE = re.compile(
    r"^(?:```python|<!--- invisible-code-block: python)\n(.*?)^(?:```|-->)",
    re.MULTILINE | re.DOTALL,
)
PROMPTS = (">>> ", "... ")
HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


def name_of(path: Path) -> str:
    """The path of a document within the project."""
    return str(path.relative_to(ROOT))


def anchors(text: str) -> set[str]:
    """What the headings of a document are linked by."""
    titles = (match["title"].lower() for match in HEADING.finditer(text))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_what_is_made_from_the_code_is_up_to_date(path: Path) -> None:
    """Tables, lists and diagrams stand as the code makes them; `python -m tests.docs` mends them."""
    text = path.read_text("utf-8")

    assert made_anew(text) == text


def test_every_part_has_one_place() -> None:
    """Whatever is made from the code is shown, once."""
    shown = [part for path in DOCUMENTS for part in places(path.read_text("utf-8"))]

    assert sorted(shown) == sorted(PARTS)


@pytest.mark.parametrize("stale", ["", "| an older table |\n"], ids=["empty", "old"])
def test_a_part_is_made_in_its_own_place(stale: str) -> None:
    """An empty or outdated place is filled, and nothing around it is touched."""
    begin, end = "Before.\n\n<!-- made: blocking -->\n", "<!-- end -->\n\nAfter.\n"
    other = "\n<!-- made: cautions -->\n<!-- end -->\n"
    made = made_anew(begin + stale + end + other)

    assert made.startswith(f"{begin}\n{PARTS['blocking']()}\n\n{end}")
    assert made.count("<!-- end -->") == 2


@pytest.mark.parametrize("path", sorted({*DOCUMENTS, *ROOT.glob("*.md")}), ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    """A link within the project names a file that is there, and a heading that is in it."""
    broken = []
    for link in LINK.finditer(path.read_text("utf-8")):
        target = path.parent / link["file"] if link["file"] else path
        if not target.exists() or (
            link["heading"] and link["heading"] not in anchors(target.read_text("utf-8"))
        ):
            broken.append(link[0])

    assert broken == []


def test_the_reference_lists_every_public_name_once() -> None:
    """The groups of `__all__` leave no name out, and each name says what it is."""
    listed = [name for group in reference.groups().values() for name in group]

    assert sorted(listed) == sorted(connectcore.__all__)
    assert [name for name in listed if not reference.what_it_is(name)] == []


def imports_in(path: Path) -> Iterator[tuple[str, str]]:
    """Each name that the examples of a page, or a program, import from connectcore, with its module."""
    text = path.read_text("utf-8")
    blocks = [text] if path.suffix == ".py" else EXAMPLE.findall(text)
    for block in blocks:
        session = "".join(f"{line[4:]}\n" for line in block.splitlines() if line[:4] in PROMPTS)
        for statement in ast.walk(ast.parse(session or block)):
            if isinstance(statement, ast.ImportFrom) and str(statement.module).startswith(FACE):
                yield from ((str(statement.module), alias.name) for alias in statement.names)


@pytest.mark.parametrize(
    "path", sorted({*DOCUMENTS, *(ROOT / "docs" / "examples").rglob("*.py")}), ids=name_of
)
def test_what_the_examples_import_is_public(path: Path) -> None:
    """Every name is in the `__all__` of its module, or is a module of the kit for tests."""
    private = [
        (module, name)
        for module, name in imports_in(path)
        if name not in import_module(module).__all__
        and not (module.startswith("connectcore.testing") and find_spec(f"{module}.{name}"))
    ]

    assert private == []


def test_the_readme_says_what_is_public() -> None:
    """Each module that the pages import from is named as public, or belongs to the kit for tests."""
    _, _, promise = (ROOT / "README.md").read_text("utf-8").partition("\nPublic is ")
    named = set(re.findall(r"`(connectcore[a-z.]*)`", promise.partition("\n")[0]))
    imported = {module for path in DOCUMENTS for module, _ in imports_in(path)}

    assert {each for each in imported if not each.startswith("connectcore.testing.")} <= named
    assert [each for each in sorted(named) if not import_module(each).__all__] == []


def test_the_tables_of_acts_have_every_act() -> None:
    """Each act is a column of one of the two tables."""
    assert sorted((*acts.BETWEEN_TWO, *acts.ONE_SIDED), key=list(Act).index) == list(Act)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nobody is there", "they blocked you"),
        ("you blocked them", "you blocked each other"),
    ],
)
def test_no_act_tells_of_a_block(one: str, other: str) -> None:
    """Two situations that differ only in a block by the other read alike in every act."""
    situations = dict(acts.situations())

    assert [acts.outcome(act, situations[one]) for act in Act] == [
        acts.outcome(act, situations[other]) for act in Act
    ]


def test_the_design_names_every_layer() -> None:
    """The page about the design has a word for each module of the order that is held."""
    design = (ROOT / "docs" / "design.md").read_text("utf-8")

    assert [layer for layer in LAYERS if f"`{layer}`" not in design] == []


def test_the_page_about_feeds_names_every_stock_kind() -> None:
    """Whoever hides or keeps back a kind finds its name in the documentation."""
    page = (ROOT / "docs" / "feed.md").read_text("utf-8")
    kinds = STOCK_KINDS - {Activity.kind}

    assert [kind for kind in kinds if f"`{kind}`" not in page] == []


def test_every_kind_of_notice_is_explained() -> None:
    """The page about notices says of each kind who is told and by whom, and of no other."""
    text = ROOT.joinpath("docs", "notices.md").read_text("utf-8")
    section = text.partition("## Who is told what")[2].partition("\n## ")[0]
    explained = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)

    assert sorted(explained) == sorted(kind.value for kind in NoticeKind)
