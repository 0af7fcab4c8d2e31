"""Connections: lists, counts, distances, introductions and suggestions, and the end of one."""

from datetime import timedelta
from functools import partial

import pytest

from connectcore import (
    Audience,
    Connection,
    Degree,
    MemberId,
    NotFound,
    Page,
    Refused,
    SharedConnections,
    Suggestion,
    VisibilityPolicy,
)
from tests.stores.keeping import contents
from tests.surface import answer
from tests.worlds import HIDDEN, NOON, UNBOUNDED, World, world
from tests.worlds import OPEN as OPEN_RULES

CHAIN = [("ada", "bob"), ("bob", "cat"), ("cat", "dan"), ("dan", "eve")]


def chain(audience: Audience = Audience.EVERYONE) -> World:
    """Five members in a row, with an audience for all their lists."""
    made = world("ada", "bob", "cat", "dan", "eve", connected=CHAIN)
    for member in made.members:
        made[member].settings.change(connections=audience)
    return made


def names(page: Page[Connection]) -> list[str]:
    """Who is on a page of connections."""
    return [entry.member for entry in page.items]


def suggestion(member: str, *shared: str) -> Suggestion:
    """A suggestion with its reason."""
    return Suggestion(member=member, shared=tuple(map(MemberId, shared)))


# ── Lists ───────────────────────────────────────────────────────────────────────────────────────


def test_a_list_is_newest_first_and_read_in_pages() -> None:
    """Each connection is on one page, the newest first, and the count is that of the list."""
    friends = [f"friend-{number}" for number in range(7)]
    made = world("ada", *friends)
    for friend in friends:
        made.clock.forward(minutes=1)
        made.connect(("ada", friend))

    pages = [made["ada"].connections.page(limit=3)]
    while pages[-1].next is not None:
        pages.append(made["ada"].connections.page(limit=3, after=pages[-1].next))

    assert [name for page in pages for name in names(page)] == list(reversed(friends))
    assert [len(page.items) for page in pages] == [3, 3, 1]
    assert made["ada"].connections.count() == made["ada"].connections.count("ada") == 7


def test_pages_are_full_whatever_is_left_out() -> None:
    """Connections that the viewer may not know of neither shorten a page nor end a list."""
    friends = [f"friend-{number:02}" for number in range(20)]
    made = world("ada", "bob", *friends, connected=[("ada", "bob"), *(("ada", f) for f in friends)])
    for friend in friends[5:]:
        made[friend].settings.change(connections=Audience.ONLY_ME)

    first = made["bob"].connections.page("ada", limit=4)
    second = made["bob"].connections.page("ada", limit=4, after=first.next)

    assert names(first) == ["friend-04", "friend-03", "friend-02", "friend-01"]
    assert names(second) == ["friend-00", "bob"]
    assert second.next is None
    assert made["bob"].connections.count("ada") == 6


@pytest.mark.parametrize("audience", Audience)
def test_a_list_is_open_to_the_circle_that_its_owner_chose(audience: Audience) -> None:
    """Who stands beyond it sees none of it but whom they are connected with themselves."""
    made = chain()
    made["bob"].settings.change(connections=audience)

    for viewer, circle, shared in (
        ("ada", Audience.CONNECTIONS, []),
        ("cat", Audience.CONNECTIONS, []),
        ("dan", Audience.SECOND_DEGREE, ["cat"] if audience else []),
        ("eve", Audience.THIRD_DEGREE, []),
    ):
        expected = ["cat", "ada"] if audience >= circle else shared
        assert names(made[viewer].connections.page("bob")) == expected
        assert made[viewer].connections.count("bob") == len(expected)
    assert names(made["bob"].connections.page()) == ["cat", "ada"]


def test_narrowing_a_list_takes_effect_at_once() -> None:
    """The next read obeys the new audience, in lists, paths and degrees alike."""
    made = chain()
    assert made["ada"].connections.path("dan") == ("ada", "bob", "cat", "dan")

    made["bob"].settings.change(connections=Audience.ONLY_ME)

    assert names(made["ada"].connections.page("bob")) == []
    assert made["ada"].connections.path("dan") is None
    assert made["ada"].connections.degree("dan") is Degree.OUT_OF_NETWORK
    assert made["ada"].connections.suggestions() == ()


# ── What two others are to each other ───────────────────────────────────────────────────────────

USUAL, KEPT, OPEN = Audience.CONNECTIONS, Audience.ONLY_ME, Audience.EVERYONE
SHOWN = [
    # policy, list of bob (ada's connection), list of cat (second degree), does bob-cat show?
    (SharedConnections.UNLESS_ONLY_ME, USUAL, USUAL, True),
    (SharedConnections.UNLESS_ONLY_ME, USUAL, KEPT, False),
    (SharedConnections.UNLESS_ONLY_ME, KEPT, OPEN, False),
    (SharedConnections.UNLESS_ONLY_ME, KEPT, USUAL, False),
    (SharedConnections.ALWAYS, USUAL, KEPT, True),
    (SharedConnections.ALWAYS, KEPT, KEPT, True),
    (SharedConnections.BOTH_ADMIT, USUAL, USUAL, False),
    (SharedConnections.BOTH_ADMIT, USUAL, OPEN, True),
    (SharedConnections.BOTH_ADMIT, KEPT, OPEN, False),
]


