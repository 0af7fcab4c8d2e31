"""Rules that each break one law."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast, final

from attrs import evolve, frozen

from connectcore import (
    Blocked,
    Caution,
    ConnectionRemoved,
    ConnectionRules,
    ConnectionsAtMost,
    InvitationReported,
    Network,
    Proposal,
    Quota,
    Refusal,
    Rule,
    SentPerWeek,
    Standing,
    WhoMayInvite,
)
from connectcore.refusals import NOT_ACCEPTING
from connectcore.testing import Law

__all__ = ["NO", "UNLAWFUL", "RemembersTheLast"]

NO = Refusal(code="no", message="No.")
DAY = timedelta(days=1)
ELSEWHERE = Network()


# ── Not total ───────────────────────────────────────────────────────────────────────────────────


def trips_over_leap_days(proposal: Proposal) -> Refusal | None:
    """Say that the year after a leap day has one too."""
    return None if proposal.at < proposal.at.replace(year=proposal.at.year + 1) else NO


def needs_somebody_who_has_sent(proposal: Proposal) -> Refusal | None:
    """Expect that everybody has sent something before."""
    return NO if proposal.at - proposal.standing.sent[-1] < DAY else None


def gives_words(proposal: Proposal) -> Refusal | None:
    """Say why in words alone."""
    return cast("Refusal | None", "No." if proposal.note else None)


# ── Not additive ────────────────────────────────────────────────────────────────────────────────


def wipes_the_slate(proposal: Proposal) -> Refusal | None:
    """Forget what was sent, so that whoever is asked next finds nothing."""
    sent = proposal.standing.sent
    if sent and sent[-1] > proposal.at - DAY:
        object.__setattr__(proposal, "standing", Standing())
    return None


# ── Not pure ────────────────────────────────────────────────────────────────────────────────────


def writes_in_the_margin(proposal: Proposal) -> Refusal | None:
    """Leave a note of its own."""
    object.__setattr__(proposal, "note", proposal.note or "seen")
    return NO if proposal.shared else None


def looks_at_the_clock(proposal: Proposal) -> Refusal | None:
    """Compare with now, whenever that is."""
    return NO if proposal.at > datetime.now(UTC) else None


def throws_a_die(proposal: Proposal) -> Refusal | None:
    """Refuse one in six."""
    return NO if random.randint(1, 6) == 6 and proposal.note else None  # noqa: S311 - it is the fault


def asks_a_network(proposal: Proposal) -> Refusal | None:
    """Look up what is not in the proposal."""
    return NO if ELSEWHERE.as_visitor().profiles.views([proposal.to]) or proposal.note else None


@final
class OnceIsEnough:
    """Refuse whoever was asked about before."""

    def __init__(self) -> None:
        self.seen = set[str]()

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        refusal = NO if proposal.to in self.seen else None
        self.seen.add(proposal.to)
        return refusal


@final
class RemembersTheLast:
    """Judge by whom it was asked about before."""

    def __init__(self) -> None:
        self.last: Standing | None = None

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        refusal = NO if self.last not in {None, proposal.other_standing} else None
        self.last = proposal.other_standing
        return refusal


# ── Not confidential ────────────────────────────────────────────────────────────────────────────────


def tells_of_a_report(proposal: Proposal) -> Refusal | None:
    """Give what the other did as the reason."""
    reported = proposal.relationship.past.last(InvitationReported, proposal.to)
    return reported and Refusal(code="reported", message="They reported you.")


def tells_when_it_was(proposal: Proposal) -> Refusal | None:
    """Hide the cause, but not when it passes."""
    removed = proposal.relationship.past.last(ConnectionRemoved, proposal.to)
    if removed is None or proposal.at >= removed.at + DAY:
        return None
    passes = Refusal(code="later", message="Later.", possible_at=removed.at + DAY)
    return evolve(passes, code="removed").hidden_as(passes)


def tells_how_often(proposal: Proposal) -> Refusal | None:
    """Count what others said."""
    count = proposal.standing.reports
    return evolve(NO, count=count) if count else None


def tells_of_a_setting(proposal: Proposal) -> Refusal | None:
    """Say what the other chose, in words of its own."""
    other = proposal.other
    chose = other is not None and other.settings.who_may_invite is WhoMayInvite.NOBODY
    return Refusal(code="closed", message="They invite nobody.") if chose else None


def tells_how_many_they_have(proposal: Proposal) -> Refusal | None:
    """Say how full the other's list is."""
    count = proposal.other_standing.connections
    return Refusal(code="full", message=f"They have {count}.") if count > 1 else None


