"""Hypothesis strategies for the values of the core, shared by the tests of modules and by the laws.

What a history may legally be is said here once more, apart from `relationships.transition`, so that
a wrong table of transitions cannot hide behind histories that it made itself.
Strategies are cached: composing one anew at each draw would take more time than drawing from it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TypeAlias

from attrs import fields
from hypothesis import strategies as st

from connectcore import (
    Acquaintance,
    Audience,
    Blocked,
    BlocksAtMost,
    Bounds,
    Connected,
    ConnectionRemoved,
    ConnectionRules,
    ConnectionsAtMost,
    ContactDetails,
    CoolingOff,
    Education,
    EmailAfterReports,
    FeedOrder,
    FeedPreferences,
    InvitationAccepted,
    InvitationExpired,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    Member,
    MemberBlocked,
    MemberFollowed,
    MemberId,
    MemberUnblocked,
    MemberUnfollowed,
    Name,
    NoteAtMost,
    NotesPerMonth,
    Pair,
    PairEvent,
    PendingAtMost,
    Position,
    Profile,
    Proposal,
    ReblockAfter,
    Relationship,
    SentPerWeek,
    Settings,
    SharedConnections,
    Standing,
    Strangers,
    VisibilityPolicy,
    WhoMayInvite,
    replay,
)
from connectcore.activities import STOCK_KINDS
from connectcore.audiences import SECTIONS

FIELDS = tuple(field.name for field in fields(Profile))
USUAL_VISIBILITY = VisibilityPolicy()


# ── Plain values ────────────────────────────────────────────────────────────────────────────────


@cache
def texts(*, min_size: int = 0, max_size: int = 20) -> st.SearchStrategy[str]:
    """Any text that every store can keep."""
    characters = st.characters(codec="utf-8", exclude_characters="\0")
    return st.text(characters, min_size=min_size, max_size=max_size)


@cache
def member_ids() -> st.SearchStrategy[MemberId]:
    """Ids as applications have them, plain and odd."""
    plain = st.sampled_from(["ada", "grace", "7", "Ada", "ada@example.org"])
    return (plain | texts(min_size=1, max_size=8)).map(MemberId)


@cache
def pairs() -> st.SearchStrategy[Pair]:
    """Two different members."""
    two = st.lists(member_ids(), min_size=2, max_size=2, unique=True)
    return two.map(lambda ids: Pair.of(*ids))


ANYBODY = member_ids()
ANY_PAIR = pairs()


@cache
def moments() -> st.SearchStrategy[datetime]:
    """Moments of this century, in UTC."""
    return st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the bounds of Hypothesis are naive


@cache
def ages(*, most: timedelta = timedelta(days=40)) -> st.SearchStrategy[timedelta]:
    """How long ago something was, with the waits of the stock rules among them."""
    waits = [timedelta(), timedelta(hours=48), timedelta(weeks=1), timedelta(weeks=3)]
    return st.sampled_from(waits) | st.timedeltas(timedelta(), most)


@cache
def audiences() -> st.SearchStrategy[Audience]:
    """Every circle."""
    return st.sampled_from(Audience)


@cache
def notes(*, max_size: int = 400) -> st.SearchStrategy[str]:
    """Notes, mostly short, some too long."""
    return st.just("") | texts() | st.integers(0, max_size).map("n".__mul__)


# ── What members are ────────────────────────────────────────────────────────────────────────────


@cache
def dates() -> st.SearchStrategy[date]:
    """Days of a lifetime."""
    return st.dates(date(1920, 1, 1), date(2099, 12, 31))


@cache
def names() -> st.SearchStrategy[Name]:
    """Names, also of a single word."""
    return st.builds(Name, given=texts(max_size=8), family=texts(max_size=8))


@cache
def contact_details() -> st.SearchStrategy[ContactDetails]:
    """Ways to reach somebody, or none."""
    lists = st.lists(texts(max_size=12), max_size=2).map(tuple[str, ...])
    known = st.sampled_from(["ada@example.org", " Ada@Example.ORG", "grace@example.org"])
    addresses = st.lists(known, max_size=2).map(tuple[str, ...])
    return st.builds(ContactDetails, emails=addresses, phones=lists, address=texts())


@cache
def positions() -> st.SearchStrategy[Position]:
    """Jobs, current and past; few companies, so that two members meet in one."""
    return st.builds(
        Position,
        title=texts(max_size=8),
        company=st.sampled_from(["Analytical Engines", "Harvard", "US Navy"]),
        started=st.none() | dates(),
        ended=st.none() | dates(),
    )


@cache
def educations() -> st.SearchStrategy[Education]:
    """Times spent at one of few schools."""
    return st.builds(
        Education, school=st.sampled_from(["Vassar", "Yale"]), degree=texts(max_size=8)
    )


@cache
def profiles() -> st.SearchStrategy[Profile]:
    """Profiles with any of their fields filled."""
    return st.builds(
        Profile,
        name=names(),
        headline=texts(),
        place=texts(max_size=8),
        positions=st.lists(positions(), max_size=2).map(tuple[Position, ...]),
        education=st.lists(educations(), max_size=2).map(tuple[Education, ...]),
        skills=st.lists(texts(max_size=8), max_size=3).map(tuple[str, ...]),
        about=texts(),
        contact=contact_details(),
        birthday=st.none() | dates(),
    )


@cache
def feed_preferences() -> st.SearchStrategy[FeedPreferences]:
    """What readers want of their feed."""
    kinds = st.frozensets(st.sampled_from(sorted(STOCK_KINDS)), max_size=2)
    return st.builds(FeedPreferences, order=st.sampled_from(FeedOrder), hidden_kinds=kinds)


@st.composite
def member_settings(draw: st.DrawFn, *, policy: VisibilityPolicy = USUAL_VISIBILITY) -> Settings:
    """Settings that *policy* lets a member choose."""

    def within(name: str) -> st.SearchStrategy[Audience]:
        bounds = policy.bounds_of(name)
        return st.sampled_from([a for a in Audience if bounds.narrowest <= a <= bounds.widest])

    named = draw(st.frozensets(st.sampled_from(FIELDS), max_size=4))
    return Settings(
        audiences={name: draw(within(name)) for name in sorted(named)},
        who_may_invite=draw(st.sampled_from(WhoMayInvite)),
        unshared_kinds=draw(st.frozensets(st.sampled_from(sorted(STOCK_KINDS)), max_size=2)),
        feed=draw(feed_preferences()),
        **{name: draw(within(name)) for name in SECTIONS},
    )


@st.composite
def members(
    draw: st.DrawFn,
    *,
    ids: st.SearchStrategy[MemberId] = ANYBODY,
    policy: VisibilityPolicy = USUAL_VISIBILITY,
) -> Member[Profile]:
    """Members with settings that *policy* allows; their ids are from *ids*, or any."""
    return Member(
        draw(ids),
        draw(profiles()),
        settings=draw(member_settings(policy=policy)),
        joined_at=draw(st.none() | moments()),
    )


# ── What happens between two ────────────────────────────────────────────────────────────────────

Between: TypeAlias = tuple[type[Relationship], frozenset[MemberId]]
"""A state as a history needs to know it: its class, and who invited or who blocked."""

STRANGERS: Between = (Strangers, frozenset())


def legal_steps(
    between: Between, pair: Pair
) -> Iterator[tuple[type[PairEvent], MemberId, Between]]:
    """Whatever may happen next: the kind of event, who causes it, and what the two are then."""
    state, active = between
    for by in (pair.low, pair.high):
        if state is Blocked and by in active:
            rest = active - {by}
            yield MemberUnblocked, by, (Blocked, rest) if rest else STRANGERS
            continue
        only = frozenset((by,))
        if state is Blocked:
            yield MemberBlocked, by, (Blocked, active | only)
            continue
        yield MemberBlocked, by, (Blocked, only)
        yield MemberFollowed, by, between
        yield MemberUnfollowed, by, between
        if state is Strangers:
            yield InvitationSent, by, (Invited, only)
        elif state is Connected:
            yield ConnectionRemoved, by, STRANGERS
        elif by in active:
            yield InvitationWithdrawn, by, STRANGERS
            yield InvitationExpired, by, STRANGERS
        else:
            yield InvitationAccepted, by, (Connected, frozenset())
            yield InvitationIgnored, by, between
            yield InvitationReported, by, between


TOWARDS: dict[type[Relationship], tuple[type[PairEvent], ...]] = {
    Strangers: (InvitationWithdrawn, ConnectionRemoved, MemberUnblocked),
    Invited: (InvitationSent, ConnectionRemoved, MemberUnblocked),
    Connected: (InvitationSent, InvitationAccepted, MemberUnblocked),
    Blocked: (MemberBlocked,),
}
"""For each state, the events that lead to it from any other."""


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    between: st.SearchStrategy[Pair] = ANY_PAIR,
    ending: type[Relationship] | None = None,
    max_size: int = 12,
) -> tuple[PairEvent, ...]:
    """Legal histories of two members who began as strangers, oldest event first.

    With *ending* the history leads to a state of that class.
    """
    pair, at = draw(between), draw(moments())
    state, events = STRANGERS, list[PairEvent]()
    wanted = draw(st.integers(0, max_size))
    while len(events) < wanted or (ending and state[0] is not ending):
        steps = list(legal_steps(state, pair))
        if ending and len(events) >= wanted:
            steps = [step for step in steps if step[0] in TOWARDS[ending]]
        kind, by, state = draw(st.sampled_from(steps))
        at += draw(ages())
        events.append(_event(draw, kind, by, pair.other(by), at))
    return tuple(events)


def _event(
    draw: st.DrawFn, kind: type[PairEvent], by: MemberId, to: MemberId, at: datetime
) -> PairEvent:
    if kind is not InvitationSent:
        return kind(by=by, to=to, at=at)
    stated = draw(st.none() | st.sampled_from(Acquaintance))
    return InvitationSent(by=by, to=to, at=at, note=draw(texts()), acquaintance=stated)


def relationships(
    *,
    between: st.SearchStrategy[Pair] = ANY_PAIR,
    state: type[Relationship] | None = None,
) -> st.SearchStrategy[Relationship]:
    """What a legal history makes of two members; with *state*, one of that class."""
    return histories(between=between, ending=state).map(replay)


# ── What rules look at ──────────────────────────────────────────────────────────────────────────


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
        actor=draw(members(ids=st.just(actor))),
        to=other,
        other=draw(st.none() | members(ids=st.just(other))),
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
