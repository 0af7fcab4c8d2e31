"""The law of hidden connections: what a viewer may not know of changes nothing that they read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    Audience,
    Degree,
    MemberId,
    MemoryStore,
    Settings,
    SharedConnections,
    VisibilityPolicy,
)
from connectcore.storage import ClosedLists, Store
from connectcore.testing.strategies import audiences
from tests.laws.breaking import AlteredStore, breaks
from tests.laws.societies import (
    CAST,
    PAIRS,
    Script,
    Step,
    scripts,
    settings_of_members,
    stage,
)
from tests.surface import seen_by, seen_by_visitors
from tests.worlds import NOON

VIEWER = CAST[0]

HIDING = (SharedConnections.UNLESS_ONLY_ME, SharedConnections.BOTH_ADMIT)
"""The policies under which a connection of somebody who keeps their list to themselves is hidden."""


@frozen
class Affair:
    """A society, and connections that some of it make out of the sight of the viewer."""

    script: Script
    hidden: Sequence[tuple[str, str]]
    shared: SharedConnections


@st.composite
def affairs(draw: st.DrawFn) -> Affair:
    """Societies in which many keep their lists to themselves, and connect once more."""
    circles = st.just(Audience.ONLY_ME) | audiences()
    script = draw(scripts(chosen=settings_of_members(circles)))
    pairs = [pair for pair in PAIRS if _is_hidden(pair, script.settings)]
    hidden = draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True)) if pairs else []
    return Affair(script, hidden, draw(st.sampled_from(HIDING)))


def _is_hidden(pair: Sequence[str], chosen: Mapping[str, Settings]) -> bool:
    return VIEWER not in pair and any(
        chosen[member].connections is Audience.ONLY_ME for member in pair
    )


def hidden_connections_change_nothing(
    affair: Affair, *, make_store: Callable[[], Store] = MemoryStore
) -> None:
    """The law: every answer to the viewer is the same before and after connections hidden from them.

    Lists, counts, mutual connections, suggestions with their reasons, degrees, paths and the feed:
    nothing lets the viewer tell that there is one connection more.
    """
    script = affair.script
    policy = VisibilityPolicy(shared_connections=affair.shared)
    world, attempt = stage(script.members, store=make_store(), visibility=policy)
    for step in script.steps:
        attempt(step)

    def seen() -> tuple[object, object]:
        world.clock.now = NOON + timedelta(days=1)
        return (
            seen_by(world[VIEWER], CAST, script.writings),
            seen_by_visitors(world.network, CAST, script.writings),
        )

    before = seen()
    for number, (one, other) in enumerate(affair.hidden, 500):
        attempt(Step(number, "connect", one, other))
    assert seen() == before


@given(affairs())
def test_hidden_connections_change_nothing(affair: Affair) -> None:
    """Who keeps their list to themselves may connect with anybody, and no third one can tell."""
    hidden_connections_change_nothing(affair)


@pytest.mark.thorough
def test_the_law_of_hidden_connections_finds_a_telling_distance() -> None:
    """A planted fault: distances run through everybody, whoever keeps their list to themselves."""

    def telling(
        degrees: Callable[..., Mapping[MemberId, Degree]],
        viewer: MemberId,
        others: Sequence[MemberId],
        closed: ClosedLists,
    ) -> Mapping[MemberId, Degree]:
        return degrees(viewer, others, (None, None, None))

    def careless() -> Store:
        return AlteredStore(MemoryStore(), degrees=telling)

    law = partial(hidden_connections_change_nothing, make_store=careless)
    assert breaks(law, affairs())
