"""No printed example goes unexecuted, and a wrong one fails."""

import re
from pathlib import Path

import pytest
from sybil.document import Document
from sybil.example import SybilFailure

from tests import ROOT
from tests.examples import docstrings, prose

MARKDOWN = [path for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")] if path.exists()]
FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})\s*\{?(?P<language>py\S*.*)$", re.MULTILINE)
PROMPT = re.compile(r"^\s*>>> ", re.MULTILINE)


def evaluate(document: Document) -> None:
    """Execute every example of *document* in order, as pytest does."""
    for example in document.examples():
        example.evaluate()


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_python_is_always_fenced_so_that_it_is_executed(path: Path) -> None:
    """Markdown writes Python in ```python fences alone: no other kind of fence is executed."""
    text = path.read_text(encoding="utf-8")

    assert {match["language"] for match in FENCE.finditer(text)} <= {"python"}
    assert len(PROMPT.findall(text)) == sum(
        hasattr(example.parsed, "want") for example in prose.parse(path).examples()
    )


@pytest.mark.parametrize(
    "text",
    [
        "```python\nassert 1 == 2\n```\n",
        "```python\n>>> 1 + 1\n3\n```\n",
        "<!--- invisible-code-block: python\nhidden = 1\n-->\n\n```python\nassert hidden == 2\n```\n",
        "```python\nearlier = 1\n```\n\n```python\n>>> earlier\n2\n```\n",
    ],
    ids=["block", "session", "hidden set-up", "shared namespace"],
)
def test_a_wrong_example_in_prose_fails(tmp_path: Path, text: str) -> None:
    """Blocks, sessions and what they share from hidden or earlier blocks are all held to."""
    path = tmp_path / "page.md"
    path.write_text(text, encoding="utf-8")

    with pytest.raises((AssertionError, SybilFailure)):
        evaluate(prose.parse(path))


def test_a_skipped_example_is_not_executed(tmp_path: Path) -> None:
    """`skip: next` leaves out the one example after it."""
    path = tmp_path / "page.md"
    path.write_text(
        "<!-- skip: next -->\n\n```python\n1 / 0\n```\n\n```python\nseen = True\n```\n",
        encoding="utf-8",
    )
    page = prose.parse(path)

    evaluate(page)

    assert page.namespace["seen"] is True


@pytest.mark.parametrize(
    "example",
    [">>> 1 + 1\n    3\n", "```python\n    assert 1 == 2\n    ```\n"],
    ids=["session", "block"],
)
def test_a_wrong_example_in_a_docstring_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: str
) -> None:
    """Docstrings are executed with the names of their module at hand."""
    path = tmp_path / "planted_example.py"
    path.write_text(f'def f():\n    """Add.\n\n    {example}    """\n', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises((AssertionError, SybilFailure)):
        evaluate(docstrings.parse(path))
