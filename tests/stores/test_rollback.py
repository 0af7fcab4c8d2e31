"""A unit of work that raises, whatever it raises and wherever, leaves every read as it was."""

from collections.abc import Callable, Mapping
from operator import methodcaller

import pytest
from attrs import evolve

from connectcore import (
    Audience,
    Connected,
    ConnectionMade,
    ConnectionRemoved,
    InvitationReported,
    MemberBlocked,
    MemberFollowed,
    MemberId,
    MemberJoined,
    NestedUnit,
    Reaction,
    Settings,
    replay,
)
from connectcore.notices import NOTICES
from connectcore.relationships import transition
from connectcore.storage import Snapshot, Store, Transaction
from tests.stores.databases import fill
from tests.stores.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVE,
    EVERYBODY,
    comment_of,
    connecting,
    contents,
    day,
    happen,
    join,
    journalled,
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

POST, OTHER_POST = post_of(ADA, 1), post_of(BOB, 2)
COMMENT, OTHER_COMMENT = comment_of(BOB, POST, 1), comment_of(CAT, POST, 2)
TOLD = notice_of(ADA, BOB)
NEW = MemberId("new")
Unit = Callable[[Transaction], object]


def everything(store: Store) -> Mapping[str, object]:
    """All that there is, also about somebody who may have been added."""
    return contents(store, (*EVERYBODY, NEW))


def event(kind: type[ConnectionRemoved | MemberBlocked | MemberFollowed], by: str, to: str) -> Unit:
    """A unit that records an event in whatever state the two are."""

    def unit(transaction: Transaction) -> None:
        happened = kind(by=by, to=to, at=day(2))
        state = transaction.relationships(happened.by, (happened.to,))[happened.to]
        transaction.record(happened, transition(state, happened))

    return unit


def report(transaction: Transaction) -> None:
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
    "record, reporting": report,
    "record, removing": event(ConnectionRemoved, ADA, BOB),
    "record, blocking": event(MemberBlocked, ADA, BOB),
    "record, following": event(MemberFollowed, CAT, EVE),
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


@pytest.fixture(name="busy")
def _busy(store: Store) -> Store:
    """Give a store in which every kind of thing is kept."""
    fill(store, "one of each", _keep_one_of_each)
    return store


def _keep_one_of_each(store: Store) -> None:
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


def test_every_write_of_the_protocol_is_tried() -> None:
    """The table of writes names each method of `Transaction` that is not one of a snapshot."""
    inherited = {name for base in Transaction.__mro__[1:] for name in vars(base)}
    methods = {name for name in vars(Transaction) if name[0] != "_"} - inherited

    assert {name.partition(",")[0] for name in WRITES} == methods


@pytest.mark.parametrize("unit", WRITES.values(), ids=WRITES.keys())
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_a_write_is_undone_when_its_unit_raises(
    busy: Store, unit: Unit, error: type[BaseException]
) -> None:
    """Whatever is raised after it, nothing of a write can be read, and the error comes through."""
    before = everything(busy)

    def failing(transaction: Transaction) -> None:
        unit(transaction)
        raise error

    with pytest.raises(error):
        write(busy, failing)

    assert everything(busy) == before


@pytest.mark.parametrize("unit", WRITES.values(), ids=WRITES.keys())
def test_a_write_changes_what_is_read(busy: Store, unit: Unit) -> None:
    """Each of these writes can be read once its unit has ended, so undoing it means something."""
    before = everything(busy)

    write(busy, unit)

    assert everything(busy) != before


def test_all_writes_of_a_unit_are_undone_together(busy: Store) -> None:
    """However much a unit wrote before it raised, also over its own writes, none of it stays."""
    before = everything(busy)

    def failing(transaction: Transaction) -> None:
        for name, unit in WRITES.items():
            if name not in OF_A_DELETED_POST:
                unit(transaction)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(busy, failing)

    assert everything(busy) == before


def test_after_a_failure_the_next_unit_runs(busy: Store) -> None:
    """A unit that raised leaves the store open for the next one."""
    with pytest.raises(ZeroDivisionError):
        write(busy, lambda _: 1 // 0)

    happen(busy, *connecting(ADA, EVE))

    state = busy.read(lambda snapshot: snapshot.relationships(EVE, (ADA,))[ADA])
    assert isinstance(state, Connected)


@pytest.mark.parametrize("outer", ["read", "write"])
@pytest.mark.parametrize("inner", ["read", "write"])
def test_a_unit_cannot_begin_another(busy: Store, outer: str, inner: str) -> None:
    """A unit within a unit is refused, nothing changes, and the store stays usable."""
    before = everything(busy)

    def begin(kind: str, unit: Callable[[Snapshot], object]) -> None:
        if kind == "read":
            busy.read(unit)
        else:
            write(busy, unit)

    with pytest.raises(NestedUnit):
        begin(outer, lambda _: begin(inner, lambda _: None))

    assert everything(busy) == before
