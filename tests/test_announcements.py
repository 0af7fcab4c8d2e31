"""Who would read of a change in a profile, if it was announced: the feed keeps to what is said."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    Audience,
    Bounds,
    Member,
    MemberId,
    Name,
    Profile,
    ProfileChanged,
    Settings,
    VisibilityPolicy,
)
from connectcore.feed import Reading, announcement, shown
from connectcore.testing.strategies import members, visibility_policies
from connectcore.visibility import Standpoint
from tests.worlds import NOON

READER = MemberId("a reader")
FIELDS = [attribute.name for attribute in attrs.fields(Profile)]
OTHERS = [circle for circle in Audience if circle is not Audience.ONLY_ME]
BOUNDED = VisibilityPolicy(bounds={"headline": Bounds(widest=Audience.CONNECTIONS)})
OPEN = Settings(activities=Audience.MEMBERS)


@pytest.mark.parametrize(
    ("name", "settings", "policy", "expected"),
    [
        ("headline", Settings(), VisibilityPolicy(), "connections (activities: connections"),
        ("headline", OPEN, VisibilityPolicy(), "members (headline: members (the field declares it"),
        ("about", OPEN, VisibilityPolicy(), "connections (about: connections (the field declares"),
        ("headline", OPEN, BOUNDED, "connections (headline: connections (the policy allows no"),
        (
            "headline",
            Settings(audiences={"headline": Audience.ONLY_ME}),
            VisibilityPolicy(),
            "only me (headline: only me (the member chose it",
        ),
        (
            "headline",
            Settings(activities=Audience.EVERYONE, unshared_kinds={"profile_changed"}),
            VisibilityPolicy(),
            "only me (unshared_kinds: only me (the member chose it",
        ),
    ],
)
def test_an_announcement_says_who_reads_it_and_what_decides(
    name: str, settings: Settings, policy: VisibilityPolicy, expected: str
) -> None:
    """The narrower of the field and the activities, or the switch that shares with nobody."""
    ada = Member("ada", Profile(name=Name("Ada")), settings=settings)

    assert str(announcement(ada, name, policy)).startswith(f"{name}: {expected}")


@given(members(), visibility_policies(), st.sampled_from(FIELDS), st.sampled_from(OTHERS))
def test_the_feed_keeps_to_an_announcement(
    ada: Member[Profile], policy: VisibilityPolicy, name: str, circle: Audience
) -> None:
    """Whoever stands in the circle that is said reads the change, and nobody beyond it."""
    standpoint = Standpoint(
        viewer=READER, members={ada.id: ada}, circles={ada.id: circle}, policy=policy
    )
    change = ProfileChanged(id="1", actor=ada.id, at=NOON, fields=(name,))
    reads = shown(change, Reading(standpoint=standpoint)) is not None

    assert reads == announcement(ada, name, policy).audience.admits(circle)
