"""Plain values, and what members are."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from attrs import fields
from hypothesis import strategies as st

from connectcore import (
    Audience,
    Channel,
    ContactDetails,
    Education,
    FeedOrder,
    FeedPreferences,
    Member,
    MemberId,
    Name,
    NoticeKind,
    NoticePreferences,
    Pair,
    Position,
    Profile,
    Settings,
    VisibilityPolicy,
    WhoMayInvite,
    WhoMayWrite,
)
from connectcore.activities import STOCK_KINDS
from connectcore.audiences import SECTIONS

FIELDS = tuple(field.name for field in fields(Profile))
USUAL_VISIBILITY = VisibilityPolicy()


# ── Plain values ────────────────────────────────────────────────────────────────────────────────


@cache
def texts(*, min_size: int = 0, max_size: int = 20) -> st.SearchStrategy[str]:
    """Any text that every store can keep."""
    characters = st.characters(codec="utf-8", exclude_characters="\0")
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


@cache
def profiles() -> st.SearchStrategy[Profile]:
    """Profiles with any of their fields filled."""
    return st.builds(
        Profile,
        name=names(),
        headline=texts(),
        place=texts(max_size=8),
        positions=st.lists(positions(), max_size=2).map(tuple[Position, ...]),
        education=st.lists(educations(), max_size=2).map(tuple[Education, ...]),
        skills=st.lists(texts(max_size=8), max_size=3).map(tuple[str, ...]),
        about=texts(),
        contact=contact_details(),
        birthday=st.none() | dates(),
    )


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


@st.composite
def member_settings(draw: st.DrawFn, *, policy: VisibilityPolicy = USUAL_VISIBILITY) -> Settings:
    """Settings that *policy* lets a member choose."""

    def within(name: str) -> st.SearchStrategy[Audience]:
        bounds = policy.bounds_of(name)
        return st.sampled_from([a for a in Audience if bounds.narrowest <= a <= bounds.widest])

    named = draw(st.frozensets(st.sampled_from(FIELDS), max_size=4))
    sections: dict[str, Any] = {name: draw(within(name)) for name in SECTIONS}
    return Settings(
        audiences={name: draw(within(name)) for name in sorted(named)},
        who_may_invite=draw(st.sampled_from(WhoMayInvite)),
        who_may_write=draw(st.sampled_from(WhoMayWrite)),
        unshared_kinds=draw(st.frozensets(st.sampled_from(sorted(STOCK_KINDS)), max_size=2)),
        feed=draw(feed_preferences()),
        notices=draw(notice_preferences()),
        **sections,
    )


@st.composite
def members(
    draw: st.DrawFn,
    *,
    ids: st.SearchStrategy[MemberId] = ANYBODY,
    policy: VisibilityPolicy = USUAL_VISIBILITY,
) -> Member[Profile]:
    """Members with settings that *policy* allows; their ids are from *ids*, or any."""
    return Member(
        draw(ids),
        draw(profiles()),
        settings=draw(member_settings(policy=policy)),
        joined_at=draw(st.none() | moments()),
    )
