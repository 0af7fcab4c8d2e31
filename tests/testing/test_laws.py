"""The laws of rules: every stock rule keeps them, and whoever breaks one is told which."""

import gc
import io
import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, final

import pytest
from attrs import evolve, frozen
from hypothesis import strategies as st

from connectcore import (
    Act,
    Audience,
    BlocksAtMost,
    ConnectionRules,
    ConnectionsAtMost,
    CoolingOff,
    EmailAfterReports,
    InvalidValue,
    Name,
    NoteAtMost,
    NotesPerMonth,
    PendingAtMost,
    Profile,
    Proposal,
    ReblockAfter,
    Refusal,
    Rule,
    SentPerWeek,
    Standing,
    shown_to,
)
from connectcore.moments import INSTANT
from connectcore.testing import Law, LawBroken, check_rules
from connectcore.testing.laws.asking import Secrets, proposed
from connectcore.testing.laws.edges import edges_of
from connectcore.testing.laws.holding import hold
from connectcore.testing.laws.judging import judges_of
from connectcore.testing.laws.watching import Watch
from tests.between import SITUATIONS, proposal
from tests.testing.unlawful import NO, UNLAWFUL, RemembersTheLast
from tests.worlds import NOON

DAY = timedelta(days=1)

LAWFUL: Mapping[str, ConnectionRules] = {
    "the usual": ConnectionRules.professional(),
    "few": ConnectionRules(
        inviting=(
            *(EmailAfterReports(2), NoteAtMost(3), NotesPerMonth(2), SentPerWeek(3)),
            *(PendingAtMost(2), ConnectionsAtMost(4)),
        ),
        accepting=(ConnectionsAtMost(2),),
        blocking=(BlocksAtMost(1), ReblockAfter(7 * DAY)),
    ),
    "none": ConnectionRules(
        inviting=(NotesPerMonth(0), SentPerWeek(0), PendingAtMost(0), ConnectionsAtMost(0))
    ),
    "waits": ConnectionRules(
        inviting=(
            CoolingOff(withdrawing=DAY, ignoring=2 * DAY, reporting=3 * DAY, removing=4 * DAY),
        )
    ),
}


@frozen
class ShorterThan:
    """Refuse a longer note, but only at noon."""

    characters: int

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        return NO if len(proposal.note) > self.characters and proposal.at.hour == 12 else None


