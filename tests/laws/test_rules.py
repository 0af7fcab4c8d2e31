"""Laws of rules: another rule only ever refuses more, and the order of rules refuses nothing."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    Act,
    ConnectionRules,
    ConnectionsAtMost,
    Invited,
    PendingAtMost,
    Proposal,
    Refusal,
    Rule,
    SentPerWeek,
    Strangers,
    Verdict,
    decide,
)
from connectcore.testing.strategies import connection_rules, proposals
from tests.laws.breaking import breaks

Judge: TypeAlias = Callable[[Act, Proposal, ConnectionRules], Sequence[Refusal]]
"""Every refusal of an act; none if it is allowed."""

RULES_OF = {Act.SEND: "inviting", Act.ACCEPT: "accepting", Act.BLOCK: "blocking"}
"""The acts that rules decide, each with the rules that decide it."""

STATE_OF = {Act.SEND: Strangers, Act.ACCEPT: Invited, Act.BLOCK: None}
"""The state in which the rules for an act are asked; for a block it is any."""


@frozen
class Case:
    """An act, a proposal, some rules, the same in another order, and those with one more."""

    act: Act
    proposal: Proposal
    rules: ConnectionRules
    turned: ConnectionRules
    stricter: ConnectionRules


STOCK = connection_rules()
REFUSING = (PendingAtMost(0), ConnectionsAtMost(0), SentPerWeek(0))


@st.composite
def cases(
    draw: st.DrawFn,
    acts: Sequence[Act] = tuple(RULES_OF),
    founded_on: st.SearchStrategy[ConnectionRules] = STOCK,
) -> Case:
    """Any of the stock rules with any numbers, a rule even twice, on anything they may be asked."""
    act = draw(st.sampled_from(acts))
    kind = RULES_OF[act]
    pool: list[Rule] = [rule for _ in range(2) for rule in getattr(draw(founded_on), kind)]
    chosen = draw(st.lists(st.sampled_from(pool), max_size=len(pool)))
    more = draw(st.sampled_from(pool))
    place = draw(st.integers(0, len(chosen)))
    return Case(
        act=act,
        proposal=draw(proposals(state=STATE_OF[act])),
        rules=_rules(kind, chosen),
        turned=_rules(kind, draw(st.permutations(chosen))),
        stricter=_rules(kind, [*chosen[:place], more, *chosen[place:]]),
    )


def _rules(kind: str, rules: Sequence[Rule]) -> ConnectionRules:
    chosen: dict[str, Any] = {kind: tuple(rules)}
    return ConnectionRules(**chosen)


SEVERE_CASES = cases([Act.SEND], st.just(ConnectionRules(inviting=REFUSING)))
"""Invitations under rules that each refuse whatever they are asked."""


def refusals(act: Act, proposal: Proposal, rules: ConnectionRules) -> Sequence[Refusal]:
    """Every refusal that the library finds."""
    decision = decide(act, proposal, rules)
    return decision.refusals if isinstance(decision, Verdict) else ()


# ── Another rule ────────────────────────────────────────────────────────────────────────────────


def another_rule_allows_nothing_more(case: Case, *, judge: Judge = refusals) -> None:
    """The law: what was refused stays refused, and for the same reasons at least."""
    before = judge(case.act, case.proposal, case.rules)
    after = judge(case.act, case.proposal, case.stricter)
    assert set(before) <= set(after)


@given(cases())
def test_another_rule_allows_nothing_more(case: Case) -> None:
    """Inviting, accepting and blocking: a rule can only add a refusal."""
    another_rule_allows_nothing_more(case)


@pytest.mark.thorough
def test_the_law_of_another_rule_finds_a_vote() -> None:
    """A planted fault: an act is refused by half of the rules or not at all."""

    def vote(act: Act, proposal: Proposal, rules: ConnectionRules) -> Sequence[Refusal]:
        found = refusals(act, proposal, rules)
        return found if 2 * len(found) >= len(getattr(rules, RULES_OF[act])) else ()

    assert breaks(partial(another_rule_allows_nothing_more, judge=vote), SEVERE_CASES)


# ── Their order ─────────────────────────────────────────────────────────────────────────────────


def order_refuses_nothing(case: Case, *, judge: Judge = refusals) -> None:
    """The law: rules in another order find the same refusals, and disclose the same."""
    found, turned = (judge(case.act, case.proposal, rules) for rules in (case.rules, case.turned))
    assert set(found) == set(turned)
    disclosed, also = (Verdict(tuple(each)).disclosed() for each in (found, turned))
    assert set(disclosed.refusals) == set(also.refusals)
    assert disclosed.possible_at == also.possible_at


@given(cases())
def test_the_order_of_rules_refuses_nothing(case: Case) -> None:
    """The order of rules only decides what is told first."""
    order_refuses_nothing(case)


@pytest.mark.thorough
def test_the_law_of_order_finds_a_judge_who_stops_at_the_first() -> None:
    """A planted fault: nobody looks any further than the first refusal."""

    def hasty(act: Act, proposal: Proposal, rules: ConnectionRules) -> Sequence[Refusal]:
        return refusals(act, proposal, rules)[:1]

    assert breaks(partial(order_refuses_nothing, judge=hasty), SEVERE_CASES)
