"""What happens in a network, told in sentences, with names as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from connectcore.activities import (
    ConnectionMade,
    MemberJoined,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    ProfileChanged,
    RecommendationShown,
    SkillEndorsed,
)
from connectcore.feed import FeedItem
from connectcore.members import MemberId
from connectcore.network import ActingMember
from connectcore.profiles import Profile

__all__ = ["Names", "because", "counted", "joined", "names_for", "told"]

Names: TypeAlias = Callable[[MemberId], str]

_NAMED = 2


def names_for(reader: ActingMember[Profile], members: Iterable[MemberId]) -> Names:
    """The names of *members* as *reader* sees them; whoever has none to show is somebody."""
    views = reader.profiles.views(set(members))
    names = {member: str(view.profile.name) for member, view in views.items()}
    return lambda member: names.get(member) or "somebody"


def told(item: FeedItem, reader: MemberId, name: Names) -> str:
    """One line of a feed as a sentence."""
    who = _people([name(actor) for actor in item.actors])

    def whom(member: MemberId) -> str:
        return "you" if member == reader else name(member)

    def whose(author: MemberId) -> str:
        if author == reader:
            return "your"
        return "their own" if item.actors == (author,) else f"{name(author)}'s"

    match item.lead:
        case MemberJoined():
            return f"{who} joined."
        case ConnectionMade(member=member):
            return f"{who} connected with {name(member)}."
        case PostPublished():
            return f"{who} posted:"
        case PostReactedTo(author=author, commenter=None):
            return f"{who} reacted to {whose(author)} post:"
        case PostReactedTo(author=author, commenter=str(commenter)):
            return f"{who} reacted to {whose(commenter)} comment on {whose(author)} post:"
        case PostCommentedOn(author=author):
            return f"{who} commented on {whose(author)} post:"
        case ProfileChanged(fields=fields):
            return f"{who} changed their {joined(fields)}."
        case SkillEndorsed(member=member, skill=skill):
            return f"{who} endorsed {whom(member)} for {skill}."
        case RecommendationShown(author=author):
            return f"{who} shows a recommendation by {whom(author)}."
        case other:
            return f"{who}: {other.kind.replace('_', ' ')}."


def because(item: FeedItem, name: Names) -> str:
    """Why the item is in the feed."""
    return f"Because {item.reason.tie.value} {name(item.reason.member)}."


def counted(count: int, noun: str) -> str:
    """A count with its noun.

    >>> counted(1, "connection"), counted(1200, "post")
    ('1 connection', '1,200 posts')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def joined(words: Sequence[str]) -> str:
    """A list of words as people say it.

    >>> joined(["headline", "place", "skills"])
    'headline, place and skills'
    """
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _people(names: Sequence[str]) -> str:
    """Up to two by their names, more by the first and how many others.

    >>> _people(["Grace", "Alan", "Hedy"])
    'Grace and 2 others'
    """
    if len(names) <= _NAMED:
        return joined(names)
    return f"{names[0]} and {counted(len(names) - 1, 'other')}"
