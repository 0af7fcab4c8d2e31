"""Doing the same to networks and to the naive model, and comparing what comes of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, permutations
from typing import Concatenate, ParamSpec, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from connectcore import (
    ActingMember,
    AlreadyJoined,
    Audience,
    BlocksAtMost,
    ConnectionRules,
    ConnectionsAtMost,
    ContactDetails,
    CoolingOff,
    EmailAfterReports,
    InMailPlan,
    InvalidValue,
    Member,
    MessagePolicy,
    Name,
    Network,
    NoteAtMost,
    NotesPerMonth,
    NotFound,
    Page,
    PendingAtMost,
    Position,
    Profile,
    ReblockAfter,
    RecommendationPolicy,
    Refused,
    SentPerWeek,
    SkillPolicy,
    UnknownMember,
    Visitor,
    caution_strangers,
    invitee_chooses,
)
from connectcore.storage import Store
from connectcore.storage.memory import MemoryStore
from tests.histories.model import LIMITS, Gone, Model, Stopped, connecting, leaving

__all__ = [
    "MEMBERS",
    "LockStep",
    "all_pages",
    "audiences",
    "members",
    "nth",
    "pairs",
    "pick",
    "profile_of",
]

P = ParamSpec("P")
T = TypeVar("T")

MEMBERS = ("ana", "bob", "cy", "dee", "eve")
BEGINNING = datetime(2026, 3, 2, 12, tzinfo=UTC)

RULES = ConnectionRules(
    inviting=(
        invitee_chooses,
        EmailAfterReports(LIMITS.reports),
        CoolingOff(withdrawing=LIMITS.cooling),
        NoteAtMost(LIMITS.note),
        NotesPerMonth(LIMITS.notes),
        SentPerWeek(LIMITS.sent),
        PendingAtMost(LIMITS.pending),
        ConnectionsAtMost(LIMITS.connections),
    ),
    accepting=(ConnectionsAtMost(LIMITS.connections),),
    blocking=(ReblockAfter(LIMITS.reblock), BlocksAtMost(LIMITS.blocks)),
    cautions=(caution_strangers,),
    expiry=LIMITS.expiry,
)
MESSAGES = MessagePolicy(
    length=LIMITS.message,
    inmail_subject=LIMITS.subject,
    inmail_body=LIMITS.inmail,
    plan=lambda _: InMailPlan(monthly=LIMITS.credits, at_most=LIMITS.gathered),
    answered_within=LIMITS.answered,
    requests_a_week=LIMITS.requests,
    request_again_after=LIMITS.cooling,
)
SKILLS = SkillPolicy(at_most=LIMITS.skills, characters=LIMITS.skill)
RECOMMENDATIONS = RecommendationPolicy(
    characters=LIMITS.recommendation, message_characters=LIMITS.asking
)

members = st.sampled_from(MEMBERS)
pairs = st.sampled_from([*permutations(MEMBERS, 2), ("ana", "ana")])
audiences = st.sampled_from(Audience)
nth = st.integers(0, 11)


def profile_of(member: str) -> Profile:
    """The profile with which somebody joins, in which every field that matters is filled."""
    return Profile(
        name=Name(member.title(), "Example"),
        headline=f"{member} the engineer",
        positions=(Position(title="Engineer", company=f"{member.title()} & Daughters"),),
        skills=("Compilers",),
        about=f"{member} likes machines.",
        contact=ContactDetails(emails=(f"{member}@example.org",)),
    )


class LockStep(RuleBasedStateMachine):
    """Networks on several stores, and the naive model, to which the same happens."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model(now=BEGINNING)
        self.networks: Sequence[Network[Profile]] = [*map(self.found, self.make_stores())]
        self.acting: Mapping[str, Sequence[ActingMember[Profile]]] = {
            member: [network.as_member(member) for network in self.networks] for member in MEMBERS
        }
        for member in MEMBERS:
            self.join(member)

    def make_stores(self) -> Iterable[Store]:
        """The stores under test; another machine may try other ones."""
        return (MemoryStore(),)

    def found(self, store: Store) -> Network[Profile]:
        """Found a network on *store*."""
        ids = count(1)
        return Network(
            store,
            rules=RULES,
            messages=MESSAGES,
            skills=SKILLS,
            recommendations=RECOMMENDATIONS,
            secret=bytes(32),
            clock=lambda: self.model.now,
            new_id=lambda: f"id-{next(ids):04}",
        )

    def join(self, member: str) -> None:
        """Let a member join, with the profile that they always join with."""
        joining = Member(member, profile_of(member))
        self.agree(
            lambda network: network.join(joining),
            lambda _: leaving.join(self.model, member, profile_of(member)),
        )

    def wait(self, duration: timedelta = timedelta(seconds=1)) -> None:
        """Let time pass, for the networks and for the model."""
        connecting.move_on(self.model, duration)

    def agree(
        self, act: Callable[[Network[Profile]], T], model_act: Callable[[str], set[str]]
    ) -> T | None:
        """Do the same to all, compare which reasons the actor is given, and give what came of it.

        The model is told the id of what came of it, since networks make ids and it does not.
        """
        self.wait()
        outcomes = [_outcome(act, network) for network in self.networks]
        made = outcomes[0][0]
        codes, stopped = _outcome(model_act, str(getattr(made, "id", "")))
        for outcome in outcomes:
            _compare("of the act comes", outcome, (made, codes or stopped))
        return made

    def does(
        self,
        by: str,
        act: Callable[[ActingMember[Profile]], T],
        model_act: Callable[[str], set[str]],
    ) -> T | None:
        """Let a member do something, as `agree` does it."""
        return self.agree(lambda network: act(network.as_member(by)), model_act)

    def shows(
        self,
        what: str,
        viewer: str,
        read: Callable[Concatenate[ActingMember[Profile], P], object],
        expected: Callable[Concatenate[Model, str, P], object],
        *about: P.args,
        **named: P.kwargs,
    ) -> None:
        """Compare what a member is shown with what the model expects, or why they are not."""

        def wanted() -> object:
            self.model.act(viewer)
            return expected(self.model, viewer, *about, **named)

        expectation = _outcome(wanted)
        for me in self.acting[viewer]:
            seen = _outcome(read, me, *about, **named)
            _compare(f"{viewer} reads {what} {about}", seen, expectation)

    def shows_visitor(
        self,
        what: str,
        read: Callable[[Visitor[Profile], str], object],
        expected: Callable[[Model, None, str], object],
        other: str,
    ) -> None:
        """Compare what somebody signed out is shown of a member, as `shows` does."""
        wanted = _outcome(expected, self.model, None, other)
        for network in self.networks:
            seen = _outcome(read, network.as_visitor(), other)
            _compare(f"a visitor reads {what} of {other}", seen, wanted)

    def near(self, pair: tuple[str, str], place: int) -> tuple[str, str]:
        """Two who are connected; any *pair* for the place 0, or where nobody is connected."""
        friends = [ends for ends in permutations(MEMBERS, 2) if self.model.are_connected(*ends)]
        return next(iter(pick(friends, place)), pair) if place else pair


def pick(options: Iterable[T], place: int) -> list[T]:
    """One of *options*, the same one for the same place; nothing if there is none."""
    ordered = [*options]
    return [ordered[place % len(ordered)]] if ordered else []


def all_pages(read: Callable[[str | None], Page[T]]) -> list[T]:
    """Every item of a listing, page by page."""
    page = read(None)
    items = [*page.items]
    while page.next is not None:
        page = read(page.next)
        items.extend(page.items)
    return items


def _compare(what: str, seen: object, expected: object) -> None:
    if seen != expected:
        message = f"{what} {seen}; the model expects {expected}"
        raise AssertionError(message)


def _outcome(act: Callable[P, T], *on: P.args, **named: P.kwargs) -> tuple[T | None, set[str]]:
    """What comes of *act*, and why it is refused; nothing if it is not."""
    try:
        return act(*on, **named), set()
    except (Gone, NotFound):
        return None, {"gone"}
    except Refused as refused:
        return None, {refusal.code for refusal in refused.refusals}
    except UnknownMember:
        return None, {"unknown"}
    except AlreadyJoined:
        return None, {"already_joined"}
    except InvalidValue:
        return None, {"invalid"}
    except Stopped as stopped:
        return None, {stopped.code}
