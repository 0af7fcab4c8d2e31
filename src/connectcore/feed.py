"""Feeds: filter before you cut.

`compose` takes what the people whom a reader follows did, drops all that the reader may not or
does not want to see, groups what is alike, and orders it.
Pages are cut afterwards, so a page is full, and a count counts what the reader may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TypeAlias, final

from attrs import evolve, field, frozen

from connectcore.activities import Activity, ActivityKey, ProfileChanged, SkillEndorsed
from connectcore.audiences import Audience
from connectcore.members import Member, MemberId, member_id
from connectcore.moments import waiting_time
from connectcore.pages import Mark, Page
from connectcore.posts import Post, PostId
from connectcore.profiles import Profile
from connectcore.relationships import Pair
from connectcore.settings import FeedPreferences
from connectcore.skills import SkillPolicy
from connectcore.visibility import Because, Explanation, Standpoint, VisibilityPolicy, explain

__all__ = [
    "Announcement",
    "FeedItem",
    "FeedPage",
    "FeedPolicy",
    "Rank",
    "Reading",
    "Reason",
    "Tie",
    "announcement",
    "compose",
    "liveliness",
    "shown",
    "window_start",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@final
class Tie(Enum):
    """What makes somebody's activities appear in a feed."""

    CONNECTION = "you are connected with"
    FOLLOW = "you follow"


@final
@frozen(kw_only=True)
class Reason:
    """Why an item is in a feed.

    >>> str(Reason(tie=Tie.FOLLOW, member="ada"))
    'you follow ada'
    """

    tie: Tie
    member: MemberId = field(converter=member_id)

    def __str__(self) -> str:
        return f"{self.tie.value} {self.member}"


@final
@frozen(kw_only=True)
class FeedItem:
    """One line of a feed: an activity, or several alike ones by several members, newest first.

    `post` is the post that it is about, if it is about one.
    """

    activities: tuple[Activity, ...]
    reason: Reason
    post: Post | None = None

    @property
    def lead(self) -> Activity:
        """The newest of the activities."""
        return self.activities[0]

    @property
    def actors(self) -> tuple[MemberId, ...]:
        """Everybody who acted, each once, newest first."""
        return tuple(dict.fromkeys(activity.actor for activity in self.activities))

    @property
    def at(self) -> datetime:
        """When the newest of the activities was."""
        return self.lead.at

    @property
    def mark(self) -> Mark:
        """The place of the item in an order by moment and id."""
        return self.lead.mark


@final
@frozen(kw_only=True)
class Announcement:
    """Who would read that a field of a member's profile changed, if the change was announced.

    `decided_by` is what keeps others from it: the audience of the field or that of `activities`,
    whichever is narrower, or `unshared_kinds`, by which nobody is told of any change.
    """

    name: str
    decided_by: Explanation

    @property
    def audience(self) -> Audience:
        """The circle in which it would be read."""
        return self.decided_by.audience

    def __str__(self) -> str:
        return f"{self.name}: {self.audience} ({self.decided_by})"


FeedPage: TypeAlias = Page[FeedItem]
"""One page of a feed."""

Rank: TypeAlias = Callable[[FeedItem, datetime], float]
"""What an item is worth at a moment, any number that has an order; higher comes first."""


def liveliness(item: FeedItem, at: datetime) -> float:
    """Rank an item by how many people it brings together and how new it is.

    A day halves what an item is worth, two days leave a third.
    """
    age = max((at - item.at) / timedelta(days=1), 0.0)
    return len(item.actors) / (1.0 + age)


@final
@frozen(kw_only=True)
class FeedPolicy:
    """How feeds are put together.

    Alike activities are grouped within windows of `group_within`, counted from 1970 in UTC so that
    a group does not depend on where a page begins; zero groups nothing.
    `rank` gives the order "top" its values: higher comes first.
    """

    group_within: timedelta = field(default=timedelta(days=1), validator=waiting_time)
    rank: Rank = liveliness


@final
@frozen(kw_only=True)
class Reading:
    """A reader with all that decides what they see of some activities."""

    standpoint: Standpoint
    preferences: FeedPreferences = FeedPreferences()
    muted: AbstractSet[MemberId] = frozenset()
    posts: Mapping[PostId, Post] = field(factory=dict[PostId, Post])
    skills: SkillPolicy = SkillPolicy()
    _listed: dict[MemberId, Mapping[str, str]] = field(
        factory=dict[MemberId, Mapping[str, str]], init=False, eq=False, repr=False
    )

    def post_of(self, activity: Activity) -> Post | None:
        """The post that an activity is about, if it is about one that is there."""
        if activity.about is None:
            return None
        return self.posts.get(activity.about)

    def spelled(self, member: MemberId, skill_key: str) -> str | None:
        """A skill as the profile of *member* spells it, if it is listed there."""
        listed = self._listed.get(member)
        if listed is None:  # many activities are about the same few members
            listed = self.skills.listed(self.standpoint.members[member].profile)
            self._listed[member] = listed
        return listed.get(skill_key)


