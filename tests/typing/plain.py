"""Plain data is read as what it is asked to be."""

from collections.abc import Mapping
from typing import assert_type

from connectcore import (
    Member,
    Name,
    Page,
    Plain,
    Post,
    Profile,
    Relationship,
    from_dict,
    to_dict,
)
from tests.kinds import LibraryProfile


def what_is_read_is_of_the_class_that_was_asked_for(plain: Mapping[str, object]) -> None:
    """A class gives its own, also a generic one with what it holds."""
    assert_type(from_dict(Name, plain), Name)
    assert_type(from_dict(Page[Post], plain), Page[Post])
    assert_type(from_dict(Member[LibraryProfile], plain), Member[LibraryProfile])


def what_is_read_as_one_of_several_is_narrowed(plain: Mapping[str, object]) -> None:
    """A union gives an object, which `match` or `isinstance` tells apart."""
    assert_type(from_dict(Relationship, plain), object)


def what_is_written_is_what_json_holds(profile: Profile) -> None:
    """Texts, numbers, true, false and nothing, in lists and objects."""
    assert_type(to_dict(profile), dict[str, Plain])


def only_objects_are_read() -> None:
    """A text is not taken for what `json.loads` makes of it."""
    from_dict(Name, '{"given": "Ada"}')  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]