@pytest.mark.parametrize(("policy", "bobs", "cats", "shows"), SHOWN)
def test_a_connection_of_others_shows_in_every_read_or_in_none(
    *, policy: SharedConnections, bobs: Audience, cats: Audience, shows: bool
) -> None:
    """Lists of either end, counts, mutual, path, suggestions and feed follow one rule."""
    made = world(
        "ada",
        "bob",
        "cat",
        connected=[("ada", "bob"), ("bob", "cat")],
        visibility=VisibilityPolicy(shared_connections=policy),
    )
    made["bob"].settings.change(connections=bobs)
    made["cat"].settings.change(connections=cats)
    ada = made["ada"]

    assert ("cat" in names(ada.connections.page("bob"))) is (shows and bobs is not KEPT)
    assert ("bob" in names(ada.connections.page("cat"))) is shows
    assert ada.connections.count("cat") == int(shows)
    assert names(ada.connections.mutual("cat")) == (["bob"] if shows else [])
    assert ada.connections.path("cat") == (("ada", "bob", "cat") if shows else None)
    suggested = (suggestion("cat", "bob"),) if shows else ()
    assert ada.connections.suggestions() == suggested
    told = [item for item in ada.feed.page().items if item.lead.names == ("cat",)]
    assert len(told) == int(shows)
    assert ada.connections.degree("cat") == (2 if shows else 4)


def test_mutual_connections_are_entries_of_ones_own_list() -> None:
    """What two share is listed with when the acting member connected, newest first, in pages."""
    made = world("ada", "bob", "cat", "dan", "eve")
    for number, shared in enumerate(("bob", "cat", "dan")):
        made["ada"].invitations.send(shared)
        made[shared].invitations.accept("ada", at=NOON + timedelta(hours=number))
        made.connect((shared, "eve"))

    first = made["ada"].connections.mutual("eve", limit=2)
    second = made["ada"].connections.mutual("eve", limit=2, after=first.next)

    assert first.items == (
        Connection(of="ada", member="dan", since=NOON + timedelta(hours=2)),
        Connection(of="ada", member="cat", since=NOON + timedelta(hours=1)),
    )
    assert (names(second), second.next) == (["bob"], None)


# ── Distances and introductions ─────────────────────────────────────────────────────────────────


def test_degrees_of_many_are_those_of_each() -> None:
    """Distances come for whoever is there; for one who is not, asking alone is not found."""
    made = chain()
    others = ["ada", "bob", "cat", "dan", "eve", "nobody"]

    degrees = made["ada"].connections.degrees(others)

    assert list(degrees.values()) == list(Degree)
    assert degrees == {other: made["ada"].connections.degree(other) for other in others[:-1]}
    with pytest.raises(NotFound):
        made["ada"].connections.degree("nobody")


def test_a_path_is_a_shortest_one_that_may_be_told() -> None:
    """Of several chains the first whose every link the viewer may know of is given."""
    made = world(
        "ada", "bob", "cat", "dan", connected=[("ada", "bob"), ("ada", "cat"), ("bob", "dan")]
    )
    made.connect(("cat", "dan"))
    assert made["ada"].connections.path("ada") == ("ada",)
    assert made["ada"].connections.path("bob") == ("ada", "bob")
    assert made["ada"].connections.path("dan") == ("ada", "bob", "dan")

    made["bob"].settings.change(connections=Audience.ONLY_ME)

    assert made["ada"].connections.path("dan") == ("ada", "cat", "dan")


def test_a_path_goes_no_further_than_three() -> None:
    """Out of reach is `None`; who is not there is not found."""
    made = chain()

    assert made["ada"].connections.path("dan") == ("ada", "bob", "cat", "dan")
    assert made["ada"].connections.path("eve") is None
    with pytest.raises(NotFound):
        made["ada"].connections.path("nobody")


# ── Suggestions ─────────────────────────────────────────────────────────────────────────────────


def suggestible() -> World:
    """Ada's connections Bob and Cat know Dan both, and Eve and Fay one each."""
    return world(
        "ada",
        "bob",
        "cat",
        "dan",
        "eve",
        "fay",
        connected=[
            ("ada", "bob"),
            ("ada", "cat"),
            ("bob", "dan"),
            ("cat", "dan"),
            ("bob", "fay"),
            ("cat", "eve"),
        ],
    )


