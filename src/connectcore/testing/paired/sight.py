"""What a viewer may see, said once more, apart from the gate, so that a wrong gate is found out.

It goes by the connections alone: whoever stands further away than those tell stands there for the
gate too, so what is hidden here is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations, permutations
from typing import Any, TypeVar, cast, final

import attrs
from attrs import frozen

from connectcore.audiences import SECTIONS, Audience, declared_audience
from connectcore.members import Member, MemberId
from connectcore.posts import Comment, CommentId, Post, PostId
from connectcore.profiles import Profile
from connectcore.registers import Register
from connectcore.relationships import Blocked, Pair, Relationship, Strangers
from connectcore.storage import Snapshot, Store
from connectcore.visibility import SharedConnections, VisibilityPolicy

__all__ = ["Sight", "look"]

T = TypeVar("T")

_CIRCLES = (
    Audience.ONLY_ME,
    Audience.CONNECTIONS,
    Audience.SECOND_DEGREE,
    Audience.THIRD_DEGREE,
)
_FARTHEST = len(_CIRCLES)


@final
@frozen
class Sight:
    """What `viewer`, or somebody signed out, may see of those who are there and of what they wrote."""

    viewer: MemberId | None
    members: Mapping[MemberId, Member[Profile]]
    states: Mapping[Pair, Relationship]
    near: Mapping[MemberId, AbstractSet[MemberId]]
    posts: Mapping[PostId, Post]
    comments: Mapping[CommentId, Comment]
    policy: VisibilityPolicy
    store: Store

    @property
    def others(self) -> tuple[MemberId, ...]:
        """Everybody but the viewer."""
        return tuple(member for member in self.members if member != self.viewer)

    @property
    def pairs(self) -> Iterator[tuple[MemberId, MemberId]]:
        """Every two others, either way round."""
        return permutations(self.others, 2)

    def between(self, one: MemberId, other: MemberId) -> Relationship:
        """What two members are to each other."""
        return self.states.get(Pair.of(one, other), Strangers())

    def connected(self, one: MemberId, other: MemberId) -> bool:
        """Whether two members are connected."""
        return other in self.near[one]

    def kept(
        self, register: Register[T], owner: MemberId, other: MemberId | None = None
    ) -> Sequence[T]:
        """What *owner* keeps in a register, of *other* alone if they are named."""
        owners = (owner,)
        return self.store.read(lambda snapshot: snapshot.entries(register, owners, other=other))

    # ── Audiences ───────────────────────────────────────────────────────────────────────────────

    def audience(self, owner: MemberId, name: str) -> Audience:
        """The circle that sees a field or a section of *owner*."""
        member = self.members[owner]
        declared = SECTIONS.get(name, _declared(type(member.profile)).get(name))
        if declared is None:
            return Audience.ONLY_ME
        settings = member.settings
        chosen = getattr(settings, name) if name in SECTIONS else settings.chosen_audience(name)
        audience = declared if chosen is None else chosen
        return min(audience, self.policy.bounds_of(name).widest)

    def hides(self, owner: MemberId, audience: Audience) -> bool:
        """Whether what *owner* shows to *audience* is surely hidden from the viewer."""
        if self.viewer is None:
            return audience < Audience.EVERYONE
        if owner == self.viewer:
            return False
        if isinstance(self.between(self.viewer, owner), Blocked):
            return True
        distance = self._distances(self.near).get(owner, _FARTHEST)
        circle = _CIRCLES[distance] if distance < _FARTHEST else Audience.MEMBERS
        return not audience.admits(circle)

    def hidden_fields(self, owner: MemberId) -> tuple[str, ...]:
        """The fields of *owner* that are hidden from the viewer."""
        names = (attribute.name for attribute in attrs.fields(type(self.members[owner].profile)))
        return tuple(name for name in names if self.hides(owner, self.audience(owner, name)))

    def hides_section(self, owner: MemberId, name: str) -> bool:
        """Whether a section of *owner* is hidden from the viewer."""
        return self.hides(owner, self.audience(owner, name))

    def is_nobody(self, owner: MemberId) -> bool:
        """Whether *owner* is not there for the viewer, nor joins others in what the viewer learns."""
        if self.viewer is None:
            shown = _declared(type(self.members[owner].profile))
            return all(self.audience(owner, name) < Audience.EVERYONE for name in shown)
        return isinstance(self.between(self.viewer, owner), Blocked)

    # ── Connections and writings ────────────────────────────────────────────────────────────────

    def hides_connection(self, one: MemberId, other: MemberId) -> bool:
        """Whether it makes no difference to the viewer that two others are connected, or are not.

        It does not where one of them is not there.
        Beyond that, the lists of the two hide it; and where a list is not closed to everybody, no
        distance must hang on it either.
        """
        if self.is_nobody(one) or self.is_nobody(other):
            return True
        ends = (one, other)
        closed = [self.hides_section(end, "connections") for end in ends]
        kept = [self.audience(end, "connections") is Audience.ONLY_ME for end in ends]
        match self.policy.shared_connections:
            case SharedConnections.UNLESS_ONLY_ME:
                return any(kept) or (all(closed) and not self.leads_on(one, other))
            case SharedConnections.ALWAYS:
                viewer = cast("MemberId", self.viewer)
                known = self.viewer is not None and bool(self.near[viewer] & set(ends))
                return all(closed) and not known and not self.leads_on(one, other)
            case SharedConnections.BOTH_ADMIT:
                return any(kept) or (any(closed) and not self.leads_on(one, other))

    def is_near(self, owner: MemberId) -> bool:
        """Whether connections lead from the viewer to *owner*."""
        return self.viewer is not None and owner in self._distances(self.near)

    def hides_writing(self, writing: str) -> bool:
        """Whether a post is hidden from the viewer, or the post that a comment stands under."""
        comment = self.comments.get(CommentId(writing))
        post = self.posts.get(PostId(writing) if comment is None else comment.post)
        return post is None or self.hides(post.author, post.audience)

    def leads_on(self, one: MemberId, other: MemberId) -> bool:
        """Whether somebody is nearer to the viewer for the connection between two others."""
        if self.viewer is None:
            return False
        without = {member: set(near) for member, near in self.near.items()}
        without[one].discard(other)
        without[other].discard(one)
        with_it = {member: set(near) for member, near in self.near.items()}
        with_it[one].add(other)
        with_it[other].add(one)
        return self._distances(without) != self._distances(with_it)

    def _distances(self, near: Mapping[MemberId, AbstractSet[MemberId]]) -> Mapping[MemberId, int]:
        """How many connections lead from the viewer to each other, up to three."""
        found = {cast("MemberId", self.viewer): 0}
        ring = set(found)
        for distance in range(1, _FARTHEST):
            ring = {other for member in ring for other in near.get(member, ())} - found.keys()
            found.update(dict.fromkeys(ring, distance))
        return found


def look(
    store: Store,
    viewer: str | None,
    *,
    members: Collection[str],
    writings: Collection[str],
    policy: VisibilityPolicy,
) -> Sight:
    """What *viewer* may see of *members* and *writings*, as far as they are in *store*."""
    ids = [MemberId(member) for member in members]

    def unit(snapshot: Snapshot) -> Mapping[str, Any]:
        there = snapshot.members(ids)
        present = [member for member in ids if member in there]
        pairs = {Pair.of(*pair) for pair in combinations(present, 2)}
        return {
            "members": {member: there[member] for member in present},
            "states": dict(snapshot.between(pairs)),
            "near": {one: frozenset(near) for one, near in snapshot.neighbours(present).items()},
            "posts": dict(snapshot.posts([PostId(writing) for writing in writings])),
            "comments": dict(snapshot.comments([CommentId(writing) for writing in writings])),
        }

    seen = store.read(unit)
    return Sight(
        viewer=None if viewer is None else MemberId(viewer), policy=policy, store=store, **seen
    )


def _declared(profile: type[Profile]) -> Mapping[str, Audience]:
    found = {each.name: declared_audience(each) for each in attrs.fields(profile)}
    return {name: audience for name, audience in found.items() if audience is not None}
