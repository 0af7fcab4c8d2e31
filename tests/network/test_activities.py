"""Activities: what a member did lately, and kinds that an application adds."""

from datetime import timedelta
from typing import ClassVar, final

import pytest
from attrs import evolve, frozen

from connectcore import (
    Activity,
    Audience,
    ConnectionMade,
    FeedPreferences,
    InvalidCursor,
    InvalidValue,
    MemberJoined,
    NotFound,
    PostPublished,
)
from tests.kinds import TalkAnnounced, talk
from tests.stores.keeping import contents
from tests.worlds import NOON, World, world


@final
@frozen(kw_only=True)
class Disguised(Activity):
    """An own kind that would take the place of what the network tells."""

    kind: ClassVar[str] = "disguised"

    @property
    def key(self) -> tuple[str, ...]:
        """What tells of a post has."""
        return ("post_published", self.id)


@pytest.fixture(name="made")
def _made() -> World:
    """Give Ada with two connections, and Eve out of network."""
    return world("ada", "bob", "cat", "eve", connected=[("ada", "bob"), ("ada", "cat")])


def leads(made: World, reader: str) -> list[Activity]:
    """The newest activity of each item in the feed of *reader*."""
    return [item.lead for item in made[reader].feed.page().items]


# ── What a member did ───────────────────────────────────────────────────────────────────────────


def test_a_page_tells_what_a_member_did_newest_first(made: World) -> None:
    """The whole of it comes in pages, to those who may read it; for others there is nothing."""
    made.clock.forward(hours=1)
    made["ada"].posts.publish("Hello.")

    first = made["bob"].activities.page("ada", limit=2)
    second = made["bob"].activities.page("ada", limit=2, after=first.next)

    kinds = [type(activity) for activity in (*first.items, *second.items)]
    assert kinds == [PostPublished, ConnectionMade, ConnectionMade, MemberJoined]
    assert made["eve"].activities.page("ada").items == ()
    with pytest.raises(NotFound):
        made["bob"].activities.page("nobody")
    with pytest.raises(InvalidCursor):
        made["cat"].activities.page("ada", after=first.next)


def test_kinds_that_a_member_does_not_share_are_shown_to_nobody(made: World) -> None:
    """The actor's own switch is heeded in every page and feed, from the moment it is set."""
    made["ada"].settings.change(unshared_kinds=["connection_made"])

    kinds = {type(activity) for activity in made["bob"].activities.page("ada").items}

    assert kinds == {MemberJoined}
    assert ConnectionMade not in {type(lead) for lead in leads(made, "bob") if lead.actor == "ada"}


def test_an_audience_for_activities_is_obeyed(made: World) -> None:
    """Updates without an audience of their own are for the circle that the member chose."""
    made["ada"].settings.change(activities=Audience.MEMBERS)

    told = made["eve"].activities.page("ada").items

    assert [type(activity) for activity in told] == [MemberJoined]


# ── An application's own kinds ──────────────────────────────────────────────────────────────────


def test_an_applications_own_kind_is_told_like_any_other(made: World) -> None:
    """Those who follow the actor read of it, those who may not do not."""
    made["ada"].activities.publish(talk("ada"))

    assert talk("ada") in leads(made, "bob")
    assert talk("ada") in made["bob"].activities.page("ada").items
    assert made["eve"].activities.page("ada").items == ()


def test_an_own_kind_obeys_preferences_and_sharing(made: World) -> None:
    """Readers hide it and actors withhold it by its name."""
    made["ada"].activities.publish(talk("ada"))
    made["bob"].settings.change(feed=FeedPreferences(hidden_kinds={TalkAnnounced.kind}))
    assert talk("ada") not in leads(made, "bob")
    assert talk("ada") in leads(made, "cat")

    made["ada"].settings.change(unshared_kinds={TalkAnnounced.kind})

    assert talk("ada") not in leads(made, "cat")


def test_an_own_kind_is_hidden_where_it_names_somebody_blocked_or_muted(made: World) -> None:
    """Whoever it names counts, as in the stock kinds."""
    told = talk("ada", "Engines", "eve")
    made["ada"].activities.publish(told)
    assert told in leads(made, "bob")

    made["bob"].follows.mute("eve")
    made["eve"].blocks.add("cat")

    assert told not in leads(made, "bob")
    assert told not in leads(made, "cat")


def test_an_own_kind_about_a_post_has_the_audience_of_the_post(made: World) -> None:
    """It shows to those who may read the post, and goes with it."""
    post = made["ada"].posts.publish("Come!", audience=Audience.ONLY_ME)
    told = evolve(talk("ada"), post=post.id)
    made["ada"].activities.publish(told)
    assert told not in leads(made, "bob")

    made["ada"].posts.retract(post.id)

    assert told not in made["ada"].activities.page("ada").items


def test_alike_activities_of_an_own_kind_are_grouped(made: World) -> None:
    """What has one subject is one item, with everybody who told it."""
    made["eve"].settings.change(activities=Audience.MEMBERS)
    made["bob"].follows.follow("eve")
    made["ada"].activities.publish(talk("ada"))
    made["eve"].activities.publish(talk("eve", at=NOON + timedelta(hours=1)))

    items = [i for i in made["bob"].feed.page().items if i.lead.kind == TalkAnnounced.kind]

    assert [item.actors for item in items] == [("eve", "ada")]


def test_telling_again_takes_the_place_of_the_first(made: World) -> None:
    """The key is what tells activities apart: the newer one is read, once."""
    later = talk("ada", at=NOON + timedelta(hours=2))
    made["ada"].activities.publish(talk("ada"))
    made["ada"].activities.publish(later)

    told = made["bob"].activities.page("ada").items

    assert [activity for activity in told if activity.kind == TalkAnnounced.kind] == [later]


def test_what_was_told_can_be_taken_back(made: World) -> None:
    """By its key, twice without harm."""
    before = contents(made.store)
    made["ada"].activities.publish(talk("ada"))

    for _ in range(2):
        made["ada"].activities.retract(talk("ada", at=NOON + timedelta(days=9)))

    assert contents(made.store) == before


@pytest.mark.parametrize("act", ["publish", "retract"])
@pytest.mark.parametrize(
    ("activity", "message"),
    [
        (talk("bob"), "tells of 'bob', but 'ada' is acting"),
        (MemberJoined(id="1", actor="ada", at=NOON), "'member_joined' is told by the network"),
        (Disguised(id="1", actor="ada", at=NOON), "'disguised' is told by the network"),
    ],
    ids=["of somebody else", "of a stock kind", "with the key of a stock kind"],
)
def test_only_own_activities_of_own_kinds_are_told(
    made: World, act: str, activity: Activity, message: str
) -> None:
    """Nobody tells for others, and what the network tells is told by the network."""
    before = contents(made.store)

    with pytest.raises(InvalidValue, match=message):
        getattr(made["ada"].activities, act)(activity)

    assert contents(made.store) == before
