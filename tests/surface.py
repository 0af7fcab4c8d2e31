"""The whole face of a network as tables: every read and every act, by name.

A promise about *every* read or *every* act is tested by walking these; a test keeps them complete.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeAlias

from connectcore import (
    ActingMember,
    Audience,
    ConnectcoreError,
    FeedOrder,
    Network,
    Profile,
    Reaction,
    Visitor,
)
from connectcore.testing.scripts import recommend
from tests.kinds import talk
from tests.worlds import World, contact_of, position_of, profile_of

__all__ = [
    "ACTS_ON_A_MEMBER",
    "ACTS_ON_A_POST",
    "ACTS_ON_A_RECOMMENDATION",
    "GUEST",
    "OWN_ACTS",
    "OWN_READS",
    "READS_OF_A_MEMBER",
    "READS_OF_A_POST",
    "SKILL",
    "VISITS_TO_A_MEMBER",
    "answer",
    "everything",
    "recommend",
    "seen_by",
    "seen_by_visitors",
]

Acting: TypeAlias = ActingMember[Profile]
ALL = 1000
SKILL = "Compilers"
"""A skill that everybody of `tests.worlds` lists."""

GUEST = "guest@example.com"
"""An address that is nobody's."""


VISITS_TO_A_MEMBER: Mapping[str, Callable[[Visitor[Profile] | Acting, str], object]] = {
    "profiles.view": lambda viewer, of: viewer.profiles.view(of),
    "profiles.views": lambda viewer, of: viewer.profiles.views([of]),
    "connections.page": lambda viewer, of: viewer.connections.page(of, limit=ALL),
    "connections.count": lambda viewer, of: viewer.connections.count(of),
    "posts.page": lambda viewer, of: viewer.posts.page(of, limit=ALL),
    "activities.page": lambda viewer, of: viewer.activities.page(of, limit=ALL),
    "endorsements.of": lambda viewer, of: viewer.endorsements.of(of),
    "endorsements.page": lambda viewer, of: viewer.endorsements.page(of, limit=ALL),
    "recommendations.page": lambda viewer, of: viewer.recommendations.page(of, limit=ALL),
}
"""What a visitor can ask about a member."""

READS_OF_A_MEMBER: Mapping[str, Callable[[Acting, str], object]] = {
    **VISITS_TO_A_MEMBER,
    "connections.mutual": lambda viewer, of: viewer.connections.mutual(of, limit=ALL),
    "connections.degree": lambda viewer, of: viewer.connections.degree(of),
    "connections.degrees": lambda viewer, of: viewer.connections.degrees([of]),
    "connections.path": lambda viewer, of: viewer.connections.path(of),
    "invitations.may_send": lambda viewer, of: viewer.invitations.may_send(of),
    "messages.read": lambda viewer, of: viewer.messages.read(of, limit=ALL),
    "messages.may_send": lambda viewer, of: viewer.messages.may_send(of),
    "messages.may_request": lambda viewer, of: viewer.messages.may_request(of),
    "messages.may_send_inmail": lambda viewer, of: viewer.messages.may_send_inmail(of),
}
"""What a member can ask about another."""

READS_OF_A_POST: Mapping[str, Callable[[Visitor[Profile] | Acting, str], object]] = {
    "posts.read": lambda viewer, post: viewer.posts.read(post),
    "posts.comments": lambda viewer, post: viewer.posts.comments(post, limit=ALL),
    "posts.reactions": lambda viewer, post: viewer.posts.reactions(post, limit=ALL),
}
"""What anybody can ask about a post or a comment."""

