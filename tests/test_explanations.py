"""What an operator is told of who sees what: the true causes, and nothing that anybody wrote."""

from attrs import evolve

from connectcore import Audience, Because, Disclosure, Explanation, Settings, Verdict
from connectcore.explanations import disclosure, with_true_causes
from connectcore.refusals import NO_INVITATION, NOBODY_THERE
from connectcore.visibility import Standpoint
from tests.between import ADA, GRACE
from tests.stores.keeping import member_of
from tests.worlds import USUAL_VISIBILITY

ABOUT = Explanation(name="about", audience=Audience.CONNECTIONS, because=Because.DECLARED)


def seen_from(circle: Audience) -> Standpoint:
    """Grace, who stands in a circle around Ada."""
    return Standpoint(
        viewer=GRACE,
        members={ADA: member_of(ADA, Settings(audiences={"about": Audience.EVERYONE}))},
        circles={ADA: circle},
        policy=USUAL_VISIBILITY,
    )


def test_a_disclosure_reads_as_a_table() -> None:
    """Each part is a line: whether it shows, to whom, and which setting decided."""
    shown = disclosure(seen_from(Audience.MEMBERS), ADA)
    lines = str(shown).splitlines()

    assert lines[0] == "grace finds ada and stands in the circle members:"
    assert "  shown  about: everyone (the member chose it)" in lines
    assert "  hidden  birthday: connections (the field declares it)" in lines
    assert "  hidden  connections: connections (the field declares it)" in lines


def test_a_disclosure_of_nobody_says_why() -> None:
    """Where the viewer finds nobody, the true cause stands first."""
    absent = Disclosure(viewer=None, member=ADA, circle=None, absent=(NOBODY_THERE,))

    assert str(absent).splitlines() == [
        "a visitor does not find ada:",
        "  nobody_there: Nobody with this id has joined, or they show the actor nothing.",
    ]


def test_nothing_shows_of_somebody_who_is_not_found() -> None:
    """Whatever its audience, a part of somebody whom the viewer does not find is hidden."""
    found = Disclosure(viewer=GRACE, member=ADA, circle=Audience.CONNECTIONS, parts=(ABOUT,))

    assert found.shows("about")
    assert not found.shows("headline")
    for absent in (evolve(found, absent=(NOBODY_THERE,)), evolve(found, circle=None)):
        assert not absent.shows("about")
        assert str(absent).splitlines()[0] == "grace does not find ada:"


def test_a_verdict_about_something_else_is_left_as_it_is() -> None:
    """Only the causes that a decision does not tell apart are told apart."""
    verdict = Verdict((NO_INVITATION,))

    assert with_true_causes(verdict, seen_from(Audience.MEMBERS), ADA) is verdict
