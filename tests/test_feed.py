"""Composing a feed: what a reader may see of it, once, grouped, newest first."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar, final

import attrs
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    Activity,
    Audience,
    ConnectionMade,
    FeedItem,
    FeedPolicy,
    FeedPreferences,
    Member,
    MemberId,
    MemberJoined,
    Post,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    ProfileChanged,
    Reason,
    Settings,
    Tie,
    VisibilityPolicy,
    liveliness,
)
from connectcore.feed import Reading, compose, shown, window_start
from connectcore.posts import CommentId, PostId
from connectcore.visibility import Standpoint
from tests.worlds import NOON, profile_of

READER, ADA, GRACE, MARY, TIM = PEOPLE = tuple(map(MemberId, ("me", "ada", "grace", "mary", "tim")))
USUAL = FeedPolicy()
UNGROUPED = FeedPolicy(group_within=timedelta())
CIRCLES = dict.fromkeys(PEOPLE, Audience.CONNECTIONS) | {READER: Audience.ONLY_ME}
POST = Post(id="p", author="grace", at=NOON, text="Hello.", audience=Audience.CONNECTIONS)


@final
@frozen(kw_only=True)
class PostQuoted(Activity):
    """An application's own kind, which is about a post and names nobody."""

    kind: ClassVar[str] = "post_quoted"

    post: PostId

    @property
    def about(self) -> PostId:
        """The post that is quoted."""
        return self.post


def reading(
    *,
    settings: Mapping[MemberId, Settings] | None = None,
    circles: Mapping[MemberId, Audience | None] | None = None,
    posts: Iterable[Post] = (POST,),
    **wishes: Any,
) -> Reading:
    """A reader connected with everybody, but for some *circles*; `None` stands for a block."""
    around = {**CIRCLES, **(circles or {})}
    chosen = settings or {}
    standpoint = Standpoint(
        viewer=READER,
        members={
            member: Member(member, profile_of(member), settings=chosen.get(member, Settings()))
            for member in PEOPLE
        },
        circles={member: circle for member, circle in around.items() if circle is not None},
        policy=VisibilityPolicy(bounds=()),
    )
    return Reading(standpoint=standpoint, posts={post.id: post for post in posts}, **wishes)


def joined(actor: str, at: datetime = NOON) -> Activity:
    """Somebody joined."""
    return MemberJoined(id=f"joined-{actor}", actor=actor, at=at)


def connected(actor: str, member: str, at: datetime = NOON) -> Activity:
    """One end tells of a connection."""
    return ConnectionMade(id=f"{actor}-{member}", actor=actor, at=at, member=member)


def reacted(actor: str, at: datetime = NOON, **more: Any) -> Activity:
    """Somebody reacted to the post."""
    return PostReactedTo(id=f"by-{actor}", actor=actor, at=at, post=POST.id, author="grace", **more)


JOINED = joined("ada")
PUBLISHED = PostPublished(id="1", actor="grace", at=NOON, post=POST.id)
REACTED = reacted("ada")
REACTED_TO_TIM = reacted("ada", comment=CommentId("c"), commenter=TIM)
COMMENTED = PostCommentedOn(
    id="2", actor="ada", at=NOON, post=POST.id, author="grace", comment=CommentId("c")
)
QUOTED = PostQuoted(id="3", actor="ada", at=NOON, post=POST.id)
CONNECTED = connected("ada", "grace")
CHANGED = ProfileChanged(id="4", actor="ada", at=NOON, fields=("headline", "about"))
EVERY_KIND = (JOINED, PUBLISHED, REACTED, REACTED_TO_TIM, COMMENTED, QUOTED, CONNECTED, CHANGED)

HIDDEN = Settings(
    audiences=dict.fromkeys(attrs.fields_dict(type(profile_of(""))), Audience.ONLY_ME)
)
UPDATES_CLOSED = Settings(activities=Audience.ONLY_ME)
LIST_KEPT = Settings(connections=Audience.ONLY_ME)


# ── What is shown ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("activity", EVERY_KIND)
def test_what_connections_do_is_shown(activity: Activity) -> None:
    """Where nobody has chosen anything, a reader sees what connections do."""
    assert shown(activity, reading()) == activity


