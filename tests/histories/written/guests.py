"""Invitations to addresses: to members who confirmed them, to some who will, and to nobody."""

from connectcore import Channel, NoticeKind, NoticePreferences, WhoMayInvite
from tests.histories.written.life import Life

ONE, TWO = "one@example.org", "two@example.org"


def whoever_confirms_an_address_finds_who_invited_it(life: Life) -> None:
    """An invitation waits at an address until it is somebody's, who accepts it as any other."""
    life.invite_at("ana", ONE, note="hello")
    life.invite_at("ana", ONE)
    with life.refused("no_invitation"):
        life.do("accept", ("bob", "ana"))
    life.confirm("bob", ONE)
    life.confirm("bob", ONE)
    life.look()
    life.do("accept", ("bob", "ana"))
    life.confirm("cy", ONE)


def two_addresses_of_one_member_hold_two_invitations(life: Life) -> None:
    """They are listed as one, are accepted one after the other, and end one by one."""
    life.invite_address(("ana", "bob"), ONE, note="", confirmed="before")
    life.invite_address(("ana", "bob"), TWO, note="", confirmed="after")
    life.invite("cy", "bob")
    life.do("accept", ("bob", "ana"))
    life.withdraw_from_address("ana", ONE)


def an_invitation_to_a_member_stands_before_those_to_addresses(life: Life) -> None:
    """Whoever is invited by name and at an address reads one invitation, and answers both."""
    life.invite_at("ana", ONE)
    life.invite("ana", "bob")
    life.confirm("bob", ONE)
    life.do("ignore", ("bob", "ana"))
    life.do("accept", ("bob", "ana"))


def inviting_back_accepts_what_waits_at_an_address(life: Life) -> None:
    """Whoever invites a member who invited one of their addresses is connected."""
    life.invite_address(("ana", "bob"), ONE, note="", confirmed="after")
    life.invite("bob", "ana")
    with life.refused("already_connected"):
        life.invite("ana", "bob")


def nobody_invites_an_address_of_their_own(life: Life) -> None:
    """Neither before it is confirmed, as nobody hears of it, nor after."""
    life.confirm("ana", ONE)
    with life.refused("oneself"):
        life.invite_at("ana", ONE)
    life.invite_at("ana", TWO)
    life.confirm("ana", TWO)


def addresses_count_as_members_do(life: Life) -> None:
    """The limits of invitations are the same, whoever they are to."""
    with life.refused("note_too_long"):
        life.invite_at("ana", ONE, note="far too long a note")
    life.invite_at("ana", ONE, note="hello")
    with life.refused("notes_per_month"):
        life.invite_at("ana", TWO, note="hello")
    life.invite("ana", "bob")
    with life.refused("pending_invitations"):
        life.invite_at("ana", TWO)
    life.do("withdraw", ("ana", "bob"))
    life.invite("ana", "cy")
    life.withdraw_from_address("ana", ONE)
    with life.refused("sent_per_week"):
        life.invite_at("ana", TWO)
    with life.refused("sent_per_week", "withdrawn"):
        life.invite_at("ana", ONE)


def whoever_has_enough_connections_invites_no_address(life: Life) -> None:
    """The limit of connections is the sender's own; that of whom it reaches is not told."""
    life.begin("ab ac")
    life.let_pass(days=8)
    life.begin("da")
    with life.refused("connections"):
        life.invite_at("ana", ONE)
    life.invite_address(("eve", "ana"), ONE, note="", confirmed="before")


def an_invitation_to_an_address_is_taken_back(life: Life) -> None:
    """It is taken back once, bars from another for three weeks, and needs to be there."""
    with life.refused("no_invitation"):
        life.withdraw_from_address("ana", ONE)
        life.cancel_reminders("ana", ONE)
    life.invite_at("ana", ONE)
    life.cancel_reminders("ana", ONE)
    life.withdraw_from_address("ana", ONE)
    life.let_almost_pass(days=21)
    with life.refused("withdrawn"):
        life.invite_at("ana", ONE)
    life.invite_at("ana", ONE)


def addresses_are_reminded_until_they_are_not(life: Life) -> None:
    """Two reminders are planned, fall due one after the other, and are cancelled."""
    life.invite("ana", "bob")
    life.invite_at("cy", TWO)
    life.invite_at("ana", ONE)
    life.let_almost_pass(days=7)
    for _ in range(3):
        life.compare_own("ana")
        life.wait()
    life.cancel_reminders("ana", ONE)
    life.compare_own("ana")
    life.let_pass(days=22)
    life.compare_own("cy")
    life.let_pass(days=61)


def what_is_ignored_at_an_address_may_be_accepted(life: Life) -> None:
    """An ignored invitation is listed no longer and is there; one to another address is shown."""
    life.invite_address(("ana", "bob"), ONE, note="", confirmed="before")
    life.do("ignore", ("bob", "ana"))
    life.do("ignore", ("bob", "ana"))
    life.compare_own("bob")
    life.invite_address(("ana", "bob"), TWO, note="", confirmed="before")
    life.compare_own("bob")
    life.do("ignore", ("bob", "ana"))
    life.do("accept", ("bob", "ana"))


