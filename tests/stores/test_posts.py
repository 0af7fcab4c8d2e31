"""Activities, posts and what hangs on them, as every store keeps them."""

import pytest

from connectcore import Activity, MemberId, MemberJoined, Reaction
from connectcore.posts import CommentId, PostId
from connectcore.storage import Store, Transaction
from tests.stores.keeping import (
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

POST, OTHER_POST = post_of(ADA, 1), post_of(BOB, 2)
COMMENT, OTHER_COMMENT = comment_of(BOB, POST, 1), comment_of(CAT, POST, 2)


def activities(store: Store, *members: MemberId) -> list[Activity]:
    """What *members* did, newest first."""
    return read(store, lambda snapshot: list(snapshot.activities_of(members, None, 100)))


def publish(store: Store, *told: Activity) -> None:
    """Publish activities in one unit."""

    def unit(transaction: Transaction) -> None:
        for activity in told:
            transaction.publish(activity)

    write(store, unit)


@pytest.fixture(name="busy")
def _busy(store: Store) -> Store:
    """Give a store with two posts, two comments, and reactions to all of them."""

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


def test_an_activity_takes_the_place_of_one_with_its_key(store: Store) -> None:
    """Telling the same thing again moves it: the older telling is gone."""
    first = told_of_post(POST)
    again = type(first)(id="again", actor=ADA, at=day(1), post=POST.id)

    publish(store, first, again)

    assert activities(store, ADA) == [again]


def test_an_activity_is_retracted_by_actor_and_key(store: Store) -> None:
    """One actor's activity goes; another's with the same key stays; a second time is no error."""
    own = MemberJoined(id="1", actor=ADA, at=day(0))
    others = MemberJoined(id="1", actor=BOB, at=day(0))
    publish(store, own, others)

    for _ in range(2):
        write(store, lambda transaction: transaction.retract(ADA, own.key))

    assert activities(store, ADA, BOB) == [others]


def test_activities_of_one_moment_and_id_live_side_by_side(store: Store) -> None:
    """Ids are the application's: what tells activities apart is actor and key."""
    told = [
        MemberJoined(id="1", actor=ADA, at=day(0)),
        MemberJoined(id="1", actor=BOB, at=day(0)),
        type(told_of_post(POST))(id="1", actor=ADA, at=day(0), post=POST.id),
    ]
    publish(store, *told)
    assert sorted(activities(store, ADA, BOB), key=told.index) == told

    def take_all_back(transaction: Transaction) -> None:
        for activity in told:
            transaction.retract(activity.actor, activity.key)

    write(store, take_all_back)
    assert activities(store, ADA, BOB) == []


def test_activities_are_those_of_the_actors_asked_for(busy: Store) -> None:
    """Only what these actors did is given, of many actors the newest first, up to the limit."""
    assert activities(busy) == []
    assert activities(busy, CAT) == [told_of_comment(OTHER_COMMENT, POST)]
    assert [entry.actor for entry in activities(busy, BOB, CAT)] == [CAT, BOB, BOB]
    assert len(read(busy, lambda s: s.activities_of((BOB, CAT, DAN), None, 2))) == 2


def test_reactions_of_one_member_are_read_in_one_batch(busy: Store) -> None:
    """To posts themselves and to comments, as they are asked for; what is not there is left out."""
    targets = [(POST.id, None), (POST.id, COMMENT.id), (OTHER_POST.id, None)]
    found = read(busy, lambda snapshot: list(snapshot.reactions_of(DAN, targets)))
    wanted = [reaction_of(DAN, POST), reaction_of(DAN, POST, COMMENT), reaction_of(DAN, OTHER_POST)]

    assert sorted(found, key=wanted.index) == wanted
    assert read(busy, lambda s: list(s.reactions_of(DAN, [(PostId("none"), None)]))) == []
    assert read(busy, lambda s: list(s.reactions_of(DAN, [(OTHER_POST.id, COMMENT.id)]))) == []
    assert read(busy, lambda s: list(s.reactions_of(CAT, targets))) == []
    assert read(busy, lambda s: list(s.reactions_of(DAN, []))) == []


def test_posts_and_comments_that_are_not_there_are_left_out(busy: Store) -> None:
    """A batch holds what is there and nothing else."""
    posts, comments = read(
        busy,
        lambda snapshot: (
            dict(snapshot.posts((POST.id, PostId("none")))),
            dict(snapshot.comments((COMMENT.id, CommentId("none")))),
        ),
    )

    assert posts == {POST.id: POST}
    assert comments == {COMMENT.id: COMMENT}


def test_reactions_are_apart_for_a_post_and_each_comment(busy: Store) -> None:
    """Each target has its own reactions, at most one a member, and another takes its place."""
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

    assert to_post == [(DAN, Reaction.LOVE)]
    assert to_comment == [DAN, BOB]
    assert to_other == [DAN]


def test_reactions_are_found_by_what_they_are_to_and_by_whom(busy: Store) -> None:
    """One read tells of many; those to the post itself are not those to a comment under it."""
    there = [
        reaction_of(DAN, POST),
        reaction_of(DAN, POST, COMMENT),
        reaction_of(DAN, OTHER_POST),
    ]
    missing = [reaction_of(BOB, POST), reaction_of(DAN, OTHER_POST, COMMENT)]
    keys = [reacted.key for reacted in (*there, *missing)]

    found = read(busy, lambda snapshot: dict(snapshot.reactions(keys)))

    assert found == {reacted.key: reacted for reacted in there}
    assert read(busy, lambda snapshot: snapshot.reactions(())) == {}


@pytest.mark.parametrize("target", [None, COMMENT.id], ids=["post", "comment"])
def test_a_reaction_can_be_taken_back_twice(busy: Store, target: CommentId | None) -> None:
    """Taking back what is not there changes nothing."""
    for _ in range(2):
        write(busy, lambda transaction: transaction.delete_reaction(POST.id, target, DAN))

    gone, left = read(
        busy,
        lambda snapshot: (
            list(snapshot.reactions_to(POST.id, target)),
            list(snapshot.reactions_to(POST.id, OTHER_COMMENT.id)),
        ),
    )
    assert (gone, len(left)) == ([], 1)


def test_a_deleted_post_takes_everything_about_it_along(busy: Store) -> None:
    """Its comments, their reactions and all activities about it go; other posts keep theirs."""
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

    assert (posts, comments, thread, reactions) == ({OTHER_POST.id: OTHER_POST}, {}, [], [])
    assert read(busy, lambda s: list(s.posts_of(ADA, None, 9))) == []
    assert activities(busy, ADA, CAT) == []
    assert activities(busy, BOB) == [told_of_post(OTHER_POST)]
    assert activities(busy, DAN) == [told_of_reaction(reaction_of(DAN, OTHER_POST), OTHER_POST)]


def test_a_deleted_comment_takes_what_is_about_it_along(busy: Store) -> None:
    """Its reactions and activities go; the post and its other comments keep theirs."""
    write(busy, lambda transaction: transaction.delete_comment(COMMENT.id))

    comments, thread, reactions = read(
        busy,
        lambda s: (
            dict(s.comments((COMMENT.id, OTHER_COMMENT.id))),
            list(s.comments_on(POST.id, None, None)),
            list(s.reactions_to(POST.id, COMMENT.id)),
        ),
    )

    assert (comments, thread, reactions) == ({OTHER_COMMENT.id: OTHER_COMMENT}, [OTHER_COMMENT], [])
    told = activities(busy, ADA, BOB, CAT, DAN)
    assert told_of_comment(COMMENT, POST) not in told
    assert told_of_reaction(reaction_of(DAN, POST, COMMENT), POST, COMMENT) not in told
    assert len(told) == 6


def test_a_comment_without_reactions_is_deleted(store: Store) -> None:
    """A comment on which nothing hangs goes alone."""
    write(store, lambda transaction: transaction.put_post(POST))
    write(store, lambda transaction: transaction.put_comment(COMMENT))
    write(store, lambda transaction: transaction.delete_comment(COMMENT.id))

    assert read(store, lambda s: list(s.comments_on(POST.id, None, None))) == []
