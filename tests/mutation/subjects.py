"""What is mutated, and the tests that have to notice."""

from collections.abc import Mapping, Sequence

__all__ = ["FLOOR", "PROVED", "SUBJECTS"]

PROVED = ("windows", "rules", "relationships", "invitations", "visibility", "feed")
"""Where every survivor has to be explained."""

FLOOR = 90
"""How many of a hundred mutants are noticed anywhere else."""

_OF_ALL = "test_wrong_values"
"""What holds every module to refusing what its annotations do not allow."""

_BY_THEIR_OWN = (
    *("activities", "addresses", "channels", "choices", "contacts", "errors"),
    *("graph", "guests", "inmail", "mail", "members", "moments", "notices"),
    *("pages", "posts", "profiles", "refusals", "registers", "settings", "showing", "skills"),
    *("texts", "tokens"),
)
"""Modules whose own tests are in the file of their name alone."""

_BY_OTHERS: Mapping[str, Sequence[str]] = {
    "acts": ("test_acts", "test_invitations", "test_quotas"),
    "audiences": ("test_audiences", "test_choices"),
    "correspondence": ("test_writing",),
    "endorsements": ("test_endorsements",),
    "erasure": ("network/test_kept_blocks",),
    "explanations": ("test_explanations", "network/test_explaining"),
    "feed": ("test_feed", "test_announcements", "test_endorsed_in_feeds"),
    "invitations": ("test_invitations", "test_acts"),
    "messages": ("test_writing", "test_message_limits", "network/test_messages"),
    "recommendations": ("test_recommendations",),
    "relationships": ("test_pairs", "test_relationships", "test_acts", "test_invitations"),
    "rulebook": ("test_rulebook", "test_quotas"),
    "rules": ("test_rules", "test_words_of_rules", "test_rules_over_time", "test_quotas"),
    "visibility": (
        *("test_visibility", "test_blanks", "test_standpoint", "test_explanations"),
        "test_choices",
    ),
    "windows": ("test_windows",),
    "writing": ("test_writing", "test_message_limits"),
}

SUBJECTS: Mapping[str, Sequence[str]] = {
    module: [f"tests/{name}.py" for name in (*names, _OF_ALL)]
    for module, names in {
        **{module: _BY_OTHERS[module] for module in PROVED},
        **{module: (f"test_{module}",) for module in _BY_THEIR_OWN},
        **_BY_OTHERS,
    }.items()
}
"""Every module of the core in which something is done, with the tests that are run for it."""
