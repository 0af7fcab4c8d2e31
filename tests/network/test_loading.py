"""Loading a network that exists already: in bulk, checked, with a report of what was left out."""

from datetime import timedelta

import attrs
import pytest

from connectcore import (
    Audience,
    Bounds,
    Comment,
    Connection,
    ConnectionRules,
    ConnectionsAtMost,
    Loadable,
    LoadReport,
    Member,
    Name,
    Network,
    PendingInvitation,
    Post,
    Profile,
    Proposal,
    Reacted,
    Reaction,
    Refusal,
    Settings,
    VisibilityPolicy,
)
from connectcore.posts import CommentId
from tests.stores.keeping import contents
from tests.surface import everything
from tests.worlds import NOON, World, profile_of, world

LONG_AGO = NOON - timedelta(days=1000)


def member(name: str, settings: Settings | None = None) -> Member[Profile]:
    """A member to load."""
    return Member(name, profile_of(name), settings=settings or Settings(), joined_at=LONG_AGO)


def connection(of: str, other: str, at: int = 0) -> Connection:
    """A connection to load."""
    return Connection(of=of, member=other, since=LONG_AGO + timedelta(days=at))


def post(number: str, author: str, audience: Audience = Audience.MEMBERS) -> Post:
    """A post to load."""
    return Post(id=number, author=author, at=LONG_AGO, text="Text", audience=audience)


def comment(number: str, under: str, author: str, reply_to: str | None = None) -> Comment:
    """A comment to load."""
    parent = None if reply_to is None else CommentId(reply_to)
    return Comment(
        id=number, post=under, author=author, at=LONG_AGO, text="Comment", reply_to=parent
    )


def reaction(to: str, by: str, on: str | None = None) -> Reacted:
    """A reaction to load."""
    target = None if on is None else CommentId(on)
    return Reacted(post=to, comment=target, member=by, at=LONG_AGO, reaction=Reaction.LOVE)


WHOLE: list[Loadable[Profile]] = [
    member("ada"),
    member("bob"),
    member("cat"),
    connection("ada", "bob", 1),
    connection("cat", "ada", 2),
    post("post", "ada"),
    comment("comment", "post", "bob"),
    comment("reply", "post", "ada", reply_to="comment"),
    reaction("post", "cat"),
    reaction("post", "ada", on="comment"),
]


class UnreadableRow(Exception):
    """What an application's own reader raises."""


def codes(report: LoadReport[Profile]) -> list[str]:
    """Why each item was left out, for programs."""
    return [left_out.refusal.code for left_out in report.left_out]


# ── What is loaded ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("batch", [1, 3, 1000])
def test_a_network_is_loaded_whole(batch: int) -> None:
    """Members, connections, posts and what hangs on them are there, with their own moments."""
    made = world()

    report = made.network.load(WHOLE, batch=batch)

    assert report.left_out == ()
    assert report.loaded == {Member: 3, Connection: 2, Post: 1, Comment: 2, Reacted: 2}
    ada = made["ada"]
    assert ada.connections.page().items == (
        Connection(of="ada", member="cat", since=LONG_AGO + timedelta(days=2)),
        Connection(of="ada", member="bob", since=LONG_AGO + timedelta(days=1)),
    )
    assert ada.follows.following() == {"bob", "cat"}
    assert made["bob"].connections.degree("cat") == 2
    assert made["cat"].posts.read("post").comments == 2
    assert made["cat"].posts.read("comment").reactions == ((Reaction.LOVE, 1),)
    kinds = {item.lead.kind for item in made["bob"].feed.page(limit=100).items}
    assert kinds == {"connection_made", "member_joined", "post_published", "post_reacted_to"} | {
        "post_commented_on"
    }


def test_a_later_reaction_is_loaded_and_told_at_the_moment_of_the_first() -> None:
    """It counts in the place of the first, and feeds keep that; the older one is no longer taken."""
    made, loves = world(), reaction("post", "cat")
    later = attrs.evolve(loves, at=LONG_AGO + timedelta(days=9), reaction=Reaction.FUNNY)
    made.network.load(WHOLE)
    before = made["bob"].feed.page(limit=100)

    report = made.network.load([later])
    again = made.network.load([loves, later])

    assert (report.loaded, again.present) == ({Reacted: 1}, {Reacted: 1})
    assert codes(again) == ["already_there"]
    assert later in made["bob"].posts.reactions("post").items
    assert made["bob"].feed.page(limit=100) == before


