"""Forgetting a member: a store is then as if they had never been, but for what others count."""

from collections.abc import Callable, Mapping

import pytest
from attrs import evolve, frozen

from connectcore import (
    Audience,
    ConnectionMade,
    InvitationReported,
    MemberBlocked,
    MemberFollowed,
    MemberId,
    MemberJoined,
    PairEvent,
    Settings,
    Standing,
)
from connectcore.erasure import KEPT_BLOCKS
from connectcore.notices import NOTICES
from connectcore.relationships import transition
from connectcore.storage import Store, Transaction
from tests.kinds import talk
from tests.stores.databases import fill
from tests.stores.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVE,
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
    read,
    sent,
    told_of_comment,
    told_of_post,
    told_of_reaction,
    write,
)

Unit = Callable[[Transaction], None]

POST, OWN_POST = post_of(ADA), post_of(EVE)
COMMENT, OWN_COMMENT = comment_of(BOB, POST), comment_of(EVE, POST)
ANSWER = evolve(comment_of(DAN, POST, 1), reply_to=OWN_COMMENT.id)
ANSWER_TO_IT = evolve(comment_of(EVE, POST, 2), reply_to=ANSWER.id)


def background(store: Store) -> Store:
    """*store* with members of whom none ever met Eve."""
    fill(store, "background", _fill_background)
    return store


def _fill_background(store: Store) -> None:
    join(store, ADA, BOB, CAT, DAN)
    happen(store, *connecting(ADA, BOB), sent(CAT, BOB), MemberBlocked(by=DAN, to=CAT, at=day(1)))

    def unit(transaction: Transaction) -> None:
        transaction.put_post(POST)
        transaction.publish(told_of_post(POST))
        transaction.put_comment(COMMENT)
        transaction.publish(told_of_comment(COMMENT, POST))
        transaction.put_reaction(reaction_of(CAT, POST, COMMENT))
        transaction.publish(ConnectionMade(id="made", actor=ADA, member=BOB, at=day(0)))
        transaction.publish(talk(ADA, "Engines", BOB))
        transaction.mute(ADA, BOB, day(3))
        transaction.enter(NOTICES, ADA, notice_of(ADA, BOB))
        transaction.write_down(journalled(notice_of(ADA, BOB)))

    write(store, unit)


def between(*events: PairEvent) -> Unit:
    """A unit in which *events* happen."""

    def unit(transaction: Transaction) -> None:
        for event in events:
            state = transaction.relationships(event.by, (event.to,))[event.to]
            transaction.record(event, transition(state, event))

    return unit


def put_own_post(transaction: Transaction) -> None:
    """A post of Eve's, with all that can hang on one."""
    comment = comment_of(BOB, OWN_POST, 9)
    transaction.put_post(OWN_POST)
    transaction.publish(told_of_post(OWN_POST))
    transaction.put_comment(comment)
    transaction.publish(told_of_comment(comment, OWN_POST))
    transaction.put_reaction(reaction_of(CAT, OWN_POST))
    transaction.publish(told_of_reaction(reaction_of(CAT, OWN_POST), OWN_POST))
    transaction.publish(evolve(talk(DAN, "On it"), post=OWN_POST.id))


def put_own_comment(transaction: Transaction) -> None:
    """A comment of Eve's under the post of Ada, with an answer, and her answer to that."""
    for comment in (OWN_COMMENT, ANSWER, ANSWER_TO_IT):
        transaction.put_comment(comment)
        transaction.publish(told_of_comment(comment, POST))
    for target in (OWN_COMMENT, ANSWER):
        reacted = reaction_of(CAT, POST, target)
        transaction.put_reaction(reacted)
        transaction.publish(told_of_reaction(reacted, POST, target))


def put_own_reactions(transaction: Transaction) -> None:
    """Reactions of Eve's to the post of Ada and to the comment of Bob."""
    for target in (None, COMMENT):
        reacted = reaction_of(EVE, POST, target)
        transaction.put_reaction(reacted)
        transaction.publish(told_of_reaction(reacted, POST, target))


def enter(owner: MemberId, about: MemberId) -> Unit:
    """A unit that tells *owner* of something, also in the journal."""

    def unit(transaction: Transaction) -> None:
        notice = notice_of(owner, about)
        transaction.enter(NOTICES, owner, notice)
        transaction.write_down(journalled(notice))

    return unit