def test_suggestions_come_with_their_reason_the_most_shared_first() -> None:
    """Each says whom the two share; ties are in order of ids; connections are not among them."""
    suggestions = suggestible()["ada"].connections.suggestions()

    assert suggestions == (
        suggestion("dan", "bob", "cat"),
        suggestion("eve", "cat"),
        suggestion("fay", "bob"),
    )
    assert [str(each) for each in suggestions[:2]] == [
        "2 shared connections",
        "1 shared connection",
    ]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_suggestions_are_the_best_so_many(limit: int) -> None:
    """A limit keeps those with the most in common."""
    ada = suggestible()["ada"]

    assert ada.connections.suggestions(limit=limit) == ada.connections.suggestions()[:limit]


def test_a_reason_that_may_not_be_known_does_not_count() -> None:
    """Who keeps their list to themselves is nobody's reason, and ranks nobody higher."""
    made = suggestible()
    made["bob"].settings.change(connections=Audience.ONLY_ME)

    assert made["ada"].connections.suggestions() == (
        suggestion("dan", "cat"),
        suggestion("eve", "cat"),
    )


def test_nobody_pending_or_blocked_is_suggested() -> None:
    """Not whom one invited, not who invited, not across a block; after expiry they are again."""
    made = suggestible()
    made["ada"].invitations.send("dan")
    made["eve"].invitations.send("ada")
    made["ada"].invitations.ignore("eve")
    made["fay"].blocks.add("ada")
    assert made["ada"].connections.suggestions() == ()

    made.clock.forward(days=180)

    assert [s.member for s in made["ada"].connections.suggestions()] == ["dan", "eve"]


def test_many_candidates_are_looked_at_until_enough_are_found() -> None:
    """Candidates with the most in common may all be out of question; the search goes on."""
    crowd = [f"member-{number:03}" for number in range(130)]
    both = [("ada", "bob"), ("ada", "cat")]
    made = world("ada", "bob", "cat", "eve", *crowd, connected=both, rules=OPEN_RULES)
    for member in (*crowd, "eve"):
        made.connect(("bob", member))
    for member in crowd:
        made.connect(("cat", member))
        made[member].blocks.add("ada")

    assert made["ada"].connections.suggestions(limit=1) == (suggestion("eve", "bob"),)


def test_enough_good_ones_end_the_search() -> None:
    """Whoever shares more comes first, however many share less."""
    crowd = [f"member-{number:03}" for number in range(130)]
    both = [("ada", "bob"), ("ada", "cat")]
    made = world("ada", "bob", "cat", *crowd, connected=both, rules=OPEN_RULES)
    for number, member in enumerate(crowd):
        made.connect(("bob", member))
        if number >= 120:
            made.connect(("cat", member))

    found = made["ada"].connections.suggestions(limit=10)

    assert [each.member for each in found] == crowd[120:]


# ── The end of a connection ─────────────────────────────────────────────────────────────────────


def test_removing_ends_it_for_both_and_in_feeds() -> None:
    """Neither lists the other, nobody follows, and feeds no longer tell of the connection."""
    made = chain()
    assert any("bob" in item.lead.names for item in made["dan"].feed.page().items)

    made["cat"].connections.remove("bob")
    made["bob"].connections.remove("cat")

    assert names(made["bob"].connections.page()) == ["ada"]
    assert names(made["cat"].connections.page()) == ["dan"]
    assert made["cat"].follows.following() == {"dan"}
    assert not any("bob" in item.lead.names for item in made["dan"].feed.page().items)


def test_only_who_removed_a_connection_may_renew_it() -> None:
    """The other one is not told why not; once renewed, either may remove it again."""
    made = world("ada", "bob", connected=[("ada", "bob")])
    made["ada"].connections.remove("bob")

    with pytest.raises(Refused, match="does not accept an invitation from you"):
        made["bob"].invitations.send("ada")

    made.connect(("ada", "bob"))
    assert made["bob"].connections.count() == 1


def test_there_must_be_a_connection_to_remove() -> None:
    """Removing one that never was is refused, whether or not an invitation is pending."""
    made = world("ada", "bob", "cat")
    made["ada"].invitations.send("bob")
    before = contents(made.store)

    for other in ("bob", "cat"):
        outcome = answer(partial(made["ada"].connections.remove, other))
        assert outcome == (Refused, "You two are not connected.")

    assert contents(made.store) == before


def test_a_connection_with_one_who_hides_everything_can_be_ended() -> None:
    """Whoever shows nothing any more is not there to look at, but what was begun can be ended."""
    made = world("ada", "bob", connected=[("ada", "bob")], visibility=UNBOUNDED)
    made["bob"].settings.change(audiences=HIDDEN)
    assert answer(lambda: made["ada"].profiles.view("bob")) == (NotFound, str(NotFound()))

    made["ada"].connections.remove("bob")

    assert made["bob"].connections.page().items == ()
    with pytest.raises(NotFound):
        made["ada"].follows.follow("bob")
