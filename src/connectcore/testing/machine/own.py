"""What members read of their own, and what the model expects of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from connectcore.activities import Activity, MemberJoined, ProfileChanged
from connectcore.endorsements import Endorsement
from connectcore.feed import FeedItem
from connectcore.network import ActingMember
from connectcore.notices import Notice
from connectcore.profiles import Profile
from connectcore.recommendations import Recommendation, RecommendationRequest
from connectcore.settings import FeedOrder
from connectcore.testing.machine.lockstep import MEMBERS, all_pages
from connectcore.testing.model import (
    Model,
    arriving,
    connecting,
    feeds,
    nearing,
    showing,
    telling,
    writing,
)

__all__ = ["FEED", "OWN", "newest", "told_by"]

Own: TypeAlias = tuple[Callable[[ActingMember[Profile]], object], Callable[[Model, str], object]]
"""What a member reads, and what the model expects them to read."""


def newest(entries: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Entries that begin with a moment, newest first."""
    return sorted(entries, key=lambda entry: str(entry[0]), reverse=True)


# ── Connections ─────────────────────────────────────────────────────────────────────────────────

CONNECTING: Mapping[str, Own] = {
    "addresses": (
        lambda me: [(each.confirmed_at, each.address) for each in me.addresses.page().items],
        lambda model, by: newest(
            (at, address) for address, (holder, at) in model.holders.items() if holder == by
        ),
    ),
    "contacts": (
        lambda me: [(each.added_at, each.id, str(each.name)) for each in me.contacts.page().items],
        lambda model, by: newest(
            (at, contact, name)
            for (owner, contact), (at, name) in model.contacts.items()
            if owner == by
        ),
    ),
    "count of contacts": (
        lambda me: me.contacts.count(),
        lambda model, by: sum(owner == by for owner, _ in model.contacts),
    ),
    "settings": (lambda me: me.settings.read(), lambda model, by: model.settings[by]),
    "invitations received": (
        lambda me: [(each.sent_at, each.inviter) for each in me.invitations.received().items],
        lambda model, by: newest(
            (at, inviter) for inviter, at in arriving.received(model, by).items()
        ),
    ),
    "invitations sent": (
        lambda me: [(each.sent_at, each.invitee) for each in me.invitations.sent().items],
        lambda model, by: newest(
            (at, to)
            for (inviter, to), at in model.invited.items()
            if inviter == by and to in MEMBERS
        ),
    ),
    "addresses invited": (
        lambda me: [
            (each.sent_at, each.address) for each in me.invitations.sent_to_addresses().items
        ],
        lambda model, by: newest(
            (at, to)
            for (inviter, to), at in model.invited.items()
            if inviter == by and to not in MEMBERS
        ),
    ),
    "reminders": (
        lambda me: {
            (each.at, each.invitation.address) for each in me.invitations.reminders().items
        },
        connecting.reminders,
    ),
    "suggestions": (
        lambda me: [(each.member, {*each.shared}) for each in me.connections.suggestions()],
        nearing.suggestions,
    ),
    "blocks": (
        lambda me: [
            (each.at, each.to if each.to in MEMBERS else "") for each in me.blocks.page().items
        ],
        lambda model, by: newest(
            (at, to if to in MEMBERS else "")
            for (blocker, to), at in model.blocked.items()
            if blocker == by
        ),
    ),
    "follows": (
        lambda me: me.follows.following(),
        lambda model, by: {to for follower, to in model.follows if follower == by},
    ),
    "mutes": (
        lambda me: me.follows.muted(),
        lambda model, by: {
            to
            for (muter, to), until in model.mutes.items()
            if muter == by and (until is None or model.now < until) and model.sees(by, to)
        },
    ),
}

# ── What connections say of each other ──────────────────────────────────────────────────────────


def _endorsement(each: Endorsement) -> tuple[object, ...]:
    return each.at, each.giver, each.to, each.skill, each.standing.value


def _endorsed(model: Model, owner: str, standing: str) -> list[tuple[object, ...]]:
    return newest(
        (each.at, giver, to, each.skill, each.standing)
        for (to, giver, _), each in model.endorsed.items()
        if to == owner and each.standing == standing
    )


def _recommendation(each: Recommendation) -> tuple[object, ...]:
    position = (each.position.title, each.position.company)
    about = (each.author, each.subject, position, each.text, each.replaces)
    return each.at, each.id, each.standing.value, *about


def _recommended(
    model: Model, ids: Iterable[str], standing: Callable[[str], str]
) -> list[tuple[object, ...]]:
    written = ((id_, model.recommended[id_]) for id_ in ids)
    return newest(
        (
            *(each.at, id_, standing(each.standing), each.author, each.subject),
            *(each.position, each.text, each.replaces),
        )
        for id_, each in written
    )


def _request(each: RecommendationRequest) -> tuple[object, ...]:
    position = (each.position.title, each.position.company)
    return each.at, each.id, each.by, each.of, position, each.revises


def _requests(model: Model, ids: Iterable[str]) -> list[tuple[object, ...]]:
    asked = ((id_, model.recommendations_asked[id_]) for id_ in ids)
    return newest(
        (each.at, id_, each.by, each.of, each.position, each.revises) for id_, each in asked
    )


