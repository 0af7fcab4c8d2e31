"""Whole networks: who is in them, how they hang together, and what has happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import combinations, pairwise
from typing import Any, final, overload

from hypothesis import strategies as st

from connectcore.audiences import Audience
from connectcore.members import Member, MemberId
from connectcore.posts import Reaction
from connectcore.profiles import Profile, ProfileT
from connectcore.rulebook import ConnectionRules
from connectcore.storage import Store
from connectcore.storage.memory import MemoryStore
from connectcore.testing.scripts import Script, Step
from connectcore.testing.strategies.members import member_settings, members
from connectcore.testing.worlds import World, person

__all__ = [
    "ENDORSING",
    "INVITING",
    "MESSAGING",
    "RECOMMENDING",
    "USUAL_KINDS",
    "Shape",
    "networks",
    "scripts",
    "steps",
]

CAST = ("ada", "bob", "cyd", "dan", "eve", "fay", "gus", "hal")

BETWEEN_TWO = ("connect", "invite", "follow", "unfollow", "mute", "remove")
ON_WRITINGS = ("react", "comment")

USUAL_KINDS = (*BETWEEN_TWO, "publish", "publish", *ON_WRITINGS * 3)
"""What members of a script do unless something else is wanted of them."""

MESSAGING = ("write", "ask", "send inmail", "admit", "decline", "recall", "mark")
"""What they do with messages, requests to write, and InMail."""

ENDORSING = ("endorse", "endorse", "accept", "hide", "dismiss", "retract", "seek", "pass over")
"""What they do with endorsements, of one skill that all list and of one that none does."""

RECOMMENDING = ("recommend", "recommend", "settle", "settle", "revise", "ask again")
"""What they do with recommendations, each for the job of `position_of`."""

INVITING = ("invite address", "invite address", "withdraw address", "ignore", "report")
"""What they do with one e-mail address, and with invitations that they received."""

FEW = st.integers(1, 5)

REGARDLESS_OF_DEGREE = (Audience.CONNECTIONS, Audience.MEMBERS, Audience.EVERYONE)
"""The audiences of posts, such that no third member decides who reads one and can answer it."""

DETAILS: Mapping[str, st.SearchStrategy[Audience | Reaction]] = {
    "publish": st.sampled_from(REGARDLESS_OF_DEGREE),
    "react": st.sampled_from(Reaction),
}
"""What else there is to say about a step of some kinds, besides who does it and to what."""


@final
class Shape(Enum):
    """How the connections of a network hang together to begin with."""

    ANY = "any"
    NONE = "none"
    CHAIN = "chain"
    RING = "ring"
    STAR = "star"
    COMPLETE = "complete"

    def pairs(self, members: Sequence[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
        """Who of *members* is connected with whom; with `ANY` every choice of pairs may come."""
        every = list(combinations(members, 2))
        if self is Shape.ANY and every:
            return st.lists(st.sampled_from(every), unique=True)
        return st.just(list(self._fixed(members, every)))

    def _fixed(
        self, members: Sequence[str], every: Sequence[tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        if self is Shape.COMPLETE:
            yield from every
        elif self is Shape.STAR:
            yield from (pair for pair in every if pair[0] == members[0])
        elif self in {Shape.CHAIN, Shape.RING}:
            yield from pairwise(members)
            if self is Shape.RING and len(every) > 1:
                yield (members[0], members[-1])


@st.composite
def steps(
    draw: st.DrawFn,
    *,
    cast: Sequence[str],
    first: int = 0,
    kinds: Sequence[str] = USUAL_KINDS,
    known: Sequence[str] = (),
    most: int = 25,
) -> tuple[Step, ...]:
    """Steps of some *kinds* by *cast*, numbered from *first*; *known* are writings to begin with."""
    written: list[Step] = []
    writings = [*known]
    kinds_of_step, anybody = st.sampled_from(kinds), st.sampled_from(cast)
    others = {by: st.sampled_from([other for other in cast if other != by]) for by in cast}
    for number in range(first, first + draw(st.integers(0, most))):
        kind, by = draw(kinds_of_step), draw(anybody)
        if kind in ON_WRITINGS and not writings:
            kind = "publish"
        if kind == "publish":
            to = ""
        else:
            to = draw(st.sampled_from(writings) if kind in ON_WRITINGS else others[by])
        detail = draw(DETAILS[kind]) if kind in DETAILS else None
        written.append(Step(number, kind, by, to, detail))
        if kind in {"publish", "comment"}:
            writings.append(written[-1].written)
    return tuple(written)


@st.composite
def scripts(
    draw: st.DrawFn,
    *,
    cast: st.SearchStrategy[Sequence[str]],
    people: Callable[[str], st.SearchStrategy[Member[Profile]]],
    shape: Shape = Shape.ANY,
    kinds: Sequence[str] = USUAL_KINDS,
    most: int = 25,
) -> Script:
    """A *cast*, by id, who of them connects to begin with, what they do then, and who they are.

    *people* gives a strategy for each of them; what they do does not depend on it.
    """
    ids = draw(cast)
    met = draw(shape.pairs(ids))
    happening = [Step(number, "connect", *pair) for number, pair in enumerate(met)]
    if len(ids) > 1:
        first = len(ids) * (len(ids) - 1) // 2
        happening += draw(steps(cast=ids, first=first, kinds=kinds, most=most))
    return Script(tuple(draw(people(member)) for member in ids), happening)


@overload
def networks(
    *,
    size: int | st.SearchStrategy[int] = ...,
    shape: Shape = ...,
    kinds: Sequence[str] = ...,
    most: int = ...,
    rules: ConnectionRules = ...,
    make_store: Callable[[], Store] = ...,
) -> st.SearchStrategy[World[Profile]]: ...
@overload
def networks(
    *,
    profile: type[ProfileT],
    size: int | st.SearchStrategy[int] = ...,
    shape: Shape = ...,
    kinds: Sequence[str] = ...,
    most: int = ...,
    rules: ConnectionRules = ...,
    make_store: Callable[[], Store] = ...,
) -> st.SearchStrategy[World[ProfileT]]: ...
def networks(
    *,
    profile: type[Profile] | None = None,
    size: int | st.SearchStrategy[int] = FEW,
    shape: Shape = Shape.ANY,
    kinds: Sequence[str] = USUAL_KINDS,
    most: int = 10,
    rules: ConnectionRules = ConnectionRules.open(),
    make_store: Callable[[], Store] = MemoryStore,
) -> Any:
    """Networks in a store of their own, each as a `World`, of so many members and of a *shape*.

    Their members are called ada, bob, cyd and so on, and have any settings; their profiles are made
    up as `person` does it, or are any of the class *profile*.
    Up to *most* steps of some *kinds* have happened to them since they connected.
    Under *rules* that refuse an invitation there are fewer connections than the shape says.
    """
    sizes = st.just(size) if isinstance(size, int) else size

    @cache
    def people(member: str) -> st.SearchStrategy[Member[Profile]]:
        if profile is None:
            return st.builds(person, st.just(member), settings=member_settings())
        return members(ids=st.just(MemberId(member)), profile=profile)

    return scripts(cast=sizes.map(_cast), people=people, shape=shape, kinds=kinds, most=most).map(
        lambda script: script.play(store=make_store(), profile=profile or Profile, rules=rules)
    )


def _cast(size: int) -> Sequence[str]:
    return [*CAST[:size], *(f"member-{number}" for number in range(len(CAST) + 1, size + 1))]