def tells_of_a_block(proposal: Proposal) -> Refusal | None:
    """Say of whom one would block that they did it first."""
    return NOT_ACCEPTING if isinstance(proposal.relationship, Blocked) else None


def cautions_of_a_crowd(proposal: Proposal) -> Caution | None:
    """Warn of what the other has."""
    crowded = proposal.other_standing.pending > 1
    return Caution(code="crowded", message="They have many to read.") if crowded else None


def cautions_of_a_wrong_address(proposal: Proposal) -> Caution | None:
    """Be silent where an address was guessed right."""
    return None if proposal.knows_email else Caution(code="guess", message="Do you know them?")


@frozen
class LeaksWhatIsLeft:
    """Count down to the other's limit."""

    connections: int = 5

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        return ConnectionsAtMost(self.connections)(proposal)

    def quota(self, proposal: Proposal) -> Quota:
        """Say how many more the other may have."""
        used = proposal.other_standing.connections
        return Quota(code="theirs", limit=self.connections, used=used)


# ── Not punctual ────────────────────────────────────────────────────────────────────────────────


@frozen
class OpeningHours:
    """Closed before some hour, which passes `late` or `early`, or does not say so."""

    late: timedelta | None
    at: int = 7

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        if proposal.at.hour >= self.at:
            return None
        opening = proposal.at.replace(hour=self.at, minute=0, second=0, microsecond=0)
        passes = None if self.late is None else opening + self.late
        return evolve(NO, possible_at=passes)


def passes_in_the_past(proposal: Proposal) -> Refusal | None:
    """Say when it was possible, not when it will be."""
    return evolve(NO, possible_at=proposal.at - DAY) if proposal.note else None


def passes_nowhere(proposal: Proposal) -> Refusal | None:
    """Name a time of no zone."""
    return evolve(NO, possible_at=datetime(2030, 1, 1)) if proposal.note else None  # noqa: DTZ001 - it is the fault


def promises_too_much(proposal: Proposal) -> Refusal | None:
    """Tell the actor of a wait that is none."""
    if not proposal.note:
        return None
    return NO.hidden_as(evolve(NO, possible_at=proposal.at + DAY))


# ── Not exact, nor short-sighted, nor tried ─────────────────────────────────────────────────────


@frozen
class Miscounts:
    """Say that more is left than there is, or that a place becomes free too early."""

    left: int = 0
    soon: timedelta | None = None

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        return SentPerWeek(3)(proposal)

    def quota(self, proposal: Proposal) -> Quota:
        """Say what is left, more or less."""
        quota = SentPerWeek(3).quota(proposal)
        frees_at = quota.frees_at and (
            quota.frees_at if self.soon is None else proposal.at + self.soon
        )
        return evolve(quota, limit=quota.limit + self.left, frees_at=frees_at)


@frozen
class SentPerSeason:
    """Look back over ninety days."""

    invitations: int = 3
    season: timedelta = timedelta(days=90)

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        sent = [at for at in proposal.standing.sent if at > proposal.at - self.season]
        if len(sent) < self.invitations:
            return None
        return evolve(NO, possible_at=sent[-self.invitations] + self.season)


def minds_nothing(proposal: Proposal) -> Refusal | None:
    """Let everything pass."""
    return None


