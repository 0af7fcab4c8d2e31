"""An application's own profile comes back as what it is, wherever a profile comes back."""

from collections.abc import Mapping
from typing import assert_type, final

from attrs import frozen

from connectcore import (
    Audience,
    Member,
    Name,
    Network,
    Profile,
    ProfileView,
    VisibilityPolicy,
    shown_to,
)
from connectcore.visibility import view


@final
@frozen(kw_only=True)
class AlumniProfile(Profile):
    """A profile of those who went to the same school."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=0)


GRACE = Member("grace", AlumniProfile(name=Name("Grace", "Hopper"), graduated=1928))


def members_see_profiles_of_the_networks_own_type() -> None:
    """`Network(profile=...)` names the class once; views, previews and joining give it back."""
    network = Network(profile=AlumniProfile)
    assert_type(network, Network[AlumniProfile])
    assert_type(network.join(GRACE), Member[AlumniProfile])
    profiles = network.as_member("grace").profiles
    assert_type(profiles.view("ada"), ProfileView[AlumniProfile])
    assert_type(profiles.view("ada").profile.graduated, int)
    assert_type(profiles.views(["ada"]), Mapping[str, ProfileView[AlumniProfile]])
    assert_type(profiles.preview_as(Audience.MEMBERS), ProfileView[AlumniProfile])
    profiles.edit(GRACE.profile)


def visitors_see_profiles_of_the_networks_own_type(network: Network[AlumniProfile]) -> None:
    """Somebody signed out gets the same type, however blank."""
    profiles = network.as_visitor().profiles
    assert_type(profiles.view("grace"), ProfileView[AlumniProfile])
    assert_type(profiles.views(["grace"]), Mapping[str, ProfileView[AlumniProfile]])


def a_network_that_names_no_class_is_for_plain_profiles() -> None:
    """`Network()` needs no annotation."""
    assert_type(Network(), Network[Profile])
    assert_type(Network().as_member("ada").profiles.view("grace"), ProfileView[Profile])


def the_pure_view_keeps_the_type_as_well(policy: VisibilityPolicy) -> None:
    """A redacted profile is of the type of the one it was made from."""
    assert_type(view(GRACE, Audience.MEMBERS, policy), ProfileView[AlumniProfile])
    assert_type(view(GRACE, Audience.MEMBERS, policy).profile, AlumniProfile)


def a_member_of_an_own_type_is_a_member() -> None:
    """What takes any member, or shows any view, takes one with more in it."""

    def greet(member: Member[Profile], seen: ProfileView[Profile]) -> str:
        return f"{member.profile.name} seen as {seen.profile.name}"

    greet(GRACE, view(GRACE, Audience.EVERYONE, VisibilityPolicy()))


def a_plain_profile_does_not_join_a_network_for_another(plain: Member[Profile]) -> None:
    """What the network's views are typed to show has to be there."""
    network = Network(profile=AlumniProfile)
    network.join(plain)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    network.as_member("ada").profiles.edit(plain.profile)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def only_profiles_are_profiles() -> None:
    """A class that is no `Profile` founds no network."""
    Network(profile=Name)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]


def a_default_is_of_the_fields_type() -> None:
    """`shown_to` gives a field of the type of its default."""

    @frozen(kw_only=True)
    class Misdeclared(Profile):
        graduated: int = shown_to(Audience.MEMBERS, default="1928")  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]

    _ = Misdeclared
