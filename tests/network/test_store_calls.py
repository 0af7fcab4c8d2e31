"""Blocked, hidden and absent ask the store the same: who counts or times calls learns nothing."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pytest

from connectcore import ActingMember, Audience, MemoryStore, NotFound, Profile, Settings
from connectcore.storage import Store
from connectcore.testing import RecordingStore
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    ACTS_ON_A_RECOMMENDATION,
    READS_OF_A_MEMBER,
    READS_OF_A_POST,
    VISITS_TO_A_MEMBER,
    answer,
    recommend,
)
from tests.worlds import HIDDEN, UNBOUNDED, World, world

Call = Callable[[ActingMember[Profile], str], object]

SHORT_PAGES: Mapping[str, Callable[[Any, str], object]] = {
    "connections.page, short": lambda viewer, of: viewer.connections.page(of, limit=1),
    "posts.page, short": lambda viewer, of: viewer.posts.page(of, limit=1),
    "activities.page, short": lambda viewer, of: viewer.activities.page(of, limit=1),
}
VISITS = {**VISITS_TO_A_MEMBER, **SHORT_PAGES}
ON_MEMBERS: Mapping[str, Call] = {
    **READS_OF_A_MEMBER,
    **SHORT_PAGES,
    "connections.mutual, short": lambda viewer, of: viewer.connections.mutual(of, limit=1),
    **ACTS_ON_A_MEMBER,
}
ON_POSTS: Mapping[str, Call] = {**READS_OF_A_POST, **ACTS_ON_A_POST}


def town(store: Store) -> World:
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
    assert absent == hidden


PARTED: Mapping[str, Callable[[World], object]] = {
    "by a block": lambda made: made["bob"].blocks.add("ada"),
    "by an erasure": lambda made: made["bob"].data.erase(),
    "by a removal": lambda made: made["bob"].connections.remove("ada"),
}


@pytest.mark.parametrize("parted", PARTED)
@pytest.mark.parametrize("name", ACTS_ON_A_RECOMMENDATION)
def test_what_went_with_a_connection_costs_what_never_was_does(name: str, parted: str) -> None:
    """So does what is between two others: an id tells nothing but to whom it is theirs."""
    store = RecordingStore(MemoryStore())
    made, act = world("ada", "bob", "grace", store=store), ACTS_ON_A_RECOMMENDATION[name]
    made.connect(("ada", "bob"), ("bob", "grace"))
    by_ada, by_bob = recommend(made["ada"], "bob"), recommend(made["bob"], "ada")
    of_ada = made["bob"].recommendations.ask_revision(by_ada.id)
    of_bob = made["ada"].recommendations.ask_revision(by_bob.id)
    of_others = recommend(made["grace"], "bob")
    targets = [by_ada.id, by_bob.id, of_ada.id, of_bob.id, of_others.id]
    PARTED[parted](made)

    never = asked(store, partial(act, made["ada"], "never was"))

    assert never[1] == (NotFound, str(NotFound()))
    assert [asked(store, partial(act, made["ada"], target)) for target in targets] == [never] * 5


@pytest.mark.parametrize("name", VISITS)
def test_a_visitor_finds_a_hidden_member_as_an_absent_one(name: str) -> None:
    """Signed out, too, the calls are the same."""
    store = RecordingStore(MemoryStore())
    made, visit = town(store), VISITS[name]

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
