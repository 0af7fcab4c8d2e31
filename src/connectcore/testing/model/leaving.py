"""Joining, changing what one shows, and leaving for good."""

from __future__ import annotations

from typing import Any, TypeVar

from attrs import evolve

from connectcore.profiles import Profile
from connectcore.settings import Settings
from connectcore.testing.model import posting
from connectcore.testing.model.arriving import set_aside_all
from connectcore.testing.model.parting import part
from connectcore.testing.model.state import LIMITS, Model, Pair, Stopped, ghost

__all__ = ["choose", "edit", "erase", "join"]

T = TypeVar("T")


def join(model: Model, member: str, profile: Profile) -> set[str]:
    """Join, and be blocked again by whoever blocked one before."""
    if member in model.joined:
        same = (model.profiles[member], model.settings[member]) == (profile, Settings())
        return set() if same else {"already_joined"}
    model.joined[member] = model.now
    model.profiles[member] = profile
    model.settings[member] = Settings()
    for by, to in list(model.blocked):
        if to == ghost(member):
            since = model.blocked.pop((by, to))
            model.blocked.setdefault((by, member), since)
    return set()


def edit(model: Model, by: str, profile: Profile, announce: tuple[str, ...]) -> set[str]:
    """Put a profile in the place of one's own, and tell of some of what changed."""
    model.act(by)
    former = model.profiles[by]
    if profile.skills != former.skills:
        codes = {"skill_too_long" for skill in profile.skills if len(skill) > LIMITS.skill}
        if len(profile.skills) > LIMITS.skills:
            codes.add("skills")
        if codes:
            return codes
    if any(getattr(profile, name) == getattr(former, name) for name in announce):
        raise Stopped(code="invalid")
    model.profiles[by] = profile
    if announce:
        model.changes.append((by, model.now, tuple(sorted({*announce}))))
    return set()


def choose(model: Model, by: str, **choices: Any) -> set[str]:
    """Change some settings."""
    model.act(by)
    model.settings[by] = evolve(model.settings[by], **choices)
    return set()


def erase(model: Model, member: str) -> set[str]:
    """Forget somebody, but for the blocks of them and what is counted of others."""
    for address, (holder, _) in model.holders.items():
        if holder == member:
            set_aside_all(model, address)
    for other in [*model.joined]:
        part(model, member, other)
    kept = {by: at for (by, to), at in model.blocked.items() if to == member}
    model.invited = _without(model.invited, member)
    model.aside = _without(model.aside, member)
    model.blocked = _without(model.blocked, member)
    model.mutes = _without(model.mutes, member)
    model.requests = _without(model.requests, member)
    for pair in [pair for pair in model.connected if member in pair]:
        del model.connected[pair]
    for remembered in [key for key in model.last if member in key[1:]]:
        del model.last[remembered]
    model.follows = {pair for pair in model.follows if member not in pair}
    model.correspondents = {pair for pair in model.correspondents if member not in pair}
    model.holders = {of: held for of, held in model.holders.items() if held[0] != member}
    model.turned_away = {pair for pair in model.turned_away if member not in pair}
    model.contacts = _without(model.contacts, member)
    for by, at in kept.items():
        model.blocked[by, ghost(member)] = at
    model.unreminded = {pair for pair in model.unreminded if member not in pair}
    _forget_written(model, member)
    model.sent = [entry for entry in model.sent if entry[0] != member]
    model.requested = [entry for entry in model.requested if entry[0] != member]
    model.credited = [entry for entry in model.credited if entry[0] != member]
    model.changes = [entry for entry in model.changes if entry[0] != member]
    for owned in (model.joined, model.profiles, model.settings, model.reports, model.seen):
        owned.pop(member, None)
    return set()


def _without(pairs: dict[Pair, T], member: str) -> dict[Pair, T]:
    return {pair: kept for pair, kept in pairs.items() if member not in pair}


def _forget_written(model: Model, member: str) -> None:
    posts = [post for post, (author, *_) in model.posts.items() if author == member]
    comments = [id_ for id_, (_, writer, *_) in model.comments.items() if writer == member]
    for target in (*posts, *comments):
        posting.erase(model, target)
    for reacted in [key for key in model.reactions if key[1] == member]:
        del model.reactions[reacted]
    for id_, message in list(model.messages.items()):
        if member in {message.sender, message.to}:
            del model.messages[id_]
    for pair in [pair for pair in model.unread if member in pair]:
        del model.unread[pair]
    for told in [told for told in model.notices if member in {told[0], told[2]}]:
        del model.notices[told]
    model.talks = {
        (by, title): (at, speakers)
        for (by, title), (at, speakers) in model.talks.items()
        if member not in {by, *speakers}
    }
