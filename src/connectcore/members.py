"""Members: somebody's id in the application, their profile and their settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Generic, NewType, cast, final

from attrs import field, frozen

from connectcore.choices import each_of, instance_of
from connectcore.errors import InvalidValue
from connectcore.moments import optional_moment
from connectcore.profiles import ProfileT_co
from connectcore.settings import Settings
from connectcore.texts import storable

__all__ = ["Member", "MemberId", "member_id", "member_ids"]

MemberId = NewType("MemberId", str)
"""The application's own id of a member: any non-empty text."""


def member_id(value: str) -> MemberId:
    """Take *value* as a member's id.

    Raises `InvalidValue` if it is no text or empty, or if it holds what no store can keep.
    """
    if not isinstance(cast("object", value), str):
        message = f"a member's id is text, and {value!r} is not; use str(...) of your own key"
        raise InvalidValue(message)
    if not value:
        message = "a member's id is empty; use the id that your application gives them"
        raise InvalidValue(message)
    return MemberId(storable(value))


def member_ids(values: Iterable[str]) -> tuple[MemberId, ...]:
    """Take a collection of ids, each as `member_id` does.

    Raises `InvalidValue` for one text, which would be read letter by letter.
    """
    if isinstance(values, str):
        message = f"{values!r} is one id; give a collection of ids, such as [{values!r}]"
        raise InvalidValue(message)
    return each_of(values, member_id, "ids")


@final
@frozen
class Member(Generic[ProfileT_co]):
    """Somebody in the network.

    `joined_at` is filled in when they join.

    >>> from connectcore import Name, Profile
    >>> Member("ada", Profile(name=Name("Ada", "Lovelace")))
    Member(id='ada')
    """

    id: MemberId = field(converter=member_id)
    profile: ProfileT_co = field(repr=False)
    settings: Settings = field(
        default=Settings(), validator=instance_of(Settings), repr=False, kw_only=True
    )
    joined_at: datetime | None = field(
        default=None, converter=optional_moment, repr=False, kw_only=True
    )
