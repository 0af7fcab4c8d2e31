"""Addressing a message: all that the decisions about it look at, in one go."""

from __future__ import annotations

from datetime import datetime
from typing import final

from attrs import field, frozen

from connectcore.correspondence import MessageProposal
from connectcore.members import MemberId, member_id
from connectcore.messages import CORRESPONDENTS, MESSAGE_STANDINGS, REQUESTS_SENT, MessageWay
from connectcore.network.acts import as_seen, count_shared
from connectcore.network.charter import Charter, refuse, standpoint
from connectcore.profiles import ProfileT
from connectcore.relationships import Strangers
from connectcore.storage import Read, Snapshot
from connectcore.texts import storable
from connectcore.writing import weigh_message

__all__ = ["Draft", "address", "allowed"]


@final
@frozen(kw_only=True)
class Draft:
    """What somebody wants to write to whom, by which way and when; or to answer, with no text."""

    to: MemberId = field(converter=member_id)
    at: datetime
    way: MessageWay = MessageWay.FREELY
    text: str = field(default="", converter=storable, repr=False)
    subject: str = field(default="", converter=storable, repr=False)


def address(
    charter: Charter[ProfileT], snapshot: Snapshot, actor: MemberId, draft: Draft
) -> MessageProposal:
    """Load what there is between *actor* and whom they write to.

    Which reads it takes depends on the way alone, not on what is there.
    Raises `UnknownMember` for an actor who has not joined.
    """
    to, asks = draft.to, draft.way is not MessageWay.FREELY
    requests = draft.way is MessageWay.REQUEST
    between: tuple[Read, ...] = (
        lambda ahead: ahead.entry(REQUESTS_SENT, actor, (to,)),
        lambda ahead: ahead.entry(REQUESTS_SENT, to, (actor,)),
        lambda ahead: ahead.entry(CORRESPONDENTS, actor, (to,)),
    )
    shared: tuple[Read, ...] = (lambda ahead: ahead.shared(actor, to),) if requests else ()
    standing: tuple[Read, ...] = (
        (lambda ahead: ahead.entry(MESSAGE_STANDINGS, actor, ()),) if asks else ()
    )
    where = standpoint(charter, snapshot, actor, (to,), besides=(*between, *shared, *standing))
    member = where.members[actor]
    return MessageProposal(
        actor=member,
        to=to,
        other=as_seen(where, to),
        at=draft.at,
        way=draft.way,
        text=draft.text,
        subject=draft.subject,
        relationship=where.relationships.get(to, Strangers()),
        sent=snapshot.entry(REQUESTS_SENT, actor, (to,)),
        received=snapshot.entry(REQUESTS_SENT, to, (actor,)),
        is_correspondent=snapshot.entry(CORRESPONDENTS, actor, (to,)) is not None,
        shared=count_shared(snapshot, where, actor, to) if requests else 0,
        standing=snapshot.entry(MESSAGE_STANDINGS, actor, ()) if asks else None,
        plan=charter.messages.plan(member) if asks else None,
    )


def allowed(
    charter: Charter[ProfileT], snapshot: Snapshot, actor: MemberId, draft: Draft
) -> MessageProposal:
    """What *actor* proposes, if nothing refuses it; else raise what they may know of why."""
    proposal = address(charter, snapshot, actor, draft)
    verdict = weigh_message(proposal, charter.messages)
    if not verdict.allowed:
        raise refuse(verdict)
    return proposal
