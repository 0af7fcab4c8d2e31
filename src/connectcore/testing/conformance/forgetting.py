"""Forgetting a member: a store is then as if they had never been, but for what others count."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve, frozen

from connectcore.activities import ConnectionMade, MemberJoined
from connectcore.audiences import Audience
from connectcore.erasure import KEPT_BLOCKS
from connectcore.members import MemberId
from connectcore.notices import NOTICES
from connectcore.proposals import Standing
from connectcore.relationships import (
    InvitationReported,
    MemberBlocked,
    MemberFollowed,
    PairEvent,
    transition,
)
from connectcore.settings import Settings
from connectcore.storage import Store, Transaction
from connectcore.testing.conformance.checking import Capability, Checks, MakeStore, holds, same
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    EVE,
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
    read,
    sent,
    told_of_comment,
    told_of_post,
    told_of_reaction,
    write,
)
from connectcore.testing.kinds import talk

CHECKS = Checks()

Unit = Callable[[Transaction], None]

POST, OWN_POST = post_of(ADA), post_of(EVE)
COMMENT, OWN_COMMENT = comment_of(BOB, POST), comment_of(EVE, POST)
ANSWER = evolve(comment_of(DAN, POST, 1), reply_to=OWN_COMMENT.id)
ANSWER_TO_IT = evolve(comment_of(EVE, POST, 2), reply_to=ANSWER.id)


def background(store: Store) -> Store:
    """*store* with members of whom none ever met Eve."""
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
    return store


def _between(*events: PairEvent) -> Unit:
    """A unit in which *events* happen."""

    def unit(transaction: Transaction) -> None:
        for event in events:
            state = transaction.relationships(event.by, (event.to,))[event.to]
            transaction.record(event, transition(state, event))

    return unit


def _put_own_post(transaction: Transaction) -> None:
    """A post of Eve's, with all that can hang on one."""
    comment = comment_of(BOB, OWN_POST, 9)
    transaction.put_post(OWN_POST)
    transaction.publish(told_of_post(OWN_POST))
    transaction.put_comment(comment)
    transaction.publish(told_of_comment(comment, OWN_POST))
    transaction.put_reaction(reaction_of(CAT, OWN_POST))
    transaction.publish(told_of_reaction(reaction_of(CAT, OWN_POST), OWN_POST))
    transaction.publish(evolve(talk(DAN, "On it"), post=OWN_POST.id))


def _put_own_comment(transaction: Transaction) -> None:
    """A comment of Eve's under the post of Ada, with an answer, and her answer to that."""
    for comment in (OWN_COMMENT, ANSWER, ANSWER_TO_IT):
        transaction.put_comment(comment)
        transaction.publish(told_of_comment(comment, POST))
    for target in (OWN_COMMENT, ANSWER):
        reacted = reaction_of(CAT, POST, target)
        transaction.put_reaction(reacted)
        transaction.publish(told_of_reaction(reacted, POST, target))


def _put_own_reactions(transaction: Transaction) -> None:
    """Reactions of Eve's to the post of Ada and to the comment of Bob."""
    for target in (None, COMMENT):
        reacted = reaction_of(EVE, POST, target)
        transaction.put_reaction(reacted)
        transaction.publish(told_of_reaction(reacted, POST, target))


