"""Small random societies, written down as scripts, so that the same things can happen twice.

Each step has a number, and moments and ids follow from it alone: a step may be left out or slipped
in, and all the others still leave exactly what they left before.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import combinations
from typing import Any, TypeAlias, final

from attrs import frozen
from hypothesis import settings
from hypothesis import strategies as st

from connectcore import (
    Audience,
    ConnectcoreError,
    ConnectionRules,
    FeedPolicy,
    InMailPlan,
    Member,
    MemoryStore,
    MessagePolicy,
    Network,
    Reaction,
    Settings,
    VisibilityPolicy,
)
from connectcore.activities import STOCK_KINDS
from connectcore.storage import Store
from tests.strategies import audiences
from tests.surface import recommend
from tests.worlds import (
    NOON,
    PROFESSIONAL,
    USUAL_FEED,
    USUAL_VISIBILITY,
    Clock,
    World,
    position_of,
    profile_of,
)

__all__ = [
    "CAST",
    "ENDORSING",
    "MESSAGE_KINDS",
    "PAIRS",
    "RECOMMENDING",
    "USUAL_KINDS",
    "Script",
    "Step",
    "play",
    "scripts",
    "settings_of_members",
    "staged",
    "steps",
    "twice_as_often",
]

CAST = ("ada", "bob", "cyd", "dan", "eve")
PAIRS = tuple(combinations(CAST, 2))
BETWEEN_TWO = ("connect", "invite", "follow", "unfollow", "mute", "remove")
ON_WRITINGS = ("react", "comment")
MESSAGE_KINDS = ("write", "ask", "send inmail", "admit", "decline", "recall", "mark")
USUAL_KINDS = (*BETWEEN_TWO, "publish", "publish", *ON_WRITINGS * 3)
ENDORSING = ("endorse", "endorse", "accept", "hide", "dismiss", "retract", "seek", "pass over")
"""What connections do with endorsements, of one skill that all list and of one that none does."""

RECOMMENDING = ("recommend", "recommend", "settle", "settle", "revise", "ask again")
"""What connections do with recommendations, each of the one position that its subject holds."""

REGARDLESS_OF_DEGREE = (Audience.CONNECTIONS, Audience.MEMBERS, Audience.EVERYONE)
"""The audiences of posts, such that no third member decides who reads one and can answer it."""

ASKING_FREELY = MessagePolicy(plan=lambda _: InMailPlan(monthly=99, at_most=99), requesting=())
"""A policy by which no third member, and nothing written before, decides who may ask."""

twice_as_often = settings(max_examples=2 * settings().max_examples)
"""For laws of which a fault may show only where four members stand just so."""


@final
@frozen
class Step:
    """Something that `by` does to the member, the post or the comment `to`, or writes."""

    number: int
    kind: str
    by: str
    to: str = ""
    detail: Any = None

    @property
    def written(self) -> str:
        """The id of the post or comment that the step writes, if it writes one."""
        return f"{self.number:03}.0"

    @property
    def skill(self) -> str:
        """The skill that the step is about, if it is about one."""
        return ("Compilers", "Chess", "compiler")[self.number % 3]


@final
@frozen
class Script:
    """What everybody chose, and what everybody does, in order."""

    settings: Mapping[str, Settings]
    steps: tuple[Step, ...]

    @property
    def writings(self) -> tuple[str, ...]:
        """The ids of all posts and comments."""
        return tuple(step.written for step in self.steps if step.kind in {"publish", "comment"})


# ── Playing ─────────────────────────────────────────────────────────────────────────────────────


def _settle(world: World, step: Step) -> None:
    """Decide in one way or another about everything that `to` wrote about `by`."""
    mine = world[step.by].recommendations
    decisions = (mine.accept, mine.hide, mine.dismiss, mine.accept, mine.show)
    for entry in mine.received(limit=100).items:
        if entry.author == step.to:
            decisions[step.number % len(decisions)](entry.id)


def _revise(world: World, step: Step) -> None:
    """Write everything anew that `by` wrote about `to`, or take it back."""
    mine = world[step.by].recommendations
    for entry in mine.given(limit=100).items:
        if entry.subject == step.to and step.number % 4:
            mine.revise(entry.id, text="Better.")
        elif entry.subject == step.to:
            mine.withdraw(entry.id)


def _ask_again(world: World, step: Step) -> None:
    """Ask `to` to recommend `by`, or to revise what they wrote."""
    mine = world[step.by].recommendations
    written = [entry for entry in mine.received(limit=100).items if entry.author == step.to]
    for entry in written:
        mine.ask_revision(entry.id)
    if not written:
        mine.request(step.to, position=position_of(step.by))


ACTS: Mapping[str, Callable[[World, Step], object]] = {
    "connect": lambda world, step: world.connect((step.by, step.to)),
    "invite": lambda world, step: world[step.by].invitations.send(step.to, note="Hello."),
    "follow": lambda world, step: world[step.by].follows.follow(step.to),
    "unfollow": lambda world, step: world[step.by].follows.unfollow(step.to),
    "mute": lambda world, step: world[step.by].follows.mute(step.to),
    "remove": lambda world, step: world[step.by].connections.remove(step.to),
    "block": lambda world, step: world[step.by].blocks.add(step.to),
    "publish": lambda world, step: world[step.by].posts.publish("Read me.", audience=step.detail),
    "react": lambda world, step: world[step.by].posts.react(step.to, step.detail),
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
    "unblock": lambda world, step: world[step.by].blocks.remove(step.to),
}
"""How each kind of step is done through the face."""


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


Attempt: TypeAlias = Callable[[Step], bool]


def staged(
    chosen: Mapping[str, Settings],
    *,
    store: Store | None = None,
    rules: ConnectionRules = PROFESSIONAL,
    visibility: VisibilityPolicy = USUAL_VISIBILITY,
    feed: FeedPolicy = USUAL_FEED,
) -> tuple[World, Attempt]:
    """A network of those who are in *chosen*, and the means to let steps happen in it.

    A step is attempted at its own minute after noon; the answer is whether it was possible.
    """
    clock, ids, kept = Clock(), _Ids(), store or MemoryStore()
    network = Network(
        kept,
        rules=rules,
        visibility=visibility,
        feed=feed,
        messages=ASKING_FREELY,
        clock=clock,
        new_id=ids,
    )
    for member, settings_ in chosen.items():
        ids.begin(member)
        network.join(Member(member, profile_of(member), settings=settings_))
    world = World(network, kept, clock, chosen)

    def attempt(step: Step) -> bool:
        ids.begin(f"{step.number:03}")
        clock.now = NOON + timedelta(minutes=step.number)
        try:
            ACTS[step.kind](world, step)
        except ConnectcoreError:
            return False
        return True

    return world, attempt


def play(script: Script, **founded: Any) -> World:
    """The network after a *script*; what is impossible in it does not happen."""
    world, attempt = staged(script.settings, **founded)
    for step in script.steps:
        attempt(step)
    return world


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────

ANY_CIRCLE = audiences()


def settings_of_members(
    circles: st.SearchStrategy[Audience] = ANY_CIRCLE,
) -> st.SearchStrategy[Settings]:
    """What somebody chose; *circles* are those that they open their sections to."""
    kinds = st.frozensets(st.sampled_from(sorted(STOCK_KINDS)), max_size=1)
    fields = st.sampled_from(["about", "contact", "headline"])
    return st.builds(
        Settings,
        audiences=st.dictionaries(fields, audiences(), max_size=2),
        full_name=circles,
        connections=circles,
        activities=circles,
        unshared_kinds=st.just(frozenset[str]()) | kinds,
    )


ANY_SETTINGS = settings_of_members()


@st.composite
def steps(
    draw: st.DrawFn,
    *,
    first: int = 0,
    kinds: Sequence[str] = USUAL_KINDS,
    cast: Sequence[str] = CAST,
    known: Sequence[str] = (),
    most: int = 25,
) -> tuple[Step, ...]:
    """Steps of some *kinds* by *cast*, numbered from *first*; *known* are writings to begin with."""
    written: list[Step] = []
    writings = [*known]
    for number in range(first, first + draw(st.integers(0, most))):
        kind, by = draw(st.sampled_from(kinds)), draw(st.sampled_from(cast))
        if kind in ON_WRITINGS and not writings:
            kind = "publish"
        to, detail = draw(_aims(kind, by, cast, writings))
        written.append(Step(number, kind, by, to, detail))
        if kind in {"publish", "comment"}:
            writings.append(written[-1].written)
    return tuple(written)


def _aims(
    kind: str, by: str, cast: Sequence[str], writings: Sequence[str]
) -> st.SearchStrategy[tuple[str, Any]]:
    """Whom or what a step is aimed at, and what else there is to say about it."""
    if kind == "publish":
        return st.tuples(st.just(""), st.sampled_from(REGARDLESS_OF_DEGREE))
    if kind == "react":
        return st.tuples(st.sampled_from(writings), st.sampled_from(Reaction))
    if kind == "comment":
        return st.tuples(st.sampled_from(writings), st.none())
    return st.tuples(st.sampled_from([member for member in cast if member != by]), st.none())


@st.composite
def scripts(
    draw: st.DrawFn,
    *,
    chosen: st.SearchStrategy[Settings] = ANY_SETTINGS,
    kinds: Sequence[str] = USUAL_KINDS,
) -> Script:
    """Five members, what each chose, who of them connects to begin with, and what they do then."""
    met = draw(st.lists(st.sampled_from(PAIRS), unique=True))
    begun = tuple(Step(number, "connect", *pair) for number, pair in enumerate(met))
    cast = draw(st.fixed_dictionaries(dict.fromkeys(CAST, chosen)))
    return Script(cast, begun + draw(steps(first=len(PAIRS), kinds=kinds)))