@frozen(kw_only=True)
class AlumniProfile(Profile):
    """A profile with a field of the application's own."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=0)


def graduate(year: int) -> AlumniProfile:
    """Somebody who graduated in a year."""
    return AlumniProfile(name=Name("Ada"), graduated=year)


@frozen
class AlumniOnly:
    """Refuse whoever graduated later."""

    year: int

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        profile = proposal.actor.profile
        return NO if isinstance(profile, AlumniProfile) and profile.graduated > self.year else None


def minds_rarities(proposal: Proposal) -> Refusal | None:
    """Refuse what nobody would think of."""
    return NO if proposal.note.endswith("end") and len(proposal.note) > 2000 else None


def minds_rare_reports(proposal: Proposal) -> Refusal | None:
    """Tell of reports where nobody would think of it."""
    return minds_rarities(proposal) if proposal.standing.reports else None


@pytest.mark.parametrize("fault", UNLAWFUL)
def test_a_broken_law_is_told(fault: str) -> None:
    """By the rule that broke it, the law, how, and the proposal on which it was broken."""
    law, rules, why = UNLAWFUL[fault]

    with pytest.raises(LawBroken, match=why) as broken:
        check_rules(rules, tries=60)
    assert broken.value.law is law


def test_a_rule_that_is_led_astray_is_not_pure() -> None:
    """Whatever else it seems to break, what it was asked in between is what it broke it by."""
    long_ago = proposal(other_standing=Standing(sent=(NOON - 60 * DAY,)))
    asked = proposed(Act.SEND, long_ago, Secrets(), window=31 * DAY)
    judges = judges_of(ConnectionRules(inviting=(RemembersTheLast(),)))

    with pytest.raises(LawBroken, match="it answers otherwise after"):
        hold(judges, asked)


def test_enough_faults_are_tried() -> None:
    """Every law is broken by some rule, or it would not be known to hold anybody."""
    assert {law for law, _, _ in UNLAWFUL.values()} == set(Law)
    assert len(UNLAWFUL) >= 25


@pytest.mark.parametrize("rules", LAWFUL.values(), ids=LAWFUL)
def test_every_stock_rule_keeps_the_laws(rules: ConnectionRules) -> None:
    """With its usual numbers, with few, with none, and where waiting helps."""
    assert check_rules(rules, tries=40) >= 40


def test_what_is_told_is_short() -> None:
    """The rule by its value, the law, how it was broken, and only those facts that matter."""
    with pytest.raises(LawBroken) as broken:
        check_rules(ShorterThan(100), tries=60)
    assert str(broken.value) == (
        "ShorterThan(characters=100) is not punctual: "
        "'no' says that waiting does not help, and passes by 2026-03-02 13:00:00+00:00\n"
        "asked about Proposal("
        "actor=Member(id='ada', profile=Profile(name=Name()), joined_at=2026-03-02 12:00:00+00:00), "
        "to='grace', "
        "other=Member(id='grace', profile=Profile(name=Name()), joined_at=2026-03-02 12:00:00+00:00), "
        "at=2026-03-02 12:00:00+00:00, "
        "note='nnnn'... (101 characters))"
    )
    assert broken.value.rule == ShorterThan(100)
    assert broken.value.proposal is not None
    assert len(broken.value.proposal.note) == 101


def test_the_same_rules_are_asked_the_same() -> None:
    """What fails here fails everywhere."""
    told = list[str]()
    for _ in range(2):
        with pytest.raises(LawBroken) as broken:
            check_rules(ShorterThan(100), tries=20)
        told.append(str(broken.value))

    assert told[0] == told[1]


# ── What an application adds ────────────────────────────────────────────────────────────────────


def test_a_rule_is_asked_about_profiles_of_the_applications_own() -> None:
    """By their class, or by a strategy for them."""
    for profile in (AlumniProfile, st.integers(1990, 2030).map(graduate)):
        assert check_rules(AlumniOnly(2000), profile=profile, tries=20) >= 20
    with pytest.raises(LawBroken, match="is not tried"):
        check_rules(AlumniOnly(2000), tries=20)


def test_a_rule_is_asked_about_examples() -> None:
    """Of what cannot be made up, and in each place where a rule may be asked about it."""
    rare = proposal(note="an " * 700 + "end")
    with pytest.raises(LawBroken, match="is not tried"):
        check_rules(minds_rarities, tries=20)

    assert check_rules(minds_rarities, examples=[rare], tries=20) == 21
    everywhere = ConnectionRules(
        inviting=(minds_rarities,), accepting=(minds_rarities,), blocking=(minds_rarities,)
    )
    examples = [
        evolve(rare, relationship=SITUATIONS[situation]) for situation in sorted(SITUATIONS)
    ]
    assert check_rules(everywhere, examples=examples, tries=20) == 3 * 20 + 1 + 3 + 9
    with pytest.raises(LawBroken, match="is not confidential"):
        check_rules(minds_rare_reports, examples=[rare], tries=20)


@pytest.mark.parametrize(
    ("rules", "tries"), [(ConnectionRules.open(), 10), (NoteAtMost(3), 0), (NoteAtMost(3), -1)]
)
def test_nothing_tried_is_nothing_shown(rules: ConnectionRules | Rule, tries: int) -> None:
    """Where there is no rule or no proposal, that is said."""
    with pytest.raises(InvalidValue, match="nothing would be tried"):
        check_rules(rules, tries=tries)


# ── What a rule is made of ──────────────────────────────────────────────────────────────────────

LIMIT = 77
SEASON = {"spring": date(2026, 3, 20), "autumn": datetime(2026, 9, 22, tzinfo=UTC)}


def of_many_things(
    proposal: Proposal, words: frozenset[str] = frozenset({"crypto"}), *, most: float = 12.0
) -> Refusal | None:
    """Use constants, defaults, names of the module and a function of its own."""
    waits = timedelta(hours=5)
    return None if waits and words and most and LIMIT and SEASON and len(proposal.note) < 42 else NO


def nested(limit: int) -> Rule:
    """Hold a number from around it."""
    return lambda proposal: NO if proposal.shared > limit else None


@final
class Plain:
    """A rule of no particular kind, with attributes of its own."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.itself = self

    def __call__(self, proposal: Proposal) -> Refusal | None:
        """Judge."""
        return NO if proposal.shared > self.limit + 1000 else None


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        (of_many_things, {11, 12, 13, 76, 77, 78, 41, 42, 43}),
        (nested(55), {54, 55, 56}),
        (Plain(66), {65, 66, 67, 999, 1000, 1001}),
        (partial(of_many_things, most=88), {87, 88, 89, 42}),
        (Plain(66).__call__, {66, 1000}),
        (NoteAtMost(0), {0, 1}),
        (ShorterThan(10**9), {0, 1}),
    ],
)
def test_a_rule_is_met_on_both_sides_of_its_numbers(rule: Rule, counts: set[int]) -> None:
    """Wherever it has them from; never less than none, and none that nobody has."""
    edges = edges_of(rule)

    assert counts <= set(edges.counts)
    assert min(edges.counts) == 0
    assert max(edges.counts) <= 10**6


