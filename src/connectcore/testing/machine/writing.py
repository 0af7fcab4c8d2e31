"""Messages and notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hypothesis import strategies as st
from hypothesis.stateful import rule

from connectcore.network import ActingMember, Network
from connectcore.profiles import Profile
from connectcore.testing.machine.lockstep import members, nth, pairs, pick
from connectcore.testing.machine.vouching import Vouching
from connectcore.testing.model import Model, telling, writing

__all__ = ["Writing"]

ANSWERS: Mapping[
    str,
    tuple[Callable[[ActingMember[Profile], str], object], Callable[[Model, str, str], set[str]]],
] = {
    "accept": (lambda me, sender: me.messages.accept(sender), writing.accept),
    "decline": (lambda me, sender: me.messages.decline(sender), writing.decline),
    "withdraw": (lambda me, to: me.messages.withdraw(to), writing.withdraw),
}
"""What a member does about what was asked."""

texts: st.SearchStrategy[str] = st.sampled_from(
    ["Hello!", "Hi there.", "Hello!", "A greeting.", "A greeting that has no end."]
)


class Writing(Vouching):
    """A machine in which members also write to each other, and look at what they are told."""

    @rule(letters=st.lists(st.tuples(pairs, nth, texts), min_size=1, max_size=4))
    def correspond(self, letters: list[tuple[tuple[str, str], int, str]]) -> None:
        """Write some messages freely."""
        for pair, place, text in letters:
            self.write(self.near(pair, place), text)

    @rule(letters=st.lists(st.tuples(nth, texts, st.booleans()), min_size=1, max_size=3))
    def write_again(self, letters: list[tuple[int, str, bool]]) -> None:
        """Write to some of those who wrote or were asked before, whatever they are now."""
        for place, text, is_answer in letters:
            for id_ in pick(self.model.messages, place):
                former = self.model.messages[id_]
                self.write(
                    (former.to, former.sender) if is_answer else (former.sender, former.to), text
                )

    def write(self, pair: tuple[str, str], text: str) -> None:
        """Write freely."""
        by, to = pair
        self.does(
            by,
            lambda me: me.messages.send(to, text),
            lambda new: writing.send(self.model, by, to, text, new),
        )

    @rule(pair=pairs, text=texts)
    def ask_to_write(self, pair: tuple[str, str], text: str) -> None:
        """Ask by a first message."""
        by, to = pair
        self.does(
            by,
            lambda me: me.messages.request(to, text),
            lambda new: writing.ask(self.model, by, to, text, new),
        )

    @rule(pair=pairs, text=texts, subject=st.sampled_from(["", "Hi", "Job", "A matter"]))
    def write_inmail(self, pair: tuple[str, str], text: str, subject: str) -> None:
        """Ask by an InMail."""
        by, to = pair
        self.does(
            by,
            lambda me: me.messages.send_inmail(to, text, subject=subject),
            lambda new: writing.ask(self.model, by, to, text, new, subject=subject),
        )

    @rule(
        acts=st.lists(st.tuples(st.sampled_from(["write", *ANSWERS]), nth), min_size=1, max_size=3)
    )
    def answer_what_waits(self, acts: list[tuple[str, int]]) -> None:
        """Answer some requests and InMails that there are, or take them back."""
        for what, place in acts:
            for sender, to in pick(self.model.requests, place):
                if what == "write":
                    self.write((to, sender), "Hello!")
                else:
                    self.answer((sender, to) if what == "withdraw" else (to, sender), what)

    @rule(pair=pairs, what=st.sampled_from(sorted(ANSWERS)))
    def answer(self, pair: tuple[str, str], what: str) -> None:
        """Answer or take back, whether or not there is something."""
        (by, to), (act, model_act) = pair, ANSWERS[what]
        self.does(by, lambda me: act(me, to), lambda _: model_act(self.model, by, to))

    @rule(pair=pairs, place=nth)
    def mark_read(self, pair: tuple[str, str], place: int) -> None:
        """Say that a conversation was read."""
        by, other = next(iter(pick(self.model.unread, place)), pair) if place else pair
        self.does(
            by,
            lambda me: me.messages.mark_read(other),
            lambda _: writing.mark_read(self.model, by, other),
        )

    @rule(by=members, whose=st.none() | members, place=nth)
    def mark_seen(self, by: str, whose: str | None, place: int) -> None:
        """Mark notices as seen: all, or up to one of one's own or of somebody else's."""
        owner = by if whose is None else whose
        listed = [] if whose is None else pick(telling.listed(self.model, owner), place)
        told = listed[0] if listed else None

        def mark(network: Network[Profile]) -> None:
            up_to = None if told is None else _id_of(network.as_member(owner), told)
            network.as_member(by).notices.mark_seen(up_to=up_to)

        known = told if owner == by else ELSEWHERE
        self.agree(mark, lambda _: telling.mark_seen(self.model, by, told and known))


ELSEWHERE = ("", "", "")
"""A notice that is in nobody's list."""


def _id_of(me: ActingMember[Profile], told: telling.Told) -> str:
    return next(
        notice.id
        for notice in me.notices.page(limit=100).items
        if (notice.kind.value, notice.actor, notice.about) == told
    )
