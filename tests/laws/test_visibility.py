"""Laws of what viewers see: coming closer hides nothing, and what is hidden changes nothing."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

import pytest
from attrs import evolve, fields, frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import Audience, Member, Name, Profile, ProfileView, VisibilityPolicy
from connectcore.testing.strategies import members, profiles, texts, visibility_policies
from connectcore.testing.strategies.members import FIELDS
from connectcore.visibility import audience_of, view
from tests.laws.breaking import breaks

View: TypeAlias = Callable[[Member[Profile], Audience, VisibilityPolicy], ProfileView[Profile]]


@st.composite
def owners(draw: st.DrawFn) -> tuple[Member[Profile], VisibilityPolicy]:
    """A member under the policy that bounds what they show, with settings from any time.

    The settings need not fit the policy: it may have been narrowed since they were chosen.
    """
    chosen_under = draw(st.just(VisibilityPolicy(bounds=())) | visibility_policies())
    return draw(members(policy=chosen_under)), draw(visibility_policies())


Owner: TypeAlias = tuple[Member[Profile], VisibilityPolicy]


# ── Coming closer ───────────────────────────────────────────────────────────────────────────────


def a_closer_viewer_sees_no_less(owner: Owner, *, look: View = view) -> None:
    """The law: what a circle is shown, every circle within it is shown, and as wholly."""
    member, policy = owner
    seen = [look(member, circle, policy) for circle in sorted(Audience)]
    for closer, farther in pairwise(seen):
        assert closer.withheld <= farther.withheld
        for name in set(FIELDS) - farther.withheld - {"name"}:
            assert getattr(closer.profile, name) == getattr(farther.profile, name)
        if "name" not in farther.withheld:
            assert closer.profile.name in {member.profile.name, farther.profile.name}
    assert seen[0].profile == member.profile
    assert not seen[0].withheld


@given(owners())
def test_a_closer_viewer_sees_no_less(owner: Owner) -> None:
    """Whatever the settings and the policy: circles are nested, and oneself sees all."""
    a_closer_viewer_sees_no_less(owner)


@pytest.mark.thorough
def test_the_law_of_circles_finds_a_circle_that_is_left_out() -> None:
    """A planted fault: one who looks at their own profile sees what any member sees."""

    def outside(
        member: Member[Profile], circle: Audience, policy: VisibilityPolicy
    ) -> ProfileView[Profile]:
        seen = view(member, circle, policy)
        if circle is not Audience.ONLY_ME:
            return seen
        return evolve(seen, withheld=view(member, Audience.MEMBERS, policy).withheld)

    assert breaks(partial(a_closer_viewer_sees_no_less, look=outside), owners())


# ── What is hidden ──────────────────────────────────────────────────────────────────────────────


@frozen
class Secret:
    """Two members who differ in nothing that a circle is shown."""

    one: Member[Profile]
    other: Member[Profile]
    circle: Audience
    policy: VisibilityPolicy


@st.composite
def secrets(draw: st.DrawFn) -> Secret:
    """A member, and the same with all that is hidden from a circle put otherwise."""
    (member, policy), circle = draw(owners()), draw(st.sampled_from(Audience))
    seen, another = view(member, circle, policy), draw(profiles())
    hidden: dict[str, Any] = {name: getattr(another, name) for name in seen.withheld}
    name, whole = member.profile.name, audience_of(member, "full_name", policy)
    if "name" not in hidden and name.family and not whole.admits(circle):
        hidden["name"] = Name(name.given, name.family[0] + draw(texts()))
    changed = evolve(member, profile=evolve(member.profile, **hidden))
    return Secret(member, changed, circle, policy)


def what_is_hidden_changes_nothing(secret: Secret, *, look: View = view) -> None:
    """The law: two who differ in hidden fields alone look the same, in every way to look."""
    one, other = (
        look(member, secret.circle, secret.policy) for member in (secret.one, secret.other)
    )
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one) == repr(other)
    assert str(one.profile.name) == str(other.profile.name)


@given(secrets())
def test_what_is_hidden_changes_nothing(secret: Secret) -> None:
    """A view is the same whatever stands in the fields that are hidden, or whether anything does."""
    what_is_hidden_changes_nothing(secret)


@pytest.mark.thorough
def test_the_law_of_secrets_finds_a_telling_list() -> None:
    """A planted fault: of what is withheld only that is named which holds something."""

    def telling(
        member: Member[Profile], circle: Audience, policy: VisibilityPolicy
    ) -> ProfileView[Profile]:
        seen = view(member, circle, policy)
        filled = {
            attribute.name
            for attribute in fields(Profile)
            if getattr(member.profile, attribute.name)
        }
        return evolve(seen, withheld=seen.withheld & filled)

    assert breaks(partial(what_is_hidden_changes_nothing, look=telling), secrets())


@pytest.mark.thorough
def test_the_law_of_secrets_finds_a_whole_name() -> None:
    """A planted fault: an initial is shown, and the whole name is left in the profile."""

    def whole(
        member: Member[Profile], circle: Audience, policy: VisibilityPolicy
    ) -> ProfileView[Profile]:
        seen = view(member, circle, policy)
        return (
            seen
            if "name" in seen.withheld
            else evolve(seen, profile=evolve(seen.profile, name=member.profile.name))
        )

    assert breaks(partial(what_is_hidden_changes_nothing, look=whole), secrets())
