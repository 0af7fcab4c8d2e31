"""Activities, posts and what hangs on them."""

from connectcore.activities import Activity, MemberJoined
from connectcore.members import MemberId
from connectcore.posts import CommentId, PostId, Reaction
from connectcore.storage import Store, Transaction
from connectcore.testing.conformance.checking import Checks, holds, same
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    CAT,
    DAN,
    comment_of,
    day,
    post_of,
    reaction_of,
    read,
    told_of_comment,
    told_of_post,
    told_of_reaction,
    write,
)

CHECKS = Checks()

POST, OTHER_POST = post_of(ADA, 1), post_of(BOB, 2)
COMMENT, OTHER_COMMENT = comment_of(BOB, POST, 1), comment_of(CAT, POST, 2)


def _activities(store: Store, *members: MemberId) -> list[Activity]:
    """What *members* did, newest first."""
    return read(store, lambda snapshot: list(snapshot.activities_of(members, None, 100)))


def _publish(store: Store, *told: Activity) -> None:
    """Publish activities in one unit."""

    def unit(transaction: Transaction) -> None:
        for activity in told:
            transaction.publish(activity)

    write(store, unit)


def _busy(store: Store) -> Store:
    """Put two posts, two comments, and reactions to all of them in *store*."""

    def unit(transaction: Transaction) -> None:
        for post in (POST, OTHER_POST):
            transaction.put_post(post)
            transaction.publish(told_of_post(post))
            transaction.put_reaction(reaction_of(DAN, post))
            transaction.publish(told_of_reaction(reaction_of(DAN, post), post))
        for comment in (COMMENT, OTHER_COMMENT):
            transaction.put_comment(comment)
            transaction.publish(told_of_comment(comment, POST))
            reacted = reaction_of(DAN, POST, comment)
            transaction.put_reaction(reacted)
            transaction.publish(told_of_reaction(reacted, POST, comment))

    write(store, unit)
    return store


@CHECKS
def an_activity_takes_the_place_of_one_with_its_key(store: Store) -> None:
    """Telling the same thing again moves it: the older telling is gone."""
    first = told_of_post(POST)
    again = type(first)(id="again", actor=ADA, at=day(1), post=POST.id)

    _publish(store, first, again)

    same(_activities(store, ADA), [again])


@CHECKS
def an_activity_is_retracted_by_actor_and_key(store: Store) -> None:
    """One actor's activity goes; another's with the same key stays; a second time is no error."""
    own = MemberJoined(id="1", actor=ADA, at=day(0))
    others = MemberJoined(id="1", actor=BOB, at=day(0))
    _publish(store, own, others)

    for _ in range(2):
        write(store, lambda transaction: transaction.retract(ADA, own.key))

    same(_activities(store, ADA, BOB), [others])


@CHECKS
def activities_of_one_moment_and_id_live_side_by_side(store: Store) -> None:
    """Ids are the application's: what tells activities apart is actor and key."""
    told: list[Activity] = [
        MemberJoined(id="1", actor=ADA, at=day(0)),
        MemberJoined(id="1", actor=BOB, at=day(0)),
        type(told_of_post(POST))(id="1", actor=ADA, at=day(0), post=POST.id),
    ]
    _publish(store, *told)
    same(sorted(_activities(store, ADA, BOB), key=told.index), told)

    def take_all_back(transaction: Transaction) -> None:
        for activity in told:
            transaction.retract(activity.actor, activity.key)

    write(store, take_all_back)
    same(_activities(store, ADA, BOB), [])


@CHECKS
def activities_are_those_of_the_actors_asked_for(store: Store) -> None:
    """Only what these actors did is given, of many actors the newest first, up to the limit."""
    busy = _busy(store)
    same(_activities(busy), [])
    same(_activities(busy, CAT), [told_of_comment(OTHER_COMMENT, POST)])
    same([entry.actor for entry in _activities(busy, BOB, CAT)], [CAT, BOB, BOB])
    same(len(read(busy, lambda s: s.activities_of((BOB, CAT, DAN), None, 2))), 2)


@CHECKS
def activities_are_those_since_a_moment(store: Store) -> None:
    """What was at the moment itself is out; with no limit the rest is whole, up to the mark."""
    told: list[Activity] = [
        MemberJoined(id="1", actor=actor, at=day(number))
        for number, actor in enumerate((ADA, BOB, CAT, DAN))
    ]
    _publish(store, *told)
    actors = (ADA, BOB, CAT, DAN)

    def listed(limit: int | None, number: int) -> list[Activity]:
        before = told[3].mark
        return read(
            store, lambda s: list(s.activities_of(actors, before, limit, since=day(number)))
        )

    same(listed(None, 0), [told[2], told[1]])
    same(listed(None, 1), [told[2]])
    same(listed(1, 0), [told[2]])
    same(listed(9, 2), [])


@CHECKS
def posts_and_comments_that_are_not_there_are_left_out(store: Store) -> None:
    """A batch holds what is there and nothing else."""
    busy = _busy(store)
    posts, comments = read(
        busy,
        lambda snapshot: (
            dict(snapshot.posts((POST.id, PostId("none")))),
            dict(snapshot.comments((COMMENT.id, CommentId("none")))),
        ),
    )

    same(posts, {POST.id: POST})
    same(comments, {COMMENT.id: COMMENT})


