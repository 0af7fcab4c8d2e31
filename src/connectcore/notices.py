"""Notices: who is told what."""

from __future__ import annotations

from datetime import datetime
from typing import final

from attrs import field, frozen

from connectcore.channels import NoticeKind
from connectcore.choices import one_of
from connectcore.members import MemberId, member_id
from connectcore.moments import moment
from connectcore.registers import Key, Register
from connectcore.texts import storable

__all__ = ["NOTICES", "Notice"]


@final
@frozen(kw_only=True)
class Notice:
    """Something that `to` is told: what `actor` did, and what it is `about`.

    `about` is the id of a post, a comment, a message or a recommendation, the name of a skill, or
    nothing.
    """

    id: str = field(converter=storable)
    kind: NoticeKind = field(validator=one_of(NoticeKind))
    to: MemberId = field(converter=member_id)
    actor: MemberId = field(converter=member_id)
    at: datetime = field(converter=moment)
    about: str = field(default="", converter=storable)

    @property
    def key(self) -> Key:
        """What tells it apart: the same act about the same thing is told once, the last time."""
        return (self.kind.value, self.actor, self.about)


NOTICES: Register[Notice] = Register(
    name="notices",
    holds=Notice,
    key=lambda notice: notice.key,
    at=lambda notice: notice.at,
    other=lambda notice: notice.actor,
)
"""What a member has been told."""
