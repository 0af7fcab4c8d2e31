"""Correspondence: the rules of who may write to whom, in one value.

Connections write freely, and so does everybody to an open profile.
Whoever is written to outside of a connection may answer freely; so a message request or an InMail
that is accepted opens the conversation for both.
Everybody else asks first: by a message request, if the policy's rules admit it, or by an InMail, if
they have a credit.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias, final

from attrs import field, frozen

from connectcore.choices import not_negative, one_of
from connectcore.inmail import InMailPlan
from connectcore.members import Member, MemberId
from connectcore.messages import MessageRequest, MessageStanding, MessageWay
from connectcore.moments import moment, waiting_time
from connectcore.profiles import Profile, companies_of
from connectcore.refusals import Refusal
from connectcore.relationships import Relationship, Strangers
from connectcore.texts import storable

__all__ = [
    "MessagePolicy",
    "MessageProposal",
    "MessageRule",
    "no_inmail",
    "share_connection_or_company",
]


@final
@frozen(kw_only=True)
class MessageProposal:
    """All that the rules may look at when `actor` wants to write to the member `to`.

    `other` is that member with the profile that the actor may see of them, or `None` if nobody is
    there.
    `sent` is the last request or InMail of the actor to them, `received` theirs to the actor, and
    `is_correspondent` whether the actor may write to them freely without a connection.
    `shared` is how many shared connections the actor sees, counted for requests alone; `standing`
    and `plan` are read for requests and InMail.
    """

    actor: Member[Profile]
    to: MemberId
    other: Member[Profile] | None
    at: datetime = field(converter=moment)
    way: MessageWay = field(default=MessageWay.FREELY, validator=one_of(MessageWay))
    text: str = field(default="", converter=storable, repr=False)
    subject: str = field(default="", converter=storable, repr=False)
    relationship: Relationship = Strangers()
    sent: MessageRequest | None = None
    received: MessageRequest | None = None
    is_correspondent: bool = False
    shared: int = 0
    standing: MessageStanding | None = None
    plan: InMailPlan | None = None


MessageRule: TypeAlias = Callable[[MessageProposal], Refusal | None]
"""What refuses a message, or lets it pass by giving nothing."""


def no_inmail(_: Member[Profile]) -> InMailPlan | None:
    """The plan of everybody where there is no InMail."""
    return None


def share_connection_or_company(proposal: MessageProposal) -> Refusal | None:
    """Refuse a message request between two who have nothing in common that the actor sees.

    On LinkedIn members of one group and current co-workers may ask (help page a554575); here a
    shared connection stands for the group, and a company is compared without case.
    """
    other = proposal.other
    if other is None or proposal.shared:
        return None
    own = companies_of(proposal.actor.profile, current=True)
    if own & companies_of(other.profile, current=True):
        return None
    return Refusal(
        code="nothing_in_common",
        message="A message request takes a shared connection or a company where you both work.",
    )


@final
@frozen(kw_only=True)
class MessagePolicy:
    """Who may write to whom beside connections, how long, and how often.

    `length` is what a message or a request may have, counted as Unicode code points, and
    `inmail_subject` and `inmail_body` what an InMail may (LinkedIn: 8,000, 200 and 2,000; help page
    a554514).
    `plan` says which InMail plan a member has, if any; by default nobody has one.
    A credit comes back where an InMail is answered `answered_within` 90 days (help page 75).
    `requests_a_week` is how many requests may be sent in any 168 hours, and `None` sets no limit;
    LinkedIn limits the volume too, but tells no number (help page a554575), so the stock one is that
    of invitations.
    `request_again_after` is how long somebody waits who withdrew a request to the same member, as
    with invitations (help page a551012).
    `requesting` are the rules for requests, and `writing` those for messages of every way.
    """

    length: int = field(default=8000, validator=not_negative)
    inmail_subject: int = field(default=200, validator=not_negative)
    inmail_body: int = field(default=2000, validator=not_negative)
    plan: Callable[[Member[Profile]], InMailPlan | None] = no_inmail
    answered_within: timedelta = field(default=timedelta(days=90), validator=waiting_time)
    requests_a_week: int | None = field(default=100, validator=not_negative)
    request_again_after: timedelta = field(default=timedelta(weeks=3), validator=waiting_time)
    requesting: tuple[MessageRule, ...] = (share_connection_or_company,)
    writing: tuple[MessageRule, ...] = ()
