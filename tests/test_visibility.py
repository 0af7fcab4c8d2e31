"""One gate: who sees which field, by whose choice, and what the policy makes of that choice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
import pytest
from attrs import frozen
from hypothesis import given

from connectcore import (
    Audience,
    AudienceOutOfBounds,
    Because,
    Bounds,
    ContactDetails,
    Education,
    Explanation,
    InvalidValue,
    Member,
    Name,
    Position,
    Profile,
    Settings,
    VisibilityPolicy,
    shown_to,
)
from connectcore.audiences import SECTIONS
from connectcore.testing.strategies import audiences, members, visibility_policies
from connectcore.visibility import (
    audience_of,
    check_audience,
    check_audiences,
    declared_audiences,
    explain,
    view,
)

USUAL = VisibilityPolicy()
BOUNDLESS = VisibilityPolicy(bounds=())
USUAL_SETTINGS = Settings()
NO_AUDIENCE: Any = "friends of friends"
"""What a store may hold that an older or another program wrote."""

FULL = Profile(
    name=Name("Ada", "Lovelace"),
    headline="Analyst",
    photo="ada.jpeg",
    place="London",
    industry="Computing",
    positions=(Position(title="Analyst", company="Analytical Engines"),),
    education=(Education(school="at home"),),
    skills=("Mathematics",),
    about="I write notes.",
    contact=ContactDetails(emails=("ada@example.org",)),
    birthday=date(1815, 12, 10),
)

SEEN: Mapping[str, str] = {
    # A column is a circle, from ONLY_ME to EVERYONE.
    "name": "xxxxx.",
    "headline": "xxxxx.",
    "photo": "xxxxx.",
    "place": "xxxxx.",
    "industry": "xxxxx.",
    "positions": "xxxxx.",
    "education": "xxxxx.",
    "skills": "xxxxx.",
    "about": "xx....",
    "contact": "xx....",
    "birthday": "xx....",
}
"""Who sees what, where nobody has chosen anything."""


@frozen(kw_only=True)
class Alumna(Profile):
    """A profile with a field of each kind that an application may declare."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=1900, blank=0)
    school: str = shown_to(Audience.MEMBERS, blank="")
    _card: str = shown_to(Audience.CONNECTIONS, default="")
    grades: str = "not yet"


ALUMNA = Alumna(
    name=Name("Grace", "Hopper"),
    graduated=1928,
    school="Vassar",
    card="no. 7",
    grades="A",
)


def ada(**audience: Audience) -> Member[Profile]:
    """Ada, with all fields filled, who chose an audience for some of them."""
    return Member("ada", FULL, settings=Settings(audiences=audience))


# ── What each circle sees ───────────────────────────────────────────────────────────────────────


def test_the_table_is_of_all_fields_and_all_circles() -> None:
    """The table of what is seen leaves no field and no circle of the default profile out."""
    assert list(SEEN) == [field.name for field in attrs.fields(Profile)]
    assert {len(row) for row in SEEN.values()} == {len(Audience)}


@pytest.mark.parametrize("name", SEEN)
@pytest.mark.parametrize("circle", Audience)
def test_a_field_is_seen_in_the_circles_of_its_audience(name: str, circle: Audience) -> None:
    """By default members see the short profile, connections the rest, and visitors nothing."""
    seen = view(ada(), circle, USUAL)
    shown = SEEN[name][circle] == "x"
    blank = Name() if name == "name" else getattr(Profile(name=Name()), name)

    assert getattr(seen.profile, name) == (getattr(FULL, name) if shown else blank)
    assert getattr(FULL, name) != blank
    assert (name in seen.withheld) is not shown


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("circle", Audience)
def test_a_member_opens_or_closes_a_field(audience: Audience, circle: Audience) -> None:
    """The audience that a member chose for a field takes the place of the declared one."""
    seen = view(ada(contact=audience), circle, USUAL)

    assert ("contact" in seen.withheld) is (circle > audience)


def test_a_view_says_whose_it_is_and_for_whom() -> None:
    """A view carries the member's id and the circle that it was made for."""
    seen = view(ada(), Audience.THIRD_DEGREE, USUAL)

    assert (seen.member, seen.circle) == ("ada", Audience.THIRD_DEGREE)


