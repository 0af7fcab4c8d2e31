"""Invitations, connections, blocks, follows and mutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from connectcore.network import ActingMember
from connectcore.profiles import Profile
from connectcore.testing.machine.lockstep import (
    MEMBERS,
    LockStep,
    addresses,
    members,
    nth,
    pairs,
    pick,
)
from connectcore.testing.model import Model, arriving, connecting
from connectcore.testing.model.state import ghost

__all__ = ["Connecting"]

Act: TypeAlias = Callable[[ActingMember[Profile], str], object]
ModelAct: TypeAlias = Callable[[Model, str, str], set[str]]

ACTS: Mapping[str, tuple[Act, ModelAct]] = {
    "accept": (lambda me, to: me.invitations.accept(to), connecting.accept),
    "ignore": (
        lambda me, to: me.invitations.ignore(to),
        partial(connecting.set_aside, how="ignored"),
    ),
    "report": (
        lambda me, to: me.invitations.report(to),
        partial(connecting.set_aside, how="reported"),
    ),
    "withdraw": (lambda me, to: me.invitations.withdraw(to), connecting.withdraw),
    "remove": (lambda me, to: me.connections.remove(to), connecting.remove),
    "block": (lambda me, to: me.blocks.add(to), connecting.block),
    "unblock": (lambda me, to: me.blocks.remove(to), connecting.unblock),
    "follow": (lambda me, to: me.follows.follow(to), connecting.follow),
    "unfollow": (lambda me, to: me.follows.unfollow(to), connecting.unfollow),
    "unmute": (lambda me, to: me.follows.unmute(to), connecting.unmute),
}
"""What a member does to another, in the network and in the model."""


SOCIETIES = ("ab bc cd de", "ab ac bc ad", "ab bc ca cd de ea", "ab cd", "ab ac bd cd de", "")
"""Who is connected when a history begins, by initials."""


GHOSTS = {ghost(member): member for member in MEMBERS}
"""Who is meant by what stands in the place of somebody erased."""


class Connecting(LockStep):
    """A machine in which members connect, part, block and follow."""

    @initialize(acquainted=st.sampled_from(SOCIETIES))
    def begin(self, acquainted: str) -> None:
        """Begin with some connections, so that distances, lists and feeds matter."""
        for pair in acquainted.split():
            one, other = (MEMBERS[ord(end) - ord("a")] for end in pair)
            self.befriend((one, other))

    @rule(pair=pairs)
    def befriend(self, pair: tuple[str, str]) -> None:
        """Let one invite, and the other accept."""
        by, to = pair
        self.send((by, to), note="", email=None)
        self.do("accept", (to, by))

    @rule(hours=st.sampled_from([1, 24, 50, 24 * 8, 24 * 22, 24 * 61]))
    def pass_time(self, hours: int) -> None:
        """Let invitations expire, and waits and mutes end."""
        self.wait(timedelta(hours=hours))

    @rule(
        pair=pairs,
        note=st.sampled_from(["", "", "hello", "far too long a note"]),
        email=st.none() | addresses,
    )
    def send(self, pair: tuple[str, str], note: str, email: str | None) -> None:
        """Invite, with or without a note, by the usual address or another one."""
        by, to = pair
        given = f"{to}@example.org" if email is None else email
        self.does(
            by,
            lambda me: me.invitations.send(to, note=note, email=given),
            lambda _: connecting.send(self.model, by, to, note, email=given),
        )

    @rule(
        pair=pairs,
        address=addresses,
        note=st.sampled_from(["", "", "hello"]),
        confirmed=st.sampled_from(["before", "after", "never"]),
    )
    def invite_address(
        self, pair: tuple[str, str], address: str, note: str, confirmed: str
    ) -> None:
        """Invite whoever an address belongs to, who may confirm it."""
        by, to = pair
        if confirmed == "before":
            self.confirm(to, address)
        self.does(
            by,
            lambda me: me.invitations.send_to_address(address, note=note),
            lambda _: connecting.send_to_address(self.model, by, address, note),
        )
        if confirmed == "after":
            self.confirm(to, address)

    def confirm(self, by: str, address: str) -> None:
        """Confirm that an address is a member's own."""
        self.does(
            by,
            lambda me: me.addresses.confirm(address).address,
            lambda _: arriving.confirm(self.model, by, address),
        )

    @rule(by=members, address=addresses)
    def withdraw_from_address(self, by: str, address: str) -> None:
        """Take the invitation to an address back."""
        self.does(
            by,
            lambda me: me.invitations.withdraw_from_address(address),
            lambda _: connecting.withdraw_from_address(self.model, by, address),
        )

    @rule(by=members, address=addresses)
    def cancel_reminders(self, by: str, address: str) -> None:
        """Let an address that one invited be reminded no more."""
        self.does(
            by,
            lambda me: me.invitations.cancel_reminders(address),
            lambda _: connecting.cancel_reminders(self.model, by, address),
        )

    @rule(what=st.sampled_from(sorted(ACTS)), pair=pairs)
    def do(self, what: str, pair: tuple[str, str]) -> None:
        """Do one of the acts that need nothing but two members."""
        (by, to), (act, model_act) = pair, ACTS[what]
        self.does(by, lambda me: act(me, to), lambda _: model_act(self.model, by, to))

    @rule(to=members, what=st.sampled_from(["accept", "accept", "ignore", "report"]))
    def answer_all(self, to: str, what: str) -> None:
        """Answer what came in, which a random pair seldom would."""
        for inviter in arriving.received(self.model, to):
            self.do(what, (to, inviter))

    @rule(what=st.sampled_from(["withdraw", "remove", "unblock"]), place=nth)
    def end(self, what: str, place: int) -> None:
        """End something that there is."""
        begun = {
            "withdraw": [(by, to) for by, to in self.model.invited if to in MEMBERS],
            "remove": [(min(pair), max(pair)) for pair in self.model.connected],
            "unblock": [(by, GHOSTS.get(to, to)) for by, to in self.model.blocked],
        }
        for chosen in pick(begun[what], place):
            self.do(what, chosen)

    @rule(pair=pairs, days=st.sampled_from([None, 3]))
    def mute(self, pair: tuple[str, str], days: int | None) -> None:
        """Mute for good, or for three days."""
        by, to = pair
        until = None if days is None else self.model.now + timedelta(days=days)
        self.does(
            by,
            lambda me: me.follows.mute(to, until=until),
            lambda _: connecting.mute(self.model, by, to, until),
        )