def test_the_size_of_batches_makes_no_difference() -> None:
    """Whatever is loaded at once, everybody sees the same."""
    one_by_one, at_once = world(), world()
    one_by_one.network.load(WHOLE, batch=1)
    at_once.network.load(WHOLE)

    seen = [
        everything(
            World(made.network, made.store, made.clock, ("ada", "bob", "cat")), posts=["post"]
        )
        for made in (one_by_one, at_once)
    ]

    assert seen[0] == seen[1]


def test_what_comes_earlier_in_a_batch_is_there_for_what_comes_later() -> None:
    """Twice the same is loaded once, and a reply finds what it replies to, whatever the batch."""
    made = world()

    report = made.network.load([each for each in WHOLE for _ in range(2)])

    assert report.left_out == ()
    assert report.loaded == report.present


# ── What is left out ────────────────────────────────────────────────────────────────────────────


@pytest.fixture(name="settled")
def _settled() -> World:
    """Give Ada and Bob connected, Cat who invited Ada, Dan who blocks Ada, and what they wrote."""
    made = world("ada", "bob", "cat", "dan", connected=[("ada", "bob")])
    made["cat"].invitations.send("ada")
    made["dan"].blocks.add("ada")
    made.network.load(
        [
            post("first", "bob"),
            post("second", "bob"),
            post("dans", "dan"),
            comment("by bob", "first", "bob"),
            comment("by dan", "first", "dan"),
        ]
    )
    made["ada"].posts.react("first")
    return made


@pytest.mark.parametrize(
    ("item", "code", "message"),
    [
        (member("ada"), "already_joined", "A member 'ada' has joined already."),
        (reaction("first", "ada"), "already_there", "a reaction of this member already"),
        (connection("ada", "ada"), "oneself", "another member"),
        (connection("ada", "nobody"), "missing", "There is no member 'nobody'."),
        (connection("nobody", "ada"), "missing", "There is no member 'nobody'."),
        (connection("bob", "ada"), "already_connected", "connected already"),
        (connection("ada", "cat"), "in_the_way", "invited or blocked"),
        (connection("ada", "dan"), "in_the_way", "invited or blocked"),
        (post("new", "nobody"), "missing", "There is no member 'nobody'."),
        (post("first", "ada"), "already_there", "'first' is there already"),
        (post("by bob", "ada"), "already_there", "'by bob' is there already"),
        (comment("new", "first", "nobody"), "missing", "There is no member 'nobody'."),
        (comment("new", "nowhere", "ada"), "missing", "There is no post 'nowhere'."),
        (comment("new", "first", "ada", "none"), "missing", "'none'"),
        (comment("new", "second", "ada", "by bob"), "missing", "comment under 'second'"),
        (comment("by bob", "first", "ada"), "already_there", "'by bob' is there already"),
        (comment("second", "first", "ada"), "already_there", "'second' is there already"),
        (comment("new", "dans", "ada"), "in_the_way", "blocked another"),
        (comment("new", "first", "ada", "by dan"), "in_the_way", "blocked another"),
        (reaction("first", "nobody"), "missing", "There is no member 'nobody'."),
        (reaction("nowhere", "ada"), "missing", "There is no post 'nowhere'."),
        (reaction("first", "ada", on="none"), "missing", "'none'"),
        (reaction("second", "ada", on="by bob"), "missing", "comment under 'second'"),
        (reaction("dans", "ada"), "in_the_way", "blocked another"),
        (reaction("first", "ada", on="by dan"), "in_the_way", "blocked another"),
    ],
)
def test_what_does_not_fit_is_left_out_and_changes_nothing(
    settled: World, item: Loadable[Profile], code: str, message: str
) -> None:
    """Each item that contradicts what is there is reported with its reason, and the rest go on."""
    before = contents(settled.store)

    report = settled.network.load([item])

    assert report.loaded == {}
    assert [left_out.item for left_out in report.left_out] == [item]
    assert (report.left_out[0].refusal.code, message in report.left_out[0].refusal.message) == (
        code,
        True,
    )
    assert contents(settled.store) == before


