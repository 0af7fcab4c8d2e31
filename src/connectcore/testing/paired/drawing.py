"""The strategy that draws two worlds: what happens in both, and then what happens in one alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import product
from typing import Any, TypeAlias, final

from attrs import evolve, frozen
from hypothesis import assume, reject
from hypothesis import strategies as st

from connectcore.audiences import SECTIONS, Audience
from connectcore.correspondence import MessagePolicy
from connectcore.inmail import InMailPlan
from connectcore.members import Member, MemberId
from connectcore.profiles import ContactDetails, Education, Name, Position, Profile
from connectcore.rulebook import ConnectionRules
from connectcore.settings import Settings
from connectcore.storage import Store
from connectcore.storage.memory import MemoryStore
from connectcore.testing.paired.acts import ACTS
from connectcore.testing.paired.apart import APART
from connectcore.testing.paired.comparing import PairedWorlds
from connectcore.testing.paired.differences import Difference, Ground, Kind
from connectcore.testing.paired.sight import look
from connectcore.testing.paired.silent import SILENT
from connectcore.testing.scripts import Attempt, Script, Step, stage
from connectcore.testing.stores import RecordingStore
from connectcore.testing.strategies.members import profiles
from connectcore.testing.strategies.networks import (
    ENDORSING,
    INVITING,
    MESSAGING,
    RECOMMENDING,
    Shape,
    scripts,
)
from connectcore.testing.worlds import World, person, profile_of
from connectcore.visibility import SharedConnections, VisibilityPolicy

__all__ = ["DIFFERENCES", "paired_worlds"]

DIFFERENCES: Mapping[str, Kind] = {**APART, **SILENT}
"""Every kind of difference between two worlds that a viewer cannot tell apart, by name."""

_CAST = ("ada", "bob", "cyd", "dan")
_NEWCOMER = "eve"
_CASTS = st.sampled_from([_CAST[:3], _CAST])
_SHAPES = st.sampled_from([Shape.NONE, *(Shape.CHAIN, Shape.STAR, Shape.RING) * 2, Shape.ANY])
_KINDS = ("invite", "follow", "publish", "publish", "comment", "comment", "react", "react")
_LAST = 800
"""The number of the first step by which the viewer readies the two worlds."""

_FIRST = 900
"""The number of the first step that happens in one world alone."""

_PREPARED: Mapping[str, Sequence[str]] = {
    "blocks of others": ("block",),
    "invitations of others": ("invite",),
    "messages of others": MESSAGING,
    "endorsements of others": ENDORSING,
    "recommendations of others": RECOMMENDING,
    "belongings": (*MESSAGING, *INVITING),
    "invitations set aside": ("invite", *INVITING),
    "requests declined": ("connect", *ENDORSING, *RECOMMENDING, *MESSAGING),
    "nobodies": ("block", "block"),
    "blocked or erased": (*ENDORSING, *RECOMMENDING, *MESSAGING, *INVITING),
}
"""The kinds of steps besides the usual ones without which a difference would be about nothing."""

_READIED: Mapping[str, Sequence[str]] = {
    "belongings": ("invite address",),
    "invitations set aside": ("invite",),
    "requests declined": ("ask", "ask", "seek", "vouch", "recommend", "ask again"),
    "nobodies": ("block",),
    "blocked or erased": ("write", "ask", "endorse", "recommend", "invite"),
}
"""What the viewer does last of all that happens in both worlds, to have something to differ in."""

_WITH_INMAIL = MessagePolicy(plan=lambda _: InMailPlan(monthly=99, at_most=99))
_SECRET = Profile(
    name=Name("Zoe", "Zuse"),
    headline="A secret headline",
    photo="https://example.org/secret.png",
    place="A secret place",
    industry="A secret industry",
    positions=(Position(title="Spy", company="A secret company"),) * 2,
    education=(Education(school="A secret school"),),
    skills=("Secrecy", "Silence"),
    about="A secret.",
    contact=ContactDetails(emails=("secret@example.org",), phones=("000",)),
    birthday=date(1999, 9, 9),
)
_BLANK = Profile(name=Name())


# ── Who is there ────────────────────────────────────────────────────────────────────────────────


_NAMED = ("about", "contact", "skills", "headline")
_USUAL = dict(SECTIONS)
_CHOICES = tuple(
    product((*_USUAL, *_NAMED), (Audience.ONLY_ME, Audience.CONNECTIONS, Audience.EVERYONE))
)
_Choice: TypeAlias = tuple[str, Audience]
_FAVOURED: Mapping[str, _Choice] = {
    "connections of others": ("connections", Audience.ONLY_ME),
    "hidden fields": ("full_name", Audience.CONNECTIONS),
    "endorsements of others": ("endorsements", Audience.CONNECTIONS),
    "recommendations of others": ("recommendations", Audience.CONNECTIONS),
}
"""What half of all choices are, where a difference would be about little without."""


@cache
def _settings(
    policy: VisibilityPolicy, favoured: tuple[_Choice, ...]
) -> st.SearchStrategy[Settings]:
    """Few choices, by which some fields and sections are opened or closed."""
    weights = len(_CHOICES) // max(len(favoured), 1)
    choice = st.sampled_from((*_CHOICES, *favoured * weights))

    def chosen(choices: Sequence[_Choice]) -> Settings:
        wanted = {**_USUAL, **dict(choices)}
        within = {name: _within(policy, name, audience) for name, audience in wanted.items()}
        fields = {name: audience for name, audience in within.items() if name in _NAMED}
        sections: dict[str, Any] = {n: a for n, a in within.items() if n in _USUAL}
        return Settings(audiences=fields, **sections)

    return st.lists(choice, max_size=4).map(chosen)


def _within(policy: VisibilityPolicy, name: str, audience: Audience) -> Audience:
    bounds = policy.bounds_of(name)
    return min(max(audience, bounds.narrowest), bounds.widest)


_People: TypeAlias = Callable[
    [VisibilityPolicy, tuple[_Choice, ...], str], st.SearchStrategy[Member[Profile]]
]


def _people(profile: type[Profile]) -> _People:
    """Members whose profiles are made up, but for the fields of an application's own."""

    @cache
    def of(
        policy: VisibilityPolicy, favoured: tuple[_Choice, ...], member: str
    ) -> st.SearchStrategy[Member[Profile]]:
        shown = st.just(profile_of(member))
        if profile is not Profile:
            shown = profiles(profile).map(lambda drawn: _made_up(drawn, member))
        settings = _settings(policy, favoured)
        return st.builds(Member, st.just(MemberId(member)), shown, settings=settings)

    return of


