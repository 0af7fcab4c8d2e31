"""A professional network as sets and dicts, with none of the library's own decisions in it.

Every question is answered the slow and obvious way, from everything that is remembered.
It knows the default policies only, and that every member shows their name to all members.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

from attrs import define, field

from connectcore import Audience, Reaction, Settings, WhoMayInvite

__all__ = ["LIMITS", "Gone", "Model", "Stopped"]


class Gone(Exception):
    """Blocked, hidden or never there."""


class Stopped(Exception):
    """Refused for a single reason, by its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@define
class Limits:
    """The numbers of the rules under test, small enough to be met."""

    note: int = 10
    notes: int = 1
    sent: int = 3
    pending: int = 2
    connections: int = 3
    reports: int = 2
    blocks: int = 2
    cooling: timedelta = timedelta(weeks=3)
    reblock: timedelta = timedelta(hours=48)
    expiry: timedelta = timedelta(days=60)


LIMITS = Limits()


@define
class Model:
    """Everything that is remembered of a network."""

    members: tuple[str, ...]
    joined: dict[str, datetime]
    now: datetime
    invited: dict[tuple[str, str], datetime] = field(factory=dict)
    aside: dict[tuple[str, str], str] = field(factory=dict)
    connected: dict[frozenset[str], datetime] = field(factory=dict)
    blocked: dict[tuple[str, str], datetime] = field(factory=dict)
    follows: set[tuple[str, str]] = field(factory=set)
    mutes: dict[tuple[str, str], datetime | None] = field(factory=dict)
    last: dict[tuple[str, str, str], datetime] = field(factory=dict)
    sent: list[tuple[str, datetime, bool]] = field(factory=list)
    reports: Counter[str] = field(factory=Counter)
    settings: dict[str, Settings] = field(factory=dict)
    posts: dict[str, tuple[str, datetime, Audience]] = field(factory=dict)
    comments: dict[str, tuple[str, str, datetime, str | None]] = field(factory=dict)
    reactions: dict[tuple[str, str], tuple[Reaction, datetime]] = field(factory=dict)

    def move_on(self, duration: timedelta) -> None:
        """Let time pass, and forget what grew too old."""
        self.now += duration
        for pair, sent_at in list(self.invited.items()):
            if sent_at + LIMITS.expiry <= self.now:
                self._close(pair)

    # What members do to each other: the codes that are shown, none if it happened.

    def send(self, by: str, to: str, note: str, *, knows_email: bool) -> set[str]:
        """Invite."""
        if by == to:
            return {"oneself"}
        self.meet(by, to)
        if self.are_connected(by, to):
            return {"already_connected"}
        if (by, to) in self.invited:
            return set()
        if (to, by) in self.invited:
            return self.accept(by, to)
        codes = set(self._why_not_invite(by, to, note, knows_email=knows_email))
        if not codes:
            self.invited[by, to] = self.now
            self.sent.append((by, self.now, bool(note)))
        return codes

    def accept(self, by: str, to: str) -> set[str]:
        """Accept the invitation of *to*."""
        self.meet(by, to)
        if self.are_connected(by, to):
            return set()
        if (to, by) not in self.invited:
            return {"no_invitation"}
        full = self._full(by, to)
        if not full:
            self._close((to, by))
            self.connected[frozenset((by, to))] = self.now
            self.follows |= {(by, to), (to, by)}
            for kind, one, other in list(self.last):
                if {one, other} == {by, to} and kind != "unblocked":
                    del self.last[kind, one, other]
        return full

    def set_aside(self, by: str, to: str, how: str) -> set[str]:
        """Ignore or report the invitation of *to*."""
        self.meet(by, to)
        if (to, by) not in self.invited:
            return {"no_invitation"}
        before = self.aside.get((to, by))
        if before in {how, "reported"}:
            return set()
        self.aside[to, by] = how
        self.last[how, by, to] = self.now
        self.reports[to] += how == "reported"
        return set()

    def withdraw(self, by: str, to: str) -> set[str]:
        """Take an invitation back."""
        self.meet(by, to)
        if (by, to) in self.invited:
            self._close((by, to))
            self.last["withdrawn", by, to] = self.now
            return set()
        again = ("withdrawn", by, to) in self.last and not self._involved(by, to)
        return set() if again else {"no_invitation"}

    def remove(self, by: str, to: str) -> set[str]:
        """End a connection."""
        self.meet(by, to)
        if self.are_connected(by, to):
            self._part(by, to)
            self.last["removed", by, to] = self.now
            return set()
        removed = {("removed", by, to), ("removed", to, by)} & self.last.keys()
        return set() if removed and not self._involved(by, to) else {"not_connected"}

    def block(self, by: str, to: str) -> set[str]:
        """Block."""
        if by == to:
            return {"oneself"}
        if (by, to) in self.blocked:
            return set()
        codes = set()
        unblocked = self.last.get(("unblocked", by, to))
        if unblocked is not None and self.now < unblocked + LIMITS.reblock:
            codes.add("unblocked_lately")
        if sum(blocker == by for blocker, _ in self.blocked) >= LIMITS.blocks:
            codes.add("blocks")
        if not codes:
            if (by, to) in self.invited:
                self.last["withdrawn", by, to] = self.now
            self._close((by, to))
            self._close((to, by))
            self._part(by, to)
            self.blocked[by, to] = self.now
        return codes

    def unblock(self, by: str, to: str) -> set[str]:
        """Lift one's own block."""
        if by == to:
            return {"oneself"}
        if self.blocked.pop((by, to), None):
            self.last["unblocked", by, to] = self.now
        return set()

    def follow(self, by: str, to: str) -> set[str]:
        """Follow."""
        self.meet(by, to)
        self.follows.add((by, to))
        return set()

    def unfollow(self, by: str, to: str) -> set[str]:
        """Unfollow."""
        self.meet(by, to)
        self.follows.discard((by, to))
        return set()

    def mute(self, by: str, to: str, until: datetime | None) -> set[str]:
        """Mute."""
        if by == to:
            return {"oneself"}
        if not self.sees(by, to):
            raise Gone
        self.mutes[by, to] = until
        return set()

    def unmute(self, by: str, to: str) -> set[str]:
        """Unmute."""
        self.mutes.pop((by, to), None)
        return set()

    # What members may learn.

    def meet(self, by: str, to: str) -> None:
        """Stop an act with oneself, with whom one blocked, and with who is not there."""
        if by == to:
            raise Stopped(code="oneself")
        if (by, to) in self.blocked:
            raise Stopped(code="you_blocked")
        if (to, by) in self.blocked:
            raise Gone

    def sees(self, viewer: str, other: str) -> bool:
        """Whether neither blocked the other."""
        return not {(viewer, other), (other, viewer)} & self.blocked.keys()

    def are_connected(self, one: str, other: str) -> bool:
        """Whether the two are connected."""
        return frozenset((one, other)) in self.connected

    def connections(self, member: str) -> set[str]:
        """Everybody connected with *member*."""
        return {other for other in self.members if self.are_connected(member, other)}

    def degree(self, viewer: str, other: str) -> int:
        """How far *other* is, by trying every chain."""
        if viewer == other:
            return 0
        if self.are_connected(viewer, other):
            return 1

        def passes(member: str) -> bool:
            blocked = not (self.sees(viewer, member) and self.sees(other, member))
            return not blocked and not self.keeps_list(member)

        through = [member for member in self.members if passes(member)]
        if other in through:
            for shared in through:
                if self.are_connected(viewer, shared) and self.are_connected(shared, other):
                    return 2
            for first, second in product(through, through):
                chain = ((viewer, first), (first, second), (second, other))
                if all(one != two and self.are_connected(one, two) for one, two in chain):
                    return 3
        return 4

    def keeps_list(self, member: str) -> bool:
        """Whether *member* shows their list to nobody."""
        return self.settings[member].connections is Audience.ONLY_ME

    def admits(self, owner: str, audience: Audience, viewer: str) -> bool:
        """Whether *viewer* is in an audience around *owner*."""
        return self.sees(viewer, owner) and self.degree(viewer, owner) <= audience

    def may_know(self, viewer: str, one: str, other: str) -> bool:
        """Whether *viewer* may learn that the two are connected."""
        if not (self.sees(viewer, one) and self.sees(viewer, other)):
            return False
        if viewer in {one, other}:
            return True
        ends = (one, other)
        if any(self.keeps_list(end) for end in ends):
            return False
        return any(self.admits(end, self.settings[end].connections, viewer) for end in ends)

    def listed(self, viewer: str, owner: str) -> set[str]:
        """Whom *viewer* finds in the list of *owner*."""
        opened = self.admits(owner, self.settings[owner].connections, viewer)
        return {
            member
            for member in self.connections(owner)
            if self.may_know(viewer, owner, member)
            and (opened or self.are_connected(viewer, member))
        }

    def mutual(self, viewer: str, other: str) -> set[str]:
        """The connections that the two share, as far as *viewer* may know."""
        shared = self.connections(viewer) & self.connections(other)
        return {member for member in shared if self.may_know(viewer, member, other)}

    # Posts, and what hangs on them.

    def find(self, viewer: str, target: str) -> tuple[str, str]:
        """The post and the author of a post or a comment that *viewer* may see."""
        post, writer = target, None
        if target in self.comments:
            post, writer, _, _ = self.comments[target]
        if post not in self.posts:
            raise Gone
        author, _, audience = self.posts[post]
        if not self.admits(author, audience, viewer):
            raise Gone
        if writer is not None and not self.sees(viewer, writer):
            raise Gone
        return post, writer or author

    def react(self, by: str, target: str, reaction: Reaction) -> set[str]:
        """React; the same reaction again changes nothing."""
        self.find(by, target)
        if self.reactions.get((target, by), (None,))[0] is not reaction:
            self.reactions[target, by] = (reaction, self.now)
        return set()

    def unreact(self, by: str, target: str) -> set[str]:
        """Take a reaction back."""
        self.find(by, target)
        self.reactions.pop((target, by), None)
        return set()

    def retract(self, by: str, target: str) -> set[str]:
        """Take a post or a comment back, with all that hangs on it."""
        post, writer = self.find(by, target)
        if by not in {writer, self.posts[post][0]}:
            raise Gone
        self._erase(target)
        return set()

    def _erase(self, target: str) -> None:
        self.posts.pop(target, None)
        self.comments.pop(target, None)
        for reacted in [key for key in self.reactions if key[0] == target]:
            del self.reactions[reacted]
        for comment, (post, _, _, reply_to) in list(self.comments.items()):
            if target in {post, reply_to} and comment in self.comments:
                self._erase(comment)

    # How things end.

    def _involved(self, one: str, other: str) -> bool:
        pairs = {(one, other), (other, one)}
        return bool(pairs & self.invited.keys()) or self.are_connected(one, other)

    def _close(self, pair: tuple[str, str]) -> None:
        self.invited.pop(pair, None)
        self.aside.pop(pair, None)

    def _part(self, one: str, other: str) -> None:
        self.connected.pop(frozenset((one, other)), None)
        self.follows -= {(one, other), (other, one)}

    def _full(self, by: str, to: str) -> set[str]:
        if len(self.connections(by)) >= LIMITS.connections:
            return {"connections"}
        if len(self.connections(to)) >= LIMITS.connections:
            return {"connections_of_other"}
        return set()

    def _why_not_invite(self, by: str, to: str, note: str, *, knows_email: bool) -> Iterator[str]:
        wants = self.settings[to].who_may_invite
        if wants is WhoMayInvite.NOBODY:
            yield "not_accepting"
        if not knows_email and (
            wants is WhoMayInvite.KNOWS_EMAIL or self.reports[by] >= LIMITS.reports
        ):
            yield "email_needed"
        withdrawn = self.last.get(("withdrawn", by, to))
        if withdrawn is not None and self.now < withdrawn + LIMITS.cooling:
            yield "withdrawn"
        elif {("reported", to, by), ("removed", to, by)} & self.last.keys():
            yield "not_accepting"
        if len(note) > LIMITS.note:
            yield "note_too_long"
        mine = [(at, noted) for sender, at, noted in self.sent if sender == by]
        month = [at for at, noted in mine if noted and at > self.now - timedelta(days=30)]
        if note and len(month) >= LIMITS.notes:
            yield "notes_per_month"
        if sum(at > self.now - timedelta(weeks=1) for at, _ in mine) >= LIMITS.sent:
            yield "sent_per_week"
        if sum(inviter == by for inviter, _ in self.invited) >= LIMITS.pending:
            yield "pending_invitations"
        yield from self._full(by, to)