def test_the_rules_for_accepting_hold_for_what_is_loaded() -> None:
    """A connection over the limit of either end is left out, like any acceptance."""
    rules = ConnectionRules(accepting=(ConnectionsAtMost(1),))
    made = world("ada", "bob", "cat", rules=rules)

    report = made.network.load(
        [connection("ada", "bob"), connection("ada", "cat"), connection("cat", "bob")]
    )

    assert report.loaded == {Connection: 1}
    assert codes(report) == ["connections_of_other", "connections"]


def test_an_expired_invitation_is_in_nobodys_way() -> None:
    """What has run out by itself does not keep a connection from being loaded."""
    made = world("ada", "bob")
    made["ada"].invitations.send("bob")
    made.clock.forward(days=181)

    report = made.network.load([connection("ada", "bob")])

    assert report.left_out == ()
    assert made["bob"].connections.count() == 1
    assert made["ada"].invitations.sent(at=NOON).items == ()


def test_members_and_posts_must_be_within_the_policy() -> None:
    """An audience outside the bounds is left out, with what would be told on joining."""
    bounds = {"posts": Bounds(widest=Audience.MEMBERS)}
    made = world(visibility=VisibilityPolicy(bounds=bounds))
    wide = Settings(posts=Audience.EVERYONE)

    report = made.network.load(
        [member("ada", wide), member("bob"), post("post", "bob", Audience.EVERYONE)]
    )

    assert codes(report) == ["invalid", "invalid"]
    assert "'posts' cannot be shown to everyone" in report.left_out[0].refusal.message
    assert report.loaded == {Member: 1}


def test_members_must_have_a_profile_of_the_networks_type() -> None:
    """Another type is left out with a message that names both."""

    @attrs.frozen(kw_only=True)
    class AlumniProfile(Profile):
        pass

    network = Network(profile=AlumniProfile)
    plain: Member[Profile] = Member("ada", Profile(name=Name("Ada")))

    report = network.load([plain])  # type: ignore[list-item]  # what a type checker refuses is refused at run time too

    assert [left_out.refusal.code for left_out in report.left_out] == ["invalid"]
    assert "for AlumniProfile, not Profile" in report.left_out[0].refusal.message


def test_rules_see_what_was_sent_after_a_connection_came_about() -> None:
    """Each connection is weighed by the counts as its own moment has them."""
    seen: list[Proposal] = []

    def look(proposal: Proposal) -> Refusal | None:
        seen.append(proposal)
        return None

    made = world("ada", "bob", "cat", "dan", rules=ConnectionRules.open().with_accepting(look))
    made["bob"].invitations.send("dan")
    late = Connection(of="cat", member="bob", since=made.clock() + timedelta(days=1))

    made.network.load([connection("ada", "bob"), late])

    assert [(len(each.standing.sent), each.standing.connections) for each in seen] == [
        (1, 0),
        (0, 1),
    ]


def test_without_rules_whoever_is_there_is_connected() -> None:
    """The most open rules have nothing against any connection."""
    made = world("ada", "bob", rules=ConnectionRules.open())

    assert made.network.load([connection("ada", "bob")]).loaded == {Connection: 1}


def test_a_block_that_outlasted_an_erasure_holds_in_the_batch_of_the_return() -> None:
    """Who comes back is blocked before anything else of the batch is looked at."""
    made = world("ada", "bob", "cat")
    made["ada"].blocks.add("bob")
    made["bob"].data.erase()

    report = made.network.load([member("bob"), connection("ada", "bob"), connection("bob", "cat")])

    assert codes(report) == ["in_the_way"]
    assert report.loaded == {Member: 1, Connection: 1}


def test_a_loaded_connection_is_no_invitation_of_this_week() -> None:
    """Loading counts against nobody's weekly invitations."""
    crowd = [f"member-{number:03}" for number in range(101)]
    made = world("ada", "grace")
    items: list[Loadable[Profile]] = [*map(member, crowd)]
    items += [Connection(of="ada", member=other, since=NOON) for other in crowd]

    assert made.network.load(items).left_out == ()

    assert isinstance(made["ada"].invitations.send("grace"), PendingInvitation)