def _made_up(profile: Profile, member: str) -> Profile:
    made_up = profile_of(member)
    names = ("name", "headline", "positions", "skills", "about", "contact")
    return evolve(profile, **{name: getattr(made_up, name) for name in names})


# ── What happens ────────────────────────────────────────────────────────────────────────────────


def paired_worlds(
    *,
    profile: type[Profile] = Profile,
    differing: Iterable[str] = tuple(DIFFERENCES),
    viewers: Sequence[str | None] = ("ada", "ada", "ada", None),
    most: int = 8,
    rules: ConnectionRules = ConnectionRules.professional(),
    visibility: VisibilityPolicy | None = None,
    messages: MessagePolicy = _WITH_INMAIL,
    make_store: Callable[[], Store] = MemoryStore,
) -> st.SearchStrategy[PairedWorlds]:
    """Two worlds that differ only in what a viewer may not see; `check_paired_worlds` reads them.

    Four members, ada, bob, cyd and dan, connect, and up to *most* steps happen in both worlds.
    Then they differ in some of the ways that *differing* names, of which `DIFFERENCES` has all.
    The viewer is ada, or somebody signed out, where *viewers* do not say otherwise.
    Their profiles are of the class *profile*; a *visibility* that is not given is drawn.
    Each world is kept in a store of its own.
    """
    named = tuple(differing)
    return _paired(
        profile=profile,
        people_of=_people(profile),
        named=named,
        viewers=tuple(viewers),
        most=most,
        policies=_policies() if visibility is None else st.just(visibility),
        founding={"profile": profile, "rules": rules, "messages": messages},
        make_store=make_store,
    )


@cache
def _policies() -> st.SearchStrategy[VisibilityPolicy]:
    return st.sampled_from(SharedConnections).map(
        lambda shared: VisibilityPolicy(shared_connections=shared)
    )


