"""Endorsements in a feed: of skills that are still listed, as they are spelled now."""

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve

from connectcore import Audience, Member, MemberId, Settings, SkillEndorsed, VisibilityPolicy
from connectcore.feed import Reading, shown
from connectcore.skills import SkillPolicy, plain_skill
from connectcore.visibility import Standpoint
from tests.worlds import NOON, profile_of

READER, ADA, GRACE, MARY = PEOPLE = tuple(map(MemberId, ("me", "ada", "grace", "mary")))
ENDORSED = SkillEndorsed(
    id="1", actor=ADA, at=NOON, member=GRACE, skill="Compiler", skill_key="compiler"
)


def reading(
    skills: Sequence[str], *, policy: SkillPolicy = SkillPolicy(), **chosen: Settings
) -> Reading:
    """A reader connected with everybody, of whom Grace lists *skills*."""
    profiles = {member: profile_of(member) for member in PEOPLE}
    profiles[GRACE] = evolve(profiles[GRACE], skills=tuple(skills))
    standpoint = Standpoint(
        viewer=READER,
        members={
            member: Member(member, profile, settings=chosen.get(member, Settings()))
            for member, profile in profiles.items()
        },
        circles=dict.fromkeys(PEOPLE, Audience.CONNECTIONS),
        policy=VisibilityPolicy(),
    )
    return Reading(standpoint=standpoint, skills=policy)


@pytest.mark.parametrize(
    ("skills", "spelled"),
    [
        (["Compiler"], "Compiler"),
        (["Poetry", "COMPILERS"], "COMPILERS"),
        (["Poetry"], None),
        ([], None),
    ],
)
def test_an_endorsement_tells_the_skill_as_it_is_listed(
    skills: Sequence[str], spelled: str | None
) -> None:
    """In the spelling of whom it is about, and not at all once they took it off their profile."""
    seen = shown(ENDORSED, reading(skills))

    assert seen == (None if spelled is None else evolve(ENDORSED, skill=spelled))


@pytest.mark.parametrize("closed", ["skills", "endorsements"])
def test_an_endorsement_is_told_where_it_shows(closed: str) -> None:
    """Whoever may not see the skills or the endorsements of whom it is about reads of none."""
    settings = {
        "skills": Settings(audiences={"skills": Audience.ONLY_ME}),
        "endorsements": Settings(endorsements=Audience.ONLY_ME),
    }[closed]

    assert shown(ENDORSED, reading(["Compiler"], grace=settings)) is None
    assert shown(ENDORSED, reading(["Compiler"], ada=settings)) == ENDORSED


def test_the_skills_of_a_member_are_read_once() -> None:
    """However many endorsements of them a feed tells."""
    read: list[str] = []

    def normalise(skill: str) -> str:
        read.append(skill)
        return plain_skill(skill)

    where = reading(["Compiler"], policy=SkillPolicy(normalise=normalise))
    others: list[Any] = [evolve(ENDORSED, id=str(number), actor=MARY) for number in range(3)]

    assert [shown(each, where) for each in (ENDORSED, *others)] == [ENDORSED, *others]
    assert read == ["Compiler"]