def shown(activity: Activity, reading: Reading) -> Activity | None:
    """The *activity* as the reader may see it, or `None`.

    Both switches must let it pass: what the actor shares, and what the reader shows.
    Nobody whom it names may be muted by the reader or on either side of a block with them, and the
    audience of what it tells, and of where it shows, must admit the reader.
    """
    standpoint, post = reading.standpoint, reading.post_of(activity)
    named = (activity.actor, *activity.names, *(() if post is None else (post.author,)))
    if activity.kind in reading.preferences.hidden_kinds or not reading.muted.isdisjoint(named):
        return None
    if not all(map(standpoint.sees, named)):
        return None
    if activity.kind in standpoint.members[activity.actor].settings.unshared_kinds:
        return None
    if not (_post_admits(activity, post, standpoint) and _connection_shows(activity, standpoint)):
        return None
    if not all(standpoint.may_read(owner, section) for owner, section in activity.shown_in):
        return None
    return _trimmed(activity, reading)


def announcement(member: Member[Profile], name: str, policy: VisibilityPolicy) -> Announcement:
    """Who would read that a field of a member's profile changed; `shown` keeps to it.

    >>> from connectcore import Name
    >>> ada = Member("ada", Profile(name=Name("Ada")))
    >>> print(announcement(ada, "headline", VisibilityPolicy()))
    headline: connections (activities: connections (the field declares it))
    """
    if ProfileChanged.kind in member.settings.unshared_kinds:
        unshared = Explanation(
            name="unshared_kinds", audience=Audience.ONLY_ME, because=Because.CHOSEN
        )
        return Announcement(name=name, decided_by=unshared)
    voices = (explain(member, name, policy), explain(member, "activities", policy))
    return Announcement(name=name, decided_by=min(voices, key=lambda voice: voice.audience))


def compose(
    activities: Iterable[Activity], reading: Reading, policy: FeedPolicy
) -> tuple[FeedItem, ...]:
    """Everything of *activities* that the reader sees, grouped, newest first.

    A connection that both ends tell is told once, by the first by id, and not at all to one of them.
    """
    reader = reading.standpoint.viewer
    told: dict[Pair | ActivityKey, Activity] = {}
    for activity in sorted(activities, key=lambda activity: activity.actor):
        pair = activity.connection
        if pair is not None and reader in (pair.low, pair.high):
            continue
        visible = shown(activity, reading)
        if visible is not None:
            told.setdefault(pair or (visible.actor, *visible.key), visible)
    groups: dict[tuple[datetime, ActivityKey], list[Activity]] = {}
    for activity in sorted(told.values(), key=_mark, reverse=True):
        groups.setdefault(_group(activity, policy), []).append(activity)
    return tuple(_item(group, reading) for group in groups.values())


def window_start(at: datetime, policy: FeedPolicy) -> datetime:
    """Where the window begins in which an activity at a moment is grouped with alike ones."""
    if not policy.group_within:
        return at
    return at - (at - _EPOCH) % policy.group_within


def _group(activity: Activity, policy: FeedPolicy) -> tuple[datetime, ActivityKey]:
    if not policy.group_within:
        return (activity.at, (activity.actor, *activity.key))
    return (window_start(activity.at, policy), activity.subject)


def _mark(activity: Activity) -> Mark:
    return activity.mark


def _item(group: list[Activity], reading: Reading) -> FeedItem:
    lead = group[0]
    connected = reading.standpoint.is_connected(lead.actor)
    return FeedItem(
        activities=tuple(group),
        reason=Reason(tie=Tie.CONNECTION if connected else Tie.FOLLOW, member=lead.actor),
        post=reading.post_of(lead),
    )


def _post_admits(activity: Activity, post: Post | None, standpoint: Standpoint) -> bool:
    if activity.about is not None:
        if post is None or not standpoint.may_read_post(post):
            return False
        if activity.actor == post.author:
            return True
    return standpoint.may_read(activity.actor, "activities")


def _connection_shows(activity: Activity, standpoint: Standpoint) -> bool:
    pair = activity.connection
    return pair is None or standpoint.may_know(pair.low, pair.high)


def _trimmed(activity: Activity, reading: Reading) -> Activity | None:
    """What the reader may see of it: fields that are open to them, and skills that are still listed."""
    match activity:
        case ProfileChanged(actor=actor, fields=fields):
            fields = tuple(name for name in fields if reading.standpoint.may_read(actor, name))
            return evolve(activity, fields=fields) if fields else None
        case SkillEndorsed(member=member, skill_key=skill_key):
            skill = reading.spelled(member, skill_key)
            return None if skill is None else evolve(activity, skill=skill)
        case _:
            return activity
