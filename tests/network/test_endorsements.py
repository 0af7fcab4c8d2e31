"""Endorsements: given by connections, shown by their owner, and taken back."""

from datetime import timedelta
from functools import partial

import pytest
from attrs import evolve

from connectcore import (
    Audience,
    EndorsedSkill,
    Endorsement,
    NoticeKind,
    NoticePreferences,
    Refused,
    Showing,
    SkillPolicy,
)
from tests.network.endorsing import (
    LISTED,
    NOT_THERE,
    UNLISTED,
    circle,
    counted,
    endorsed,
    givers,
    list_skills,
    told,
)
from tests.surface import answer
from tests.worlds import NOON, World, world


@pytest.fixture(name="made")
def _made() -> World:
    """Give Grace and her connections."""
    return circle()


# ── Giving ──────────────────────────────────────────────────────────────────────────────────────


def test_a_listed_skill_is_shown_at_once(made: World) -> None:
    """In the spelling of its owner, to everybody who may see the section, and the owner is told."""
    given = made["ada"].endorsements.give("grace", skill=" compiler ")

    expected = Endorsement(
        giver="ada",
        to="grace",
        skill="Compilers",
        skill_key="compiler",
        at=NOON,
        standing=Showing.SHOWN,
    )
    assert given == expected
    assert made["eve"].endorsements.page("grace").items == (expected,)
    assert made["eve"].endorsements.of("grace") == (
        EndorsedSkill(skill="Compilers", endorsements=1),
    )
    assert told(made, "grace")[0] == (NoticeKind.SKILL_ENDORSED, "ada", "Compilers")
    assert endorsed(made) == [("ada", "Compilers")]


def test_an_unlisted_skill_waits_for_its_owner(made: World) -> None:
    """Nobody sees it until it is accepted; then its skill is listed, and the news is of that moment."""
    made["ada"].endorsements.give("grace", skill=UNLISTED)

    assert counted(made) == {"Compilers": 0}
    assert endorsed(made) == []
    (waiting,) = made["grace"].endorsements.waiting().items
    assert (waiting.giver, waiting.skill, waiting.standing) == ("ada", "Chess", Showing.WAITING)

    made.clock.forward(days=1)
    accepted = made["grace"].endorsements.accept("ada", skill="CHESS")

    assert accepted == evolve(waiting, standing=Showing.SHOWN)
    assert made["grace"].endorsements.accept("ada", skill="CHESS") == accepted
    assert made["grace"].endorsements.waiting().items == ()
    assert made["eve"].profiles.view("grace").profile.skills == ("Compilers", "Chess")
    assert counted(made) == {"Compilers": 0, "Chess": 1}
    assert endorsed(made) == [("ada", "Chess")]
    assert made["eve"].activities.page("ada").items[0].at == NOON + timedelta(days=1)


def test_a_skill_that_the_giver_does_not_see_waits_too(made: World) -> None:
    """That it is shown at once would tell that it is listed."""
    made["grace"].settings.change(audiences={"skills": Audience.ONLY_ME})

    assert made["ada"].endorsements.give("grace", skill=LISTED).standing is Showing.WAITING


def test_giving_again_changes_nothing(made: World) -> None:
    """In whatever spelling, it is one endorsement, of the first moment."""
    first = made["ada"].endorsements.give("grace", skill=LISTED)
    made.clock.forward(days=1)

    assert made["ada"].endorsements.give("grace", skill="compiler") == first
    assert made["ada"].endorsements.given().items == (first,)
    assert counted(made) == {"Compilers": 1}


@pytest.mark.parametrize(
    ("giver", "to", "code"),
    [
        ("ada", "ada", "oneself"),
        ("eve", "grace", "not_connected"),
        ("ada", "no one", "unavailable"),
    ],
)
def test_only_connections_endorse(made: World, giver: str, to: str, code: str) -> None:
    """Neither oneself, nor a stranger, nor nobody can be endorsed or asked."""
    for act in (made[giver].endorsements.give, made[giver].endorsements.request):
        with pytest.raises(Refused) as refused:
            act(to, skill=LISTED)
        assert [refusal.code for refusal in refused.value.refusals] == [code]


def test_the_name_of_a_skill_has_a_length(made: World) -> None:
    """One character too many is refused, with the limit."""
    with pytest.raises(Refused) as refused:
        made["ada"].endorsements.give("grace", skill="x" * 81)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.limit, refusal.count) == ("skill_too_long", 80, 81)


