"""What rules look at, and what a network is founded on."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve
from hypothesis import strategies as st

from connectcore.audiences import SECTIONS
from connectcore.members import MemberId
from connectcore.proposals import Proposal, Standing
from connectcore.relationships import Acquaintance, Relationship, replay
from connectcore.rulebook import ConnectionRules
from connectcore.rules import (
    BlocksAtMost,
    ConnectionsAtMost,
    CoolingOff,
    EmailAfterReports,
    NoteAtMost,
    NotesPerMonth,
    PendingAtMost,
    ReblockAfter,
    SentPerWeek,
)
from connectcore.testing.strategies.histories import histories
from connectcore.testing.strategies.members import (
    FIELDS,
    ages,
    audiences,
    members,
    moments,
    notes,
    pairs,
)
from connectcore.visibility import Bounds, SharedConnections, VisibilityPolicy

# ── What rules look at ──────────────────────────────────────────────────────────────────────────

_SOMEBODY = members(ids=st.just(MemberId("somebody")))


@st.composite
def standings(draw: st.DrawFn, *, at: datetime, most: int = 8) -> Standing:
    """Counts of up to *most*, with what was sent in the weeks before *at*, oldest first."""
    sent = sorted(at - age for age in draw(st.lists(ages(), max_size=most)))
    return Standing(
        sent=tuple(sent),
        noted=tuple(moment for moment in sent if draw(st.booleans())),
        pending=draw(st.integers(0, most)),
        connections=draw(st.integers(0, most)),
        blocks=draw(st.integers(0, most)),
        reports=draw(st.integers(0, most)),
    )


@st.composite
def proposals(draw: st.DrawFn, *, state: type[Relationship] | None = None) -> Proposal:
    """Anything that rules may be asked about, between two members; with *state*, in that one."""
    pair = draw(pairs())
    events = draw(histories(between=st.just(pair), ending=state))
    at = events[-1].at + draw(ages()) if events else draw(moments())
    actor = draw(st.sampled_from((pair.low, pair.high)))
    other = pair.other(actor)
    return Proposal(
        actor=evolve(draw(_SOMEBODY), id=actor),
        to=other,
        other=evolve(draw(_SOMEBODY), id=other) if draw(st.booleans()) else None,
        at=at,
        relationship=replay(events),
        note=draw(notes()),
        acquaintance=draw(st.none() | st.sampled_from(Acquaintance)),
        knows_email=draw(st.booleans()),
        shared=draw(st.integers(0, 3)),
        standing=draw(standings(at=at)),
        other_standing=draw(standings(at=at)),
    )


# ── What a network is founded on ────────────────────────────────────────────────────────────────


@st.composite
def connection_rules(draw: st.DrawFn) -> ConnectionRules:
    """Every stock rule, with numbers that a `proposals()` meets from either side."""
    few = st.integers(0, 8)
    waits = st.none() | ages()
    return (
        ConnectionRules.professional()
        .with_inviting(
            EmailAfterReports(draw(few)),
            CoolingOff(
                withdrawing=draw(waits),
                ignoring=draw(waits),
                reporting=draw(waits),
                removing=draw(waits),
            ),
            NoteAtMost(draw(st.integers(0, 300))),
            NotesPerMonth(draw(few)),
            SentPerWeek(draw(few)),
            PendingAtMost(draw(few)),
            ConnectionsAtMost(draw(few)),
        )
        .with_accepting(ConnectionsAtMost(draw(few)))
        .with_blocking(BlocksAtMost(draw(few)), ReblockAfter(draw(ages())))
    )


@st.composite
def visibility_policies(draw: st.DrawFn) -> VisibilityPolicy:
    """Policies with bounds on some fields and sections, under each rule for shared connections."""
    bounded = draw(st.frozensets(st.sampled_from((*FIELDS, *SECTIONS)), max_size=4))
    two = st.lists(audiences(), min_size=2, max_size=2).map(sorted)
    return VisibilityPolicy(
        bounds={name: Bounds(*draw(two)) for name in sorted(bounded)},
        shared_connections=draw(st.sampled_from(SharedConnections)),
    )
