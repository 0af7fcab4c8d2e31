"""The words of the scenario files that stand for values: durations, audiences, kinds, parts."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import Enum
from functools import cache
from typing import TypeVar

from attrs import fields

from connectcore import Audience, Position, Profile, WhoMayInvite, WhoMayWrite
from connectcore.audiences import SECTIONS

__all__ = [
    "INVITERS",
    "WRITERS",
    "Misspelt",
    "audience",
    "duration",
    "infinitive",
    "one_of",
    "part",
    "pick",
    "position",
    "sentence_pattern",
]

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

DURATION = re.compile(r"(?P<count>\d+) (?P<unit>minute|hour|day|week)s?")

PLACEHOLDERS: Mapping[str, str] = {
    "member": r"(?P<{}>[a-z]+)",
    "item": r"(?P<{}>[a-z]+(?:-[a-z]+)+)",
    "part": r"(?P<{}>[a-z]+(?: name)?)",
    "circle": r"(?P<{}>[a-z ]+)",
    "skill": r"(?P<{}>[A-Z].*)",
    "address": r"(?P<{}>\S+@\S+)",
    "list": r"(?P<{}>[a-z]+(?: [a-z]+)*)",
    "act": r"(?P<{}>[a-z].+)",
}
"""What may stand in the place of each placeholder of a sentence; items have a hyphen."""

INVITERS = {
    "anyone": WhoMayInvite.ANYONE,
    "who knows an address": WhoMayInvite.KNOWS_EMAIL,
    "nobody": WhoMayInvite.NOBODY,
}
WRITERS = {
    "connections": WhoMayWrite.CONNECTIONS,
    "requests": WhoMayWrite.REQUESTS,
    "anyone": WhoMayWrite.ANYONE,
}


class Misspelt(Exception):
    """A scenario says something that is not in the vocabulary."""


def one_of(words: Mapping[str, T], word: str, what: str) -> T:
    """The value that *word* stands for."""
    try:
        return words[word]
    except KeyError:
        message = f"{word!r} is no {what}; there are: {', '.join(words)}"
        raise Misspelt(message) from None


def pick(words: type[E], word: str) -> E:
    """The member of an enumeration, by its name in small letters with spaces."""
    named = {each.name.lower().replace("_", " "): each for each in words}
    return one_of(named, word, words.__name__)


def audience(word: str) -> Audience:
    """A circle, as `str` writes it: "only me", "second degree", "everyone"."""
    return pick(Audience, word)


def duration(words: str) -> timedelta:
    """A duration: "3 weeks", "1 day", "48 hours"."""
    match = DURATION.fullmatch(words)
    if match is None:
        message = f'{words!r} is no duration; write one such as "3 weeks" or "48 hours"'
        raise Misspelt(message)
    return timedelta(**{f"{match['unit']}s": int(match["count"])})


def part(word: str) -> str:
    """The name of a field of a profile, or of a section such as "full name"."""
    known = (*(field.name for field in fields(Profile)), *SECTIONS)
    return one_of({name.replace("_", " "): name for name in known}, word, "part of a profile")


def position(words: str) -> Position:
    """A position: "Engineer at Engines"."""
    title, _, company = words.partition(" at ")
    return Position(title=title, company=company)


def infinitive(sentence: str) -> str:
    """What follows "can": "invites grace" without its s."""
    verb, _, rest = sentence.partition(" ")
    ending = 2 if verb.endswith(("shes", "sses")) else 1
    return f"{verb[:-ending]} {rest}".strip()


@cache
def sentence_pattern(template: str) -> re.Pattern[str]:
    """What matches a sentence made from a template with placeholders such as {member}."""
    numbers = iter(range(9))
    written = re.sub(
        r"\\{(\w+)\\}",
        lambda match: PLACEHOLDERS[match[1]].format(f"{match[1]}_{next(numbers)}"),
        re.escape(template).replace(r"\ ", " "),
    )
    return re.compile(written)


def matching(sentence: str, vocabulary: Iterable[str]) -> tuple[str, Mapping[str, str]]:
    """The template that makes *sentence*, and what stands in its places."""
    found = [
        (template, match.groupdict())
        for template in vocabulary
        if (match := sentence_pattern(template).fullmatch(sentence))
    ]
    if len(found) != 1:
        known = _listed(vocabulary if not found else (template for template, _ in found))
        message = f"{sentence!r} is {'ambiguous among' if found else 'none of'}: {known}"
        raise Misspelt(message)
    return found[0]


def _listed(templates: Iterable[str]) -> str:
    return "; ".join(templates)