def test_a_section_that_is_off_takes_nothing_and_shows_nothing(made: World) -> None:
    """Giving is refused without a reason, and what was given is out of sight, for the feed too."""
    made["ada"].endorsements.give("grace", skill=LISTED)
    made["grace"].settings.change(endorsements=Audience.ONLY_ME)

    with pytest.raises(Refused) as refused:
        made["bob"].endorsements.give("grace", skill=LISTED)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.shown_as) == ("not_accepting", None)
    assert str(refusal) == "This member does not accept an endorsement from you."
    for viewer in ("eve", "bob"):
        assert (counted(made, viewer), givers(made, viewer)) == ({}, [])
    made.connect(("eve", "ada"))
    assert endorsed(made, "eve") == []
    assert counted(made, "grace") == {"Compilers": 1}
    made["grace"].settings.change(endorsements=Audience.MEMBERS)
    assert counted(made) == {"Compilers": 1}
    assert endorsed(made, "eve") == [("ada", "Compilers")]


# ── What its owner decides ──────────────────────────────────────────────────────────────────────


def test_what_is_dismissed_never_appears(made: World) -> None:
    """Its giver is not told: it waits as before, and neither list of the owner has it."""
    made["ada"].endorsements.give("grace", skill=UNLISTED)
    before = made["ada"].endorsements.given()
    made["grace"].endorsements.dismiss("ada", skill=UNLISTED)
    made["grace"].endorsements.dismiss("ada", skill=UNLISTED)

    assert made["ada"].endorsements.given() == before
    assert made["ada"].endorsements.give("grace", skill=UNLISTED) == before.items[0]
    assert made["grace"].endorsements.waiting().items == ()
    assert made["grace"].endorsements.hidden().items == ()
    list_skills(made, "grace", LISTED, UNLISTED)
    assert counted(made) == {"Compilers": 0, "Chess": 0}
    made["grace"].endorsements.accept("ada", skill=UNLISTED)
    assert counted(made) == {"Compilers": 0, "Chess": 1}


def test_what_is_hidden_is_out_of_every_sight_until_it_is_shown_again(made: World) -> None:
    """Lists, counts and feeds agree, and it cannot be dismissed."""
    for giver in ("ada", "bob"):
        made[giver].endorsements.give("grace", skill=LISTED)
    made["grace"].endorsements.hide("ada", skill=LISTED)
    made["grace"].endorsements.hide("ada", skill=LISTED)

    assert (counted(made), givers(made)) == ({"Compilers": 1}, ["bob"])
    assert endorsed(made) == [("bob", "Compilers")]
    (hidden,) = made["grace"].endorsements.hidden().items
    assert made["ada"].endorsements.given().items == (hidden,)
    with pytest.raises(Refused, match="You accepted this; hide it"):
        made["grace"].endorsements.dismiss("ada", skill=LISTED)

    made["grace"].endorsements.show("ada", skill=LISTED)
    made["grace"].endorsements.show("ada", skill=LISTED)

    assert (counted(made), sorted(givers(made))) == ({"Compilers": 2}, ["ada", "bob"])
    assert sorted(endorsed(made)) == [("ada", "Compilers"), ("bob", "Compilers")]
    assert made["grace"].endorsements.hidden().items == ()


def test_what_waits_is_accepted_before_it_is_shown(made: World) -> None:
    """Showing is for what was hidden."""
    made["ada"].endorsements.give("grace", skill=UNLISTED)

    with pytest.raises(Refused, match="You have not accepted this"):
        made["grace"].endorsements.show("ada", skill=UNLISTED)


@pytest.mark.parametrize("act", ["accept", "dismiss", "hide", "show"])
@pytest.mark.parametrize(
    ("giver", "outcome"),
    [
        ("bob", (Refused, "There is no endorsement of this skill by this member.")),
        ("eve", (Refused, "You two are not connected.")),
        ("no one", NOT_THERE),
    ],
)
def test_what_was_not_given_cannot_be_decided_about(
    made: World, act: str, giver: str, outcome: object
) -> None:
    """The answer says as much as is known of whoever is named."""
    decide = partial(getattr(made["grace"].endorsements, act), giver, skill=LISTED)

    assert answer(decide) == outcome


