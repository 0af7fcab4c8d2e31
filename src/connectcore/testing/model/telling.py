"""What members are told, and what of it still holds when they look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from connectcore.channels import Channel, NoticeKind
from connectcore.testing.model.state import Gone, Model, Notice, Waiting

__all__ = [
    "BY_MAIL",
    "Told",
    "arrivals",
    "arrived",
    "holds",
    "listed",
    "mark_seen",
    "summed_up",
    "tell",
    "unseen",
    "untell",
    "ways_of",
]

Told = tuple[str, str, str]
"""Which kind, who did it, and about what."""

ABOUT_A_COMMENT = {"post_commented_on", "comment_replied_to", "comment_reacted_to"}
BY_KIND_ALONE = {
    "invitation_received",
    "invitation_accepted",
    "message_received",
    "message_requested",
    "recommendation_asked",
    "recommendation_written",
    "recommendation_accepted",
    "revision_asked",
}

BY_MAIL = (Channel.EMAIL, Channel.DAILY_DIGEST, Channel.WEEKLY_DIGEST)
"""The ways that send mail, the soonest first."""

MAILED_UNLESS_CHOSEN_OTHERWISE = {
    "invitation_received",
    "invitation_accepted",
    "message_received",
    "message_requested",
    "recommendation_asked",
    "recommendation_written",
    "revision_asked",
}


def ways_of(model: Model, member: str, kind: str) -> frozenset[Channel]:
    """The ways in which *member* wants to be told of a kind."""
    usual = {Channel.IN_APP}
    if kind in MAILED_UNLESS_CHOSEN_OTHERWISE:
        usual.add(Channel.EMAIL)
    chosen = dict(model.settings[member].notices.channels)
    return chosen.get(NoticeKind(kind), frozenset(usual))


def tell(model: Model, kind: str, *, to: str, actor: str, about: str = "") -> None:
    """Tell *to* what *actor* did, in the ways that they want."""
    if to == actor:
        return
    ways = ways_of(model, to, kind)
    if not ways:
        return
    told = (to, kind, actor, about)
    notice = model.notices[told] = Notice(at=model.now, listed=Channel.IN_APP in ways)
    model.pushes.append(Waiting(told, notice, Channel.IN_APP, model.now))
    for way in [way for way in BY_MAIL if way in ways][:1]:
        model.mailings.append(Waiting(told, notice, way, _due_at(model.now, way)))


def _due_at(at: datetime, way: Channel) -> datetime:
    if way is Channel.EMAIL:
        return at
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    while way is Channel.WEEKLY_DIGEST and midnight.strftime("%A") != "Monday":
        midnight += timedelta(days=1)
    return midnight


def untell(model: Model, kind: str, *, to: str, actor: str, about: str = "") -> None:
    """Take a notice back, if there is one."""
    model.notices.pop((to, kind, actor, about), None)


def arrivals(model: Model, member: str, inviter: str) -> list[str]:
    """The addresses of *member* at which *inviter* invited them, the last one first.

    Also those that were set aside, but none that a connection or a block took.
    """
    if not model.sees(member, inviter) or model.are_connected(member, inviter):
        return []
    ended = [
        at
        for (what, *ends), at in model.last.items()
        if what in {"removed", "unblocked"} and {*ends} == {member, inviter}
    ]
    found = [
        address
        for address, (holder, _) in model.holders.items()
        if holder == member
        and (inviter, address) in model.invited
        and all(at < model.invited[inviter, address] for at in ended)
    ]
    return sorted(found, key=lambda address: model.invited[inviter, address], reverse=True)


def arrived(model: Model, member: str, inviter: str) -> str | None:
    """The address of *member* at which *inviter* waits, unless they wait without one."""
    if (inviter, member) in model.invited and (inviter, member) not in model.aside:
        return None
    found = arrivals(model, member, inviter)
    return next((each for each in found if (inviter, each) not in model.aside), None)


def listed(model: Model, member: str) -> dict[Told, Notice]:
    """What *member* finds told."""
    found = {
        (kind, actor, about): notice
        for (to, kind, actor, about), notice in model.notices.items()
        if to == member and notice.listed and holds(model, member, kind, actor, about)
    }
    for inviter in model.joined if _wants_invitations(model, member) else ():
        address = arrived(model, member, inviter)
        if address is not None:
            kind = "invitation_received"
            found[kind, inviter, ""] = model.notices[address, kind, inviter, ""]
    return found


def unseen(model: Model, member: str) -> dict[Told, Notice]:
    """What *member* finds told and has not seen."""
    seen = model.seen.get(member)
    found = listed(model, member)
    return {told: notice for told, notice in found.items() if seen is None or notice.at > seen}


def mark_seen(model: Model, by: str, up_to: Told | None) -> set[str]:
    """Mark what is listed as seen, all of it or up to one notice."""
    model.act(by)
    found = listed(model, by)
    if up_to is not None and up_to not in found:
        raise Gone
    moments = [notice.at for notice in found.values()] if up_to is None else [found[up_to].at]
    if moments:
        newest = max(moments)
        model.seen[by] = max(newest, model.seen.get(by, newest))
    return set()


def summed_up(model: Model, member: str) -> Counter[tuple[str, str]]:
    """How many unseen notices there are of a kind and about something."""
    return Counter(_subjects(model, unseen(model, member)))


def _subjects(model: Model, found: dict[Told, Notice]) -> Iterator[tuple[str, str]]:
    for kind, _, about in found:
        if kind in BY_KIND_ALONE:
            yield kind, ""
        elif kind == "post_commented_on":
            yield kind, model.comments[about][0]
        elif kind == "comment_replied_to":
            yield kind, model.comments[about][3] or ""
        else:
            yield kind, about


def _wants_invitations(model: Model, member: str) -> bool:
    """Whether *member* wants to be told of invitations in the application now."""
    if member not in model.joined:
        return False
    return Channel.IN_APP in ways_of(model, member, "invitation_received")


def holds(model: Model, member: str, kind: str, actor: str, about: str) -> bool:
    """Whether what *member* was told may still be told."""
    if not model.sees(member, actor):
        return False
    if kind == "invitation_received":
        return (actor, member) in model.invited and (actor, member) not in model.aside
    if kind == "invitation_accepted":
        return model.are_connected(member, actor)
    if kind == "post_reacted_to":
        return model.reads_post(member, about)
    if kind in ABOUT_A_COMMENT:
        return about in model.comments and model.reads_post(member, model.comments[about][0])
    return True
