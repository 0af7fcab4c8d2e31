"""Skills by name: spellings that are one skill, and how many of what length a member lists."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    InvalidValue,
    LoadReport,
    Member,
    MemoryStore,
    Name,
    Network,
    Profile,
    Refused,
    SkillPolicy,
)
from connectcore.skills import plain_skill
from connectcore.testing.strategies import texts

SKILLS = SkillPolicy()
SMALL = SkillPolicy(at_most=2, characters=9)


def having(*skills: str) -> Profile:
    """A profile that lists *skills*."""
    return Profile(name=Name("Ada"), skills=skills)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Compiler", "compilers", " COMPILERS ", "Compiler\N{NO-BREAK SPACE}"),
        ("Graph Database", "graph  databases", "Graph\tDatabases"),
        ("Library", "libraries"),
        ("App", "apps"),
        ("Class", "Classes"),
        ("Statistics", "statistic"),
        ("Straße", "STRASSE"),
        ("Latin", "\N{FULLWIDTH LATIN CAPITAL LETTER L}atin"),
    ],
)
def test_spellings_of_one_skill_are_compared_by_one_form(spellings: tuple[str, ...]) -> None:
    """Case, spaces and plural make no difference, and neither does the width of letters."""
    assert len({plain_skill(spelling) for spelling in spellings}) == 1


def test_different_skills_stay_apart() -> None:
    """Signs belong to a name, and what merely ends in s keeps it."""
    names = ["C", "C++", "C#", "CSS", "Java", "JavaScript", "AWS", "Redis", "Campus", "iOS", ""]

    assert len({plain_skill(name) for name in names}) == len(names)
    assert [plain_skill(name) for name in ("AWS", "Redis", "Campus")] == ["aws", "redis", "campus"]
    assert plain_skill("Graph  Databases") == "graph database"


@given(texts())
def test_a_plain_form_has_itself_for_its_plain_form(name: str) -> None:
    """Else what an endorsement is found by would depend on how often it was looked for."""
    spaced = " ".join(name.split())

    assert plain_skill(f" {spaced} ") == plain_skill(name)
    assert plain_skill(plain_skill(spaced)) in {plain_skill(spaced), plain_skill(name.casefold())}


def test_listed_skills_keep_their_order_and_the_first_spelling() -> None:
    """Of two spellings of one skill, the one that stands first is how its owner spells it."""
    profile = having("Parsers", "COMPILERS", "compiler")

    assert list(SKILLS.listed(profile).items()) == [
        ("parser", "Parsers"),
        ("compiler", "COMPILERS"),
    ]


def test_an_application_decides_what_is_one_skill() -> None:
    """With a hook that changes nothing, every spelling is a skill of its own."""
    exact = SkillPolicy(normalise=str)

    assert list(exact.listed(having("C", "c"))) == ["C", "c"]


@pytest.mark.parametrize(
    ("profile", "refused"),
    [
        (having(), []),
        (having("a" * 80, *map(str, range(99))), []),
        (having("a" * 81), [("skill_too_long", 80, 81)]),
        (having("a" * 81, "b" * 81), [("skill_too_long", 80, 81)]),
        (having(*map(str, range(101))), [("skills", 100, 101)]),
        (
            having("a" * 90, *map(str, range(100))),
            [("skills", 100, 101), ("skill_too_long", 80, 90)],
        ),
    ],
)
def test_a_profile_lists_so_many_skills_of_so_many_characters(
    profile: Profile, refused: list[tuple[str, int, int]]
) -> None:
    """100 skills of 80 characters pass; one more of either is refused, and says by which limit."""
    refusals = SKILLS.weigh(profile)

    assert [(each.code, each.limit, each.count) for each in refusals] == refused
    assert all(str(each.limit) in str(each) for each in refusals)


def test_the_plain_form_of_a_name_is_as_the_policy_has_it() -> None:
    """Of a text that a store can keep; another one has none."""
    assert SKILLS.plain(" Compilers") == "compiler"
    assert SkillPolicy(normalise=str).plain(" Compilers") == " Compilers"
    with pytest.raises(InvalidValue, match="no store can keep"):
        SKILLS.plain("\0")


def test_a_name_that_is_too_long_is_refused_in_words() -> None:
    """It says what is too long, and for which limit."""
    (refusal,) = SMALL.weigh(having("a long name"))

    assert str(refusal) == "The name of a skill may have 9 characters; this one has 11."


@pytest.mark.parametrize("skills", [("one", "two", "three"), ("a long name",)])
def test_nobody_joins_or_edits_beyond_the_limits(skills: tuple[str, ...]) -> None:
    """Neither by joining, nor by an edit, nor in bulk; what is refused changes nothing."""
    network = Network(skills=SMALL)
    network.join(Member("ada", having("one", "two")))
    ada = network.as_member("ada")
    (expected,) = SMALL.weigh(having(*skills))

    for attempt in (
        partial(network.join, Member("bob", having(*skills))),
        partial(ada.profiles.edit, having(*skills)),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.refusals == (expected,)
    report: LoadReport[Profile] = network.load([Member("bob", having(*skills))])
    assert [entry.refusal for entry in report.left_out] == [expected]
    assert ada.profiles.view("ada").profile.skills == ("one", "two")
    assert ada.profiles.views(["bob"]) == {}


def test_a_stricter_limit_leaves_older_profiles_alone() -> None:
    """Whoever lists more than is allowed now may edit the rest, and add no other skill."""
    store = MemoryStore()
    Network(store).join(Member("ada", having("one", "two", "three")))
    stricter = Network(store, skills=SMALL).as_member("ada")

    stricter.profiles.edit(
        Profile(name=Name("Ada"), headline="New", skills=("one", "two", "three"))
    )
    with pytest.raises(Refused, match="You may list 2 skills"):
        stricter.profiles.edit(having("one", "two", "four"))

    assert stricter.profiles.view("ada").profile.headline == "New"


@given(st.sampled_from(["", " ", "\n"]))
def test_a_skill_has_a_name(name: str) -> None:
    """Nothing but space is no skill that could be endorsed or asked for."""
    network = Network()
    network.join(Member("ada", having()))
    ada = network.as_member("ada").endorsements

    with pytest.raises(InvalidValue, match="there is no text"):
        ada.give("bob", skill=name)
    with pytest.raises(InvalidValue, match="there is no text"):
        ada.request("bob", skill=name)
