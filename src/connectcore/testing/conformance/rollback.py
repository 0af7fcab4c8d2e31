"""A unit of work that raises, whatever it raises and wherever, leaves every read as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from operator import methodcaller

from attrs import evolve

from connectcore.activities import ConnectionMade, MemberJoined
from connectcore.audiences import Audience
from connectcore.errors import NestedUnit
from connectcore.members import MemberId
from connectcore.notices import NOTICES
from connectcore.posts import Reaction
from connectcore.relationships import (
    Connected,
    ConnectionRemoved,
    InvitationReported,
    MemberBlocked,
    MemberFollowed,
    replay,
    transition,
)
from connectcore.settings import Settings
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.testing.conformance.checking import Capability, Checks, holds, raising, same
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVE,
    EVERYBODY,
    comment_of,
    connecting,
    day,
    happen,
    join,
    journalled,
    kept,
    member_of,
    notice_of,
    post_of,
    reaction_of,
    sent,
    told_of_comment,
    told_of_post,
    told_of_reaction,
    write,
)

CHECKS = Checks()

POST, OTHER_POST = post_of(ADA, 1), post_of(BOB, 2)
COMMENT, OTHER_COMMENT = comment_of(BOB, POST, 1), comment_of(CAT, POST, 2)
TOLD = notice_of(ADA, BOB)
NEW = MemberId("new")
Unit = Callable[[Transaction], object]


def _everything(store: Store) -> dict[str, object]:
    """All that can be read, also about somebody who may have been added."""
    return kept(store, (*EVERYBODY, NEW))


def _event(
    kind: type[ConnectionRemoved | MemberBlocked | MemberFollowed], by: str, to: str
) -> Unit:
    """A unit that records an event in whatever state the two are."""

    def unit(transaction: Transaction) -> None:
        happened = kind(by=by, to=to, at=day(2))
        state = transaction.relationships(happened.by, (happened.to,))[happened.to]
        transaction.record(happened, transition(state, happened))

    return unit


def _report(transaction: Transaction) -> None:
    """Report the invitation of Dan."""
    reported = InvitationReported(by=EVE, to=DAN, at=day(2))
    transaction.record(reported, replay([sent(DAN, EVE), reported]))


WRITES: Mapping[str, Unit] = {
    "put_member, new": lambda t: t.put_member(member_of(NEW)),
    "put_member, closing the list": lambda t: t.put_member(
        member_of(ADA, Settings(connections=Audience.ONLY_ME))
    ),
    "put_member, opening the list": lambda t: t.put_member(
        member_of(BOB, Settings(connections=Audience.EVERYONE))
    ),
    "record, inviting": lambda t: t.record(
        sent(ADA, EVE, note="Hello"), replay([sent(ADA, EVE, note="Hello")])
    ),
    "record, reporting": _report,
    "record, removing": _event(ConnectionRemoved, ADA, BOB),
    "record, blocking": _event(MemberBlocked, ADA, BOB),
    "record, following": _event(MemberFollowed, CAT, EVE),
    "mute": lambda t: t.mute(ADA, CAT, None),
    "mute, another end": lambda t: t.mute(ADA, BOB, day(9)),
    "unmute": lambda t: t.unmute(ADA, BOB),
    "publish": lambda t: t.publish(MemberJoined(id="new", actor=CAT, at=day(1))),
    "publish, in the place of another": lambda t: t.publish(
        evolve(told_of_post(POST), id="again", at=day(1))
    ),
    "retract": lambda t: t.retract(ADA, ConnectionMade.key_with(BOB)),
    "retract, about a post": lambda t: t.retract(ADA, told_of_post(POST).key),
    "put_post": lambda t: t.put_post(post_of(CAT, 3)),
    "delete_post": lambda t: t.delete_post(POST.id),
    "put_comment": lambda t: t.put_comment(comment_of(CAT, OTHER_POST, 3)),
    "delete_comment": lambda t: t.delete_comment(COMMENT.id),
    "put_reaction": lambda t: t.put_reaction(reaction_of(CAT, OTHER_POST)),
    "put_reaction, the first to a comment": lambda t: t.put_reaction(
        reaction_of(CAT, POST, OTHER_COMMENT)
    ),
    "put_reaction, in the place of another": lambda t: t.put_reaction(
        reaction_of(DAN, POST, reaction=Reaction.LOVE)
    ),
    "delete_reaction": lambda t: t.delete_reaction(POST.id, None, DAN),
    "delete_reaction, to a comment": lambda t: t.delete_reaction(POST.id, COMMENT.id, DAN),
    "enter": lambda t: t.enter(NOTICES, BOB, notice_of(BOB, CAT)),
    "enter, in the place of another": lambda t: t.enter(NOTICES, ADA, notice_of(ADA, BOB, day(2))),
    "strike": lambda t: t.strike(NOTICES, ADA, TOLD.key),
    "write_down": lambda t: t.write_down(journalled(notice_of(BOB, CAT))),
    "write_down, in the place of another": lambda t: t.write_down(
        evolve(journalled(TOLD), due_at=day(-2))
    ),
    "settle": lambda t: t.settle(ADA, (TOLD.id,)),
    **{f"forget, {member}": methodcaller("forget", member) for member in EVERYBODY},
}

OF_A_DELETED_POST = {"delete_comment", "put_reaction, the first to a comment"}


def filled(store: Store) -> Store:
    """Put every kind of thing in *store*."""
    join(store, ADA, CAT, DAN, EVE)
    join(store, BOB, connections=Audience.ONLY_ME)
    happen(store, *connecting(ADA, BOB), *connecting(BOB, CAT), sent(DAN, EVE))
    happen(store, MemberBlocked(by=CAT, to=DAN, at=day(1)))

    def unit(transaction: Transaction) -> None:
        transaction.mute(ADA, BOB, day(3))
        transaction.publish(ConnectionMade(id="made", actor=ADA, member=BOB, at=day(0)))
        for post in (POST, OTHER_POST):
            transaction.put_post(post)
            transaction.publish(told_of_post(post))
        for comment in (COMMENT, OTHER_COMMENT):
            transaction.put_comment(comment)
            transaction.publish(told_of_comment(comment, POST))
        for target in (None, COMMENT):
            reacted = reaction_of(DAN, POST, target)
            transaction.put_reaction(reacted)
            transaction.publish(told_of_reaction(reacted, POST, target))
        transaction.enter(NOTICES, ADA, TOLD)
        for notice in (TOLD, notice_of(ADA, CAT)):
            transaction.write_down(journalled(notice))

    write(store, unit)
    return store


ERRORS: tuple[type[BaseException], ...] = (
    *(ValueError, KeyboardInterrupt, SystemExit, GeneratorExit),
)


@CHECKS.of_each(WRITES)
def a_write_is_undone_when_its_unit_raises(store: Store, unit: Unit) -> None:
    """Whatever is raised after it, nothing of a write can be read, and the error comes through.

    Once its unit has ended it can be read, so undoing it means something.
    """
    busy = filled(store)
    before = _everything(busy)

    for error in ERRORS:
        with raising(error):
            write(busy, partial(_failing, unit, error))

    same(_everything(busy), before)

    write(busy, unit)

    holds(_everything(busy) != before)


def _failing(unit: Unit, error: type[BaseException], transaction: Transaction) -> None:
    unit(transaction)
    raise error


@CHECKS
def all_writes_of_a_unit_are_undone_together(store: Store) -> None:
    """However much a unit wrote before it raised, also over its own writes, none of it stays."""
    busy = filled(store)
    before = _everything(busy)

    def failing(transaction: Transaction) -> None:
        for name, unit in WRITES.items():
            if name not in OF_A_DELETED_POST:
                unit(transaction)
        raise KeyboardInterrupt

    with raising(KeyboardInterrupt):
        write(busy, failing)

    same(_everything(busy), before)


@CHECKS
def after_a_failure_the_next_unit_runs(store: Store) -> None:
    """A unit that raised leaves the store open for the next one."""
    busy = filled(store)
    with raising(ZeroDivisionError):
        write(busy, lambda _: 1 // 0)

    happen(busy, *connecting(ADA, EVE))

    state = busy.read(lambda snapshot: snapshot.relationships(EVE, (ADA,))[ADA])
    holds(isinstance(state, Connected))


NESTED = {
    f"a {inner} in a {outer}": (outer, inner)
    for outer in ("read", "write")
    for inner in ("read", "write")
}


@CHECKS.of_each(NESTED, needs=dict.fromkeys(NESTED, Capability.NESTING_REFUSED))
def a_unit_cannot_begin_another(store: Store, case: tuple[str, str]) -> None:
    """A unit within a unit is refused, nothing changes, and the store stays usable."""
    busy = filled(store)
    outer, inner = case
    before = _everything(busy)

    def begin(kind: str, unit: Callable[[Snapshot], object]) -> None:
        if kind == "read":
            busy.read(unit)
        else:
            write(busy, unit)

    with raising(NestedUnit):
        begin(outer, lambda _: begin(inner, lambda _: None))

    same(_everything(busy), before)
