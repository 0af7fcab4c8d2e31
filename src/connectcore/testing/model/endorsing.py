"""Endorsements: who vouches for which skill, and whether its owner shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import evolve

from connectcore.audiences import Audience
from connectcore.testing.model.showing import decided
from connectcore.testing.model.state import (
    LIMITS,
    Endorsement,
    EndorsementRequest,
    Model,
    Stopped,
    Vouched,
)
from connectcore.testing.model.telling import tell, untell

__all__ = [
    "PLAIN",
    "counts",
    "decide",
    "decline",
    "give",
    "page",
    "part",
    "request",
    "retract",
    "skills",
    "withdraw",
]

PLAIN: Mapping[str, str] = {
    "Compilers": "compiler",
    "compiler": "compiler",
    " COMPILER ": "compiler",
    "COMPILER": "compiler",
    "Chess": "chess",
    "chess": "chess",
    "Go": "go",
    "Sewing": "sewing",
    "Accounting": "accounting",
    "underwater welding": "underwater welding",
}
"""Every spelling of a skill that is used, and what skill it is."""


def skills(model: Model, owner: str) -> dict[str, str]:
    """The skills that *owner* lists, by their plain form; of two spellings the first."""
    spelled: dict[str, str] = {}
    for skill in model.profiles[owner].skills:
        spelled.setdefault(PLAIN[skill], skill)
    return spelled


def give(model: Model, by: str, to: str, skill: str) -> set[str]:
    """Vouch for a skill of *to*."""
    model.require_connection(by, to)
    key = (to, by, PLAIN[skill])
    if key in model.endorsed:
        return set()
    if model.settings[to].endorsements is Audience.ONLY_ME:
        return {"not_accepting"}
    name = skill.strip()
    if len(name) > LIMITS.skill:
        return {"skill_too_long"}
    listed = skills(model, to) if model.reads(by, to, "skills") else {}
    spelled = listed.get(PLAIN[skill], name)
    asked = model.endorsements_asked.get((to, by, PLAIN[skill]))
    standing = "shown" if PLAIN[skill] in listed or asked is not None else "waiting"
    standing = model.set_aside.get(key, standing)
    shown = model.now if standing == "shown" else None
    model.endorsed[key] = Endorsement(skill=spelled, at=model.now, standing=standing, shown=shown)
    if asked is not None:
        _unask(model, (to, by, PLAIN[skill]))
    if key not in model.set_aside:
        tell(model, "skill_endorsed", to=to, actor=by, about=spelled)
    return set()


def retract(model: Model, by: str, to: str, skill: str) -> set[str]:
    """Take an endorsement back."""
    model.require_connection(by, to)
    _take_back(model, (to, by, PLAIN[skill]))
    return set()


def decide(model: Model, by: str, giver: str, skill: str, what: str) -> set[str]:
    """Accept, dismiss, hide or show an endorsement of one's own."""
    model.require_connection(by, giver)
    key = (by, giver, PLAIN[skill])
    if key not in model.endorsed:
        return {"no_endorsement"}
    endorsement = model.endorsed[key]
    standing = decided(what, endorsement.standing)
    if standing is None:
        return set()
    if what == "accept":
        _list(model, by, endorsement.skill)
    endorsement.standing = standing
    endorsement.shown = model.now if standing == "shown" else None
    if standing == "shown":
        model.set_aside.pop(key, None)
    else:
        model.set_aside[key] = standing
    return set()


def request(model: Model, by: str, of: str, skill: str) -> set[str]:
    """Ask for an endorsement."""
    model.require_connection(by, of)
    key = (by, of, PLAIN[skill])
    if key in model.endorsements_asked:
        return set()
    if model.settings[by].endorsements is Audience.ONLY_ME:
        return {"own_endorsements_off"}
    if key in model.endorsed:
        return {"already_endorsed"}
    if PLAIN[skill] not in skills(model, by):
        return {"skill_not_listed"}
    spelled = skills(model, by)[PLAIN[skill]]
    model.endorsements_asked[key] = EndorsementRequest(skill=spelled, at=model.now)
    tell(model, "endorsement_asked", to=of, actor=by, about=spelled)
    return set()


def withdraw(model: Model, by: str, of: str, skill: str) -> set[str]:
    """Take a request back."""
    model.require_connection(by, of)
    _unask(model, (by, of, PLAIN[skill]))
    return set()


def decline(model: Model, by: str, asker: str, skill: str) -> set[str]:
    """Dismiss a request, which whoever asked goes on seeing."""
    model.require_connection(by, asker)
    _dismiss(model, (asker, by, PLAIN[skill]))
    return set()


def part(model: Model, one: str, other: str) -> None:
    """Take away all that the two vouched for and asked each other."""
    for key in {*model.endorsed, *model.endorsements_asked, *model.set_aside}:
        if {one, other} == set(key[:2]):
            _take_back(model, key)
            _unask(model, key)
            model.set_aside.pop(key, None)


# What a viewer sees.


def page(model: Model, viewer: str | None, owner: str) -> set[tuple[str, str]]:
    """Who vouches for what, as far as *viewer* may see it."""
    model.require(viewer, owner)
    opened = all(model.reads(viewer, owner, name) for name in ("endorsements", "skills"))
    listed = skills(model, owner) if opened else {}
    return {
        (giver, listed[skill])
        for (to, giver, skill), endorsement in model.endorsed.items()
        if to == owner
        and endorsement.standing == "shown"
        and skill in listed
        and model.sees(viewer, giver)
    }


def counts(model: Model, viewer: str | None, owner: str) -> dict[str, int]:
    """How often each listed skill is vouched for, as far as *viewer* may see it."""
    found = Counter(skill for _, skill in page(model, viewer, owner))
    opened = all(model.reads(viewer, owner, name) for name in ("endorsements", "skills"))
    return {skill: found[skill] for skill in skills(model, owner).values() if opened}


# What comes of it.


def _list(model: Model, owner: str, skill: str) -> None:
    profile = model.profiles[owner]
    if PLAIN[skill] in skills(model, owner):
        return
    if len(profile.skills) >= LIMITS.skills:
        raise Stopped(code="skills")
    model.profiles[owner] = evolve(profile, skills=(*profile.skills, skill))


def _take_back(model: Model, key: Vouched) -> None:
    taken = model.endorsed.pop(key, None)
    if taken is not None:
        untell(model, "skill_endorsed", to=key[0], actor=key[1], about=taken.skill)


def _unask(model: Model, key: Vouched) -> None:
    _dismiss(model, key)
    model.endorsements_asked.pop(key, None)


def _dismiss(model: Model, key: Vouched) -> None:
    asked = model.endorsements_asked.get(key)
    if asked is not None:
        asked.open = False
        untell(model, "endorsement_asked", to=key[1], actor=key[0], about=asked.skill)
