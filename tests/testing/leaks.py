"""Planted leaks: small faults that each tell a viewer something, and the read that tells it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from attrs import evolve, field, frozen

from connectcore import (
    Audience,
    Blocked,
    ConnectionRules,
    Cursor,
    FeedOrder,
    Invited,
    MemberId,
    MemoryStore,
    Name,
    NotFound,
    Page,
    ProfileView,
    Proposal,
    Refusal,
    Relationship,
    Strangers,
    UnknownMember,
    feed,
)
from connectcore.addresses import CONFIRMED_ADDRESSES
from connectcore.network import (
    activities,
    acts,
    connections,
    endorsements,
    own,
    profiles,
    recommendations,
)
from connectcore.network.connections import OwnConnections
from connectcore.network.endorsements import Endorsements
from connectcore.network.invitations import Invitations
from connectcore.network.posts import Posts
from connectcore.network.profiles import Profiles
from connectcore.notices import NOTICES
from connectcore.pages import Mark, seal_cursor
from connectcore.storage import Snapshot, Store
from connectcore.testing.paired import OwnRead
from connectcore.visibility import Standpoint
from tests.laws.breaking import AlteredStore
from tests.worlds import PROFESSIONAL

__all__ = ["LEAKS", "Leak"]

Honest = Callable[..., Any]
Plant = Callable[[pytest.MonkeyPatch], None]

OTHERS = tuple(map(MemberId, ("bob", "cyd", "dan")))
CONNECTIONS, NEWCOMERS, FIELDS = "connections of others", "newcomers", "hidden fields"


@frozen
class Leak:
    """A fault, the difference that it tells of, and the read by which it tells it.

    It is planted in the library, in the rules, in the store, or in what the application reads.
    """

    differing: str
    read: str
    plant: Plant = lambda _: None
    rules: ConnectionRules = PROFESSIONAL
    make_store: Callable[[], Store] = MemoryStore
    reads: Mapping[str, OwnRead] = field(factory=dict)


# ── How faults are planted ──────────────────────────────────────────────────────────────────────


def instead(owner: object, name: str, fault: Honest) -> Plant:
    """*fault* in the place of something, without looking at it."""
    return lambda patch: patch.setattr(owner, name, fault)


def around(owner: object, name: str, fault: Honest) -> Plant:
    """*fault* in the place of something, which it is given first."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        honest = getattr(owner, name)
        patch.setattr(owner, name, lambda *given, **named: fault(honest, *given, **named))

    return plant


def altered(**changes: Callable[..., object]) -> Callable[[], Store]:
    """Make memory stores in which some calls are not what they should be."""
    return lambda: AlteredStore(MemoryStore(), **changes)


def refusing(because: Callable[[Proposal], bool]) -> ConnectionRules:
    """Rules with one more, which looks where it should not."""
    told = Refusal(code="told", message="No.")
    return PROFESSIONAL.with_inviting(lambda proposal: told if because(proposal) else None)


# ── Lists, counts and pages ─────────────────────────────────────────────────────────────────────


def count_all(viewer: Any, of: str | None = None) -> int:
    """A count before anything is filtered."""
    owner = MemberId(of or viewer._actor)
    return viewer._charter.store.read(  # type: ignore[no-any-return]
        lambda snapshot: len(snapshot.connections(owner, None, None))
    )


def mutual_of_all(viewer: Any, member: str, **cut: Any) -> Page[MemberId]:
    """Whom two share, whether or not the viewer may know it."""
    return viewer._charter.store.read(  # type: ignore[no-any-return]
        lambda snapshot: Page(tuple(sorted(snapshot.shared(viewer._actor, MemberId(member)))))
    )


def cut_first(
    fetch: Callable[[Mark | None, int], Sequence[Any]],
    place: Callable[[Any], Mark],
    *,
    scope: Sequence[str | None],
    limit: int,
    after: str | None,
    keep: Callable[[Sequence[Any]], Sequence[Any]] = lambda entries: entries,
) -> Page[Any]:
    """A page that is cut before it is filtered, with a cursor at what is hidden."""
    batch = fetch(None, limit)
    more = len(batch) == limit
    return Page(tuple(keep(batch)), seal_cursor(scope, place(batch[-1])) if more else None)


def unfiltered(honest: Honest, fetch: Any, place: Any, **named: Any) -> Page[Any]:
    """A page of all that there is."""
    page: Page[Any] = honest(fetch, place, **{**named, "keep": list})
    return page


def with_a_total(honest: Honest, fetch: Any, place: Any, **named: Any) -> Page[Any]:
    """A page whose cursor tells how long the list is."""
    page: Page[Any] = honest(fetch, place, **named)
    return Page(page.items, Cursor(f"{page.next} of {len(fetch(None, 1000))}"))