@CHECKS
def reactions_are_apart_for_a_post_and_each_comment(store: Store) -> None:
    """Each target has its own reactions, at most one a member, and another takes its place."""
    busy = _busy(store)
    write(busy, lambda t: t.put_reaction(reaction_of(DAN, POST, reaction=Reaction.LOVE)))
    write(busy, lambda t: t.put_reaction(reaction_of(BOB, POST, COMMENT)))

    to_post, to_comment, to_other = read(
        busy,
        lambda s: (
            [(entry.member, entry.reaction) for entry in s.reactions_to(POST.id, None)],
            [entry.member for entry in s.reactions_to(POST.id, COMMENT.id)],
            [entry.member for entry in s.reactions_to(POST.id, OTHER_COMMENT.id)],
        ),
    )

    same(to_post, [(DAN, Reaction.LOVE)])
    same(to_comment, [DAN, BOB])
    same(to_other, [DAN])


@CHECKS
def reactions_are_found_by_what_they_are_to_and_by_whom(store: Store) -> None:
    """One read tells of many; those to the post itself are not those to a comment under it."""
    busy = _busy(store)
    there = [
        reaction_of(DAN, POST),
        reaction_of(DAN, POST, COMMENT),
        reaction_of(DAN, OTHER_POST),
    ]
    missing = [reaction_of(BOB, POST), reaction_of(DAN, OTHER_POST, COMMENT)]
    keys = [reacted.key for reacted in (*there, *missing)]

    found = read(busy, lambda snapshot: dict(snapshot.reactions(keys)))

    same(found, {reacted.key: reacted for reacted in there})
    same(read(busy, lambda snapshot: dict(snapshot.reactions(()))), {})


@CHECKS.of_each({"to a post": None, "to a comment": COMMENT.id})
def a_reaction_can_be_taken_back_twice(store: Store, target: CommentId | None) -> None:
    """Taking back what is not there changes nothing."""
    busy = _busy(store)
    for _ in range(2):
        write(busy, lambda transaction: transaction.delete_reaction(POST.id, target, DAN))

    gone, left = read(
        busy,
        lambda snapshot: (
            list(snapshot.reactions_to(POST.id, target)),
            list(snapshot.reactions_to(POST.id, OTHER_COMMENT.id)),
        ),
    )
    same((gone, len(left)), ([], 1))


@CHECKS
def a_deleted_post_takes_everything_about_it_along(store: Store) -> None:
    """Its comments, their reactions and all activities about it go; other posts keep theirs."""
    busy = _busy(store)
    write(busy, lambda transaction: transaction.delete_post(POST.id))

    posts, comments, thread, reactions = read(
        busy,
        lambda s: (
            dict(s.posts((POST.id, OTHER_POST.id))),
            dict(s.comments((COMMENT.id, OTHER_COMMENT.id))),
            list(s.comments_on(POST.id, None, None)),
            [entry for target in (None, COMMENT.id) for entry in s.reactions_to(POST.id, target)],
        ),
    )

    same((posts, comments, thread, reactions), ({OTHER_POST.id: OTHER_POST}, {}, [], []))
    same(read(busy, lambda s: list(s.posts_of(ADA, None, 9))), [])
    same(_activities(busy, ADA, CAT), [])
    same(_activities(busy, BOB), [told_of_post(OTHER_POST)])
    same(_activities(busy, DAN), [told_of_reaction(reaction_of(DAN, OTHER_POST), OTHER_POST)])


@CHECKS
def a_deleted_comment_takes_what_is_about_it_along(store: Store) -> None:
    """Its reactions and activities go; the post and its other comments keep theirs."""
    busy = _busy(store)
    write(busy, lambda transaction: transaction.delete_comment(COMMENT.id))

    comments, thread, reactions = read(
        busy,
        lambda s: (
            dict(s.comments((COMMENT.id, OTHER_COMMENT.id))),
            list(s.comments_on(POST.id, None, None)),
            list(s.reactions_to(POST.id, COMMENT.id)),
        ),
    )

    same((comments, thread, reactions), ({OTHER_COMMENT.id: OTHER_COMMENT}, [OTHER_COMMENT], []))
    told = _activities(busy, ADA, BOB, CAT, DAN)
    holds(told_of_comment(COMMENT, POST) not in told)
    holds(told_of_reaction(reaction_of(DAN, POST, COMMENT), POST, COMMENT) not in told)
    same(len(told), 6)


@CHECKS
def a_comment_without_reactions_is_deleted(store: Store) -> None:
    """A comment on which nothing hangs goes alone."""
    write(store, lambda transaction: transaction.put_post(POST))
    write(store, lambda transaction: transaction.put_comment(COMMENT))
    write(store, lambda transaction: transaction.delete_comment(COMMENT.id))

    same(read(store, lambda s: list(s.comments_on(POST.id, None, None))), [])
