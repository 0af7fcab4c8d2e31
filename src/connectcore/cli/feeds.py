"""A feed, printed for a person."""

from __future__ import annotations

from collections.abc import Sequence

from connectcore.cli.screen import Screen
from connectcore.cli.sentences import because, names_for, told
from connectcore.feed import FeedItem
from connectcore.network import ActingMember
from connectcore.profiles import Profile

__all__ = ["show_feed"]

_INDENT = " " * 12
_QUOTE = f"{_INDENT}> "


def show_feed(screen: Screen, reader: ActingMember[Profile], items: Sequence[FeedItem]) -> None:
    """Print what happened, when, and why *reader* is told."""
    named = {
        member
        for item in items
        for activity in item.activities
        for member in (activity.actor, *activity.names)
    }
    name = names_for(reader, named)
    for item in items:
        screen.say(told(item, reader.id, name), first=f"{item.at:%Y-%m-%d}  ", rest=_INDENT)
        if item.post is not None:
            screen.say(item.post.text, first=_QUOTE, rest=_QUOTE, at_most=2)
        screen.say(because(item, name), first=_INDENT, rest=_INDENT)