def all_comments(honest: Honest, viewer: Any, snapshot: Snapshot, comments: Any) -> object:
    """Comments, whoever wrote them."""
    return comments


def all_reactions(honest: Honest, viewer: Any, snapshot: Snapshot, found: Any) -> object:
    """Reactions, whoever they are of."""
    return snapshot.reactions_to(found.post.id, found.comment_id)


def comment_count(honest: Honest, viewer: Any, post: str) -> object:
    """A count of comments that nobody filtered."""
    view = honest(viewer, post)
    count = viewer._charter.store.read(
        lambda snapshot: len(snapshot.comments_on(view.post.id, None, None))
    )
    return evolve(view, comments=count)


# ── Profiles and who is there ───────────────────────────────────────────────────────────────────


def unredacted(honest: Honest, member: Any, circle: Audience, policy: Any) -> ProfileView[Any]:
    """A view that names what is withheld, and shows it."""
    return evolve(honest(member, circle, policy), profile=member.profile)


def filled_alone(honest: Honest, member: Any, circle: Audience, policy: Any) -> ProfileView[Any]:
    """A view that names as withheld what there is something in."""
    view: ProfileView[Any] = honest(member, circle, policy)
    blank = {name for name in view.withheld if not getattr(member.profile, name)}
    return evolve(view, withheld=view.withheld - blank)


def as_many_dots(name: Name) -> Name:
    """A family name that is as long as it is."""
    return Name(name.given, name.family[:1].ljust(len(name.family), "."))


def told_apart(honest: Honest, viewer: Any, member: str) -> object:
    """Another error where there is a block."""
    try:
        return honest(viewer, member)
    except NotFound:
        other, me = MemberId(member), viewer._viewer
        states = viewer._charter.store.read(lambda snapshot: snapshot.relationships(me, (other,)))
        raise (UnknownMember(other) if isinstance(states[other], Blocked) else NotFound()) from None


def hasty(honest: Honest, viewer: Any, member: str) -> object:
    """No more calls of the store than it takes to see that nobody is there."""
    here = viewer._charter.store.read(lambda snapshot: snapshot.members((MemberId(member),)))
    if not here:
        raise NotFound
    return honest(viewer, member)


def one_sided(
    honest: Honest, viewer: MemberId, others: Sequence[MemberId]
) -> Mapping[MemberId, Relationship]:
    """A block that holds for whom it is of alone."""
    found: Mapping[MemberId, Relationship] = honest(viewer, others)
    return {
        other: Strangers() if isinstance(state, Blocked) and viewer not in state.by else state
        for other, state in found.items()
    }


def whoever_gave(honest: Honest, viewer: Any, snapshot: Any, listed: dict[str, str]) -> object:
    """Endorsements of whoever gave them, also such as wait."""
    return lambda entries: [
        evolve(entry, skill=listed[entry.skill_key])
        for entry in entries
        if entry.skill_key in listed
    ]


def whole(honest: Honest, where: Standpoint, member: MemberId) -> object:
    """A member as a rule must not see them."""
    return where.members.get(member) if honest(where, member) else None


# ── What becomes of what one sent ───────────────────────────────────────────────────────────────


def less_set_aside(honest: Honest, owner: MemberId, *listing: Any, **named: Any) -> object:
    """A list of sent invitations from which one goes that is ignored."""
    snapshot: Snapshot = honest.__self__  # type: ignore[attr-defined]
    sent = honest(owner, *listing, **named)
    states = snapshot.relationships(owner, [each.invitee for each in sent])
    return [
        each
        for each in sent
        if not (isinstance(state := states[each.invitee], Invited) and state.set_aside)
    ]


def all_but_notices(honest: Honest, register: Any, owner: MemberId, key: Any) -> None:
    """Notices that stay where they are."""
    if register is not NOTICES:
        honest(register, owner, key)


def less_confirmed(honest: Honest, viewer: Any, **cut: Any) -> object:
    """Invitations to addresses, less those to addresses that are somebody's."""
    confirmed = viewer._charter.store.read(
        lambda snapshot: snapshot.entries(CONFIRMED_ADDRESSES, OTHERS)
    )
    page = honest(viewer, **cut)
    taken = {each.address for each in confirmed}
    return evolve(page, items=tuple(each for each in page.items if each.address not in taken))


# ── What an application reads ───────────────────────────────────────────────────────────────────


def from_the_store(read: Callable[[Snapshot, MemberId], object]) -> OwnRead:
    """A read of an application that goes round the gate."""
    return lambda me: me.profiles._charter.store.read(lambda snapshot: read(snapshot, me.id))


def muters(snapshot: Snapshot, me: MemberId) -> object:
    """Who muted a member."""
    return [other for other in OTHERS if me in snapshot.mutes(other)]


