"""Blocks: for each of the two the other no longer exists, and nobody is told."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from connectcore import (
    Audience,
    BlocksAtMost,
    ConnectionRules,
    InvalidCursor,
    MemberBlocked,
    NotFound,
    PendingInvitation,
    Refused,
    Settings,
)
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    OWN_READS,
    READS_OF_A_MEMBER,
    READS_OF_A_POST,
    answer,
    everything,
    seen_by,
)
from tests.worlds import NOON, World, world

OPEN_BOOK = Settings(
    connections=Audience.EVERYONE, activities=Audience.EVERYONE, posts=Audience.EVERYONE
)

BLOCKING = [("ada", "grace"), ("grace", "ada")]
"""Whoever of the two blocks the other, Ada is the one who looks."""

NAMING_OTHERS = {"feed.page", "feed.page top", "connections.suggestions"}
"""The own reads that name members with whom nothing is between."""


def town() -> World:
    """Ada and Grace are connected, and share Mary and Tim; all are open to everyone."""
    made = world(
        "ada",
        "grace",
        "mary",
        "tim",
        connected=[
            ("ada", "grace"),
            ("ada", "mary"),
            ("mary", "grace"),
            ("tim", "grace"),
            ("tim", "ada"),
        ],
        settings=OPEN_BOOK,
    )
    post = made["mary"].posts.publish("By Mary.")
    made["grace"].posts.react(post.id)
    comment = made["grace"].posts.comment(post.id, "By Grace.")
    made["mary"].posts.comment(comment.id, "To Grace.")
    made["tim"].posts.react(comment.id)
    made["grace"].posts.publish("By Grace, too.")
    made.clock.forward(hours=1)
    return made


def posts_in(made: World, author: str) -> list[str]:
    """The posts of *author*, and the comments under them, as Mary sees them."""
    posts = [post.id for post in made["mary"].posts.page(author).items]
    return [
        *posts,
        *(comment.id for post in posts for comment in made["mary"].posts.comments(post).items),
    ]


def names_grace(value: object) -> bool:
    """Whether anything in an answer names Grace."""
    return "grace" in repr(value)


@pytest.mark.parametrize(("blocker", "blocked"), BLOCKING)
def test_a_block_ends_everything_between_the_two(blocker: str, blocked: str) -> None:
    """Connection and follows end at once, for both."""
    made = town()

    made[blocker].blocks.add(blocked)

    for one, other in BLOCKING:
        assert other not in {entry.member for entry in made[one].connections.page().items}
        assert other not in made[one].follows.following()


@pytest.mark.parametrize(("blocker", "blocked"), BLOCKING)
@pytest.mark.parametrize("sender", ["ada", "grace"])
def test_a_block_ends_an_invitation(blocker: str, blocked: str, sender: str) -> None:
    """Whoever sent it, it is in nobody's list any more."""
    made = world("ada", "grace")
    made[sender].invitations.send("grace" if sender == "ada" else "ada")

    made[blocker].blocks.add(blocked)

    for member in ("ada", "grace"):
        assert made[member].invitations.sent().items == ()
        assert made[member].invitations.received().items == ()


@pytest.mark.parametrize(("blocker", "blocked"), BLOCKING)
def test_no_read_names_the_other_after_a_block(blocker: str, blocked: str) -> None:
    """Nothing that Ada can read names Grace in any way, but for her own block and her asking."""
    made = town()
    targets = [*posts_in(made, "mary"), *posts_in(made, "grace"), *posts_in(made, "tim")]
    made[blocker].blocks.add(blocked)

    seen = seen_by(made["ada"], ["mary", "tim", "ada"], targets)

    own_block = seen.pop("blocks.page")
    export: Any = seen["data.export"]
    seen["data.export"] = {**export, "blocks": None}
    assert names_grace(own_block) is names_grace(export["blocks"]) is (blocker == "ada")
    assert [name for name, value in seen.items() if names_grace(value)] == []


@pytest.mark.parametrize(("blocker", "blocked"), BLOCKING)
@pytest.mark.parametrize("name", READS_OF_A_MEMBER)
def test_every_read_of_the_other_is_as_of_one_who_never_was(
    blocker: str, blocked: str, name: str
) -> None:
    """Asking for somebody on the other side of a block is asking for an id that never existed."""
    made = town()
    made[blocker].blocks.add(blocked)
    if blocker == "ada":
        made["ada"].blocks.add("nobody")
    read = READS_OF_A_MEMBER[name]

    of_grace = answer(lambda: read(made["ada"], "grace"))

    assert of_grace == answer(lambda: read(made["ada"], "nobody"))
    assert not names_grace(of_grace)


