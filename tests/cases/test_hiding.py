"""Cases in which something hidden showed, each after a real incident."""

import json
from collections.abc import Iterable
from functools import partial
from typing import Any

import attrs
import pytest

from connectcore import Audience, Contact, Member, Name, NotFound, Profile, Settings
from tests.network.leaving import texts_in
from tests.surface import (
    READS_OF_A_MEMBER,
    READS_OF_A_POST,
    VISITS_TO_A_MEMBER,
    answer,
    everything,
    seen_by,
    seen_by_visitors,
)
from tests.worlds import HIDDEN, UNBOUNDED, World, profile_of, world

PRIVATE_LIST = Settings(connections=Audience.ONLY_ME)


def seen(made: World, viewer: str, *, posts: Iterable[str] = ()) -> object:
    """Everything that *viewer* can read."""
    return seen_by(made[viewer], made.members, posts)


def test_case_03_a_private_list_reads_like_an_empty_one() -> None:
    """Whoever lists, pages or counts it finds nothing, and no cursor that tells of more.

    CVE-2026-53675 of BuddyPress, where any member could page a private list of friends.
    """
    met = [("ada", other) for other in ("bob", "dan", "eve")]
    full, empty = (
        world("ada", "bob", "cyd", "dan", "eve", connected=pairs, settings=PRIVATE_LIST)
        for pairs in (met, [])
    )
    empty.clock.now = full.clock.now

    for limit in (1, 2, 1000):
        pages = [made["cyd"].connections.page("ada", limit=limit) for made in (full, empty)]
        assert pages[0] == pages[1]
    assert seen(full, "cyd") == seen(empty, "cyd")
    assert full["cyd"].connections.count("ada") == 0
    assert full["ada"].connections.count() == 3


@pytest.mark.parametrize("field", ["about", "contact", "birthday", "headline", "skills"])
def test_case_04_a_hidden_field_is_as_if_it_were_not_there(field: str) -> None:
    """Asked for by whatever name and in whatever order, what is in it changes no answer.

    CVE-2026-26265 of Discourse, where a directory gave private fields by their id.
    """
    filled, blank = (world("ada", "cyd", "dan", connected=[("ada", "dan")]) for _ in range(2))
    for made in (filled, blank):
        made["ada"].settings.change(audiences={field: Audience.ONLY_ME})
    profile = blank["ada"].profiles.view("ada").profile
    emptied: dict[str, Any] = {field: attrs.fields_dict(Profile)[field].default}
    blank["ada"].profiles.edit(attrs.evolve(profile, **emptied))

    assert {**everything(filled), "ada": None} == {**everything(blank), "ada": None}


def with_and_without(*others: tuple[str, str]) -> tuple[World, World]:
    """Two networks, in one of which Ada and Bob are connected; Ada keeps her list to herself."""
    met, unmet = (
        world("ada", "bob", "cyd", "dan", connected=[*hidden, *others])
        for hidden in ([("ada", "bob")], [])
    )
    for made in (met, unmet):
        made["ada"].settings.change(connections=Audience.ONLY_ME)
        made.clock.forward(days=1)
    return met, unmet


def selections(made: World, viewer: str) -> object:
    """Everything that *viewer* is given because of who is connected with whom."""
    connections = made[viewer].connections
    others = [member for member in made.members if member != viewer]
    return (
        connections.suggestions(),
        connections.degrees(made.members),
        [connections.mutual(other) for other in others],
        [connections.path(other) for other in others],
        [made[viewer].invitations.may_send(other) for other in others],
    )


def test_case_05_a_hidden_connection_changes_no_selection() -> None:
    """Who is suggested, cautioned about, near or shared is the same with and without it.

    CVE-2026-33425 of Discourse, where filtering by a hidden group, or by its negation, told who
    was in it.
    """
    met, unmet = with_and_without(("cyd", "dan"), ("dan", "bob"))

    for viewer in ("cyd", "dan"):
        assert selections(met, viewer) == selections(unmet, viewer)
    assert selections(met, "bob") != selections(unmet, "bob")


