"""Where a viewer stands: which members, lists and connections there are for them."""

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from connectcore import (
    Audience,
    Bounds,
    Member,
    MemberId,
    Post,
    Settings,
    SharedConnections,
    VisibilityPolicy,
)
from connectcore.audiences import SECTIONS
from connectcore.testing.strategies import audiences, members, visibility_policies
from connectcore.visibility import Standpoint, view
from tests.worlds import NOON, profile_of

ME, ONE, OTHER = MemberId("me"), MemberId("one"), MemberId("other")
USUAL_SETTINGS = Settings()
BOUNDLESS = VisibilityPolicy(bounds=())

ONLY_ME, CONNECTIONS, SECOND, _, MEMBERS, EVERYONE = Audience
UNLESS_ONLY_ME, ALWAYS, BOTH_ADMIT = SharedConnections

FIELDS = ("name", "headline", "photo", "place", "industry", "positions", "education", "skills")
MORE_FIELDS = ("about", "contact", "birthday")
HIDDEN = Settings(audiences=dict.fromkeys((*FIELDS, *MORE_FIELDS), ONLY_ME))
OPEN_HEADLINE = Settings(audiences={"headline": EVERYONE})


def standing(
    circles: Mapping[MemberId, Audience],
    *,
    settings: Mapping[MemberId, Settings] | None = None,
    viewer: MemberId | None = ME,
    rule: SharedConnections = UNLESS_ONLY_ME,
) -> Standpoint:
    """A viewer in a circle around each of three members, who have chosen *settings*."""
    chosen = settings or {}
    return Standpoint(
        viewer=viewer,
        members={
            member: Member(member, profile_of(member), settings=chosen.get(member, USUAL_SETTINGS))
            for member in (ME, ONE, OTHER)
        },
        circles=circles,
        policy=VisibilityPolicy(bounds=(), shared_connections=rule),
    )


# ── Who is there ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("circle", "settings", "seen"),
    [
        (ONLY_ME, HIDDEN, True),
        (CONNECTIONS, USUAL_SETTINGS, True),
        (MEMBERS, USUAL_SETTINGS, True),
        (EVERYONE, USUAL_SETTINGS, False),
        (EVERYONE, OPEN_HEADLINE, True),
        (EVERYONE, Settings(connections=EVERYONE, posts=EVERYONE), False),
        (CONNECTIONS, HIDDEN, False),
        (None, OPEN_HEADLINE, False),
    ],
    ids=[
        "oneself",
        "connection",
        "member",
        "visitor",
        "visitor with an open field",
        "visitor with an open list",
        "who hides",
        "who is blocked",
    ],
)
def test_a_member_is_there_who_shows_a_field(
    circle: Audience | None, settings: Settings, *, seen: bool
) -> None:
    """Somebody is there for a viewer to whom any field is open, and whom no block keeps away."""
    circles = {} if circle is None else {ONE: circle}

    assert standing(circles, settings={ONE: settings}).sees(ONE) is seen


def test_somebody_unknown_is_not_there() -> None:
    """Nothing of a member who has not joined is open to anybody."""
    where = standing({})
    nobody = MemberId("nobody")

    assert not where.sees(nobody)
    assert not where.admits(nobody, EVERYONE)
    assert not where.may_read(nobody, "posts")
    assert not where.may_know(ONE, nobody)
    assert not where.may_list(nobody, ONE)
    assert not where.is_connected(nobody)


def test_a_member_is_looked_at_once() -> None:
    """A feed asks about the same few members many times, and their settings are read one time."""

    class Read(dict[MemberId, Member[Any]]):
        times = 0

        def __getitem__(self, member: MemberId) -> Member[Any]:
            self.times += 1
            return super().__getitem__(member)

        def get(self, member: MemberId, _default: object = None) -> Any:
            return self[member]

    where = standing({ONE: CONNECTIONS, OTHER: EVERYONE})
    read = Read(where.members)
    where = evolve(where, members=read)

    assert [where.sees(member) for member in (ONE, OTHER) * 3] == [True, False] * 3
    assert [where.may_read(member, "posts") for member in (ONE, OTHER) * 3] == [True, False] * 3
    assert read.times == 4


