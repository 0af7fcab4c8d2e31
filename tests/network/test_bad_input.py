"""Bad input: one clear error for each, and nothing changed."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from connectcore import (
    Audience,
    AudienceOutOfBounds,
    Comment,
    ConnectcoreError,
    Connection,
    InvalidCursor,
    InvalidValue,
    Member,
    NotFound,
    Pair,
    Post,
    Reacted,
    Refused,
    UnknownMember,
)
from connectcore.pages import seal_cursor
from tests.kinds import talk
from tests.stores.keeping import contents
from tests.surface import ACTS_ON_A_MEMBER, READS_OF_A_MEMBER
from tests.worlds import NOON, World, profile_of, world

Attempt = Callable[[World], object]

NAIVE = NOON.replace(tzinfo=None)
END_OF_TIME = datetime.max.replace(tzinfo=NOON.tzinfo)


def busy_world() -> World:
    """Ada, Grace and Mary, a connection, an invitation, and a few posts."""
    made = world("ada", "grace", "mary", connected=[("ada", "grace")])
    made["mary"].invitations.send("ada")
    for number in range(3):
        made["grace"].posts.publish(f"Number {number}.")
    made.clock.forward(days=1)
    return made


def a_post(made: World) -> str:
    """A post of Grace that Ada may read."""
    return made["ada"].posts.page("grace").items[0].id


def a_cursor(made: World, reader: str = "ada") -> str:
    """A cursor of the posts of Grace."""
    cursor = made[reader].posts.page("grace", limit=1).next
    assert cursor is not None
    return cursor


NAIVE_MOMENTS: Mapping[str, Attempt] = {
    "network.join": lambda made: made.network.join(Member("new", profile_of("new")), at=NAIVE),
    "invitations.send": lambda made: made["ada"].invitations.send("mary", at=NAIVE),
    "invitations.may_send": lambda made: made["ada"].invitations.may_send("mary", at=NAIVE),
    "invitations.accept": lambda made: made["ada"].invitations.accept("mary", at=NAIVE),
    "invitations.ignore": lambda made: made["ada"].invitations.ignore("mary", at=NAIVE),
    "invitations.report": lambda made: made["ada"].invitations.report("mary", at=NAIVE),
    "invitations.withdraw": lambda made: made["mary"].invitations.withdraw("ada", at=NAIVE),
    "invitations.received": lambda made: made["ada"].invitations.received(at=NAIVE),
    "invitations.sent": lambda made: made["ada"].invitations.sent(at=NAIVE),
    "connections.remove": lambda made: made["ada"].connections.remove("grace", at=NAIVE),
    "connections.suggestions": lambda made: made["ada"].connections.suggestions(at=NAIVE),
    "blocks.add": lambda made: made["ada"].blocks.add("grace", at=NAIVE),
    "blocks.remove": lambda made: made["ada"].blocks.remove("grace", at=NAIVE),
    "follows.follow": lambda made: made["ada"].follows.follow("mary", at=NAIVE),
    "follows.unfollow": lambda made: made["ada"].follows.unfollow("grace", at=NAIVE),
    "follows.mute": lambda made: made["ada"].follows.mute("grace", until=NAIVE),
    "follows.muted": lambda made: made["ada"].follows.muted(at=NAIVE),
    "profiles.edit": lambda made: made["ada"].profiles.edit(profile_of("new"), at=NAIVE),
    "posts.publish": lambda made: made["ada"].posts.publish("Text.", at=NAIVE),
    "posts.react": lambda made: made["ada"].posts.react(a_post(made), at=NAIVE),
    "posts.comment": lambda made: made["ada"].posts.comment(a_post(made), "Text.", at=NAIVE),
    "feed.page": lambda made: made["ada"].feed.page(at=NAIVE),
    "notices.page": lambda made: made["ada"].notices.page(at=NAIVE),
    "notices.unseen_count": lambda made: made["ada"].notices.unseen_count(at=NAIVE),
    "notices.summary": lambda made: made["ada"].notices.summary(at=NAIVE),
    "notices.mark_seen": lambda made: made["ada"].notices.mark_seen(at=NAIVE),
    "journal.read": lambda made: made.network.journal.read(at=NAIVE),
    "mail.due": lambda made: made.network.mail.due(at=NAIVE),
    "activities.publish": lambda made: made["ada"].activities.publish(talk("ada", at=NAIVE)),
    "Connection": lambda made: made.network.load(
        [Connection(of="ada", member="mary", since=NAIVE)]
    ),
    "Post": lambda made: made.network.load(
        [Post(id="1", author="ada", at=NAIVE, text="Text.", audience=Audience.MEMBERS)]
    ),
    "Comment": lambda made: made.network.load(
        [Comment(id="1", post=a_post(made), author="ada", at=NAIVE, text="Text.")]
    ),
    "Reacted": lambda made: made.network.load([Reacted(post=a_post(made), member="ada", at=NAIVE)]),
    "Member": lambda made: made.network.load([Member("new", profile_of("new"), joined_at=NAIVE)]),
}

BAD_CURSORS: Mapping[str, Callable[[World], str]] = {
    "empty": lambda _: "",
    "cut short": lambda made: a_cursor(made)[:-2],
    "cut at the front": lambda made: a_cursor(made)[2:],
    "altered": lambda made: a_cursor(made).swapcase(),
    "lengthened": lambda made: a_cursor(made) + "A",
    "of another viewer": lambda made: a_cursor(made, "grace"),
    "no cursor at all": lambda _: "page 2",
    "not even ASCII": lambda _: "\N{SNOWMAN}",
    "with one mark too many": lambda _: seal_cursor(
        ("ada", "posts", "grace"), (NOON, "1"), (NOON, "1")
    ),
    "with no mark": lambda _: seal_cursor(("ada", "posts", "grace")),
}

OTHERS: Mapping[str, tuple[Attempt, type[ConnectcoreError], str]] = {
    "a pair with oneself": (lambda _: Pair.of("ada", "ada"), InvalidValue, "two different members"),
    "an empty id that joins": (
        lambda made: made.network.join(Member("", profile_of("new"))),
        InvalidValue,
        "a member's id is empty",
    ),
    "an empty id that acts": (lambda made: made[""], InvalidValue, "a member's id is empty"),
    "an id that no store can keep": (
        lambda made: made["ada"].blocks.add("\ud800"),
        InvalidValue,
        "no store can keep NUL characters and lone surrogates",
    ),
    "a text that no store can keep": (
        lambda made: made["ada"].posts.publish("a\0b"),
        InvalidValue,
        "no store can keep NUL characters and lone surrogates",
    ),
    "a note that no store can keep": (
        lambda made: made["grace"].invitations.send("mary", note="a\0b"),
        InvalidValue,
        "no store can keep NUL characters and lone surrogates",
    ),
    "a note too long": (
        lambda made: made["grace"].invitations.send("mary", note="x" * 301),
        Refused,
        "A note may have 300 characters; this one has 301.",
    ),
    "an unknown member who acts": (
        lambda made: made["nobody"].invitations.send("ada"),
        UnknownMember,
        "'nobody' acts but has not joined",
    ),
    "an unknown member who is named": (
        lambda made: made["ada"].invitations.send("nobody"),
        NotFound,
        "There is no such member or item",
    ),
    "an unknown post": (
        lambda made: made["ada"].posts.react("no such post"),
        NotFound,
        "There is no such member or item",
    ),
    "an audience out of bounds": (
        lambda made: made["ada"].settings.change(
            connections=Audience.MEMBERS, audiences={"name": Audience.CONNECTIONS}
        ),
        AudienceOutOfBounds,
        "'name' cannot be shown to connections: choose from members to everyone",
    ),
    "a page of nothing": (
        lambda made: made["ada"].connections.page(limit=0),
        InvalidValue,
        "limit=0 is not a page",
    ),
    "suggestions of nothing": (
        lambda made: made["ada"].connections.suggestions(limit=0),
        InvalidValue,
        "limit=0 is not a page",
    ),
    "a profile with a list in it": (
        lambda made: made["ada"].profiles.edit(
            type(profile_of("a"))(name=profile_of("a").name, skills=["COBOL"])  # type: ignore[arg-type]  # what a type checker refuses is refused at run time too
        ),
        InvalidValue,
        "skills must be immutable",
    ),
}


def check(attempt: Attempt, error: type[ConnectcoreError], message: str) -> None:
    """Hold that *attempt* raises an error of one class and text, and changes nothing."""
    made = busy_world()
    before = contents(made.store)

    with pytest.raises(error) as raised:
        attempt(made)

    assert type(raised.value) is error
    assert message in str(raised.value)
    assert contents(made.store) == before


@pytest.mark.parametrize("attempt", NAIVE_MOMENTS.values(), ids=NAIVE_MOMENTS.keys())
def test_a_moment_without_a_time_zone_is_refused(attempt: Attempt) -> None:
    """Which moment a naive datetime means is not guessed, wherever it is given."""
    check(attempt, InvalidValue, "is naive; give it a time zone")


@pytest.mark.parametrize("cursor", BAD_CURSORS.values(), ids=BAD_CURSORS.keys())
def test_a_cursor_that_was_not_made_for_this_is_refused(cursor: Callable[[World], str]) -> None:
    """Cut, altered, invented, or another viewer's: start again without one."""
    check(
        lambda made: made["ada"].posts.page("grace", after=cursor(made)),
        InvalidCursor,
        "was not made for this list and this viewer",
    )


