"""What happens in a small network, written down as a script, so that it can happen twice.

Each step has a number, and moments and ids follow from it alone: a step may be left out or slipped
in, and all the others still leave exactly what they left before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias, TypedDict, Unpack, cast, final

from attrs import evolve, field, frozen

from connectcore.audiences import Audience
from connectcore.correspondence import MessagePolicy
from connectcore.errors import ConnectcoreError
from connectcore.feed import FeedPolicy
from connectcore.inmail import InMailPlan
from connectcore.journal import Happening
from connectcore.members import Member
from connectcore.network import ActingMember, Network
from connectcore.posts import Reaction
from connectcore.profiles import Profile
from connectcore.recommendations import Recommendation, WorkingRelationship
from connectcore.rulebook import ConnectionRules
from connectcore.settings import Settings
from connectcore.storage import Store
from connectcore.storage.memory import MemoryStore
from connectcore.testing.worlds import NOON, Clock, World, position_of
from connectcore.visibility import VisibilityPolicy

__all__ = [
    "ADDRESS",
    "ASKING_FREELY",
    "STEPS",
    "Attempt",
    "Detail",
    "Founding",
    "Script",
    "Step",
    "recommend",
    "stage",
]

ASKING_FREELY = MessagePolicy(plan=lambda _: InMailPlan(monthly=99, at_most=99), requesting=())
"""A policy by which no third member, and nothing written before, decides who may ask."""

ADDRESS = "somebody@example.com"
"""The one e-mail address that members of a script invite."""

SKILLS = ("Compilers", "Chess", "compiler")
PAGE = 100


class Founding(TypedDict, total=False):
    """What a network of a script is founded on, as `Network` takes it; a new store if none is given."""

    store: Store
    profile: type[Profile]
    rules: ConnectionRules
    visibility: VisibilityPolicy
    feed: FeedPolicy
    messages: MessagePolicy
    journal: Iterable[type[Happening]]


Detail: TypeAlias = Audience | Reaction | Member[Profile] | Profile | Settings | str
"""What there may be to say of a step besides who does it, and to whom or what."""


@final
@frozen
class Step:
    """Something that `by` does to the member, the post or the comment `to`, or writes.

    `kind` is one of `STEPS`; `detail` is the audience of a post or the kind of a reaction, and of
    what is done in one of two paired worlds alone, what was chosen or edited or whom it is about.
    """

    number: int
    kind: str
    by: str
    to: str = ""
    detail: Detail | None = None

    @property
    def written(self) -> str:
        """The id of the post or comment that the step writes, if it writes one."""
        return f"{self.number:03}.0"

    @property
    def skill(self) -> str:
        """The skill that the step is about, if it is about one."""
        return SKILLS[self.number % len(SKILLS)]


@final
@frozen
class Script:
    """Who is there, and what everybody does, in order.

    >>> from connectcore.testing import person
    >>> world = Script((person("ada"), person("grace")), [Step(0, "connect", "ada", "grace")]).play()
    >>> world["ada"].connections.count()
    1
    """

    members: tuple[Member[Profile], ...]
    steps: tuple[Step, ...] = field(converter=tuple[Step, ...])

    @property
    def settings(self) -> Mapping[str, Settings]:
        """What everybody chose."""
        return {member.id: member.settings for member in self.members}

    @property
    def writings(self) -> tuple[str, ...]:
        """The ids of all posts and comments."""
        return tuple(step.written for step in self.steps if step.kind in {"publish", "comment"})

    def play(self, **founding: Unpack[Founding]) -> World[Profile]:
        """The network after it; what is impossible in it does not happen."""
        world, attempt = stage(self.members, **founding)
        happened = tuple(step for step in self.steps if attempt(step))
        return evolve(world, happened=happened)


# ── Playing ─────────────────────────────────────────────────────────────────────────────────────

Attempt: TypeAlias = Callable[[Step], bool]
"""Lets a step happen if it can, and says whether it did."""


def stage(
    members: Iterable[Member[Profile]],
    *,
    steps: Mapping[str, Callable[[World[Profile], Step], object]] | None = None,
    **founding: Unpack[Founding],
) -> tuple[World[Profile], Attempt]:
    """A network that *members* have joined, and the means to let steps happen in it.

    A step is attempted at its own minute after noon; *steps* says how each kind is done, in the
    place of `STEPS`.
    """
    done = STEPS if steps is None else steps
    clock, ids, cast_ = Clock(), _Ids(), tuple(members)
    store = founding.get("store") or MemoryStore()
    network: Network[Profile] = Network(
        store,
        profile=founding.get("profile", Profile),
        rules=founding.get("rules", ConnectionRules.professional()),
        visibility=founding.get("visibility", VisibilityPolicy()),
        feed=founding.get("feed", FeedPolicy()),
        messages=founding.get("messages", ASKING_FREELY),
        journal=founding.get("journal", ()),
        clock=clock,
        new_id=ids,
    )
    for member in cast_:
        ids.begin(member.id)
        network.join(member)
    world = World(network, store, clock, tuple(member.id for member in cast_))

    def attempt(step: Step) -> bool:
        ids.begin(f"{step.number:03}")
        clock.now = NOON + timedelta(minutes=step.number)
        try:
            done[step.kind](world, step)
        except ConnectcoreError:
            return False
        return True

    return world, attempt


@final
class _Ids:
    """Ids that say in which step they were made, and as which in it."""

    def __init__(self) -> None:
        self._step, self._made = "", 0

    def begin(self, step: str) -> None:
        self._step, self._made = step, 0

    def __call__(self) -> str:
        made, self._made = self._made, self._made + 1
        return f"{self._step}.{made}"


# ── Steps ───────────────────────────────────────────────────────────────────────────────────────


def recommend(
    author: ActingMember[Profile], to: str, *, at: datetime | None = None
) -> Recommendation:
    """Let *author* recommend a connection for the job of `position_of`."""
    managed = WorkingRelationship.MANAGED
    return author.recommendations.write(
        to, position=position_of(to), relationship=managed, text="Sound.", at=at
    )


def _settle(world: World[Profile], step: Step) -> None:
    """Decide in one way or another about everything that `to` wrote about `by`."""
    mine = world[step.by].recommendations
    decisions = (mine.accept, mine.hide, mine.dismiss, mine.accept, mine.show)
    for entry in mine.received(limit=PAGE).items:
        if entry.author == step.to:
            decisions[step.number % len(decisions)](entry.id)


def _revise(world: World[Profile], step: Step) -> None:
    """Write everything anew that `by` wrote about `to`, or take it back."""
    mine = world[step.by].recommendations
    for entry in mine.given(limit=PAGE).items:
        if entry.subject == step.to and step.number % 4:
            mine.revise(entry.id, text="Better.")
        elif entry.subject == step.to:
            mine.withdraw(entry.id)


def _ask_again(world: World[Profile], step: Step) -> None:
    """Ask `to` to recommend `by`, or to revise what they wrote."""
    mine = world[step.by].recommendations
    written = [entry for entry in mine.received(limit=PAGE).items if entry.author == step.to]
    for entry in written:
        mine.ask_revision(entry.id)
    if not written:
        mine.request(step.to, position=position_of(step.by))


def _publish(world: World[Profile], step: Step) -> object:
    audience = cast("Audience | None", step.detail)
    return world[step.by].posts.publish("Read me.", audience=audience)


def _react(world: World[Profile], step: Step) -> object:
    return world[step.by].posts.react(step.to, cast("Reaction", step.detail))


STEPS: Mapping[str, Callable[[World[Profile], Step], object]] = {
    "connect": lambda world, step: world.connect((step.by, step.to)),
    "invite": lambda world, step: world[step.by].invitations.send(step.to, note="Hello."),
    "ignore": lambda world, step: world[step.by].invitations.ignore(step.to),
    "report": lambda world, step: world[step.by].invitations.report(step.to),
    "invite address": lambda world, step: world[step.by].invitations.send_to_address(ADDRESS),
    "withdraw address": lambda world, step: world[step.by].invitations.withdraw_from_address(
        ADDRESS
    ),
    "follow": lambda world, step: world[step.by].follows.follow(step.to),
    "unfollow": lambda world, step: world[step.by].follows.unfollow(step.to),
    "mute": lambda world, step: world[step.by].follows.mute(step.to),
    "remove": lambda world, step: world[step.by].connections.remove(step.to),
    "block": lambda world, step: world[step.by].blocks.add(step.to),
    "unblock": lambda world, step: world[step.by].blocks.remove(step.to),
    "publish": _publish,
    "react": _react,
    "comment": lambda world, step: world[step.by].posts.comment(step.to, f"By {step.by}."),
    "endorse": lambda world, step: world[step.by].endorsements.give(step.to, skill=step.skill),
    "accept": lambda world, step: world[step.by].endorsements.accept(step.to, skill=step.skill),
    "hide": lambda world, step: world[step.by].endorsements.hide(step.to, skill=step.skill),
    "dismiss": lambda world, step: world[step.by].endorsements.dismiss(step.to, skill=step.skill),
    "retract": lambda world, step: world[step.by].endorsements.retract(step.to, skill=step.skill),
    "seek": lambda world, step: world[step.by].endorsements.request(step.to, skill=step.skill),
    "pass over": lambda world, step: world[step.by].endorsements.decline(step.to, skill=step.skill),
    "recommend": lambda world, step: recommend(world[step.by], step.to),
    "settle": _settle,
    "revise": _revise,
    "ask again": _ask_again,
    "write": lambda world, step: world[step.by].messages.send(step.to, f"{step.number}"),
    "ask": lambda world, step: world[step.by].messages.request(step.to, f"{step.number}"),
    "send inmail": lambda world, step: world[step.by].messages.send_inmail(
        step.to, f"{step.number}"
    ),
    "admit": lambda world, step: world[step.by].messages.accept(step.to),
    "decline": lambda world, step: world[step.by].messages.decline(step.to),
    "recall": lambda world, step: world[step.by].messages.withdraw(step.to),
    "mark": lambda world, step: world[step.by].messages.mark_read(step.to),
}
"""How each kind of step is done through the face."""
