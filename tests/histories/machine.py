"""Random acts by random members, on a network and on the naive model at once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import permutations
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from connectcore import (
    ActingMember,
    Audience,
    BlocksAtMost,
    ConnectionRules,
    ConnectionsAtMost,
    CoolingOff,
    EmailAfterReports,
    FeedItem,
    FeedOrder,
    FeedPreferences,
    NoteAtMost,
    NotesPerMonth,
    NotFound,
    Page,
    PendingAtMost,
    Profile,
    Reaction,
    ReblockAfter,
    Refused,
    SentPerWeek,
    WhoMayInvite,
    caution_strangers,
    invitee_chooses,
)
from connectcore.storage import Store
from connectcore.storage.memory import MemoryStore
from tests.histories.feeds import expected, told_by
from tests.histories.model import LIMITS, Gone, Model, Stopped
from tests.worlds import World, world

__all__ = ["NetworkHistories"]

Act: TypeAlias = Callable[[ActingMember[Profile], str], object]
ModelAct: TypeAlias = Callable[[Model, str, str], set[str]]

MEMBERS = ("ana", "bob", "cy", "dee", "eve")
KINDS = ("connection_made", "member_joined", "post_published", "post_reacted_to")

RULES = ConnectionRules(
    inviting=(
        invitee_chooses,
        EmailAfterReports(LIMITS.reports),
        CoolingOff(withdrawing=LIMITS.cooling),
        NoteAtMost(LIMITS.note),
        NotesPerMonth(LIMITS.notes),
        SentPerWeek(LIMITS.sent),
        PendingAtMost(LIMITS.pending),
        ConnectionsAtMost(LIMITS.connections),
    ),
    accepting=(ConnectionsAtMost(LIMITS.connections),),
    blocking=(ReblockAfter(LIMITS.reblock), BlocksAtMost(LIMITS.blocks)),
    cautions=(caution_strangers,),
    expiry=LIMITS.expiry,
)

members = st.sampled_from(MEMBERS)
pairs = st.sampled_from([*permutations(MEMBERS, 2), ("ana", "ana")])
audiences = st.sampled_from(Audience)
some_kinds = st.frozensets(st.sampled_from(KINDS), max_size=2)


ACTS: Mapping[str, tuple[Act, ModelAct]] = {
    "accept": (lambda me, to: me.invitations.accept(to), Model.accept),
    "ignore": (lambda me, to: me.invitations.ignore(to), partial(Model.set_aside, how="ignored")),
    "report": (lambda me, to: me.invitations.report(to), partial(Model.set_aside, how="reported")),
    "withdraw": (lambda me, to: me.invitations.withdraw(to), Model.withdraw),
    "remove": (lambda me, to: me.connections.remove(to), Model.remove),
    "block": (lambda me, to: me.blocks.add(to), Model.block),
    "unblock": (lambda me, to: me.blocks.remove(to), Model.unblock),
    "follow": (lambda me, to: me.follows.follow(to), Model.follow),
    "unfollow": (lambda me, to: me.follows.unfollow(to), Model.unfollow),
    "unmute": (lambda me, to: me.follows.unmute(to), Model.unmute),
}
"""What a member does to another, in the network and in the model."""


class NetworkHistories(RuleBasedStateMachine):
    """Five members do whatever members can do, an hour or many days apart.

    After each act the network and the model must have given the same answer; `look` and the end of
    each history compare what members may learn.
    """

    written = Bundle("written")

    def __init__(self) -> None:
        super().__init__()
        self.world: World = world(*MEMBERS, rules=RULES, store=self.make_store())
        now = self.world.clock.now
        self.model = Model(members=MEMBERS, joined=dict.fromkeys(MEMBERS, now), now=now)
        self.model.settings = {member: self.world[member].settings.read() for member in MEMBERS}

    def make_store(self) -> Store:
        """The store under test; another machine may try another one."""
        return MemoryStore()

    def wait(self, duration: timedelta = timedelta(seconds=1)) -> None:
        """Let time pass for both."""
        self.model.move_on(duration)
        self.world.clock.now = self.model.now

    def agree(self, act: Callable[[], object], model_act: Callable[[], set[str]]) -> None:
        """Do the same thing to both, and compare which reasons the actor is given."""
        self.wait()
        assert _codes(act) == _model_codes(model_act)

    @initialize(pairs=st.lists(pairs, max_size=7))
    def befriend(self, pairs: list[tuple[str, str]]) -> None:
        """Begin with some connections, so that distances, lists and feeds matter."""
        for by, to in pairs:
            self.send((by, to), note="", knows_email=True)
            self.do("accept", (to, by))

    @rule(hours=st.sampled_from([1, 24, 50, 24 * 8, 24 * 22, 24 * 61]))
    def pass_time(self, hours: int) -> None:
        """Let invitations expire, and waits and mutes end."""
        self.wait(timedelta(hours=hours))

    @rule(
        pair=pairs,
        note=st.sampled_from(["", "", "hello", "far too long a note"]),
        knows_email=st.booleans(),
    )
    def send(self, pair: tuple[str, str], note: str, *, knows_email: bool) -> None:
        """Invite, with or without a note and an e-mail address that is right."""
        by, to = pair
        email = f"{to}@example.org" if knows_email else "guess@example.org"
        self.agree(
            lambda: self.world[by].invitations.send(to, note=note, email=email),
            lambda: self.model.send(by, to, note, knows_email=knows_email),
        )

    @rule(what=st.sampled_from(sorted(ACTS)), pair=pairs)
    def do(self, what: str, pair: tuple[str, str]) -> None:
        """Do one of the acts that need nothing but two members."""
        (by, to), (act, model_act) = pair, ACTS[what]
        self.agree(lambda: act(self.world[by], to), lambda: model_act(self.model, by, to))

    @rule(to=members, what=st.sampled_from(["accept", "accept", "ignore", "report"]))
    def answer_all(self, to: str, what: str) -> None:
        """Answer what came in, which a random pair seldom would."""
        for invitation in self.world[to].invitations.received().items:
            self.do(what, (to, invitation.inviter))

    @rule(by=members, what=st.sampled_from(["withdraw", "remove"]))
    def leave(self, by: str, what: str) -> None:
        """End something that there is."""
        sent = [entry.invitee for entry in self.world[by].invitations.sent().items]
        connected = [entry.member for entry in self.world[by].connections.page().items]
        for other in (sent if what == "withdraw" else connected)[:1]:
            self.do(what, (by, other))

    @rule(pair=pairs, days=st.sampled_from([None, 3]))
    def mute(self, pair: tuple[str, str], days: int | None) -> None:
        """Mute for good, or for three days."""
        by, to = pair
        until = None if days is None else self.model.now + timedelta(days=days)
        self.agree(
            lambda: self.world[by].follows.mute(to, until=until),
            lambda: self.model.mute(by, to, until),
        )

    @rule(
        by=members,
        connections=audiences,
        activities=audiences,
        contact=audiences,
        who=st.sampled_from(WhoMayInvite),
        unshared=some_kinds,
        hidden=some_kinds,
    )
    def choose(
        self,
        *,
        by: str,
        connections: Audience,
        activities: Audience,
        contact: Audience,
        who: WhoMayInvite,
        unshared: frozenset[str],
        hidden: frozenset[str],
    ) -> None:
        """Change every setting that decides what others see or may do."""
        self.model.settings[by] = self.world[by].settings.change(
            connections=connections,
            activities=activities,
            audiences={"contact": contact},
            who_may_invite=who,
            unshared_kinds=unshared,
            feed=FeedPreferences(hidden_kinds=hidden),
        )

    @rule(target=written, by=members, audience=audiences)
    def publish(self, by: str, audience: Audience) -> str:
        """Publish a post for some audience."""
        self.wait()
        post = self.world[by].posts.publish("A thought.", audience=audience)
        self.model.posts[post.id] = (by, self.model.now, audience)
        return post.id

    @rule(target=written, by=members, under=written)
    def comment(self, by: str, under: str) -> str:
        """Comment on a post, or reply to a comment."""
        self.wait()
        try:
            post, _ = self.model.find(by, under)
        except Gone:
            assert _codes(lambda: self.world[by].posts.comment(under, "Well said.")) == {"gone"}
            return under
        written = self.world[by].posts.comment(under, "Well said.").id
        reply_to = under if under in self.model.comments else None
        self.model.comments[written] = (post, by, self.model.now, reply_to)
        return written

    @rule(by=members, under=written, reaction=st.sampled_from(Reaction))
    def react(self, by: str, under: str, reaction: Reaction) -> None:
        """React to a post or a comment."""
        self.agree(
            lambda: self.world[by].posts.react(under, reaction),
            lambda: self.model.react(by, under, reaction),
        )

    @rule(by=members, under=written)
    def unreact(self, by: str, under: str) -> None:
        """Take a reaction back."""
        self.agree(
            lambda: self.world[by].posts.unreact(under), lambda: self.model.unreact(by, under)
        )

    @rule(by=members, under=written)
    def retract(self, by: str, under: str) -> None:
        """Retract a post or a comment."""
        self.agree(
            lambda: self.world[by].posts.retract(under), lambda: self.model.retract(by, under)
        )

    @rule(viewer=members, other=members)
    def look(self, viewer: str, other: str) -> None:
        """Compare all that *viewer* may learn about themselves and about *other*."""
        self.compare_own(viewer)
        self.compare_feed(viewer)
        self.compare_views(viewer, other)

    @rule(viewer=members, under=written)
    def read(self, viewer: str, under: str) -> None:
        """Compare what *viewer* may read of a post or a comment."""
        reading = self.world[viewer].posts
        try:
            post, _ = self.model.find(viewer, under)
        except Gone:
            assert _codes(lambda: reading.read(under)) == {"gone"}
            return
        sees = self.model.sees
        reacted = {m for (t, m) in self.model.reactions if t == under and sees(viewer, m)}
        under_post = {
            comment
            for comment, (about, writer, _, _) in self.model.comments.items()
            if about == post and sees(viewer, writer)
        }
        seen = reading.read(under)
        assert sum(count for _, count in seen.reactions) == len(reacted)
        assert {entry.member for entry in reading.reactions(under).items} == reacted
        assert {entry.id for entry in reading.comments(under, limit=100).items} == under_post
        assert seen.comments == len(under_post)

    def teardown(self) -> None:
        """Compare everything that everybody may learn."""
        for viewer in MEMBERS:
            self.compare_own(viewer)
            self.compare_feed(viewer)
            for other in MEMBERS:
                self.compare_views(viewer, other)

    def compare_own(self, viewer: str) -> None:
        """Compare the lists that are a member's own."""
        member, model = self.world[viewer], self.model
        received = {pair[0] for pair in model.invited if pair[1] == viewer}
        received -= {inviter for inviter, invitee in model.aside if invitee == viewer}
        sent = {pair[1] for pair in model.invited if pair[0] == viewer}
        blocked = {pair[1] for pair in model.blocked if pair[0] == viewer}
        follows = {pair[1] for pair in model.follows if pair[0] == viewer}
        assert {entry.inviter for entry in member.invitations.received().items} == received
        assert {entry.invitee for entry in member.invitations.sent().items} == sent
        assert {entry.to for entry in member.blocks.page().items} == blocked
        assert member.follows.following() == follows

    def compare_views(self, viewer: str, other: str) -> None:
        """Compare what *viewer* may learn about *other*."""
        member, model = self.world[viewer], self.model
        if not model.sees(viewer, other):
            assert _codes(lambda: member.profiles.view(other)) == {"gone"}
            assert _codes(lambda: member.connections.degree(other)) == {"gone"}
            assert _codes(lambda: member.connections.page(other)) == {"gone"}
            assert _codes(lambda: member.connections.mutual(other)) == {"gone"}
            return
        chosen = dict(model.settings[other].audiences)
        contact = chosen.get("contact", Audience.CONNECTIONS)
        degree = model.degree(viewer, other)
        listed = model.listed(viewer, other)
        shown = "contact" not in member.profiles.view(other).withheld
        entries = member.connections.page(other).items
        assert member.connections.degree(other) == degree
        assert shown == (degree <= contact)
        assert {entry.member for entry in entries} == listed
        assert [entry.since for entry in entries] == _newest(entry.since for entry in entries)
        assert member.connections.count(other) == len(listed)
        if viewer != other:
            mutual = {entry.member for entry in member.connections.mutual(other).items}
            assert mutual == model.mutual(viewer, other)

    def compare_feed(self, viewer: str) -> None:
        """Compare the whole feed, read in small pages, in both orders."""
        told = expected(self.model, viewer)
        for order in FeedOrder:
            items = _all_pages(self.world[viewer], order)
            lines = [line for item in items for line in told_by(item)]
            assert set(lines) == told
            assert len(lines) == len(told)
            if order is FeedOrder.RECENT:
                assert [item.at for item in items] == _newest(item.at for item in items)


def _all_pages(member: ActingMember[Profile], order: FeedOrder) -> list[FeedItem]:
    items: list[FeedItem] = []
    page: Page[FeedItem] = member.feed.page(limit=3, order=order)
    items.extend(page.items)
    while page.next is not None:
        page = member.feed.page(limit=3, order=order, after=page.next)
        items.extend(page.items)
    return items


def _newest(moments: Iterable[datetime]) -> list[datetime]:
    return sorted(moments, reverse=True)


def _codes(act: Callable[[], object]) -> set[str]:
    """Why *act* is refused; nothing if it is not."""
    try:
        act()
    except NotFound:
        return {"gone"}
    except Refused as refused:
        return {refusal.code for refusal in refused.refusals}
    return set()


def _model_codes(act: Callable[[], set[str]]) -> set[str]:
    try:
        return act()
    except Gone:
        return {"gone"}
    except Stopped as stopped:
        return {stopped.code}
