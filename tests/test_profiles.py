"""Profiles: names, ways to reach somebody, and what an application may add."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs
import pytest

from connectcore import (
    Audience,
    ContactDetails,
    Education,
    InvalidValue,
    Name,
    Position,
    Profile,
    shown_to,
)
from connectcore.audiences import SECTIONS
from connectcore.profiles import companies_of, schools_of

FULL = Profile(
    name=Name("Ada", "Lovelace"),
    headline="Analyst",
    photo="ada.png",
    place="London",
    industry="Computing",
    positions=(Position(title="Analyst", company="Analytical Engines"),),
    education=(Education(school="At home"),),
    skills=("Mathematics",),
    about="Likes machines.",
    contact=ContactDetails(emails=("ada@example.org",), phones=("555",), address="St James"),
    birthday=date(1815, 12, 10),
)


@attrs.frozen(kw_only=True)
class AlumniProfile(Profile):
    """A profile as an application extends it."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=0)
    nickname: str = "none"


@pytest.mark.parametrize(
    ("name", "whole", "abbreviated"),
    [
        (Name("Ada", "Lovelace"), "Ada Lovelace", "Ada L."),
        (Name("Ada", "l"), "Ada l", "Ada l."),
        (Name("Ada"), "Ada", "Ada"),
        (Name(family="Lovelace"), "Lovelace", "L."),
        (Name("Ada", "de Morgan"), "Ada de Morgan", "Ada d."),
        (Name("飞", "李"), "飞 李", "飞 李."),
        (Name(), "", ""),
    ],
    ids=str,
)
def test_a_name_is_written_whole_or_with_an_initial(
    name: Name, whole: str, abbreviated: str
) -> None:
    """An abbreviated name keeps what is given, and the first letter of the family's."""
    assert str(name) == whole
    assert str(name.abbreviated()) == abbreviated


@pytest.mark.parametrize(
    ("emails", "address", "known"),
    [
        (("ada@example.org",), "ada@example.org", True),
        (("ada@example.org",), " ADA@Example.ORG\n", True),
        ((" Ada@Example.org ",), "ada@example.org", True),
        (("ada@work.example", "ada@example.org"), "ada@example.org", True),
        (("straße@example.org",), "STRASSE@example.org", True),
        (("ada@example.org",), "grace@example.org", False),
        (("ada@example.org",), "ada", False),
        (("ada@example.org",), "", False),
        ((), "ada@example.org", False),
        ((), "", False),
        (("",), "", False),
        (("", "ada@example.org"), " ", False),
    ],
)
def test_an_address_is_known_if_it_is_any_of_theirs(
    emails: tuple[str, ...], address: str, *, known: bool
) -> None:
    """All addresses count, whatever their case and the spaces around them; no address is none."""
    assert ContactDetails(emails=emails).has_email(address) is known


@pytest.mark.parametrize(("ended", "current"), [(None, True), (date(1843, 1, 1), False)])
def test_a_position_without_an_end_is_current(ended: date | None, *, current: bool) -> None:
    """Whether somebody still holds a job is told by its end alone."""
    assert Position(title="Analyst", company="Engines", ended=ended).is_current is current


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile(name=Name()), "<Profile: >"),
        (Profile(name=Name("Ada"), headline="Analyst"), "<Profile: name, headline>"),
        (FULL, f"<Profile: {', '.join(field.name for field in attrs.fields(Profile))}>"),
        (AlumniProfile(name=Name("Ada")), "<AlumniProfile: name>"),
        (
            AlumniProfile(name=Name("Ada"), graduated=1833, nickname="Countess"),
            "<AlumniProfile: name, graduated, nickname>",
        ),
    ],
    ids=repr,
)
def test_a_repr_names_the_filled_fields_and_nothing_in_them(
    profile: Profile, expected: str
) -> None:
    """No name, address or birthday reaches a log by way of `repr`, whoever declared the field."""
    assert repr(profile) == expected


def test_a_repr_is_of_the_class_and_as_bare_whoever_declares_it() -> None:
    """A class cannot tell more in its repr by being declared."""

    @attrs.frozen(kw_only=True)
    class Pupil(Profile):
        grades: str = ""

    assert repr(Pupil(name=Name("Ada"), grades="good")) == "<Pupil: name, grades>"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("skills", ["Mathematics"]),
        ("positions", [Position(title="Analyst", company="Engines")]),
        ("skills", (["Mathematics"],)),
        ("contact", {"emails": ()}),
        ("headline", bytearray(b"Analyst")),
    ],
)
def test_a_value_that_could_change_is_refused(field: str, value: object) -> None:
    """A list or a dict in a profile could change after it was judged; the error says what to do."""
    changed: dict[str, Any] = {"name": Name("Ada"), field: value}

    with pytest.raises(InvalidValue, match=f"{field} must be immutable; a tuple, for example"):
        Profile(**changed)


@attrs.frozen
class Award:
    """Something of an application's own that a profile has."""

    title: str