def test_who_sees_all_sees_the_profile_itself() -> None:
    """Where nothing is closed, the view holds the very profile."""
    assert view(ada(), Audience.CONNECTIONS, USUAL).profile is FULL


def test_an_empty_field_is_withheld_only_where_it_is_closed() -> None:
    """What is blank but open is not withheld; what is closed is, whether or not it is filled."""
    member = Member("ada", Profile(name=Name("Ada")))

    assert view(member, Audience.MEMBERS, USUAL).withheld == {"about", "contact", "birthday"}
    assert view(ada(), Audience.MEMBERS, USUAL).withheld == {"about", "contact", "birthday"}


@pytest.mark.parametrize(
    ("circle", "name"),
    [
        (Audience.ONLY_ME, Name("Ada", "Lovelace")),
        (Audience.SECOND_DEGREE, Name("Ada", "Lovelace")),
        (Audience.THIRD_DEGREE, Name("Ada", "L.")),
        (Audience.MEMBERS, Name("Ada", "L.")),
        (Audience.EVERYONE, Name()),
    ],
)
def test_a_name_is_abbreviated_beyond_its_circle(circle: Audience, name: Name) -> None:
    """Beyond `full_name` a name shows an initial, and beyond its own audience nothing."""
    member = Member("ada", FULL, settings=Settings(full_name=Audience.SECOND_DEGREE))
    seen = view(member, circle, USUAL)

    assert seen.profile.name == name
    assert ("name" in seen.withheld) is (name == Name())


# ── Fields of an application ────────────────────────────────────────────────────────────────────


def test_a_view_is_of_the_type_of_the_profile() -> None:
    """The fields that an application adds are shown to their audience and blank to others."""
    owner, stranger = (
        view(Member("grace", ALUMNA), circle, USUAL)
        for circle in (Audience.ONLY_ME, Audience.MEMBERS)
    )

    assert owner.profile == ALUMNA
    assert stranger.profile == Alumna(
        name=Name("Grace", "Hopper"), graduated=0, school="Vassar", card="", grades="not yet"
    )
    assert {"graduated", "_card", "grades"} <= stranger.withheld


@pytest.mark.parametrize("circle", Audience)
def test_a_field_without_a_rule_is_private(circle: Audience) -> None:
    """A field that declares no audience is its owner's alone, whatever anybody chose for it."""
    settings = Settings(audiences={"grades": Audience.EVERYONE})
    seen = view(Member("grace", ALUMNA, settings=settings), circle, BOUNDLESS)

    assert ("grades" in seen.withheld) is (circle is not Audience.ONLY_ME)


def test_a_field_that_cannot_be_blank_is_refused() -> None:
    """A class with a field that has neither a default nor a blank is an error where it is made."""
    with pytest.raises(TypeError, match=r"Unhideable\.badge cannot be hidden"):

        @frozen(kw_only=True)
        class Unhideable(Profile):
            badge: int


# ── Whose voice it is ───────────────────────────────────────────────────────────────────────────


FREE = Bounds()
TO_MEMBERS = Bounds(widest=Audience.MEMBERS)
FROM_MEMBERS = Bounds(narrowest=Audience.MEMBERS)