@pytest.mark.parametrize("act", ["hide", "dismiss"])
def test_giving_anew_does_not_undo_what_its_owner_decided(made: World, act: str) -> None:
    """Taken back and given again, it is as its owner left it, and they are not told once more."""
    if act == "dismiss":
        list_skills(made, "grace")
    made["ada"].endorsements.give("grace", skill=LISTED)
    getattr(made["grace"].endorsements, act)("ada", skill=LISTED)
    list_skills(made, "grace", LISTED)
    made["ada"].endorsements.retract("grace", skill=LISTED)
    notices = told(made, "grace")

    given = made["ada"].endorsements.give("grace", skill=LISTED)

    assert given.standing is (Showing.HIDDEN if act == "hide" else Showing.WAITING)
    assert (counted(made), endorsed(made), told(made, "grace")) == ({"Compilers": 0}, [], notices)
    again = made["grace"].endorsements.show if act == "hide" else made["grace"].endorsements.accept
    again("ada", skill=LISTED)
    made["ada"].endorsements.retract("grace", skill=LISTED)
    assert made["ada"].endorsements.give("grace", skill=LISTED).standing is Showing.SHOWN


def test_a_profile_takes_no_more_skills_than_it_may() -> None:
    """Accepting one too many is refused, and changes nothing; one that is listed always fits."""
    made = world("ada", "grace", connected=[("ada", "grace")])
    small = type(made.network)(made.store, skills=SkillPolicy(at_most=1), clock=made.clock)
    grace = small.as_member("grace").endorsements
    made["ada"].endorsements.give("grace", skill=UNLISTED)

    with pytest.raises(Refused) as refused:
        grace.accept("ada", skill=UNLISTED)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.limit, refusal.count) == ("skills", 1, 2)
    assert len(grace.waiting().items) == 1
    list_skills(made, "grace", UNLISTED)
    assert grace.accept("ada", skill=UNLISTED).standing is Showing.SHOWN


def test_only_what_the_profile_lists_is_shown(made: World) -> None:
    """A skill that its owner takes off the profile takes its endorsements out of sight, and back again."""
    made["ada"].endorsements.give("grace", skill=LISTED)
    list_skills(made, "grace", UNLISTED)

    assert (counted(made), givers(made), endorsed(made)) == ({"Chess": 0}, [], [])

    list_skills(made, "grace", UNLISTED, "COMPILER")
    assert (counted(made), givers(made)) == ({"Chess": 0, "COMPILER": 1}, ["ada"])
    assert endorsed(made) == [("ada", "COMPILER")]
    assert [each.skill for each in made["eve"].endorsements.page("grace").items] == ["COMPILER"]


def test_whoever_may_not_see_the_skills_sees_none_endorsed(made: World) -> None:
    """The stricter of the two audiences decides, for the feed too."""
    made["ada"].endorsements.give("grace", skill=LISTED)
    made.connect(("eve", "ada"))
    made["grace"].settings.change(audiences={"skills": Audience.CONNECTIONS})

    assert (made["eve"].endorsements.of("grace"), givers(made), endorsed(made, "eve")) == (
        (),
        [],
        [],
    )
    assert (counted(made, "bob"), givers(made, "bob")) == ({"Compilers": 1}, ["ada"])


# ── Taking back ─────────────────────────────────────────────────────────────────────────────────


def test_a_giver_takes_an_endorsement_back(made: World) -> None:
    """With the count, the news and the notice; a second time changes nothing."""
    made["ada"].endorsements.give("grace", skill=LISTED)
    made["ada"].endorsements.retract("grace", skill="compiler")
    made["ada"].endorsements.retract("grace", skill="compiler")

    assert (counted(made), givers(made), endorsed(made)) == ({"Compilers": 0}, [], [])
    assert made["ada"].endorsements.given().items == ()
    assert NoticeKind.SKILL_ENDORSED not in [kind for kind, _, _ in told(made, "grace")]


def test_an_owner_who_wants_no_notice_is_told_of_nothing(made: World) -> None:
    """The endorsement is theirs all the same."""
    quiet = NoticePreferences(channels={NoticeKind.SKILL_ENDORSED: ()})
    made["grace"].settings.change(notices=quiet)
    made["ada"].endorsements.give("grace", skill=LISTED)

    assert NoticeKind.SKILL_ENDORSED not in [kind for kind, _, _ in told(made, "grace")]
    assert counted(made) == {"Compilers": 1}
