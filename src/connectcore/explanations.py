"""Explanations for an operator: the true causes that the members themselves are not told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

import attrs
from attrs import evolve, field, frozen

from connectcore.audiences import SECTIONS, Audience
from connectcore.members import Member, MemberId, member_id
from connectcore.profiles import Profile
from connectcore.refusals import (
    BLOCKED_BY_THEM,
    NOBODY_THERE,
    SHOWS_NOTHING,
    YOU_BLOCKED,
    Refusal,
    Verdict,
)
from connectcore.relationships import Blocked
from connectcore.visibility import Explanation, Standpoint, VisibilityPolicy, explain

__all__ = ["Disclosure", "disclosure", "with_true_causes"]

_NOT_TOLD_APART = frozenset({YOU_BLOCKED, BLOCKED_BY_THEM, NOBODY_THERE})


def _viewer(value: str | None) -> MemberId | None:
    return None if value is None else member_id(value)


@final
@frozen(kw_only=True)
class Disclosure:
    """What `member` shows to `viewer`, part by part, and why; a viewer of `None` is a visitor.

    `parts` are the fields of the profile and the sections, each with its audience.
    `circle` is where the viewer stands, and `absent` the true causes for which the viewer finds
    nobody there at all.
    It holds names and audiences and nothing of what the member wrote, and it is the operator's
    alone: a viewer who read it would learn of blocks.
    """

    viewer: MemberId | None = field(converter=_viewer)
    member: MemberId = field(converter=member_id)
    circle: Audience | None
    absent: tuple[Refusal, ...] = ()
    parts: tuple[Explanation, ...] = ()

    def shows(self, name: str) -> bool:
        """Whether the viewer sees a field of the profile, or is in the audience of a section."""
        if self.absent or self.circle is None:
            return False
        return any(part.name == name and part.audience.admits(self.circle) for part in self.parts)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        viewer = "a visitor" if self.viewer is None else self.viewer
        if self.absent or self.circle is None:
            yield f"{viewer} does not find {self.member}:"
            yield from (f"  {cause.code}: {cause.message}" for cause in self.absent)
        else:
            yield f"{viewer} finds {self.member} and stands in the circle {self.circle}:"
        for part in self.parts:
            yield f"  {'shown' if self.shows(part.name) else 'hidden'}  {part}"


def disclosure(where: Standpoint, owner: MemberId) -> Disclosure:
    """Explain what *owner* shows to the viewer of a standpoint that was made for them."""
    member = where.members.get(owner)
    return Disclosure(
        viewer=where.viewer,
        member=owner,
        circle=where.circles.get(owner),
        absent=_absent(where, owner),
        parts=() if member is None else tuple(_parts(member, where.policy)),
    )


def with_true_causes(verdict: Verdict, where: Standpoint, owner: MemberId) -> Verdict:
    """The *verdict* about *owner*, with what a decision does not need to tell apart told apart."""
    if _NOT_TOLD_APART.isdisjoint(verdict.refusals):
        return verdict
    return evolve(verdict, refusals=_absent(where, owner))


def _parts(member: Member[Profile], policy: VisibilityPolicy) -> Iterator[Explanation]:
    fields = (attribute.name for attribute in attrs.fields(type(member.profile)))
    return (explain(member, name, policy) for name in (*fields, *SECTIONS))


def _absent(where: Standpoint, owner: MemberId) -> tuple[Refusal, ...]:
    """Why the viewer finds nobody: blocks first, since they hold whether or not somebody is there."""
    state = where.relationships.get(owner)
    if isinstance(state, Blocked):
        blocks = ((where.viewer, YOU_BLOCKED), (owner, BLOCKED_BY_THEM))
        return tuple(cause for blocker, cause in blocks if blocker in state.by)
    if owner not in where.members:
        return (NOBODY_THERE,)
    return () if where.sees(owner) else (SHOWS_NOTHING,)
