"""The law of stricter policies: what was chosen before is seen as far as the policy allows now."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

import pytest
from attrs import evolve
from hypothesis import given, settings

from connectcore import Audience, Bounds, Member, MemoryStore, Profile, VisibilityPolicy
from connectcore.audiences import SECTIONS
from connectcore.testing import person
from connectcore.testing.strategies import visibility_policies
from connectcore.visibility import declared_audiences
from tests.laws.societies import CAST, Script, Step, scripts, stage
from tests.surface import everything
from tests.worlds import UNBOUNDED

Look: TypeAlias = Callable[
    [VisibilityPolicy, Script, Callable[[Member[Profile]], Member[Profile]]], dict[str, Any]
]
"""What gives all that is seen under a policy."""


def cut_down(member: Member[Profile], policy: VisibilityPolicy) -> Member[Profile]:
    """The same member, who chose what *policy* leaves of their choices."""
    chosen, declared = member.settings, declared_audiences(type(member.profile))
    wanted = {**declared, **dict(chosen.audiences)}
    fields = {name: min(it, policy.bounds_of(name).widest) for name, it in wanted.items()}
    kept: dict[str, Any] = {
        name: min(getattr(chosen, name), policy.bounds_of(name).widest) for name in SECTIONS
    }
    return evolve(member, settings=evolve(chosen, audiences=fields, **kept))


def seen_under(
    policy: VisibilityPolicy, script: Script, choose: Callable[[Member[Profile]], Member[Profile]]
) -> dict[str, Any]:
    """What everybody sees under *policy*, of members who joined when everything was allowed."""
    store, members = MemoryStore(), [choose(member) for member in script.members]
    stage(members, store=store, visibility=UNBOUNDED)
    made, attempt = stage(members, store=store, visibility=policy)
    done = [attempt(step) for step in script.steps]
    seen = everything(made, posts=script.writings)
    for read in map(seen.get, made.members):
        assert read is not None
        explained, announced = read["profiles.explain"], read["profiles.preview_edit"]
        read["profiles.explain"] = explained.audience
        read["profiles.preview_edit"] = [(each.name, each.audience) for each in announced]
        del read["settings.read"]
        read["data.export"] = {**read["data.export"], "member": None}
    return {**seen, "done": done}


def the_stricter_of_the_two_wins(
    script: Script, policy: VisibilityPolicy, *, look: Look = seen_under
) -> None:
    """The law: under a policy, choices read like what the policy leaves of them."""
    as_chosen = look(policy, script, lambda member: member)
    as_allowed = seen_under(policy, script, partial(cut_down, policy=policy))

    assert as_chosen == as_allowed


@settings(max_examples=settings().max_examples // 2)
@given(scripts(), visibility_policies())
def test_the_stricter_of_the_two_wins(script: Script, policy: VisibilityPolicy) -> None:
    """In every view, list, count, distance and feed, whatever was chosen or declared."""
    the_stricter_of_the_two_wins(script, policy)


def test_the_law_of_stricter_policies_finds_a_list_that_is_left_open() -> None:
    """A planted fault: what the policy says of lists of connections is not looked at."""

    def without_lists(
        policy: VisibilityPolicy,
        script: Script,
        choose: Callable[[Member[Profile]], Member[Profile]],
    ) -> dict[str, Any]:
        bounds = [(name, within) for name, within in policy.bounds if name != "connections"]
        return seen_under(evolve(policy, bounds=bounds), script, choose)

    steps = [Step(number, "connect", *pair) for number, pair in enumerate(pairwise(CAST), 1)]
    script = Script(tuple(map(person, CAST)), tuple(steps))
    policy = VisibilityPolicy(bounds={"connections": Bounds(widest=Audience.ONLY_ME)})

    the_stricter_of_the_two_wins(script, policy)
    with pytest.raises(AssertionError):
        the_stricter_of_the_two_wins(script, policy, look=without_lists)
