"""What members do in a scenario: a sentence for each act, and the call that it stands for."""

from collections.abc import Callable, Mapping
from typing import Any

from connectcore import Acquaintance, Reaction
from tests.scenarios import endorsing, guests, recommending, telling, writing
from tests.scenarios.given import change_settings, edit_profile
from tests.scenarios.stage import Stage
from tests.scenarios.words import audience, duration, pick

__all__ = ["ACTS", "Do"]

Do = Callable[..., object]
"""A function of the stage, of who acts and of what stands in the sentence, with its details."""


def _invite(
    stage: Stage,
    by: str,
    to: str,
    *,
    note: str = "",
    email: str | None = None,
    acquaintance: str | None = None,
) -> None:
    how = None if acquaintance is None else pick(Acquaintance, acquaintance)
    stage[by].invitations.send(stage.named(to), note=note, email=email, acquaintance=how)


def _mute(stage: Stage, by: str, to: str, *, during: str | None = None) -> None:
    until = None if during is None else stage.now + duration(during)
    stage[by].follows.mute(stage.named(to), until=until)


def _publish(
    stage: Stage, by: str, label: str, *, to: str | None = None, text: str = "A thought."
) -> None:
    chosen = None if to is None else audience(to)
    post = stage[by].posts.publish(text, audience=chosen)
    stage.write(label, post.id)


def _comment(
    stage: Stage, by: str, on: str, *, text: str = "Well said.", called: str | None = None
) -> None:
    comment = stage[by].posts.comment(stage.item(on), text)
    if called is not None:
        stage.write(called, comment.id)


def _react(stage: Stage, by: str, to: str, *, how: str = "like") -> None:
    stage[by].posts.react(stage.item(to), pick(Reaction, how))


def _show(stage: Stage, by: str, part: str, circle: str) -> None:
    change_settings(stage, by, {part: circle})


def _choose(stage: Stage, by: str, **words: Any) -> None:
    change_settings(stage, by, words)


ACTS: Mapping[str, Do] = {
    "invites {member}": _invite,
    "accepts {member}": lambda stage, by, to: stage[by].invitations.accept(stage.named(to)),
    "ignores {member}": lambda stage, by, to: stage[by].invitations.ignore(stage.named(to)),
    "reports {member}": lambda stage, by, to: stage[by].invitations.report(stage.named(to)),
    "withdraws from {member}": lambda stage, by, to: stage[by].invitations.withdraw(
        stage.named(to)
    ),
    "removes {member}": lambda stage, by, to: stage[by].connections.remove(stage.named(to)),
    "blocks {member}": lambda stage, by, to: stage[by].blocks.add(stage.named(to)),
    "unblocks {member}": lambda stage, by, to: stage[by].blocks.remove(stage.named(to)),
    "follows {member}": lambda stage, by, to: stage[by].follows.follow(stage.named(to)),
    "unfollows {member}": lambda stage, by, to: stage[by].follows.unfollow(stage.named(to)),
    "mutes {member}": _mute,
    "unmutes {member}": lambda stage, by, to: stage[by].follows.unmute(stage.named(to)),
    "publishes {item}": _publish,
    "comments on {item}": _comment,
    "reacts to {item}": _react,
    "takes back the reaction to {item}": lambda stage, by, item: stage[by].posts.unreact(
        stage.item(item)
    ),
    "retracts {item}": lambda stage, by, item: stage[by].posts.retract(stage.item(item)),
    "shows {part} to {circle}": _show,
    "chooses": _choose,
    "edits the profile": edit_profile,
    **telling.ACTS,
    **endorsing.ACTS,
    **recommending.ACTS,
    **writing.ACTS,
    **guests.ACTS,
}
"""Every sentence that may stand in a [[when]]; after "can" and "cannot", without its s."""
