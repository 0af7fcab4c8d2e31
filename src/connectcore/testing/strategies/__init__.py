"""Hypothesis strategies for the values of connectcore, and for whole networks.

Whatever they give is valid, and shrinks to something short to read.
With the extra `testing` installed, `st.from_type(Member)` finds them by itself.
"""

from connectcore.testing.strategies.histories import (
    events,
    histories,
    impossible_histories,
    relationships,
)
from connectcore.testing.strategies.members import (
    ages,
    audiences,
    contact_details,
    dates,
    educations,
    feed_preferences,
    member_ids,
    member_settings,
    members,
    moments,
    names,
    notes,
    notice_preferences,
    pairs,
    positions,
    profiles,
    texts,
)
from connectcore.testing.strategies.networks import Shape, networks, scripts, steps
from connectcore.testing.strategies.rules import (
    connection_rules,
    proposals,
    standings,
    visibility_policies,
)
from connectcore.testing.strategies.writings import comments, posts, reactions, written_texts

__all__ = [
    "Shape",
    "ages",
    "audiences",
    "comments",
    "connection_rules",
    "contact_details",
    "dates",
    "educations",
    "events",
    "feed_preferences",
    "histories",
    "impossible_histories",
    "member_ids",
    "member_settings",
    "members",
    "moments",
    "names",
    "networks",
    "notes",
    "notice_preferences",
    "pairs",
    "positions",
    "posts",
    "profiles",
    "proposals",
    "reactions",
    "relationships",
    "scripts",
    "standings",
    "steps",
    "texts",
    "visibility_policies",
    "written_texts",
]
