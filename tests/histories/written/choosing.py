"""What members show, change and leave behind."""

from connectcore import Audience, Reaction, WhoMayInvite, WhoMayWrite
from tests.histories.written.life import Life

ONE, TWO = "one@example.org", "two@example.org"


def sections_are_opened_and_closed(life: Life) -> None:
    """Names, lists, activities, posts and what others say show in the circles that were chosen."""
    life.begin("ab bc cd")
    for by, to in zip(
        ("ana", "bob", "cy"),
        (Audience.EVERYONE, Audience.ONLY_ME, Audience.SECOND_DEGREE),
        strict=True,
    ):
        for name in ("full_name", "connections", "activities"):
            life.open_or_close(by, name, to)
        for name in ("posts", "endorsements", "recommendations"):
            life.open_or_close_section(by, name, to)
        life.post(by)
        life.post(by, Audience.THIRD_DEGREE)
        life.post(by, Audience.EVERYONE)
    life.edit("bob", ("Compilers",), "Analyst", ["headline"], has_shared=False)


def a_list_of_ones_own_is_nobodys_way(life: Life) -> None:
    """Nobody is reached through somebody who keeps their connections to themselves."""
    life.begin("ab bc cd")
    life.open_or_close("bob", "connections", Audience.ONLY_ME)
    life.open_or_close("dee", "connections", Audience.EVERYONE)


def fields_are_opened_and_closed(life: Life) -> None:
    """A field shows as was chosen, and as usual again where nothing is chosen any more."""
    life.begin("ab bc")
    life.open_or_close_field("ana", "contact", Audience.EVERYONE)
    life.open_or_close_field("ana", "headline", Audience.ONLY_ME)
    life.open_or_close_field("ana", "skills", Audience.SECOND_DEGREE)
    life.open_or_close_field("bob", "contact", Audience.MEMBERS)
    life.open_or_close_field("bob", "contact", None)
    life.open_or_close_field("bob", "positions", Audience.ONLY_ME)
    life.edit("ana", ("Compilers", "Chess"), "Analyst", ["headline", "skills"], has_shared=False)


def kinds_are_told_and_read_as_is_chosen(life: Life) -> None:
    """What somebody does not share is nowhere; what somebody hides is not in their feed."""
    life.begin("ab ac")
    life.choose(
        "ana",
        WhoMayInvite.ANYONE,
        WhoMayWrite.CONNECTIONS,
        frozenset({"connection_made"}),
        frozenset({"member_joined"}),
    )
    life.do("follow", ("dee", "ana"))


def edits_have_bounds(life: Life) -> None:
    """Three skills of ten characters; what did not change is not announced."""
    with life.refused("skill_too_long"):
        life.edit("ana", ("underwater welding",), "Engineer", [], has_shared=False)
    with life.refused("skills"):
        life.edit("ana", ("Compilers", "Chess", "Go", "Sewing"), "Engineer", [], has_shared=False)
    with life.refused("invalid"):
        life.edit("ana", ("Compilers",), "Engineer", ["skills"], has_shared=False)
    life.edit("ana", ("Compilers",), "Engineer", [], has_shared=False)
    life.edit("ana", (), "Analyst", ["skills", "positions"], has_shared=True)
    life.edit("bob", ("Accounting", "compiler", "Compilers"), "Engineer", [], has_shared=False)
    life.befriend(("ana", "bob"))


def whoever_is_there_joins_once(life: Life) -> None:
    """Joining again changes nothing as long as nothing changed, and is refused after that."""
    life.join("ana")
    life.change("ana", who_may_invite=WhoMayInvite.NOBODY)
    with life.refused("already_joined"):
        life.join("ana")
    life.edit("bob", (), "Analyst", [], has_shared=False)
    with life.refused("already_joined"):
        life.come_back("bob")


def somebody_erased_does_nothing(life: Life) -> None:
    """An act of theirs is that of nobody, and they are there for nobody."""
    life.befriend(("ana", "bob"))
    post = life.post("bob")
    life.erase("ana", returns=False)
    life.erase("ana", returns=False)
    with life.refused("unknown"):
        life.invite("ana", "bob")
        life.publish("ana", audience=None)
        life.comment("ana", post)
        life.open_or_close_field("ana", "contact", Audience.EVERYONE)
        life.edit("ana", (), "Analyst", [], has_shared=False)
        life.do("block", ("ana", "bob"))
        life.do("unblock", ("ana", "bob"))
        life.do("unmute", ("ana", "bob"))
        life.mute(("ana", "bob"), days=None)
        life.mark_read(("ana", "bob"), place=0)
        life.mark_seen("ana", None, 0)
        life.invite_at("ana", ONE)
        life.confirm("ana", ONE)
        life.give_up("ana", ONE)
        life.withdraw_from_address("ana", ONE)
        life.cancel_reminders("ana", ONE)
        life.keep("ana", "x", "Xu")
        life.keep("ana", "x", "")
        life.react("ana", post, Reaction.LIKE)
        life.unreact("ana", post)
        life.retract("ana", post)
        life.announce_talk("ana", "Engines", set())
        life.take_talk_back("ana", "Engines")
    with life.refused("gone"):
        life.invite("bob", "ana")
        life.mute(("bob", "ana"), days=None)
    life.come_back("bob")


