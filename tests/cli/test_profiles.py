"""Profiles printed as a viewer sees them."""

from datetime import date

import pytest

from connectcore import (
    Audience,
    ContactDetails,
    Education,
    MemberId,
    Name,
    Position,
    Profile,
    ProfileView,
)
from connectcore.cli.profiles import show_profile
from connectcore.cli.screen import Screen

ADA = MemberId("ada")


def shown(
    capsys: pytest.CaptureFixture[str],
    profile: Profile,
    circle: Audience = Audience.MEMBERS,
    *withheld: str,
) -> list[str]:
    """The lines in which a profile is printed, its single spaces kept."""
    view = ProfileView(member=ADA, profile=profile, circle=circle, withheld=frozenset(withheld))
    show_profile(Screen(width=400), view, connections=1200)
    lines = capsys.readouterr().out.splitlines()
    return ["  ".join(part.strip() for part in line.split("  ") if part) for line in lines]


def test_what_is_filled_in_is_shown_and_what_is_withheld_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Fields with nothing in them take no room."""
    profile = Profile(name=Name("Ada", "Lovelace"), skills=("Mathematics", "Notes"))

    assert shown(capsys, profile, Audience.MEMBERS, "birthday", "about", "contact") == [
        "field  seen as any member",
        "-----------  ------------------",
        "name  Ada Lovelace",
        "skills  Mathematics; Notes",
        "connections  1,200 shown",
        "",
        "Not open to this viewer: about, birthday and contact.",
    ]


@pytest.mark.parametrize(
    ("profile", "line"),
    [
        (Profile(name=Name(), birthday=date(1815, 12, 10)), "birthday  1815-12-10"),
        (
            Profile(
                name=Name(),
                contact=ContactDetails(
                    emails=("a@example.org",), phones=("+44 1",), websites=("example.org",)
                ),
            ),
            "contact  a@example.org, +44 1, example.org",
        ),
        (
            Profile(name=Name(), positions=(Position(title="Analyst", company="Engines"),)),
            "positions  Analyst, Engines",
        ),
        (
            Profile(
                name=Name(),
                positions=(
                    Position(title="Analyst", company="Engines", started=date(1833, 1, 1)),
                    Position(
                        title="Poet",
                        company="Notes",
                        place="London",
                        started=date(1830, 1, 1),
                        ended=date(1832, 1, 1),
                    ),
                ),
            ),
            "positions  Analyst, Engines, since 1833; Poet, Notes, London, 1830 to 1832",
        ),
        (
            Profile(
                name=Name(),
                education=(Education(school="Open", degree="BSc", ended=date(1840, 1, 1)),),
            ),
            "education  Open, BSc, until 1840",
        ),
    ],
)
def test_each_field_is_written_for_a_person(
    capsys: pytest.CaptureFixture[str], profile: Profile, line: str
) -> None:
    """Lists are parted, periods told in years, and what is not known is left out."""
    assert line in shown(capsys, profile)


@pytest.mark.parametrize("circle", Audience)
def test_the_head_says_where_the_viewer_stands(
    capsys: pytest.CaptureFixture[str], circle: Audience
) -> None:
    """In words, for every circle there is."""
    head = shown(capsys, Profile(name=Name("Ada")), circle)[0]

    assert head.startswith("field  seen a")