OWN_READS: Mapping[str, Callable[[Acting], object]] = {
    "connections.suggestions": lambda member: member.connections.suggestions(limit=ALL),
    "invitations.received": lambda member: member.invitations.received(limit=ALL),
    "invitations.sent": lambda member: member.invitations.sent(limit=ALL),
    "invitations.sent_to_addresses": lambda member: member.invitations.sent_to_addresses(limit=ALL),
    "invitations.reminders": lambda member: member.invitations.reminders(limit=ALL),
    "invitations.may_send_to_address": lambda member: member.invitations.may_send_to_address(GUEST),
    "blocks.page": lambda member: member.blocks.page(limit=ALL),
    "follows.following": lambda member: member.follows.following(),
    "follows.muted": lambda member: member.follows.muted(),
    "profiles.explain": lambda member: member.profiles.explain("contact"),
    "profiles.preview_edit": lambda me: me.profiles.preview_edit(profile_of(f"new {me.id}")),
    "profiles.preview_as": lambda member: member.profiles.preview_as(Audience.MEMBERS),
    "settings.read": lambda member: member.settings.read(),
    "data.export": lambda member: member.data.export(),
    "endorsements.waiting": lambda member: member.endorsements.waiting(limit=ALL),
    "endorsements.hidden": lambda member: member.endorsements.hidden(limit=ALL),
    "endorsements.given": lambda member: member.endorsements.given(limit=ALL),
    "endorsements.requests": lambda member: member.endorsements.requests(limit=ALL),
    "endorsements.requested": lambda member: member.endorsements.requested(limit=ALL),
    "recommendations.received": lambda member: member.recommendations.received(limit=ALL),
    "recommendations.given": lambda member: member.recommendations.given(limit=ALL),
    "recommendations.requests": lambda member: member.recommendations.requests(limit=ALL),
    "recommendations.requested": lambda member: member.recommendations.requested(limit=ALL),
    "notices.page": lambda member: member.notices.page(limit=ALL),
    "notices.unseen_count": lambda member: member.notices.unseen_count(),
    "notices.summary": lambda member: member.notices.summary(),
    "feed.page": lambda member: member.feed.page(limit=ALL, order=FeedOrder.RECENT),
    "feed.page top": lambda member: member.feed.page(limit=ALL, order=FeedOrder.TOP),
    "messages.conversations": lambda member: member.messages.conversations(limit=ALL),
    "messages.unread": lambda member: member.messages.unread(limit=ALL),
    "messages.unread_count": lambda member: member.messages.unread_count(),
    "messages.requests": lambda member: member.messages.requests(limit=ALL),
    "messages.requested": lambda member: member.messages.requested(limit=ALL),
    "addresses.page": lambda member: member.addresses.page(limit=ALL),
    "contacts.page": lambda member: member.contacts.page(limit=ALL),
    "contacts.count": lambda member: member.contacts.count(),
    "messages.allowance": lambda member: member.messages.allowance(),
}
"""What members can ask that names nobody."""

ACTS_ON_A_MEMBER: Mapping[str, Callable[[Acting, str], object]] = {
    "invitations.send": lambda member, to: member.invitations.send(to),
    "invitations.accept": lambda member, to: member.invitations.accept(to),
    "invitations.ignore": lambda member, to: member.invitations.ignore(to),
    "invitations.report": lambda member, to: member.invitations.report(to),
    "invitations.withdraw": lambda member, to: member.invitations.withdraw(to),
    "connections.remove": lambda member, to: member.connections.remove(to),
    "blocks.add": lambda member, to: member.blocks.add(to),
    "blocks.remove": lambda member, to: member.blocks.remove(to),
    "follows.follow": lambda member, to: member.follows.follow(to),
    "follows.unfollow": lambda member, to: member.follows.unfollow(to),
    "follows.mute": lambda member, to: member.follows.mute(to),
    "follows.unmute": lambda member, to: member.follows.unmute(to),
    "endorsements.give": lambda member, to: member.endorsements.give(to, skill=SKILL),
    "endorsements.retract": lambda member, to: member.endorsements.retract(to, skill=SKILL),
    "endorsements.accept": lambda member, of: member.endorsements.accept(of, skill=SKILL),
    "endorsements.dismiss": lambda member, of: member.endorsements.dismiss(of, skill=SKILL),
    "endorsements.hide": lambda member, of: member.endorsements.hide(of, skill=SKILL),
    "endorsements.show": lambda member, of: member.endorsements.show(of, skill=SKILL),
    "endorsements.request": lambda member, of: member.endorsements.request(of, skill=SKILL),
    "endorsements.withdraw_request": lambda member, of: member.endorsements.withdraw_request(
        of, skill=SKILL
    ),
    "endorsements.decline": lambda member, of: member.endorsements.decline(of, skill=SKILL),
    "recommendations.write": recommend,
    "recommendations.request": lambda member, of: member.recommendations.request(
        of, position=position_of(member.id)
    ),
    "messages.send": lambda member, to: member.messages.send(to, "Hello."),
    "messages.request": lambda member, to: member.messages.request(to, "May I?"),
    "messages.send_inmail": lambda member, to: member.messages.send_inmail(to, "An offer."),
    "messages.accept": lambda member, to: member.messages.accept(to),
    "messages.decline": lambda member, to: member.messages.decline(to),
    "messages.withdraw": lambda member, to: member.messages.withdraw(to),
    "messages.mark_read": lambda member, to: member.messages.mark_read(to),
}
"""What a member can do to another."""

