"""Differences in what is between others, and in what they keep to themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from attrs import evolve

from connectcore.activities import STOCK_KINDS
from connectcore.audiences import Audience
from connectcore.channels import NoticeKind, NoticePreferences
from connectcore.endorsements import ENDORSEMENTS_RECEIVED
from connectcore.members import MemberId
from connectcore.messages import REQUESTS_RECEIVED
from connectcore.posts import Reaction
from connectcore.profiles import Name, Profile
from connectcore.recommendations import RECOMMENDATIONS_RECEIVED
from connectcore.relationships import Blocked, Invited
from connectcore.settings import FeedOrder, FeedPreferences
from connectcore.showing import Showing
from connectcore.testing.paired.differences import Difference, Ground, Kind, deed
from connectcore.testing.paired.sight import Sight

__all__ = ["APART"]


# ── Between others ──────────────────────────────────────────────────────────────────────────────


def _blocks(ground: Ground) -> Iterator[Difference]:
    """Blocks that are set or lifted, but for those on whom a distance from the viewer depends.

    No path to somebody runs through whom they blocked, so it is two who are not both near.
    """
    sight = ground.sight
    for one, other in sight.pairs:
        state = sight.between(one, other)
        if sight.is_near(one) and sight.is_near(other):
            continue
        if isinstance(state, Blocked) and one in state.by:
            yield ground.only(deed("unblock", one, other))
        elif not sight.connected(one, other):
            yield ground.only(deed("block", one, other))


def _connections(ground: Ground) -> Iterator[Difference]:
    """More often those by which somebody would be nearer to the viewer, if they were known."""
    sight = ground.sight
    hidden = [pair for pair in sight.pairs if sight.hides_connection(*pair)]
    for one, other in (*hidden, *[pair for pair in hidden if sight.leads_on(*pair)] * 4):
        if not sight.connected(one, other):
            yield ground.only(deed("connect", one, other))
        elif not _said_of_each_other(sight, one, other):
            yield ground.only(deed("remove", one, other))


def _said_of_each_other(sight: Sight, one: MemberId, other: MemberId) -> bool:
    """Whether one of the two endorsed or recommended the other, which shows by itself."""
    registers: tuple[Any, ...] = (ENDORSEMENTS_RECEIVED, RECOMMENDATIONS_RECEIVED)
    both = ((one, other), (other, one))
    return any(sight.kept(kept, *pair) for kept in registers for pair in both)


def _invitations(ground: Ground) -> Iterator[Difference]:
    sight = ground.sight
    for one, other in sight.pairs:
        match sight.between(one, other):
            case Invited(invitation=pending) if pending.inviter == one:
                for kind in ("ignore", "report"):
                    yield ground.only(deed(kind, other, one))
                yield ground.only(deed("withdraw", one, other))
            case Invited() | Blocked():
                pass
            case _ if not sight.connected(one, other):
                yield ground.only(deed("invite", one, other))
            case _:
                pass


def _messages(ground: Ground) -> Iterator[Difference]:
    sight = ground.sight
    for one, other in sight.pairs:
        if sight.kept(REQUESTS_RECEIVED, one, other):
            for kind in ("admit", "decline"):
                yield ground.only(deed(kind, one, other))
        elif sight.connected(one, other):
            yield ground.only(deed("write", one, other))
        else:
            for kind in ("ask", "send inmail"):
                yield ground.only(deed(kind, one, other))


def _endorsements(ground: Ground) -> Iterator[Difference]:
    sight = ground.sight
    for giver, owner in sight.pairs:
        if not sight.connected(giver, owner):
            continue
        yield ground.only(deed("vouch", giver, owner))
        yield ground.only(deed("seek", owner, giver))
        hidden = (sight.hides_section(owner, name) for name in ("endorsements", "skills"))
        for skill in sight.members[owner].profile.skills[:1] if any(hidden) else ():
            yield ground.only(deed("endorse skill", giver, owner, skill))
        given = sight.kept(ENDORSEMENTS_RECEIVED, owner, giver)
        for entry in (each for each in given if each.standing is Showing.WAITING):
            yield ground.only(deed("dismiss endorsement", owner, giver, entry.skill))


def _recommendations(ground: Ground) -> Iterator[Difference]:
    sight = ground.sight
    for author, subject in sight.pairs:
        if not sight.connected(author, subject):
            continue
        yield ground.only(deed("recommend", author, subject))
        yield ground.only(deed("ask again", subject, author))
        decisions = ["dismiss recommendation"]
        decisions += ["accept recommendation"] * sight.hides_section(subject, "recommendations")
        written = sight.kept(RECOMMENDATIONS_RECEIVED, subject, author)
        for entry in (each for each in written if each.standing is Showing.WAITING):
            for kind in decisions:
                yield ground.only(deed(kind, subject, detail=entry.id))


# ── Of one of them ──────────────────────────────────────────────────────────────────────────────


def _fields(ground: Ground) -> Iterator[Difference]:
    """All hidden fields at once, and the family name beyond its initial."""
    sight = ground.sight
    for owner in sight.others:
        hidden, present = sight.hidden_fields(owner), sight.members[owner].profile
        edited = _with_secret(present, ground.secret, hidden)
        if edited != present:
            yield ground.only(deed("edit", owner, detail=edited))
        name = present.name
        if "name" not in hidden and name.family and sight.hides_section(owner, "full_name"):
            longer = Name(name.given, f"{name.family}-{ground.secret.name.family}")
            yield ground.only(deed("edit", owner, detail=evolve(present, name=longer)))


def _with_secret(profile: Profile, secret: Profile, names: tuple[str, ...]) -> Profile:
    aliases = {each.name: each.alias or each.name for each in attrs.fields(type(profile))}
    return evolve(profile, **{aliases[name]: getattr(secret, name) for name in names})


_FEED = FeedPreferences(order=FeedOrder.TOP, hidden_kinds=STOCK_KINDS)
_NOTHING_TOLD = NoticePreferences(channels=dict.fromkeys(NoticeKind, ()))


def _choices(ground: Ground) -> Iterator[Difference]:
    """What is chosen for oneself, and for whom else something is that is hidden either way."""
    sight = ground.sight
    for owner in sight.others:
        settings = sight.members[owner].settings
        yield ground.only(deed("choose", owner, detail=evolve(settings, feed=_FEED)))
        yield ground.only(deed("choose", owner, detail=evolve(settings, notices=_NOTHING_TOLD)))
        usual = Audience.ONLY_ME if settings.posts is Audience.MEMBERS else Audience.MEMBERS
        yield ground.only(deed("choose", owner, detail=evolve(settings, posts=usual)))
        for name in sight.hidden_fields(owner):
            for audience in _other_audiences(sight, owner, name):
                chosen = {**dict(settings.audiences), name: audience}
                yield ground.only(deed("choose", owner, detail=evolve(settings, audiences=chosen)))


def _other_audiences(sight: Sight, owner: MemberId, name: str) -> Iterator[Audience]:
    bounds, now = sight.policy.bounds_of(name), sight.audience(owner, name)
    for audience in Audience:
        within = bounds.narrowest <= audience <= bounds.widest
        if within and audience is not now and sight.hides(owner, audience):
            yield audience


def _posts(ground: Ground) -> Iterator[Difference]:
    """Posts for others, and what is under them."""
    sight = ground.sight
    for author in sight.others:
        for audience in Audience:
            if sight.hides(author, audience):
                yield ground.only(deed("publish", author, detail=audience))
        for writing in (*sight.posts, *sight.comments):
            if sight.hides_writing(writing):
                yield ground.only(deed("comment", author, writing))
                yield ground.only(deed("react", author, writing, Reaction.LOVE))
                yield ground.only(deed("take down", author, writing))


def _follows(ground: Ground) -> Iterator[Difference]:
    """Whom others follow and mute, the viewer among them."""
    for one in ground.sight.others:
        for other in ground.sight.members:
            if other != one:
                for kind in ("follow", "unfollow", "mute", "unmute"):
                    yield ground.only(deed(kind, one, other))


def _belongings(ground: Ground) -> Iterator[Difference]:
    """Address books, addresses, and what was looked at."""
    sight = ground.sight
    for one in sight.others:
        for kind in ("confirm", "invite address", "withdraw address", "look"):
            yield ground.only(deed(kind, one))
        for other in sight.members:
            if other != one:
                yield ground.only(deed("note", one, other))
                yield ground.only(deed("mark", one, other))


APART: Mapping[str, Kind] = {
    "blocks of others": _blocks,
    "connections of others": _connections,
    "invitations of others": _invitations,
    "messages of others": _messages,
    "endorsements of others": _endorsements,
    "recommendations of others": _recommendations,
    "hidden fields": _fields,
    "choices": _choices,
    "posts for others": _posts,
    "follows and mutes": _follows,
    "belongings": _belongings,
}
