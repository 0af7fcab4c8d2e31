"""Everything that anybody can read, as tables; what is read of two worlds is read by these.

A listing is read whole, then once more in two parts, for its order, its cursors and where it is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias, TypedDict, cast

from attrs import evolve

from connectcore.audiences import Audience
from connectcore.errors import ConnectcoreError
from connectcore.network import ActingMember, Visitor
from connectcore.pages import Page
from connectcore.profiles import Profile
from connectcore.settings import FeedOrder
from connectcore.testing.stores import RecordingStore
from connectcore.testing.worlds import World

__all__ = [
    "OWN_READS",
    "READS_OF_A_MEMBER",
    "READS_OF_A_WRITING",
    "READS_OF_MANY",
    "VISITS_TO_A_MEMBER",
    "VISITS_TO_MANY",
    "Answer",
    "Asked",
    "answered",
    "reads",
]

Acting: TypeAlias = ActingMember[Profile]
Anybody: TypeAlias = Visitor[Profile] | Acting

WHOLE = 1000
"""The limit of a listing that is read whole."""

GUEST = "guest@example.com"
"""An address that is nobody's."""


class Cut(TypedDict, total=False):
    """Which part of a listing is read."""

    limit: int
    after: str | None


Asked: TypeAlias = Callable[[Cut], object]
"""Something that is read, of a listing a part."""


def _edited(me: Acting) -> Profile:
    """What a member shows, but for a headline."""
    return evolve(me.profiles.view(me.id).profile, headline="Retired")


# ── What can be read ────────────────────────────────────────────────────────────────────────────

VISITS_TO_A_MEMBER: Mapping[str, Callable[[Anybody, str, Cut], object]] = {
    "profiles.view": lambda viewer, of, _: viewer.profiles.view(of),
    "connections.page": lambda viewer, of, cut: viewer.connections.page(of, **cut),
    "connections.count": lambda viewer, of, _: viewer.connections.count(of),
    "posts.page": lambda viewer, of, cut: viewer.posts.page(of, **cut),
    "activities.page": lambda viewer, of, cut: viewer.activities.page(of, **cut),
    "endorsements.of": lambda viewer, of, _: viewer.endorsements.of(of),
    "endorsements.page": lambda viewer, of, cut: viewer.endorsements.page(of, **cut),
    "recommendations.page": lambda viewer, of, cut: viewer.recommendations.page(of, **cut),
}
"""What anybody can read of a member."""

READS_OF_A_MEMBER: Mapping[str, Callable[[Acting, str, Cut], object]] = {
    "connections.mutual": lambda viewer, of, cut: viewer.connections.mutual(of, **cut),
    "connections.degree": lambda viewer, of, _: viewer.connections.degree(of),
    "connections.path": lambda viewer, of, _: viewer.connections.path(of),
    "invitations.may_send": lambda viewer, of, _: viewer.invitations.may_send(of),
    "messages.read": lambda viewer, of, cut: viewer.messages.read(of, **cut),
    "messages.may_send": lambda viewer, of, _: viewer.messages.may_send(of),
    "messages.may_request": lambda viewer, of, _: viewer.messages.may_request(of),
    "messages.may_send_inmail": lambda viewer, of, _: viewer.messages.may_send_inmail(of),
}
"""What only members can read of a member."""

VISITS_TO_MANY: Mapping[str, Callable[[Anybody, Sequence[str], Cut], object]] = {
    "profiles.views": lambda viewer, cast, _: viewer.profiles.views(cast),
}
"""What anybody can read of many members at once."""

READS_OF_MANY: Mapping[str, Callable[[Acting, Sequence[str], Cut], object]] = {
    "connections.degrees": lambda viewer, cast, _: viewer.connections.degrees(cast),
}
"""What only members can read of many at once."""

READS_OF_A_WRITING: Mapping[str, Callable[[Anybody, str, Cut], object]] = {
    "posts.read": lambda viewer, post, _: viewer.posts.read(post),
    "posts.comments": lambda viewer, post, cut: viewer.posts.comments(post, **cut),
    "posts.reactions": lambda viewer, post, cut: viewer.posts.reactions(post, **cut),
}
"""What anybody can read of a post or a comment."""

