"""What is done in one of two worlds alone: the steps of a script, and what scripts have no need of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from connectcore.contacts import Contact
from connectcore.members import Member
from connectcore.profiles import Name, Profile
from connectcore.settings import Settings
from connectcore.testing.scripts import ADDRESS, STEPS, Step
from connectcore.testing.worlds import World

__all__ = ["ACTS"]

UNLISTED = "Falconry"
"""A skill that nobody lists."""


def _join(world: World[Profile], step: Step) -> object:
    return world.network.join(cast("Member[Profile]", step.detail))


def _edit(world: World[Profile], step: Step) -> None:
    world[step.by].profiles.edit(cast("Profile", step.detail))


def _choose(world: World[Profile], step: Step) -> object:
    chosen = cast("Settings", step.detail)
    return world[step.by].settings.change(
        audiences=dict(chosen.audiences),
        posts=chosen.posts,
        feed=chosen.feed,
        notices=chosen.notices,
    )


def _note(world: World[Profile], step: Step) -> object:
    """Keep `to` in the address book."""
    contact = Contact(step.to, name=Name(step.to), emails=(f"{step.to}@example.org",))
    return world[step.by].contacts.add(contact)


def _vouch(world: World[Profile], step: Step) -> object:
    """Endorse a skill that nobody lists."""
    return world[step.by].endorsements.give(step.to, skill=UNLISTED)


def _unvouch(world: World[Profile], step: Step) -> None:
    """Take that back."""
    world[step.by].endorsements.retract(step.to, skill=UNLISTED)


def _unsay(world: World[Profile], step: Step) -> None:
    """Take back all that `by` recommended `to` for."""
    mine = world[step.by].recommendations
    for written in mine.given(limit=1000).items:
        if written.subject == step.to:
            mine.withdraw(written.id)


ACTS: Mapping[str, Callable[[World[Profile], Step], object]] = {
    **STEPS,
    "join": _join,
    "erase": lambda world, step: world[step.by].data.erase(),
    "edit": _edit,
    "choose": _choose,
    "withdraw": lambda world, step: world[step.by].invitations.withdraw(step.to),
    "unmute": lambda world, step: world[step.by].follows.unmute(step.to),
    "unreact": lambda world, step: world[step.by].posts.unreact(step.to),
    "take down": lambda world, step: world[step.by].posts.retract(step.to),
    "vouch": _vouch,
    "unvouch": _unvouch,
    "unsay": _unsay,
    "endorse skill": lambda w, s: w[s.by].endorsements.give(s.to, skill=str(s.detail)),
    "dismiss endorsement": lambda w, s: w[s.by].endorsements.dismiss(s.to, skill=str(s.detail)),
    "pass endorsement over": lambda w, s: w[s.by].endorsements.decline(s.to, skill=str(s.detail)),
    "dismiss recommendation": lambda w, s: w[s.by].recommendations.dismiss(str(s.detail)),
    "accept recommendation": lambda w, s: w[s.by].recommendations.accept(str(s.detail)),
    "pass recommendation over": lambda w, s: w[s.by].recommendations.decline(str(s.detail)),
    "note": _note,
    "confirm": lambda world, step: world[step.by].addresses.confirm(ADDRESS),
    "look": lambda world, step: world[step.by].notices.mark_seen(),
}
"""How each of them is done through the face."""
