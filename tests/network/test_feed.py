"""The feed: filtered first and cut then, in two orders, grouped, with reasons and stable cursors."""

from datetime import timedelta

import pytest

from connectcore import (
    Activity,
    Audience,
    ConnectionMade,
    Cursor,
    FeedItem,
    FeedOrder,
    FeedPage,
    FeedPolicy,
    FeedPreferences,
    InvalidCursor,
    InvalidValue,
    MemberJoined,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    Reaction,
    Tie,
)
from connectcore.activities import STOCK_KINDS
from tests.kinds import TalkAnnounced, talk
from tests.surface import recommend
from tests.worlds import NOON, World, world

ORDERS = list(FeedOrder)
KINDS = sorted((STOCK_KINDS - {Activity.kind}) | {TalkAnnounced.kind})
UNGROUPED = FeedPolicy(group_within=timedelta())


@pytest.fixture(name="made")
def _made() -> World:
    """Give Ada, who reads her connections Bob and Cat and follows Dan."""
    made = world("ada", "bob", "cat", "dan", "eve", connected=[("ada", "bob"), ("ada", "cat")])
    made["dan"].settings.change(activities=Audience.MEMBERS, posts=Audience.MEMBERS)
    made["ada"].follows.follow("dan")
    return made


def items(made: World, reader: str = "ada", order: FeedOrder | None = None) -> tuple[FeedItem, ...]:
    """The whole feed of *reader*."""
    return made[reader].feed.page(limit=1000, order=order).items


def of(kind: type[object], made: World, reader: str = "ada") -> list[FeedItem]:
    """The items of a kind in the feed of *reader*."""
    return [item for item in items(made, reader) if isinstance(item.lead, kind)]


def all_pages(
    made: World, limit: int, order: FeedOrder, reader: str = "ada"
) -> list[tuple[FeedItem, ...]]:
    """The feed of *reader*, a page after the other."""
    pages: list[FeedPage] = [made[reader].feed.page(limit=limit, order=order)]
    while (cursor := pages[-1].next) is not None:
        pages.append(made[reader].feed.page(limit=limit, order=order, after=cursor))
    return [page.items for page in pages]


# ── What is in it ───────────────────────────────────────────────────────────────────────────────


def test_every_item_says_why_it_is_there(made: World) -> None:
    """Because of a connection, or because of a follow, and whose."""
    reasons = {(item.reason.tie, item.reason.member) for item in items(made)}

    assert reasons == {(Tie.CONNECTION, "bob"), (Tie.CONNECTION, "cat"), (Tie.FOLLOW, "dan")}
    assert {str(item.reason) for item in items(made)} >= {"you follow dan"}


def test_nobody_reads_of_themselves(made: World) -> None:
    """Neither what one did nor one's own connections are news to oneself."""
    made["ada"].posts.publish("Hello.")

    assert all("ada" not in item.actors for item in items(made))
    assert all("ada" not in item.lead.names for item in items(made))


def test_a_connection_is_told_once(made: World) -> None:
    """Both ends tell of it, and a reader of both reads it once; one of the two not at all."""
    made.connect(("bob", "cat"))

    assert [(item.actors, item.lead.names) for item in of(ConnectionMade, made)] == [
        (("bob",), ("cat",))
    ]
    assert all("cat" not in item.actors for item in of(ConnectionMade, made, "bob"))


def test_the_post_that_an_item_is_about_comes_with_it(made: World) -> None:
    """Publishing, reacting and commenting carry the post; a connection carries none."""
    post = made["bob"].posts.publish("Hello.", audience=Audience.MEMBERS)
    made["dan"].posts.react(post.id)
    made["dan"].posts.comment(post.id, "Hi.")

    for kind in (PostPublished, PostReactedTo, PostCommentedOn):
        assert [item.post for item in of(kind, made)] == [post]
    assert of(MemberJoined, made)[0].post is None


def test_what_is_about_a_hidden_post_is_not_told(made: World) -> None:
    """A reaction of a connection to a post that the reader may not read stays out."""
    made.connect(("eve", "bob"))
    post = made["eve"].posts.publish("For my connections.")
    made["bob"].posts.react(post.id)
    made["bob"].posts.comment(post.id, "Hi.")

    assert of(PostReactedTo, made) == of(PostCommentedOn, made) == []
    made["eve"].posts.retract(post.id)
    post = made["eve"].posts.publish("For all.", audience=Audience.MEMBERS)
    made["bob"].posts.react(post.id)
    assert len(of(PostReactedTo, made)) == 1