def shares(*rules: Any) -> ConnectionRules:
    """Rules that are asked after each other."""
    return ConnectionRules(inviting=rules)


@final
class Allowance:
    """Refuse while the purse is empty; whoever is asked after it may have filled it."""

    def __init__(self) -> None:
        self.spent = True

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        return NO if proposal.to and self.spent else None

    def refill(self, proposal: Proposal) -> Refusal | None:
        """Fill the purse."""
        self.spent = not proposal.to
        return None


def _refilled() -> ConnectionRules:
    allowance = Allowance()
    return shares(allowance, allowance.refill)


UNLAWFUL: Mapping[str, tuple[Law, Rule | ConnectionRules, str]] = {
    "leap days": (Law.TOTAL, trips_over_leap_days, "ValueError"),
    "nothing was sent": (Law.TOTAL, needs_somebody_who_has_sent, "IndexError"),
    "words": (Law.TOTAL, gives_words, "neither a Refusal nor None"),
    "a slate wiped": (Law.ADDITIVE, wipes_the_slate, "no longer refuses by"),
    "a purse refilled": (Law.ADDITIVE, _refilled(), "Allowance object"),
    "a note in the margin": (Law.PURE, writes_in_the_margin, "it changed the proposal"),
    "the clock": (Law.PURE, looks_at_the_clock, "it calls datetime.now"),
    "a die": (Law.PURE, throws_a_die, "it calls random.getrandbits"),
    "a network": (Law.PURE, asks_a_network, "it calls connectcore.network"),
    "seen before": (Law.PURE, OnceIsEnough(), "it said None and then Refusal"),
    "the last one": (Law.PURE, RemembersTheLast(), "is not pure"),
    "a report": (Law.CONFIDENTIAL, tells_of_a_report, "what the other did"),
    "a moment": (Law.CONFIDENTIAL, tells_when_it_was, "what the other did"),
    "a count of reports": (Law.CONFIDENTIAL, tells_how_often, "how often the actor was reported"),
    "a setting": (Law.CONFIDENTIAL, tells_of_a_setting, "what the other chose"),
    "a full list": (Law.CONFIDENTIAL, tells_how_many_they_have, "what the other has"),
    "a block": (
        Law.CONFIDENTIAL,
        ConnectionRules(blocking=(tells_of_a_block,)),
        "whether the other blocked",
    ),
    "a caution": (
        Law.CONFIDENTIAL,
        ConnectionRules(cautions=(cautions_of_a_crowd,)),
        "what the other has",
    ),
    "a guess": (
        Law.CONFIDENTIAL,
        ConnectionRules(cautions=(cautions_of_a_wrong_address,)),
        "whether an address is the other's",
    ),
    "what is left to the other": (Law.CONFIDENTIAL, LeaksWhatIsLeft(), "what the other has"),
    "too early": (Law.PUNCTUAL, OpeningHours(-DAY / 24), "refuses still"),
    "too late": (Law.PUNCTUAL, OpeningHours(DAY / 24), "passes before it says"),
    "never": (Law.PUNCTUAL, OpeningHours(None), "says that waiting does not help"),
    "in the past": (Law.PUNCTUAL, passes_in_the_past, "no moment later"),
    "without a zone": (Law.PUNCTUAL, passes_nowhere, "no moment later"),
    "what is promised": (Law.PUNCTUAL, promises_too_much, "refuses still"),
    "more left": (Law.EXACT, Miscounts(left=1), "with 1 left"),
    "a place too early": (Law.EXACT, Miscounts(soon=timedelta(microseconds=1)), "frees no place"),
    "a place in the past": (Law.EXACT, Miscounts(soon=-DAY), "which is not later"),
    "a season": (Law.SHORT_SIGHTED, SentPerSeason(), "before the window"),
    "nothing": (Law.TRIED, minds_nothing, "nothing to say of any"),
}
"""For each fault: the law that is broken, rules that break it, and what is said of it."""
