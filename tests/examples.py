"""The pytest plugin that makes a test of every example printed in README.md, docs and src."""

from collections.abc import Iterable
from doctest import ELLIPSIS

from sybil import Document, Region, Sybil
from sybil.parsers import markdown, rest

from tests import ROOT, SOURCE


def fenced_code(document: Document) -> Iterable[Region]:
    """Find fenced Python without a prompt: sessions in docstrings have a parser of their own."""
    found = markdown.PythonCodeBlockParser()(document)
    return (region for region in found if isinstance(region.parsed, str))


prose = Sybil(
    path=str(ROOT),
    patterns=["*.md"],
    parsers=[
        markdown.PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        markdown.ClearNamespaceParser(),
        markdown.SkipParser(),
    ],
)

docstrings = Sybil(
    path=str(SOURCE),
    patterns=["*.py"],
    parsers=[rest.DocTestParser(optionflags=ELLIPSIS), fenced_code, rest.SkipParser()],
)

pytest_collect_file = (prose + docstrings).pytest()
