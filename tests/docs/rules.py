"""The tables of rules: what each says, and what its refusal is to the network and to the actor."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
from attrs import evolve

from connectcore import (
    BlocksAtMost,
    ConnectionRemoved,
    ConnectionRules,
    ConnectionsAtMost,
    CoolingOff,
    EmailAfterReports,
    InvitationAccepted,
    InvitationExpired,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Member,
    MemberBlocked,
    MemberId,
    MemberUnblocked,
    Name,
    NoteAtMost,
    NotesPerMonth,
    PairEvent,
    PendingAtMost,
    Profile,
    Proposal,
    ReblockAfter,
    Rule,
    SentPerWeek,
    Settings,
    Standing,
    WhoMayInvite,
    invitee_chooses,
    replay,
)
from tests.docs.tables import code, table

AT = datetime(2026, 3, 2, tzinfo=UTC)
YOU, THEM = MemberId("you"), MemberId("them")
MANY = 100_000

SENT = InvitationSent(by=YOU, to=THEM, at=AT)
ACCEPTED = InvitationAccepted(by=THEM, to=YOU, at=AT)
REPORTED = InvitationReported(by=THEM, to=YOU, at=AT)
WITHDRAWN = InvitationWithdrawn(by=YOU, to=THEM, at=AT)


def _them(who_may_invite: WhoMayInvite = WhoMayInvite.ANYONE) -> Member[Profile]:
    settings = Settings(who_may_invite=who_may_invite)
    return Member(THEM, Profile(name=Name("Them")), settings=settings)


ALLOWED = Proposal(
    actor=Member(YOU, Profile(name=Name("You"))), to=THEM, other=_them(), at=AT, note="Hello!"
)


def _after(*history: PairEvent) -> Proposal:
    return evolve(ALLOWED, relationship=replay(history))


def _counting(standing: Standing) -> Proposal:
    return evolve(ALLOWED, standing=standing)


REFUSED: Mapping[object, Sequence[Proposal]] = {
    invitee_chooses: (
        evolve(ALLOWED, other=_them(WhoMayInvite.KNOWS_EMAIL)),
        evolve(ALLOWED, other=_them(WhoMayInvite.NOBODY)),
    ),
    EmailAfterReports: (_counting(Standing(reports=MANY)),),
    CoolingOff: (
        _after(SENT, WITHDRAWN),
        _after(SENT, REPORTED, InvitationExpired(by=YOU, to=THEM, at=AT)),
        _after(SENT, ACCEPTED, ConnectionRemoved(by=THEM, to=YOU, at=AT)),
    ),
    NoteAtMost: (evolve(ALLOWED, note="!" * 301),),
    NotesPerMonth: (_counting(Standing(noted=(AT,) * MANY)),),
    SentPerWeek: (_counting(Standing(sent=(AT,) * MANY)),),
    PendingAtMost: (_counting(Standing(pending=MANY)),),
    ConnectionsAtMost: (
        _counting(Standing(connections=MANY)),
        evolve(ALLOWED, other_standing=Standing(connections=MANY)),
    ),
    ReblockAfter: (
        _after(
            MemberBlocked(by=YOU, to=THEM, at=AT),
            MemberUnblocked(by=YOU, to=THEM, at=AT),
        ),
    ),
    BlocksAtMost: (_counting(Standing(blocks=MANY)),),
}
"""For each stock rule, the proposals that show each of its refusals."""


def inviting() -> str:
    """The rules of the professional preset that an invitation must pass."""
    return _table(ConnectionRules.professional().inviting)


def accepting() -> str:
    """The rules of the professional preset that an acceptance must pass."""
    return _table(ConnectionRules.professional().accepting)


def blocking() -> str:
    """The rules of the professional preset that a block must pass."""
    return _table(ConnectionRules.professional().blocking)


def cautions() -> str:
    """What the preset says of somebody whom the sender knows by nothing."""
    (rule,) = ConnectionRules.professional().cautions
    found = rule(ALLOWED)
    assert found is not None
    return table(
        ["rule", "cautions with", "the actor reads"],
        [[code(_name(rule)), code(found.code), found.message]],
    )


def sources() -> str:
    """Every part of the preset in its own words, with the source of its numbers."""
    preset = ConnectionRules.professional()
    stated = (*preset.inviting, *preset.accepting, *preset.blocking, *preset.cautions)
    rows = [(code(_name(rule)), _own_words(rule)) for rule in stated]
    rows.append((code("expiry"), _own_words(ConnectionRules.professional)))
    return table(["rule", "in its own words"], dict.fromkeys(rows))


def _table(rules: Sequence[Rule]) -> str:
    return table(
        ["rule", "default", "refuses with", "the actor reads", "passes by waiting"],
        [row for rule in rules for row in _rows(rule)],
    )


def _rows(rule: Rule) -> Iterator[list[str]]:
    """A row for each refusal of *rule*, the first of which names it."""
    names = [code(_name(rule)), _default(rule)]
    for proposal in REFUSED[_kind(rule)]:
        refusal = rule(proposal)
        assert refusal is not None
        told = refusal.disclosed
        yield [
            *names,
            code(refusal.code),
            told.message if told is refusal else f"{code(told.code)}: {told.message}",
            "no" if told.possible_at is None else "yes",
        ]
        names = ["", ""]


def _kind(rule: object) -> object:
    return rule if inspect.isfunction(rule) else type(rule)


def _name(rule: object) -> str:
    kind = _kind(rule)
    assert inspect.isfunction(kind) or isinstance(kind, type)
    return kind.__name__


def _default(rule: Rule) -> str:
    kind: Any = type(rule)
    if not attrs.has(kind):
        return ""
    names = [attribute.name for attribute in attrs.fields(kind)]
    return ", ".join(f"{name}: {_written(getattr(rule, name))}" for name in names)


def _written(value: object) -> str:
    match value:
        case None:
            return "for good"
        case timedelta():
            return f"{value.days} days" if value else "no wait"
        case _:
            return f"{value:,}"


def _own_words(thing: object) -> str:
    words = inspect.getdoc(_kind(thing) if not inspect.ismethod(thing) else thing)
    assert words is not None
    return " ".join(words.split())
