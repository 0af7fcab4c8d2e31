"""What can be done in a scenario, and what is known of it beforehand."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from connectcore import Act, AudienceOutOfBounds, Refusal, Refused, Verdict
from tests.scenarios import guests, writing
from tests.scenarios.acts import ACTS
from tests.scenarios.stage import Stage
from tests.scenarios.words import duration, infinitive, matching

__all__ = ["EXPECTATIONS", "INFINITIVES", "refusals_of"]

INFINITIVES = {infinitive(template): template for template in ACTS}


def act_of(stage: Stage, by: str, act: str, **details: Any) -> Callable[[], object]:
    """The act that a sentence such as "invite grace" stands for, ready to be done."""
    words, places = matching(act, INFINITIVES)
    return partial(ACTS[INFINITIVES[words]], stage, by, *places.values(), **details)


def refusals_of(act: Callable[[], object]) -> Verdict:
    """What an actor reads when an act is refused; a verdict that allows it where it is not."""
    try:
        act()
    except Refused as refused:
        return refused.verdict
    except AudienceOutOfBounds as outside:
        return Verdict((Refusal(code="audience_out_of_bounds", message=str(outside)),))
    return Verdict()


def _can(stage: Stage, who: str, act: str, **details: Any) -> None:
    verdict = refusals_of(lambda: stage.rehearsal.of(act_of(stage, who, act, **details)))

    assert [str(refusal) for refusal in verdict.refusals] == []
    _agree(stage, who, act, verdict, details)


def _cannot(
    stage: Stage,
    who: str,
    act: str,
    *,
    because: str | Sequence[str],
    until: str | None = None,
    **details: Any,
) -> None:
    verdict = refusals_of(lambda: stage.rehearsal.of(act_of(stage, who, act, **details)))
    expected = [because] if isinstance(because, str) else [*because]

    assert [refusal.code for refusal in verdict.refusals] == expected
    assert verdict.possible_at == (None if until is None else stage.now + duration(until))
    _agree(stage, who, act, verdict, details)


def _agree(stage: Stage, who: str, act: str, verdict: Verdict, details: Mapping[str, Any]) -> None:
    """Whoever asks beforehand is told what then happens, and the operator knows it too."""
    template, places = matching(act, INFINITIVES)
    ask = ASKED_BEFOREHAND.get(INFINITIVES[template])
    if ask is None or "acquaintance" in details:
        return
    asked, explained = ask(stage, who, *places.values(), **details)

    assert asked.refusals == verdict.refusals
    assert explained.allowed is verdict.allowed


def _before_inviting(stage: Stage, who: str, to: str, **given: Any) -> tuple[Verdict, Verdict]:
    asked = stage[who].invitations.may_send(to, **given)
    return asked, stage.world.network.explain(who, Act.SEND, to, **given)


ASKED_BEFOREHAND: Mapping[str, Callable[..., tuple[Verdict, Verdict]]] = {
    "invites {member}": _before_inviting,
    **writing.ASKED_BEFOREHAND,
    **guests.ASKED_BEFOREHAND,
}
"""For acts that can be asked about: what the actor is told beforehand, and what the operator is."""


def _left(stage: Stage, who: str, member: str, **numbers: int) -> None:
    quotas = stage[who].invitations.may_send(stage.named(member)).quotas
    left = {quota.code.replace("_", " "): quota.left for quota in quotas}

    assert {name: left.get(name) for name in numbers} == numbers


def _cautioned(stage: Stage, who: str, member: str, *, about: str) -> None:
    cautions = stage[who].invitations.may_send(stage.named(member)).cautions

    assert [caution.code for caution in cautions] == [about]


def _not_cautioned(stage: Stage, who: str, member: str, **details: Any) -> None:
    verdict = stage[who].invitations.may_send(stage.named(member), **details)

    assert verdict.allowed
    assert verdict.cautions == ()


def _knows_why(stage: Stage, _: str, member: str, other: str, *, because: Sequence[str]) -> None:
    explained = stage.world.network.explain(stage.named(member), Act.SEND, stage.named(other))

    assert [refusal.code for refusal in explained.refusals] == [*because]


def _knows_why_absent(
    stage: Stage, _: str, member: str, other: str, *, because: Sequence[str]
) -> None:
    explained = stage.world.network.explain_view(stage.named(member), stage.named(other))

    assert [cause.code for cause in explained.absent] == [*because]


EXPECTATIONS: Mapping[str, Callable[..., None]] = {
    "can {act}": _can,
    "cannot {act}": _cannot,
    "has left to invite {member}": _left,
    "is cautioned before inviting {member}": _cautioned,
    "is not cautioned before inviting {member}": _not_cautioned,
    "knows why {member} cannot invite {member}": _knows_why,
    "knows why {member} does not find {member}": _knows_why_absent,
}
