"""What members do to each other before they say anything: the codes of why not, none if it happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectcore.settings import WhoMayInvite
from connectcore.testing.model import writing
from connectcore.testing.model.addresses import knows_email
from connectcore.testing.model.arriving import is_turned_away
from connectcore.testing.model.parting import part
from connectcore.testing.model.state import LIMITS, Model, Notice, Pair, ghost
from connectcore.testing.model.telling import arrivals, tell, untell

__all__ = [
    "accept",
    "block",
    "cancel_reminders",
    "follow",
    "move_on",
    "mute",
    "reminders",
    "remove",
    "send",
    "send_to_address",
    "set_aside",
    "unblock",
    "unfollow",
    "unmute",
    "withdraw",
    "withdraw_from_address",
]


def move_on(model: Model, duration: timedelta) -> None:
    """Let time pass, and forget the invitations that grew too old."""
    model.now += duration
    for pair, sent_at in list(model.invited.items()):
        if sent_at + LIMITS.expiry <= model.now:
            _close(model, pair)


def send(model: Model, by: str, to: str, note: str, *, email: str) -> set[str]:
    """Invite, or accept an invitation that waits."""
    model.meet(by, to)
    if model.are_connected(by, to):
        return {"already_connected"}
    if (to, by) in model.invited or arrivals(model, by, to):
        return accept(model, by, to)
    if (by, to) in model.invited:
        return set()
    knows = knows_email(model, to, email)
    codes = set(_why_not_invite(model, by, to, note, knows_email=knows))
    if not codes:
        model.invited[by, to] = model.now
        model.sent.append((by, model.now, bool(note)))
        tell(model, "invitation_received", to=to, actor=by)
        if (to, by) in model.turned_away:
            set_aside(model, to, by, "ignored")
    return codes


def send_to_address(model: Model, by: str, address: str, note: str) -> set[str]:
    """Invite whoever an address belongs to."""
    model.act(by)
    holder = model.holders.get(address, ("",))[0]
    if holder == by:
        return {"oneself"}
    if (by, address) in model.invited:
        return set()
    codes = set(_why_not_send(model, by, address, note))
    if len(model.connections(by)) >= LIMITS.connections:
        codes.add("connections")
    if not codes:
        model.invited[by, address] = model.now
        model.sent.append((by, model.now, bool(note)))
        told = (address, "invitation_received", by, "")
        model.notices[told] = Notice(at=model.now, listed=True)
        if holder and is_turned_away(model, by, holder):
            model.aside[by, address] = "ignored"
    return codes


def withdraw_from_address(model: Model, by: str, address: str) -> set[str]:
    """Take the invitation to an address back."""
    model.act(by)
    if (by, address) in model.invited:
        _close(model, (by, address))
        model.last["withdrawn", by, address] = model.now
        return set()
    return set() if ("withdrawn", by, address) in model.last else {"no_invitation"}


def cancel_reminders(model: Model, by: str, address: str) -> set[str]:
    """Let an address be reminded no more."""
    model.act(by)
    if (by, address) not in model.invited:
        return {"no_invitation"}
    model.unreminded.add((by, address))
    return set()


def reminders(model: Model, by: str) -> set[tuple[datetime, str]]:
    """Which addresses will be reminded, and when."""
    planned = (
        (sent_at + after, address)
        for (inviter, address), sent_at in model.invited.items()
        if inviter == by and "@" in address and (by, address) not in model.unreminded
        for after in LIMITS.reminded
    )
    return {(at, address) for at, address in planned if at > model.now}


def accept(model: Model, by: str, to: str) -> set[str]:
    """Accept the invitation of *to*, also one to an address."""
    model.meet(by, to)
    if model.are_connected(by, to):
        return set()
    invited = [by] if (to, by) in model.invited else arrivals(model, by, to)
    if not invited:
        return {"no_invitation"}
    full = _full(model, by, to)
    if not full:
        _close(model, (to, invited[0]))
        _close(model, (by, to))
        model.connected[frozenset((by, to))] = model.now
        model.follows |= {(by, to), (to, by)}
        model.turned_away -= {(by, to), (to, by)}
        for kind, one, other in list(model.last):
            if {one, other} == {by, to} and kind != "unblocked":
                del model.last[kind, one, other]
        tell(model, "invitation_accepted", to=to, actor=by)
    return full


def set_aside(model: Model, by: str, to: str, how: str) -> set[str]:
    """Ignore or report the invitation of *to*, and all of theirs to addresses."""
    model.meet(by, to)
    found = arrivals(model, by, to)
    for address in found:
        _put_aside(model, to, address, how)
    if found and how == "reported":
        model.turned_away.add((by, to))
    if (to, by) in model.invited:
        if _put_aside(model, to, by, how):
            model.last[how, by, to] = model.now
        return set()
    return set() if found else {"no_invitation"}


def _put_aside(model: Model, inviter: str, to: str, how: str) -> bool:
    untell(model, "invitation_received", to=to, actor=inviter)
    if model.aside.get((inviter, to)) in {how, "reported"}:
        return False
    model.aside[inviter, to] = how
    model.reports[inviter] += how == "reported"
    return True


def withdraw(model: Model, by: str, to: str) -> set[str]:
    """Take an invitation back."""
    model.meet(by, to)
    if (by, to) in model.invited:
        _close(model, (by, to))
        model.last["withdrawn", by, to] = model.now
        return set()
    again = ("withdrawn", by, to) in model.last and not _involved(model, by, to)
    return set() if again else {"no_invitation"}


def remove(model: Model, by: str, to: str) -> set[str]:
    """End a connection."""
    model.meet(by, to)
    if model.are_connected(by, to):
        _part(model, by, to)
        model.last["removed", by, to] = model.now
        return set()
    removed = {("removed", by, to), ("removed", to, by)} & model.last.keys()
    return set() if removed and not _involved(model, by, to) else {"not_connected"}


def block(model: Model, by: str, to: str) -> set[str]:
    """Block."""
    model.act(by)
    if by == to:
        return {"oneself"}
    if (by, to) in model.blocked:
        return set()
    codes: set[str] = set()
    unblocked = model.last.get(("unblocked", by, to))
    if unblocked is not None and model.now < unblocked + LIMITS.reblock:
        codes.add("unblocked_lately")
    if sum(blocker == by for blocker, _ in model.blocked) >= LIMITS.blocks:
        codes.add("blocks")
    if not codes:
        if (by, to) in model.invited:
            model.last["withdrawn", by, to] = model.now
        _close(model, (by, to))
        _close(model, (to, by))
        _part(model, by, to)
        writing.close(model, by, to)
        model.blocked[by, to] = model.now
    return codes


def unblock(model: Model, by: str, to: str) -> set[str]:
    """Lift one's own block, also one that outlasted whom it was of."""
    model.act(by)
    if by == to:
        return {"oneself"}
    for blocked in (to, ghost(to)):
        if model.blocked.pop((by, blocked), None):
            model.last["unblocked", by, blocked] = model.now
    return set()


