"""Joining, and acting as somebody: where every application begins."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import attrs
import pytest

from connectcore import (
    AlreadyJoined,
    Audience,
    Bounds,
    InvalidValue,
    Member,
    MemberJoined,
    Name,
    Network,
    Profile,
    Settings,
    UnknownMember,
    VisibilityPolicy,
    shown_to,
)
from connectcore.audiences import audience_metadata
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    OWN_ACTS,
    OWN_READS,
    READS_OF_A_MEMBER,
)
from tests.worlds import NOON, profile_of, world

DONE_ALREADY = {"data.erase"}
"""What somebody may do who has not joined: nothing is left to do."""


@attrs.frozen(kw_only=True)
class AlumniProfile(Profile):
    """The profile of an application for old students."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=0)


def test_joining_gives_the_member_with_the_moment() -> None:
    """Whoever joins is given back, from then on, and that they joined can be read."""
    made = world("ada")

    joined = made.network.join(Member("grace", profile_of("grace")), at=NOON + timedelta(hours=1))

    assert joined == Member("grace", profile_of("grace"), joined_at=NOON + timedelta(hours=1))
    told = made["grace"].activities.page("grace").items
    assert [(type(activity), activity.at) for activity in told] == [
        (MemberJoined, joined.joined_at)
    ]


def test_joining_again_answers_as_before() -> None:
    """The same member twice is one member, who joined when they first did."""
    made = world("ada")
    made.clock.forward(days=1)

    again = made.network.join(Member("ada", profile_of("ada")))

    assert again.joined_at == NOON
    assert len(made["ada"].activities.page("ada").items) == 1


def test_a_moment_of_joining_that_the_application_knows_is_kept() -> None:
    """A member whose `joined_at` is known keeps it."""
    made = world()
    earlier = NOON - timedelta(days=400)

    assert (
        made.network.join(Member("ada", profile_of("ada"), joined_at=earlier)).joined_at == earlier
    )


@pytest.mark.parametrize(
    "other",
    [
        Member("ada", profile_of("somebody else")),
        Member("ada", profile_of("ada"), settings=Settings(connections=Audience.ONLY_ME)),
    ],
    ids=["profile", "settings"],
)
def test_an_id_belongs_to_who_joined_first(other: Member[Profile]) -> None:
    """Somebody else under the same id is refused, by name, and nothing changes."""
    made = world("ada")

    with pytest.raises(AlreadyJoined, match="'ada' has joined already"):
        made.network.join(other)

    assert made["ada"].profiles.view("ada").profile == profile_of("ada")


@pytest.mark.parametrize("name", [*OWN_READS, *sorted(set(OWN_ACTS) - DONE_ALREADY)])
def test_nobody_acts_before_they_join(name: str) -> None:
    """Every call on behalf of somebody who has not joined says so, whatever it is about."""
    stranger = world("ada")["nobody"]
    call = {**OWN_READS, **OWN_ACTS}[name]

    with pytest.raises(UnknownMember, match=re.escape("'nobody' acts but has not joined")):
        call(stranger)


@pytest.mark.parametrize("name", [*READS_OF_A_MEMBER, *ACTS_ON_A_MEMBER])
def test_nobody_does_anything_to_others_before_they_join(name: str) -> None:
    """The same for what is about another member, there or not."""
    stranger = world("ada")["nobody"]
    call = {**READS_OF_A_MEMBER, **ACTS_ON_A_MEMBER}[name]

    for other in ("ada", "somebody", *(["nobody"] if name in READS_OF_A_MEMBER else [])):
        with pytest.raises(UnknownMember):
            call(stranger, other)


@pytest.mark.parametrize("name", ACTS_ON_A_POST)
def test_nobody_does_anything_to_posts_before_they_join(name: str) -> None:
    """The same for posts."""
    made = world("ada")
    post = made["ada"].posts.publish("For all.", audience=Audience.EVERYONE)

    with pytest.raises(UnknownMember):
        ACTS_ON_A_POST[name](made["nobody"], post.id)


def test_a_network_has_profiles_of_one_type() -> None:
    """An application's own profile comes back as that type; another one cannot join."""
    network = Network(profile=AlumniProfile)
    network.join(Member("ada", AlumniProfile(name=Name("Ada"), graduated=1833)))
    network.join(Member("bob", AlumniProfile(name=Name("Bob"), graduated=1840)))

    assert network.as_member("ada").profiles.view("ada").profile.graduated == 1833
    hidden = network.as_member("bob").profiles.view("ada")
    assert (hidden.profile.graduated, "graduated" in hidden.withheld) == (0, True)


def test_a_profile_of_another_type_cannot_join() -> None:
    """The error names both types and how to say which one the network is for."""
    network: Network[AlumniProfile] = Network(profile=AlumniProfile)
    plain: Member[Profile] = Member("ada", Profile(name=Name("Ada")))

    with pytest.raises(InvalidValue, match="for AlumniProfile, not Profile"):
        network.join(plain)  # type: ignore[arg-type]  # what a type checker refuses is refused at run time too


def test_settings_are_checked_before_somebody_joins() -> None:
    """Nobody joins with a choice that the policy does not allow."""
    policy = VisibilityPolicy(bounds={"connections": Bounds(widest=Audience.CONNECTIONS)})
    made = world(visibility=policy)

    with pytest.raises(InvalidValue, match="'connections' cannot be shown to everyone"):
        made.network.join(
            Member("ada", profile_of("ada"), settings=Settings(connections=Audience.EVERYONE))
        )

    with pytest.raises(UnknownMember):
        made["ada"].settings.read()


def test_a_network_without_arguments_has_a_clock_and_ids_of_its_own() -> None:
    """Moments are now, in UTC, and ids are long and random, unless the application says otherwise."""
    network = Network()
    before = datetime.now(UTC)

    joined = network.join(Member("ada", Profile(name=Name("Ada"))))
    first, second = (network.as_member("ada").posts.publish(text) for text in ("One.", "Two."))

    assert joined.joined_at is not None
    assert before <= joined.joined_at <= datetime.now(UTC)
    assert UUID(first.id) != UUID(second.id)


def test_an_acting_member_shows_their_id_and_nothing_else() -> None:
    """What a log or a debugger prints of somebody acting holds nothing private."""
    assert repr(world("ada")["ada"]) == "<ActingMember 'ada'>"


def counted() -> Any:
    """A class of profiles whose blank is none that its own validator takes."""
    year = attrs.field(
        default=0,
        metadata=audience_metadata(Audience.CONNECTIONS, blank=None),
        validator=attrs.validators.instance_of(int),
    )
    return attrs.make_class("Counted", {"year": year}, bases=(Profile,), frozen=True, kw_only=True)


def test_a_profile_that_does_not_take_its_own_blanks_is_refused_at_once() -> None:
    """Where the network is made, or somebody joins with it, and not when somebody else looks."""
    kind, made = counted(), world("ada")
    said = (
        r"^Counted cannot be hidden: it does not take the blanks .* \('year' must be <class 'int'>"
    )
    grown: Any = kind(name=Name("Grace"))

    with pytest.raises(InvalidValue, match=said):
        Network(profile=kind)
    for let_in in (
        lambda: made.network.join(Member("grace", grown)),
        lambda: made["ada"].profiles.edit(grown),
    ):
        with pytest.raises(InvalidValue, match=said):
            let_in()
    (left_out,) = made.network.load([Member("grace", grown)]).left_out
    assert "Counted cannot be hidden" in left_out.refusal.message
    assert set(made["ada"].profiles.views(["ada", "grace"])) == {"ada"}
