"""What members and visitors read of a member, and what the model expects of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from attrs import evolve

from connectcore.network import ActingMember, Visitor
from connectcore.profiles import Name, Profile
from connectcore.testing.machine.lockstep import all_pages
from connectcore.testing.machine.own import newest, told_by
from connectcore.testing.model import (
    Model,
    endorsing,
    feeds,
    nearing,
    posting,
    recommending,
    writing,
)
from connectcore.testing.model.state import FIELDS
from connectcore.visibility import ProfileView

__all__ = ["OF_MEMBERS", "OPEN"]

Viewer: TypeAlias = ActingMember[Profile] | Visitor[Profile]
Open: TypeAlias = tuple[Callable[[Viewer, str], object], Callable[[Model, str | None, str], object]]
"""What anybody reads of a member, and what the model expects them to read."""

OfMember: TypeAlias = tuple[
    Callable[[ActingMember[Profile], str], object], Callable[[Model, str, str], object]
]
"""What a member reads of another, and what the model expects them to read."""

NOTHING = Profile(name=Name())
"""What a profile shows to those who see nothing of it."""


def _view(seen: ProfileView[Profile]) -> tuple[object, ...]:
    return seen.withheld, *(getattr(seen.profile, name) for name in FIELDS)


def _expected_view(model: Model, viewer: str | None, other: str) -> tuple[object, ...]:
    model.require(viewer, other)
    profile = model.profiles[other]
    if not model.reads(viewer, other, "full_name"):
        profile = evolve(profile, name=profile.name.abbreviated())
    withheld = {name for name in FIELDS if not model.reads(viewer, other, name)}
    shown = (getattr(NOTHING if name in withheld else profile, name) for name in FIELDS)
    return frozenset(withheld), *shown


def _expected_connections(model: Model, viewer: str | None, other: str) -> list[tuple[object, ...]]:
    model.require(viewer, other)
    listed = model.listed(viewer, other)
    return newest((model.connected[frozenset((member, other))], member) for member in listed)


OPEN: Mapping[str, Open] = {
    "profile": (lambda me, of: _view(me.profiles.view(of)), _expected_view),
    "connections": (
        lambda me, of: [(each.since, each.member) for each in me.connections.page(of).items],
        _expected_connections,
    ),
    "count of connections": (
        lambda me, of: me.connections.count(of),
        lambda model, by, of: len(_expected_connections(model, by, of)),
    ),
    "endorsements": (
        lambda me, of: sorted(
            (each.giver, each.skill) for each in me.endorsements.page(of, limit=100).items
        ),
        lambda model, by, of: sorted(endorsing.page(model, by, of)),
    ),
    "counts of endorsements": (
        lambda me, of: [(each.skill, each.endorsements) for each in me.endorsements.of(of)],
        lambda model, by, of: [*endorsing.counts(model, by, of).items()],
    ),
    "recommendations": (
        lambda me, of: {each.id for each in me.recommendations.page(of).items},
        recommending.page,
    ),
    "activities": (
        lambda me, of: sorted(
            told_by(activity)
            for activity in all_pages(lambda after: me.activities.page(of, after=after))
        ),
        lambda model, by, of: sorted(feeds.shared(model, by, of)),
    ),
    "posts": (
        lambda me, of: {each.id for each in me.posts.page(of, limit=100).items},
        posting.published,
    ),
}


def _degree(model: Model, viewer: str, other: str) -> int:
    model.require(viewer, other)
    return model.degree(viewer, other)


def _mutual(model: Model, viewer: str, other: str) -> set[str]:
    model.require(viewer, other)
    return model.mutual(viewer, other)


OF_MEMBERS: Mapping[str, OfMember] = {
    **OPEN,
    "degree": (lambda me, of: int(me.connections.degree(of)), _degree),
    "path": (lambda me, of: me.connections.path(of), nearing.path),
    "mutual connections": (
        lambda me, of: {each.member for each in me.connections.mutual(of).items},
        _mutual,
    ),
    "messages": (
        lambda me, of: [each.id for each in me.messages.read(of, limit=100).items],
        writing.read,
    ),
}