def test_case_06_a_private_profile_is_private_on_every_way_to_it() -> None:
    """Each read of it answers as for somebody who never joined, and each of its posts as for none.

    CVE-2026-55417 of Chevereto; GitLab issue 282539.
    """
    made = world("ada", "cyd", "dan", connected=[("ada", "dan")], visibility=UNBOUNDED)
    post = made["ada"].posts.publish("Private.", audience=Audience.CONNECTIONS)
    made["ada"].settings.change(audiences=HIDDEN)

    for name, read in READS_OF_A_MEMBER.items():
        found, absent = (answer(partial(read, made["cyd"], of)) for of in ("ada", "nobody"))
        assert (name, found) == (name, absent)
    for name, visit in VISITS_TO_A_MEMBER.items():
        found, absent = (answer(partial(visit, made.visitor, of)) for of in ("ada", "nobody"))
        assert (name, found) == (name, absent)
    for name, read_post in READS_OF_A_POST.items():
        found = answer(partial(read_post, made["cyd"], post.id))
        assert (name, found) == (name, (NotFound, str(NotFound())))


def test_case_07_asking_everybody_for_shared_connections_tells_of_no_hidden_one() -> None:
    """Not even together with an invitation that is left unanswered.

    The attack that recovered more than 60 percent of hidden friends from mutual-friend queries;
    Facebook's suggestions after an ignored request (Quotium, 2013).
    """
    met, unmet = with_and_without(("cyd", "bob"), ("cyd", "dan"))
    for made in (met, unmet):
        made["cyd"].invitations.send("ada")
        made["ada"].invitations.ignore("cyd")

    assert selections(met, "cyd") == selections(unmet, "cyd")
    assert selections(met, "bob") != selections(unmet, "bob")


@pytest.mark.parametrize("met", [[], [("ada", "cyd")]], ids=["strangers", "connected"])
def test_case_08_whoever_is_blocked_lives_where_the_other_never_was(
    met: list[tuple[str, str]],
) -> None:
    """Every read of theirs, and every error, is what it would be if nobody had joined under the id.

    codewars issue 1357; mastodon issue 10433.
    """
    blocked, never = (world("bob", "cyd", connected=[("bob", "cyd")]) for _ in range(2))
    blocked.network.join(Member("ada", profile_of("ada")))
    blocked.connect(*met, ("ada", "bob"))
    blocked["ada"].posts.publish("Hello.", audience=Audience.EVERYONE)
    blocked["ada"].blocks.add("cyd")
    never.clock.now = blocked.clock.now

    everybody = ("ada", "bob", "cyd")
    assert seen_by(blocked["cyd"], everybody, ()) == seen_by(never["cyd"], everybody, ())


def test_case_09_a_common_acquaintance_does_not_carry_one_to_the_other() -> None:
    """Nothing that Mia does, lists or gathers under her posts names Ada to Cyd, or Cyd to Ada.

    LinkedIn's documented hole of a post that somebody shares on; Sheezy issue 114; OSSN issue
    2008; okuna issue 708.
    """
    made = world(
        "ada", "cyd", "mia", connected=[("ada", "mia"), ("cyd", "mia")],
        settings=Settings(activities=Audience.EVERYONE, connections=Audience.EVERYONE),
    )  # fmt: skip
    gathering = made["mia"].posts.publish("Who comes?", audience=Audience.EVERYONE)
    posts: list[str] = [gathering.id]
    for member in ("ada", "cyd"):
        own = made[member].posts.publish("Mine.", audience=Audience.EVERYONE)
        comment = made[member].posts.comment(gathering.id, "I do.")
        made[member].posts.react(gathering.id)
        for target in (own.id, comment.id):
            made["mia"].posts.react(target)
            made["mia"].posts.comment(target, "Well said.")
        posts += [own.id, comment.id]
    made["ada"].blocks.add("cyd")

    own_block = {"blocks.page", "data.export"}
    for viewer, hidden in (("ada", "cyd"), ("cyd", "ada")):
        read = seen_by(made[viewer], ["mia", viewer], posts)
        exported: Any = read["data.export"]
        assert f"'{hidden}'" not in repr({**exported, "blocks": None})
        assert [name for name, found in read.items() if f"'{hidden}'" in repr(found)] == sorted(
            own_block if viewer == "ada" else []
        )