def follow(model: Model, by: str, to: str) -> set[str]:
    """Follow."""
    model.meet(by, to)
    model.follows.add((by, to))
    return set()


def unfollow(model: Model, by: str, to: str) -> set[str]:
    """Unfollow."""
    model.meet(by, to)
    model.follows.discard((by, to))
    return set()


def mute(model: Model, by: str, to: str, until: datetime | None) -> set[str]:
    """Mute."""
    if by == to:
        return {"oneself"}
    model.act(by)
    model.require(by, to)
    model.mutes[by, to] = until
    return set()


def unmute(model: Model, by: str, to: str) -> set[str]:
    """Unmute."""
    model.act(by)
    model.mutes.pop((by, to), None)
    return set()


# How things end.


def _involved(model: Model, one: str, other: str) -> bool:
    pairs = {(one, other), (other, one)}
    return bool(pairs & model.invited.keys()) or model.are_connected(one, other)


def _close(model: Model, pair: Pair) -> None:
    model.invited.pop(pair, None)
    model.aside.pop(pair, None)
    model.unreminded.discard(pair)
    untell(model, "invitation_received", to=pair[1], actor=pair[0])


def _part(model: Model, one: str, other: str) -> None:
    model.connected.pop(frozenset((one, other)), None)
    model.follows -= {(one, other), (other, one)}
    for by, to in ((one, other), (other, one)):
        untell(model, "invitation_accepted", to=to, actor=by)
    part(model, one, other)


# Why somebody may not invite.


def _full(model: Model, by: str, to: str) -> set[str]:
    if len(model.connections(by)) >= LIMITS.connections:
        return {"connections"}
    if len(model.connections(to)) >= LIMITS.connections:
        return {"connections_of_other"}
    return set()


def _why_not_invite(
    model: Model, by: str, to: str, note: str, *, knows_email: bool
) -> Iterator[str]:
    wants = model.settings[to].who_may_invite
    if wants is WhoMayInvite.NOBODY:
        yield "not_accepting"
    if not knows_email and (
        wants is WhoMayInvite.KNOWS_EMAIL or model.reports[by] >= LIMITS.reports
    ):
        yield "email_needed"
    parted = {("reported", to, by), ("removed", to, by)} & model.last.keys()
    if parted and not _withdrew_lately(model, by, to):
        yield "not_accepting"
    yield from _why_not_send(model, by, to, note)
    yield from _full(model, by, to)


def _withdrew_lately(model: Model, by: str, to: str) -> bool:
    withdrawn = model.last.get(("withdrawn", by, to))
    return withdrawn is not None and model.now < withdrawn + LIMITS.cooling


def _why_not_send(model: Model, by: str, to: str, note: str) -> Iterator[str]:
    """Why not, for reasons that are the sender's own."""
    if _withdrew_lately(model, by, to):
        yield "withdrawn"
    if len(note) > LIMITS.note:
        yield "note_too_long"
    mine = [(at, noted) for sender, at, noted in model.sent if sender == by]
    month = [at for at, noted in mine if noted and at > model.now - timedelta(days=30)]
    if note and len(month) >= LIMITS.notes:
        yield "notes_per_month"
    if sum(at > model.now - timedelta(weeks=1) for at, _ in mine) >= LIMITS.sent:
        yield "sent_per_week"
    if sum(inviter == by for inviter, _ in model.invited) >= LIMITS.pending:
        yield "pending_invitations"
