"""How two who know each other part, follow and stop listening."""

from connectcore import Audience
from tests.histories.written.life import Life


def whoever_was_removed_does_not_invite(life: Life) -> None:
    """Only who removed the other begins again; a removal is of no effect again, by either."""
    with life.refused("not_connected"):
        life.do("remove", ("ana", "bob"))
    life.befriend(("ana", "bob"))
    life.do("remove", ("ana", "bob"))
    life.do("remove", ("ana", "bob"))
    life.do("remove", ("bob", "ana"))
    with life.refused("not_accepting"):
        life.invite("bob", "ana")
    life.invite("ana", "bob")
    with life.refused("not_connected"):
        life.do("remove", ("ana", "bob"))
    life.do("accept", ("bob", "ana"))
    life.end("remove", place=0)


def what_was_between_two_is_forgotten_when_they_connect(life: Life) -> None:
    """An earlier removal is no reason any more, and that one once accepted is told no longer."""
    life.befriend(("ana", "bob"))
    life.befriend(("ana", "cy"))
    life.do("remove", ("ana", "bob"))
    life.do("remove", ("ana", "cy"))
    life.befriend(("ana", "bob"))
    life.do("remove", ("bob", "ana"))
    life.befriend(("bob", "ana"))
    with life.refused("not_accepting"):
        life.invite("cy", "ana")


def a_block_ends_everything(life: Life) -> None:
    """A connection, follows and invitations of either are gone, for both and for good."""
    life.befriend(("ana", "bob"))
    life.do("block", ("ana", "bob"))
    life.do("block", ("ana", "bob"))
    life.invite("cy", "ana")
    life.do("block", ("ana", "cy"))
    with life.refused("blocks"):
        life.do("block", ("ana", "dee"))
    with life.refused("oneself"):
        life.do("block", ("ana", "ana"))
        life.do("unblock", ("ana", "ana"))
    with life.refused("gone"):
        life.do("accept", ("cy", "ana"))
        life.do("remove", ("bob", "ana"))


def whoever_lifts_a_block_waits_before_another(life: Life) -> None:
    """For 48 hours whom one unblocked is not blocked again, connected or not; others are."""
    life.do("unblock", ("ana", "bob"))
    life.do("block", ("ana", "bob"))
    life.end("unblock", place=0)
    unblocked = life.model.now
    life.befriend(("ana", "bob"))
    with life.refused("unblocked_lately"):
        life.do("block", ("ana", "bob"))
    life.do("block", ("ana", "cy"))
    life.do("block", ("ana", "dee"))
    with life.refused("unblocked_lately", "blocks"):
        life.do("block", ("ana", "bob"))
    life.do("unblock", ("ana", "cy"))
    life.let_almost_pass(since=unblocked, hours=48)
    with life.refused("unblocked_lately"):
        life.do("block", ("ana", "bob"))
    life.do("block", ("ana", "bob"))


def two_block_each_other(life: Life) -> None:
    """Each lifts their own, and until both did neither sees the other."""
    life.do("block", ("ana", "bob"))
    life.do("block", ("bob", "ana"))
    life.do("unblock", ("bob", "ana"))
    with life.refused("gone"):
        life.do("follow", ("bob", "ana"))
    with life.refused("you_blocked"):
        life.do("follow", ("ana", "bob"))
    life.do("unblock", ("ana", "bob"))
    life.do("follow", ("bob", "ana"))


def a_block_is_a_withdrawal_of_ones_own_invitation(life: Life) -> None:
    """Whoever invited and blocked may not invite for three weeks, unblocked or not."""
    life.invite("ana", "bob")
    life.do("block", ("ana", "bob"))
    life.do("unblock", ("ana", "bob"))
    with life.refused("withdrawn"):
        life.invite("ana", "bob")
    life.invite("bob", "ana")


def members_follow_whom_they_are_not_connected_with(life: Life) -> None:
    """A follow begins and ends alone; whom one blocked, or is blocked by, is not followed."""
    life.do("follow", ("ana", "bob"))
    life.do("follow", ("ana", "bob"))
    life.befriend(("ana", "cy"))
    life.do("unfollow", ("ana", "cy"))
    life.do("unfollow", ("ana", "dee"))
    with life.refused("oneself"):
        life.do("follow", ("ana", "ana"))
        life.do("unfollow", ("ana", "ana"))


def mutes_end_or_do_not(life: Life) -> None:
    """A mute lasts for three days or for good; nobody mutes themselves or who is not there."""
    life.begin("ab ac")
    life.do("follow", ("ana", "dee"))
    life.mute(("ana", "cy"), days=None)
    life.mute(("ana", "bob"), days=3)
    muted = life.model.now
    life.mute(("ana", "dee"), days=None)
    life.do("unmute", ("ana", "dee"))
    life.do("unmute", ("ana", "eve"))
    life.let_almost_pass(since=muted, days=3)
    for _ in range(3):
        life.compare_feed("ana")
        life.compare_own("ana")
        life.wait()
    with life.refused("oneself"):
        life.mute(("ana", "ana"), days=3)
    life.do("block", ("eve", "ana"))
    with life.refused("gone"):
        life.mute(("ana", "eve"), days=3)


def a_chain_of_members_sees_as_far_as_three(life: Life) -> None:
    """Distances, paths, suggestions and lists stop where somebody keeps their list or blocks."""
    life.begin("ab bc cd de")
    life.compare("ana", "dee")
    life.compare("ana", "eve")
    life.invite("ana", "cy")
    life.compare_own("ana")
    life.do("block", ("dee", "ana"))


def circles_of_members_share_connections(life: Life) -> None:
    """Who shares most is suggested first, unless there is something between the two."""
    life.begin("ab bc ca cd de ea")
    life.do("remove", ("ana", "cy"))
    life.confirm("dee", "one@example.org")
    life.invite_at("bob", "one@example.org")
    life.compare_own("dee")
    life.do("block", ("eve", "bob"))


def nobody_is_reached_through_whom_either_does_not_see(life: Life) -> None:
    """A block breaks each chain in which one of its two is an end and the other a link."""
    life.begin("ab bc cd")
    life.befriend(("eve", "cy"))
    life.do("block", ("cy", "ana"))
    for viewer in ("bob", "dee"):
        life.compare("ana", viewer)
        life.compare(viewer, "ana")
    life.do("unblock", ("cy", "ana"))
    life.do("block", ("dee", "bob"))


def one_connection_is_told_once(life: Life) -> None:
    """Whoever follows both ends reads it of the first of the two, or of the one who shares it."""
    life.begin("ab ac bc")
    life.do("follow", ("dee", "bob"))
    life.do("follow", ("dee", "cy"))
    life.do("follow", ("eve", "bob"))
    life.compare_feed("ana")
    life.open_or_close("bob", "activities", Audience.ONLY_ME)
