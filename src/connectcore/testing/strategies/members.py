"""Plain values, and what members are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import GenericAlias
from typing import Annotated, Any, get_type_hints, overload

from attrs import fields
from hypothesis import reject
from hypothesis import strategies as st

from connectcore.activities import STOCK_KINDS
from connectcore.audiences import SECTIONS, Audience
from connectcore.channels import Channel, NoticeKind, NoticePreferences
from connectcore.errors import InvalidValue
from connectcore.members import Member, MemberId
from connectcore.profiles import ContactDetails, Education, Name, Position, Profile, ProfileT
from connectcore.relationships import Pair
from connectcore.settings import (
    FeedOrder,
    FeedPreferences,
    Settings,
    WhoMayInvite,
    WhoMayWrite,
)
from connectcore.visibility import VisibilityPolicy

FIELDS = tuple(field.name for field in fields(Profile))
USUAL_VISIBILITY = VisibilityPolicy()


# ── Plain values ────────────────────────────────────────────────────────────────────────────────


@cache
def texts(*, min_size: int = 0, max_size: int = 20) -> st.SearchStrategy[str]:
    """Any text that every store can keep."""
    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    return st.text(characters, min_size=min_size, max_size=max_size)


@cache
def member_ids() -> st.SearchStrategy[MemberId]:
    """Ids as applications have them, plain and odd."""
    plain = st.sampled_from(["ada", "grace", "7", "Ada", "ada@example.org"])
    return (plain | texts(min_size=1, max_size=8)).map(MemberId)


@cache
def pairs() -> st.SearchStrategy[Pair]:
    """Two different members."""
    two = st.lists(member_ids(), min_size=2, max_size=2, unique=True)
    return two.map(lambda ids: Pair.of(*ids))


ANYBODY = member_ids()
ANY_PAIR = pairs()


@cache
def moments() -> st.SearchStrategy[datetime]:
    """Moments of this century, in UTC."""
    return st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the bounds of Hypothesis are naive


@cache
def ages(*, most: timedelta = timedelta(days=40)) -> st.SearchStrategy[timedelta]:
    """How long ago something was, with the waits of the stock rules among them."""
    waits = [timedelta(), timedelta(hours=48), timedelta(weeks=1), timedelta(weeks=3)]
    return st.sampled_from(waits) | st.timedeltas(timedelta(), most)


@cache
def audiences() -> st.SearchStrategy[Audience]:
    """Every circle."""
    return st.sampled_from(Audience)


@cache
def notes(*, max_size: int = 400) -> st.SearchStrategy[str]:
    """Notes, mostly short, some too long."""
    return st.just("") | texts() | st.integers(0, max_size).map("n".__mul__)


# ── What members are ────────────────────────────────────────────────────────────────────────────


@cache
def dates() -> st.SearchStrategy[date]:
    """Days of a lifetime."""
    return st.dates(date(1920, 1, 1), date(2099, 12, 31))


@cache
def names() -> st.SearchStrategy[Name]:
    """Names, also of a single word."""
    return st.builds(Name, given=texts(max_size=8), family=texts(max_size=8))


@cache
def contact_details() -> st.SearchStrategy[ContactDetails]:
    """Ways to reach somebody, or none."""
    lists = st.lists(texts(max_size=12), max_size=2).map(tuple[str, ...])
    known = st.sampled_from(["ada@example.org", " Ada@Example.ORG", "grace@example.org"])
    addresses = st.lists(known, max_size=2).map(tuple[str, ...])
    return st.builds(ContactDetails, emails=addresses, phones=lists, address=texts())


@cache
def positions() -> st.SearchStrategy[Position]:
    """Jobs, current and past; few companies, so that two members meet in one."""
    return st.builds(
        Position,
        title=texts(max_size=8),
        company=st.sampled_from(["Analytical Engines", "Harvard", "US Navy"]),
        started=st.none() | dates(),
        ended=st.none() | dates(),
    )


@cache
def educations() -> st.SearchStrategy[Education]:
    """Times spent at one of few schools."""
    return st.builds(
        Education, school=st.sampled_from(["Vassar", "Yale"]), degree=texts(max_size=8)
    )


@overload
def profiles(**own: st.SearchStrategy[Any]) -> st.SearchStrategy[Profile]: ...
@overload
def profiles(
    kind: type[ProfileT], /, **own: st.SearchStrategy[Any]
) -> st.SearchStrategy[ProfileT]: ...
def profiles(kind: type[Profile] = Profile, /, **own: st.SearchStrategy[Any]) -> Any:
    """Profiles with any of their fields filled, of an application's own *kind* if it has one.

    A field that the application adds is drawn by what it is annotated with, as `st.from_type` does
    but with texts that every store can keep, unless a strategy is given under its name in *own*.

    >>> from attrs import frozen
    >>> from connectcore import Audience, shown_to
    >>> @frozen(kw_only=True)
    ... class AlumniProfile(Profile):
    ...     graduated: int = shown_to(Audience.CONNECTIONS, default=0)
    >>> strategy = profiles(AlumniProfile, graduated=st.integers(1900, 2030))
    """
    return _stock_profiles() if kind is Profile and not own else _made(kind, own)


@cache
def _stock_profiles() -> st.SearchStrategy[Profile]:
    return _made(Profile, {})


def _made(
    kind: type[Profile], own: dict[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[Profile]:
    """Profiles of *kind*, with strategies for the fields that are known, or named in *own*."""
    hints, known = get_type_hints(kind), _stock_fields() | own
    names = [attribute.name for attribute in fields(kind)]
    drawn = {name: known[name] if name in known else _by_type(hints[name]) for name in names}
    return st.fixed_dictionaries(drawn).map(lambda values: _profile(kind, values))


def _by_type(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type, with texts in them that every store can keep."""
    return st.from_type(_with_texts(hint))


