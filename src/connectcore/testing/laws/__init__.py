"""The laws of rules: whether a rule of one's own can stand beside the others.

`check_rules` tries them on proposals that meet a rule from either side of what it is made of.
Each fact of a proposal is chosen from few, and made simpler by itself when a law is broken; that is
ten times as quick as drawing whole proposals, and so ten times as many are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any, TypeAlias, final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from connectcore.acts import Act
from connectcore.errors import InvalidValue
from connectcore.profiles import Profile
from connectcore.proposals import Proposal, Rule
from connectcore.refusals import Quota
from connectcore.relationships import Blocked, Invited, Strangers
from connectcore.rulebook import ConnectionRules
from connectcore.testing.laws.asking import Asked, Facts, built, choices, proposed, worse
from connectcore.testing.laws.edges import edges_of
from connectcore.testing.laws.holding import hold
from connectcore.testing.laws.judging import Judge, judges_of
from connectcore.testing.laws.law import Law, LawBroken
from connectcore.testing.strategies import profiles

__all__ = ["Law", "LawBroken", "check_rules"]

Choices: TypeAlias = Mapping[str, Sequence[Any]]

_PROFILES = 20
"""How many profiles are drawn of an application's own class."""

_PASSES = 2
"""How often all facts are made simpler, since one may let another."""

_ROUNDS = 3
"""How often more proposals are tried for a rule that has had nothing to say."""


def check_rules(
    rules: ConnectionRules | Rule,
    *,
    profile: type[Profile] | st.SearchStrategy[Profile] | None = None,
    examples: Iterable[Proposal] = (),
    tries: int = 200,
) -> int:
    """Hold *rules* to every `Law`, and give how many proposals they were asked about.

    A rule alone is one about inviting; put one about accepting or blocking, or a caution, in
    `ConnectionRules`, and so one that counts over more than the usual window.
    For each rule there are so many *tries*, on proposals that are made of the numbers, durations,
    dates and texts that the rule itself is made of, so that it is met on both sides of its limit,
    and of all that is easily forgotten; the same rules are asked the same ones each time.
    *profile* is the class of the members' profiles, or a strategy for them; *examples* are
    proposals to try besides.

    Raises `LawBroken`, an `AssertionError` that names the rule, the law and the shortest proposal
    that was found; so it does where a rule had nothing to say of any of them.
    Raises `InvalidValue` where there is no rule, or nothing to try.

    >>> from connectcore import NoteAtMost
    >>> check_rules(NoteAtMost(200), tries=50)
    50
    """
    whole = rules if isinstance(rules, ConnectionRules) else ConnectionRules(inviting=(rules,))
    judges = judges_of(whole)
    if not judges or tries < 1:
        message = f"nothing would be tried: {len(judges)} rules, {tries} proposals"
        raise InvalidValue(message)
    trial = _Trial(judges)
    for example in examples:
        for act in _acts(judges):
            if _may_be_asked(act, example):
                trial.hold(proposed(act, example, worse(example), window=whole.window))
    strategy = profiles(profile) if isinstance(profile, type) else profile
    drawn = () if strategy is None else _drawn(strategy)
    for judge in judges:
        if judge.gives is not Quota:
            edges = edges_of(whole.window, judge.rule)
            trial.search(judge, choices(judge.act, edges, drawn), whole.window, tries)
    return trial.count


@final
class _Trial:
    """What was asked so far, and which of the rules have not had anything to say of it."""

    def __init__(self, judges: Sequence[Judge]) -> None:
        self.count = 0
        self._judges = judges
        self._silent = {judge for judge in judges if judge.gives is not Quota}

    def hold(self, asked: Asked) -> None:
        """Hold the rules for an act to the laws."""
        self.count += 1
        judges = [judge for judge in self._judges if judge.act is asked.act]
        self._silent.difference_update(hold(judges, asked))

    def search(self, judge: Judge, choices: Choices, window: timedelta, tries: int) -> None:
        """Try so many of what can be chosen, and more while a rule has had nothing to say."""
        for number in range(_ROUNDS):
            for facts in _spread(choices, tries, Random(number)):  # noqa: S311 - it repeats
                try:
                    self.hold(built(facts, window))
                except LawBroken as broken:
                    raise self._shortened(broken, facts, choices, window) from broken.__cause__
            if judge not in self._silent:
                return
        why = f"it had nothing to say of any of {self.count} proposals; give it examples"
        raise LawBroken(judge.rule, Law.TRIED, why)

    def _shortened(
        self, broken: LawBroken, facts: Facts, choices: Choices, window: timedelta
    ) -> LawBroken:
        """The same law broken by the same rule, with each fact as simple as it may be."""
        shortest = dict(facts)
        if self._broken(built(facts, window)) is None:
            return broken  # by a rule that does not judge alike each time
        for _ in range(_PASSES):
            for name, options in choices.items():
                for simpler in options[: options.index(shortest[name])]:
                    found = self._broken(built({**shortest, name: simpler}, window))
                    if found is not None and (found.rule, found.law) == (broken.rule, broken.law):
                        broken, shortest[name] = found, simpler
                        break
        return broken

    def _broken(self, asked: Asked) -> LawBroken | None:
        try:
            self.hold(asked)
        except LawBroken as broken:
            return broken
        return None


def _spread(choices: Choices, tries: int, random: Random) -> Iterator[Facts]:
    """So many choices of all facts, each option of each of them as often as any other."""
    columns = list[list[Any]]()
    for options in choices.values():
        times, rest = divmod(tries, len(options))
        column = [*options] * times + random.sample(options, rest)
        random.shuffle(column)
        columns.append(column)
    for row in zip(*columns, strict=True):
        yield dict(zip(choices, row, strict=True))


def _drawn(strategy: st.SearchStrategy[Profile]) -> Sequence[Profile]:
    """Some of what a strategy draws, the same each time."""
    found = list[Profile]()

    def keep(profile: Profile) -> None:
        found.append(profile)

    drawing = settings(
        max_examples=_PROFILES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    drawing(given(strategy)(keep))()
    return found


def _acts(judges: Sequence[Judge]) -> tuple[Act, ...]:
    return tuple(dict.fromkeys(judge.act for judge in judges))


def _may_be_asked(act: Act, proposal: Proposal) -> bool:
    match act, proposal.relationship:
        case Act.SEND, Strangers():
            return proposal.other is not None
        case Act.ACCEPT, Invited():
            return proposal.relationship.invitation.invitee == proposal.actor.id
        case Act.BLOCK, relationship:
            return not (isinstance(relationship, Blocked) and proposal.actor.id in relationship.by)
        case _:
            return False
