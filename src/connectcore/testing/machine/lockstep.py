"""Doing the same to networks and to the naive model, and comparing what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Concatenate, ParamSpec, TypeVar, final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from connectcore.audiences import Audience
from connectcore.correspondence import MessagePolicy
from connectcore.errors import AlreadyJoined, InvalidValue, NotFound, Refused, UnknownMember
from connectcore.guests import ReminderPolicy
from connectcore.inmail import InMailPlan
from connectcore.journal import Mailing
from connectcore.members import Member, MemberId
from connectcore.network import ActingMember, Network, Visitor
from connectcore.notices import Notice
from connectcore.pages import Page
from connectcore.profiles import ContactDetails, Name, Position, Profile
from connectcore.recommendations import RecommendationPolicy
from connectcore.rulebook import ConnectionRules
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
    caution_strangers,
    invitee_chooses,
)
from connectcore.skills import SkillPolicy
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.storage.memory import MemoryStore
from connectcore.testing.model import LIMITS, Gone, Model, Stopped, connecting, leaving

__all__ = [
    "MEMBERS",
    "LockStep",
    "addresses",
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

members: st.SearchStrategy[str] = st.sampled_from(MEMBERS)
pairs: st.SearchStrategy[tuple[str, str]] = st.sampled_from(
    [*permutations(MEMBERS, 2), ("ana", "ana")]
)
audiences: st.SearchStrategy[Audience] = st.sampled_from(Audience)
addresses: st.SearchStrategy[str] = st.sampled_from(
    ["one@example.org", "two@example.org", "ana@example.org"]
)
nth: st.SearchStrategy[int] = st.integers(0, 11)


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
        self.model: Model = Model(now=BEGINNING)
        self.networks: Sequence[Network[Profile]] = [*map(self._found, self.make_stores())]
        self._acting: Mapping[str, Sequence[ActingMember[Profile]]] = {
            member: [network.as_member(member) for network in self.networks] for member in MEMBERS
        }
        for member in MEMBERS:
            self.join(member)

    def make_stores(self) -> Iterable[Store]:
        """Make the stores under test, as many as there are, all of them empty.

        They hold one history and are not used again; a subclass that makes stores which have to be
        closed closes them in `teardown`, after that of this class.
        """
        return (MemoryStore(),)

    def _found(self, store: Store) -> Network[Profile]:
        ids = _Ids()
        return Network(
            _Recounting(store, ids),
            rules=RULES,
            messages=MESSAGES,
            skills=SKILLS,
            recommendations=RECOMMENDATIONS,
            reminders=ReminderPolicy(after=LIMITS.reminded),
            journal=(Notice, Mailing),
            secret=bytes(32),
            clock=lambda: self.model.now,
            new_id=ids,
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
        self._compare("an act gives", outcomes, (made, codes or stopped))
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

        seen = [_outcome(read, me, *about, **named) for me in self._acting[viewer]]
        self._compare(f"{viewer} reads {what} {about}", seen, _outcome(wanted))

    def shows_visitor(
        self,
        what: str,
        read: Callable[[Visitor[Profile], str], object],
        expected: Callable[[Model, None, str], object],
        other: str,
    ) -> None:
        """Compare what somebody signed out is shown of a member, as `shows` does."""
        seen = [_outcome(read, network.as_visitor(), other) for network in self.networks]
        wanted = _outcome(expected, self.model, None, other)
        self._compare(f"a visitor reads {what} of {other}", seen, wanted)

    def compare_seen(self, what: str, seen: object, wanted: object) -> None:
        """Compare something that all networks gave alike with what the model expects."""
        if seen != wanted:
            message = f"{what} is {seen}; the model expects {wanted}"
            raise AssertionError(message)

    def _compare(self, what: str, seen: Sequence[object], wanted: object) -> None:
        for place, given in enumerate(seen, start=1):
            if given != wanted:
                message = f"on store {place}, {what} {given}; the model expects {wanted}"
                raise AssertionError(message)

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


@final
class _Ids:
    """Gives ids that count."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"id-{self.made:04}"


@final
class _Recounting:
    """A store in which a unit that is run again makes the same ids as before.

    Stores run a unit again when they have to, one of them and not another, and the ids that they
    are given must be the same on all.
    """

    def __init__(self, store: Store, ids: _Ids) -> None:
        self._store = store
        self._ids = ids

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        return self._store.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        made = self._ids.made

        def counted(transaction: Transaction) -> T:
            self._ids.made = made
            return unit(transaction)

        return self._store.write(members, counted)


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