VOICES: Mapping[str, tuple[str, object, Bounds, Audience, Because]] = {
    # What is shown, the choice if there is one, and the bounds of it: the audience, and why.
    "declared": ("contact", None, FREE, Audience.CONNECTIONS, Because.DECLARED),
    "chosen wider": ("contact", Audience.MEMBERS, FREE, Audience.MEMBERS, Because.CHOSEN),
    "chosen narrower": ("skills", Audience.ONLY_ME, FREE, Audience.ONLY_ME, Because.CHOSEN),
    "chosen as it was": ("skills", Audience.MEMBERS, FREE, Audience.MEMBERS, Because.DECLARED),
    "at the bound": ("about", Audience.MEMBERS, TO_MEMBERS, Audience.MEMBERS, Because.CHOSEN),
    "too wide": ("about", Audience.EVERYONE, TO_MEMBERS, Audience.MEMBERS, Because.BOUNDED),
    "too narrow": ("about", Audience.ONLY_ME, FROM_MEMBERS, Audience.ONLY_ME, Because.CHOSEN),
    "declared too wide": ("full_name", None, TO_MEMBERS, Audience.MEMBERS, Because.BOUNDED),
    "section": ("connections", None, FREE, Audience.CONNECTIONS, Because.DECLARED),
    "whole name": ("full_name", None, FREE, Audience.EVERYONE, Because.DECLARED),
    "section chosen": ("posts", Audience.EVERYONE, FREE, Audience.EVERYONE, Because.CHOSEN),
    "no rule": ("grades", Audience.EVERYONE, FREE, Audience.ONLY_ME, Because.NO_RULE),
    "no field": ("shoe_size", Audience.EVERYONE, FREE, Audience.ONLY_ME, Because.NO_RULE),
    "no audience": ("skills", NO_AUDIENCE, FREE, Audience.ONLY_ME, Because.CHOSEN),
}


@pytest.mark.parametrize(
    ("name", "choice", "bounds", "audience", "because"), VOICES.values(), ids=VOICES
)
def test_an_audience_is_explained(
    name: str, choice: object, bounds: Bounds, audience: Audience, because: Because
) -> None:
    """The stricter of member and policy wins, and the explanation says whose word it is."""
    chosen: dict[str, Any] = {} if choice is None else {name: choice}
    settings = Settings(**chosen) if name in SECTIONS else Settings(audiences=chosen)
    member = Member("grace", ALUMNA, settings=settings)
    explained = explain(member, name, VisibilityPolicy(bounds={name: bounds}))

    assert (explained.name, explained.audience, explained.because) == (name, audience, because)


@pytest.mark.parametrize(
    ("because", "sentence"),
    [
        (Because.NO_RULE, "about: connections (no rule opens it)"),
        (Because.DECLARED, "about: connections (the field declares it)"),
        (Because.CHOSEN, "about: connections (the member chose it)"),
        (Because.BOUNDED, "about: connections (the policy allows no wider one)"),
    ],
)
def test_an_explanation_is_told_in_words(because: Because, sentence: str) -> None:
    """An explanation names the field, who sees it, and the cause."""
    explained = Explanation(name="about", audience=Audience.CONNECTIONS, because=because)

    assert str(explained) == sentence


@given(members(policy=BOUNDLESS), visibility_policies(), audiences())
def test_what_is_explained_is_what_is_seen(
    member: Member[Profile], policy: VisibilityPolicy, circle: Audience
) -> None:
    """A view withholds exactly the fields whose explained audience leaves the viewer out."""
    explained = {name: explain(member, name, policy).audience for name in SEEN}

    assert view(member, circle, policy).withheld == {
        name for name, audience in explained.items() if not audience.admits(circle)
    }


# ── Wrong values from a store ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("wrong", [NO_AUDIENCE, 5, 4, "EVERYONE", ()])
@pytest.mark.parametrize("circle", Audience)
def test_an_audience_that_is_none_hides(wrong: Any, circle: Audience) -> None:
    """What a store gives for an audience and is none shows a field to its owner alone."""
    member = Member("ada", FULL, settings=Settings(audiences={"skills": wrong}))

    assert ("skills" in view(member, circle, USUAL).withheld) is (circle is not Audience.ONLY_ME)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_whose_audience_is_none_is_closed(section: str) -> None:
    """A wrong audience of a section closes it, as that of a field does."""
    wrong: dict[str, Any] = {section: NO_AUDIENCE}
    member = Member("ada", FULL, settings=Settings(**wrong))

    assert audience_of(member, section, USUAL) is Audience.ONLY_ME


# ── What may be chosen ──────────────────────────────────────────────────────────────────────────

SOMEWHERE = Bounds(Audience.CONNECTIONS, Audience.MEMBERS)


