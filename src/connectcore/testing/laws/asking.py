"""Proposals that meet a rule from either side of what it is made of, and what they hide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, TypeAlias, final

from attrs import evolve, field, frozen

from connectcore.acts import Act
from connectcore.audiences import Audience
from connectcore.members import Member, MemberId
from connectcore.moments import INSTANT
from connectcore.profiles import Education, Name, Position, Profile
from connectcore.proposals import Proposal, Standing
from connectcore.relationships import (
    Acquaintance,
    Blocked,
    Connected,
    ConnectionRemoved,
    InvitationIgnored,
    InvitationReported,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberUnblocked,
    PairEvent,
    Past,
    PendingInvitation,
    Relationship,
    Strangers,
)
from connectcore.settings import Settings, WhoMayInvite, WhoMayWrite
from connectcore.testing.laws.edges import FIRST_MOMENT, LAST_MOMENT, Edges
from connectcore.testing.worlds import NOON

__all__ = ["Asked", "Hidden", "Secrets", "built", "choices", "proposed", "worse"]

_AT = (
    NOON,
    datetime(2024, 2, 29, 12, tzinfo=UTC),
    datetime(2024, 1, 1, tzinfo=UTC) - INSTANT,
    datetime(2025, 3, 31, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    FIRST_MOMENT,
    LAST_MOMENT,
)
"""Moments that are easily forgotten: leap days, ends of months and years, and of all there are."""

_SENT_AT_MOST = 2000
_NOTE_AT_MOST = 5000
_ODD_TEXTS = ("Ada", "👩‍🚀 é", "\u202eurgent", "x" * 400)
_CHOICES = tuple(
    Settings(who_may_invite=inviting, who_may_write=writing, connections=browsing)
    for inviting in WhoMayInvite
    for writing in (WhoMayWrite.REQUESTS, WhoMayWrite.CONNECTIONS)
    for browsing in (Audience.CONNECTIONS, Audience.ONLY_ME)
)
_REMEMBERED = (
    *(InvitationReported, ConnectionRemoved, InvitationIgnored),
    *(InvitationWithdrawn, MemberUnblocked),
)


@final
class Hidden(Enum):
    """What of a proposal is not the actor's to know."""

    DEEDS = "what the other did to the actor before"
    REPORTS = "how often the actor was reported"
    SETTINGS = "what the other chose in their settings"
    STANDING = "what the other has and has sent"
    BLOCK = "whether the other blocked the actor"
    ADDRESS = "whether an address is the other's"


@final
@frozen(kw_only=True)
class Secrets:
    """The facts that are hidden from the actor."""

    deeds: tuple[PairEvent, ...] = ()
    reports: int = 0
    settings: Settings = Settings()
    standing: Standing = field(factory=Standing)


@final
@frozen(kw_only=True)
class Asked:
    """What is proposed, and the same with something that it hides being otherwise.

    `unforgotten` is the proposal with all that was ever sent, also before the window.
    """

    act: Act
    proposal: Proposal
    unforgotten: Proposal
    otherwise: Mapping[Hidden, Proposal]


def proposed(act: Act, proposal: Proposal, secrets: Secrets, *, window: timedelta) -> Asked:
    """A proposal for *act*, which would hide *secrets* if things were otherwise."""
    within = _remembered(proposal, window)
    otherwise = {hidden: _with(within, hidden, secrets) for hidden in Hidden}
    return Asked(
        act=act,
        proposal=within,
        unforgotten=proposal,
        otherwise={hidden: _remembered(each, window) for hidden, each in otherwise.items()},
    )


def worse(proposal: Proposal) -> Secrets:
    """Much that may be hidden behind a proposal: reports, a removal, closed settings, full lists."""
    lately = _back(proposal.at, timedelta(hours=1))
    return Secrets(
        deeds=tuple(
            kind(by=proposal.to, to=proposal.actor.id, at=lately)
            for kind in (InvitationReported, ConnectionRemoved)
        ),
        reports=proposal.standing.reports + 1,
        settings=Settings(who_may_invite=WhoMayInvite.NOBODY, connections=Audience.ONLY_ME),
        standing=Standing(sent=(lately,), connections=10**6, pending=10**6, blocks=10**6),
    )


