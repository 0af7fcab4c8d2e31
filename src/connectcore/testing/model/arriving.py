"""Invitations to addresses: an address is invited like a member, and reads as one to whoever has it."""

from __future__ import annotations

from datetime import datetime

from connectcore.settings import WhoMayInvite
from connectcore.testing.model.state import LIMITS, Model
from connectcore.testing.model.telling import arrived, untell

__all__ = ["confirm", "is_turned_away", "received", "set_aside_all"]


def received(model: Model, member: str) -> dict[str, datetime]:
    """Who waits for an answer of *member*, and since when they do."""
    found = {
        inviter: at
        for (inviter, to), at in model.invited.items()
        if to == member and (inviter, to) not in model.aside
    }
    for inviter in model.joined:
        address = arrived(model, member, inviter)
        if address is not None:
            found[inviter] = model.invited[inviter, address]
    return found


def is_turned_away(model: Model, inviter: str, member: str) -> bool:
    """Whether an invitation of *inviter* to an address of *member* must not reach them."""
    if (member, inviter) in model.turned_away or inviter == member:
        return True
    if not model.sees(member, inviter) or model.are_connected(member, inviter):
        return True
    if (inviter, member) in model.invited:
        return False
    if len(model.connections(member)) >= LIMITS.connections:
        return True
    if (member, inviter) in model.invited:
        return False
    withdrawn = model.last.get(("withdrawn", inviter, member))
    parted = {("reported", member, inviter), ("removed", member, inviter)} & model.last.keys()
    takes_none = model.settings[member].who_may_invite is WhoMayInvite.NOBODY
    lately = withdrawn is not None and model.now < withdrawn + LIMITS.cooling
    return takes_none or lately or bool(parted)


def confirm(model: Model, by: str, address: str) -> set[str]:
    """Make an address one's own, whosever it was, with what waits there."""
    model.act(by)
    if model.holders.get(address, ("",))[0] != by:
        model.holders[address] = (by, model.now)
        for inviter in _waiting(model, address):
            if is_turned_away(model, inviter, by):
                _ignore(model, inviter, address)
    return set()


def set_aside_all(model: Model, address: str) -> None:
    """Let nothing that waits at an address reach anybody any more."""
    for inviter in _waiting(model, address):
        _ignore(model, inviter, address)


def _waiting(model: Model, address: str) -> list[str]:
    sent = [pair for pair in model.invited if pair[1] == address]
    return [inviter for inviter, to in sent if (inviter, to) not in model.aside]


def _ignore(model: Model, inviter: str, address: str) -> None:
    model.aside[inviter, address] = "ignored"
    untell(model, "invitation_received", to=address, actor=inviter)
