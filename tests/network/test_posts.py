"""Posts: published for an audience, reacted to, commented on, and taken back."""

from datetime import timedelta
from functools import partial

import pytest

from connectcore import (
    ActingMember,
    Audience,
    AudienceOutOfBounds,
    Bounds,
    InvalidValue,
    Network,
    NotFound,
    Post,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    Profile,
    Reaction,
    VisibilityPolicy,
)
from tests.stores.keeping import contents
from tests.surface import ACTS_ON_A_POST, READS_OF_A_POST, answer
from tests.worlds import NOON, World, world

RING = [("ada", "bob"), ("bob", "cat"), ("cat", "dan")]


@pytest.fixture(name="made")
def _made() -> World:
    """Give Ada with a first, a second and a third degree, and Eve out of network."""
    return world("ada", "bob", "cat", "dan", "eve", connected=RING)


NOT_THERE = (NotFound, str(NotFound()))


# ── Publishing ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("audience", Audience)
def test_a_post_is_there_for_its_audience_alone(made: World, audience: Audience) -> None:
    """Inside it everybody reads and lists the post; outside it there never was one."""
    post = made["ada"].posts.publish("Hello.", audience=audience)
    viewers = dict(zip(Audience, ("ada", "bob", "cat", "dan", "eve"), strict=False))

    for circle, name in viewers.items():
        viewer = made[name]
        is_open = circle <= audience
        assert viewer.posts.page("ada").items == ((post,) if is_open else ())
        for read in READS_OF_A_POST.values():
            assert (answer(partial(read, viewer, post.id)) != NOT_THERE) is is_open
    read_by_visitor = answer(lambda: made.visitor.posts.read(post.id))
    assert (read_by_visitor != NOT_THERE) is (audience is Audience.EVERYONE)


def test_a_post_without_an_audience_has_that_of_the_settings(made: World) -> None:
    """The member's choice counts at the moment of publishing, and not for older posts."""
    first = made["ada"].posts.publish("First.")
    made["ada"].settings.change(posts=Audience.MEMBERS)
    second = made["ada"].posts.publish("Second.", at=NOON + timedelta(hours=1))

    assert (first.audience, second.audience) == (Audience.CONNECTIONS, Audience.MEMBERS)
    assert second == Post(
        id=second.id,
        author="ada",
        at=NOON + timedelta(hours=1),
        text="Second.",
        audience=Audience.MEMBERS,
    )
    assert made["eve"].posts.page("ada").items == (second,)


def test_the_policy_bounds_the_audience_of_posts() -> None:
    """A wider one than the policy allows is refused, and nothing is published."""
    policy = VisibilityPolicy(bounds={"posts": Bounds(widest=Audience.MEMBERS)})
    made = world("ada", visibility=policy)

    with pytest.raises(AudienceOutOfBounds, match="'posts' cannot be shown to everyone"):
        made["ada"].posts.publish("Hello.", audience=Audience.EVERYONE)

    assert made["ada"].posts.page("ada").items == ()


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_post_has_a_text(made: World, text: str) -> None:
    """Nothing but space is no post and no comment."""
    post = made["ada"].posts.publish("Hello.")
    before = contents(made.store)

    with pytest.raises(InvalidValue, match="there is no text"):
        made["ada"].posts.publish(text)
    with pytest.raises(InvalidValue, match="there is no text"):
        made["ada"].posts.comment(post.id, text)

    assert contents(made.store) == before


def test_posts_are_read_a_page_at_a_time(made: World) -> None:
    """Newest first; what the viewer may not see does not shorten a page."""
    for number in range(9):
        audience = Audience.MEMBERS if number % 3 == 0 else Audience.ONLY_ME
        at = NOON + timedelta(hours=number)
        made["ada"].posts.publish(f"Number {number}.", audience=audience, at=at)

    first = made["eve"].posts.page("ada", limit=2)
    second = made["eve"].posts.page("ada", limit=2, after=first.next)

    assert [post.text for post in first.items] == ["Number 6.", "Number 3."]
    assert ([post.text for post in second.items], second.next) == (["Number 0."], None)


# ── Reactions ───────────────────────────────────────────────────────────────────────────────────