OWN_READS: Mapping[str, Callable[[Acting, Cut], object]] = {
    "connections.suggestions": lambda me, _: me.connections.suggestions(limit=WHOLE),
    "invitations.received": lambda me, cut: me.invitations.received(**cut),
    "invitations.sent": lambda me, cut: me.invitations.sent(**cut),
    "invitations.sent_to_addresses": lambda me, cut: me.invitations.sent_to_addresses(**cut),
    "invitations.reminders": lambda me, cut: me.invitations.reminders(**cut),
    "invitations.may_send_to_address": lambda me, _: me.invitations.may_send_to_address(GUEST),
    "blocks.page": lambda me, cut: me.blocks.page(**cut),
    "follows.following": lambda me, _: me.follows.following(),
    "follows.muted": lambda me, _: me.follows.muted(),
    "profiles.explain": lambda me, _: me.profiles.explain("contact"),
    "profiles.preview_edit": lambda me, _: me.profiles.preview_edit(_edited(me)),
    "profiles.preview_as": lambda me, _: me.profiles.preview_as(Audience.MEMBERS),
    "settings.read": lambda me, _: me.settings.read(),
    "data.export": lambda me, _: me.data.export(),
    "endorsements.waiting": lambda me, cut: me.endorsements.waiting(**cut),
    "endorsements.hidden": lambda me, cut: me.endorsements.hidden(**cut),
    "endorsements.given": lambda me, cut: me.endorsements.given(**cut),
    "endorsements.requests": lambda me, cut: me.endorsements.requests(**cut),
    "endorsements.requested": lambda me, cut: me.endorsements.requested(**cut),
    "recommendations.received": lambda me, cut: me.recommendations.received(**cut),
    "recommendations.given": lambda me, cut: me.recommendations.given(**cut),
    "recommendations.requests": lambda me, cut: me.recommendations.requests(**cut),
    "recommendations.requested": lambda me, cut: me.recommendations.requested(**cut),
    "notices.page": lambda me, cut: me.notices.page(**cut),
    "notices.unseen_count": lambda me, _: me.notices.unseen_count(),
    "notices.summary": lambda me, _: me.notices.summary(),
    "feed.page": lambda me, cut: me.feed.page(order=FeedOrder.RECENT, **cut),
    "feed.page top": lambda me, cut: me.feed.page(order=FeedOrder.TOP, **cut),
    "messages.conversations": lambda me, cut: me.messages.conversations(**cut),
    "messages.unread": lambda me, cut: me.messages.unread(**cut),
    "messages.unread_count": lambda me, _: me.messages.unread_count(),
    "messages.requests": lambda me, cut: me.messages.requests(**cut),
    "messages.requested": lambda me, cut: me.messages.requested(**cut),
    "messages.allowance": lambda me, _: me.messages.allowance(),
    "addresses.page": lambda me, cut: me.addresses.page(**cut),
    "contacts.page": lambda me, cut: me.contacts.page(**cut),
    "contacts.count": lambda me, _: me.contacts.count(),
}
"""What members can read that names nobody."""


def reads(
    world: World[Profile], viewer: str | None, cast: Sequence[str], writings: Sequence[str]
) -> Iterator[tuple[str, Asked]]:
    """All that *viewer* can read of *cast* and *writings*, by name; `None` is a visitor."""
    of_members: dict[str, Callable[[Any, str, Cut], object]] = {**VISITS_TO_A_MEMBER}
    of_many: dict[str, Callable[[Any, Sequence[str], Cut], object]] = {**VISITS_TO_MANY}
    who: Anybody = world.visitor
    if viewer is not None:
        who = world[viewer]
        of_members.update(READS_OF_A_MEMBER)
        of_many.update(READS_OF_MANY)
        for name, read in OWN_READS.items():
            yield name, partial(read, who)
    for name, read_many in of_many.items():
        yield f"{name} of all", partial(read_many, who, cast)
    for member in cast:
        for name, read_member in of_members.items():
            yield f"{name} of {member}", partial(read_member, who, member)
    for writing in writings:
        for name, read_writing in READS_OF_A_WRITING.items():
            yield f"{name} of {writing}", partial(read_writing, who, writing)


# ── What is answered ────────────────────────────────────────────────────────────────────────────

Answer: TypeAlias = tuple[object, Sequence[str]]
"""What a viewer is given, and the calls of the store that it took."""


def answered(ask: Asked, store: RecordingStore) -> Iterator[tuple[str, Answer]]:
    """What *ask* gives, or the error that it raises; of a listing also the first entry and the rest.

    What a part of a listing costs depends on what is hidden between its entries, so the calls that
    count are those for the whole.
    """
    store.calls.clear()
    given = _outcome(ask, {"limit": WHOLE})
    yield "", (given, store.names)
    if isinstance(given, Page) and len(cast("Page[object]", given).items) > 1:
        first = _outcome(ask, {"limit": 1})
        yield ", the first of it", (first, ())
        after = cast("Page[object]", first).next if isinstance(first, Page) else None
        yield ", the rest of it", (_outcome(ask, {"limit": WHOLE, "after": after}), ())


def _outcome(ask: Asked, cut: Cut) -> object:
    try:
        return ask(cut)
    except ConnectcoreError as error:
        return type(error), str(error)
