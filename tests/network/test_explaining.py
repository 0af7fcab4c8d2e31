"""What an operator asks of a network: why an act is refused in truth, and who sees what."""

from datetime import timedelta

import attrs
import pytest

from connectcore import Act, Audience, NotFound, Profile, UnknownMember, Verdict, WhoMayInvite
from connectcore.audiences import SECTIONS
from tests.surface import answer, recommend
from tests.worlds import HIDDEN, NOON, UNBOUNDED, World, position_of, world


@pytest.fixture(name="town")
def _town() -> World:
    """Ada asks; the others have each another reason not to be there, or not to be invited."""
    made = world(
        "ada", "blocks-ada", "blocked", "both", "hidden", "reporter", "remover", "closed",
        "friend", connected=[("ada", "remover"), ("ada", "friend")],
        visibility=UNBOUNDED,
    )  # fmt: skip
    made["ada"].invitations.send("reporter")
    made["reporter"].invitations.report("ada")
    made["ada"].invitations.withdraw("reporter")
    made["remover"].connections.remove("ada")
    made["closed"].settings.change(who_may_invite=WhoMayInvite.NOBODY)
    made["hidden"].settings.change(audiences=HIDDEN)
    for blocker, other in (("blocks-ada", "ada"), ("both", "ada")):
        made[blocker].blocks.add(other)
    for other in ("blocked", "both"):
        made["ada"].blocks.add(other)
    made.clock.forward(weeks=4)
    return made


@pytest.mark.parametrize(
    ("to", "told", "true"),
    [
        ("ada", ["oneself"], ["oneself"]),
        ("nobody", ["unavailable"], ["nobody_there"]),
        ("hidden", ["unavailable"], ["shows_nothing"]),
        ("blocks-ada", ["unavailable"], ["blocked_by_them"]),
        ("blocked", ["you_blocked"], ["you_blocked"]),
        ("both", ["you_blocked"], ["you_blocked", "blocked_by_them"]),
        ("reporter", ["not_accepting"], ["reported"]),
        ("remover", ["not_accepting"], ["removed"]),
        ("closed", ["not_accepting"], ["invitations_closed"]),
    ],
)
def test_an_operator_reads_the_true_cause(
    town: World, to: str, told: list[str], true: list[str]
) -> None:
    """What is one answer to the actor is told apart for the operator, beside what is shown."""
    shown = town["ada"].invitations.may_send(to)
    explained = town.network.explain("ada", Act.SEND, to)

    assert [refusal.code for refusal in shown.refusals] == told
    assert [refusal.code for refusal in explained.refusals] == true
    assert {refusal.disclosed.code for refusal in explained.refusals} >= set(told)


def codes(verdict: Verdict) -> list[tuple[str, str]]:
    """The true causes of a refusal, each with what the actor is shown."""
    return [(refusal.code, refusal.disclosed.code) for refusal in verdict.refusals]


@pytest.mark.parametrize(
    ("to", "causes"),
    [
        ("ada", [("oneself", "oneself")]),
        ("nobody", [("nobody_there", "unavailable")]),
        ("hidden", [("shows_nothing", "unavailable")]),
        ("blocks-ada", [("blocked_by_them", "unavailable")]),
        ("both", [("you_blocked", "you_blocked"), ("blocked_by_them", "unavailable")]),
        ("closed", [("not_connected", "not_connected")]),
        ("friend", []),
    ],
)
def test_an_operator_reads_why_somebody_cannot_be_vouched_for(
    town: World, to: str, causes: list[tuple[str, str]]
) -> None:
    """For endorsements and for recommendations, the same causes."""
    of_friend = position_of("friend")

    assert codes(town.network.explain_endorsement("ada", to, skill="Compilers")) == causes
    assert codes(town.network.explain_recommendation("ada", to, position=of_friend)) == causes