VOUCHING: Mapping[str, Own] = {
    "endorsements waiting": (
        lambda me: [*map(_endorsement, me.endorsements.waiting().items)],
        lambda model, by: _endorsed(model, by, "waiting"),
    ),
    "endorsements hidden": (
        lambda me: [*map(_endorsement, me.endorsements.hidden().items)],
        lambda model, by: _endorsed(model, by, "hidden"),
    ),
    "endorsements given": (
        lambda me: [*map(_endorsement, me.endorsements.given().items)],
        lambda model, by: newest(
            (each.at, giver, to, each.skill, showing.told(each.standing))
            for (to, giver, _), each in model.endorsed.items()
            if giver == by
        ),
    ),
    "endorsements asked": (
        lambda me: [(each.at, each.by, each.skill) for each in me.endorsements.requests().items],
        lambda model, by: newest(
            (each.at, asker, each.skill)
            for (asker, of, _), each in model.endorsements_asked.items()
            if of == by and each.open
        ),
    ),
    "endorsements requested": (
        lambda me: [(each.at, each.of, each.skill) for each in me.endorsements.requested().items],
        lambda model, by: newest(
            (each.at, of, each.skill)
            for (asker, of, _), each in model.endorsements_asked.items()
            if asker == by
        ),
    ),
    "recommendations received": (
        lambda me: [*map(_recommendation, me.recommendations.received().items)],
        lambda model, by: _recommended(
            model,
            (
                id_
                for id_, each in model.recommended.items()
                if each.subject == by and each.standing != "dismissed"
            ),
            standing=str,
        ),
    ),
    "recommendations given": (
        lambda me: [*map(_recommendation, me.recommendations.given().items)],
        lambda model, by: _recommended(
            model,
            (id_ for id_, each in model.recommended.items() if each.author == by),
            standing=showing.told,
        ),
    ),
    "recommendations asked": (
        lambda me: [*map(_request, me.recommendations.requests().items)],
        lambda model, by: _requests(
            model,
            (
                id_
                for id_, each in model.recommendations_asked.items()
                if each.of == by and each.open
            ),
        ),
    ),
    "recommendations requested": (
        lambda me: [*map(_request, me.recommendations.requested().items)],
        lambda model, by: _requests(
            model, (id_ for id_, each in model.recommendations_asked.items() if each.by == by)
        ),
    ),
}

# ── Messages and notices ────────────────────────────────────────────────────────────────────────


def _notice(each: Notice) -> tuple[object, ...]:
    return each.at, each.kind.value, each.actor, each.about


WRITING: Mapping[str, Own] = {
    "conversations": (
        lambda me: [
            (each.member, each.last.id, each.unread) for each in me.messages.conversations().items
        ],
        writing.conversations,
    ),
    "unread": (
        lambda me: [
            (each.member, each.last.id, each.unread) for each in me.messages.unread().items
        ],
        lambda model, by: [each for each in writing.conversations(model, by) if each[2]],
    ),
    "unread count": (lambda me: me.messages.unread_count(), writing.unread),
    "message requests": (
        lambda me: {(each.at, each.sender, each.text) for each in me.messages.requests().items},
        writing.requests_to,
    ),
    "messages requested": (
        lambda me: {(each.at, each.to, each.text) for each in me.messages.requested().items},
        writing.requested_by,
    ),
    "allowance": (
        lambda me: (me.messages.allowance().credits, me.messages.allowance().requests),
        lambda model, by: (writing.credits_of(model, by), writing.requests_left(model, by)),
    ),
}

NOTICES: Mapping[str, Own] = {
    "notices": (
        lambda me: [*map(_notice, me.notices.page(limit=100).items)],
        lambda model, by: newest(
            (notice.at, *told) for told, notice in telling.listed(model, by).items()
        ),
    ),
    "notices unseen count": (
        lambda me: me.notices.unseen_count(),
        lambda model, by: len(telling.unseen(model, by)),
    ),
    "notices summed up": (
        lambda me: Counter({(it.kind.value, it.about): it.count for it in me.notices.summary()}),
        telling.summed_up,
    ),
}

OWN: Mapping[str, Own] = {**CONNECTING, **VOUCHING, **WRITING, **NOTICES}
"""All that members read of their own, but for the feed."""

# ── The feed ────────────────────────────────────────────────────────────────────────────────────


def told_by(activity: Activity) -> feeds.Told:
    """What an activity tells, in the words of the model."""
    match activity:
        case MemberJoined():
            subject = ""
        case ProfileChanged(fields=fields):
            subject = ",".join(fields)
        case _:
            subject = activity.key[-1]
    return activity.at, activity.kind, activity.actor, subject


def _told(items: Iterable[FeedItem]) -> list[feeds.Told]:
    return sorted(told_by(activity) for item in items for activity in item.activities)


def _recent(me: ActingMember[Profile]) -> tuple[bool, list[feeds.Told]]:
    """The feed with the newest first, and whether it was so."""
    order = FeedOrder.RECENT
    items = all_pages(lambda after: me.feed.page(limit=3, order=order, after=after))
    moments = [item.at for item in items]
    return moments == sorted(moments, reverse=True), _told(items)


def _top(me: ActingMember[Profile]) -> list[feeds.Told]:
    order = FeedOrder.TOP
    return _told(all_pages(lambda after: me.feed.page(limit=3, order=order, after=after)))


FEED: Mapping[str, Own] = {
    "feed": (_recent, lambda model, by: (True, sorted(feeds.feed(model, by)))),
    "feed, top first": (_top, lambda model, by: sorted(feeds.feed(model, by))),
}
"""What members read in their feed, in small pages."""
