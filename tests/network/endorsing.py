"""A circle of connections who endorse each other, and how the tests look at it."""

from attrs import evolve

from connectcore import Audience, NotFound, Notice, NoticeKind, Settings, SkillEndorsed
from connectcore.notices import NOTICES
from tests.worlds import World, profile_of, world

LISTED, UNLISTED = "Compilers", "Chess"
NOT_THERE = (NotFound, str(NotFound()))


def circle() -> World:
    """Grace with three connections, and Eve who is none; everybody lists Compilers."""
    return world(
        *("ada", "grace", "bob", "cat", "eve"),
        connected=[("ada", "grace"), ("bob", "grace"), ("cat", "grace")],
        settings=Settings(activities=Audience.MEMBERS),
    )


def counted(made: World, viewer: str = "eve", of: str = "grace") -> dict[str, int]:
    """How many endorsements of each skill *viewer* finds."""
    return {each.skill: each.endorsements for each in made[viewer].endorsements.of(of)}


def givers(made: World, viewer: str = "eve", skill: str | None = None) -> list[str]:
    """Who endorsed Grace, as *viewer* finds it."""
    return [each.giver for each in made[viewer].endorsements.page("grace", skill=skill).items]


def told(made: World, member: str) -> list[tuple[NoticeKind, str, str]]:
    """What *member* was told."""
    notices: list[Notice] = list(
        made.store.read(lambda snapshot: snapshot.entries(NOTICES, (made[member].id,)))
    )
    return [(notice.kind, notice.actor, notice.about) for notice in notices]


def endorsed(made: World, reader: str = "grace") -> list[tuple[str, str]]:
    """The endorsements in the feed of *reader*: by whom, and of which skill."""
    leads = [activity for item in made[reader].feed.page().items for activity in item.activities]
    return [(each.actor, each.skill) for each in leads if isinstance(each, SkillEndorsed)]


def list_skills(made: World, member: str, *skills: str) -> None:
    """Let *member* list *skills* and no others."""
    made[member].profiles.edit(evolve(profile_of(member), skills=skills))