def test_an_operator_reads_that_a_section_is_switched_off(town: World) -> None:
    """What the giver reads as not accepting is the owner's choice; other causes are the giver's own."""
    explain, given = town.network.explain_endorsement, town.network.explain_recommendation
    position = position_of("friend")
    recommend(town["ada"], "friend")

    assert codes(explain("ada", "friend", skill="x" * 81)) == [("skill_too_long",) * 2]
    assert codes(given("ada", "friend", position=position)) == [("already_written",) * 2]
    town["friend"].settings.change(endorsements=Audience.ONLY_ME, recommendations=Audience.ONLY_ME)
    off = explain("ada", "friend", skill="Compilers")
    assert codes(off) == [("endorsements_off", "not_accepting")]
    off = given("ada", "friend", position=position, text="Sound.")
    assert codes(off) == [("recommendations_off", "not_accepting")]
    assert town["friend"].endorsements.waiting().items == ()


def test_an_operator_asks_what_the_actor_would(town: World) -> None:
    """A note, an acquaintance, an address and a moment count as they would for the actor."""
    town["closed"].settings.change(who_may_invite=WhoMayInvite.KNOWS_EMAIL)
    explain = town.network.explain

    assert [each.code for each in explain("ada", Act.SEND, "closed").refusals] == ["email_needed"]
    assert explain("ada", Act.SEND, "closed", email="closed@example.org").allowed
    assert not explain(
        "ada", Act.SEND, "closed", email="closed@example.org", note="!" * 301
    ).allowed
    assert explain("ada", Act.UNBLOCK, "blocked").allowed
    early = explain("ada", Act.SEND, "reporter", at=NOON + timedelta(days=1))
    assert [each.disclosed.code for each in early.refusals] == ["withdrawn"]


def test_an_operator_changes_nothing_by_asking(town: World) -> None:
    """Explaining an invitation, a block or an acceptance does not make it happen."""
    for act in Act:
        for to in town.members:
            town.network.explain("ada", act, to)

    assert town["ada"].invitations.sent().items == ()
    assert len(town["ada"].blocks.page().items) == 2


@pytest.mark.parametrize("other", ["ada", "blocks-ada", "blocked", "both", "hidden", "closed"])
@pytest.mark.parametrize("viewer", ["ada", None])
def test_an_explained_view_is_the_view(town: World, viewer: str | None, other: str) -> None:
    """Each field that is said to show does, each other is withheld, and absence has a cause."""
    looking = town.visitor if viewer is None else town[viewer]
    seen = answer(lambda: looking.profiles.view(other).withheld)
    explained = town.network.explain_view(viewer, other)
    fields = {attribute.name for attribute in attrs.fields(Profile)}

    assert {part.name for part in explained.parts} == fields | SECTIONS.keys()
    if explained.absent:
        assert seen == (NotFound, str(NotFound()))
    else:
        assert seen == {name for name in fields if not explained.shows(name)}
        assert explained.circle is not None


@pytest.mark.parametrize(
    ("viewer", "other", "causes"),
    [
        ("ada", "nobody", ["nobody_there"]),
        (None, "nobody", ["nobody_there"]),
        ("ada", "hidden", ["shows_nothing"]),
        (None, "closed", ["shows_nothing"]),
        ("ada", "blocks-ada", ["blocked_by_them"]),
        ("ada", "blocked", ["you_blocked"]),
        ("ada", "both", ["you_blocked", "blocked_by_them"]),
        ("ada", "ada", []),
    ],
)
def test_an_operator_reads_why_nobody_is_there(
    town: World, viewer: str | None, other: str, causes: list[str]
) -> None:
    """Blocked by either, hidden and never there are four things to an operator."""
    assert [cause.code for cause in town.network.explain_view(viewer, other).absent] == causes


def test_sections_are_explained_like_fields(town: World) -> None:
    """Who may browse a list or read activities stands beside the fields."""
    town["closed"].settings.change(connections=Audience.MEMBERS)
    explained = town.network.explain_view("ada", "closed")

    assert explained.shows("connections")
    assert not explained.shows("activities")


def test_nobody_acts_or_looks_who_has_not_joined(town: World) -> None:
    """An operator who misspells the actor or the viewer is told so."""
    with pytest.raises(UnknownMember, match="'adda' acts but has not joined"):
        town.network.explain("adda", Act.SEND, "closed")
    with pytest.raises(UnknownMember, match="'adda' acts but has not joined"):
        town.network.explain_view("adda", "closed")
