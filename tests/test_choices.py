"""Choices: what must be a word of an enumeration is one, whoever sends it."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from connectcore import (
    Audience,
    Bounds,
    FeedPreferences,
    InvalidValue,
    Network,
    Reacted,
    Settings,
    VisibilityPolicy,
    shown_to,
)
from connectcore.choices import each_of, instance_of, not_negative, one_of
from connectcore.members import member_id
from tests.worlds import NOON, world

ANYTHING: Any = "nobody"
ANY_NUMBER: Any = 7


def holding(name: str, **declared: Any) -> Any:
    """A class of an application, which has one field."""
    return attrs.make_class("Own", {name: attrs.field(**declared)})


def painted(colour: Any) -> object:
    """A value of an application, which has a choice of its own."""
    return holding("colour", validator=one_of(Audience))(colour)


WRONG: dict[str, Callable[[], object]] = {
    "who_may_invite": lambda: Settings(who_may_invite=ANYTHING),
    "order": lambda: FeedPreferences(order=ANYTHING),
    "shared_connections": lambda: VisibilityPolicy(shared_connections=ANYTHING),
    "narrowest": lambda: Bounds(narrowest=ANYTHING),
    "widest": lambda: Bounds(widest=ANYTHING),
    "audience": lambda: shown_to(ANYTHING, default=0),
    "colour": lambda: painted(ANYTHING),
    "reaction": lambda: Reacted(post="p", member="ada", at=NOON, reaction=ANYTHING),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_text_is_no_choice(name: str) -> None:
    """A form's text in place of a word is refused by name, with the words to choose from."""
    with pytest.raises(InvalidValue, match=rf"{name}='nobody' is no .*; choose from [A-Z_]+, "):
        WRONG[name]()


def test_a_choice_names_all_that_there_is() -> None:
    """The words to choose from are told in their order."""
    words = "ONLY_ME, CONNECTIONS, SECOND_DEGREE, THIRD_DEGREE, MEMBERS, EVERYONE"
    with pytest.raises(InvalidValue, match=f"^audience='nobody' is no Audience; .* from {words}$"):
        WRONG["audience"]()


def test_no_choice_is_one_where_that_is_usual() -> None:
    """`None` passes where it is the default, and no word does there either."""
    optional = holding("colour", default=None, validator=one_of(Audience))

    assert optional().colour is None
    with pytest.raises(InvalidValue, match=r"^colour='nobody' is no Audience"):
        optional(ANYTHING)
    with pytest.raises(InvalidValue, match=r"^colour=None is no Audience"):
        painted(None)


def test_a_value_is_of_its_kind() -> None:
    """Of a class below it, too; the error names the two kinds."""
    numbered = holding("number", validator=instance_of(int))

    assert numbered(number=True).number is True
    with pytest.raises(InvalidValue, match=r"^number takes int, not str$"):
        numbered("7")


def test_a_limit_may_be_none_and_nothing() -> None:
    """`None` is no limit and zero is one; what is less is none."""
    limited = holding("most", validator=not_negative)

    assert (limited(None).most, limited(0).most) == (None, 0)
    with pytest.raises(InvalidValue, match=r"^most=-1 is less than nothing; give 0 for none$"):
        limited(-1)


def test_each_of_a_collection_is_taken() -> None:
    """In its order; what is no collection is refused by what it is."""
    assert each_of({"1": "one", "2": "two"}, int, "numbers") == (1, 2)
    with pytest.raises(InvalidValue, match=r"^a collection of numbers is needed, not a int$"):
        each_of(ANY_NUMBER, int, "numbers")


def test_a_wrong_choice_changes_nothing() -> None:
    """Who sends a text for who may invite gets an error, and keeps the setting they had."""
    made = world("ada")

    with pytest.raises(InvalidValue, match="who_may_invite"):
        made["ada"].settings.change(who_may_invite=ANYTHING)

    assert made["ada"].settings.read() == Settings()


def test_bounds_leave_something_to_choose() -> None:
    """A narrowest audience that is wider than the widest is a mistake."""
    with pytest.raises(InvalidValue, match="no audience lies between everyone and only me"):
        Bounds(narrowest=Audience.EVERYONE, widest=Audience.ONLY_ME)


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ("abc", "bounds are a mapping from the name of a field or a section to Bounds"),
        (7, "bounds are a mapping from the name of a field or a section to Bounds"),
        ({"about": Audience.MEMBERS}, "bounds takes Bounds, not Audience"),
    ],
)
def test_bounds_are_by_name(bounds: Any, said: str) -> None:
    """Letters, a number and an audience are none; the error says what is needed."""
    with pytest.raises(InvalidValue, match=f"^{said}$"):
        VisibilityPolicy(bounds=bounds)


@pytest.mark.parametrize("name", ["contcat", "audiences", ""])
def test_bounds_of_nothing_are_refused(name: str) -> None:
    """A misspelt field would be bounded by nothing, so a network with such a policy is not made."""
    policy = VisibilityPolicy(bounds={name: Bounds(widest=Audience.CONNECTIONS)})

    with pytest.raises(InvalidValue, match=f"Profile shows nothing called {name!r}; .*name, head"):
        Network(visibility=policy)


def test_bounds_of_sections_are_taken() -> None:
    """A policy bounds what a member shows besides the profile, too."""
    Network(visibility=VisibilityPolicy(bounds={"connections": Bounds()}))


@pytest.mark.parametrize("key", [7, 0, None, b"ada"])
def test_an_id_is_text(key: Any) -> None:
    """A number is the first thing that an application tries; the error says what to do."""
    with pytest.raises(InvalidValue, match=r"id is text, and .* is not; use str"):
        member_id(key)