def whoever_leaves_is_forgotten(life: Life) -> None:
    """Nothing that they did, or that was done to them, is left to anybody."""
    life.begin("ab ac bd")
    life.mute(("bob", "ana"), days=None)
    life.invite("dee", "ana")
    life.edit("ana", (), "Analyst", ["headline"], has_shared=False)
    life.announce_talk("ana", "Engines", {"bob"})
    life.announce_talk("bob", "Looms", {"ana", "cy"})
    life.announce_talk("bob", "Engines", {"cy"})
    mine, theirs = life.post("ana"), life.post("bob", Audience.MEMBERS)
    life.reply("bob", mine)
    comment = life.reply("ana", theirs)
    life.reply("cy", comment)
    life.reply("dee", theirs)
    life.react("ana", theirs, Reaction.LIKE)
    life.react("bob", mine, Reaction.LIKE)
    life.write(("ana", "bob"), "Hello!")
    life.write(("bob", "ana"), "Hi there.")
    life.write(("bob", "dee"), "Hello!")
    life.keep("ana", "x", "Xu")
    assert life.has_much_to_forget()
    life.erase("ana", returns=False)
    life.look()
    life.come_back("ana")


def what_is_held_against_somebody_is_forgotten_with_either(life: Life) -> None:
    """Whoever comes back withdrew nothing, was reported for nothing, and was removed by nobody."""
    assert not life.has_much_to_forget()
    life.befriend(("ana", "dee"))
    life.do("remove", ("dee", "ana"))
    life.invite("ana", "bob")
    life.do("withdraw", ("ana", "bob"))
    life.invite("ana", "cy", note="hello")
    life.do("report", ("cy", "ana"))
    life.erase("ana", returns=True)
    life.invite("ana", "bob")
    life.do("withdraw", ("ana", "bob"))
    life.invite("ana", "cy", note="hello")
    life.erase("cy", returns=True)
    life.invite("ana", "dee")


def blocks_outlast_whom_they_are_of(life: Life) -> None:
    """Whoever comes back is blocked as before, unless the block was lifted meanwhile."""
    life.do("block", ("bob", "ana"))
    life.do("block", ("cy", "ana"))
    life.do("block", ("ana", "dee"))
    life.erase("ana", returns=False)
    life.compare_own("bob")
    life.end("unblock", place=0)
    life.erase("eve", returns=True)
    life.come_back("ana")
    life.invite("ana", "bob")
    with life.refused("gone"):
        life.invite("ana", "cy")
    life.do("block", ("bob", "ana"))


def blocks_of_somebody_who_is_not_there_hold_when_they_come(life: Life) -> None:
    """Somebody erased may be blocked, once, and is when they come back."""
    life.do("block", ("bob", "ana"))
    life.erase("ana", returns=False)
    life.do("block", ("bob", "ana"))
    life.do("block", ("cy", "ana"))
    life.come_back("ana")
    with life.refused("gone"):
        life.invite("ana", "bob")


def whoever_comes_back_to_write_begins_anew(life: Life) -> None:
    """Nobody waits for their answer, is free to write to them, or counts what they asked before."""
    life.begin("ab bc bd")
    life.ask_to_write(("ana", "cy"), "Hello!")
    life.ask_to_write(("ana", "dee"), "Hello!")
    life.answer(("dee", "ana"), "accept")
    life.write_inmail(("ana", "eve"), "Hello!", "Job")
    life.erase("ana", returns=True)
    life.compare_own("ana")
    with life.refused("not_open"):
        life.write(("dee", "ana"), "Hello!")
    life.befriend(("ana", "bob"))
    life.ask_to_write(("ana", "cy"), "Hello!")
    life.ask_to_write(("ana", "dee"), "Hello!")
    life.write_inmail(("ana", "eve"), "Hello!", "Job")


def whoever_comes_back_is_invited_anew(life: Life) -> None:
    """What was ignored, turned away or to be reminded no more before is so no longer."""
    life.confirm("bob", ONE)
    life.invite_at("ana", ONE)
    life.invite_at("ana", TWO)
    life.cancel_reminders("ana", TWO)
    life.do("report", ("bob", "ana"))
    life.invite("dee", "ana")
    life.do("ignore", ("ana", "dee"))
    life.erase("ana", returns=True)
    life.invite("dee", "ana")
    life.invite_at("ana", ONE)
    life.invite_at("ana", TWO)


def what_was_said_of_somebody_goes_with_them(life: Life) -> None:
    """Endorsements and recommendations of either are gone when one of the two leaves."""
    life.befriend(("ana", "bob"))
    life.act_on_skill("ana", "give", "bob", "Compilers")
    life.act_on_skill("bob", "give", "ana", "Compilers")
    life.write_of("ana", "bob")
    life.write_of("bob", "ana")
    life.decide_recommendations([("accept", 0, ""), ("accept", 1, "")], by=None)
    life.erase("ana", returns=True)
    life.befriend(("ana", "bob"))


def what_others_did_stays_when_somebody_leaves(life: Life) -> None:
    """Their waits, their limits, and what they turned away hold as before."""
    life.begin("bc cd")
    life.confirm("eve", ONE)
    life.invite_at("dee", ONE)
    life.do("report", ("eve", "dee"))
    life.invite_at("bob", TWO)
    life.cancel_reminders("bob", TWO)
    life.invite("bob", "eve")
    life.do("withdraw", ("bob", "eve"))
    life.ask_to_write(("dee", "bob"), "Hello!")
    life.answer(("bob", "dee"), "accept")
    life.write_inmail(("dee", "eve"), "Hello!", "Job")
    life.let_pass(days=8)
    life.erase("ana", returns=False)
    with life.refused("withdrawn"):
        life.invite("bob", "eve")
    with life.refused("inmail_credits", "request_waits"):
        life.write_inmail(("dee", "eve"), "Hello!", "Job")
    life.write(("bob", "dee"), "Hello!")
    life.confirm("eve", TWO)
    life.invite_at("dee", TWO)