@pytest.mark.parametrize("last", [END_OF_TIME, NOON])
def test_a_cursor_from_the_end_of_time_is_refused(last: datetime) -> None:
    """Whoever makes a cursor with the library itself finds the same error, not a crash."""
    marks = [(END_OF_TIME, "x"), (last, "x")]
    cursor = seal_cursor(("ada", "feed", "recent"), *marks)

    check(lambda made: made["ada"].feed.page(after=cursor), InvalidCursor, "was not made for this")


@pytest.mark.parametrize(("attempt", "error", "message"), OTHERS.values(), ids=OTHERS.keys())
def test_one_clear_error_and_nothing_changed(
    attempt: Attempt, error: type[ConnectcoreError], message: str
) -> None:
    """Each mistake has an error of its own class that says what to do."""
    check(attempt, error, message)


@pytest.mark.parametrize("name", [*ACTS_ON_A_MEMBER, *READS_OF_A_MEMBER])
def test_an_empty_id_is_refused_wherever_it_is_named(name: str) -> None:
    """No call takes an empty id for somebody who is not there."""
    call = {**ACTS_ON_A_MEMBER, **READS_OF_A_MEMBER}[name]

    check(lambda made: call(made["ada"], ""), InvalidValue, "a member's id is empty")


@pytest.mark.parametrize("name", sorted(set(ACTS_ON_A_MEMBER) - {"follows.unmute"}))
def test_an_act_needs_another_member(name: str) -> None:
    """Nobody does anything to themselves."""
    act = ACTS_ON_A_MEMBER[name]

    check(lambda made: act(made["ada"], "ada"), Refused, "This needs another member")
