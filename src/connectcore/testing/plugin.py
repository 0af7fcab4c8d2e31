"""What Hypothesis is told when it starts: how to draw the values of connectcore by their type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from hypothesis import strategies as st

from connectcore.channels import NoticePreferences
from connectcore.members import Member, MemberId
from connectcore.posts import Comment, CommentId, Post, PostId, Reacted
from connectcore.profiles import ContactDetails, Education, Name, Position, Profile
from connectcore.proposals import Proposal, Standing
from connectcore.relationships import (
    PAIR_EVENTS,
    Blocked,
    Connected,
    Invited,
    Pair,
    PairEvent,
    Relationship,
    Strangers,
)
from connectcore.rulebook import ConnectionRules
from connectcore.settings import FeedPreferences, Settings
from connectcore.testing import strategies
from connectcore.testing.strategies.writings import comment_ids, post_ids
from connectcore.visibility import VisibilityPolicy

__all__ = ["DRAWN", "register"]

_STATES: tuple[type[Relationship], ...] = (Strangers, Invited, Connected, Blocked)


def _standings() -> st.SearchStrategy[Standing]:
    return strategies.moments().flatmap(lambda at: strategies.standings(at=at))


def _members(kind: Any) -> st.SearchStrategy[Member[Profile]]:
    """Members with the profile that an annotation names: `Member[AlumniProfile]`."""
    named: object = next(iter(get_args(kind)), Profile)
    if isinstance(named, type) and issubclass(named, Profile):
        return strategies.members(profile=named)
    return strategies.members()


DRAWN: Mapping[Any, st.SearchStrategy[Any]] = {
    MemberId: strategies.member_ids(),
    PostId: post_ids(),
    CommentId: comment_ids(),
    Name: strategies.names(),
    ContactDetails: strategies.contact_details(),
    Position: strategies.positions(),
    Education: strategies.educations(),
    Profile: strategies.profiles(),
    Settings: strategies.member_settings(),
    FeedPreferences: strategies.feed_preferences(),
    NoticePreferences: strategies.notice_preferences(),
    Pair: strategies.pairs(),
    PairEvent: strategies.events(),
    **{kind: strategies.events(kinds=(kind,)) for kind in PAIR_EVENTS},
    **{state: strategies.relationships(state=state) for state in _STATES},
    Standing: _standings(),
    Proposal: strategies.proposals(),
    ConnectionRules: strategies.connection_rules(),
    VisibilityPolicy: strategies.visibility_policies(),
    Post: strategies.posts(),
    Comment: strategies.comments(),
    Reacted: strategies.reactions(),
}
"""The types that `st.from_type` draws by our own strategies, besides `Member`."""


def register() -> None:
    """Let `st.from_type` give valid values of connectcore; Hypothesis calls this by itself."""
    for kind, strategy in DRAWN.items():
        st.register_type_strategy(kind, strategy)
    st.register_type_strategy(Member, _members)
