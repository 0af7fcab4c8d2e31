"""Notices: listed, pushed and mailed in the ways that members choose, as long as they hold."""

from connectcore import Audience, Channel, NoticeKind, Reaction
from tests.histories.written.life import Life

KINDS = {NoticeKind.INVITATION_RECEIVED, NoticeKind.MESSAGE_RECEIVED}


def notices_are_seen(life: Life) -> None:
    """All of them, or up to one; what was seen stays so, and nobody marks another's."""
    life.mark_seen("ana", None, 0)
    life.begin("ba ca")
    post = life.post("ana")
    life.react("bob", post, Reaction.LIKE)
    life.react("cy", post, Reaction.LIKE)
    life.compare_own("ana")
    life.mark_seen("ana", "ana", 1)
    life.compare_own("ana")
    life.mark_seen("ana", None, 0)
    life.mark_seen("ana", "ana", 0)
    life.compare_own("ana")
    with life.refused("gone"):
        life.mark_seen("ana", "bob", 0)


def notices_hold_as_long_as_what_they_tell(life: Life) -> None:
    """Whoever may no longer see what a notice is about finds it no longer, and again when they may."""
    life.begin("ab bc")
    post = life.post("bob", Audience.CONNECTIONS)
    comment = life.reply("ana", post)
    life.react("cy", comment, Reaction.LIKE)
    life.reply("cy", comment)
    life.invite("dee", "ana")
    life.compare_own("ana")
    life.do("ignore", ("ana", "dee"))
    life.do("remove", ("ana", "bob"))
    life.compare_own("ana")
    life.do("block", ("cy", "ana"))
    life.retract("bob", post)


def members_choose_how_they_are_told(life: Life) -> None:
    """In the application, by mail, by both or not at all; what is not listed is pushed all the same."""
    life.be_told("ana", {NoticeKind.INVITATION_RECEIVED}, set())
    life.be_told("bob", KINDS, {Channel.EMAIL, Channel.DAILY_DIGEST})
    life.be_told("cy", KINDS, {Channel.IN_APP})
    for to in ("ana", "bob", "cy"):
        life.invite("dee" if to == "bob" else "eve", to)
    life.push(settled=5)
    life.mail(sends=True, unsubscribes=False)
    life.push(settled=0)


def the_journal_is_read_until_it_is_settled(life: Life) -> None:
    """What is settled is gone, what is not is there again, and what holds no more is neither."""
    life.push(settled=0)
    life.befriend(("ana", "bob"))
    life.invite("cy", "dee")
    life.write(("ana", "bob"), "Hello!")
    life.push(settled=2)
    life.push(settled=2)
    life.do("withdraw", ("cy", "dee"))
    life.mark_read(("bob", "ana"), place=0)
    life.push(settled=0)
    life.push(settled=0)


def mail_goes_out_once(life: Life) -> None:
    """What was not sent is due again as it was, beside what came since; what was sent is not."""
    life.befriend(("ana", "bob"))
    life.write(("ana", "bob"), "Hello!")
    life.invite("cy", "bob")
    life.mail(sends=False, unsubscribes=False)
    life.invite("dee", "bob")
    life.mail(sends=False, unsubscribes=False)
    life.mail(sends=True, unsubscribes=False)
    life.mail(sends=True, unsubscribes=False)


def what_is_not_true_any_more_is_not_mailed(life: Life) -> None:
    """What was undone, read or unwanted before it was sent is in no mail, then and later."""
    life.begin("ab de")
    life.write(("ana", "bob"), "Hello!")
    life.write(("dee", "eve"), "Hello!")
    life.invite("cy", "bob")
    life.invite("dee", "bob")
    life.mail(sends=False, unsubscribes=False)
    life.mark_read(("bob", "ana"), place=0)
    life.do("withdraw", ("cy", "bob"))
    life.do("block", ("dee", "eve"))
    life.be_told("bob", {NoticeKind.INVITATION_RECEIVED}, {Channel.IN_APP})
    life.be_told("ana", {NoticeKind.INVITATION_ACCEPTED}, {Channel.WEEKLY_DIGEST})
    life.mail(sends=False, unsubscribes=False)
    life.push(settled=5)
    life.do("unblock", ("dee", "eve"))
    life.be_told("bob", set(), set())
    life.mail(sends=True, unsubscribes=False)
    life.push(settled=0)


def digests_are_of_a_day_or_a_week(life: Life) -> None:
    """They go out at midnight, and at the midnight before a Monday."""
    midnight = life.model.now.replace(hour=0, minute=0, second=0)
    life.be_told("bob", KINDS, {Channel.DAILY_DIGEST})
    life.be_told("cy", KINDS, {Channel.WEEKLY_DIGEST, Channel.IN_APP})
    for to in ("bob", "cy"):
        life.invite("ana", to)
        life.invite("dee", to)
    for days in (1, 7):
        life.let_almost_pass(since=midnight, days=days)
        for _ in range(2):
            life.mail(sends=False, unsubscribes=False)
        life.mail(sends=True, unsubscribes=False)


def members_unsubscribe_by_a_mail(life: Life) -> None:
    """From its kind by one of a kind, and from that digest by a digest."""
    life.invite("ana", "bob")
    life.be_told("cy", KINDS, {Channel.DAILY_DIGEST, Channel.WEEKLY_DIGEST, Channel.IN_APP})
    life.mail(sends=True, unsubscribes=True)
    life.invite("ana", "cy")
    life.let_pass(hours=24)
    life.mail(sends=True, unsubscribes=True)
    life.invite("dee", "cy")
    life.invite("dee", "bob")
    life.let_pass(days=8)
    life.mail(sends=True, unsubscribes=False)


def mail_goes_to_an_address_that_was_confirmed(life: Life) -> None:
    """To the one in the profile where that is confirmed, or none is, and else to the newest."""
    life.invite("bob", "ana")
    life.confirm("bob", "one@example.org")
    life.mail(sends=False, unsubscribes=False)
    for address in ("one@example.org", "ana@example.org", "two@example.org"):
        life.confirm("ana", address)
        life.mail(sends=False, unsubscribes=False)
    life.give_up("ana", "ana@example.org")
    life.mail(sends=True, unsubscribes=False)


def whoever_is_gone_is_told_nothing(life: Life) -> None:
    """Neither by mail nor otherwise, and what they did is told to nobody."""
    life.befriend(("ana", "bob"))
    life.write(("bob", "ana"), "Hello!")
    life.invite("cy", "ana")
    life.mail(sends=False, unsubscribes=False)
    life.erase("ana", returns=False)
    life.mail(sends=True, unsubscribes=False)
    life.push(settled=0)
    life.mark_seen("bob", "ana", 0)


def an_invitation_is_told_again_after_it_was_withdrawn(life: Life) -> None:
    """A notice of the one is none of the other, and stands in no mail of it."""
    life.invite("ana", "bob")
    life.mail(sends=False, unsubscribes=False)
    life.do("withdraw", ("ana", "bob"))
    life.let_pass(days=22)
    life.invite("ana", "bob")
    life.mail(sends=True, unsubscribes=False)
    life.push(settled=0)
