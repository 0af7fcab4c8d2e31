"""Ada and Grace, who write to each other, and what they read of it."""

from collections.abc import Sequence

from connectcore import Message, Notice, NoticeKind, Page, Verdict
from connectcore.members import MemberId
from connectcore.notices import NOTICES
from tests.worlds import World

__all__ = ["BOTH", "FREE", "IN_REACH", "codes", "texts", "told"]

BOTH = [("ada", "grace"), ("grace", "ada")]
FREE = [("ada", "grace")]
IN_REACH = [("ada", "mary"), ("mary", "grace")]
"""Ada and Grace share Mary, so that either may ask the other."""

OF_MESSAGES = frozenset({NoticeKind.MESSAGE_RECEIVED, NoticeKind.MESSAGE_REQUESTED})


def codes(verdict: Verdict) -> list[str]:
    """The reasons of a refusal, for programs."""
    return [refusal.code for refusal in verdict.refusals]


def texts(page: Page[Message]) -> list[str]:
    """What is read in a conversation, newest first."""
    return [message.text for message in page.items]


def told(made: World, member: str) -> list[tuple[NoticeKind, str]]:
    """What *member* has been told of messages, and of whom."""
    notices: Sequence[Notice] = made.store.read(
        lambda snapshot: snapshot.entries(NOTICES, (MemberId(member),))
    )
    return [(it.kind, it.actor) for it in notices if it.kind in OF_MESSAGES]
