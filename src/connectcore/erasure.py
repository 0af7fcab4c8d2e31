"""Erasure: what is left of somebody who is forgotten.

Nothing that is theirs or names them is left, but whoever blocked them stays rid of them.
Such a block is kept under a digest of their id, which tells nobody the id, and holds again from the
first moment if somebody joins with that id.
"""

from __future__ import annotations

from attrs import evolve

from connectcore.members import MemberId
from connectcore.registers import Register
from connectcore.relationships import Blocked, MemberBlocked, Relationship

__all__ = ["KEPT_BLOCKS", "held_again"]

KEPT_BLOCKS: Register[MemberBlocked] = Register(
    name="kept_blocks",
    holds=MemberBlocked,
    key=lambda block: (block.by,),
    at=lambda block: block.at,
    other=lambda block: block.by,
)
"""The blocks that stand against somebody who was erased, owned by the digest of their id."""


def held_again(
    kept: MemberBlocked, member: MemberId, relationship: Relationship
) -> MemberBlocked | None:
    """A *kept* block as one of *member*, who is back; `None` where the blocker set another since."""
    if isinstance(relationship, Blocked) and kept.by in relationship.by:
        return None
    return evolve(kept, to=member)