@pytest.mark.parametrize("name", [*READS_OF_A_POST, *ACTS_ON_A_POST])
@pytest.mark.parametrize(("blocker", "blocked"), BLOCKING)
def test_posts_and_comments_of_the_other_never_were(name: str, blocker: str, blocked: str) -> None:
    """Every read of and act on what the other wrote answers as for an id that never existed."""
    made = town()
    written = [*posts_in(made, "grace"), posts_in(made, "mary")[-1]]
    assert made["mary"].posts.comments(posts_in(made, "mary")[0]).items[-1].author == "grace"
    made[blocker].blocks.add(blocked)
    call = {**READS_OF_A_POST, **ACTS_ON_A_POST}[name]

    for target in written:
        there = answer(partial(call, made["ada"], target))
        assert there == answer(partial(call, made["ada"], "no such post"))
        assert there == (NotFound, str(NotFound()))


@pytest.mark.parametrize("name", ACTS_ON_A_MEMBER)
def test_every_act_on_one_who_blocked_is_as_on_one_who_never_was(name: str) -> None:
    """What a blocked member tries has the outcome that it has with an id that never existed."""
    made = town()
    made["grace"].blocks.add("ada")
    act = ACTS_ON_A_MEMBER[name]

    on_grace = answer(lambda: act(made["ada"], "grace"))
    on_nobody = answer(lambda: act(made["ada"], "nobody"))

    assert on_grace == on_nobody


@pytest.mark.parametrize("name", ACTS_ON_A_MEMBER)
def test_after_blocking_back_and_unblocking_the_other_is_still_gone(name: str) -> None:
    """One's own block, set and lifted, tells nothing of the block of the other."""
    made = town()
    made["grace"].blocks.add("ada")
    for other in ("grace", "nobody"):
        made["ada"].blocks.add(other)
    act = ACTS_ON_A_MEMBER[name]
    assert answer(lambda: act(made["ada"], "grace")) == answer(lambda: act(made["ada"], "nobody"))
    for other in ("grace", "nobody"):
        made["ada"].blocks.remove(other)

    on_grace = answer(lambda: act(made["ada"], "grace"))

    assert on_grace == answer(lambda: act(made["ada"], "nobody"))
    for read in READS_OF_A_MEMBER.values():
        of_grace, of_nobody = (answer(partial(read, made["ada"], of)) for of in ("grace", "nobody"))
        assert of_grace == of_nobody


@pytest.mark.parametrize("name", sorted(set(ACTS_ON_A_MEMBER) - {"blocks.add", "blocks.remove"}))
def test_a_blocker_is_told_to_unblock_first(name: str) -> None:
    """Who blocks somebody hears of their own block, except where they only keep things in order.

    To mute or unmute somebody, or to mark what they wrote as read, is nothing between the two.
    """
    made = town()
    made["grace"].blocks.add("ada")

    outcome = answer(lambda: ACTS_ON_A_MEMBER[name](made["grace"], "ada"))

    match name:
        case "follows.unmute":
            assert outcome is None
        case "follows.mute" | "messages.mark_read":
            assert outcome == (NotFound, str(NotFound()))
        case _:
            assert outcome == (Refused, "You blocked this member; unblock them first.")


@pytest.mark.parametrize(("blocker", "blocked"), BLOCKING)
def test_third_parties_still_see_both(blocker: str, blocked: str) -> None:
    """What others see of the two changes in that they are no longer connected, and in no other way."""
    blocked_town, parted_town = town(), town()
    blocked_town[blocker].blocks.add(blocked)
    parted_town[blocker].connections.remove(blocked)
    posts = [*posts_in(parted_town, "mary"), *posts_in(parted_town, "grace")]

    seen, expected = everything(blocked_town, posts=posts), everything(parted_town, posts=posts)

    for viewer in ("mary", "tim", "a visitor"):
        assert seen[viewer] == expected[viewer]


def test_counts_leave_the_other_out() -> None:
    """Reactions, comments and connections are counted as they are listed."""
    made = town()
    post = posts_in(made, "mary")[0]
    assert made["ada"].posts.read(post).comments == 2
    made["grace"].blocks.add("ada")

    seen = made["ada"].posts.read(post)

    assert (seen.comments, seen.reactions) == (1, ())
    assert [comment.author for comment in made["ada"].posts.comments(post).items] == ["mary"]
    assert made["ada"].posts.comments(post).items[0].reply_to is None
    assert made["ada"].connections.count("mary") == 1
    assert made["mary"].connections.count("mary") == 2


def test_nobody_is_introduced_through_or_suggested_across_a_block() -> None:
    """Neither of the two is suggested to the other, nor leads anybody to the other."""
    made = world(
        "ada",
        "grace",
        "mary",
        "bob",
        connected=[("ada", "mary"), ("mary", "grace"), ("grace", "bob")],
        settings=OPEN_BOOK,
    )
    assert made["ada"].connections.path("bob") == ("ada", "mary", "grace", "bob")
    assert [s.member for s in made["ada"].connections.suggestions()] == ["grace"]

    made["grace"].blocks.add("ada")

    assert made["ada"].connections.path("bob") is None
    assert made["bob"].connections.path("ada") is None
    assert made["ada"].connections.degree("bob") == made["bob"].connections.degree("ada") == 4
    assert made["ada"].connections.suggestions() == made["grace"].connections.suggestions() == ()