@pytest.mark.parametrize("activity", EVERY_KIND)
def test_a_kind_is_shown_if_actor_and_reader_want_it(activity: Activity) -> None:
    """Either switch hides a kind; a switch of anybody else does not."""
    unshared = Settings(unshared_kinds={activity.kind})
    preferences = FeedPreferences(hidden_kinds={activity.kind})

    assert shown(activity, reading(settings={activity.actor: unshared})) is None
    assert shown(activity, reading(preferences=preferences)) is None
    assert shown(activity, reading(settings={MARY: unshared})) == activity


@pytest.mark.parametrize("activity", EVERY_KIND)
def test_whoever_is_named_can_hide_it(activity: Activity) -> None:
    """A block or a mute of anybody it names hides it, or of the author of the post it is about."""
    authors = set() if activity.about is None else {POST.author}
    for member in PEOPLE[1:]:
        named = member in {activity.actor, *activity.names, *authors}
        muted = shown(activity, reading(muted=frozenset({member})))
        hidden = shown(activity, reading(settings={member: HIDDEN}))

        assert (muted is None) is named, member
        if named:
            assert shown(activity, reading(circles={member: None})) is None
            assert hidden is None


FAR: Mapping[str, Any] = {"circles": {ADA: Audience.MEMBERS, GRACE: Audience.MEMBERS}}
OPEN_UPDATES = {ADA: Settings(activities=Audience.MEMBERS)}

SHOWN: Mapping[str, tuple[Activity, Mapping[str, Any], bool]] = {
    "closed updates": (JOINED, {"settings": {ADA: UPDATES_CLOSED}}, False),
    "closed updates of another": (JOINED, {"settings": {GRACE: UPDATES_CLOSED}}, True),
    "updates for a narrower circle": (JOINED, FAR, False),
    "updates for members": (JOINED, {**FAR, "settings": OPEN_UPDATES}, True),
    "post for a narrower circle": (PUBLISHED, FAR, False),
    "post that is gone": (PUBLISHED, {"posts": ()}, False),
    "post, updates closed": (PUBLISHED, {"settings": {GRACE: UPDATES_CLOSED}}, True),
    "reaction to a post for a narrower circle": (REACTED, {**FAR, "settings": OPEN_UPDATES}, False),
    "reaction, updates closed": (REACTED, {"settings": {ADA: UPDATES_CLOSED}}, False),
    "reaction, author's closed": (REACTED, {"settings": {GRACE: UPDATES_CLOSED}}, True),
    "quote, author hides": (QUOTED, {"settings": {GRACE: HIDDEN}}, False),
    "quote, author blocked": (QUOTED, {"circles": {GRACE: None}}, False),
    "connection, list kept": (CONNECTED, {"settings": {GRACE: LIST_KEPT}}, False),
    "connection, updates closed": (CONNECTED, {"settings": {ADA: UPDATES_CLOSED}}, False),
}


@pytest.mark.parametrize(("activity", "where", "seen"), SHOWN.values(), ids=SHOWN)
def test_an_audience_decides(activity: Activity, where: Mapping[str, Any], *, seen: bool) -> None:
    """What is told obeys the audience of the post, of the updates or of the list that it is about."""
    assert (shown(activity, reading(**where)) is not None) is seen


@pytest.mark.parametrize(
    ("audiences", "fields"),
    [
        ({}, ("headline", "about")),
        ({"about": Audience.ONLY_ME}, ("headline",)),
        ({"about": Audience.ONLY_ME, "headline": Audience.ONLY_ME}, None),
    ],
)
def test_a_changed_profile_tells_only_of_open_fields(
    audiences: dict[str, Audience], fields: tuple[str, ...] | None
) -> None:
    """Closed fields are not even named, and a change of nothing else is not told."""
    seen = shown(CHANGED, reading(settings={ADA: Settings(audiences=audiences)}))

    assert seen == (None if fields is None else attrs.evolve(CHANGED, fields=fields))


# ── What becomes of it ──────────────────────────────────────────────────────────────────────────


