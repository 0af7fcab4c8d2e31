"""Profiles with all hidden: a class of which there can be none is refused at once."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from connectcore import Audience, InvalidValue, Name, Profile
from connectcore.audiences import audience_metadata
from connectcore.visibility import check_blanks


def profiles_of(**declared: Any) -> type[Profile]:
    """A class of profiles with fields of an application's own."""
    made: type[Profile] = attrs.make_class(
        "Own", declared, bases=(Profile,), frozen=True, kw_only=True
    )
    return made


def hidden_as(blank: object, **declared: Any) -> Any:
    """A field for connections, whose blank may be one that it does not take."""
    return attrs.field(**declared, metadata=audience_metadata(Audience.CONNECTIONS, blank=blank))


def refusing(error: Exception) -> Callable[[object, object, object], None]:
    """A validator that takes everything but a blank."""

    def validate(_: object, _attribute: object, value: object) -> None:
        if value is None:
            raise error

    return validate


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("every year has a number", "a year"), "every year has a number"),
        (LookupError(), ""),
    ],
)
def test_a_class_that_does_not_take_its_blanks_is_refused(error: Exception, reason: str) -> None:
    """As often as it is looked at, with what its own validator said, if that said anything."""
    own = profiles_of(year=hidden_as(None, default=0, validator=refusing(error)))
    own(name=Name("Ada"))

    for _ in range(2):
        with pytest.raises(InvalidValue) as refused:
            check_blanks(own)
        assert str(refused.value) == (
            "Own cannot be hidden: it does not take the blanks of its own fields "
            f"({reason}); give them blanks that it takes"
        )
        assert refused.value.__cause__ is error


def test_a_class_that_takes_its_blanks_is_tried_once() -> None:
    """With the blank of each field, whatever its constructor calls it; then it is known."""
    tried: list[object] = []

    def note(_: object, _attribute: object, value: object) -> None:
        tried.append(value)

    own = profiles_of(_card=hidden_as("no card", default="", validator=note))
    check_blanks(own)
    check_blanks(own)

    assert tried == ["no card"]
