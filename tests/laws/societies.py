"""Five members whose profiles are made up of their names, and what they do to each other."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st

from connectcore import Audience, Member, Profile, Settings
from connectcore.activities import STOCK_KINDS
from connectcore.testing import Script, Step, person
from connectcore.testing.scripts import ADDRESS, stage
from connectcore.testing.strategies import audiences
from connectcore.testing.strategies import scripts as scripts_of
from connectcore.testing.strategies.networks import (
    ENDORSING,
    INVITING,
    MESSAGING,
    RECOMMENDING,
    USUAL_KINDS,
    steps,
)

__all__ = [
    "ADDRESS",
    "CAST",
    "ENDORSING",
    "INVITING",
    "MESSAGING",
    "PAIRS",
    "RECOMMENDING",
    "USUAL_KINDS",
    "Script",
    "Step",
    "scripts",
    "settings_of_members",
    "stage",
    "steps",
    "twice_as_often",
]

CAST = ("ada", "bob", "cyd", "dan", "eve")
PAIRS = tuple(combinations(CAST, 2))

twice_as_often = settings(max_examples=2 * settings().max_examples)
"""For laws of which a fault may show only where four members stand just so."""

ANY_CIRCLE = audiences()


def settings_of_members(
    circles: st.SearchStrategy[Audience] = ANY_CIRCLE,
) -> st.SearchStrategy[Settings]:
    """What somebody chose; *circles* are those that they open their sections to."""
    kinds = st.frozensets(st.sampled_from(sorted(STOCK_KINDS)), max_size=1)
    fields = st.sampled_from(["about", "contact", "headline"])
    return st.builds(
        Settings,
        audiences=st.dictionaries(fields, audiences(), max_size=2),
        full_name=circles,
        connections=circles,
        activities=circles,
        unshared_kinds=st.just(frozenset[str]()) | kinds,
    )


ANY_SETTINGS = settings_of_members()


def scripts(
    *,
    chosen: st.SearchStrategy[Settings] = ANY_SETTINGS,
    kinds: Sequence[str] = USUAL_KINDS,
) -> st.SearchStrategy[Script]:
    """Five members, what each chose, who of them connects to begin with, and what they do then."""

    @cache
    def people(member: str) -> st.SearchStrategy[Member[Profile]]:
        return st.builds(person, st.just(member), settings=chosen)

    return scripts_of(cast=st.just(CAST), people=people, kinds=kinds)