def test_alike_activities_are_one_item() -> None:
    """Several who did the same to the same are told together, newest first, each named once."""
    later = NOON + timedelta(hours=1)
    told = [
        *(connected("ada", "grace"), connected("mary", "grace", later), connected("tim", "ada")),
        *(joined("ada"), joined("mary")),
    ]
    items = compose(told, reading(), USUAL)

    assert [item.actors for item in items] == [("mary", "ada"), ("tim",), ("mary",), ("ada",)]
    assert (items[0].lead, items[0].at, items[0].mark) == (told[1], later, told[1].mark)


def test_an_item_comes_with_its_post() -> None:
    """What is about a post carries it, and what is not carries none."""
    commented = attrs.evolve(COMMENTED, actor="tim")
    items = compose([JOINED, PUBLISHED, REACTED, reacted("mary"), commented], reading(), USUAL)

    assert {item.lead.kind: item.post for item in items} == {
        "member_joined": None,
        "post_published": POST,
        "post_reacted_to": POST,
        "post_commented_on": POST,
    }


def test_a_member_counts_once_among_the_actors() -> None:
    """Somebody who commented twice is named once, in the place of their newest comment."""
    comments = [
        PostCommentedOn(
            id=str(number),
            actor=actor,
            at=NOON + timedelta(minutes=number),
            post=POST.id,
            author="grace",
            comment=CommentId(str(number)),
        )
        for number, actor in enumerate(["ada", "tim", "ada"])
    ]
    (item,) = compose(comments, reading(), USUAL)

    assert item.actors == ("ada", "tim")
    assert item.activities == tuple(reversed(comments))


@pytest.mark.parametrize(
    ("circle", "tie", "words"),
    [
        (Audience.CONNECTIONS, Tie.CONNECTION, "you are connected with ada"),
        (Audience.SECOND_DEGREE, Tie.FOLLOW, "you follow ada"),
    ],
)
def test_an_item_says_why_it_is_there(circle: Audience, tie: Tie, words: str) -> None:
    """The reason names the newest actor, and what ties the reader to them."""
    where = reading(
        circles={ADA: circle}, settings={ADA: Settings(activities=Audience.SECOND_DEGREE)}
    )
    (item,) = compose([JOINED], where, USUAL)

    assert item.reason == Reason(tie=tie, member="ada")
    assert str(item.reason) == words


@pytest.mark.parametrize("first", [0, 1])
def test_a_connection_is_told_once(first: int) -> None:
    """Of the two ends that tell of a connection, the one first by id speaks, whoever came first."""
    ends = [CONNECTED, connected("grace", "ada")]
    (item,) = compose([ends[first], ends[1 - first]], reading(), USUAL)

    assert item.activities == (CONNECTED,)


def test_the_other_end_tells_of_a_connection_that_one_does_not_share() -> None:
    """Where one end shares no connections, the other may still tell."""
    unshared = reading(settings={ADA: Settings(unshared_kinds={"connection_made"})})
    (item,) = compose([CONNECTED, connected("grace", "ada")], unshared, USUAL)

    assert item.actors == ("grace",)


def test_readers_are_not_told_of_their_own_connections() -> None:
    """Whoever connected with the reader is no news to them, from either end."""
    assert compose([connected("ada", "me"), connected("me", "ada")], reading(), USUAL) == ()


def test_windows_keep_alike_activities_apart() -> None:
    """What is alike but a day apart is told twice; zero groups nothing, even of one moment."""
    told = [reacted("ada"), reacted("mary"), reacted("tim", NOON + timedelta(days=1))]

    def actors(policy: FeedPolicy) -> list[tuple[str, ...]]:
        return [item.actors for item in compose(told, reading(), policy)]

    assert actors(USUAL) == [("tim",), ("mary", "ada")]
    assert actors(UNGROUPED) == [("tim",), ("mary",), ("ada",)]
    assert actors(FeedPolicy(group_within=timedelta(days=30))) == [("tim", "mary", "ada")]


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────

PAIRS = [(one, other) for one in PEOPLE for other in PEOPLE if one != other]


