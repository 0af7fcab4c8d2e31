"""How far a member has seen their notices, and what is left unseen in a few sentences."""

from datetime import timedelta

import pytest

from connectcore import Audience, InvalidCursor
from connectcore.notices import SEEN
from tests.worlds import NOON, World, world

CAST = ("ada", "bob", "cat", "dan")


def busy() -> World:
    """Ada is told of Bob's reactions to six posts of hers, an hour apart."""
    made = world(*CAST, connected=[("bob", "ada")])
    for number in range(6):
        made.clock.forward(hours=1)
        post = made["ada"].posts.publish(f"Number {number}.")
        made["bob"].posts.react(post.id)
    return made


def test_the_unseen_are_the_first_in_the_list() -> None:
    """As many as `unseen_count` says; marking takes those up to a notice out, newer ones stay."""
    made = busy()
    notices, ids = made["ada"].notices, [each.id for each in made["ada"].notices.page().items]

    assert notices.unseen_count() == len(ids) == 6
    notices.mark_seen(up_to=ids[2])
    assert notices.unseen_count() == 2
    assert sum(group.count for group in notices.summary()) == 2
    notices.mark_seen()
    assert notices.unseen_count() == 0
    assert notices.summary() == ()
    assert [each.id for each in notices.page().items] == ids


def test_the_mark_only_moves_forward() -> None:
    """An older page, marked late, takes nothing back; marking again changes nothing."""
    made = busy()
    notices, ids = made["ada"].notices, [each.id for each in made["ada"].notices.page().items]
    notices.mark_seen(up_to=ids[1])
    notices.mark_seen(up_to=ids[1])
    notices.mark_seen(up_to=ids[4])

    assert notices.unseen_count() == 1


def test_what_comes_at_the_same_moment_is_apart() -> None:
    """The mark is a place in the list and not a moment alone."""
    made = world(*CAST)
    for inviter in ("bob", "cat", "dan"):
        made[inviter].invitations.send("ada")
    notices = made["ada"].notices
    middle = notices.page().items[1]
    notices.mark_seen(up_to=middle.id)

    assert notices.unseen_count() == 1


def test_the_mark_outlasts_the_notice_that_was_seen_last() -> None:
    """What came at its moment counts as seen once it is gone; what is newer is unseen as before."""
    made = world(*CAST)
    for inviter in ("bob", "cat"):
        made[inviter].invitations.send("ada")
    made["ada"].notices.mark_seen()
    made.clock.forward(hours=1)
    made["dan"].invitations.send("ada")
    for inviter in ("bob", "cat"):
        made[inviter].data.erase()

    assert made["ada"].notices.unseen_count() == 1
    made["dan"].data.erase()
    assert made["ada"].notices.unseen_count() == 0


def test_marking_finds_a_notice_however_old_it_is() -> None:
    """Read as far down as it takes."""
    made = world("ada", *(f"member {number}" for number in range(40)))
    for member in made.members[1:]:
        made.clock.forward(minutes=1)
        made[member].invitations.send("ada")
    oldest = made["ada"].notices.page(limit=40).items[-1]
    made["ada"].notices.mark_seen(up_to=oldest.id)

    assert made["ada"].notices.unseen_count() == 39


def test_there_may_be_nothing_to_mark() -> None:
    """Then nothing is written."""
    made = world("ada")
    made["ada"].notices.mark_seen()

    assert made.store.read(lambda snapshot: snapshot.entries(SEEN, (made["ada"].id,))) == []


def test_a_cursor_is_good_for_its_member_alone() -> None:
    """Whoever takes one from somebody else starts again without."""
    made = busy()
    page = made["ada"].notices.page(limit=2)
    assert page.next is not None

    with pytest.raises(InvalidCursor):
        made["bob"].notices.page(after=page.next)
    assert len(made["ada"].notices.page(limit=9, after=page.next).items) == 4


def test_what_is_alike_is_one_sentence() -> None:
    """Newest first, in names as the member may see them."""
    made = world(*CAST, connected=[("bob", "ada")])
    for inviter in ("cat", "dan"):
        made[inviter].invitations.send("ada")
    post = made["ada"].posts.publish("Hello.", audience=Audience.MEMBERS)
    for number, member in enumerate(CAST[1:]):
        made.clock.now = NOON + timedelta(hours=number)
        made[member].posts.react(post.id)

    assert [str(group) for group in made["ada"].notices.summary()] == [
        "Dan Example and 2 others reacted to your post",
        "You have 2 invitations",
    ]
