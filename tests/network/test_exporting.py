"""What members take along: all that is theirs, in plain data, and nothing of others that is not."""

import json
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from connectcore import (
    Audience,
    Channel,
    Contact,
    Member,
    MemberId,
    MemoryStore,
    Name,
    Network,
    NoticeKind,
    NoticePreferences,
    Reaction,
    UnknownMember,
    from_dict,
)
from connectcore.network.exporting.kept import ALSO_EXPORTED, EXPORTED, NOT_EXPORTED
from connectcore.registers import Register
from connectcore.storage import REGISTERS, Transaction
from connectcore.testing import RecordingStore
from tests.kinds import LibraryProfile, TalkAnnounced, talk
from tests.network.leaving import EVE, MARK, marked, texts_in, town
from tests.stores.databases import MAKERS
from tests.surface import recommend
from tests.worlds import HIDDEN, NOON, UNBOUNDED, contact_of, world

CAST = ("ada", "bob", "cat")


def taken(made: Any, member: str) -> Mapping[str, Any]:
    """What a member takes along, as it is read from a file of theirs."""
    exported: Mapping[str, Any] = json.loads(json.dumps(made[member].data.export()))
    return exported


def test_every_register_is_exported_or_says_why_not() -> None:
    """A register that is added is somebody's to take along, or there is a reason."""
    exported = {*EXPORTED, *ALSO_EXPORTED}

    assert exported | {*NOT_EXPORTED} == {*REGISTERS}
    assert exported & {*NOT_EXPORTED} == set()
    assert [reason for reason in NOT_EXPORTED.values() if not reason.endswith(".")] == []


def test_lists_have_the_names_of_their_registers() -> None:
    """Each register is a list under its own name, and no other list has that name."""
    exported = taken(world("ada"), "ada")
    names = {register.name for register in (*EXPORTED, *ALSO_EXPORTED)}

    assert exported.keys() == {
        *("exported_at", "member", "following", "unseen_notices", "names"),
        *("connections", "invitations_received", "invitations_sent", "blocks", "mutes"),
        *("posts", "comments", "reactions", "activities"),
        *names,
    }
    assert [each for each in names if exported[each] != []] == []


def test_everything_that_somebody_did_is_theirs_to_take() -> None:
    """Somebody who did one of everything finds it all in the file."""
    made = town()
    exported = taken(made, EVE)
    empty = {name for name, part in exported.items() if part in ([], {}, 0)}

    assert MARK in json.dumps(exported)
    assert empty.isdisjoint(
        {
            *("connections", "invitations_sent", "blocks", "mutes", "posts", "comments"),
            *("reactions", "activities", "notices", "contacts", "confirmed_addresses"),
        }
    )


@pytest.mark.parametrize("name", MAKERS)
def test_an_export_is_the_same_from_every_store(name: str) -> None:
    """What a member takes along depends on what they did, and not on where it was kept."""
    assert taken(town(MAKERS[name]()), EVE) == taken(town(), EVE)


def test_a_member_comes_whole_with_their_own_profile_class() -> None:
    """Settings, private fields and fields of an application's own are among what is theirs."""
    network = Network(profile=LibraryProfile, clock=lambda: NOON)
    profile = LibraryProfile(name=Name("Ada"), graduated=1833, club="Chess")
    network.join(Member("ada", profile))
    ada = network.as_member("ada")
    ada.settings.change(audiences={"about": Audience.ONLY_ME})
    exported: Any = ada.data.export()
    member = from_dict(Member[LibraryProfile], exported["member"])

    assert member.profile == profile
    assert member.settings == ada.settings.read()
    assert member.joined_at == NOON
    assert exported["exported_at"] == "2026-03-02T12:00:00Z"


