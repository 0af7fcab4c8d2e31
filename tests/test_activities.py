"""What each kind of activity is told apart by, whom it names, and what decides who reads it."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from typing import Any, ClassVar, final

import attrs
import pytest
from attrs import frozen

from connectcore import (
    Activity,
    ConnectionMade,
    InvalidValue,
    MemberId,
    MemberJoined,
    Pair,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    ProfileChanged,
    RecommendationShown,
    SkillEndorsed,
)
from connectcore.activities import STOCK_KINDS
from connectcore.posts import CommentId, PostId
from connectcore.recommendations import RecommendationId
from tests.worlds import NOON

POST, COMMENT = PostId("p1"), CommentId("c1")


@final
@frozen(kw_only=True)
class TalkAnnounced(Activity):
    """An application's own kind, which says nothing but what it adds."""

    kind: ClassVar[str] = "talk_announced"

    title: str = "Engines"


JOINED = MemberJoined(id="1", actor="ada", at=NOON)
CONNECTED = ConnectionMade(id="2", actor="grace", at=NOON, member="ada")
PUBLISHED = PostPublished(id="3", actor="ada", at=NOON, post=POST)
REACTED = PostReactedTo(id="4", actor="ada", at=NOON, post=POST, author="grace")
REACTED_TO_COMMENT = PostReactedTo(
    id="5",
    actor="ada",
    at=NOON,
    post=POST,
    author="grace",
    comment=COMMENT,
    commenter=MemberId("tim"),
)
COMMENTED = PostCommentedOn(
    id="6", actor="ada", at=NOON, post=POST, author="grace", comment=COMMENT
)
CHANGED = ProfileChanged(id="7", actor="ada", at=NOON, fields=("headline",))
TALK = TalkAnnounced(id="8", actor="ada", at=NOON)
ENDORSED = SkillEndorsed(
    id="9", actor="ada", at=NOON, member="grace", skill="Compilers", skill_key="compiler"
)
RECOMMENDED = RecommendationShown(
    id="10", actor="ada", at=NOON, recommendation=RecommendationId("r1"), author="grace"
)
EVERY_KIND = (
    JOINED,
    CONNECTED,
    PUBLISHED,
    REACTED,
    REACTED_TO_COMMENT,
    COMMENTED,
    CHANGED,
    TALK,
    ENDORSED,
    RECOMMENDED,
)


def test_the_stock_kinds_are_those_that_the_network_tells() -> None:
    """Every stock class has a kind of its own, and no kind of an application is among them."""
    kinds = {type(activity).kind for activity in EVERY_KIND if activity is not TALK}

    assert {Activity.kind, *kinds} == STOCK_KINDS
    assert len(STOCK_KINDS) == len({type(activity) for activity in EVERY_KIND})
    assert TALK.kind not in STOCK_KINDS


@pytest.mark.parametrize(
    ("activity", "key"),
    [
        (JOINED, ("member_joined", "1")),
        (CONNECTED, ("connection_made", "ada")),
        (PUBLISHED, ("post_published", "p1")),
        (REACTED, ("post_reacted_to", "p1")),
        (REACTED_TO_COMMENT, ("post_reacted_to", "p1", "c1")),
        (COMMENTED, ("post_commented_on", "p1", "c1")),
        (CHANGED, ("profile_changed", "7")),
        (TALK, ("talk_announced", "8")),
        (ENDORSED, ("skill_endorsed", "grace", "compiler")),
        (RECOMMENDED, ("recommendation_shown", "r1")),
    ],
)
def test_a_key_is_what_undoing_retracts(activity: Activity, key: tuple[str, ...]) -> None:
    """What is done once to something is told once, whatever its id; the rest goes by its id."""
    assert activity.key == key


def test_a_key_is_known_before_the_activity() -> None:
    """Who undoes a connection or a reaction needs no more than whom or what it was about."""
    assert ConnectionMade.key_with(MemberId("ada")) == CONNECTED.key
    assert PostReactedTo.key_to(POST, None) == REACTED.key
    assert PostReactedTo.key_to(POST, COMMENT) == REACTED_TO_COMMENT.key
    assert SkillEndorsed.key_of(MemberId("grace"), "compiler") == ENDORSED.key
    assert RecommendationShown.key_of(RecommendationId("r1")) == RECOMMENDED.key