def whoever_was_reported_reaches_no_address(life: Life) -> None:
    """What they send later is turned away without a word, by name as at another address."""
    life.invite_address(("ana", "bob"), ONE, note="", confirmed="before")
    life.do("report", ("bob", "ana"))
    life.do("ignore", ("bob", "ana"))
    life.confirm("bob", TWO)
    life.invite_at("ana", TWO)
    life.compare_own("bob")
    life.let_pass(days=61)
    life.invite("ana", "bob")
    life.compare_own("bob")
    life.invite("bob", "ana")
    life.do("remove", ("ana", "bob"))
    life.invite_at("ana", ONE)


def some_invitations_do_not_reach_an_address(life: Life) -> None:
    """Those of somebody whom its owner takes none from, of whatever cause, wait there unseen."""
    life.confirm("bob", ONE)
    life.do("block", ("bob", "ana"))
    life.befriend(("bob", "cy"))
    life.change("bob", who_may_invite=WhoMayInvite.NOBODY)
    for by in ("ana", "cy", "dee"):
        life.invite_at(by, ONE)
    life.change("bob", who_may_invite=WhoMayInvite.ANYONE)
    life.do("unblock", ("bob", "ana"))
    life.do("remove", ("bob", "cy"))
    life.withdraw_from_address("cy", ONE)
    life.let_pass(days=22)
    life.invite_at("cy", ONE)


def whoever_has_no_room_is_not_reached(life: Life) -> None:
    """An invitation to an address of a member who has three connections stays unseen when they have two."""
    life.confirm("ana", ONE)
    life.begin("ab ca da")
    life.invite_at("eve", ONE)
    life.do("remove", ("ana", "dee"))
    life.compare_own("ana")
    life.invite_at("dee", ONE)


def whoever_withdrew_reaches_no_address_for_three_weeks(life: Life) -> None:
    """Not by the address either, though nobody tells them; nor does whoever was reported, ever."""
    life.confirm("bob", ONE)
    life.confirm("bob", TWO)
    life.invite("cy", "bob")
    life.do("report", ("bob", "cy"))
    life.do("withdraw", ("cy", "bob"))
    life.invite("ana", "bob")
    life.do("withdraw", ("ana", "bob"))
    life.let_almost_pass(days=21)
    life.invite_at("ana", ONE)
    life.compare_own("bob")
    life.invite_at("ana", TWO)
    life.invite_at("cy", ONE)


def those_who_wait_for_each_other_reach_each_other(life: Life) -> None:
    """Where the one invited the other by name, an address is a way also to whom takes none."""
    life.confirm("bob", ONE)
    life.invite("ana", "bob")
    life.invite("bob", "cy")
    life.change("bob", who_may_invite=WhoMayInvite.NOBODY)
    for by in ("ana", "cy"):
        life.invite_at(by, ONE)
    life.compare_own("bob")
    life.do("withdraw", ("ana", "bob"))
    life.compare_own("bob")
    life.do("withdraw", ("bob", "cy"))
    life.do("accept", ("bob", "cy"))
    life.do("accept", ("bob", "ana"))


def what_parts_two_ends_what_waits_at_addresses(life: Life) -> None:
    """A removal and a block take along what was sent before them, and not what comes after."""
    life.confirm("bob", ONE)
    life.confirm("bob", TWO)
    life.invite_at("ana", ONE)
    life.invite_at("ana", TWO)
    life.do("accept", ("bob", "ana"))
    life.do("remove", ("ana", "bob"))
    with life.refused("no_invitation"):
        life.do("accept", ("bob", "ana"))
    life.withdraw_from_address("ana", ONE)
    life.let_pass(days=22)
    life.invite_at("ana", TWO)
    life.do("accept", ("bob", "ana"))
    life.do("block", ("bob", "ana"))
    life.do("unblock", ("bob", "ana"))
    with life.refused("no_invitation"):
        life.do("accept", ("bob", "ana"))


def an_address_passes_on_with_what_waits_there(life: Life) -> None:
    """Whoever confirms it later has it, with the invitations; it is given up by its owner alone."""
    life.confirm("bob", ONE)
    life.invite_at("ana", ONE)
    life.confirm("cy", ONE)
    life.compare_own("bob")
    life.give_up("bob", ONE)
    life.compare_own("cy")
    life.give_up("cy", ONE)
    life.give_up("cy", TWO)
    life.invite_at("dee", ONE)


def invitations_at_addresses_are_told_in_the_application(life: Life) -> None:
    """They are among the notices of whoever wants them there, and are seen like others."""
    life.invite_address(("ana", "bob"), ONE, note="", confirmed="after")
    life.compare_own("bob")
    life.mark_seen("bob", None, 0)
    life.compare_own("bob")
    mailed = NoticePreferences(channels={NoticeKind.INVITATION_RECEIVED: {Channel.EMAIL}})
    life.change("bob", notices=mailed)


def whoever_leaves_takes_their_addresses_along(life: Life) -> None:
    """What waited at an address of theirs is shown to nobody who confirms it later."""
    life.confirm("bob", ONE)
    life.confirm("cy", TWO)
    life.invite_at("ana", ONE)
    life.invite_at("ana", TWO)
    life.cancel_reminders("ana", ONE)
    life.erase("bob", returns=True)
    life.confirm("bob", ONE)
    life.compare_own("bob")
    life.do("report", ("cy", "ana"))
    life.erase("ana", returns=False)


def address_books_are_kept(life: Life) -> None:
    """Somebody is kept, under another name, and no longer."""
    life.keep("ana", "x", "Xu")
    life.keep("ana", "y", "Yara")
    life.keep("ana", "x", "Yara")
    life.keep("bob", "x", "Xu")
    life.keep("ana", "y", "")
    life.keep("cy", "y", "")