def test_a_rule_is_met_on_both_sides_of_its_dates() -> None:
    """Durations, days and moments too, and with the words that it knows."""
    edges = edges_of(of_many_things, timedelta.max, datetime.max.replace(tzinfo=UTC))

    assert {timedelta(hours=5) + step for step in (-INSTANT, timedelta(), INSTANT)} <= set(
        edges.durations
    )
    equinoxes = (datetime(2026, 3, 20, tzinfo=UTC), SEASON["autumn"])
    assert edges.moments == tuple(moment for each in equinoxes for moment in (each - INSTANT, each))
    assert {"", "crypto", "spring"} <= set(edges.texts)


# ── What a rule may not call ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (datetime.now, "datetime.now"),
        (date.today, "date.today"),
        (time.time, "time.time"),
        (random.random, "random.random"),
        (os.urandom, "posix.urandom"),
        (io.open, "io.open"),
        (sqlite3.connect(":memory:", isolation_level=None).execute, "sqlite3.execute"),
    ],
)
def test_what_is_outside_is_noted(call: Any, name: str) -> None:
    """Clocks, chance, files and databases."""
    watch = Watch()
    watch.note(sys._getframe(), "c_call", call)

    assert watch.outside == [name]


@pytest.mark.parametrize(
    "call",
    [len, datetime.fromisoformat, "".join, random.Random(7).random, NOON.replace],  # noqa: S311 - nothing is secret
)
def test_what_is_in_the_proposal_is_not(call: Any) -> None:
    """What only computes, and chance that is none: of a known seed."""
    watch = Watch()
    for event in ("c_call", "c_return", "call"):
        watch.note(sys._getframe(), event, call)

    assert watch.outside == []


def test_a_program_that_is_profiled_goes_on_being_so() -> None:
    """Nothing is noticed then, and the profiler stays."""

    def profiler(*_: object) -> None:
        return None

    watch = Watch()
    sys.setprofile(profiler)
    try:
        assert watch.over(time.time) > 0
        assert sys.getprofile() is profiler
    finally:
        sys.setprofile(None)
    assert watch.outside == []


@pytest.mark.parametrize("collecting", [gc.enable, gc.disable])
def test_garbage_is_collected_as_before(collecting: Callable[[], None]) -> None:
    """Whether it was or not."""
    collects = gc.isenabled()
    collecting()
    before = gc.isenabled()
    try:
        assert Watch().over(lambda: 7) == 7
        assert gc.isenabled() is before
    finally:
        (gc.enable if collects else gc.disable)()
