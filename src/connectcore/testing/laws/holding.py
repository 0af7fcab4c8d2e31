"""Whether a rule keeps each law, on one proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime, timedelta
from typing import Any, cast

import attrs
from attrs import evolve

from connectcore.acts import Act
from connectcore.moments import INSTANT
from connectcore.proposals import Proposal, Rule
from connectcore.refusals import (
    EMAIL_NEEDED,
    NOT_ACCEPTING,
    UNAVAILABLE,
    Quota,
    Refusal,
)
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
    invitee_chooses,
)
from connectcore.settings import WhoMayInvite
from connectcore.testing.laws.asking import Asked, Hidden
from connectcore.testing.laws.edges import LAST_MOMENT
from connectcore.testing.laws.judging import Judge
from connectcore.testing.laws.law import Law, LawBroken, named
from connectcore.testing.laws.watching import Watch

__all__ = ["hold"]

_GENERAL = frozenset({NOT_ACCEPTING, EMAIL_NEEDED, UNAVAILABLE})
"""What may be told whatever the cause, since it has many."""

_LATER = (
    timedelta(hours=1),
    timedelta(hours=13),
    *(timedelta(days=days) for days in (1, 2, 7, 31, 400, 40_000)),
)

_COMPANY: Mapping[Act, Sequence[Rule]] = {
    Act.SEND: (
        *(invitee_chooses, EmailAfterReports(1), CoolingOff(), NoteAtMost(0)),
        *(NotesPerMonth(1), SentPerWeek(1), PendingAtMost(1), ConnectionsAtMost(1)),
    ),
    Act.ACCEPT: (ConnectionsAtMost(1),),
    Act.BLOCK: (ReblockAfter(), BlocksAtMost(1)),
}
"""What a rule is added to: rules that refuse most of the time."""


def hold(judges: Sequence[Judge], asked: Asked) -> Sequence[Judge]:
    """Raise `LawBroken` if one of *judges* breaks a law; give those who had something to say.

    Whoever is asked first cannot have been led astray by who comes later, so all are asked in turn.
    """
    proposal, before = asked.proposal, cast("Proposal", _twin(asked.proposal))
    company = [Judge(rule, rule, Refusal, asked.act) for rule in _COMPANY[asked.act]]
    answers = [(judge, judge.answer(proposal)) for judge in company]
    for judge in judges:
        answer = judge.answer(proposal)
        _adds(judge, answers, asked)
        if proposal != before:
            raise LawBroken(judge.rule, Law.PURE, "it changed the proposal", before)
        answers.append((judge, answer))
    for judge, answer in answers[len(company) :]:
        _is_pure(judge, answer, asked)
        try:
            _is_confidential(judge, answer, asked)
            _is_short_sighted(judge, answer, asked)
            if isinstance(answer, Refusal):
                _is_punctual(judge, answer, proposal)
            elif isinstance(answer, Quota):
                _is_exact(judge, answer, answers, proposal)
        finally:
            _is_steady(judge, answer, proposal)
    return [judge for judge, answer in answers[len(company) :] if answer is not None]


def _twin(value: object) -> object:
    """The same value anew, with everything in it that has fields."""
    kind = type(value)
    if not attrs.has(kind):
        return value
    twin = copy(value)
    for attribute in attrs.fields(kind):
        object.__setattr__(twin, attribute.name, _twin(getattr(value, attribute.name)))
    return twin


def _adds(judge: Judge, answers: Sequence[tuple[Judge, Any]], asked: Asked) -> None:
    """Whoever refused before *judge* was asked refuses still."""
    for earlier, answer in answers:
        if isinstance(answer, Refusal) and not earlier.refuses(asked.proposal, answer.code):
            why = f"where it is asked, {named(earlier.rule)} no longer refuses by {answer.code!r}"
            raise LawBroken(judge.rule, Law.ADDITIVE, why, asked.proposal)


def _is_pure(judge: Judge, answer: Any, asked: Asked) -> None:
    """Asked again, it says the same, and looks at nothing else."""
    watch = Watch()
    again = watch.over(lambda: judge.answer(asked.proposal))
    if watch.outside:
        why = f"it calls {watch.outside[0]}, which is not in the proposal"
        raise LawBroken(judge.rule, Law.PURE, why, asked.proposal)
    if again != answer:
        why = f"it said {answer!r} and then {again!r}"
        raise LawBroken(judge.rule, Law.PURE, why, asked.proposal)


def _is_steady(judge: Judge, answer: Any, proposal: Proposal) -> None:
    """What it was asked in between has led it nowhere, and to no other fault."""
    if judge.answer(proposal) != answer:
        why = "it answers otherwise after it was asked about something else"
        raise LawBroken(judge.rule, Law.PURE, why, proposal) from None


# ── What the actor may not know ─────────────────────────────────────────────────────────────────


def _is_confidential(judge: Judge, answer: Any, asked: Asked) -> None:
    for hidden, proposal in asked.otherwise.items():
        if proposal == asked.proposal:
            continue
        otherwise = judge.answer(proposal)
        if judge.gives is Refusal:
            tells = hidden is not Hidden.ADDRESS and _tells(hidden, answer, otherwise)
        else:
            tells = otherwise != answer and not _may_depend(asked.proposal, proposal)
        if tells:
            one, other = _disclosed(answer), _disclosed(otherwise)
            why = f"it shows {hidden.value}: the actor is told {one}, and otherwise {other}"
            raise LawBroken(judge.rule, Law.CONFIDENTIAL, why, asked.proposal)


def _tells(hidden: Hidden, one: Refusal | None, other: Refusal | None) -> bool:
    """Whether what is told shows which of the two it is.

    That there is a refusal may depend on what is hidden, if it is a general one, or one that the
    rule has put in the place of its cause; what it says may not.
    """
    told = [refusal for refusal in (one, other) if refusal is not None]
    faces = {refusal.disclosed for refusal in told}
    if not told or (len(told) == 2 and len(faces) == 1):  # noqa: PLR2004 - of the two
        return False
    if hidden is Hidden.BLOCK:
        return True
    if faces <= _GENERAL:
        return False
    (refusal, *more), (face, *_) = told, faces
    if more or face.count is not None or face.possible_at is not None:
        return True
    return hidden is not Hidden.STANDING and refusal.shown_as is None


def _may_depend(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals differ in who may invite, or in what is asked for: refusals tell of it."""
    asks = {_who_may_invite(one), _who_may_invite(other)}
    return len(asks) > 1 or (
        asks == {WhoMayInvite.KNOWS_EMAIL} and one.knows_email is not other.knows_email
    )