def test_anybody_can_be_blocked() -> None:
    """There or not: the answer and the list do not tell the two apart."""
    made = world("ada", "grace")

    for anybody in ("grace", "nobody"):
        made["ada"].blocks.add(anybody)

    blocks = made["ada"].blocks.page().items
    assert blocks == tuple(MemberBlocked(by="ada", to=to, at=NOON) for to in ("nobody", "grace"))


def test_blocking_again_changes_nothing() -> None:
    """A block that stands keeps its moment."""
    made = world("ada", "grace")
    made["ada"].blocks.add("grace")
    made["ada"].blocks.add("grace", at=NOON + timedelta(days=3))

    assert [block.at for block in made["ada"].blocks.page().items] == [NOON]


def test_unblocking_restores_nothing() -> None:
    """The two are strangers; what was between them is gone, and all may begin again."""
    made = town()
    made["grace"].blocks.add("ada")
    made["grace"].blocks.remove("ada")
    made["grace"].blocks.remove("ada")

    assert made["grace"].blocks.page().items == ()
    assert made["ada"].connections.degree("grace") == 2
    assert "grace" not in made["ada"].follows.following()
    assert isinstance(made["ada"].invitations.send("grace"), PendingInvitation)


def test_each_of_the_two_lifts_only_their_own_block() -> None:
    """A pair stays apart until both have lifted theirs; nobody sees or lifts the other's."""
    made = world("ada", "grace")
    made["ada"].blocks.add("grace")
    made["grace"].blocks.add("ada")

    made["grace"].blocks.remove("ada")
    assert answer(lambda: made["grace"].profiles.view("ada")) == (NotFound, str(NotFound()))
    assert made["grace"].blocks.page().items == ()
    assert len(made["ada"].blocks.page().items) == 1

    made["ada"].blocks.remove("grace")
    assert made["grace"].profiles.view("ada").member == "ada"


def test_blocking_anew_has_a_wait() -> None:
    """48 hours after unblocking the same member may be blocked again, and not before."""
    made = world("ada", "grace", "bob")
    made["ada"].blocks.add("grace")
    made["ada"].blocks.remove("grace")

    with pytest.raises(Refused, match="unblocked this member a short while ago") as refused:
        made["ada"].blocks.add("grace")

    assert refused.value.verdict.possible_at == NOON + timedelta(hours=48)
    made["ada"].blocks.add("bob")
    made.clock.forward(hours=48)
    made["ada"].blocks.add("grace")


def test_a_list_of_blocks_has_a_size() -> None:
    """One block too many is refused until another is lifted."""
    rules = ConnectionRules(blocking=(BlocksAtMost(1),))
    made = world("ada", rules=rules)
    made["ada"].blocks.add("one")

    with pytest.raises(Refused, match="You may block 1 members"):
        made["ada"].blocks.add("two")
    made["ada"].blocks.remove("one")
    made["ada"].blocks.add("two")

    assert [block.to for block in made["ada"].blocks.page().items] == ["two"]


def test_blocks_are_read_a_page_at_a_time() -> None:
    """Newest first, and by nobody else's cursor."""
    made = world("ada", "grace")
    for number in range(5):
        made["ada"].blocks.add(f"pest-{number}", at=NOON + timedelta(hours=number))

    first = made["ada"].blocks.page(limit=3)
    second = made["ada"].blocks.page(limit=3, after=first.next)

    blocked = [block.to for block in (*first.items, *second.items)]
    assert blocked == [f"pest-{number}" for number in (4, 3, 2, 1, 0)]
    with pytest.raises(InvalidCursor):
        made["grace"].blocks.page(after=first.next)


@pytest.mark.parametrize("name", OWN_READS)
def test_what_the_blocked_one_reads_of_their_own_is_what_parting_leaves(name: str) -> None:
    """Own lists are those of somebody whose connection ended, and no list of others names Grace."""
    blocked, parted = town(), town()
    blocked["grace"].blocks.add("ada")
    parted["grace"].connections.remove("ada")

    seen, expected = (answer(partial(OWN_READS[name], made["ada"])) for made in (blocked, parted))

    if name in NAMING_OTHERS:
        assert names_grace(expected)
        assert not names_grace(seen)
    else:
        assert seen == expected


def test_blocking_whom_one_invited_is_no_way_round_the_wait() -> None:
    """It takes the invitation back, so after unblocking there is the wait as after withdrawing."""
    made = world("ada", "bob")
    made["ada"].invitations.send("bob")
    made["ada"].blocks.add("bob")
    made["ada"].blocks.remove("bob")

    refusals = made["ada"].invitations.may_send("bob").refusals
    assert [(entry.code, entry.possible_at) for entry in refusals] == [
        ("withdrawn", NOON + timedelta(weeks=3))
    ]
    assert made["bob"].invitations.may_send("ada").allowed