@given(members(policy=BOUNDLESS), visibility_policies(), audiences())
def test_a_member_is_there_whose_view_shows_anything(
    member: Member[Any], policy: VisibilityPolicy, circle: Audience
) -> None:
    """A blank view and a member who is not there are the same."""
    where = Standpoint(
        viewer=ME, members={member.id: member}, circles={member.id: circle}, policy=policy
    )

    assert where.sees(member.id) is not view(member, circle, policy).is_blank


# ── What they admit the viewer to ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("circle", Audience)
def test_an_audience_admits_its_circles(audience: Audience, circle: Audience) -> None:
    """A viewer belongs to the audiences that contain the circle in which they stand."""
    assert standing({ONE: circle}).admits(ONE, audience) is (circle <= audience)


@pytest.mark.parametrize("wrong", ["everyone", 5, None])
def test_what_is_no_audience_admits_nobody(wrong: object) -> None:
    """An audience that a store made up hides, even from connections."""
    assert not standing({ONE: CONNECTIONS}).admits(ONE, wrong)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("circle", [SECOND, MEMBERS])
def test_a_section_is_open_to_its_audience(section: str, circle: Audience) -> None:
    """A list of connections, activities and posts are read by those for whom they are meant."""
    audience: dict[str, Any] = {section: SECOND}
    where = standing({ONE: circle}, settings={ONE: Settings(**audience)})

    assert where.may_read(ONE, section) is (circle is SECOND)


POST = Post(id="p", author=ONE, at=NOON, text="Hello.", audience=EVERYONE)


def test_a_post_is_read_by_whom_it_and_the_policy_admit() -> None:
    """Of the audience of the post and the widest that the policy allows, the narrower decides."""
    for circle, audience, widest in product(Audience, repeat=3):
        policy = VisibilityPolicy(bounds={"posts": Bounds(widest=widest)})
        where = evolve(standing({ONE: circle}), policy=policy)
        seen = where.may_read_post(evolve(POST, audience=audience))

        assert seen is (circle <= min(audience, widest)), (circle, audience, widest)


def test_nothing_is_read_across_a_block() -> None:
    """Whatever is open to everyone is closed to somebody on the other side of a block."""
    where = standing({}, settings={ONE: Settings(posts=EVERYONE)})

    assert not where.may_read(ONE, "posts")
    assert not where.may_read_post(POST)


@pytest.mark.parametrize("circle", Audience)
def test_only_a_connection_is_connected(circle: Audience) -> None:
    """Of all circles, one is of those who are connected with the viewer."""
    assert standing({ONE: circle}).is_connected(ONE) is (circle is CONNECTIONS)


# ── Connections of others ───────────────────────────────────────────────────────────────────────

End = tuple[Audience | None, Audience]
"""The circle of the viewer around one end of a connection, and the audience of that end's list."""

KNOWN: Mapping[str, tuple[End, End, str]] = {
    # Who may know of the connection: unless only me, always, both admit.
    "both lists open": ((CONNECTIONS, CONNECTIONS), (CONNECTIONS, EVERYONE), "yes yes yes"),
    "open to strangers": ((MEMBERS, MEMBERS), (MEMBERS, EVERYONE), "yes yes yes"),
    "one list open": ((CONNECTIONS, CONNECTIONS), (SECOND, CONNECTIONS), "yes yes no"),
    "one stranger's open": ((SECOND, EVERYONE), (MEMBERS, CONNECTIONS), "yes yes no"),
    "no list open": ((SECOND, CONNECTIONS), (SECOND, CONNECTIONS), "no no no"),
    "one kept, one open": ((CONNECTIONS, ONLY_ME), (CONNECTIONS, CONNECTIONS), "no yes no"),
    "one kept, one open to all": ((SECOND, ONLY_ME), (MEMBERS, EVERYONE), "no yes no"),
    "both kept, one my own": ((CONNECTIONS, ONLY_ME), (SECOND, ONLY_ME), "no yes no"),
    "both kept by strangers": ((SECOND, ONLY_ME), (MEMBERS, ONLY_ME), "no no no"),
    "signed out": ((EVERYONE, EVERYONE), (EVERYONE, EVERYONE), "yes yes yes"),
    "signed out, one list open": ((EVERYONE, EVERYONE), (EVERYONE, MEMBERS), "yes yes no"),
    "one end blocked": ((CONNECTIONS, EVERYONE), (None, EVERYONE), "no no no"),
}

