"""What the naive model expects in a feed: everything that happened, less what may not show."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from connectcore import FeedItem, MemberJoined
from tests.histories.model import Model

__all__ = ["Told", "expected", "told_by"]

Told: TypeAlias = tuple[datetime, str, str, str]
"""When, which kind, who, and about whom or what."""


def expected(model: Model, reader: str) -> set[Told]:
    """What the feed of *reader* tells at the model's moment."""
    muted = {
        other
        for (by, other), until in model.mutes.items()
        if by == reader and (until is None or model.now < until)
    }
    told = {
        entry
        for entry, names in _happened(model, reader)
        if (reader, entry[2]) in model.follows
        and not names & muted
        and all(model.sees(reader, name) for name in names)
        and entry[1] not in model.settings[reader].feed.hidden_kinds
        and entry[1] not in model.settings[entry[2]].unshared_kinds
    }
    return {
        entry
        for entry in told
        if entry[1] != "connection_made"
        or entry[2] < entry[3]
        or (entry[0], entry[1], entry[3], entry[2]) not in told
    }


def told_by(item: FeedItem) -> Iterator[Told]:
    """What an item of a feed tells, one activity at a time."""
    for activity in item.activities:
        subject = "" if isinstance(activity, MemberJoined) else activity.key[-1]
        yield activity.at, activity.kind, activity.actor, subject


def _happened(model: Model, reader: str) -> Iterator[tuple[Told, set[str]]]:
    """Everything whose own audience admits *reader*, with everybody whom it names."""

    def reads(actor: str) -> bool:
        return model.admits(actor, model.settings[actor].activities, reader)

    for member, at in model.joined.items():
        if reads(member):
            yield (at, "member_joined", member, ""), {member}
    for pair, since in model.connected.items():
        one, other = sorted(pair)
        for actor, met in ((one, other), (other, one)):
            if reader not in pair and reads(actor) and model.may_know(reader, one, other):
                yield (since, "connection_made", actor, met), {one, other}
    for post, (author, at, audience) in model.posts.items():
        if model.admits(author, audience, reader):
            yield (at, "post_published", author, post), {author}
    for comment, (post, writer, at, _) in model.comments.items():
        author, _, audience = model.posts[post]
        if model.admits(author, audience, reader) and (writer == author or reads(writer)):
            yield (at, "post_commented_on", writer, comment), {writer, author}
    for (target, member), (_, at) in model.reactions.items():
        post, commenter, *_ = model.comments.get(target, (target, member))
        author, _, audience = model.posts[post]
        if model.admits(author, audience, reader) and (member == author or reads(member)):
            names = {member, author, commenter}
            yield (at, "post_reacted_to", member, target), names
