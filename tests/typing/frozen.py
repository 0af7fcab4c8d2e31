"""Values cannot be assigned to."""

from datetime import datetime

from connectcore import (
    Audience,
    Connected,
    ConnectionRules,
    InvitationSent,
    Member,
    Name,
    NoteAtMost,
    Pair,
    Post,
    Profile,
    Settings,
    VisibilityPolicy,
)
from tests.typing.profiles import AlumniProfile


def no_field_of_a_value_is_assigned(
    member: Member[Profile],
    connected: Connected,
    sent: InvitationSent,
    post: Post,
    at: datetime,
) -> None:
    """Whatever is to change is made anew."""
    member.settings = Settings()  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    member.profile.headline = "Admiral"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    connected.since = at  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    sent.note = ""  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    post.audience = Audience.EVERYONE  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    Pair.of("ada", "grace").low = member.id  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def no_choice_and_no_rule_is_assigned(settings: Settings, rules: ConnectionRules) -> None:
    """What members choose, and what a network is founded on, cannot be changed behind its back."""
    settings.posts = Audience.EVERYONE  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    rules.inviting = ()  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    NoteAtMost(300).characters = 3000  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    VisibilityPolicy().bounds = ()  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def fields_of_an_application_are_frozen_too(profile: AlumniProfile) -> None:
    """What an application adds to a profile is as fixed as the rest."""
    profile.graduated = 1934  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def parts_are_named(name: Name) -> None:
    """Values of many parts take them by name, so that two texts cannot change places."""
    Profile(name, "Rear admiral")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