def _who_may_invite(proposal: Proposal) -> WhoMayInvite | None:
    return None if proposal.other is None else proposal.other.settings.who_may_invite


def _disclosed(answer: Any) -> str:
    face = answer.disclosed if isinstance(answer, Refusal) else answer
    return "nothing" if face is None else repr(str(face))


# ── When a refusal passes ───────────────────────────────────────────────────────────────────────


def _is_punctual(judge: Judge, refusal: Refusal, proposal: Proposal) -> None:
    if refusal.possible_at is None:
        for wait in _LATER:
            at = proposal.at + wait
            if at <= LAST_MOMENT and not judge.refuses(evolve(proposal, at=at), refusal.code):
                why = f"{refusal.code!r} says that waiting does not help, and passes by {at}"
                raise LawBroken(judge.rule, Law.PUNCTUAL, why, proposal)
    else:
        _passes_at(judge, refusal, refusal.possible_at, proposal)
        eve = refusal.possible_at - INSTANT
        if eve <= LAST_MOMENT and not judge.refuses(evolve(proposal, at=eve), refusal.code):
            why = f"{refusal.code!r} passes before it says, at {refusal.possible_at}"
            raise LawBroken(judge.rule, Law.PUNCTUAL, why, proposal)
    told = refusal.disclosed
    if told.possible_at is not None:
        _passes_at(judge, told, told.possible_at, proposal)


def _passes_at(judge: Judge, refusal: Refusal, at: datetime, proposal: Proposal) -> None:
    """The reason is another one by then, or there is none."""
    if at.tzinfo is None or at <= proposal.at:
        why = f"{refusal.code!r} is to pass at {at}, which is no moment later than the proposal's"
        raise LawBroken(judge.rule, Law.PUNCTUAL, why, proposal)
    if at > LAST_MOMENT:
        return
    then = judge.answer(evolve(proposal, at=at))
    if then is not None and refusal.code in {then.code, then.disclosed.code}:
        why = f"{refusal.code!r} is to pass at {at}, and refuses still"
        raise LawBroken(judge.rule, Law.PUNCTUAL, why, proposal)


# ── What is counted ─────────────────────────────────────────────────────────────────────────────


def _is_exact(
    judge: Judge, quota: Quota, answers: Sequence[tuple[Judge, Any]], proposal: Proposal
) -> None:
    """Nothing is left under a limit that refuses, and more is when it says."""
    for other, answer in answers:
        refuses = other.rule is judge.rule and isinstance(answer, Refusal)
        if refuses and answer.code == quota.code and quota.left:
            why = f"it refuses by {quota.code!r} with {quota.left} left"
            raise LawBroken(judge.rule, Law.EXACT, why, proposal)
    if quota.frees_at is None or quota.frees_at > LAST_MOMENT:
        return
    if quota.frees_at <= proposal.at:
        why = f"{quota.code!r} frees a place at {quota.frees_at}, which is not later"
        raise LawBroken(judge.rule, Law.EXACT, why, proposal)
    then = judge.answer(evolve(proposal, at=quota.frees_at))
    if then is not None and then.left <= quota.left and then.used >= quota.used:
        why = f"{quota.code!r} frees no place at {quota.frees_at}"
        raise LawBroken(judge.rule, Law.EXACT, why, proposal)


def _is_short_sighted(judge: Judge, answer: Any, asked: Asked) -> None:
    if asked.unforgotten != asked.proposal and judge.answer(asked.unforgotten) != answer:
        why = "it counts what was sent before the window of the rules began"
        raise LawBroken(judge.rule, Law.SHORT_SIGHTED, why, asked.unforgotten)