def test_an_export_is_of_one_moment() -> None:
    """At a later moment an old invitation has expired and a short mute has ended."""
    made = world(*CAST)
    made["bob"].invitations.send("ada")
    made["ada"].follows.mute("cat", until=NOON + timedelta(days=1))
    now, later = taken(made, "ada"), made["ada"].data.export(at=NOON + timedelta(days=400))

    assert [each["inviter"] for each in now["invitations_received"]] == ["bob"]
    assert now["mutes"] == [{"member": "cat", "until": "2026-03-03T12:00:00Z"}]
    assert later["invitations_received"] == later["mutes"] == []
    assert later["exported_at"] == "2027-04-06T12:00:00Z"


def test_what_shows_to_nobody_is_taken_along() -> None:
    """Posts for oneself, kinds that one shares with nobody, and notices by mail alone."""
    made = world(*CAST, connected=[("bob", "ada")])
    by_mail = {kind: {Channel.EMAIL} for kind in NoticeKind}
    made["ada"].settings.change(
        unshared_kinds={TalkAnnounced.kind}, notices=NoticePreferences(channels=by_mail)
    )
    made["ada"].posts.publish("Dear diary.", audience=Audience.ONLY_ME)
    made["ada"].activities.publish(talk("ada"))
    made["cat"].invitations.send("ada")
    exported = taken(made, "ada")

    assert made["ada"].activities.page("ada").items[0].kind != TalkAnnounced.kind
    assert TalkAnnounced.kind in [each["is"] for each in exported["activities"]]
    assert [each["text"] for each in exported["posts"]] == ["Dear diary."]
    assert made["ada"].notices.page().items == ()
    assert [each["channels"] for each in exported["notices"]] == [["email"]]
    assert exported["unseen_notices"] == 0


def test_what_one_wrote_under_the_posts_of_others_is_there_while_it_is_open() -> None:
    """Comments, replies and reactions go with the post that they hang on, and come back with it."""
    made = world(*CAST, connected=[("ada", "bob"), ("bob", "cat"), ("ada", "cat")])
    post = made["bob"].posts.publish("Hi.")
    comment = made["cat"].posts.comment(post.id, "Hi, Bob.")
    made["ada"].posts.comment(comment.id, "Hi, both.")
    made["ada"].posts.react(comment.id, Reaction.LOVE)
    made["ada"].posts.react(post.id)

    def texts_and_reactions() -> tuple[list[tuple[str, str | None]], list[str]]:
        exported = taken(made, "ada")
        comments = [(each["text"], each["reply_to"]) for each in exported["comments"]]
        return comments, sorted(each["reaction"] for each in exported["reactions"])

    assert texts_and_reactions() == ([("Hi, both.", comment.id)], ["EMPATHY", "LIKE"])
    made["cat"].blocks.add("ada")
    assert texts_and_reactions() == ([("Hi, both.", None)], ["LIKE"])
    made["bob"].blocks.add("ada")
    assert texts_and_reactions() == ([], [])
    made["bob"].blocks.remove("ada")
    assert texts_and_reactions() == ([], [])
    made.connect(("ada", "bob"))
    assert texts_and_reactions() == ([("Hi, both.", None)], ["LIKE"])


def test_names_are_as_others_show_them() -> None:
    """Of whoever is named and there for the member; what they show besides is theirs."""
    made = world("ada", "bob", "cat", "dan", connected=[("ada", "bob")], visibility=UNBOUNDED)
    made["cat"].settings.change(full_name=Audience.CONNECTIONS)
    made["cat"].invitations.send("ada")
    made["ada"].follows.follow("dan")
    made["dan"].settings.change(audiences=HIDDEN)
    exported = taken(made, "ada")

    assert exported["names"] == {
        "bob": {"given": "Bob", "family": "Example"},
        "cat": {"given": "Cat", "family": "E."},
    }
    assert exported["following"] == ["bob", "dan"]
    assert "likes machines" not in json.dumps({**exported, "member": None})


def test_a_name_is_not_told_for_what_is_left_out() -> None:
    """Whoever wrote a post that is gone by now is not named for it."""
    made = world(*CAST)
    post = made["bob"].posts.publish("Hi.", audience=Audience.MEMBERS)
    made["ada"].posts.comment(post.id, "Hi, Bob.")
    assert taken(made, "ada")["names"].keys() == {"bob"}

    made["bob"].posts.retract(post.id)

    assert taken(made, "ada")["names"] == {}