def _enter(owner: MemberId, about: MemberId) -> Unit:
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
    "connected": Trace(_between(*connecting(EVE, ADA)), (ADA,)),
    "invited": Trace(_between(sent(EVE, BOB, note="Hello.")), (BOB,)),
    "blocks": Trace(_between(MemberBlocked(by=EVE, to=CAT, at=day(2))), (CAT,)),
    "blocked": Trace(_between(MemberBlocked(by=DAN, to=EVE, at=day(2))), (DAN,)),
    "follows": Trace(_between(MemberFollowed(by=EVE, to=ADA, at=day(2))), (ADA,)),
    "followed": Trace(_between(MemberFollowed(by=ADA, to=EVE, at=day(2))), (ADA,)),
    "mutes": Trace(lambda t: t.mute(EVE, ADA, None)),
    "muted": Trace(lambda t: t.mute(ADA, EVE, day(9)), (ADA,)),
    "is told": Trace(_enter(EVE, ADA)),
    "others are told": Trace(_enter(ADA, EVE), (ADA,)),
    "a post": Trace(_put_own_post, (BOB, CAT, DAN)),
    "a comment": Trace(_put_own_comment, (ADA, CAT)),
    "reactions": Trace(_put_own_reactions, (ADA,)),
    "an activity": Trace(lambda t: t.publish(talk(EVE, "Ada", ADA))),
    "named in an activity": Trace(lambda t: t.publish(talk(ADA, "Eve", BOB, EVE)), (ADA,)),
}
"""Whatever there may be of Eve in a store."""

OWN_KINDS = ("an activity", "named in an activity", "a post")
NEEDS: Mapping[str, Capability] = dict.fromkeys(OWN_KINDS, Capability.OWN_KINDS)

_each_trace = CHECKS.of_each(TRACES, needs=NEEDS)


def _plant_all(transaction: Transaction) -> None:
    """Plant every trace, one after the other."""
    for trace in TRACES.values():
        trace.plant(transaction)


def _forget(store: Store, member: MemberId = EVE) -> tuple[MemberBlocked, ...]:
    """Forget *member*, and give the blocks that others had set of them."""
    return tuple(write(store, lambda transaction: transaction.forget(member)))


def _surroundings(store: Store, member: MemberId = EVE) -> set[MemberId]:
    """From whom something would go with *member*."""
    return set(read(store, lambda snapshot: snapshot.surroundings(member)))


def _standings(store: Store) -> Mapping[MemberId, Standing]:
    """What limits are counted from."""
    return read(
        store,
        lambda snapshot: dict(
            snapshot.standings((ADA, BOB, CAT, DAN, EVE), since=day(-9), pending_since=None)
        ),
    )


# ── Forgetting ──────────────────────────────────────────────────────────────────────────────────


@_each_trace
def a_trace_is_gone_as_if_it_had_never_been(make_store: MakeStore, trace: Trace) -> None:
    """Every read gives what it gives in a store in which it never was."""
    untouched, store = kept(background(make_store())), background(make_store())
    write(store, trace.plant)

    holds(kept(store) != untouched)
    _forget(store)
    same(kept(store), untouched)


@CHECKS
def all_traces_together_are_gone(make_store: MakeStore) -> None:
    """However they hang together."""
    untouched, store = background(make_store()), background(make_store())
    write(store, _plant_all)
    _forget(store)

    same(kept(store), kept(untouched))


@CHECKS
def whoever_comes_back_finds_nothing(make_store: MakeStore) -> None:
    """Somebody who is added under the id afterwards is new in every respect."""
    untouched, store = background(make_store()), background(make_store())
    write(store, _plant_all)
    _forget(store)
    for each in (untouched, store):
        write(each, lambda transaction: transaction.put_member(member_of(EVE)))

    same(kept(store), kept(untouched))
    same(_surroundings(store), set())


@CHECKS
def forgetting_nobody_changes_nothing(store: Store) -> None:
    """Neither somebody who was never there, nor somebody a second time."""
    background(store)
    before = kept(store)

    same(_forget(store, MemberId("nobody")), ())
    same(_forget(store), _forget(store))
    same(_forget(store), ())
    same(kept(store), before)


@CHECKS
def a_forgotten_member_is_forgotten_within_the_unit(store: Store) -> None:
    """What comes later in the same unit finds nothing of them, and may begin anew."""
    background(store)
    write(store, _plant_all)

    def unit(transaction: Transaction) -> None:
        transaction.forget(EVE)
        transaction.put_member(member_of(EVE))
        _between(sent(EVE, ADA))(transaction)
        transaction.put_post(OWN_POST)

    write(store, unit)

    same(_surroundings(store), {ADA})
    same(_standings(store)[EVE].sent, (day(0),))
    same(read(store, lambda snapshot: snapshot.posts_of(EVE, None, 9)), [OWN_POST])


