"""Audiences: nested circles around a member, and how a field of a profile declares its own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, TypeVar, final, overload

import attrs

from connectcore.choices import check_choice

__all__ = ["SECTIONS", "Audience", "audience_metadata", "blank_of", "declared_audience", "shown_to"]

T = TypeVar("T")

_AUDIENCE = "connectcore.audience"
_BLANK = "connectcore.blank"
_MADE_ANEW: type[object] = type(attrs.Factory(list[object]))


@final
class Audience(IntEnum):
    """Who may see something: each circle lies within the next.

    A viewer stands in the innermost circle that admits them, so the same words say where somebody
    stands and how far something is shown.

    >>> Audience.CONNECTIONS < Audience.MEMBERS
    True
    >>> Audience.MEMBERS.admits(Audience.SECOND_DEGREE)
    True
    """

    ONLY_ME = 0
    CONNECTIONS = 1
    SECOND_DEGREE = 2
    THIRD_DEGREE = 3
    MEMBERS = 4
    EVERYONE = 5

    def admits(self, circle: Audience) -> bool:
        """Whether a viewer in *circle* belongs to this audience."""
        return circle <= self

    def __str__(self) -> str:
        return self.name.lower().replace("_", " ")


SECTIONS: Mapping[str, Audience] = {
    "full_name": Audience.EVERYONE,
    "connections": Audience.CONNECTIONS,
    "activities": Audience.CONNECTIONS,
    "posts": Audience.CONNECTIONS,
    "endorsements": Audience.MEMBERS,
    "recommendations": Audience.MEMBERS,
}
"""What a member shows besides the fields of a profile, with the default audience of each."""


@overload
def shown_to(audience: Audience, *, default: T, blank: T = ...) -> T: ...
@overload
def shown_to(audience: Audience, *, blank: T) -> T: ...
def shown_to(
    audience: Audience, *, default: object = attrs.NOTHING, blank: object = attrs.NOTHING
) -> Any:
    """Declare a field of a `Profile` together with the audience that sees it by default.

    *blank* is what everybody else sees in its place; left out, it is the *default*.
    Without a *default* the field is required, and then it needs a *blank*.

    >>> from connectcore import Profile
    >>> @attrs.frozen(kw_only=True)
    ... class AlumniProfile(Profile):
    ...     graduated: int = shown_to(Audience.CONNECTIONS, default=0)
    """
    check_choice("audience", audience, Audience)
    blank = default if blank is attrs.NOTHING else blank
    return attrs.field(default=default, metadata=audience_metadata(audience, blank=blank))


def audience_metadata(audience: Audience, *, blank: object) -> Mapping[str, object]:
    """Make the attrs metadata that `shown_to` writes, for a field that is declared by hand."""
    return {_AUDIENCE: audience, _BLANK: blank}


def declared_audience(attribute: attrs.Attribute[Any]) -> Audience | None:
    """The audience that a field declares, or `None` for a field without a rule."""
    audience = attribute.metadata.get(_AUDIENCE)
    return audience if isinstance(audience, Audience) else None


def blank_of(attribute: attrs.Attribute[Any]) -> object:
    """What a viewer outside the audience sees; `attrs.NOTHING` where the field declares nothing.

    A default that a factory makes is none that could be shown in place of something.
    """
    blank = attribute.metadata.get(_BLANK, attribute.default)
    return attrs.NOTHING if isinstance(blank, _MADE_ANEW) else blank
