"""The feed of a member, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import islice
from math import isnan, nan
from typing import Generic, SupportsFloat, final

from attrs import frozen

from connectcore.activities import Activity
from connectcore.choices import check_choice
from connectcore.errors import InvalidValue
from connectcore.feed import FeedItem, FeedPage, FeedPolicy, compose, window_start
from connectcore.members import MemberId
from connectcore.moments import INSTANT
from connectcore.network.activities import read_around
from connectcore.network.charter import Charter, acting
from connectcore.network.follows import muted_at
from connectcore.pages import Mark, Page, check_limit, open_cursor, seal_cursor
from connectcore.profiles import ProfileT
from connectcore.settings import FeedOrder, FeedPreferences
from connectcore.storage import Snapshot

__all__ = ["Feed"]

_FIRST_READ = 64
_NEXT = "\N{START OF HEADING}"
"""What makes the next longer text of a text: none holds a NUL, so nothing lies between the two."""


@final
class Feed(Generic[ProfileT]):
    """What those whom the acting member follows did, as far as the member may and wants to see it.

    A cursor remembers the newest item of the first page, so that the pages of one reading fit
    together whatever happens after it.
    """

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def page(
        self,
        *,
        limit: int = 20,
        after: str | None = None,
        order: FeedOrder | None = None,
        at: datetime | None = None,
    ) -> FeedPage:
        """A page of the feed in the order that the member prefers, or in another *order*.

        *at* is the moment of reading, which decides whether a mute has ended and how fresh
        something is.
        """
        moment = self._charter.moment(at)
        check_limit(limit)
        if order is not None:
            check_choice("order", order, FeedOrder)

        def unit(snapshot: Snapshot) -> FeedPage:
            snapshot.read_ahead(
                lambda ahead: ahead.members((self._actor,)),
                lambda ahead: ahead.mutes(self._actor),
                lambda ahead: ahead.following(self._actor),
            )
            preferences = acting(snapshot, self._actor).settings.feed
            chosen = order or preferences.order
            stream = _Stream(self._charter, snapshot, self._actor, preferences, moment)
            scope = (self._actor, "feed", chosen.value)
            if chosen is FeedOrder.RECENT:
                return _recent(stream, scope, limit, after)
            return _top(stream, scope, limit, after, moment)

        return self._charter.store.read(unit)


def _recent(
    stream: _Stream[ProfileT], scope: tuple[str, ...], limit: int, after: str | None
) -> FeedPage:
    newest = last = None
    if after is not None:
        (newest, last), _ = open_cursor(after, scope, marks=2)
    items = stream.items(newest, last, first=max(_FIRST_READ, 2 * (limit + 1)))
    older = (item for item in items if last is None or item.mark < last)
    shown = tuple(islice(older, limit + 1))
    if len(shown) <= limit:
        return Page(shown)
    newest = newest or shown[0].mark
    return Page(shown[:limit], seal_cursor(scope, newest, shown[limit - 1].mark))


def _top(
    stream: _Stream[ProfileT],
    scope: tuple[str, ...],
    limit: int,
    after: str | None,
    at: datetime,
) -> FeedPage:
    newest = last = None
    if after is not None:
        (newest, (at, _), mark), score = open_cursor(after, scope, marks=3)
        last = (score, mark)
    items = tuple(stream.items(newest))
    values = {item.mark: (stream.rank(item, at), item.mark) for item in items}
    lower = [item for item in items if last is None or values[item.mark] < last]
    shown = sorted(lower, key=lambda item: values[item.mark], reverse=True)[:limit]
    if len(lower) <= limit:
        return Page(tuple(shown))
    newest = newest or items[0].mark
    score, mark = values[shown[-1].mark]
    return Page(tuple(shown), seal_cursor(scope, newest, (at, ""), mark, score=score))


@final
@frozen
class _Stream(Generic[ProfileT]):
    """The whole feed of a reader, newest first, read only as far as somebody asks."""

    charter: Charter[ProfileT]
    snapshot: Snapshot
    reader: MemberId
    preferences: FeedPreferences
    at: datetime

    def rank(self, item: FeedItem, at: datetime) -> float:
        """What the item is worth in the order "top"; raises `InvalidValue` for what has no order."""
        return _in_order(self.charter.feed.rank(item, at))

    def items(
        self, newest: Mark | None, last: Mark | None = None, *, first: int | None = None
    ) -> Iterator[FeedItem]:
        """The items from *newest* on; from the window in which *last* lies, if that is given.

        The *first* read is of so many activities, and each further one of more; all is read at
        once if that is left out.
        """
        policy = self.charter.feed
        muted = muted_at(self.snapshot.mutes(self.reader), self.at)
        authors = self.snapshot.following(self.reader) - muted
        before = None if newest is None else (newest[0], newest[1] + _NEXT)
        if before is not None and last is not None:
            before = min(before, (_window_end(last[0], policy), ""))
        wanted = first
        while True:
            batch = self.snapshot.activities_of(authors, before, wanted)
            if wanted is None or len(batch) < wanted:
                yield from self._compose(batch, muted)
                return
            started = window_start(batch[-1].at, policy)
            newer = [entry for entry in batch if window_start(entry.at, policy) > started]
            yield from self._compose([*newer, *self._window(authors, started, before)], muted)
            before = (started, "")
            wanted *= 4

    def _window(
        self, authors: AbstractSet[MemberId], started: datetime, before: Mark | None
    ) -> Sequence[Activity]:
        """All of the window that *started* at a moment, as far as it is *before* a mark."""
        end = (_window_end(started, self.charter.feed), "")
        upper = end if before is None else min(before, end)
        return self.snapshot.activities_of(authors, upper, None, since=started - INSTANT)

    def _compose(
        self, activities: Sequence[Activity], muted: frozenset[MemberId]
    ) -> tuple[FeedItem, ...]:
        reading = read_around(
            self.charter,
            self.snapshot,
            self.reader,
            activities,
            preferences=self.preferences,
            muted=muted,
        )
        return compose(activities, reading, self.charter.feed)


def _window_end(at: datetime, policy: FeedPolicy) -> datetime:
    return window_start(at, policy) + max(policy.group_within, INSTANT)


def _in_order(rank: object) -> float:
    """The *rank* that an application gave, as a float."""
    try:
        worth = float(rank) if isinstance(rank, SupportsFloat) else nan
    except (ArithmeticError, ValueError):  # too large for a float; a signalling decimal
        worth = nan
    if isnan(worth):
        message = (
            f"a feed item has a rank of type {type(rank).__name__} that cannot be put in "
            "order; let FeedPolicy.rank return a float other than nan"
        )
        raise InvalidValue(message)
    return worth
