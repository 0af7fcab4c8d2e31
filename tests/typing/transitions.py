"""The table of legal transitions is known to the type checker."""

from typing import assert_type

from connectcore import (
    Blocked,
    Connected,
    ConnectionRemoved,
    InvitationAccepted,
    InvitationExpired,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberFollowed,
    MemberUnblocked,
    PairEvent,
    Relationship,
    Strangers,
    after,
    replay,
)


def a_legal_transition_has_a_known_outcome(
    sent: InvitationSent,
    accepted: InvitationAccepted,
    removed: ConnectionRemoved,
    blocked: MemberBlocked,
    unblocked: MemberUnblocked,
) -> None:
    """From one state to the next, the type of each is that of the table."""
    invited = after(Strangers(), sent)
    assert_type(invited, Invited)
    connected = after(invited, accepted)
    assert_type(connected, Connected)
    assert_type(after(connected, removed), Strangers)
    apart = after(connected, blocked)
    assert_type(apart, Blocked)
    assert_type(after(apart, unblocked), Strangers | Blocked)


def strangers_have_nothing_to_answer_or_end(
    accepted: InvitationAccepted,
    withdrawn: InvitationWithdrawn,
    removed: ConnectionRemoved,
    unblocked: MemberUnblocked,
) -> None:
    """Between strangers there is no invitation, no connection and no block."""
    after(Strangers(), accepted)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    after(Strangers(), withdrawn)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    after(Strangers(), removed)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    after(Strangers(), unblocked)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]


def an_invitation_is_neither_repeated_nor_removed(
    invited: Invited, sent: InvitationSent, removed: ConnectionRemoved
) -> None:
    """A pending invitation is the only one, and is not yet a connection."""
    after(invited, sent)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    after(invited, removed)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]


def a_connection_takes_no_invitation(
    connected: Connected,
    sent: InvitationSent,
    accepted: InvitationAccepted,
    expired: InvitationExpired,
) -> None:
    """Two who are connected cannot be invited, and have no invitation left to answer."""
    after(connected, sent)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    after(connected, accepted)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    after(connected, expired)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]


def across_a_block_nothing_happens(
    blocked: Blocked,
    sent: InvitationSent,
    reported: InvitationReported,
    followed: MemberFollowed,
) -> None:
    """A block leaves no way to invite, to report or to follow."""
    after(blocked, sent)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    after(blocked, reported)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]
    after(blocked, followed)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]


def a_history_that_only_the_run_knows_is_replayed(events: list[PairEvent]) -> None:
    """Where the types say nothing of what comes next, `replay` gives any of the four states."""
    assert_type(replay(events), Relationship)
