"""What a member shows of themselves: a `Profile`, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar, cast, final

import attrs
from attrs import frozen

from connectcore.audiences import SECTIONS, Audience, audience_metadata, blank_of, shown_to
from connectcore.errors import InvalidValue
from connectcore.texts import storable

__all__ = [
    "ContactDetails",
    "Education",
    "Name",
    "Position",
    "Profile",
    "ProfileT",
    "ProfileT_co",
    "companies_of",
    "schools_of",
]


@final
@frozen
class Name:
    """A person's name; people with a single name have only a `given` one.

    >>> str(Name("Ada", "Lovelace"))
    'Ada Lovelace'
    """

    given: str = ""
    family: str = ""

    def abbreviated(self) -> Name:
        """The name as members show it who keep their family name from strangers.

        >>> str(Name("Ada", "Lovelace").abbreviated())
        'Ada L.'
        """
        return Name(self.given, f"{self.family[0]}." if self.family else "")

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


@final
@frozen(kw_only=True)
class ContactDetails:
    """How to reach a member outside the network."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    address: str = ""
    websites: tuple[str, ...] = ()

    def has_email(self, address: str) -> bool:
        """Whether *address* is one of theirs, whatever its case and the spaces around it."""
        wanted = address.strip().casefold()
        return bool(wanted) and wanted in {email.strip().casefold() for email in self.emails}


@final
@frozen(kw_only=True)
class Position:
    """A job a member holds or held; without `ended` it is a current one."""

    title: str
    company: str
    place: str = ""
    started: date | None = None
    ended: date | None = None
    description: str = ""

    @property
    def is_current(self) -> bool:
        """Whether the position has no end."""
        return self.ended is None


@final
@frozen(kw_only=True)
class Education:
    """A time a member spent learning somewhere."""

    school: str
    degree: str = ""
    field_of_study: str = ""
    started: date | None = None
    ended: date | None = None


@frozen(kw_only=True)
class Profile:
    """What a member shows of themselves, each field with the audience that sees it by default.

    Members see the short profile, connections the rest (LinkedIn's two tiers: answer a_id/77 of
    its help pages, "What People Can See on Your Profile").
    An application adds fields by subclassing; a field declared without `shown_to` is private.

    >>> Profile(name=Name("Ada", "Lovelace"), headline="Analyst")
    <Profile: name, headline>
    """

    name: Name = attrs.field(metadata=audience_metadata(Audience.MEMBERS, blank=Name()))
    headline: str = shown_to(Audience.MEMBERS, default="")
    photo: str = shown_to(Audience.MEMBERS, default="")
    place: str = shown_to(Audience.MEMBERS, default="")
    industry: str = shown_to(Audience.MEMBERS, default="")
    positions: tuple[Position, ...] = shown_to(Audience.MEMBERS, default=())
    education: tuple[Education, ...] = shown_to(Audience.MEMBERS, default=())
    skills: tuple[str, ...] = shown_to(Audience.MEMBERS, default=())
    about: str = shown_to(Audience.CONNECTIONS, default="")
    contact: ContactDetails = shown_to(Audience.CONNECTIONS, default=ContactDetails())
    birthday: date | None = shown_to(Audience.CONNECTIONS, default=None)

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        for attribute in attrs.fields(cls):
            if blank_of(attribute) is attrs.NOTHING or not attribute.init:
                message = (
                    f"{cls.__name__}.{attribute.name} cannot be hidden: "
                    "give it a default, or declare it with shown_to(..., blank=...)"
                )
                raise TypeError(message)
            if attribute.name in SECTIONS:
                message = (
                    f"{cls.__name__}.{attribute.name} has the name of a setting, whose audience "
                    "would decide who sees it; choose another"
                )
                raise TypeError(message)
        # attrs gives every subclass a repr of all that is in it, private fields included.
        type.__setattr__(cls, "__repr__", Profile.__repr__)

    def __attrs_post_init__(self) -> None:
        for text in _texts(self):
            storable(text)
        for attribute in attrs.fields(type(self)):
            try:
                hash(getattr(self, attribute.name))
            except TypeError:
                message = f"{attribute.name} must be immutable; a tuple, for example, not a list"
                raise InvalidValue(message) from None

    def __repr__(self) -> str:
        filled = [
            attribute.name
            for attribute in attrs.fields(type(self))
            if getattr(self, attribute.name) != blank_of(attribute)
        ]
        return f"<{type(self).__name__}: {', '.join(filled)}>"


def companies_of(profile: Profile, *, current: bool = False) -> frozenset[str]:
    """The companies of a profile, or those of its current positions alone, as they are compared.

    Neither case nor surrounding space tells two of them apart, and one without a name is none.
    """
    positions = (position for position in profile.positions if position.is_current or not current)
    return _compared(position.company for position in positions)


def schools_of(profile: Profile) -> frozenset[str]:
    """The schools of a profile, compared as companies are."""
    return _compared(education.school for education in profile.education)


def _compared(names: Iterable[str]) -> frozenset[str]:
    return frozenset(compared for name in names if (compared := name.strip().casefold()))


def _texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in cast("tuple[object, ...]", value):
            yield from _texts(part)
    elif attrs.has(kind := type(value)):
        for attribute in attrs.fields(kind):
            yield from _texts(getattr(value, attribute.name))


ProfileT = TypeVar("ProfileT", bound=Profile)
ProfileT_co = TypeVar("ProfileT_co", bound=Profile, covariant=True)