def test_what_somebody_does_is_for_their_circle_even_under_an_open_post(made: World) -> None:
    """A reaction is the actor's own doing: who may not read the actor's updates does not read it."""
    post = made["dan"].posts.publish("Hello.")
    made["bob"].settings.change(activities=Audience.ONLY_ME)
    made["bob"].posts.react(post.id)

    assert of(PostReactedTo, made) == []
    assert len(of(PostPublished, made)) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_hides_kinds_and_an_actor_keeps_them(made: World, kind: str) -> None:
    """Either switch takes exactly the one kind out, and switching it back brings it back."""
    fill(made)
    before = items(made)
    without = tuple(item for item in before if item.lead.kind != kind)
    assert len(without) < len(before)

    made["ada"].settings.change(feed=FeedPreferences(hidden_kinds={kind}))
    assert items(made) == without
    made["ada"].settings.change(feed=FeedPreferences())
    for actor in ("bob", "cat", "dan"):
        made[actor].settings.change(unshared_kinds={kind})
    assert items(made) == without
    for actor in ("bob", "cat", "dan"):
        made[actor].settings.change(unshared_kinds=())
    assert items(made) == before


def fill(made: World) -> None:
    """Let something of every kind happen."""
    made.connect(("bob", "eve"))
    post = made["dan"].posts.publish("Hello.")
    made.clock.forward(hours=30)
    made["bob"].posts.react(post.id)
    made["cat"].posts.comment(post.id, "Hi.")
    made["cat"].posts.react(post.id)
    made["bob"].recommendations.accept(recommend(made["eve"], "bob").id)
    own = made["bob"].profiles.view("bob").profile
    made["bob"].profiles.edit(type(own)(name=own.name, headline="New"), announce=["headline"])
    made["cat"].activities.publish(talk("cat", at=made.clock.now))
    made["bob"].endorsements.give("eve", skill="Compilers")


# ── Groups ──────────────────────────────────────────────────────────────────────────────────────


def test_alike_activities_are_one_item_with_everybody_in_it(made: World) -> None:
    """Who reacted to one post is grouped, the newest first, and moves up with the newest."""
    post = made["dan"].posts.publish("Hello.")
    made["bob"].posts.react(post.id, at=NOON + timedelta(hours=1))
    made["cat"].posts.react(post.id, at=NOON + timedelta(hours=2))

    (item,) = of(PostReactedTo, made)

    assert item.actors == ("cat", "bob")
    assert item.at == NOON + timedelta(hours=2)
    assert item.reason.member == "cat"


def test_a_group_stays_within_its_window(made: World) -> None:
    """The window is counted from 1970, so what lies beyond it is another item."""
    post = made["dan"].posts.publish("Hello.")
    midnight = NOON + timedelta(hours=12)
    made["bob"].posts.react(post.id, at=midnight - timedelta(microseconds=1))
    made["cat"].posts.react(post.id, at=midnight)

    assert [item.actors for item in of(PostReactedTo, made)] == [("cat",), ("bob",)]


def test_nothing_is_grouped_without_a_window() -> None:
    """A policy of no time at all leaves every activity on its own."""
    made = world("ada", "bob", "cat", connected=[("ada", "bob"), ("ada", "cat")], feed=UNGROUPED)
    post = made["ada"].posts.publish("Hello.")
    made["bob"].posts.react(post.id, at=NOON + timedelta(hours=1))
    made["cat"].posts.react(post.id, at=NOON + timedelta(hours=2))

    assert [item.actors for item in of(PostReactedTo, made)] == [("cat",), ("bob",)]


# ── Orders and pages ────────────────────────────────────────────────────────────────────────────


def long_feed(made: World, count: int = 150) -> None:
    """Let many things happen, few minutes apart, some of them alike and some of them hidden."""
    post = made["dan"].posts.publish("Hello.")
    for number in range(count):
        made.clock.forward(minutes=37)
        match number % 5:
            case 0:
                made["bob"].posts.publish(f"Number {number}.")
            case 1:
                made["cat"].posts.react(post.id)
            case 2:
                made["dan"].posts.publish(f"Number {number}.", audience=Audience.ONLY_ME)
            case 3:
                made["bob"].posts.comment(post.id, f"Comment {number}.")
            case _:
                made["dan"].posts.comment(post.id, f"Comment {number}.")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 7, 50])
def test_pages_make_the_whole_feed_and_are_full(made: World, order: FeedOrder, limit: int) -> None:
    """No item is lost or shown twice, and only the last page may be short."""
    long_feed(made)
    whole = items(made, order=order)

    pages = all_pages(made, limit, order)

    assert tuple(item for page in pages for item in page) == whole
    assert all(len(page) == limit for page in pages[:-1])
    assert 0 < len(pages[-1]) <= limit


