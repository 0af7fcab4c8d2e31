"""Settings: a member's choices, with defaults that close what is private."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from connectcore import (
    Audience,
    FeedOrder,
    FeedPreferences,
    InvalidValue,
    NoticePreferences,
    Settings,
    WhoMayInvite,
    WhoMayWrite,
)

CHOSEN = {"headline": Audience.EVERYONE, "about": Audience.ONLY_ME}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("audiences", ()),
        ("full_name", Audience.EVERYONE),
        ("connections", Audience.CONNECTIONS),
        ("activities", Audience.CONNECTIONS),
        ("posts", Audience.CONNECTIONS),
        ("endorsements", Audience.MEMBERS),
        ("recommendations", Audience.MEMBERS),
        ("who_may_invite", WhoMayInvite.ANYONE),
        ("who_may_write", WhoMayWrite.REQUESTS),
        ("unshared_kinds", frozenset()),
        ("feed", FeedPreferences(order=FeedOrder.RECENT, hidden_kinds=())),
        ("notices", NoticePreferences()),
    ],
)
def test_a_member_who_chose_nothing_has_the_usual_settings(name: str, expected: object) -> None:
    """Lists, updates and posts are for connections; anyone may invite; a feed is newest first."""
    assert getattr(Settings(), name) == expected


@pytest.mark.parametrize(
    "audiences", [CHOSEN, CHOSEN.items(), list(reversed(CHOSEN.items())), tuple(CHOSEN.items())]
)
def test_chosen_audiences_are_given_by_name_in_any_order(
    audiences: Iterable[tuple[str, Audience]],
) -> None:
    """A mapping or pairs make the same settings, which are hashable and remember no order."""
    settings = Settings(audiences=audiences)

    assert settings.audiences == (("about", Audience.ONLY_ME), ("headline", Audience.EVERYONE))
    assert hash(settings) == hash(Settings(audiences=CHOSEN))


@pytest.mark.parametrize(("name", "expected"), [*CHOSEN.items(), ("photo", None), ("", None)])
def test_the_audience_of_a_field_is_the_chosen_one_or_none(
    name: str, expected: Audience | None
) -> None:
    """Where the member chose nothing, the settings say nothing."""
    assert Settings(audiences=CHOSEN).chosen_audience(name) is expected


@pytest.mark.parametrize(
    "make",
    [
        lambda kinds: Settings(unshared_kinds=kinds),
        lambda kinds: FeedPreferences(hidden_kinds=kinds),
    ],
    ids=["unshared", "hidden"],
)
def test_kinds_are_a_collection(make: Callable[[Any], object]) -> None:
    """Any collection of kinds does; a single text, which would switch off no kind, is refused."""
    assert make(["post_published"]) == make({"post_published"}) == make(("post_published",) * 2)
    with pytest.raises(InvalidValue, match=r"such as \{'post_published'\}"):
        make("post_published")
