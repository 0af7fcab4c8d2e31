"""Endorsements and recommendations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.stateful import rule

from connectcore.network import ActingMember
from connectcore.profiles import Position, Profile
from connectcore.recommendations import WorkingRelationship
from connectcore.testing.machine.choosing import SHARED
from connectcore.testing.machine.lockstep import members, nth, pairs, pick, profile_of
from connectcore.testing.machine.posting import Posting
from connectcore.testing.model import Model, endorsing, recommending

__all__ = ["Vouching"]

Endorsing: TypeAlias = tuple[
    Callable[[ActingMember[Profile], str, str], object], Callable[[Model, str, str, str], set[str]]
]
"""What a member does about a skill, with another."""

Recommending: TypeAlias = tuple[
    Callable[[ActingMember[Profile], str, str], object],
    Callable[[Model, str, str, str, str], set[str]],
]
"""What a member does about what was written or asked, with a text."""

OF_SKILLS: Mapping[str, Endorsing] = {
    "give": (lambda me, to, skill: me.endorsements.give(to, skill=skill), endorsing.give),
    "retract": (lambda me, to, skill: me.endorsements.retract(to, skill=skill), endorsing.retract),
    "request": (lambda me, of, skill: me.endorsements.request(of, skill=skill), endorsing.request),
    "withdraw": (
        lambda me, of, skill: me.endorsements.withdraw_request(of, skill=skill),
        endorsing.withdraw,
    ),
    "decline": (lambda me, by, skill: me.endorsements.decline(by, skill=skill), endorsing.decline),
    "accept": (
        lambda me, by, skill: me.endorsements.accept(by, skill=skill),
        partial(endorsing.decide, what="accept"),
    ),
    "dismiss": (
        lambda me, by, skill: me.endorsements.dismiss(by, skill=skill),
        partial(endorsing.decide, what="dismiss"),
    ),
    "hide": (
        lambda me, by, skill: me.endorsements.hide(by, skill=skill),
        partial(endorsing.decide, what="hide"),
    ),
    "show": (
        lambda me, by, skill: me.endorsements.show(by, skill=skill),
        partial(endorsing.decide, what="show"),
    ),
}

OF_WRITTEN: Mapping[str, Recommending] = {
    "revise": (
        lambda me, id_, text: me.recommendations.revise(id_, text=text),
        recommending.revise,
    ),
    "withdraw": (
        lambda me, id_, _: me.recommendations.withdraw(id_),
        lambda model, by, id_, _, __: recommending.withdraw(model, by, id_),
    ),
    "accept": (
        lambda me, id_, _: me.recommendations.accept(id_),
        lambda model, by, id_, _, __: recommending.decide(model, by, id_, "accept"),
    ),
    "dismiss": (
        lambda me, id_, _: me.recommendations.dismiss(id_),
        lambda model, by, id_, _, __: recommending.decide(model, by, id_, "dismiss"),
    ),
    "hide": (
        lambda me, id_, _: me.recommendations.hide(id_),
        lambda model, by, id_, _, __: recommending.decide(model, by, id_, "hide"),
    ),
    "show": (
        lambda me, id_, _: me.recommendations.show(id_),
        lambda model, by, id_, _, __: recommending.decide(model, by, id_, "show"),
    ),
    "ask_revision": (
        lambda me, id_, text: me.recommendations.ask_revision(id_, message=text),
        recommending.ask_revision,
    ),
}
OF_ASKED: Mapping[str, Recommending] = {
    "withdraw": (
        lambda me, id_, _: me.recommendations.withdraw_request(id_),
        lambda model, by, id_, _, __: recommending.withdraw_request(model, by, id_),
    ),
    "decline": (
        lambda me, id_, _: me.recommendations.decline(id_),
        lambda model, by, id_, _, __: recommending.decline(model, by, id_),
    ),
}

skills: st.SearchStrategy[str] = st.sampled_from(
    [
        "Compilers",
        " COMPILER ",
        "Chess",
        "chess",
        "Go",
        "Sewing",
        "Accounting",
        "underwater welding",
    ]
)
texts: st.SearchStrategy[str] = st.sampled_from(
    ["Well.", "Ably.", "Quickly.", "Quite well, and more than that."]
)


endorsing_acts: st.SearchStrategy[str] = st.sampled_from(
    ["give", "give", "give", "request", "request", *OF_SKILLS]
)
endorsement_decisions: st.SearchStrategy[str] = st.sampled_from(
    ["accept", "accept", "dismiss", "hide", "show", "show", "retract", "renew"]
)
recommendation_decisions: st.SearchStrategy[str] = st.sampled_from(
    ["accept", "accept", "revise", *OF_WRITTEN]
)
"""What is done is done more often where much may follow from it."""


class Vouching(Posting):
    """A machine in which members also endorse and recommend each other."""

    @rule(
        acts=st.lists(
            st.tuples(endorsing_acts, pairs, nth, skills),
            min_size=1,
            max_size=4,
        )
    )
    def vouch(self, acts: list[tuple[str, tuple[str, str], int, str]]) -> None:
        """Endorse some skills and ask for endorsements of some."""
        for what, pair, place, skill in acts:
            by, other = self.near(pair, place)
            self.act_on_skill(by, what, other, skill)

    @rule(
        acts=st.lists(
            st.tuples(endorsement_decisions, nth),
            min_size=1,
            max_size=4,
        )
    )
    def decide_endorsements(self, acts: list[tuple[str, int]]) -> None:
        """Decide about some endorsements that there are."""
        for what, place in acts:
            for owner, giver, key in pick(self.model.endorsed, place):
                skill = self.model.endorsed[owner, giver, key].skill
                if what in {"retract", "renew"}:
                    self.act_on_skill(giver, "retract", owner, skill)
                else:
                    self.act_on_skill(owner, what, giver, skill)
                if what == "renew":
                    self.act_on_skill(giver, "give", owner, skill)

    @rule(
        acts=st.lists(
            st.tuples(st.sampled_from(["give", "give", "decline", "withdraw"]), nth),
            min_size=1,
            max_size=2,
        )
    )
    def answer_endorsements_asked(self, acts: list[tuple[str, int]]) -> None:
        """Answer some requests that there are, or take them back."""
        for what, place in acts:
            for asker, of, skill in pick(self.model.endorsements_asked, place):
                by, other = (asker, of) if what == "withdraw" else (of, asker)
                spelled = self.model.endorsements_asked[asker, of, skill].skill
                self.act_on_skill(by, what, other, spelled)

    def act_on_skill(self, by: str, what: str, other: str, skill: str) -> None:
        """Do something about a skill."""
        act, model_act = OF_SKILLS[what]
        self.does(
            by,
            lambda me: act(me, other, skill),
            lambda _: model_act(self.model, by, other, skill),
        )

    @rule(pair=pairs, place=nth, text=texts, is_shared=st.sampled_from([False, False, True]))
    def recommend(self, pair: tuple[str, str], place: int, text: str, *, is_shared: bool) -> None:
        """Write a recommendation."""
        by, to = self.near(pair, place)
        position = _position(to, is_shared=is_shared)
        self.does(
            by,
            lambda me: me.recommendations.write(
                to, position=position, relationship=WorkingRelationship.TAUGHT, text=text
            ),
            lambda new: recommending.write(
                self.model, by, to, (position.title, position.company), text=text, new=new
            ),
        )

    @rule(pair=pairs, place=nth, message=texts, is_shared=st.sampled_from([False, False, True]))
    def ask_for_recommendation(
        self, pair: tuple[str, str], place: int, message: str, *, is_shared: bool
    ) -> None:
        """Ask for a recommendation."""
        by, of = self.near(pair, place)
        position = _position(by, is_shared=is_shared)
        self.does(
            by,
            lambda me: me.recommendations.request(of, position=position, message=message),
            lambda new: recommending.request(
                self.model, by, of, (position.title, position.company), message=message, new=new
            ),
        )

    @rule(what=st.sampled_from(["write", "write", *OF_ASKED]), place=nth, by=st.none() | members)
    def answer_recommendation_asked(self, what: str, place: int, by: str | None) -> None:
        """Answer a request that there is, or take it back; somebody else may try."""
        for id_ in pick(self.model.recommendations_asked, place):
            asked = self.model.recommendations_asked[id_]
            if what == "write":
                is_shared = asked.position[1] == SHARED.company
                self.recommend((asked.of, asked.by), 0, "Well.", is_shared=is_shared)
            else:
                owner = asked.by if what == "withdraw" else asked.of
                self.act_on(by or owner, OF_ASKED[what], id_, "")

    @rule(
        acts=st.lists(
            st.tuples(recommendation_decisions, nth, texts),
            min_size=1,
            max_size=4,
        ),
        by=st.none() | st.none() | members,
    )
    def decide_recommendations(self, acts: list[tuple[str, int, str]], by: str | None) -> None:
        """Decide about what was written, or write it anew; somebody else may try."""
        for what, place, text in acts:
            for id_ in pick(self.model.recommended, place):
                written = self.model.recommended[id_]
                owner = written.author if what in {"revise", "withdraw"} else written.subject
                self.act_on(by or owner, OF_WRITTEN[what], id_, text)

    def act_on(self, by: str, what: Recommending, id_: str, text: str) -> None:
        """Do something about what was written or asked."""
        act, model_act = what
        self.does(
            by,
            lambda me: act(me, id_, text),
            lambda new: model_act(self.model, by, id_, text, new),
        )


def _position(member: str, *, is_shared: bool) -> Position:
    return SHARED if is_shared else profile_of(member).positions[0]
