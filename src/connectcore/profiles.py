"""What a member shows of themselves: a `Profile`, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar, cast, final

import attrs
from attrs import field, frozen

from connectcore.audiences import SECTIONS, Audience, audience_metadata, blank_of, shown_to
from connectcore.choices import check_instance
from connectcore.errors import InvalidValue
from connectcore.texts import storable, texts

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


def _text(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    """Raise `InvalidValue` for what is no text, and for text that no store can keep."""
    check_instance(attribute.name, value, str)
    storable(value)


@final
@frozen
class Name:
    """A person's name; people with a single name have only a `given` one.

    >>> str(Name("Ada", "Lovelace"))
    'Ada Lovelace'
    """

    given: str = field(default="", validator=_text)
    family: str = field(default="", validator=_text)

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

    emails: tuple[str, ...] = field(default=(), converter=texts)
    phones: tuple[str, ...] = field(default=(), converter=texts)
    address: str = field(default="", validator=_text)
    websites: tuple[str, ...] = field(default=(), converter=texts)

    def has_email(self, address: str) -> bool:
        """Whether *address* is one of theirs, whatever its case and the spaces around it."""
        wanted = address.strip().casefold()
        return bool(wanted) and wanted in {email.strip().casefold() for email in self.emails}


@final
@frozen(kw_only=True)
class Position:
    """A job a member holds or held; without `ended` it is a current one."""

    title: str = field(validator=_text)
    company: str = field(validator=_text)
    place: str = field(default="", validator=_text)
    started: date | None = None
    ended: date | None = None
    description: str = field(default="", validator=_text)

    @property
    def is_current(self) -> bool:
        """Whether the position has no end."""
        return self.ended is None


@final
@frozen(kw_only=True)
class Education:
    """A time a member spent learning somewhere."""

    school: str = field(validator=_text)
    degree: str = field(default="", validator=_text)
    field_of_study: str = field(default="", validator=_text)
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
            value = getattr(self, attribute.name)
            if isinstance(value, str) and isinstance(blank_of(attribute), tuple | frozenset):
                message = f"{attribute.name} is a text; give a collection, such as a tuple of one"
                raise InvalidValue(message)
            try:
                hash(value)
            except TypeError:
                message = f"{attribute.name} must be immutable; a tuple, for example, not a list"
                raise InvalidValue(message) from None
        _check_parts(self)

    def __repr__(self) -> str:
        filled = [
            attribute.name
            for attribute in attrs.fields(type(self))
            if getattr(self, attribute.name) != blank_of(attribute)
        ]
        return f"<{type(self).__name__}: {', '.join(filled)}>"


_LOOKED_AT = (Name, Position, Education, ContactDetails)

_PARTS: Mapping[str, type[object]] = {
    **dict.fromkeys(("headline", "photo", "place", "industry", "about"), str),
    "name": Name,
    "contact": ContactDetails,
}
_LISTS: Mapping[str, type[object]] = {"positions": Position, "education": Education, "skills": str}
"""What each of the parts is, and each of many."""


def _check_parts(profile: Profile) -> None:
    """Raise `InvalidValue` where a part of a profile is not what it should be."""
    for name, kind in _PARTS.items():
        check_instance(name, getattr(profile, name), kind)
    for name, kind in _LISTS.items():
        parts = getattr(profile, name)
        check_instance(name, parts, tuple)
        for part in parts:
            check_instance(name, part, kind)


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
    """Every text in a value, however deep, but for those that were looked at when it was made."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, _LOOKED_AT):
        return
    elif isinstance(value, tuple):
        for part in cast("tuple[object, ...]", value):
            yield from _texts(part)
    elif attrs.has(kind := type(value)):
        for attribute in attrs.fields(kind):
            yield from _texts(getattr(value, attribute.name))


ProfileT = TypeVar("ProfileT", bound=Profile)
ProfileT_co = TypeVar("ProfileT_co", bound=Profile, covariant=True)
