"""Activities: what a member did lately, and an application's own kinds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Generic, final

from connectcore.activities import STOCK_KINDS, Activity
from connectcore.choices import check_instance
from connectcore.errors import InvalidValue
from connectcore.feed import Reading, shown
from connectcore.members import MemberId, member_id
from connectcore.network.charter import Charter, acting, read_ahead_of, seeing, standpoint
from connectcore.network.paging import read_page
from connectcore.pages import Page
from connectcore.profiles import ProfileT
from connectcore.settings import FeedPreferences
from connectcore.storage import Snapshot, Transaction

__all__ = ["Activities", "OwnActivities", "read_around"]


class Activities(Generic[ProfileT]):
    """What members did, as a member or a signed-out visitor may read it."""

    def __init__(self, charter: Charter[ProfileT], viewer: MemberId | None) -> None:
        self._charter = charter
        self._viewer = viewer

    def page(self, of: str, *, limit: int = 20, after: str | None = None) -> Page[Activity]:
        """What the member *of* did and shares with the viewer, newest first."""
        owner = member_id(of)

        def unit(snapshot: Snapshot) -> Page[Activity]:
            seeing(self._charter, snapshot, self._viewer, owner)

            def keep(activities: Sequence[Activity]) -> Sequence[Activity]:
                reading = read_around(self._charter, snapshot, self._viewer, activities)
                visible = (shown(activity, reading) for activity in activities)
                return [activity for activity in visible if activity is not None]

            return read_page(
                lambda before, wanted: snapshot.activities_of((owner,), before, wanted),
                lambda activity: activity.mark,
                scope=(self._viewer, "activities", owner),
                limit=limit,
                after=after,
                keep=keep,
            )

        return self._charter.store.read(unit)


@final
class OwnActivities(Activities[ProfileT]):
    """What members did, and what the application tells of the acting member."""

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        super().__init__(charter, actor)
        self._actor = actor

    def publish(self, activity: Activity) -> None:
        """Tell of something in a kind of the application's own.

        Raises `InvalidValue` for an activity of somebody else, and for a stock kind: those tell of
        what happened in the network, and only the network tells them.
        """
        self._check(activity)

        def unit(transaction: Transaction) -> None:
            acting(transaction, self._actor)
            transaction.publish(activity)

        self._charter.store.write((self._actor,), unit)

    def retract(self, activity: Activity) -> None:
        """Take back what was told with the same key, if it is still there.

        Raises `InvalidValue` as `publish` does.
        """
        self._check(activity)

        def unit(transaction: Transaction) -> None:
            acting(transaction, self._actor)
            transaction.retract(self._actor, activity.key)

        self._charter.store.write((self._actor,), unit)

    def _check(self, activity: Activity) -> None:
        check_instance("activity", activity, Activity)
        if activity.actor != self._actor:
            message = f"this tells of {activity.actor!r}, but {self._actor!r} is acting"
            raise InvalidValue(message)
        if {activity.kind, *activity.key[:1]} & STOCK_KINDS:
            message = f"{activity.kind!r} is told by the network; give your class its own kind"
            raise InvalidValue(message)


def read_around(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    viewer: MemberId | None,
    activities: Collection[Activity],
    *,
    preferences: FeedPreferences = FeedPreferences(),
    muted: frozenset[MemberId] = frozenset(),
) -> Reading:
    """Load all that decides what *viewer* sees of *activities*: the posts, then everybody named.

    Activities of the stock kinds name the author of what they are about, so all is read together.
    """
    about = frozenset(activity.about for activity in activities if activity.about is not None)
    named = {name for activity in activities for name in (activity.actor, *activity.names)}
    read_ahead_of(snapshot, viewer, named, lambda ahead: ahead.posts(about))
    posts = snapshot.posts(about)
    named.update(post.author for post in posts.values())
    return Reading(
        standpoint=standpoint(charter, snapshot, viewer, named),
        preferences=preferences,
        muted=muted,
        posts=posts,
        skills=charter.skills,
    )