ACTS_ON_A_POST: Mapping[str, Callable[[Acting, str], object]] = {
    "posts.react": lambda member, post: member.posts.react(post, Reaction.LOVE),
    "posts.unreact": lambda member, post: member.posts.unreact(post),
    "posts.comment": lambda member, post: member.posts.comment(post, "Well said."),
    "posts.retract": lambda member, post: member.posts.retract(post),
}
"""What a member can do to a post or a comment."""

ACTS_ON_A_RECOMMENDATION: Mapping[str, Callable[[Acting, str], object]] = {
    "recommendations.revise": lambda member, it: member.recommendations.revise(it, text="Better."),
    "recommendations.withdraw": lambda member, it: member.recommendations.withdraw(it),
    "recommendations.accept": lambda member, it: member.recommendations.accept(it),
    "recommendations.dismiss": lambda member, it: member.recommendations.dismiss(it),
    "recommendations.hide": lambda member, it: member.recommendations.hide(it),
    "recommendations.show": lambda member, it: member.recommendations.show(it),
    "recommendations.ask_revision": lambda member, it: member.recommendations.ask_revision(it),
    "recommendations.withdraw_request": lambda member, it: member.recommendations.withdraw_request(
        it
    ),
    "recommendations.decline": lambda member, it: member.recommendations.decline(it),
}
"""What a member can do to a recommendation of theirs, or to a request for one."""

OWN_ACTS: Mapping[str, Callable[[Acting], object]] = {
    "profiles.edit": lambda member: member.profiles.edit(profile_of(f"new {member.id}")),
    "settings.change": lambda member: member.settings.change(posts=Audience.MEMBERS),
    "posts.publish": lambda member: member.posts.publish("A thought."),
    "activities.publish": lambda member: member.activities.publish(talk(member.id, "Notes")),
    "notices.mark_seen": lambda member: member.notices.mark_seen(),
    "activities.retract": lambda member: member.activities.retract(talk(member.id)),
    "invitations.send_to_address": lambda member: member.invitations.send_to_address(
        "another@example.com", note="Hello."
    ),
    "invitations.withdraw_from_address": lambda member: member.invitations.withdraw_from_address(
        GUEST
    ),
    "invitations.cancel_reminders": lambda member: member.invitations.cancel_reminders(GUEST),
    "addresses.confirm": lambda member: member.addresses.confirm(f"{member.id}@example.net"),
    "addresses.remove": lambda member: member.addresses.remove(f"{member.id}@example.org"),
    "contacts.add": lambda member: member.contacts.add(contact_of(member.id, 2)),
    "contacts.remove": lambda member: member.contacts.remove(contact_of(member.id).id),
    "data.erase": lambda member: member.data.erase(),
}
"""What members can do that names nobody."""


def answer(ask: Callable[[], object]) -> object:
    """What *ask* gives, or the type and the text of the error that it raises instead."""
    try:
        return ask()
    except ConnectcoreError as error:
        return type(error), str(error)


def seen_by(viewer: Acting, members: Iterable[str], posts: Iterable[str]) -> dict[str, object]:
    """Every answer that *viewer* can get about themselves, *members* and *posts*."""
    named: dict[str, Callable[[], object]] = {}
    for name, read in OWN_READS.items():
        named[name] = partial(read, viewer)
    for member in members:
        for name, read_of in READS_OF_A_MEMBER.items():
            named[f"{name} of {member}"] = partial(read_of, viewer, member)
    for post in posts:
        for name, read_post in READS_OF_A_POST.items():
            named[f"{name} of {post}"] = partial(read_post, viewer, post)
    return {name: answer(ask) for name, ask in named.items()}


def seen_by_visitors(
    network: Network[Profile], members: Iterable[str], posts: Iterable[str]
) -> dict[str, object]:
    """Every answer that somebody signed out can get about *members* and *posts*."""
    visitor = network.as_visitor()
    named: dict[str, Callable[[], object]] = {}
    for member in members:
        for name, read_of in VISITS_TO_A_MEMBER.items():
            named[f"{name} of {member}"] = partial(read_of, visitor, member)
    for post in posts:
        for name, read_post in READS_OF_A_POST.items():
            named[f"{name} of {post}"] = partial(read_post, visitor, post)
    return {name: answer(ask) for name, ask in named.items()}


def everything(world: World, *, posts: Iterable[str] = ()) -> dict[str, Any]:
    """What everybody sees of everybody, of *posts*, and what visitors see of it all."""
    targets = tuple(posts)
    seen: dict[str, Any] = {
        member: seen_by(world[member], world.members, targets) for member in world.members
    }
    return {**seen, "a visitor": seen_by_visitors(world.network, world.members, targets)}