def _with(proposal: Proposal, hidden: Hidden, secrets: Secrets) -> Proposal:
    match hidden:
        case Hidden.DEEDS:
            own = {each for each in proposal.relationship.past.events if each.by != proposal.to}
            past = Past(frozenset({*own, *secrets.deeds}))
            return evolve(proposal, relationship=_after(proposal.relationship, past))
        case Hidden.REPORTS:
            return evolve(proposal, standing=evolve(proposal.standing, reports=secrets.reports))
        case Hidden.SETTINGS if proposal.other is not None:
            return evolve(proposal, other=evolve(proposal.other, settings=secrets.settings))
        case Hidden.STANDING:
            return evolve(proposal, other_standing=secrets.standing)
        case Hidden.BLOCK if proposal.other is None and isinstance(proposal.relationship, Blocked):
            return evolve(proposal, relationship=Strangers(past=proposal.relationship.past))
        case Hidden.ADDRESS:
            return evolve(proposal, knows_email=not proposal.knows_email)
        case _:
            return proposal


def _after(relationship: Relationship, past: Past) -> Relationship:
    kept = past.reconciled() if isinstance(relationship, Connected) else past
    return evolve(relationship, past=kept)


def _remembered(proposal: Proposal, window: timedelta) -> Proposal:
    """A proposal as a network makes it: what was sent before the window is forgotten."""
    since = proposal.at - window
    one, other = (
        evolve(
            standing,
            sent=tuple(at for at in standing.sent if at > since),
            noted=tuple(at for at in standing.noted if at > since),
        )
        for standing in (proposal.standing, proposal.other_standing)
    )
    return evolve(proposal, standing=one, other_standing=other)


# ── What they are made of ───────────────────────────────────────────────────────────────────────


Facts: TypeAlias = Mapping[str, Any]
"""One choice of each fact by its name."""


def choices(act: Act, edges: Edges, profiles: Sequence[Profile]) -> Mapping[str, Sequence[Any]]:
    """What each fact of a proposal may be, the simplest first."""
    ages = edges.durations
    deeds = (None, *((kind, age) for kind in _REMEMBERED for age in ages))
    sizes = [count for count in edges.counts if count <= _SENT_AT_MOST]
    texts = ("", *edges.texts, *_ODD_TEXTS)
    lengths = [count for count in edges.counts if 0 < count <= _NOTE_AT_MOST]
    shown = profiles or [_saying(text) for text in dict.fromkeys(texts)]
    counts = edges.counts
    standing = {
        "sent": sizes,
        "newest": ages,
        "step": (timedelta(minutes=1), timedelta(), timedelta(hours=8)),
        "noted": (1, 2),
        "pending": counts,
        "connections": counts,
        "blocks": counts,
    }
    secrets = {
        "deed": deeds,
        "other deed": deeds,
        "reports": counts,
        "settings": _CHOICES,
        **{f"their {name}": options for name, options in standing.items()},
    }
    return {
        "act": (act,),
        "state": range(4),
        "absent": (False, True),
        "at": (*_AT, *edges.moments),
        "wait": ages,
        "actor": ("ada", "grace"),
        "own": shown,
        "theirs": shown,
        "joined": ages,
        "note": sorted({*texts, *("n" * length for length in lengths)}, key=_shorter),
        "acquaintance": (None, *Acquaintance),
        "email": (False, True),
        "shared": counts,
        "own deed": deeds,
        **standing,
        **secrets,
        **{f"otherwise {name}": options for name, options in secrets.items()},
    }