@attrs.frozen(kw_only=True)
class AwardedProfile(Profile):
    """A profile with such things in it."""

    awards: tuple[Award, ...] = shown_to(Audience.MEMBERS, default=())


UNSTORABLE: Mapping[str, Callable[[], object]] = {
    "a given name": lambda: Name("Ada\0"),
    "a family name": lambda: Name("Ada", "\ud800"),
    "a company": lambda: Position(title="Analyst", company="Ada\0"),
    "an address": lambda: ContactDetails(address="Ada\0"),
    "a number": lambda: ContactDetails(phones=("Ada\0",)),
    "a headline": lambda: Profile(name=Name("Ada"), headline="Ada\ud800"),
    "a skill": lambda: Profile(name=Name("Ada"), skills=("Mathematics", "Ada\0")),
    "a field of one's own": lambda: AlumniProfile(name=Name("Ada"), nickname="Ada\0"),
    "a part of one's own": lambda: AwardedProfile(name=Name("Ada"), awards=(Award("Ada\0"),)),
}


@pytest.mark.parametrize("make", UNSTORABLE.values(), ids=UNSTORABLE.keys())
def test_text_that_no_store_can_keep_is_refused(make: Callable[[], object]) -> None:
    """However deep it lies in a profile or a part of one, and without telling what it is."""
    with pytest.raises(InvalidValue, match="no store can keep NUL") as refused:
        make()

    assert "ada" not in str(refused.value).lower()


def test_a_value_that_could_change_is_refused_in_a_subclass() -> None:
    """Fields that an application adds are held to the same."""
    wrong: Any = [1833]

    with pytest.raises(InvalidValue, match="graduated must be immutable"):
        AlumniProfile(name=Name("Ada"), graduated=wrong)


def required() -> object:
    """Declare a field that has neither default nor blank."""

    @attrs.frozen(kw_only=True)
    class Wrong(Profile):
        graduated: int

    return Wrong


def made_anew() -> object:
    """Declare a field whose default is made by a factory."""

    @attrs.frozen(kw_only=True)
    class Wrong(Profile):
        graduated: tuple[int, ...] = attrs.field(factory=tuple)

    return Wrong


def derived() -> object:
    """Declare a field that nobody can set, not even to blank it."""

    @attrs.frozen(kw_only=True)
    class Wrong(Profile):
        graduated: int = attrs.field(default=0, init=False)

    return Wrong


@pytest.mark.parametrize("declare", [required, made_anew, derived], ids=lambda make: make.__name__)
def test_a_field_that_cannot_be_blanked_is_refused_where_its_class_is_made(declare: Any) -> None:
    """What could not be hidden cannot be declared; the error names the field and the remedy."""
    with pytest.raises(
        TypeError,
        match=r"^Wrong\.graduated cannot be hidden: "
        r"give it a default, or declare it with shown_to\(\.\.\., blank=\.\.\.\)$",
    ):
        declare()


@pytest.mark.parametrize("section", SECTIONS)
def test_a_field_with_the_name_of_a_section_is_refused(section: str) -> None:
    """A field called `posts` would be shown to whom the member shows posts, not as it declares."""
    said = f"{section} has the name of a setting, whose audience would decide who sees it; choose"
    with pytest.raises(TypeError, match=rf"^Wrong\.{said} another$"):
        attrs.make_class(
            "Wrong",
            {section: attrs.field(default="", kw_only=True)},
            bases=(Profile,),
            frozen=True,
        )


def test_a_subclass_of_a_subclass_is_held_to_the_same() -> None:
    """However deep the family of profiles, what cannot be hidden is refused."""
    with pytest.raises(TypeError, match=r"Doctor\.thesis cannot be hidden"):

        @attrs.frozen(kw_only=True)
        class Doctor(AlumniProfile):
            thesis: str


WORKED = (
    Position(title="Analyst", company=" IBM"),
    Position(title="Analyst", company="ibm ", ended=date(1999, 1, 1)),
    Position(
        title="Builder", company="Stra\N{LATIN SMALL LETTER SHARP S}enbau", ended=date(1999, 1, 1)
    ),
    Position(title="Freelancer", company=" "),
)


@pytest.mark.parametrize(
    ("positions", "ever", "now"),
    [
        ((), set(), set()),
        (WORKED, {"ibm", "strassenbau"}, {"ibm"}),
        (WORKED[1:], {"ibm", "strassenbau"}, set()),
    ],
)
def test_companies_are_compared_without_case(
    positions: tuple[Position, ...], ever: set[str], now: set[str]
) -> None:
    """Nor by the space around them; whoever works for none shares it with nobody."""
    profile = Profile(name=Name("Ada"), positions=positions)

    assert companies_of(profile) == ever
    assert companies_of(profile, current=True) == now


def test_schools_are_compared_as_companies_are() -> None:
    """One without a name is none."""
    education = tuple(Education(school=school) for school in ("Yale", " YALE ", ""))

    assert schools_of(Profile(name=Name("Ada"), education=education)) == {"yale"}
