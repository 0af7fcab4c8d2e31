"""The tables of acts: what each does in each situation between two members."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from connectcore import (
    Act,
    ConnectionRules,
    InvitationAccepted,
    InvitationIgnored,
    InvitationSent,
    Member,
    MemberBlocked,
    MemberId,
    Name,
    PairEvent,
    Profile,
    Proposal,
    Relationship,
    Verdict,
    decide,
    replay,
)
from tests.docs.tables import code, table

AT = datetime(2026, 3, 2, tzinfo=UTC)
YOU, THEM = MemberId("you"), MemberId("them")
BETWEEN_TWO = (Act.SEND, Act.ACCEPT, Act.IGNORE, Act.REPORT, Act.WITHDRAW, Act.REMOVE)
ONE_SIDED = (Act.BLOCK, Act.UNBLOCK, Act.FOLLOW, Act.UNFOLLOW)


def situations() -> Iterator[tuple[str, Proposal]]:
    """Every situation that somebody can be in with another, in words and as it is judged."""
    you_invited = InvitationSent(by=YOU, to=THEM, at=AT)
    they_invited = InvitationSent(by=THEM, to=YOU, at=AT)
    aside = InvitationIgnored(by=YOU, to=THEM, at=AT)
    accepted = InvitationAccepted(by=YOU, to=THEM, at=AT)
    you_blocked = MemberBlocked(by=YOU, to=THEM, at=AT)
    they_blocked = MemberBlocked(by=THEM, to=YOU, at=AT)
    yield "yourself", _proposal(to=YOU)
    yield "nobody is there", _proposal(there=False)
    yield "strangers", _proposal()
    yield "you invited them", _proposal(you_invited)
    yield "they invited you", _proposal(they_invited)
    yield "they invited you, you set it aside", _proposal(they_invited, aside)
    yield "connected", _proposal(they_invited, accepted)
    yield "you blocked them", _proposal(you_blocked, there=False)
    yield "they blocked you", _proposal(they_blocked, there=False)
    yield "you blocked each other", _proposal(you_blocked, they_blocked, there=False)


def outcome(act: Act, proposal: Proposal) -> str:
    """What *act* does: the event that happens, *done already*, or the code that the actor reads."""
    match decide(act, proposal, ConnectionRules.professional()):
        case None:
            return "*done already*"
        case Verdict() as verdict:
            return ", ".join(code(refusal.code) for refusal in verdict.disclosed().refusals)
        case event:
            return f"**{type(event).__name__}**"


def invitations_and_connections() -> str:
    """The acts that lead two members into a connection and out of it."""
    return _table(BETWEEN_TWO)


def blocks_and_follows() -> str:
    """The acts that are one member's own affair."""
    return _table(ONE_SIDED)


def _table(acts: Sequence[Act]) -> str:
    return table(
        ["", *(act.value for act in acts)],
        [
            [situation, *(outcome(act, proposal) for act in acts)]
            for situation, proposal in situations()
        ],
    )


def _proposal(*history: PairEvent, to: MemberId = THEM, there: bool = True) -> Proposal:
    relationship: Relationship = replay(history)
    return Proposal(
        actor=_member(YOU),
        to=to,
        other=_member(to) if there else None,
        at=AT,
        relationship=relationship,
    )


def _member(member: MemberId) -> Member[Profile]:
    return Member(member, Profile(name=Name(member.title())))
