"""Notices: what the acting member has been told, and how far they have seen it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Generic, TypeVar, final

from attrs import evolve

from connectcore.channels import Channel
from connectcore.errors import NotFound
from connectcore.members import Member, MemberId
from connectcore.moments import INSTANT
from connectcore.network.arriving import arrived
from connectcore.network.charter import Charter, acting, standpoint
from connectcore.network.holders import addresses_of
from connectcore.network.paging import read_page
from connectcore.notices import (
    ABOUT_A_COMMENT,
    ABOUT_A_POST,
    NOTICES,
    SEEN,
    SEEN_KEY,
    Circumstances,
    Notice,
    NoticeGroup,
    Seen,
    collapse,
    holds,
    unseen,
)
from connectcore.pages import Mark, Page
from connectcore.posts import CommentId, PostId
from connectcore.profiles import Profile, ProfileT
from connectcore.storage import Snapshot, Transaction

__all__ = ["Notices", "as_told", "circumstances"]

T = TypeVar("T")

_FIRST_READ = 32


@final
class Notices(Generic[ProfileT]):
    """What the acting member has been told in the application, newest first.

    Listed is what came while they wanted that kind in the application, and what still holds:
    nothing by somebody who is not there for them, nothing about a post that is gone or closed to
    them, and no invitation that no longer waits.
    """

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        self._charter = charter
        self._actor = actor

    def page(
        self, *, limit: int = 20, after: str | None = None, at: datetime | None = None
    ) -> Page[Notice]:
        """The notices of the member, newest first; the first of them, `unseen_count()` many, are unseen."""
        moment = self._charter.moment(at)

        def unit(snapshot: Snapshot) -> Page[Notice]:
            acting(snapshot, self._actor)
            guests = addresses_of(self._charter, snapshot, self._actor)
            return read_page(
                lambda before, wanted: self._entries(snapshot, guests, before, wanted),
                NOTICES.mark,
                scope=(self._actor, "notices"),
                limit=limit,
                after=after,
                keep=lambda notices: self._listed(snapshot, guests, notices, moment)[0],
            )

        return self._charter.store.read(unit)

    def unseen_count(self, *, at: datetime | None = None) -> int:
        """How many notices `page` lists that the member has not marked as seen."""
        return len(self._unseen(at, lambda notices, _: tuple(notices)))

    def summary(self, *, at: datetime | None = None) -> tuple[NoticeGroup, ...]:
        """What is unseen, with what is alike together, newest first.

        Invitations, acceptances and messages are one each; reactions and comments are one for each
        post or comment that they are about.
        """
        return self._unseen(at, collapse)

    def mark_seen(self, *, up_to: str | None = None, at: datetime | None = None) -> None:
        """Mark everything that is listed as seen, or what is no newer than the notice *up_to*.

        *up_to* is the id of a notice.
        The mark only moves forward, so a page that was opened earlier takes nothing back; a notice
        that comes later with an earlier moment counts as seen.
        Raises `NotFound` for an id that is not in the member's own list, whosever it is.
        """
        moment = self._charter.moment(at)

        def unit(transaction: Transaction) -> None:
            acting(transaction, self._actor)
            former = transaction.entry(SEEN, self._actor, SEEN_KEY)
            newest = self._find(transaction, up_to, moment)
            guests = addresses_of(self._charter, transaction, self._actor)
            later = {each.id for each in self._later(transaction, guests, former)}
            if newest is not None and newest.id in later:
                transaction.enter(SEEN, self._actor, Seen(at=newest.at, notice=newest.id))

        self._charter.store.write((self._actor,), unit)

    def _unseen(
        self, at: datetime | None, told: Callable[[Sequence[Notice], Circumstances], tuple[T, ...]]
    ) -> tuple[T, ...]:
        moment = self._charter.moment(at)

        def unit(snapshot: Snapshot) -> tuple[T, ...]:
            acting(snapshot, self._actor)
            seen = snapshot.entry(SEEN, self._actor, SEEN_KEY)
            guests = addresses_of(self._charter, snapshot, self._actor)
            later = self._later(snapshot, guests, seen)
            return told(*self._listed(snapshot, guests, later, moment))

        return self._charter.store.read(unit)

    def _later(
        self, snapshot: Snapshot, guests: Collection[MemberId], seen: Seen | None
    ) -> Sequence[Notice]:
        since = None if seen is None else seen.at - INSTANT
        return unseen(snapshot.entries(NOTICES, (self._actor, *guests), since=since), seen)

    def _find(self, snapshot: Snapshot, wanted: str | None, at: datetime) -> Notice | None:
        """The newest listed notice, or the one that is *wanted*; read only as far as it takes."""
        guests = addresses_of(self._charter, snapshot, self._actor)
        before, size = None, _FIRST_READ
        while True:
            batch = self._entries(snapshot, guests, before, size)
            for notice in self._listed(snapshot, guests, batch, at)[0]:
                if wanted in {None, notice.id}:
                    return notice
            if len(batch) < size:
                break
            before, size = NOTICES.mark(batch[-1]), size * 4
        if wanted is not None:
            raise NotFound
        return None

    def _entries(
        self, snapshot: Snapshot, guests: Collection[MemberId], before: Mark | None, limit: int
    ) -> Sequence[Notice]:
        """What the member was told, and what was told to addresses of theirs."""
        owners = (self._actor, *guests)
        return snapshot.entries(NOTICES, owners, before=before, limit=limit)

    def _listed(
        self,
        snapshot: Snapshot,
        guests: Collection[MemberId],
        notices: Sequence[Notice],
        at: datetime,
    ) -> tuple[Sequence[Notice], Circumstances]:
        member = acting(snapshot, self._actor)
        theirs = [as_told(each, member) for each in notices]
        in_app = [notice for notice in theirs if Channel.IN_APP in notice.channels]
        now = circumstances(self._charter, snapshot, self._actor, in_app, at=at, guests=guests)
        return [evolve(each, to=self._actor) for each in in_app if holds(each, now)], now


def as_told(notice: Notice, member: Member[Profile]) -> Notice:
    """A notice to *member*; what came to an address, by the ways that they would be told of it."""
    if notice.to == member.id:
        return notice
    return evolve(notice, channels=member.settings.notices.of(notice.kind))


def circumstances(
    charter: Charter[ProfileT],
    snapshot: Snapshot,
    viewer: MemberId,
    notices: Collection[Notice],
    *,
    at: datetime,
    guests: Collection[MemberId] = (),
) -> Circumstances:
    """Load all that decides whether *notices* still hold for *viewer*.

    In reads of a fixed number, and one for each of *guests*, the digests of the viewer's addresses.
    """
    on_comments = {CommentId(each.about) for each in notices if each.kind in ABOUT_A_COMMENT}
    on_posts = {PostId(each.about) for each in notices if each.kind in ABOUT_A_POST}
    comments = snapshot.comments(on_comments)
    posts = snapshot.posts(on_posts | {comment.post for comment in comments.values()})
    inviters = {notice.actor for notice in notices if notice.to in guests}
    others = {notice.actor for notice in notices} | {post.author for post in posts.values()}
    return Circumstances(
        standpoint=standpoint(charter, snapshot, viewer, others),
        posts=posts,
        comments=comments,
        rules=charter.rules,
        at=at,
        arrived=arrived(charter, snapshot, viewer, guests, inviters, at=at) if guests else {},
    )
