"""What others may read of what a member did: everything that happened, less what may not show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from attrs import frozen

from connectcore.testing.kinds import TalkAnnounced
from connectcore.testing.model.endorsing import skills
from connectcore.testing.model.state import Model

__all__ = ["Told", "feed", "shared"]

Told: TypeAlias = tuple[datetime, str, str, str]
"""When, which kind, who, and about whom or what."""


@frozen
class Happened:
    """Something that happened, whom it names, and who is told of it in any case."""

    told: Told
    names: frozenset[str]


def shared(model: Model, viewer: str | None, actor: str) -> set[Told]:
    """What *actor* did, as far as *viewer* may read it."""
    model.require(viewer, actor)
    return {
        each.told
        for each in _happened(model, viewer)
        if each.told[2] == actor
        and each.told[1] not in model.settings[actor].unshared_kinds
        and all(model.sees(viewer, name) for name in each.names)
    }


def feed(model: Model, reader: str) -> set[Told]:
    """What those whom *reader* follows did, as far as *reader* may and wants to read it."""
    muted = {
        other
        for (by, other), until in model.mutes.items()
        if by == reader and (until is None or model.now < until)
    }
    told = {
        each.told
        for each in _happened(model, reader)
        if (reader, each.told[2]) in model.follows
        and not each.names & muted
        and all(model.sees(reader, name) for name in each.names)
        and each.told[1] not in model.settings[reader].feed.hidden_kinds
        and each.told[1] not in model.settings[each.told[2]].unshared_kinds
    }
    return {entry for entry in told if not _told_elsewhere(entry, reader, told)}


def _told_elsewhere(entry: Told, reader: str, told: set[Told]) -> bool:
    """Whether it is a connection of the reader's own, or one that its other end tells."""
    at, kind, actor, subject = entry
    if kind != "connection_made":
        return False
    return subject == reader or (subject < actor and (at, kind, subject, actor) in told)


def _happened(model: Model, reader: str | None) -> Iterator[Happened]:
    """Everything whose own audience admits *reader*."""
    for (at, kind, actor, subject), names in (
        *_of_members(model, reader),
        *_of_talks(model, reader),
        *_of_posts(model, reader),
        *_of_vouching(model, reader),
    ):
        yield Happened((at, kind, actor, subject), frozenset({actor, *names}))


_Named: TypeAlias = tuple[Told, tuple[str, ...]]


def _of_members(model: Model, reader: str | None) -> Iterator[_Named]:
    for member, at in model.joined.items():
        if model.reads(reader, member, "activities"):
            yield (at, "member_joined", member, ""), ()
    for member, at, names in model.changes:
        seen = [name for name in names if model.reads(reader, member, name)]
        if seen and model.reads(reader, member, "activities"):
            yield (at, "profile_changed", member, ",".join(seen)), ()
    for pair, since in model.connected.items():
        one, other = sorted(pair)
        for actor, met in ((one, other), (other, one)):
            if model.reads(reader, actor, "activities") and model.may_know(reader, one, other):
                yield (since, "connection_made", actor, met), (met,)


def _of_talks(model: Model, reader: str | None) -> Iterator[_Named]:
    for (by, title), (at, speakers) in model.talks.items():
        if model.reads(reader, by, "activities"):
            yield (at, TalkAnnounced.kind, by, title), tuple(speakers)


def _of_posts(model: Model, reader: str | None) -> Iterator[_Named]:
    for post, (author, at, _) in model.posts.items():
        if model.reads_post(reader, post):
            yield (at, "post_published", author, post), ()
    for comment, (post, writer, at, _) in model.comments.items():
        author = model.posts[post][0]
        if model.reads_post(reader, post) and _shares_under(model, reader, writer, author):
            yield (at, "post_commented_on", writer, comment), (author,)
    for (target, member), (_, at) in model.reactions.items():
        post, commenter, *_ = model.comments.get(target, (target, member))
        author = model.posts[post][0]
        if model.reads_post(reader, post) and _shares_under(model, reader, member, author):
            yield (at, "post_reacted_to", member, target), (author, commenter)


def _shares_under(model: Model, reader: str | None, actor: str, author: str) -> bool:
    return actor == author or model.reads(reader, actor, "activities")


def _of_vouching(model: Model, reader: str | None) -> Iterator[_Named]:
    for (owner, giver, skill), endorsement in model.endorsed.items():
        opened = all(model.reads(reader, owner, name) for name in ("endorsements", "skills"))
        listed = opened and skill in skills(model, owner)
        if endorsement.shown and listed and model.reads(reader, giver, "activities"):
            yield (endorsement.shown, "skill_endorsed", giver, skill), (owner,)
    for id_, written in model.recommended.items():
        subject = written.subject
        sections = ("activities", "recommendations", "positions")
        opened = all(model.reads(reader, subject, name) for name in sections)
        if written.shown and opened:
            yield (written.shown, "recommendation_shown", subject, id_), (written.author,)
