"""Skills by name: which spellings are one skill, how many a member lists, how long a name may be."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import final

from attrs import field, frozen

from connectcore.choices import not_negative
from connectcore.profiles import Profile
from connectcore.refusals import (
    Refusal,
    too_long,
)
from connectcore.texts import storable

__all__ = ["SkillPolicy", "plain_skill"]

_PLURALS = (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))
_SHORTEST_PLURAL = 4


def plain_skill(name: str) -> str:
    """What a skill is compared by: whatever its case and spaces, the last word in the singular.

    The singular is that of plain English plurals; whoever needs more gives `SkillPolicy` a function
    of their own.

    >>> plain_skill("  Graph   DATABASES "), plain_skill("C++")
    ('graph database', 'c++')
    """
    *words, last = unicodedata.normalize("NFKC", name).casefold().split() or [""]
    return " ".join([*words, _singular(last)])


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL:
        return word
    for many, one in _PLURALS:
        if word.endswith(many):
            return word.removesuffix(many) + one
    return word


@final
@frozen(kw_only=True)
class SkillPolicy:
    """When two names are one skill, and how many a member lists.

    Two names are one skill if `normalise` makes the same of them.
    A member lists up to `at_most` skills of up to `characters` Unicode code points: 100 on LinkedIn,
    50 before February 2024 (luizmaiaj.com, 2025), and 80 (clearviewsocial.com).

    >>> skills = SkillPolicy(at_most=50)
    >>> skills.normalise("Compilers") == skills.normalise("compiler")
    True
    """

    normalise: Callable[[str], str] = plain_skill
    at_most: int = field(default=100, validator=not_negative)
    characters: int = field(default=80, validator=not_negative)

    def plain(self, skill: str) -> str:
        """The plain form of a name; raise `InvalidValue` for what is no text that could be kept."""
        return self.normalise(storable(skill))

    def listed(self, profile: Profile) -> Mapping[str, str]:
        """The skills of a profile in their order, each as the member spells it, by its plain form.

        Of two spellings of one skill the first counts.
        """
        spelled = dict[str, str]()
        for skill in profile.skills:
            spelled.setdefault(self.normalise(skill), skill)
        return spelled

    def too_long(self, skill: str) -> Refusal | None:
        """Refuse a name that is too long."""
        return too_long("skill_too_long", "The name of a skill", skill, self.characters)

    def too_many(self, count: int) -> Refusal | None:
        """Refuse to list so many."""
        if count <= self.at_most:
            return None
        return Refusal(
            code="skills",
            message=f"You may list {self.at_most:,} skills; take one off your profile first.",
            limit=self.at_most,
            count=count,
        )

    def weigh(self, profile: Profile) -> tuple[Refusal, ...]:
        """Every refusal of the skills that a profile lists, each once."""
        found = [self.too_many(len(profile.skills)), *map(self.too_long, profile.skills)]
        return tuple(dict.fromkeys(refusal for refusal in found if refusal is not None))