def acts() -> st.SearchStrategy[Activity]:
    """What connections did within three days, alike often enough to be grouped."""
    ats = st.integers(0, 72).map(lambda hours: NOON + timedelta(hours=hours))
    actors = st.sampled_from(PEOPLE[1:])
    return st.one_of(
        st.builds(joined, actors, ats),
        st.builds(reacted, actors, ats),
        st.builds(lambda pair, at: connected(pair[0], pair[1], at), st.sampled_from(PAIRS), ats),
    )


def kept(activity: Activity) -> tuple[str, ...]:
    """What a store keeps apart: of each member one activity with each key."""
    return (activity.actor, *activity.key)


@given(st.lists(acts(), unique_by=kept), st.randoms(use_true_random=False))
def test_a_feed_does_not_depend_on_the_order_of_reading(told: list[Activity], random: Any) -> None:
    """The same activities make the same feed, in whatever order a store gives them."""
    shuffled = random.sample(told, len(told))

    assert compose(told, reading(), USUAL) == compose(shuffled, reading(), USUAL)


@given(st.lists(acts(), unique_by=kept), st.sampled_from([USUAL, UNGROUPED]))
def test_a_feed_tells_all_that_is_shown_once(told: list[Activity], policy: FeedPolicy) -> None:
    """Nothing that is shown gets lost, nothing comes twice, and the newest comes first."""
    items = compose(told, reading(), policy)
    facts = [
        activity.connection or kept(activity) for item in items for activity in item.activities
    ]
    news = {
        activity.connection or kept(activity)
        for activity in told
        if READER not in {activity.actor, *activity.names} and shown(activity, reading())
    }

    assert len(facts) == len(set(facts))
    assert set(facts) == news
    assert all(newer.mark > older.mark for newer, older in pairwise(items))


# ── Windows and ranks ───────────────────────────────────────────────────────────────────────────

LANDING = datetime(1969, 7, 20, 20, tzinfo=UTC)
"""A moment before those from which windows are counted."""


@pytest.mark.parametrize(
    ("at", "within", "start"),
    [
        (NOON, timedelta(days=1), datetime(2026, 3, 2, tzinfo=UTC)),
        (datetime(2026, 3, 2, tzinfo=UTC), timedelta(days=1), datetime(2026, 3, 2, tzinfo=UTC)),
        (NOON, timedelta(hours=5), datetime(2026, 3, 2, 9, tzinfo=UTC)),
        # Weeks are counted from the first of January 1970, a Thursday.
        (NOON, timedelta(weeks=1), datetime(2026, 2, 26, tzinfo=UTC)),
        (LANDING, timedelta(days=1), datetime(1969, 7, 20, tzinfo=UTC)),
        (NOON, timedelta(), NOON),
    ],
)
def test_a_window_begins(at: datetime, within: timedelta, start: datetime) -> None:
    """Windows follow each other from 1970 in UTC; of zero length, each moment is its own."""
    policy = FeedPolicy(group_within=within)

    assert window_start(at, policy) == start
    assert window_start(start, policy) == start


@pytest.mark.parametrize(
    ("actors", "age", "value"),
    [
        (["ada"], timedelta(), 1.0),
        (["ada"], timedelta(days=1), 1 / 2),
        (["ada"], timedelta(days=2), 1 / 3),
        (["ada", "tim", "mary"], timedelta(days=2), 1.0),
        (["ada", "tim", "ada"], timedelta(), 2.0),
        (["ada"], timedelta(days=-1), 1.0),
    ],
    ids=["new", "a day old", "two days old", "three people", "two people", "not yet"],
)
def test_liveliness_is_people_over_age(actors: list[str], age: timedelta, value: float) -> None:
    """An item is worth the people in it, a day halves that, and nothing is newer than now."""
    item = FeedItem(
        activities=tuple(reacted(actor) for actor in actors),
        reason=Reason(tie=Tie.FOLLOW, member="ada"),
    )

    assert liveliness(item, NOON + age) == pytest.approx(value)


def test_liveliness_ranks_by_default() -> None:
    """A policy that names no ranking ranks by liveliness, and groups by days."""
    assert (USUAL.rank, USUAL.group_within) == (liveliness, timedelta(days=1))