@pytest.mark.parametrize("order", ORDERS)
def test_a_crowded_window_is_read_whole(made: World, order: FeedOrder) -> None:
    """However much happens in one window, its groups are whole and its pages full."""
    post = made["dan"].posts.publish("Hello.")
    for number in range(100):
        made["bob"].posts.publish(f"Number {number}.")
        made["bob"].posts.comment(post.id, f"Comment {number}.")
    made["cat"].posts.comment(post.id, "Hi.")

    whole = items(made, order=order)
    pages = all_pages(made, 40, order)

    assert tuple(item for page in pages for item in page) == whole
    assert all(len(page) == 40 for page in pages[:-1])
    commented = [item for item in whole if isinstance(item.lead, PostCommentedOn)]
    assert [len(item.activities) for item in commented] == [101]


def test_recent_is_newest_first_and_top_by_rank(made: World) -> None:
    """The one order is that of moments, the other that of the policy; the preference chooses."""
    long_feed(made, 40)
    policy = FeedPolicy()
    recent, top = (items(made, order=order) for order in (FeedOrder.RECENT, FeedOrder.TOP))

    assert [item.mark for item in recent] == sorted((i.mark for i in recent), reverse=True)
    ranks = [policy.rank(item, made.clock.now) for item in top]
    assert ranks == sorted(ranks, reverse=True)
    assert set(top) == set(recent)
    assert items(made) == recent
    made["ada"].settings.change(feed=FeedPreferences(order=FeedOrder.TOP))
    assert items(made) == top


def test_top_goes_by_any_callable() -> None:
    """An application ranks as it likes."""
    oldest_first = FeedPolicy(rank=lambda item, at: (at - item.at).total_seconds())
    made = world("ada", "bob", connected=[("ada", "bob")], feed=oldest_first)
    for number in range(4):
        made.clock.forward(days=1)
        made["bob"].posts.publish(f"Number {number}.")

    texts = [i.post.text for i in items(made, order=FeedOrder.TOP) if i.post is not None]

    assert texts == [f"Number {number}." for number in range(4)]


@pytest.mark.parametrize("order", ORDERS)
def test_a_cursor_survives_what_happens_meanwhile(made: World, order: FeedOrder) -> None:
    """Pages read while more is published are those of the feed as it was at the first page."""
    long_feed(made, 60)
    whole = items(made, order=order)

    read: list[FeedItem] = []
    cursor: Cursor | None = None
    while True:
        page = made["ada"].feed.page(limit=4, order=order, after=cursor)
        read += page.items
        cursor = page.next
        if cursor is None:
            break
        made.clock.forward(minutes=1)
        made["bob"].posts.publish("Meanwhile.")

    assert tuple(read) == whole


def test_a_changed_reaction_keeps_its_place(made: World) -> None:
    """Whoever reacts otherwise between two pages brings nothing twice, and hides nothing."""
    post = made["dan"].posts.publish("Hello.")
    for hour, member in ((1, "bob"), (3, "cat")):
        made[member].posts.react(post.id, at=NOON + timedelta(hours=hour))
    made["bob"].posts.publish("In between.", at=NOON + timedelta(hours=2))
    made.clock.forward(hours=4)
    whole = items(made)
    first = made["ada"].feed.page(limit=1)

    made["cat"].posts.react(post.id, Reaction.LOVE)
    made["bob"].posts.react(post.id, Reaction.FUNNY)

    rest = made["ada"].feed.page(limit=1000, after=first.next)
    assert (*first.items, *rest.items) == whole == items(made)
    assert first.items[0].actors == ("cat", "bob")


@pytest.mark.parametrize("order", ORDERS)
def test_a_cursor_is_good_for_its_own_feed_alone(made: World, order: FeedOrder) -> None:
    """Cut short, altered, of another reader, another order or another list: one clear error."""
    long_feed(made, 20)
    made["bob"].follows.follow("dan")
    cursor = made["ada"].feed.page(limit=1, order=order).next
    assert cursor is not None
    other = FeedOrder.TOP if order is FeedOrder.RECENT else FeedOrder.RECENT
    foreign = made["ada"].posts.page("bob", limit=1).next
    assert foreign is not None

    for reader, chosen, after in (
        *(("ada", order, cursor[:length]) for length in range(len(cursor))),
        ("ada", order, cursor + "A"),
        ("ada", order, cursor.swapcase()),
        ("ada", order, "\N{SNOWMAN}"),
        ("bob", order, cursor),
        ("ada", other, cursor),
        ("ada", order, foreign),
    ):
        with pytest.raises(InvalidCursor, match="not made for this list and this viewer"):
            made[reader].feed.page(limit=1, order=chosen, after=after)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_has_a_sensible_size(made: World, limit: int) -> None:
    """None at all and too many are refused."""
    with pytest.raises(InvalidValue, match="ask for 1 to 1000 items"):
        made["ada"].feed.page(limit=limit)


def test_an_empty_feed_is_an_empty_page() -> None:
    """Who follows nobody reads nothing."""
    made = world("ada", "bob")

    for order in ORDERS:
        page = made["ada"].feed.page(order=order)
        assert (page.items, page.next) == ((), None)