@pytest.mark.parametrize("audience", Audience)
def test_a_choice_keeps_within_the_bounds(audience: Audience) -> None:
    """An audience from the narrowest to the widest is taken, and any other is refused by name."""
    policy = VisibilityPolicy(bounds={"skills": SOMEWHERE})
    if Audience.CONNECTIONS <= audience <= Audience.MEMBERS:
        check_audience("skills", audience, policy)
        return

    with pytest.raises(AudienceOutOfBounds) as refused:
        check_audience("skills", audience, policy)

    assert (refused.value.name, refused.value.chosen) == ("skills", str(audience))
    assert str(refused.value).endswith("choose from connections to members")


@pytest.mark.parametrize("wrong", [NO_AUDIENCE, 4, None])
def test_what_is_no_audience_cannot_be_chosen(wrong: object) -> None:
    """A number or a word is refused, also one that would lie within the bounds."""
    with pytest.raises(InvalidValue, match="is no Audience; choose from ONLY_ME, CONNECTIONS"):
        check_audience("skills", wrong, BOUNDLESS)


@pytest.mark.parametrize(
    ("settings", "policy"),
    [
        (USUAL_SETTINGS, USUAL),
        (Settings(audiences={"skills": Audience.EVERYONE}, posts=Audience.ONLY_ME), USUAL),
        (Settings(audiences={"name": Audience.ONLY_ME}), BOUNDLESS),
        (Settings(audiences={"school": Audience.ONLY_ME, "_card": Audience.MEMBERS}), USUAL),
        (Settings(connections=Audience.MEMBERS), VisibilityPolicy(bounds={"posts": SOMEWHERE})),
    ],
    ids=["usual", "opened and closed", "no bounds", "own fields", "bounds of something else"],
)
def test_settings_within_the_bounds_are_taken(settings: Settings, policy: VisibilityPolicy) -> None:
    """Settings that the policy allows come back as they are."""
    assert check_audiences(Alumna, settings, policy) is settings


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"audiences": {"name": Audience.CONNECTIONS}}, AudienceOutOfBounds, "'name' cannot"),
        ({"audiences": {"skills": NO_AUDIENCE}}, InvalidValue, "skills='friends of friends' is no"),
        (
            {"audiences": {"shoe_size": Audience.MEMBERS}},
            InvalidValue,
            "nothing called 'shoe_size'",
        ),
        ({"audiences": {"grades": Audience.MEMBERS}}, InvalidValue, "nothing called 'grades'"),
        ({"audiences": {"posts": Audience.MEMBERS}}, InvalidValue, "nothing called 'posts'"),
        ({"connections": Audience.EVERYONE}, AudienceOutOfBounds, "'connections' cannot"),
        ({"posts": NO_AUDIENCE}, InvalidValue, "posts='friends of friends' is no"),
    ],
    ids=["hidden name", "no audience", "no field", "private", "section", "too wide", "no word"],
)
def test_settings_outside_the_bounds_are_refused(
    settings: Mapping[str, Any], error: type[Exception], message: str
) -> None:
    """One choice that the policy does not allow, or for a field that is not there, is an error."""
    policy = VisibilityPolicy(
        bounds={"name": Bounds(narrowest=Audience.MEMBERS), "connections": SOMEWHERE}
    )

    with pytest.raises(error, match=message):
        check_audiences(Alumna, Settings(**settings), policy)


def test_a_class_shows_the_fields_that_have_a_rule() -> None:
    """Each with its audience, in the order in which they stand; one without is left out."""

    @frozen(kw_only=True)
    class Pupil(Profile):
        school: str = shown_to(Audience.MEMBERS, default="")
        grades: str = ""

    declared = declared_audiences(Pupil)

    assert declared == {**declared_audiences(Profile), "school": Audience.MEMBERS}
    assert list(declared) == [*SEEN, "school"]


def test_the_order_of_bounds_does_not_matter() -> None:
    """Policies with the same bounds are equal, however these were written down."""
    skills, about = ("skills", SOMEWHERE), ("about", Bounds())

    assert VisibilityPolicy(bounds=dict([skills, about])) == VisibilityPolicy(
        bounds=[about, skills]
    )
    assert VisibilityPolicy(bounds=[skills]).bounds_of("about") == Bounds()
