"""The table of every act of the whole face in every situation that two members can be in."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, final

from attrs import evolve, frozen

from connectcore import Audience, ConnectcoreError, MemberId, Position, Refused
from tests.docs.tables import code, table
from tests.kinds import talk
from tests.stores.keeping import kept
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    ACTS_ON_A_RECOMMENDATION,
    GUEST,
    OWN_ACTS,
    recommend,
)
from tests.worlds import TWO_REMINDERS, World, contact_of, world

__all__ = ["ALLOWED", "DONE_ALREADY", "NO_SUCH_CALL", "SITUATIONS", "every_act", "outcome", "rows"]

YOU, THEM = "you", "them"
ALLOWED, DONE_ALREADY, NO_SUCH_CALL = "yes", "*done already*", "*no such call*"
VISITOR = "signed out"
WORK = Position(title="Engineer", company="Engines")


@final
@frozen
class Situation:
    """Whom or whose writings an act is aimed at, and what happened between you two before."""

    to: str = THEM
    before: Callable[[World], object] = lambda _: None


def _both_block(made: World) -> None:
    made[YOU].blocks.add(THEM)
    made[THEM].blocks.add(YOU)


SITUATIONS: Mapping[str, Situation] = {
    "yourself": Situation(YOU),
    "nobody there": Situation("nobody"),
    "a stranger": Situation(),
    "you invited them": Situation(before=lambda made: made[YOU].invitations.send(THEM)),
    "they invited you": Situation(before=lambda made: made[THEM].invitations.send(YOU)),
    "connected": Situation(before=lambda made: made.connect((THEM, YOU))),
    "you blocked them": Situation(before=lambda made: made[YOU].blocks.add(THEM)),
    "they blocked you": Situation(before=lambda made: made[THEM].blocks.add(YOU)),
    "both blocked": Situation(before=_both_block),
}
"""What you and the other are to each other, in the words of the head of the table."""


def _endorsed_for_what_is_not_listed(you: Any, them: Any) -> None:
    you.profiles.edit(evolve(you.profiles.view(YOU).profile, skills=()))
    them.endorsements.give(YOU, skill="Compilers")


def _endorsed_and_hidden(you: Any, them: Any) -> None:
    them.endorsements.give(YOU, skill="Compilers")
    you.endorsements.hide(THEM, skill="Compilers")


PREPARED: Mapping[str, Callable[[Any, Any], object]] = {
    "follows.unmute": lambda you, them: you.follows.mute(them.id),
    "endorsements.retract": lambda you, them: you.endorsements.give(them.id, skill="Compilers"),
    "endorsements.accept": _endorsed_for_what_is_not_listed,
    "endorsements.dismiss": _endorsed_for_what_is_not_listed,
    "endorsements.hide": lambda _, them: them.endorsements.give(YOU, skill="Compilers"),
    "endorsements.show": _endorsed_and_hidden,
    "endorsements.withdraw_request": lambda you, them: you.endorsements.request(
        them.id, skill="Compilers"
    ),
    "endorsements.decline": lambda _, them: them.endorsements.request(YOU, skill="Compilers"),
    "messages.accept": lambda _, them: them.messages.request(YOU, "May I?"),
    "messages.decline": lambda _, them: them.messages.request(YOU, "May I?"),
    "messages.withdraw": lambda you, them: you.messages.request(them.id, "May I?"),
    "messages.mark_read": lambda _, them: them.messages.send(YOU, "Hello."),
}
"""What an act answers or takes back; it is done before, where it is possible."""


def _you_hide(made: World) -> str:
    hidden = recommend(made[THEM], YOU).id
    made[YOU].recommendations.hide(hidden)
    return hidden


RECOMMENDED: Mapping[str, Callable[[World], str]] = {
    "recommendations.revise": lambda made: recommend(made[YOU], THEM).id,
    "recommendations.withdraw": lambda made: recommend(made[YOU], THEM).id,
    "recommendations.show": _you_hide,
    "recommendations.withdraw_request": lambda made: (
        made[YOU].recommendations.request(THEM, position=WORK).id
    ),
    "recommendations.decline": lambda made: (
        made[THEM].recommendations.request(YOU, position=WORK).id
    ),
    **dict.fromkeys(
        [f"recommendations.{act}" for act in ("accept", "dismiss", "hide", "ask_revision")],
        lambda made: recommend(made[THEM], YOU).id,
    ),
}
"""What there is between you two for each act on a recommendation, where it is possible."""


def outcome(name: str, situation: Situation) -> str:
    """What becomes of an act: it happens, is done already, or is refused with a code.

    You two work in one company, so no rule refuses because nothing is in common.
    """
    made = world(YOU, THEM, reminders=TWO_REMINDERS)
    for member in (YOU, THEM):
        profile = made[member].profiles.view(member).profile
        made[member].profiles.edit(evolve(profile, positions=(WORK, *profile.positions)))
    posts = {
        member: made[member].posts.publish("A thought.", audience=Audience.MEMBERS).id
        for member in (YOU, THEM)
    }
    made[YOU].activities.publish(talk(YOU))
    made[YOU].addresses.confirm(f"{YOU}@example.org")
    made[YOU].invitations.send_to_address(GUEST)
    made[YOU].contacts.add(contact_of(YOU))
    situation.before(made)
    made.clock.forward(days=1)
    target = posts.get(situation.to, "no such post")
    with suppress(ConnectcoreError):
        if name == "posts.unreact":
            made[YOU].posts.react(target)
        if name in RECOMMENDED:
            target = RECOMMENDED[name](made)
        PREPARED.get(name, _nothing)(made[YOU], made[situation.to])
    return _done(made, _act(name, made, situation.to, target))


def _nothing(_you: object, _them: object) -> None:
    """Most acts need nothing to have been done before."""


def _act(name: str, made: World, to: str, target: str) -> Callable[[], object]:
    if name in ACTS_ON_A_MEMBER:
        return partial(ACTS_ON_A_MEMBER[name], made[YOU], to)
    if name in ACTS_ON_A_POST:
        return partial(ACTS_ON_A_POST[name], made[YOU], target)
    if name in ACTS_ON_A_RECOMMENDATION:
        return partial(ACTS_ON_A_RECOMMENDATION[name], made[YOU], target)
    return partial(OWN_ACTS[name], made[YOU])


def _done(made: World, act: Callable[[], object]) -> str:
    before = _all_of(made)
    try:
        act()
    except Refused as refused:
        return ", ".join(code(refusal.code) for refusal in refused.verdict.refusals)
    return DONE_ALREADY if _all_of(made) == before else ALLOWED


def _all_of(made: World) -> Any:
    return kept(made.store, map(MemberId, (YOU, THEM, "nobody")))


def signed_out(name: str) -> str:
    """What a visitor can do of it: nothing, since there is no such call."""
    handle, _, method = name.partition(".")
    return ALLOWED if hasattr(getattr(world().visitor, handle, None), method) else NO_SUCH_CALL


def rows(acts: Mapping[str, object]) -> list[list[str]]:
    """A row for each of *acts*, with a cell for each situation and one for a visitor."""
    return [
        [code(name), *(outcome(name, each) for each in SITUATIONS.values()), signed_out(name)]
        for name in acts
    ]


def every_act(acts: Mapping[str, object], what: str) -> str:
    """The table of some *acts* of which the head says *what* they are aimed at."""
    return table([what, *SITUATIONS, VISITOR], rows(acts))


def on_members() -> str:
    """What you can do to another member."""
    return every_act(ACTS_ON_A_MEMBER, "to")


def on_posts() -> str:
    """What you can do to what another member wrote for all members."""
    return every_act(ACTS_ON_A_POST, "to a post of")


def on_recommendations() -> str:
    """What you can do to a recommendation, or to a request for one."""
    return every_act(ACTS_ON_A_RECOMMENDATION, "to what is between you and")


def own() -> str:
    """What you can do whoever else is there."""
    return every_act(OWN_ACTS, "beside")
