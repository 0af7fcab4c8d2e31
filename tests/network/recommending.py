"""How the tests look at recommendations of Grace, and at refusals."""

from collections.abc import Callable

import pytest

from connectcore import RecommendationShown, Refused, Showing
from tests.worlds import World


def authors(made: World, viewer: str = "eve", of: str = "grace") -> list[str]:
    """Whose recommendations of Grace *viewer* finds."""
    return [each.author for each in made[viewer].recommendations.page(of).items]


def texts(made: World, viewer: str = "eve") -> list[str]:
    """What recommendations of Grace *viewer* reads."""
    return [each.text for each in made[viewer].recommendations.page("grace").items]


def in_feed(made: World, reader: str) -> list[str]:
    """Who wrote the recommendations of which the feed of *reader* tells."""
    leads = [item.lead for item in made[reader].feed.page().items]
    return [lead.author for lead in leads if isinstance(lead, RecommendationShown)]


def standings(made: World, member: str = "grace") -> list[Showing]:
    """Where what was written about *member* stands."""
    return [each.standing for each in made[member].recommendations.received().items]


def code_of(call: Callable[[], object]) -> str:
    """The code with which *call* is refused."""
    with pytest.raises(Refused) as refused:
        call()
    (refusal,) = refused.value.refusals
    return refusal.code