LISTED: Mapping[str, tuple[End, End, str]] = {
    # Who sees the second in the list of the first.
    "open list": ((CONNECTIONS, CONNECTIONS), (SECOND, CONNECTIONS), "yes yes no"),
    "open list, open end": ((CONNECTIONS, CONNECTIONS), (SECOND, SECOND), "yes yes yes"),
    "open list, end kept": ((CONNECTIONS, CONNECTIONS), (SECOND, ONLY_ME), "no yes no"),
    "closed list, shared": ((SECOND, CONNECTIONS), (CONNECTIONS, CONNECTIONS), "yes yes no"),
    "kept list, shared": ((SECOND, ONLY_ME), (CONNECTIONS, CONNECTIONS), "no yes no"),
    "closed list, not shared": ((SECOND, CONNECTIONS), (SECOND, EVERYONE), "no no no"),
    "open list, end blocked": ((CONNECTIONS, EVERYONE), (None, EVERYONE), "no no no"),
}


def between(one: End, other: End, rule: SharedConnections) -> Standpoint:
    """A viewer beside a connection whose two ends show their names to everybody."""
    ends = {ONE: one, OTHER: other}
    return standing(
        {member: circle for member, (circle, _) in ends.items() if circle is not None},
        settings={
            member: Settings(audiences={"name": EVERYONE}, connections=audience)
            for member, (_, audience) in ends.items()
        },
        rule=rule,
    )


@pytest.mark.parametrize(("one", "other", "known"), KNOWN.values(), ids=KNOWN)
def test_who_may_know_of_a_connection(one: End, other: End, known: str) -> None:
    """Each rule for shared connections answers as its table says, whichever end is named first."""
    for rule, expected in zip(SharedConnections, known.split(), strict=True):
        where = between(one, other, rule)

        assert where.may_know(ONE, OTHER) is (expected == "yes"), rule
        assert where.may_know(OTHER, ONE) is (expected == "yes"), rule


@pytest.mark.parametrize(("owner", "member", "listed"), LISTED.values(), ids=LISTED)
def test_who_shows_in_somebodys_list(owner: End, member: End, listed: str) -> None:
    """A list shows whom it is open for, and in a closed one still the connections one shares."""
    for rule, expected in zip(SharedConnections, listed.split(), strict=True):
        assert between(owner, member, rule).may_list(ONE, OTHER) is (expected == "yes"), rule


@pytest.mark.parametrize("rule", SharedConnections)
def test_members_know_of_their_own_connections(rule: SharedConnections) -> None:
    """Whatever the other keeps to themselves, one knows whom one is connected with."""
    where = standing(
        {ME: ONLY_ME, ONE: CONNECTIONS},
        settings={member: Settings(connections=ONLY_ME) for member in (ME, ONE)},
        rule=rule,
    )

    assert where.may_know(ME, ONE)
    assert where.may_know(ONE, ME)
    assert where.may_list(ME, ONE)


@pytest.mark.parametrize("rule", SharedConnections)
def test_a_connection_who_hides_is_not_listed(rule: SharedConnections) -> None:
    """Somebody who shows nothing is in no list, not even in that of a connection."""
    where = standing({ME: ONLY_ME, ONE: CONNECTIONS}, settings={ONE: HIDDEN}, rule=rule)

    assert not where.may_know(ME, ONE)
    assert not where.may_list(ME, ONE)
