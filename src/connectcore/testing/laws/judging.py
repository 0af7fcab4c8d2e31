"""Whom the laws are held against: every rule of a network, and what each says is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, final

from attrs import field, frozen

from connectcore.acts import Act
from connectcore.proposals import CountingRule, Proposal, Rule
from connectcore.refusals import Caution, Quota, Refusal
from connectcore.rulebook import ConnectionRules
from connectcore.testing.laws.law import Law, LawBroken

__all__ = ["Judge", "judges_of"]


@final
@frozen(eq=False)
class Judge:
    """What of a rule is asked about *act*: to refuse, to caution, or to say what is left."""

    rule: object
    ask: Any = field(repr=False)
    gives: type[Refusal | Caution | Quota]
    act: Act

    def answer(self, proposal: Proposal) -> Any:
        """What it says; raise `LawBroken` if that is no answer."""
        try:
            found = self.ask(proposal)
        except Exception as error:
            why = f"it raised {type(error).__name__}: {error}"
            raise LawBroken(self.rule, Law.TOTAL, why, proposal) from error
        if found is None or isinstance(found, self.gives):
            return found
        why = f"it gave {found!r}, neither a {self.gives.__name__} nor None"
        raise LawBroken(self.rule, Law.TOTAL, why, proposal)

    def refuses(self, proposal: Proposal, code: str) -> bool:
        """Whether it refuses for this reason."""
        found = self.answer(proposal)
        return found is not None and found.code == code


def judges_of(rules: ConnectionRules) -> Sequence[Judge]:
    """Everything of *rules* that judges, by what it is asked about."""
    placed: tuple[tuple[Act, tuple[Rule, ...]], ...] = (
        (Act.SEND, rules.inviting),
        (Act.ACCEPT, rules.accepting),
        (Act.BLOCK, rules.blocking),
    )
    judges = list[Judge]()
    for act, each in placed:
        for rule in each:
            judges.append(Judge(rule, rule, Refusal, act))
            if isinstance(rule, CountingRule):
                judges.append(Judge(rule, rule.quota, Quota, act))
    return (*judges, *(Judge(rule, rule, Caution, Act.SEND) for rule in rules.cautions))
