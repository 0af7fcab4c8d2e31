"""The promises that scenario files tell, and the words that they are told in."""

import inspect
from collections.abc import Callable, Mapping

from tests.docs.tables import code, table
from tests.scenarios.acts import ACTS
from tests.scenarios.expectations import EXPECTATIONS
from tests.scenarios.given import GIVEN
from tests.scenarios.reading import FILES, read

__all__ = ["SUBJECTS", "expectations", "given", "promises", "sentences"]

SUBJECTS: Mapping[str, str] = {
    "invitation": "Invitations",
    "setting": "Who takes invitations",
    "caution": "Cautions",
    "limit": "Limits",
    "connection": "Connections",
    "list": "Lists of connections",
    "degree": "Distances",
    "introduction": "Introductions",
    "suggestion": "Suggestions",
    "block": "Blocks",
    "profile": "Profiles",
    "post": "Posts",
    "feed": "Feeds",
    "endorsement": "Endorsements",
    "recommendation": "Recommendations",
    "message": "Messages",
    "notice": "Notices",
    "mail": "Mail",
    "address": "Addresses",
    "guest": "Guests",
    "contact": "Contacts",
    "export": "What members take along",
}
"""The subject of a scenario, by the first word of its file's name."""


def promises() -> str:
    """Every promise, linked with its file, under the subjects."""
    found: dict[str, list[str]] = {subject: [] for subject in SUBJECTS}
    for path in FILES:
        subject, _, _ = path.stem.partition("-")
        found[subject].append(f"- [{read(path).promise}](../tests/scenarios/{path.name})")
    return "\n\n".join(
        f"### {SUBJECTS[subject]}\n\n" + "\n".join(lines) for subject, lines in found.items()
    )


def given() -> str:
    """The words for what a scenario begins with."""
    return table(["word", "what is said"], [[code(word), said] for word, said in GIVEN.items()])


def sentences() -> str:
    """The sentences of acts, each with the details that it may have."""
    return _table(ACTS)


def expectations() -> str:
    """The sentences of expectations, each with the details that it may have."""
    return _table(EXPECTATIONS)


def _table(vocabulary: Mapping[str, Callable[..., object]]) -> str:
    return table(
        ["sentence", "details"],
        [[code(template), _details(call)] for template, call in vocabulary.items()],
    )


def _details(call: Callable[..., object]) -> str:
    found = inspect.signature(call).parameters.values()
    named = [code(detail.name) for detail in found if detail.kind is detail.KEYWORD_ONLY]
    open_ended = any(detail.kind is detail.VAR_KEYWORD for detail in found)
    return ", ".join([*named, *(["and others"] if open_ended else [])])
