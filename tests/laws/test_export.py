"""The law of exports: what members take along is what they can list, and what is their own besides."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

import pytest
from hypothesis import given

from connectcore import (
    ActingMember,
    Activity,
    AddressInvitation,
    Comment,
    Connection,
    Conversation,
    Endorsement,
    EndorsementRequest,
    MemberBlocked,
    MemoryStore,
    Message,
    MessageRequest,
    Notice,
    PendingInvitation,
    Post,
    Profile,
    Reacted,
    Recommendation,
    RecommendationRequest,
    from_dict,
)
from connectcore.storage import Store
from tests.laws.breaking import AlteredStore, breaks
from tests.laws.societies import (
    ENDORSING,
    MESSAGING,
    RECOMMENDING,
    USUAL_KINDS,
    Script,
    scripts,
    stage,
)
from tests.worlds import World

Acting: TypeAlias = ActingMember[Profile]
ALL = 1000
SCRIPTS = scripts(kinds=(*USUAL_KINDS, *ENDORSING, *RECOMMENDING, *MESSAGING, "block"))

LISTS: Mapping[str, tuple[type, Callable[[Acting], Any]]] = {
    "connections": (Connection, lambda member: member.connections.page(limit=ALL)),
    "invitations_received": (PendingInvitation, lambda m: m.invitations.received(limit=ALL)),
    "invitations_sent": (PendingInvitation, lambda m: m.invitations.sent(limit=ALL)),
    "addresses_invited": (
        AddressInvitation,
        lambda member: member.invitations.sent_to_addresses(limit=ALL),
    ),
    "blocks": (MemberBlocked, lambda member: member.blocks.page(limit=ALL)),
    "posts": (Post, lambda member: member.posts.page(member.id, limit=ALL)),
    "conversations": (Conversation, lambda member: member.messages.conversations(limit=ALL)),
    "message_requests_received": (MessageRequest, lambda m: m.messages.requests(limit=ALL)),
    "endorsements_given": (Endorsement, lambda member: member.endorsements.given(limit=ALL)),
    "endorsements_asked": (EndorsementRequest, lambda m: m.endorsements.requests(limit=ALL)),
    "endorsements_requested": (EndorsementRequest, lambda m: m.endorsements.requested(limit=ALL)),
    "recommendations_written": (Recommendation, lambda m: m.recommendations.given(limit=ALL)),
    "recommendations_asked": (
        RecommendationRequest,
        lambda member: member.recommendations.requests(limit=ALL),
    ),
    "recommendations_requested": (
        RecommendationRequest,
        lambda member: member.recommendations.requested(limit=ALL),
    ),
}
"""Lists of an export that are whole lists of the member, entry by entry."""

PARTS: Mapping[str, tuple[type, Callable[[Acting], Any]]] = {
    "activities": (Activity, lambda member: member.activities.page(member.id, limit=ALL)),
    "notices": (Notice, lambda member: member.notices.page(limit=ALL)),
    "message_requests_sent": (MessageRequest, lambda m: m.messages.requested(limit=ALL)),
    "endorsements_received": (Endorsement, lambda m: m.endorsements.waiting(limit=ALL)),
    "recommendations_received": (Recommendation, lambda m: m.recommendations.received(limit=ALL)),
}
"""Lists of an export with more in them than a list of the member: what is theirs and not shown."""


def read(exported: Mapping[str, Any], name: str, kind: type) -> list[Any]:
    """A list of an export, as values."""
    return [from_dict(kind, entry) for entry in exported[name]]


def written_under(
    world: World, member: str, writings: tuple[str, ...]
) -> tuple[set[Any], set[Any]]:
    """Comments and reactions of *member*, as anybody finds them who looks under every writing."""
    comments, reactions = set[Any](), set[Any]()
    for writing in writings:
        try:
            found = world[member].posts.comments(writing, limit=ALL).items
            reacted = world[member].posts.reactions(writing, limit=ALL).items
        except LookupError:
            continue
        comments.update(each for each in found if each.author == member)
        reactions.update(each for each in reacted if each.member == member)
    return comments, reactions


def an_export_is_what_is_listed(
    script: Script, *, make_store: Callable[[], Store] = MemoryStore
) -> None:
    """The law: list by list the same entries, and of parts no fewer."""
    world, attempt = stage(script.members, store=make_store())
    for step in script.steps:
        attempt(step)
    for member in world.members:
        acting = world[member]
        exported: Mapping[str, Any] = acting.data.export()
        for name, (kind, listed) in LISTS.items():
            assert read(exported, name, kind) == [*listed(acting).items], name
        for name, (kind, listed) in PARTS.items():
            assert {*listed(acting).items} <= {*read(exported, name, kind)}, name
        comments, reactions = written_under(world, member, script.writings)
        assert {*read(exported, "comments", Comment)} == comments
        assert {*read(exported, "reactions", Reacted)} == reactions
        _messages_are_those_of_the_conversations(acting, exported)
        assert {*exported["following"]} == acting.follows.following()
        assert {mute["member"] for mute in exported["mutes"]} == acting.follows.muted()
        assert exported["unseen_notices"] == acting.notices.unseen_count()
        _names_are_those_on_profiles(acting, exported)


def _messages_are_those_of_the_conversations(acting: Acting, exported: Mapping[str, Any]) -> None:
    messages = {
        message
        for conversation in acting.messages.conversations(limit=ALL).items
        for message in acting.messages.read(conversation.member, limit=ALL).items
    }
    assert {*read(exported, "messages", Message)} >= messages


def _names_are_those_on_profiles(acting: Acting, exported: Mapping[str, Any]) -> None:
    for other, name in exported["names"].items():
        shown = acting.profiles.view(other).profile.name
        assert name == {"given": shown.given, "family": shown.family}


@given(SCRIPTS)
def test_an_export_is_what_is_listed(script: Script) -> None:
    """Whatever happened before: nothing that is listed is left out, nothing that is not slips in."""
    an_export_is_what_is_listed(script)


@pytest.mark.thorough
def test_the_law_of_exports_finds_what_is_left_out() -> None:
    """A planted fault: reactions are looked for in vain."""

    def blind(_: Callable[..., object], *__: object) -> dict[str, object]:
        return {}

    def store() -> Store:
        return AlteredStore(MemoryStore(), reactions=blind)

    assert breaks(partial(an_export_is_what_is_listed, make_store=store), SCRIPTS)
