"""All rules of a network in one value, with presets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import TypeVar, final

from attrs import evolve, field, frozen

from connectcore.moments import waiting_time
from connectcore.proposals import CautionRule, CountingRule, Proposal, Rule
from connectcore.refusals import Caution, Quota, Refusal
from connectcore.relationships import PendingInvitation
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
    caution_strangers,
    invitee_chooses,
)

__all__ = ["ConnectionRules", "tally", "weigh"]

T = TypeVar("T")

_FUNCTIONS = (FunctionType, BuiltinFunctionType, MethodType, partial)


@final
@frozen(kw_only=True)
class ConnectionRules:
    """Which invitations, acceptances and blocks a network allows, and when an invitation expires.

    All rules are asked and all refusals collected; their order only decides which is told first.
    What no network can do without is not a rule and cannot be left out: nobody connects with
    themselves, with somebody who is not there, or across a block.

    `window` is how far back `Standing` remembers what was sent; a rule that counts over a longer
    time needs a longer one.

    >>> rules = ConnectionRules.professional().with_inviting(NoteAtMost(200))
    >>> NoteAtMost(200) in rules.inviting, NoteAtMost(300) in rules.inviting
    (True, False)
    """

    inviting: tuple[Rule, ...] = ()
    accepting: tuple[Rule, ...] = ()
    blocking: tuple[Rule, ...] = ()
    cautions: tuple[CautionRule, ...] = ()
    expiry: timedelta | None = field(default=None, validator=waiting_time)
    window: timedelta = field(default=timedelta(days=31), validator=waiting_time)

    @classmethod
    def professional(cls) -> ConnectionRules:
        """The rules of a professional network, after LinkedIn's.

        An invitation expires silently after 180 days (kennected.io; phantombuster.com, 2025).
        """
        return cls(
            inviting=(
                invitee_chooses,
                EmailAfterReports(5),
                CoolingOff(),
                NoteAtMost(300),
                NotesPerMonth(5),
                SentPerWeek(100),
                PendingAtMost(3000),
                ConnectionsAtMost(30_000),
            ),
            accepting=(ConnectionsAtMost(30_000),),
            blocking=(ReblockAfter(timedelta(hours=48)), BlocksAtMost(1000)),
            cautions=(caution_strangers,),
            expiry=timedelta(days=180),
        )

    @classmethod
    def open(cls) -> ConnectionRules:
        """No limit of any kind, and invitations that never expire."""
        return cls()

    def with_inviting(self, *rules: Rule) -> ConnectionRules:
        """These rules, with *rules* for invitations; one of the same class is replaced."""
        return evolve(self, inviting=_merged(self.inviting, rules))

    def with_accepting(self, *rules: Rule) -> ConnectionRules:
        """These rules, with *rules* for acceptances; one of the same class is replaced."""
        return evolve(self, accepting=_merged(self.accepting, rules))

    def with_blocking(self, *rules: Rule) -> ConnectionRules:
        """These rules, with *rules* for blocks; one of the same class is replaced."""
        return evolve(self, blocking=_merged(self.blocking, rules))

    def with_cautions(self, *rules: CautionRule) -> ConnectionRules:
        """These rules, with *rules* for cautions; one of the same class is replaced."""
        return evolve(self, cautions=_merged(self.cautions, rules))

    def without(self, *unwanted: type[object] | Rule | CautionRule) -> ConnectionRules:
        """These rules, less those of the given classes and less the given functions."""

        def wanted(rule: Rule | CautionRule) -> bool:
            return rule not in unwanted and type(rule) not in unwanted

        return evolve(
            self,
            inviting=tuple(rule for rule in self.inviting if wanted(rule)),
            accepting=tuple(rule for rule in self.accepting if wanted(rule)),
            blocking=tuple(rule for rule in self.blocking if wanted(rule)),
            cautions=tuple(rule for rule in self.cautions if wanted(rule)),
        )

    def expiring_at(self, invitation: PendingInvitation) -> datetime | None:
        """When *invitation* expires, or `None` if it never does."""
        return None if self.expiry is None else invitation.sent_at + self.expiry

    def cautions_about(self, proposal: Proposal) -> tuple[Caution, ...]:
        """What the actor should think about before they invite."""
        found = (rule(proposal) for rule in self.cautions)
        return tuple(caution for caution in found if caution is not None)


def weigh(rules: Iterable[Callable[[T], Refusal | None]], proposal: T) -> tuple[Refusal, ...]:
    """Every refusal of *rules*, in their order."""
    found = (rule(proposal) for rule in rules)
    return tuple(refusal for refusal in found if refusal is not None)


def tally(rules: Iterable[object], proposal: Proposal) -> tuple[Quota, ...]:
    """What is left under every limit of *rules* that counts, in their order."""
    found = (rule.quota(proposal) for rule in rules if isinstance(rule, CountingRule))
    return tuple(quota for quota in found if quota is not None)


def _merged(rules: tuple[T, ...], added: tuple[T, ...]) -> tuple[T, ...]:
    """*rules* with *added*, each in the place of the one of its class where there is one."""
    merged = list(rules)
    for rule in added:
        same = [
            index
            for index, present in enumerate(merged)
            if type(present) is type(rule) and not _is_function(rule)
        ]
        if same:
            merged[same[0]] = rule
        elif rule not in merged:
            merged.append(rule)
    return tuple(merged)


def _is_function(rule: object) -> bool:
    return isinstance(rule, _FUNCTIONS)