def built(facts: Facts, window: timedelta) -> Asked:
    """The proposal that is made of *facts*."""
    act, at = facts["act"], facts["at"]
    actor = MemberId(facts["actor"])
    to = MemberId("grace" if actor == "ada" else "ada")
    relationship = _relationship(facts, actor, to)
    absent = act is not Act.SEND and (isinstance(relationship, Blocked) or facts["absent"])
    joined = _back(at, facts["joined"])
    proposal = Proposal(
        actor=Member(actor, facts["own"], joined_at=joined),
        to=to,
        other=None if absent else Member(to, facts["theirs"], joined_at=joined),
        at=at,
        relationship=relationship,
        note=facts["note"],
        acquaintance=facts["acquaintance"],
        knows_email=facts["email"],
        shared=facts["shared"],
        standing=_standing(facts, ""),
    )
    secrets = _secrets(facts, "", to, actor)
    for hidden in (Hidden.DEEDS, Hidden.REPORTS, Hidden.SETTINGS, Hidden.STANDING):
        proposal = _with(proposal, hidden, secrets)
    return proposed(act, proposal, _secrets(facts, "otherwise ", to, actor), window=window)


def _back(at: datetime, age: timedelta) -> datetime:
    """Some time before *at*, but no earlier than any moment is."""
    return at - min(age, at - FIRST_MOMENT)


def _standing(facts: Facts, whose: str) -> Standing:
    """Counts, and so much sent at even steps, the newest some time ago."""
    size, step = facts[f"{whose}sent"], facts[f"{whose}step"]
    newest = _back(facts["at"], facts[f"{whose}newest"])
    sent = tuple(_back(newest, place * step) for place in reversed(range(size)))
    return Standing(
        sent=sent,
        noted=sent[size - size // facts[f"{whose}noted"] :],
        pending=facts[f"{whose}pending"],
        connections=facts[f"{whose}connections"],
        blocks=facts[f"{whose}blocks"],
    )


def _secrets(facts: Facts, which: str, by: MemberId, to: MemberId) -> Secrets:
    deeds = (facts[f"{which}{name}"] for name in ("deed", "other deed"))
    return Secrets(
        deeds=_remembered_deeds(deeds, facts["at"], by, to),
        reports=facts[f"{which}reports"],
        settings=facts[f"{which}settings"],
        standing=_standing(facts, f"{which}their "),
    )


def _remembered_deeds(
    deeds: Iterable[tuple[type[PairEvent], timedelta] | None],
    at: datetime,
    by: MemberId,
    to: MemberId,
) -> tuple[PairEvent, ...]:
    """What is remembered of one of the two: the last of each kind."""
    last = {kind: kind(by=by, to=to, at=_back(at, age)) for kind, age in filter(None, deeds)}
    return tuple(last.values())


def _relationship(facts: Facts, actor: MemberId, to: MemberId) -> Relationship:
    """One in which rules are asked about the act, with what the actor did before."""
    act, at = facts["act"], facts["at"]
    past = Past(frozenset(_remembered_deeds((facts["own deed"],), at, actor, to)))
    since = _back(at, facts["wait"])
    invitation = PendingInvitation(inviter=to, invitee=actor, sent_at=since)
    block = MemberBlocked(by=to, to=actor, at=since)
    states: tuple[Relationship, ...] = (
        Strangers(),
        Invited(invitation=invitation),
        Connected(since=since),
        Blocked(blocks=frozenset({block})),
    )
    place: int = {Act.SEND: 0, Act.ACCEPT: 1, Act.BLOCK: facts["state"]}[act]
    return _after(states[place], past)


def _shorter(text: str) -> tuple[int, str]:
    return len(text), text


def _saying(text: str) -> Profile:
    """A profile that says nothing but this."""
    if not text:
        return Profile(name=Name())
    return Profile(
        name=Name(text, text),
        headline=text,
        place=text,
        industry=text,
        positions=(Position(title=text, company=text),),
        education=(Education(school=text),),
        skills=(text,),
    )