@CHECKS
def what_names_them_no_longer_stays(store: Store) -> None:
    """An activity that was told anew without their name is somebody else's alone."""
    background(store)
    anew = talk(ADA, "Looms", BOB)
    write(store, lambda transaction: transaction.publish(talk(ADA, "Looms", BOB, EVE)))
    write(store, lambda transaction: transaction.publish(anew))

    _forget(store)

    holds(anew in read(store, lambda snapshot: snapshot.activities_of((ADA,), None, 9)), "it stays")


# ── What stays ──────────────────────────────────────────────────────────────────────────────────


@CHECKS
def blocks_by_others_are_given_back(store: Store) -> None:
    """Those that others set of the member, with their moments; not those of the member's own."""
    background(store)
    by_ada, by_cat = (MemberBlocked(by=by, to=EVE, at=day(at)) for by, at in ((ADA, 2), (CAT, 3)))
    by_eve = (MemberBlocked(by=EVE, to=to, at=day(4)) for to in (ADA, BOB))
    happen(store, by_ada, by_cat, *by_eve)

    same(set(_forget(store)), {by_ada, by_cat})
    same(_forget(store), ())


@CHECKS
def others_go_on_counting_what_they_sent(store: Store) -> None:
    """An invitation to somebody who is forgotten was sent all the same; nothing of it is pending."""
    background(store)
    happen(store, sent(ADA, EVE, day(0), "Hello."), sent(ADA, CAT, day(0), "Hello."))
    before = _standings(store)[ADA]

    _forget(store)

    same(_standings(store)[ADA], evolve(before, pending=1))
    _forget(store, CAT)
    same(_standings(store)[ADA], evolve(before, pending=0))


@CHECKS
def others_stay_reported(store: Store) -> None:
    """Whoever was said to be unknown stays so, whoever said it."""
    background(store)
    happen(store, sent(ADA, EVE), InvitationReported(by=EVE, to=ADA, at=day(1)))

    _forget(store)

    same(_standings(store)[ADA].reports, 1)
    same(_standings(store)[EVE], Standing())


@CHECKS
def blocks_can_be_kept_for_nobody(store: Store) -> None:
    """What outlasts somebody belongs to no member: a register and a relationship of a digest."""
    background(store)
    digest = MemberId("5f" * 32)
    block = MemberBlocked(by=ADA, to=digest, at=day(2))
    happen(store, block)
    write(store, lambda transaction: transaction.enter(KEPT_BLOCKS, digest, block))

    same(list(read(store, lambda s: s.entries(KEPT_BLOCKS, (EVE, digest)))), [block])
    same(list(read(store, lambda s: s.blocks(ADA, None, 9))), [block])
    holds(_surroundings(store, ADA) >= {digest})
    same(_forget(store, digest), (block,))
    same(list(read(store, lambda s: s.entries(KEPT_BLOCKS, (digest,)))), [])


# ── Whom it concerns ────────────────────────────────────────────────────────────────────────────


@_each_trace
def all_whom_it_concerns_are_known_before(store: Store, trace: Trace) -> None:
    """Whoever loses something is named, and the member is no surroundings of their own."""
    background(store)
    write(store, trace.plant)
    found = _surroundings(store)

    holds(found >= set(trace.concerned))
    holds(EVE not in found)


@CHECKS
def somebody_alone_has_no_surroundings(store: Store) -> None:
    """What others have among themselves concerns only them."""
    background(store)
    write(store, lambda transaction: transaction.put_member(member_of(EVE)))

    same(_surroundings(store), set())
    same(_surroundings(store, MemberId("nobody")), set())


@CHECKS
def surroundings_are_read_in_the_unit_that_made_them(store: Store) -> None:
    """A transaction reads what it wrote."""

    def unit(transaction: Transaction) -> set[MemberId]:
        _between(sent(ADA, EVE))(transaction)
        return set(transaction.surroundings(EVE))

    same(write(background(store), unit), {ADA})