@frozen
class Trace:
    """Something that is Eve's or names her, and from whom something goes if she is forgotten."""

    plant: Unit
    concerned: tuple[MemberId, ...] = ()


HIDING = Settings(connections=Audience.ONLY_ME)

TRACES: Mapping[str, Trace] = {
    "joined": Trace(lambda t: t.put_member(member_of(EVE))),
    "joined, with a closed list": Trace(lambda t: t.put_member(member_of(EVE, HIDING))),
    "told of it": Trace(lambda t: t.publish(MemberJoined(id="joined", actor=EVE, at=day(0)))),
    "connected": Trace(between(*connecting(EVE, ADA)), (ADA,)),
    "invited": Trace(between(sent(EVE, BOB, note="Hello.")), (BOB,)),
    "blocks": Trace(between(MemberBlocked(by=EVE, to=CAT, at=day(2))), (CAT,)),
    "blocked": Trace(between(MemberBlocked(by=DAN, to=EVE, at=day(2))), (DAN,)),
    "follows": Trace(between(MemberFollowed(by=EVE, to=ADA, at=day(2))), (ADA,)),
    "followed": Trace(between(MemberFollowed(by=ADA, to=EVE, at=day(2))), (ADA,)),
    "mutes": Trace(lambda t: t.mute(EVE, ADA, None)),
    "muted": Trace(lambda t: t.mute(ADA, EVE, day(9)), (ADA,)),
    "is told": Trace(enter(EVE, ADA)),
    "others are told": Trace(enter(ADA, EVE), (ADA,)),
    "a post": Trace(put_own_post, (BOB, CAT, DAN)),
    "a comment": Trace(put_own_comment, (ADA, CAT)),
    "reactions": Trace(put_own_reactions, (ADA,)),
    "an activity": Trace(lambda t: t.publish(talk(EVE, "Ada", ADA))),
    "named in an activity": Trace(lambda t: t.publish(talk(ADA, "Eve", BOB, EVE)), (ADA,)),
}
"""Whatever there may be of Eve in a store."""

each_trace = pytest.mark.parametrize("trace", TRACES.values(), ids=TRACES.keys())


def plant_all(transaction: Transaction) -> None:
    """Plant every trace, one after the other."""
    for trace in TRACES.values():
        trace.plant(transaction)


def forget(store: Store, member: MemberId = EVE) -> tuple[MemberBlocked, ...]:
    """Forget *member*, and give the blocks that others had set of them."""
    return tuple(write(store, lambda transaction: transaction.forget(member)))


def surroundings(store: Store, member: MemberId = EVE) -> set[MemberId]:
    """From whom something would go with *member*."""
    return set(read(store, lambda snapshot: snapshot.surroundings(member)))


def standings(store: Store) -> Mapping[MemberId, Standing]:
    """What limits are counted from."""
    return read(
        store,
        lambda snapshot: dict(
            snapshot.standings((ADA, BOB, CAT, DAN, EVE), since=day(-9), pending_since=None)
        ),
    )


# ── Forgetting ──────────────────────────────────────────────────────────────────────────────────


@each_trace
def test_a_trace_is_gone_as_if_it_had_never_been(
    make_store: Callable[[], Store], trace: Trace
) -> None:
    """Every read gives what it gives in a store in which it never was."""
    untouched, store = background(make_store()), background(make_store())
    write(store, trace.plant)

    assert contents(store) != contents(untouched)
    forget(store)
    assert contents(store) == contents(untouched)


def test_all_traces_together_are_gone(make_store: Callable[[], Store]) -> None:
    """However they hang together."""
    untouched, store = background(make_store()), background(make_store())
    write(store, plant_all)
    forget(store)

    assert contents(store) == contents(untouched)


def test_whoever_comes_back_finds_nothing(make_store: Callable[[], Store]) -> None:
    """Somebody who is added under the id afterwards is new in every respect."""
    untouched, store = background(make_store()), background(make_store())
    write(store, plant_all)
    forget(store)
    for each in (untouched, store):
        write(each, lambda transaction: transaction.put_member(member_of(EVE)))

    assert contents(store) == contents(untouched)
    assert surroundings(store) == set()


def test_forgetting_nobody_changes_nothing(store: Store) -> None:
    """Neither somebody who was never there, nor somebody a second time."""
    background(store)
    before = contents(store)

    assert forget(store, MemberId("nobody")) == ()
    assert forget(store) == forget(store) == ()
    assert contents(store) == before