LEAKS: Mapping[str, Leak] = {
    "connections are counted before they are filtered": Leak(
        NEWCOMERS, "connections.count of", instead(OwnConnections, "count", count_all)
    ),
    "connections are not filtered": Leak(
        NEWCOMERS, "connections.page of", around(connections, "read_page", unfiltered)
    ),
    "a page is cut before it is filtered": Leak(
        NEWCOMERS, "connections.page of", instead(connections, "read_page", cut_first)
    ),
    "a cursor tells how long a list is": Leak(
        NEWCOMERS, "connections.page of", around(connections, "read_page", with_a_total)
    ),
    "shared connections are those of the graph": Leak(
        CONNECTIONS, "connections.mutual of", instead(OwnConnections, "mutual", mutual_of_all)
    ),
    "suggestions know every connection": Leak(
        CONNECTIONS,
        "connections.suggestions",
        instead(Standpoint, "may_know", lambda *_: True),
    ),
    "a path names every connection": Leak(
        CONNECTIONS, "connections.path of", instead(connections, "_may_tell", lambda *_: True)
    ),
    "comments are counted before they are filtered": Leak(
        NEWCOMERS, "posts.read of", around(Posts, "read", comment_count)
    ),
    "comments are not filtered": Leak(
        NEWCOMERS, "posts.read of", around(Posts, "_visible", all_comments)
    ),
    "reactions are not filtered": Leak(
        NEWCOMERS, "posts.read of", around(Posts, "_visible_reactions", all_reactions)
    ),
    "a post is for everybody who sees its author": Leak(
        "posts for others",
        "feed.page",
        instead(Standpoint, "may_read_post", lambda where, post: where.sees(post.author)),
    ),
    "a feed knows every connection": Leak(
        CONNECTIONS, "feed.page", instead(feed, "_connection_shows", lambda *_: True)
    ),
    "activities are not filtered": Leak(
        CONNECTIONS, "activities.page of", around(activities, "read_page", unfiltered)
    ),
    "endorsements are not filtered": Leak(
        NEWCOMERS, "endorsements.of", around(Endorsements, "_shown", whoever_gave)
    ),
    "recommendations are not filtered": Leak(
        "recommendations of others",
        "recommendations.page of",
        around(recommendations, "read_page", unfiltered),
    ),
    "what is withheld is shown": Leak(
        FIELDS, "profiles.views of", around(profiles, "view", unredacted)
    ),
    "what is withheld tells what is filled in": Leak(
        FIELDS, "profiles.views of", around(profiles, "view", filled_alone)
    ),
    "an initial is a whole name": Leak(
        FIELDS, "profiles.views of", instead(Name, "abbreviated", lambda name: name)
    ),
    "an initial is as long as the name": Leak(
        FIELDS, "profiles.views of", instead(Name, "abbreviated", as_many_dots)
    ),
    "a block has an error of its own": Leak(
        NEWCOMERS, "profiles.view of eve", around(Profiles, "view", told_apart)
    ),
    "where nobody is nothing is looked up": Leak(
        NEWCOMERS,
        "the calls of the store for profiles.view of eve",
        around(Profiles, "view", hasty),
    ),
    "a block holds on one side": Leak(
        NEWCOMERS, "profiles.views of", make_store=altered(relationships=one_sided)
    ),
    "an ignored invitation is listed no longer": Leak(
        "invitations set aside", "invitations.sent", make_store=altered(sent=less_set_aside)
    ),
    "a dismissal is told": Leak(
        "requests declined",
        "endorsements.given",
        instead(endorsements, "_told", lambda endorsement: endorsement),
    ),
    "an address tells that it is somebody's": Leak(
        "belongings",
        "invitations.sent_to_addresses",
        around(Invitations, "sent_to_addresses", less_confirmed),
    ),
    "a notice outlives what it tells of": Leak(
        "what is undone", "data.export", make_store=altered(strike=all_but_notices)
    ),
    "a conversation outlives a block": Leak(
        "blocked or erased",
        "messages.conversations",
        around(own, "read_page", lambda read, *by, **named: read(*by, **{**named, "keep": list})),
    ),
    "a rule tells of reports": Leak(
        "invitations set aside",
        "invitations.may_send",
        rules=refusing(lambda proposal: proposal.standing.reports > 0),
    ),
    "a rule tells what somebody chose for themselves": Leak(
        "choices",
        "invitations.may_send of",
        rules=refusing(
            lambda proposal: (
                proposal.other is not None and proposal.other.settings.feed.order is FeedOrder.TOP
            )
        ),
    ),
    "a rule is shown the whole profile": Leak(
        FIELDS,
        "invitations.may_send of",
        around(acts, "as_seen", whole),
        rules=refusing(
            lambda proposal: (
                proposal.other is not None and proposal.other.profile.about == "A secret."
            )
        ),
    ),
    "an application tells who muted": Leak(
        "follows and mutes", "muters", reads={"muters": from_the_store(muters)}
    ),
}
"""Each fault by name."""
