"""What is written in great numbers, as every store keeps it."""

import pytest
from attrs import evolve

from connectcore import ConnectionMade, InvalidValue, MemberId
from connectcore.storage import Store, Transaction
from connectcore.testing.conformance.keeping import (
    ADA,
    BOB,
    CAT,
    comment_of,
    connecting,
    day,
    happen,
    member_of,
    post_of,
    read,
    write,
)

CROWD = [MemberId(f"member-{number:03}") for number in range(120)]


def test_many_things_written_at_once_are_kept_as_they_are(store: Store) -> None:
    """Whatever the number: moments, flags and ends that are not there come back as they were."""
    histories = [connecting(ADA, other, day(number)) for number, other in enumerate(CROWD)]
    told = [
        ConnectionMade(id=f"{number:03}", actor=ADA, member=other, at=day(number))
        for number, other in enumerate(CROWD)
    ]

    def unit(transaction: Transaction) -> None:
        for other, activity in zip(CROWD, told, strict=True):
            transaction.put_member(member_of(other))
            transaction.publish(activity)
            transaction.mute(ADA, other, None)

    write(store, unit)
    happen(store, *(event for history in histories for event in history))

    members, activities, mutes, connections = read(
        store,
        lambda snapshot: (
            dict(snapshot.members(CROWD)),
            list(snapshot.activities_of((ADA,), None, 1000)),
            dict(snapshot.mutes(ADA)),
            [(each.member, each.since) for each in snapshot.connections(ADA, None, None)],
        ),
    )

    assert members == {member: member_of(member) for member in CROWD}
    assert activities == told[::-1]
    assert mutes == dict.fromkeys(CROWD)
    assert connections == [(other, day(number)) for number, other in enumerate(CROWD)][::-1]


def test_what_is_taken_back_among_many_is_gone(store: Store) -> None:
    """However much was written in between, what is done to one thing is done in its order."""
    again = CROWD[1]

    def unit(transaction: Transaction) -> None:
        for other in CROWD:
            transaction.mute(ADA, other, None)
        for other in CROWD[:2]:
            transaction.unmute(ADA, other)
        transaction.mute(ADA, again, None)

    write(store, unit)

    assert read(store, lambda snapshot: set(snapshot.mutes(ADA))) == set(CROWD[1:])


def test_of_what_is_written_twice_at_once_the_last_stays(store: Store) -> None:
    """A later value takes the place of an earlier one, also among many that go together."""
    first = [member_of(member) for member in CROWD]
    second = [evolve(member, joined_at=day(7)) for member in first[::2]]

    def unit(transaction: Transaction) -> None:
        for member in (*first, *second):
            transaction.put_member(member)

    write(store, unit)

    found = read(store, lambda snapshot: dict(snapshot.members(CROWD)))
    assert [found[member].joined_at == day(7) for member in CROWD] == [True, False] * 60


@pytest.mark.parametrize("others", [0, 1, 5])
def test_an_id_that_is_taken_fails_the_unit(store: Store, others: int) -> None:
    """Two posts cannot have one id, nor two comments; nothing of the unit is kept."""
    post = post_of(ADA)
    comment = comment_of(BOB, post)
    write(store, lambda transaction: transaction.put_post(post))
    write(store, lambda transaction: transaction.put_comment(comment))

    def posting(transaction: Transaction) -> None:
        for number in range(others):
            transaction.put_post(post_of(CAT, number))
        transaction.put_post(evolve(post, author=BOB))

    def commenting(transaction: Transaction) -> None:
        for number in range(others):
            transaction.put_comment(comment_of(CAT, post, number))
        transaction.put_comment(evolve(comment, author=CAT))

    for unit in (posting, commenting):
        with pytest.raises(InvalidValue, match="is taken; new_id must never give one twice"):
            write(store, unit)

    posts, comments = read(
        store,
        lambda snapshot: (
            list(snapshot.posts_of(CAT, None, 9)),
            list(snapshot.comments_on(post.id, None, None)),
        ),
    )
    assert (posts, comments) == ([], [comment])


def test_a_write_that_names_nobody_is_a_write(store: Store) -> None:
    """There is nobody to be kept apart, and what is written is kept."""
    store.write((), lambda transaction: transaction.put_member(member_of(ADA)))

    assert read(store, lambda snapshot: set(snapshot.members((ADA,)))) == {ADA}
