"""Notices: who is told what, what is told of nobody, and how far a member has seen it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import pytest

from connectcore import (
    Audience,
    Channel,
    Loadable,
    Member,
    MemberId,
    Notice,
    NoticeKind,
    NoticePreferences,
    Profile,
    Reaction,
)
from connectcore.notices import NOTICES
from tests.worlds import World, profile_of, world

CAST = ("ada", "bob", "cat", "dan")
STORY = Callable[[World], object]


def town() -> World:
    """Bob is connected with Ada and with Cat; there is a post of Ada's with a comment of Bob's."""
    made = world(*CAST, connected=[("ada", "bob"), ("bob", "cat")])
    made["ada"].posts.publish("Hello.", audience=Audience.MEMBERS)
    made["bob"].posts.comment(posts_of(made)[0], "Hi.")
    made.clock.forward(hours=1)
    return made


def posts_of(made: World) -> tuple[str, str]:
    """The ids of the post and of the comment, if there is one yet."""
    (post,) = made["ada"].posts.page("ada").items
    comments = made["ada"].posts.comments(post.id).items
    return post.id, comments[-1].id if comments else ""


def told(made: World, member: str) -> list[tuple[str, str]]:
    """Of what kind and by whom the notices of a member are, newest first."""
    return [(each.kind.value, each.actor) for each in made[member].notices.page().items]


def stored(made: World) -> list[Notice]:
    """Every notice in the store, listed or not."""
    everybody = tuple(map(MemberId, CAST))
    return [*made.store.read(lambda snapshot: snapshot.entries(NOTICES, everybody))]


def everybody_told(made: World) -> Mapping[str, Sequence[Notice]]:
    """All the notices that each member reads."""
    return {member: made[member].notices.page().items for member in CAST}


def news(before: Mapping[str, Sequence[Notice]], made: World) -> list[tuple[str, str, str]]:
    """Who is told what of whom, that was not told *before*."""
    return [
        (member, notice.kind.value, notice.actor)
        for member, notices in everybody_told(made).items()
        for notice in notices
        if notice not in before[member]
    ]


def quietly(made: World) -> None:
    """Do all that concerns others and is told to nobody."""
    made["cat"].follows.follow("ada")
    made["cat"].follows.unfollow("ada")
    made["cat"].follows.mute("ada")
    made["cat"].posts.publish("Mine.")
    made["bob"].connections.remove("cat")
    made["dan"].blocks.add("cat")
    made["dan"].blocks.remove("cat")


TELLING: Mapping[str, tuple[STORY, Sequence[tuple[str, str, str]]]] = {
    "an invitation": (
        lambda made: made["dan"].invitations.send("ada"),
        [("ada", "invitation_received", "dan")],
    ),
    "an invitation accepted": (
        lambda made: made.connect(("dan", "ada")),
        [("dan", "invitation_accepted", "ada")],
    ),
    "an invitation that crosses another": (
        lambda made: [
            made["dan"].invitations.send("ada"),
            made["ada"].invitations.send("dan"),
        ],
        [("dan", "invitation_accepted", "ada")],
    ),
    "a reaction to a post": (
        lambda made: made["cat"].posts.react(posts_of(made)[0]),
        [("ada", "post_reacted_to", "cat")],
    ),
    "a reaction to a comment": (
        lambda made: made["cat"].posts.react(posts_of(made)[1]),
        [("bob", "comment_reacted_to", "cat")],
    ),
    "a comment": (
        lambda made: made["cat"].posts.comment(posts_of(made)[0], "Hello."),
        [("ada", "post_commented_on", "cat")],
    ),
    "a reply": (
        lambda made: made["cat"].posts.comment(posts_of(made)[1], "Hello."),
        [("ada", "post_commented_on", "cat"), ("bob", "comment_replied_to", "cat")],
    ),
    "a reply by the author of the post": (
        lambda made: made["ada"].posts.comment(posts_of(made)[1], "Thanks."),
        [("bob", "comment_replied_to", "ada")],
    ),
    "a reply to the author of the post": (
        lambda made: made["cat"].posts.comment(
            made["ada"].posts.comment(posts_of(made)[0], "Anybody?").id, "Me."
        ),
        [("ada", "comment_replied_to", "cat")],
    ),
    "one's own comments and reactions": (
        lambda made: [
            made["ada"].posts.react(posts_of(made)[0]),
            made["ada"].posts.comment(posts_of(made)[0], "To myself."),
            made["bob"].posts.react(posts_of(made)[1]),
        ],
        [],
    ),
    "whatever nobody is told": (quietly, []),
}
"""What happens in the town, and who is told what of whom."""


@pytest.mark.parametrize("name", TELLING)
def test_whom_it_concerns_is_told(name: str) -> None:
    """The one who is invited, accepted, answered or reacted to, and nobody else."""
    made, (happen, expected) = town(), TELLING[name]
    before = everybody_told(made)
    happen(made)

    assert news(before, made) == expected


UNTELLING: Mapping[str, tuple[STORY, STORY]] = {
    "withdrawing": (
        lambda made: made["dan"].invitations.send("ada"),
        lambda made: made["dan"].invitations.withdraw("ada"),
    ),
    "expiring": (
        lambda made: made["dan"].invitations.send("ada"),
        lambda made: made.clock.forward(days=180),
    ),
    "ignoring": (
        lambda made: made["dan"].invitations.send("ada"),
        lambda made: made["ada"].invitations.ignore("dan"),
    ),
    "reporting": (
        lambda made: made["dan"].invitations.send("ada"),
        lambda made: made["ada"].invitations.report("dan"),
    ),
    "blocking whom one invited": (
        lambda made: made["dan"].invitations.send("ada"),
        lambda made: made["dan"].blocks.add("ada"),
    ),
    "blocking whoever invited": (
        lambda made: made["dan"].invitations.send("ada"),
        lambda made: made["ada"].blocks.add("dan"),
    ),
    "removing": (
        lambda made: made.connect(("dan", "ada")),
        lambda made: made["ada"].connections.remove("dan"),
    ),
    "taking a reaction back": (
        lambda made: made["cat"].posts.react(posts_of(made)[0]),
        lambda made: made["cat"].posts.unreact(posts_of(made)[0]),
    ),
    "taking a reaction to a comment back": (
        lambda made: made["cat"].posts.react(posts_of(made)[1]),
        lambda made: made["cat"].posts.unreact(posts_of(made)[1]),
    ),
    "taking a reply back": (
        lambda made: made["cat"].posts.comment(posts_of(made)[1], "Hello."),
        lambda made: made["cat"].posts.retract(
            made["cat"].posts.comments(posts_of(made)[0]).items[0].id
        ),
    ),
}
"""What happens in the town, and what undoes it."""


@pytest.mark.parametrize("name", UNTELLING)
def test_what_is_undone_is_untold(name: str) -> None:
    """Afterwards everybody reads what they read before, and no store keeps anything of it."""
    made, (do, undo) = town(), UNTELLING[name]
    before = everybody_told(made)
    kept = stored(made)
    do(made)
    assert everybody_told(made) != before

    undo(made)
    assert everybody_told(made) == before
    if name != "expiring":
        assert stored(made) == kept


def test_an_invitation_that_expired_is_struck_when_the_next_is_sent() -> None:
    """What was only passed over before; the next one is told anew, once."""
    made = town()
    made["dan"].invitations.send("ada")
    first = made["ada"].notices.page().items[0]
    made.clock.forward(days=200)
    made["dan"].invitations.send("ada")
    second = made["ada"].notices.page().items[0]

    assert second.at == first.at + timedelta(days=200)
    assert stored(made).count(second) == 1
    assert first not in stored(made)


@pytest.mark.parametrize("which", [0, 1], ids=["post", "comment"])
def test_what_hangs_on_something_retracted_is_untold(which: int) -> None:
    """Reactions, comments, replies, and reactions to those, each to whomever it was told."""
    made = world(*CAST, connected=[("ada", "bob"), ("bob", "cat")])
    post = made["ada"].posts.publish("Hello.", audience=Audience.MEMBERS)
    if which == 1:
        made["cat"].posts.react(post.id)
        made["cat"].posts.comment(post.id, "That stays.")
    before = stored(made)
    comment = made["bob"].posts.comment(post.id, "Hi.")
    reply = made["cat"].posts.comment(comment.id, "Hello.")
    made["dan"].posts.react(reply.id)
    made["bob"].posts.comment(reply.id, "Well.")
    target = (post.id, comment.id)[which]
    made["dan"].posts.react(target)
    assert len(stored(made)) == len(before) + 7

    made["ada"].posts.retract(target)
    assert stored(made) == before


def test_another_reaction_is_no_news() -> None:
    """Who reacts differently has been told of already."""
    made = town()
    post, _ = posts_of(made)
    made["cat"].posts.react(post)
    before = everybody_told(made)
    made.clock.forward(hours=1)
    made["cat"].posts.react(post, Reaction.LOVE)

    assert everybody_told(made) == before


def test_history_that_is_loaded_is_told_to_nobody() -> None:
    """What happened elsewhere is no news here."""
    made, source = world(), town()
    post, _ = posts_of(source)
    loaded: list[Loadable[Profile]] = [
        *(Member(member, profile_of(member)) for member in CAST),
        *source["bob"].connections.page().items,
        source["ada"].posts.read(post).post,
        *source["ada"].posts.comments(post).items,
        source["cat"].posts.react(post),
    ]

    assert made.network.load(loaded).left_out == ()
    assert [made[member].notices.page().items for member in CAST] == [()] * 4


# ── Preferences ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("channels", "listed"),
    [((), 0), ({Channel.IN_APP}, 1), ({Channel.EMAIL}, 0), (Channel, 1)],
    ids=["none", "in the application", "mail alone", "all"],
)
def test_a_notice_is_listed_if_it_was_wanted_in_the_application(
    channels: frozenset[Channel], listed: int
) -> None:
    """When it happened: what was chosen later changes nothing about it."""
    made = world("ada", "bob")
    chosen = NoticePreferences(channels={NoticeKind.INVITATION_RECEIVED: channels})
    made["ada"].settings.change(notices=chosen)
    made["bob"].invitations.send("ada")
    made["ada"].settings.change(notices=NoticePreferences())

    assert len(made["ada"].notices.page().items) == made["ada"].notices.unseen_count() == listed
    assert len(made.store.read(lambda s: s.entries(NOTICES, (made["ada"].id,)))) == bool(channels)
