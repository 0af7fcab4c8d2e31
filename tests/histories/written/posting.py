"""Posts, what is written under them and what becomes of it."""

from connectcore import Audience, Reaction
from tests.histories.written.life import Life


def a_post_is_answered(life: Life) -> None:
    """Authors are told of comments and reactions, and who is answered is told of the reply."""
    life.begin("ab ac")
    post = life.post("ana")
    own = life.reply("ana", post)
    theirs = life.reply("bob", post)
    life.reply("cy", own)
    life.reply("cy", theirs)
    life.reply("bob", theirs)
    life.react("bob", post, Reaction.LIKE)
    life.react("bob", post, Reaction.LIKE)
    life.react("bob", post, Reaction.CELEBRATE)
    life.react("cy", theirs, Reaction.LIKE)
    life.react("ana", post, Reaction.LIKE)
    for viewer in ("ana", "bob", "cy"):
        life.read(viewer, post)
        life.read(viewer, theirs)


def a_post_is_there_for_its_audience(life: Life) -> None:
    """Who is not in it neither reads nor answers, also under it."""
    life.begin("ab bc")
    post = life.post("ana")
    comment = life.reply("bob", post)
    with life.refused("gone"):
        life.comment("cy", post)
        life.comment("cy", comment)
        life.react("cy", post, Reaction.LIKE)
        life.unreact("cy", comment)
        life.retract("cy", post)
        life.comment("ana", "nothing")
    life.read("cy", post)
    life.read("ana", "nothing")


def what_was_said_is_taken_back(life: Life) -> None:
    """A comment goes with its replies, by its writer or by the author, and a reaction by itself."""
    life.begin("ab ac")
    post = life.post("ana")
    first, second = life.reply("bob", post), life.reply("bob", post)
    reply = life.reply("cy", first)
    life.react("ana", first, Reaction.LIKE)
    life.react("ana", reply, Reaction.LIKE)
    life.react("bob", post, Reaction.LIKE)
    life.unreact("bob", post)
    life.unreact("bob", post)
    life.unreact("ana", reply)
    with life.refused("gone"):
        life.retract("cy", first)
    life.read("cy", post)
    life.retract("bob", first)
    life.read("cy", post)
    life.retract("ana", second)
    life.compare_own("ana")
    with life.refused("gone"):
        life.retract("ana", second)


def a_post_is_taken_back_with_all_under_it(life: Life) -> None:
    """Its comments, their replies and all reactions go along, and what was told of them."""
    life.befriend(("ana", "bob"))
    post, other = life.post("ana", Audience.MEMBERS), life.post("ana", Audience.MEMBERS)
    for under in (post, other):
        life.reply("cy", life.reply("bob", under))
        life.react("dee", under, Reaction.LIKE)
    life.read("bob", other)
    life.retract("ana", post)
    life.read("bob", post)
    life.read("bob", other)


def a_block_hides_what_is_under_a_post(life: Life) -> None:
    """Of two who blocked each other neither reads the other's comments, replies and reactions."""
    life.begin("ab ac")
    post = life.post("ana")
    comment = life.reply("bob", post)
    reply = life.reply("cy", comment)
    life.react("cy", comment, Reaction.LIKE)
    life.react("bob", post, Reaction.LIKE)
    life.do("block", ("bob", "cy"))
    for viewer in ("ana", "bob", "cy"):
        life.read(viewer, post)
        life.read(viewer, reply)
    with life.refused("gone"):
        life.react("cy", comment, Reaction.LIKE)
    life.do("block", ("bob", "ana"))


def a_comment_is_shared_with_who_reads_activities(life: Life) -> None:
    """Who closes their activities shares what they say under a post of their own alone."""
    life.begin("ab bc")
    life.open_or_close("ana", "activities", Audience.ONLY_ME)
    mine, theirs = life.post("ana", Audience.MEMBERS), life.post("cy", Audience.MEMBERS)
    for under in (mine, theirs):
        life.reply("ana", under)
        life.react("ana", under, Reaction.LIKE)


def talks_are_told_of(life: Life) -> None:
    """A kind of the application's own is read, replaced, hidden and taken back as all others."""
    life.begin("ab ac ad")
    life.announce_talk("ana", "Engines", {"bob", "eve"})
    life.announce_talk("ana", "Looms", set())
    life.announce_talk("bob", "Engines", {"cy"})
    life.compare_feed("cy")
    life.announce_talk("ana", "Looms", {"bob"})
    life.take_talk_back("bob", "Engines")
    life.take_talk_back("bob", "Engines")
    life.mute(("cy", "bob"), days=None)
    life.do("block", ("dee", "eve"))
    life.open_or_close("ana", "activities", Audience.EVERYONE)