def test_there_are_six_reactions_and_each_is_counted() -> None:
    """Counts come by kind, in one order, and say what the list says."""
    members = [f"reader-{number}" for number in range(7)]
    crowd = world("ada", *members)
    post = crowd["ada"].posts.publish("Hello.", audience=Audience.MEMBERS)
    for member, reaction in zip(members, [*Reaction, Reaction.LIKE], strict=True):
        crowd[member].posts.react(post.id, reaction)

    counts = crowd["ada"].posts.read(post.id).reactions
    listed = [entry.reaction for entry in crowd["ada"].posts.reactions(post.id).items]

    assert len(Reaction) == 6
    assert counts == tuple((kind, 2 if kind is Reaction.LIKE else 1) for kind in Reaction)
    assert counts == tuple((kind, listed.count(kind)) for kind in Reaction)


def test_another_reaction_takes_the_place_of_the_first(made: World) -> None:
    """A member has one reaction to a post; the same one again changes nothing, another is no news."""
    post = made["ada"].posts.publish("Hello.")
    first = made["bob"].posts.react(post.id)
    made.clock.forward(hours=1)

    assert made["bob"].posts.react(post.id, Reaction.LIKE) == first
    second = made["bob"].posts.react(post.id, Reaction.FUNNY)

    assert made["ada"].posts.reactions(post.id).items == (second,)
    told = [a for a in made["ada"].activities.page("bob").items if isinstance(a, PostReactedTo)]
    assert [activity.at for activity in told] == [first.at]


def test_a_reaction_is_taken_back_with_what_told_of_it(made: World) -> None:
    """No count and no feed knows of it any more; a second time changes nothing."""
    post = made["ada"].posts.publish("Hello.")
    made["bob"].posts.react(post.id)
    assert told_in_feed(made, "ada", PostReactedTo)

    made["bob"].posts.unreact(post.id)
    made["bob"].posts.unreact(post.id)

    assert made["ada"].posts.read(post.id).reactions == ()
    assert not told_in_feed(made, "ada", PostReactedTo)


def test_reactions_are_read_a_page_at_a_time() -> None:
    """Newest first."""
    members = [f"reader-{number}" for number in range(5)]
    crowd = world("ada", *members)
    post = crowd["ada"].posts.publish("Hello.", audience=Audience.MEMBERS)
    for member in members:
        crowd.clock.forward(minutes=1)
        crowd[member].posts.react(post.id)

    first = crowd["ada"].posts.reactions(post.id, limit=3)
    second = crowd["ada"].posts.reactions(post.id, limit=3, after=first.next)

    read = [entry.member for entry in (*first.items, *second.items)]
    assert read == list(reversed(members))


# ── Comments ────────────────────────────────────────────────────────────────────────────────────


def test_comments_and_replies_hang_on_the_post(made: World) -> None:
    """A reply names the comment it answers; both are listed under the post and counted there."""
    post = made["ada"].posts.publish("Hello.")
    comment = made["bob"].posts.comment(post.id, "Hi.")
    reply = made["ada"].posts.comment(comment.id, "Thanks.", at=NOON + timedelta(hours=1))

    assert (comment.post, comment.reply_to) == (post.id, None)
    assert (reply.post, reply.reply_to) == (post.id, comment.id)
    assert made["bob"].posts.comments(post.id).items == (reply, comment)
    assert made["bob"].posts.read(post.id).comments == 2


def test_comments_have_reactions_of_their_own(made: World) -> None:
    """Reacting to a comment counts for it and not for the post, and the feed names its author."""
    post = made["ada"].posts.publish("Hello.")
    comment = made["bob"].posts.comment(post.id, "Hi.")
    made["ada"].posts.react(comment.id, Reaction.LOVE)

    assert made["bob"].posts.read(comment.id).reactions == ((Reaction.LOVE, 1),)
    assert made["bob"].posts.read(post.id).reactions == ()
    (told,) = told_in_feed(made, "bob", PostReactedTo)
    assert isinstance(told, PostReactedTo)
    assert (told.post, told.comment, told.commenter) == (post.id, comment.id, "bob")


def test_who_may_not_read_a_post_may_not_touch_it(made: World) -> None:
    """Reacting, commenting and retracting answer as if there were no such post."""
    post = made["ada"].posts.publish("Hello.")
    before = contents(made.store)

    for act in ACTS_ON_A_POST.values():
        assert answer(partial(act, made["eve"], post.id)) == NOT_THERE

    assert contents(made.store) == before


# ── Taking back ─────────────────────────────────────────────────────────────────────────────────


