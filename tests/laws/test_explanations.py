"""The law of explanations: the operator's account agrees with what members read and do."""

from collections.abc import Callable

import attrs
from hypothesis import given
from hypothesis import strategies as st

from connectcore import Act, Profile, Refusal, Refused
from connectcore.refusals import UNAVAILABLE, YOU_BLOCKED
from tests.laws.societies import CAST, Script, scripts
from tests.surface import ACTS_ON_A_MEMBER

FIELDS = [attribute.name for attribute in attrs.fields(Profile)]
ACTS = {
    Act.SEND: "invitations.send",
    Act.ACCEPT: "invitations.accept",
    Act.IGNORE: "invitations.ignore",
    Act.REPORT: "invitations.report",
    Act.WITHDRAW: "invitations.withdraw",
    Act.REMOVE: "connections.remove",
    Act.BLOCK: "blocks.add",
    Act.UNBLOCK: "blocks.remove",
    Act.FOLLOW: "follows.follow",
    Act.UNFOLLOW: "follows.unfollow",
}


@given(scripts())
def test_what_is_said_to_show_shows(script: Script) -> None:
    """For every viewer and member, each field is withheld exactly where it is explained as hidden."""
    world = script.play()
    for viewer in (*CAST, None):
        looking = world.visitor if viewer is None else world[viewer]
        views = looking.profiles.views(CAST)
        for member in CAST:
            explained = world.network.explain_view(viewer, member)
            seen = views.get(explained.member)
            shown = {name for name in FIELDS if explained.shows(name)}

            assert bool(explained.absent) is (seen is None)
            assert shown == (set() if seen is None else {*FIELDS} - seen.withheld)


@given(scripts(), st.sampled_from(list(ACTS)), st.permutations(CAST))
def test_what_is_explained_is_what_happens(script: Script, act: Act, cast: list[str]) -> None:
    """What the actor reads is the disclosed side of the explanation; what it allows, passes.

    Only of somebody whom the actor blocked the operator is told more than has that side.
    """
    by, to, *_ = cast
    world = script.play()
    explained = world.network.explain(by, act, to).disclosed().refusals
    read = refusals_of(lambda: ACTS_ON_A_MEMBER[ACTS[act]](world[by], to))

    if read == (YOU_BLOCKED,) and explained == (UNAVAILABLE,):
        assert to in {block.to for block in world[by].blocks.page().items}
    else:
        assert explained == read


def refusals_of(act: Callable[[], object]) -> tuple[Refusal, ...]:
    """Why an act is refused, as the actor reads it; nothing where it is not."""
    try:
        act()
    except Refused as refused:
        return refused.verdict.refusals
    return ()
