"""Blocked, hidden and absent ask the store the same: who counts or times calls learns nothing."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pytest

from connectcore import ActingMember, Audience, MemoryStore, NotFound, Profile, Settings
from connectcore.testing import RecordingStore
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    READS_OF_A_MEMBER,
    READS_OF_A_POST,
    VISITS_TO_A_MEMBER,
    answer,
)
from tests.worlds import HIDDEN, UNBOUNDED, World, world

Call = Callable[[ActingMember[Profile], str], object]

SHORT_PAGES: Mapping[str, Call] = {
    "connections.page, short": lambda viewer, of: viewer.connections.page(of, limit=1),
    "connections.mutual, short": lambda viewer, of: viewer.connections.mutual(of, limit=1),
    "posts.page, short": lambda viewer, of: viewer.posts.page(of, limit=1),
    "activities.page, short": lambda viewer, of: viewer.activities.page(of, limit=1),
}
ON_MEMBERS: Mapping[str, Call] = {**READS_OF_A_MEMBER, **SHORT_PAGES, **ACTS_ON_A_MEMBER}
ON_POSTS: Mapping[str, Call] = {**READS_OF_A_POST, **ACTS_ON_A_POST}


def town(store: RecordingStore) -> World:
    """Ada looks at Grace, who blocked her, and at Hal, who shows nothing; both wrote a lot."""
    made = world(
        "ada",
        "bob",
        "grace",
        "hal",
        connected=[("ada", "bob"), ("bob", "grace"), ("bob", "hal"), ("grace", "hal")],
        settings=Settings(activities=Audience.MEMBERS, connections=Audience.MEMBERS),
        visibility=UNBOUNDED,
        store=store,
    )
    for author in ("grace", "hal"):
        for number in range(9):
            post = made[author].posts.publish(f"Number {number}.", audience=Audience.CONNECTIONS)
            made["bob"].posts.comment(post.id, "Hi.")
    made["hal"].settings.change(audiences=HIDDEN)
    made["grace"].blocks.add("ada")
    return made


def asked(store: RecordingStore, call: Callable[[], object]) -> tuple[list[str], object]:
    """The calls to the store that *call* takes, and its answer."""
    store.calls.clear()
    outcome = answer(call)
    return store.names, outcome


@pytest.mark.parametrize("name", ON_MEMBERS)
def test_a_member_who_blocked_or_is_hidden_costs_what_an_absent_one_does(name: str) -> None:
    """Every read of and act on a member makes the same calls in the same order, for one answer."""
    store = RecordingStore(MemoryStore())
    made, call = town(store), ON_MEMBERS[name]

    absent = asked(store, partial(call, made["ada"], "nobody"))
    blocked = asked(store, partial(call, made["ada"], "grace"))
    hidden = asked(store, partial(call, made["ada"], "hal"))

    assert len(absent[0]) > 2
    assert absent == blocked
    if name != "posts.page, short":
        assert absent == hidden


@pytest.mark.parametrize("name", VISITS_TO_A_MEMBER)
def test_a_visitor_finds_a_hidden_member_as_an_absent_one(name: str) -> None:
    """Signed out, too, the calls are the same."""
    store = RecordingStore(MemoryStore())
    made, visit = town(store), VISITS_TO_A_MEMBER[name]

    absent = asked(store, lambda: visit(made.visitor, "nobody"))
    hidden = asked(store, lambda: visit(made.visitor, "hal"))

    assert absent == hidden


def hidden_posts(made: World) -> Iterator[str]:
    """Posts and comments that Ada may not read, each for another reason."""
    yield made["grace"].posts.page("grace").items[0].id
    blocked_author = made["bob"].posts.publish("By Bob.", audience=Audience.EVERYONE)
    yield made["grace"].posts.comment(blocked_author.id, "By one who blocked.").id
    yield made["bob"].posts.publish("For nobody.", audience=Audience.ONLY_ME).id


@pytest.mark.parametrize("name", ON_POSTS)
def test_a_post_that_is_hidden_costs_what_an_absent_one_does(name: str) -> None:
    """Whyever a post or a comment may not be read: the same calls, for the same answer."""
    store = RecordingStore(MemoryStore())
    made, call = town(store), ON_POSTS[name]
    targets = [*hidden_posts(made)]

    absent = asked(store, partial(call, made["ada"], "no such post"))

    assert absent[1] == (NotFound, str(NotFound()))
    for target in targets:
        assert asked(store, partial(call, made["ada"], target)) == absent