@pytest.mark.parametrize(
    ("activity", "names"),
    [
        (JOINED, ()),
        (CONNECTED, ("ada",)),
        (PUBLISHED, ()),
        (REACTED, ("grace",)),
        (REACTED_TO_COMMENT, ("grace", "tim")),
        (COMMENTED, ("grace",)),
        (CHANGED, ()),
        (TALK, ()),
        (ENDORSED, ("grace",)),
        (RECOMMENDED, ("grace",)),
    ],
)
def test_an_activity_names_everybody_it_mentions(
    activity: Activity, names: tuple[str, ...]
) -> None:
    """Besides the actor, an activity names those whose part in it a reader would learn of."""
    assert activity.names == names


@pytest.mark.parametrize("activity", EVERY_KIND)
def test_an_activity_about_a_post_says_so(activity: Activity) -> None:
    """Posts, comments and reactions are about a post, whose audience then decides; others are not."""
    about_a_post = isinstance(activity, PostPublished | PostReactedTo | PostCommentedOn)

    assert activity.about == (POST if about_a_post else None)


@pytest.mark.parametrize("activity", EVERY_KIND)
def test_only_a_connection_tells_of_a_connection(activity: Activity) -> None:
    """A connection names the two of it in no order; nothing else tells of one."""
    told = Pair.of("ada", "grace") if activity is CONNECTED else None

    assert activity.connection == told


@pytest.mark.parametrize(
    ("activity", "subject"),
    [
        (JOINED, ("ada", "member_joined", "1")),
        (CONNECTED, ("connection_made", "ada")),
        (PUBLISHED, ("ada", "post_published", "p1")),
        (REACTED, ("post_reacted_to", "p1")),
        (REACTED_TO_COMMENT, ("post_reacted_to", "p1", "c1")),
        (COMMENTED, ("post_commented_on", "p1")),
        (CHANGED, ("ada", "profile_changed", "7")),
        (TALK, ("ada", "talk_announced", "8")),
        (RECOMMENDED, ("ada", "recommendation_shown", "r1")),
        (ENDORSED, ("skill_endorsed", "grace", "compiler")),
    ],
)
def test_alike_activities_have_one_subject(activity: Activity, subject: tuple[str, ...]) -> None:
    """Several may connect with one member or react to one post; the rest is each for itself."""
    assert activity.subject == subject


@pytest.mark.parametrize("activity", EVERY_KIND)
def test_what_connections_say_of_each_other_shows_where_its_owner_shows_it(
    activity: Activity,
) -> None:
    """It is told to those who see the section and what it is about; others hang on no section."""
    sections: dict[Activity, tuple[tuple[str, str], ...]] = {
        ENDORSED: (("grace", "endorsements"), ("grace", "skills")),
        RECOMMENDED: (("ada", "recommendations"), ("ada", "positions")),
    }

    assert activity.shown_in == sections.get(activity, ())


def test_no_two_activities_share_a_place() -> None:
    """Activities of one moment and one id differ in their marks by who acted, and by what was done."""
    same = [
        attrs.evolve(activity, id="1", actor=actor)
        for activity, actor in product(EVERY_KIND, ["mary", "joan"])
    ]

    assert len({activity.mark for activity in same}) == len(same)


def test_marks_are_in_the_order_of_moments_and_ids() -> None:
    """In listings the later comes after the earlier, and of one moment the higher id after the lower."""
    first = TalkAnnounced(id="9", actor="zoe", at=NOON - timedelta(seconds=1))
    second = TalkAnnounced(id="1", actor="zoe", at=NOON)
    third = TalkAnnounced(id="2", actor="ada", at=NOON)

    assert sorted([third, first, second], key=lambda talk: talk.mark) == [first, second, third]


def test_a_moment_is_kept_in_utc() -> None:
    """Wherever it was noted, the moment of an activity reads in UTC."""
    east = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert TalkAnnounced(id="1", actor="ada", at=east).at.tzinfo is UTC


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"actor": ""}, "id is empty"),
        ({"at": datetime(2026, 3, 2)}, "naive"),  # noqa: DTZ001 - a naive moment is what is refused
        ({"id": "\0"}, "no store can keep"),
    ],
    ids=["nobody", "naive", "unstorable"],
)
def test_an_activity_that_cannot_be_is_refused(wrong: dict[str, Any], message: str) -> None:
    """An activity has somebody who acted, a moment that is one, and an id that stores can keep."""
    with pytest.raises(InvalidValue, match=message):
        attrs.evolve(TALK, **wrong)
