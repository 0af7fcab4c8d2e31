"""Audiences are nested circles, and a field of a profile declares its own."""

from itertools import pairwise
from typing import Any

import attrs
import pytest

from connectcore import Audience, Name, Profile, shown_to
from connectcore.audiences import audience_metadata, blank_of, declared_audience

INSIDE_OUT = ["ONLY_ME", "CONNECTIONS", "SECOND_DEGREE", "THIRD_DEGREE", "MEMBERS", "EVERYONE"]


@attrs.frozen(kw_only=True)
class AlumniProfile(Profile):
    """A profile with a field of each kind that an application can declare."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=0)
    mentor: int | None = shown_to(Audience.CONNECTIONS, default=7, blank=None)
    spouse: str | None = shown_to(Audience.ONLY_ME, blank=None)
    school: str = shown_to(Audience.MEMBERS, blank="a school")
    motto: str = attrs.field(
        default="!", metadata=audience_metadata(Audience.EVERYONE, blank="...")
    )
    grade: str = "ungraded"


def field(name: str) -> "attrs.Attribute[Any]":
    """The field of `AlumniProfile` with this name."""
    attribute: attrs.Attribute[Any] = getattr(attrs.fields(AlumniProfile), name)
    return attribute


def test_the_circles_are_nested_in_this_order() -> None:
    """Each circle lies within the next."""
    assert [audience.name for audience in sorted(Audience)] == INSIDE_OUT
    assert all(inner < outer for inner, outer in pairwise(Audience))


@pytest.mark.parametrize("audience", INSIDE_OUT)
@pytest.mark.parametrize("circle", INSIDE_OUT)
def test_an_audience_admits_its_own_circle_and_all_within(audience: str, circle: str) -> None:
    """Whoever stands closer is admitted, whoever stands further out is not."""
    expected = INSIDE_OUT.index(circle) <= INSIDE_OUT.index(audience)

    assert Audience[audience].admits(Audience[circle]) is expected


def test_an_audience_reads_as_words() -> None:
    """Messages and explanations name an audience as a person would."""
    assert [str(audience) for audience in Audience] == [
        "only me",
        "connections",
        "second degree",
        "third degree",
        "members",
        "everyone",
    ]


@pytest.mark.parametrize(
    ("name", "audience", "blank"),
    [
        ("graduated", Audience.CONNECTIONS, 0),
        ("mentor", Audience.CONNECTIONS, None),
        ("spouse", Audience.ONLY_ME, None),
        ("school", Audience.MEMBERS, "a school"),
        ("motto", Audience.EVERYONE, "..."),
        ("grade", None, "ungraded"),
        ("name", Audience.MEMBERS, Name()),
        ("headline", Audience.MEMBERS, ""),
    ],
)
def test_a_field_declares_its_audience_and_its_blank(
    name: str, audience: Audience | None, blank: object
) -> None:
    """The blank is what was declared, also `None`; else the default; a plain field has no rule."""
    assert declared_audience(field(name)) is audience
    assert blank_of(field(name)) == blank


def test_a_declared_field_keeps_its_default() -> None:
    """A blank takes nothing away from the default of a field, or from its being required."""
    profile = AlumniProfile(name=Name("Ada"), spouse="William", school="none")

    assert (profile.graduated, profile.mentor, profile.motto) == (0, 7, "!")
    with pytest.raises(TypeError, match="spouse"):
        AlumniProfile(name=Name("Ada"), school="none")


def test_metadata_that_names_no_audience_is_no_rule() -> None:
    """A field whose declaration went wrong is private, not open."""
    wrong: Any = "everyone"

    @attrs.frozen(kw_only=True)
    class Careless(Profile):
        pet: str = attrs.field(default="", metadata=audience_metadata(wrong, blank=""))

    assert declared_audience(attrs.fields(Careless).pet) is None


@pytest.mark.parametrize(
    ("declared", "made", "shown_instead"),
    [
        ({"default": 7}, 7, 7),
        ({"default": 7, "blank": 0}, 7, 0),
        ({"default": 7, "blank": None}, 7, None),
        ({"blank": 0}, attrs.NOTHING, 0),
    ],
)
def test_a_field_has_the_default_and_the_blank_that_it_declares(
    declared: dict[str, Any], made: object, shown_instead: object
) -> None:
    """What is left out of a declaration: a blank is the default, and without a default it is required."""
    kind = attrs.make_class("Kind", {"number": shown_to(Audience.MEMBERS, **declared)})
    (number,) = attrs.fields(kind)

    assert number.default == made
    assert blank_of(number) == shown_instead
    assert declared_audience(number) is Audience.MEMBERS
