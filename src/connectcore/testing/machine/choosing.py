"""Settings, profiles with what changed in them, erasure and coming back."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from connectcore.audiences import Audience
from connectcore.channels import Channel, NoticeKind, NoticePreferences
from connectcore.contacts import Contact
from connectcore.profiles import Name, Position
from connectcore.settings import FeedPreferences, WhoMayInvite, WhoMayWrite
from connectcore.testing.kinds import TalkAnnounced
from connectcore.testing.machine.connecting import Connecting
from connectcore.testing.machine.lockstep import MEMBERS, addresses, audiences, members, profile_of
from connectcore.testing.model import addresses as books
from connectcore.testing.model import leaving

__all__ = ["SHARED", "Choosing"]

KINDS = (
    "connection_made",
    "member_joined",
    "post_published",
    "post_reacted_to",
    "profile_changed",
    "skill_endorsed",
    "recommendation_shown",
    TalkAnnounced.kind,
)
SHARED = Position(title="Analyst", company="Shared Engines")
"""A position that members may have in common."""

WORTH_FORGETTING = 3
"""How much must have been said before somebody leaves for good: else that would show nowhere."""

some_kinds: st.SearchStrategy[frozenset[str]] = st.frozensets(st.sampled_from(KINDS), max_size=2)
fields: st.SearchStrategy[str] = st.sampled_from(["contact", "headline", "positions", "skills"])
lists_of_skills: st.SearchStrategy[tuple[str, ...]] = st.sampled_from(
    [
        (),
        ("Compilers",),
        ("compiler", "Chess"),
        ("Compilers", "compiler", "Go"),
        ("Compilers", "Chess", "Go", "Sewing"),
        ("underwater welding",),
    ]
)


class Choosing(Connecting):
    """A machine in which members also change what they show, leave for good and come back."""

    @rule(
        by=members, name=st.sampled_from(["full_name", "connections", "activities"]), to=audiences
    )
    def open_or_close(self, by: str, name: str, to: Audience) -> None:
        """Choose who sees one's name, one's list of connections or one's activities."""
        self.change(by, **{name: to})

    @rule(
        by=members, name=st.sampled_from(["posts", "endorsements", "recommendations"]), to=audiences
    )
    def open_or_close_section(self, by: str, name: str, to: Audience) -> None:
        """Choose who sees one's posts, or a section."""
        self.change(by, **{name: to})

    @rule(by=members, name=fields, to=st.none() | audiences)
    def open_or_close_field(self, by: str, name: str, to: Audience | None) -> None:
        """Choose who sees a field of one's profile, or choose nothing again."""
        chosen = dict(self.model.settings[by].audiences) if by in self.model.joined else {}
        chosen.pop(name, None)
        wanted = chosen if to is None else {**chosen, name: to}
        self.does(
            by,
            lambda me: me.settings.change(audiences={name: to}),
            lambda _: leaving.choose(self.model, by, audiences=wanted),
        )

    @rule(
        by=members,
        who_may_invite=st.sampled_from(WhoMayInvite),
        who_may_write=st.sampled_from(WhoMayWrite),
        unshared=some_kinds,
        hidden=some_kinds,
    )
    def choose(
        self,
        by: str,
        who_may_invite: WhoMayInvite,
        who_may_write: WhoMayWrite,
        unshared: frozenset[str],
        hidden: frozenset[str],
    ) -> None:
        """Choose who may invite and write, and what to tell and to read."""
        self.change(
            by,
            who_may_invite=who_may_invite,
            who_may_write=who_may_write,
            unshared_kinds=unshared,
            feed=FeedPreferences(hidden_kinds=hidden),
        )

    @rule(
        by=members,
        kinds=st.sets(st.sampled_from(NoticeKind), max_size=3),
        ways=st.sets(st.sampled_from(Channel), max_size=2),
    )
    def be_told(self, by: str, kinds: set[NoticeKind], ways: set[Channel]) -> None:
        """Choose by which ways to be told of some kinds, and the usual ones for the rest."""
        self.change(by, notices=NoticePreferences(channels=dict.fromkeys(kinds, ways)))

    def change(self, by: str, **choices: Any) -> None:
        """Change settings, whichever they are."""
        self.does(
            by,
            lambda me: me.settings.change(**choices),
            lambda _: leaving.choose(self.model, by, **choices),
        )

    @rule(
        by=members,
        skills=lists_of_skills,
        has_shared=st.booleans(),
        headline=st.sampled_from(["Engineer", "Analyst"]),
        announce=st.lists(st.sampled_from(["headline", "skills", "positions"]), max_size=2),
    )
    def edit(
        self,
        by: str,
        skills: tuple[str, ...],
        headline: str,
        announce: list[str],
        *,
        has_shared: bool,
    ) -> None:
        """Edit one's profile, and share some of the changes."""
        usual = profile_of(by)
        positions = (*usual.positions, SHARED) if has_shared else usual.positions
        profile = evolve(usual, skills=skills, headline=headline, positions=positions)
        self.does(
            by,
            lambda me: me.profiles.edit(profile, announce=announce),
            lambda _: leaving.edit(self.model, by, profile, tuple(announce)),
        )

    @rule(by=members, address=addresses)
    def give_up(self, by: str, address: str) -> None:
        """Say that an address is a member's own no longer."""
        self.does(
            by,
            lambda me: me.addresses.remove(address),
            lambda _: books.give_up(self.model, by, address),
        )

    @rule(by=members, contact=st.sampled_from("xy"), name=st.sampled_from(["", "Xu", "Yara"]))
    def keep(self, by: str, contact: str, name: str) -> None:
        """Keep somebody in an address book, under some name; without one, no longer."""
        if name:
            self.does(
                by,
                lambda me: me.contacts.add(Contact(contact, name=Name(name))),
                lambda _: books.keep(self.model, by, contact, name),
            )
        else:
            self.does(
                by,
                lambda me: me.contacts.remove(contact),
                lambda _: books.forget(self.model, by, contact),
            )

    @precondition(lambda self: self.has_much_to_forget())
    @rule(by=members, returns=st.sampled_from([True, True, False]))
    def erase(self, by: str, *, returns: bool) -> None:
        """Leave for good, or again; many come back at once."""
        self.does(by, lambda me: me.data.erase(), lambda _: leaving.erase(self.model, by))
        if returns:
            self.join(by)

    def has_much_to_forget(self) -> bool:
        """Whether enough happened that forgetting somebody should show."""
        model = self.model
        said = len(model.endorsed) + len(model.recommended) + len(model.messages)
        return said + len(model.posts) >= WORTH_FORGETTING

    @rule(by=members)
    def come_back(self, by: str) -> None:
        """Let everybody who left join again, and somebody who may not have left."""
        for member in MEMBERS:
            if member == by or member not in self.model.joined:
                self.join(member)