@pytest.mark.parametrize("ending", ["connections.remove", "blocks.add"])
def test_case_11_an_ended_relationship_leaves_no_trace_for_others(ending: str) -> None:
    """A third member reads what they would read if the two had never met, and no event of it.

    CVE-2026-22246 of Mastodon, where everybody could read severed relationships.
    """
    ended, never = (world("ada", "bob", "cyd", "dan") for _ in range(2))
    for made in (ended, never):
        made.connect(("cyd", "ada"), ("cyd", "bob"))
    ended.connect(("ada", "bob"))
    ended.clock.forward(days=1)
    if ending == "blocks.add":
        ended["ada"].blocks.add("bob")
        ended["ada"].blocks.remove("bob")
    else:
        ended["ada"].connections.remove("bob")
    never.clock.now = ended.clock.now

    for viewer in ("cyd", "dan"):
        assert seen(ended, viewer) == seen(never, viewer)
    assert seen_by_visitors(ended.network, ended.members, ()) == seen_by_visitors(
        never.network, never.members, ()
    )


def test_case_12_who_invited_is_a_stranger_until_they_are_accepted() -> None:
    """Sending an invitation opens nothing: every read but that of the invitation is as before.

    Pixelfed in 2025, where asking to follow a private account was taken as following it.
    """
    made = world("ada", "bob")
    post = made["bob"].posts.publish("For connections.", audience=Audience.CONNECTIONS)
    before = seen_by(made["ada"], ["bob"], [post.id])
    made["ada"].invitations.send("bob")
    after = seen_by(made["ada"], ["bob"], [post.id])

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "invitations.sent",
        "invitations.may_send of bob",
        "invitations.may_send_to_address",
        "data.export",
    }
    exports: Any = before["data.export"], after["data.export"]
    named = {"invitations_sent": None, "names": None}
    assert {**exports[0], **named} == {**exports[1], **named}
    made["bob"].invitations.accept("ada")
    assert made["ada"].posts.read(post.id).post == post


def test_case_16_what_others_know_of_a_friend_is_not_given_to_me() -> None:
    """An address of Ada's that Bob has in his book is in nothing that her connection Cyd can read.

    Facebook's download tool in 2013, which gave away what others had uploaded of 6 million people.
    """
    private = "ada@private.example"
    made = world("ada", "bob", "cyd", connected=[("ada", "bob"), ("ada", "cyd")])
    made["bob"].contacts.add(Contact("1", name=Name("Ada"), emails=(private,)))
    made["bob"].invitations.send_to_address(private)
    made["ada"].addresses.confirm(private)

    reading = {viewer: seen_by(made[viewer], made.members, ()) for viewer in made.members}

    assert private in texts_in(reading["bob"])
    assert private not in texts_in(reading["cyd"])
    assert private in json.dumps(reading["bob"]["data.export"])
    assert private not in json.dumps(reading["cyd"]["data.export"])
    assert {made["cyd"].contacts.count(), made["ada"].contacts.count()} == {0}


def _of_profile(made: World) -> object:
    return [item.activities for item in made["cyd"].feed.page().items]


def test_case_23_what_is_made_of_a_text_is_made_of_what_the_reader_may_see() -> None:
    """No line, count or hint in a feed is built from a post or a field that is closed to the reader.

    CVE-2026-27162 of Discourse, where whispers stood in excerpts.
    """
    made = world("ada", "bob", "cyd", connected=[("ada", "bob"), ("cyd", "bob")])
    made["cyd"].follows.follow("ada")
    made["ada"].settings.change(activities=Audience.EVERYONE)
    made["bob"].settings.change(activities=Audience.EVERYONE)
    before = _of_profile(made)
    secret = made["ada"].posts.publish("Whispered.", audience=Audience.CONNECTIONS)
    made["bob"].posts.comment(secret.id, "Whispered back.")
    made["bob"].posts.react(secret.id)
    profile = made["ada"].profiles.view("ada").profile
    made["ada"].profiles.edit(attrs.evolve(profile, about="Hidden."), announce=["about"])

    assert _of_profile(made) == before
    assert "hisper" not in repr(seen(made, "cyd", posts=[secret.id]))
