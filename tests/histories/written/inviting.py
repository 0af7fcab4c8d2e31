"""Invitations between members: what becomes of them, and every reason for which there is none."""

from connectcore import WhoMayInvite
from tests.histories.written.life import Life


def invitations_that_cross_connect(life: Life) -> None:
    """Each of two invites the other, and what comes after that is of no effect or refused."""
    life.invite("ana", "bob")
    life.invite("ana", "bob")
    life.compare_own("bob")
    life.invite("bob", "ana")
    life.do("accept", ("ana", "bob"))
    with life.refused("already_connected"):
        life.invite("bob", "ana")
    with life.refused("no_invitation"):
        life.do("accept", ("ana", "cy"))
        life.do("ignore", ("ana", "bob"))


def nobody_invites_oneself_nor_who_is_not_there(life: Life) -> None:
    """One's own name, whom one blocked and who blocked one are three answers, and no invitation."""
    life.do("block", ("ana", "bob"))
    with life.refused("oneself"):
        life.invite("ana", "ana")
    with life.refused("you_blocked"):
        life.invite("ana", "bob")
        life.do("ignore", ("ana", "bob"))
        life.do("withdraw", ("ana", "bob"))
    with life.refused("gone"):
        life.invite("bob", "ana")
        life.do("report", ("bob", "ana"))
        life.do("withdraw", ("bob", "ana"))


def withdrawing_bars_from_inviting_for_three_weeks(life: Life) -> None:
    """Whoever withdrew waits, for that one alone, and whoever was invited need not."""
    with life.refused("no_invitation"):
        life.do("withdraw", ("ana", "bob"))
    life.invite("ana", "bob")
    life.do("withdraw", ("ana", "bob"))
    withdrawn = life.model.now
    life.do("withdraw", ("ana", "bob"))
    life.befriend(("ana", "cy"))
    life.invite("bob", "ana")
    with life.refused("no_invitation"):
        life.do("withdraw", ("ana", "bob"))
    life.end("withdraw", place=0)
    life.let_almost_pass(since=withdrawn, days=21)
    with life.refused("withdrawn"):
        life.invite("ana", "bob")
    life.invite("ana", "bob")
    life.do("accept", ("bob", "ana"))
    with life.refused("no_invitation"):
        life.do("withdraw", ("ana", "bob"))


def what_was_ignored_may_be_accepted_later(life: Life) -> None:
    """An ignored invitation lies there, for whoever sent it as before; another one is shown anew."""
    life.invite("ana", "bob")
    life.do("ignore", ("bob", "ana"))
    life.do("ignore", ("bob", "ana"))
    life.invite("ana", "bob")
    life.invite("cy", "bob")
    life.do("ignore", ("bob", "cy"))
    life.do("accept", ("bob", "ana"))
    life.do("withdraw", ("cy", "bob"))
    life.let_pass(days=22)
    life.invite("cy", "bob")


def whoever_was_reported_invites_no_more(life: Life) -> None:
    """A report outlasts what it is of, is told to nobody, and counts once."""
    life.invite("ana", "bob")
    life.do("ignore", ("bob", "ana"))
    life.do("report", ("bob", "ana"))
    life.do("report", ("bob", "ana"))
    life.do("ignore", ("bob", "ana"))
    life.invite("ana", "dee", email="one@example.org")
    life.do("withdraw", ("ana", "bob"))
    life.let_almost_pass(days=21)
    with life.refused("withdrawn"):
        life.invite("ana", "bob")
    with life.refused("not_accepting"):
        life.invite("ana", "bob")


def whoever_was_reported_twice_needs_addresses(life: Life) -> None:
    """After two reports somebody invites only whose address they know."""
    for to in ("bob", "cy"):
        life.invite("ana", to)
        life.answer_all(to, "report")
        life.do("withdraw", ("ana", to))
    life.let_pass(days=8)
    with life.refused("email_needed"):
        life.invite("ana", "dee", email="one@example.org")
    life.invite("ana", "dee")
    life.confirm("eve", "two@example.org")
    life.invite("ana", "eve", email="two@example.org")


def members_choose_who_invites_them(life: Life) -> None:
    """Nobody, whoever knows an address, or everybody."""
    life.change("bob", who_may_invite=WhoMayInvite.NOBODY)
    with life.refused("not_accepting"):
        life.invite("ana", "bob")
    life.change("bob", who_may_invite=WhoMayInvite.KNOWS_EMAIL)
    with life.refused("email_needed"):
        life.invite("ana", "bob", email="one@example.org")
    life.invite("ana", "bob")


def notes_are_short_and_few(life: Life) -> None:
    """One note of ten characters a month, and invitations without one besides."""
    with life.refused("note_too_long"):
        life.invite("ana", "bob", note="hello, you!")
    life.invite("ana", "bob", note="hello, you")
    life.let_almost_pass(days=30)
    with life.refused("notes_per_month"):
        life.invite("ana", "cy", note="hello")
    life.invite("ana", "cy", note="hello")
    life.do("withdraw", ("ana", "bob"))
    life.invite("ana", "dee")
    life.invite("bob", "eve", note="hello")


def invitations_are_few_at_once_and_in_a_week(life: Life) -> None:
    """Two may wait, and three may be sent; withdrawing makes room for the one alone."""
    life.invite("ana", "bob")
    first = life.model.now
    life.invite("ana", "cy")
    with life.refused("pending_invitations"):
        life.invite("ana", "dee")
    life.do("withdraw", ("ana", "bob"))
    life.invite("ana", "dee")
    life.do("withdraw", ("ana", "dee"))
    life.let_almost_pass(since=first, days=7)
    with life.refused("sent_per_week"):
        life.invite("ana", "eve")
    life.invite("ana", "eve")
    with life.refused("pending_invitations", "withdrawn"):
        life.invite("ana", "bob")


def nobody_has_more_than_three_connections(life: Life) -> None:
    """Whoever has three neither invites nor accepts, nor is invited or accepted."""
    life.invite("eve", "ana")
    life.invite("ana", "bob")
    life.do("accept", ("bob", "ana"))
    life.begin("ca da")
    with life.refused("connections"):
        life.do("accept", ("ana", "eve"))
        life.invite("ana", "eve")
    life.do("withdraw", ("eve", "ana"))
    life.let_pass(days=22)
    with life.refused("connections_of_other"):
        life.invite("eve", "ana")
    life.do("remove", ("ana", "dee"))
    life.invite("ana", "eve")
    life.answer_all("eve", "accept")


def old_invitations_are_no_more(life: Life) -> None:
    """After sixty days there is nothing to answer, and a new one may be sent at once."""
    life.invite("ana", "cy")
    life.do("ignore", ("cy", "ana"))
    life.invite("ana", "bob")
    life.let_almost_pass(days=60)
    life.compare_own("bob")
    with life.refused("no_invitation"):
        life.do("withdraw", ("ana", "cy"))
        life.do("accept", ("bob", "ana"))
        life.do("accept", ("cy", "ana"))
        life.do("withdraw", ("ana", "bob"))
    life.invite("ana", "bob")
