"""What a rule looks at: a `Proposal`, with every fact read in one go before it is judged.

A rule is a callable from a `Proposal` to a `Refusal` or to nothing: a plain function, or a frozen
class with `__call__` where it has a parameter.
It asks no store and no clock, so the same proposal is always judged alike.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeAlias, final, runtime_checkable

from attrs import field, frozen

from connectcore.choices import one_of
from connectcore.members import Member, MemberId
from connectcore.moments import moment
from connectcore.profiles import Profile
from connectcore.refusals import Caution, Quota, Refusal
from connectcore.relationships import Acquaintance, Relationship, Strangers
from connectcore.texts import storable

__all__ = ["CautionRule", "CountingRule", "Proposal", "Rule", "Standing"]


@final
@frozen(kw_only=True)
class Standing:
    """What a member's limits are counted from.

    `sent` and `noted` are the moments of the invitations they sent, and of those with a note,
    oldest first, as far back as `ConnectionRules.window` reaches, whatever became of them.
    `pending` counts invitations that they see pending, `reports` how often somebody said not to
    know them.
    """

    sent: tuple[datetime, ...] = ()
    noted: tuple[datetime, ...] = ()
    pending: int = 0
    connections: int = 0
    blocks: int = 0
    reports: int = 0


@final
@frozen(kw_only=True)
class Proposal:
    """All that the rules may look at when `actor` wants something of the member `to`.

    `other` is that member with the profile that the actor may see of them, or `None` if nobody is
    there; `knows_email` says whether the actor named an e-mail address of theirs, and `shared` how
    many shared connections the actor sees.
    """

    actor: Member[Profile]
    to: MemberId
    other: Member[Profile] | None
    at: datetime = field(converter=moment)
    relationship: Relationship = Strangers()
    note: str = field(default="", converter=storable, repr=False)
    acquaintance: Acquaintance | None = field(default=None, validator=one_of(Acquaintance))
    knows_email: bool = False
    shared: int = 0
    standing: Standing = Standing()
    other_standing: Standing = Standing()


Rule: TypeAlias = Callable[[Proposal], Refusal | None]
"""What refuses an act, or lets it pass by giving nothing."""


@runtime_checkable
class CountingRule(Protocol):
    """A rule that counts, and so can say what is left under its limit."""

    def quota(self, proposal: Proposal) -> Quota | None:
        """How much the actor has used; `None` where the limit is none for them.

        Only of what the actor may know: never of the other's counts, nor of what others did.
        """
        ...


CautionRule: TypeAlias = Callable[[Proposal], Caution | None]
"""What warns of an act without stopping it."""