@st.composite
def _paired(
    draw: st.DrawFn,
    *,
    profile: type[Profile],
    people_of: _People,
    named: Sequence[str],
    viewers: Sequence[str | None],
    most: int,
    policies: st.SearchStrategy[VisibilityPolicy],
    founding: dict[str, Any],
    make_store: Callable[[], Store],
) -> PairedWorlds:
    viewer, policy = draw(st.sampled_from(viewers)), draw(policies)
    kinds = draw(st.lists(st.sampled_from(named), min_size=1, max_size=3, unique=True))
    favoured = tuple(_FAVOURED[kind] for kind in kinds if kind in _FAVOURED)
    people = partial(people_of, policy, favoured)
    prepared = [step for kind in kinds for step in _PREPARED.get(kind, ())]
    script = draw(
        scripts(
            cast=_CASTS,
            people=people,
            shape=draw(_SHAPES),
            kinds=(*_KINDS, *prepared),
            most=most,
        )
    )
    if viewer is not None:
        script = evolve(script, steps=(*script.steps, *draw(_ready(kinds, viewer, script))))
    one, other = (
        _played(script, store=RecordingStore(make_store()), visibility=policy, **founding)
        for _ in range(2)
    )
    cast: list[str] = [member.id for member in script.members]
    secret = _SECRETS if profile is Profile else profiles(profile)
    newcomer = person(_NEWCOMER) if profile is Profile else _plain(draw(people(_NEWCOMER)))
    writings, number = list(script.writings), _FIRST
    found: list[tuple[str, Difference]] = []
    for kind in kinds:
        sight = look(other.world.store, viewer, members=cast, writings=writings, policy=policy)
        ground = Ground(sight, number, draw(secret), newcomer)
        name, possible = _possible(kind, named, ground)
        if not possible:
            continue
        difference = draw(st.sampled_from(possible))
        if not _done(difference, one.attempt, other.attempt):
            continue
        found.append((name, difference))
        number += max(len(difference.in_one), len(difference.in_other))
        cast += [step.by for step in difference.in_other if step.kind == "join"]
        writings += [s.written for s in difference.in_other if s.kind in {"publish", "comment"}]
    if not found:
        reject()
    return PairedWorlds(
        viewer=viewer,
        differing=tuple(dict.fromkeys(name for name, _ in found)),
        only_in_one=tuple(step for _, each in found for step in each.in_one),
        only_in_other=tuple(step for _, each in found for step in each.in_other),
        happened=other.happened,
        cast=tuple(cast),
        writings=tuple(writings),
        one=one.world,
        other=other.world,
    )


def _plain(member: Member[Profile]) -> Member[Profile]:
    """A member who chose nothing, and so opens nothing."""
    return Member(member.id, member.profile)


@final
@frozen
class _Played:
    world: World[Profile]
    attempt: Attempt
    happened: tuple[Step, ...]


@st.composite
def _ready(draw: st.DrawFn, kinds: Sequence[str], viewer: str, script: Script) -> Sequence[Step]:
    others = [member.id for member in script.members if member.id != viewer]
    return [
        Step(
            _LAST + nth,
            draw(st.sampled_from(_READIED[kind])),
            viewer,
            draw(st.sampled_from(others)),
        )
        for nth, kind in enumerate(kinds)
        if kind in _READIED
    ]


_SECRETS = st.sampled_from([_SECRET, _BLANK])


def _played(script: Script, **founding: Any) -> _Played:
    world, attempt = stage(script.members, steps=ACTS, **founding)
    happened = tuple(step for step in script.steps if attempt(step))
    return _Played(evolve(world, happened=happened), attempt, happened)


def _possible(
    wanted: str, named: Sequence[str], ground: Ground
) -> tuple[str, Sequence[Difference]]:
    """All differences of the kind that is wanted, or of the next one of which there are some."""
    first = named.index(wanted)
    for name in (*named[first:], *named[:first]):
        possible = list(DIFFERENCES[name](ground))
        if possible:
            return name, possible
    return wanted, ()


def _done(difference: Difference, in_one: Attempt, in_other: Attempt) -> bool:
    """Let it happen whole or not at all, and say whether it did; in both if it is of both.

    What is undone would show, where it is done and then cannot be taken back.
    """
    one = [in_one(step) for step in difference.in_one]
    other = [in_other(step) for step in difference.in_other]
    assume(all((*one, *other)) or not any((*one, *other)))
    return any(other)