def test_a_dismissal_is_not_told_to_the_one_who_gave() -> None:
    """What was dismissed waits in the export of its giver, and is dismissed in its owner's."""
    made = world(*CAST, connected=[("ada", "bob")])
    made["ada"].endorsements.give("bob", skill="Chess")
    made["bob"].endorsements.dismiss("ada", skill="Chess")
    made["bob"].recommendations.dismiss(recommend(made["ada"], "bob").id)
    given, received = taken(made, "ada"), taken(made, "bob")

    assert [each["standing"] for each in given["endorsements_given"]] == ["waiting"]
    assert [each["standing"] for each in given["recommendations_written"]] == ["waiting"]
    assert [each["standing"] for each in received["endorsements_received"]] == ["dismissed"]
    assert [each["standing"] for each in received["endorsements_set_aside"]] == ["dismissed"]
    assert [each["standing"] for each in received["recommendations_received"]] == ["dismissed"]


def test_a_long_list_is_read_in_parts_and_is_whole() -> None:
    """However much there is, all of it is there, once, in reads of a bounded size."""
    store = RecordingStore(MemoryStore())
    made = world("ada", store=store)
    many = [Contact(f"{number:04}", name=Name("C")) for number in range(2500)]
    store.calls.clear()
    made["ada"].data.export()
    before = store.names.count("entries")
    made["ada"].contacts.add(*many)
    store.calls.clear()
    exported: Any = made["ada"].data.export()

    assert sorted(each["id"] for each in exported["contacts"]) == [each.id for each in many]
    assert store.names.count("read") == 1
    assert store.names.count("entries") == before + 2


def test_the_number_of_reads_does_not_grow_with_what_there_is() -> None:
    """Below the size of a part, a busy member costs the reads that a new one does."""
    store = RecordingStore(MemoryStore())
    made = town(store)

    def reads(member: str) -> list[str]:
        store.calls.clear()
        made[member].data.export()
        return store.names

    made.network.join(Member("new", LibraryProfile(name=Name("New"))))
    for confirmed in made[EVE].addresses.page().items:
        made[EVE].addresses.remove(confirmed.address)
    busy = reads(EVE)

    assert reads("new") == busy


def test_somebody_who_has_not_joined_takes_nothing_along() -> None:
    """As with every call of theirs, and for as many reads whether or not they ever were there."""
    made = town()
    made[EVE].data.erase()

    for member in (EVE, "nobody"):
        with pytest.raises(UnknownMember):
            made[member].data.export()


def test_nothing_of_an_erased_member_is_in_the_export_of_others() -> None:
    """Neither their id nor their words."""
    made = town()
    made[EVE].data.erase()

    assert [text for m in made.members for text in texts_in(taken(made, m)) if MARK in text] == []
    assert marked(made.store) == 0


def test_a_register_of_an_applications_own_is_the_applications_to_export() -> None:
    """The library knows nothing of it, so it neither exports nor betrays it."""
    made = world("ada")
    bookmarks: Register[Contact] = Register(
        name="bookmarks", holds=Contact, key=lambda each: (each.id,), at=lambda _: NOON
    )

    def unit(transaction: Transaction) -> None:
        transaction.enter(bookmarks, MemberId("ada"), contact_of("ada"))

    made.store.write((MemberId("ada"),), unit)

    assert "bookmarks" not in taken(made, "ada")


def test_invitations_are_read_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few there are on a page, all that wait are taken along."""
    monkeypatch.setattr(sys.modules["connectcore.network.exporting.relations"], "BATCH", 1)
    made = world("ada", "bob", "cat")
    for inviter in ("bob", "cat"):
        made[inviter].invitations.send("ada")
    exported: Any = made["ada"].data.export()

    assert {each["inviter"] for each in exported["invitations_received"]} == {"bob", "cat"}