def test_a_retracted_post_takes_everything_with_it(made: World) -> None:
    """Comments, reactions and all that feeds told of them are gone, for everybody."""
    before = contents(made.store)
    post = made["ada"].posts.publish("Hello.")
    comment = made["bob"].posts.comment(post.id, "Hi.")
    made["bob"].posts.react(post.id)
    made["ada"].posts.react(comment.id)

    made["ada"].posts.retract(post.id)

    assert contents(made.store) == before
    for target in (post.id, comment.id):
        for read in READS_OF_A_POST.values():
            assert answer(partial(read, made["ada"], target)) == NOT_THERE


@pytest.mark.parametrize("remover", ["ada", "bob"])
def test_a_comment_is_taken_back_by_its_author_or_that_of_the_post(
    made: World, remover: str
) -> None:
    """It goes with its replies, its reactions and what told of them; the rest of the post stays."""
    post = made["ada"].posts.publish("Hello.")
    made["ada"].posts.comment(post.id, "Well.")
    before = contents(made.store)
    comment = made["bob"].posts.comment(post.id, "Hi.")
    made["ada"].posts.react(comment.id)
    reply = made["ada"].posts.comment(comment.id, "Thanks.")
    made["bob"].posts.comment(reply.id, "Not at all.")

    made[remover].posts.retract(comment.id)

    assert contents(made.store) == before


@pytest.mark.parametrize("retractor", ["bob", "cat", "eve"])
def test_what_is_not_yours_is_not_found(made: World, retractor: str) -> None:
    """Others cannot take a post back, nor comments of somebody else under a post of somebody else."""
    post = made["ada"].posts.publish("Hello.", audience=Audience.MEMBERS)
    comment = made["dan"].posts.comment(post.id, "Hi.")
    before = contents(made.store)

    for target in (post.id, comment.id, "no such post"):
        with pytest.raises(NotFound) as refused:
            made[retractor].posts.retract(target)
        assert str(refused.value) == str(NotFound())

    assert contents(made.store) == before


def told_in_feed(
    made: World, reader: str, kind: type[PostPublished | PostReactedTo | PostCommentedOn]
) -> list[object]:
    """The activities of a kind in the feed of *reader*."""
    leads = [item.lead for item in made[reader].feed.page().items]
    return [lead for lead in leads if isinstance(lead, kind)]


def test_a_stricter_policy_narrows_what_was_published_before() -> None:
    """An audience that the policy no longer allows is cut down for whoever looks."""
    made = world("ada", "bob", "cy", connected=[("ada", "cy")])
    post = made["ada"].posts.publish("Hello.", audience=Audience.EVERYONE)
    made["bob"].follows.follow("ada")
    bounds = {"posts": Bounds(widest=Audience.CONNECTIONS)}
    stricter = Network(made.store, visibility=VisibilityPolicy(bounds=bounds))
    bob = stricter.as_member("bob")

    assert stricter.as_member("cy").posts.read(post.id).post == post
    assert bob.posts.page("ada").items == ()
    assert post not in [item.post for item in bob.feed.page().items]
    for reader in (bob, stricter.as_visitor()):
        with pytest.raises(NotFound):
            reader.posts.read(post.id)


def test_an_id_that_was_given_before_overwrites_nothing() -> None:
    """A source of ids that begins anew is told, and what is there stays."""
    made = world("ada", "bob")
    post = made["ada"].posts.publish("Hers.", audience=Audience.MEMBERS)
    comment = made["ada"].posts.comment(post.id, "Hers, too.")

    with pytest.raises(InvalidValue, match="is taken"):
        _giving(made, post.id).posts.publish("His.")
    with pytest.raises(InvalidValue, match="is taken"):
        _giving(made, comment.id).posts.comment(post.id, "His.")

    assert made["bob"].posts.page("ada").items == (post,)
    assert made["bob"].posts.comments(post.id).items == (comment,)


def test_no_comment_has_the_id_of_a_post() -> None:
    """Else whoever takes back the post would take back the comment."""
    made = world("ada", "bob")
    post = made["ada"].posts.publish("Hers.", audience=Audience.MEMBERS)
    comment = made["ada"].posts.comment(post.id, "Hers, too.")

    for under in (post.id, comment.id):
        with pytest.raises(InvalidValue, match="is taken"):
            _giving(made, post.id).posts.comment(under, "His.")

    assert made["bob"].posts.read(post.id).comments == 1
    made["ada"].posts.retract(post.id)
    assert made["bob"].posts.page("ada").items == ()


def _giving(made: World, taken: str) -> ActingMember[Profile]:
    """Let Bob act in a network whose ids are all the same."""
    return Network(made.store, new_id=lambda: taken).as_member("bob")