def _with_texts(hint: Any) -> Any:
    if hint is str:
        return Annotated[str, texts()]
    if isinstance(hint, GenericAlias):
        origin: Any = hint.__origin__
        return origin[tuple(map(_with_texts, hint.__args__))]
    return hint


def _profile(kind: type[Profile], values: dict[str, Any]) -> Profile:
    """A profile of these *values*; one with a text that no store can keep is drawn anew."""
    try:
        return kind(**values)
    except InvalidValue:
        hash(tuple(values.values()))
        reject()


@cache
def _stock_fields() -> dict[str, st.SearchStrategy[Any]]:
    """How each field of `Profile` itself is drawn."""
    return {
        "name": names(),
        "headline": texts(),
        "photo": st.sampled_from(["", "https://example.org/photo.png"]),
        "place": texts(max_size=8),
        "industry": texts(max_size=8),
        "positions": st.lists(positions(), max_size=2).map(tuple[Position, ...]),
        "education": st.lists(educations(), max_size=2).map(tuple[Education, ...]),
        "skills": st.lists(texts(max_size=8), max_size=3).map(tuple[str, ...]),
        "about": texts(),
        "contact": contact_details(),
        "birthday": st.none() | dates(),
    }


@cache
def feed_preferences() -> st.SearchStrategy[FeedPreferences]:
    """What readers want of their feed."""
    kinds = st.frozensets(st.sampled_from(sorted(STOCK_KINDS)), max_size=2)
    return st.builds(FeedPreferences, order=st.sampled_from(FeedOrder), hidden_kinds=kinds)


@cache
def notice_preferences() -> st.SearchStrategy[NoticePreferences]:
    """By which channels members want to be told."""
    channels = st.frozensets(st.sampled_from(Channel), max_size=2)
    chosen = st.dictionaries(st.sampled_from(NoticeKind), channels, max_size=2)
    return st.builds(NoticePreferences, channels=chosen)


def member_settings(*, policy: VisibilityPolicy = USUAL_VISIBILITY) -> st.SearchStrategy[Settings]:
    """Settings that *policy* lets a member choose."""
    within = {name: _audiences_of(name, policy) for name in (*FIELDS, *SECTIONS)}
    sections: dict[str, Any] = {name: within[name] for name in SECTIONS}
    return st.builds(
        Settings,
        audiences=_chosen_audiences({name: within[name] for name in FIELDS}),
        who_may_invite=st.sampled_from(WhoMayInvite),
        who_may_write=st.sampled_from([WhoMayWrite.REQUESTS, *WhoMayWrite]),
        unshared_kinds=st.frozensets(st.sampled_from(sorted(STOCK_KINDS)), max_size=2),
        feed=feed_preferences(),
        notices=notice_preferences(),
        **sections,
    )


def _audiences_of(name: str, policy: VisibilityPolicy) -> st.SearchStrategy[Audience]:
    """The audiences within the bounds of a field or section, with its usual one first."""
    bounds = policy.bounds_of(name)
    allowed = [a for a in Audience if bounds.narrowest <= a <= bounds.widest]
    return st.sampled_from(sorted(allowed, key=lambda a: a is not SECTIONS.get(name)))


@st.composite
def _chosen_audiences(
    draw: st.DrawFn, within: Mapping[str, st.SearchStrategy[Audience]]
) -> dict[str, Audience]:
    named = draw(st.frozensets(st.sampled_from(FIELDS), max_size=4))
    return {name: draw(within[name]) for name in sorted(named)}


@overload
def members(
    *, ids: st.SearchStrategy[MemberId] = ..., policy: VisibilityPolicy = ...
) -> st.SearchStrategy[Member[Profile]]: ...
@overload
def members(
    *,
    profile: type[ProfileT] | st.SearchStrategy[ProfileT],
    ids: st.SearchStrategy[MemberId] = ...,
    policy: VisibilityPolicy = ...,
) -> st.SearchStrategy[Member[ProfileT]]: ...
def members(
    *,
    profile: type[Profile] | st.SearchStrategy[Profile] = Profile,
    ids: st.SearchStrategy[MemberId] = ANYBODY,
    policy: VisibilityPolicy = USUAL_VISIBILITY,
) -> Any:
    """Members with settings that *policy* allows; their ids are from *ids*, or any.

    *profile* is the class of their profiles, or a strategy for them.
    """
    shown = profiles(profile) if isinstance(profile, type) else profile
    return st.builds(
        Member,
        ids,
        shown,
        settings=member_settings(policy=policy),
        joined_at=st.none() | moments(),
    )