def test_a_forgotten_member_is_forgotten_within_the_unit(store: Store) -> None:
    """What comes later in the same unit finds nothing of them, and may begin anew."""
    background(store)
    write(store, plant_all)

    def unit(transaction: Transaction) -> None:
        transaction.forget(EVE)
        transaction.put_member(member_of(EVE))
        between(sent(EVE, ADA))(transaction)
        transaction.put_post(OWN_POST)

    write(store, unit)

    assert surroundings(store) == {ADA}
    assert standings(store)[EVE].sent == (day(0),)
    assert read(store, lambda snapshot: snapshot.posts_of(EVE, None, 9)) == [OWN_POST]


def test_what_names_them_no_longer_stays(store: Store) -> None:
    """An activity that was told anew without their name is somebody else's alone."""
    background(store)
    anew = talk(ADA, "Looms", BOB)
    write(store, lambda transaction: transaction.publish(talk(ADA, "Looms", BOB, EVE)))
    write(store, lambda transaction: transaction.publish(anew))

    forget(store)

    assert anew in read(store, lambda snapshot: snapshot.activities_of((ADA,), None, 9))


# ── What stays ──────────────────────────────────────────────────────────────────────────────────


def test_blocks_by_others_are_given_back(store: Store) -> None:
    """Those that others set of the member, with their moments; not those of the member's own."""
    background(store)
    by_ada, by_cat = (MemberBlocked(by=by, to=EVE, at=day(at)) for by, at in ((ADA, 2), (CAT, 3)))
    by_eve = (MemberBlocked(by=EVE, to=to, at=day(4)) for to in (ADA, BOB))
    happen(store, by_ada, by_cat, *by_eve)

    assert set(forget(store)) == {by_ada, by_cat}
    assert forget(store) == ()


def test_others_go_on_counting_what_they_sent(store: Store) -> None:
    """An invitation to somebody who is forgotten was sent all the same; nothing of it is pending."""
    background(store)
    happen(store, sent(ADA, EVE, day(0), "Hello."), sent(ADA, CAT, day(0), "Hello."))
    before = standings(store)[ADA]

    forget(store)

    assert standings(store)[ADA] == evolve(before, pending=1)
    forget(store, CAT)
    assert standings(store)[ADA] == evolve(before, pending=0)


def test_others_stay_reported(store: Store) -> None:
    """Whoever was said to be unknown stays so, whoever said it."""
    background(store)
    happen(store, sent(ADA, EVE), InvitationReported(by=EVE, to=ADA, at=day(1)))

    forget(store)

    assert standings(store)[ADA].reports == 1
    assert standings(store)[EVE] == Standing()


def test_blocks_can_be_kept_for_nobody(store: Store) -> None:
    """What outlasts somebody belongs to no member: a register and a relationship of a digest."""
    background(store)
    digest = MemberId("5f" * 32)
    block = MemberBlocked(by=ADA, to=digest, at=day(2))
    happen(store, block)
    write(store, lambda transaction: transaction.enter(KEPT_BLOCKS, digest, block))

    assert list(read(store, lambda s: s.entries(KEPT_BLOCKS, (EVE, digest)))) == [block]
    assert list(read(store, lambda s: s.blocks(ADA, None, 9))) == [block]
    assert surroundings(store, ADA) >= {digest}
    assert forget(store, digest) == (block,)
    assert list(read(store, lambda s: s.entries(KEPT_BLOCKS, (digest,)))) == []


# ── Whom it concerns ────────────────────────────────────────────────────────────────────────────


@each_trace
def test_all_whom_it_concerns_are_known_before(store: Store, trace: Trace) -> None:
    """Whoever loses something is named, and the member is no surroundings of their own."""
    background(store)
    write(store, trace.plant)
    found = surroundings(store)

    assert found >= set(trace.concerned)
    assert EVE not in found


def test_somebody_alone_has_no_surroundings(store: Store) -> None:
    """What others have among themselves concerns only them."""
    background(store)
    write(store, lambda transaction: transaction.put_member(member_of(EVE)))

    assert surroundings(store) == set()
    assert surroundings(store, MemberId("nobody")) == set()


def test_surroundings_are_read_in_the_unit_that_made_them(store: Store) -> None:
    """A transaction reads what it wrote."""

    def unit(transaction: Transaction) -> set[MemberId]:
        between(sent(ADA, EVE))(transaction)
        return set(transaction.surroundings(EVE))

    assert write(background(store), unit) == {ADA}
