"""Laws of messages: what one wrote the other reads, what is unread is counted, a block undoes it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias, TypeVar, final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectcore import MemberId, MemoryStore, NotFound, Page, Settings, WhoMayWrite
from connectcore.messages import UNREAD
from connectcore.registers import Register
from connectcore.storage import Store
from tests.laws.breaking import AlteredStore, breaks
from tests.laws.societies import CAST, MESSAGING, Script, Step, scripts, stage
from tests.laws.test_blocks import OTHER, VIEWER, Quarrel, a_block_undoes_the_other
from tests.laws.test_silence import closed, silence_is_one_answer
from tests.worlds import World

T = TypeVar("T")
MakeStore: TypeAlias = Callable[[], Store]
Ordered: TypeAlias = tuple[str, str]
"""One member towards another."""

PEACEFUL_KINDS = (*MESSAGING, "write", "ask", "connect", "remove")
CHOSEN = st.builds(Settings, who_may_write=st.sampled_from(WhoMayWrite))
PEACEFUL = scripts(chosen=CHOSEN, kinds=PEACEFUL_KINDS)
SCRIPTS = scripts(chosen=CHOSEN, kinds=(*PEACEFUL_KINDS, "block", "unblock"))


@final
class Letterbox:
    """A naive model: which messages each member has of each other, by the number of their step."""

    def __init__(self) -> None:
        self.had: defaultdict[Ordered, dict[int, str]] = defaultdict(dict)
        self.unread: defaultdict[Ordered, set[int]] = defaultdict(set)
        self.waiting: dict[Ordered, Step] = {}
        self.before_them: set[Ordered] = set()
        self.blocks: set[Ordered] = set()

    def happened(self, step: Step) -> None:
        """Remember a step that was possible."""
        there, back = (step.by, step.to), (step.to, step.by)
        match step.kind:
            case "write":
                self._open(back)
                self.had[there][step.number] = self.had[back][step.number] = step.by
                self.unread[back].add(step.number)
                self.unread[there].clear()
            case "ask" | "send inmail":
                self.had[there][step.number] = step.by
                self.waiting[there] = step
                self.before_them.add(there)
            case "admit":
                self._open(back)
            case "decline":
                self.before_them.discard(back)
                if back in self.waiting and self.waiting[back].kind == "send inmail":
                    del self.waiting[back]
            case "recall" if there in self.waiting:
                del self.had[there][self.waiting.pop(there).number]
                self.before_them.discard(there)
            case "mark":
                self.unread[there].clear()
            case "block":
                self.blocks.add(there)
                self.before_them -= {there, back}
            case "unblock":
                self.blocks.discard(there)
            case _:
                pass

    def apart(self, one: str, other: str) -> bool:
        """Whether either of the two blocks the other."""
        return bool({(one, other), (other, one)} & self.blocks)

    def _open(self, asked: Ordered) -> None:
        if asked in self.waiting:
            number = self.waiting.pop(asked).number
            self.had[asked[::-1]][number] = asked[0]
            self.before_them.discard(asked)


def pages(page: Callable[..., Page[T]], *of: str) -> Iterator[T]:
    """All entries of a listing, two at a time."""
    read = page(*of, limit=2)
    yield from read.items
    while read.next is not None:
        read = page(*of, limit=2, after=read.next)
        yield from read.items


def read_of(world: World, reader: str, other: str) -> Sequence[tuple[str, str]] | None:
    """Who wrote what in a conversation, newest first; `None` where nobody is there."""
    try:
        return [(m.sender, m.text) for m in pages(world[reader].messages.read, other)]
    except NotFound:
        return None


def played(script: Script, store: Store) -> tuple[World, Letterbox]:
    """A society after a script, and the model of what its members wrote."""
    world, attempt = stage(script.members, store=store)
    model = Letterbox()
    for step in script.steps:
        if attempt(step):
            model.happened(step)
    return world, model


# ── What is read ────────────────────────────────────────────────────────────────────────────────


def what_one_wrote_the_other_reads(script: Script, *, make_store: MakeStore = MemoryStore) -> None:
    """The law: a message stands in two conversations, in order, and nowhere else.

    What waits for an answer stands in that of its sender, and before whom it was sent to.
    """
    world, model = played(script, make_store())
    for reader in CAST:
        for other in sorted(set(CAST) - {reader}):
            had = model.had[reader, other]
            newest_first = [(had[n], f"{n}") for n in sorted(had, reverse=True)]
            apart = model.apart(reader, other)
            assert read_of(world, reader, other) == (None if apart else newest_first)
        asked = {(it.sender, it.text) for it in pages(world[reader].messages.requests)}
        assert asked == {
            (sender, f"{model.waiting[sender, to].number}")
            for sender, to in model.before_them
            if to == reader
        }


@given(SCRIPTS)
def test_what_one_wrote_the_other_reads(script: Script) -> None:
    """Whatever else happens between any of them, and whoever blocks whom meanwhile."""
    what_one_wrote_the_other_reads(script)


@pytest.mark.thorough
def test_the_law_of_messages_finds_a_leak_between_conversations() -> None:
    """A planted fault: a conversation is read without regard to whom it is with."""

    def all_of_them(entries: Callable[..., Sequence[Any]], *asked: Any, **narrowed: Any) -> Any:
        return entries(*asked, **{**narrowed, "other": None})

    def leaking() -> Store:
        return AlteredStore(MemoryStore(), entries=all_of_them)

    assert breaks(partial(what_one_wrote_the_other_reads, make_store=leaking), SCRIPTS)


# ── What is unread ──────────────────────────────────────────────────────────────────────────────


def unread_is_counted_as_listed(script: Script, *, make_store: MakeStore = MemoryStore) -> None:
    """The law: as much is unread as was received since one last wrote or marked, in every count."""
    world, model = played(script, make_store())
    for reader in CAST:
        mine = world[reader].messages
        expected = {
            other: len(model.unread[reader, other])
            for other in CAST
            if model.unread[reader, other] and not model.apart(reader, other)
        }
        assert {it.member: it.unread for it in pages(mine.unread)} == expected
        assert {it.member: it.unread for it in pages(mine.conversations) if it.unread} == expected
        assert mine.unread_count() == sum(expected.values())
        for other in expected:
            theirs = [
                text for sender, text in read_of(world, reader, other) or () if sender == other
            ]
            newest = sorted(model.unread[reader, other], reverse=True)
            assert theirs[: expected[other]] == [f"{number}" for number in newest]


@given(SCRIPTS)
def test_unread_is_counted_as_listed(script: Script) -> None:
    """A conversation, the list of the unread and the number of all together say the same."""
    unread_is_counted_as_listed(script)


@pytest.mark.thorough
def test_the_law_of_the_unread_finds_a_mark_that_stays() -> None:
    """A planted fault: what was read stays in the list of the unread."""

    def sticking(
        strike: Callable[..., None], register: Register[Any], owner: MemberId, key: Any
    ) -> None:
        if register is not UNREAD:
            strike(register, owner, key)

    def sticky() -> Store:
        return AlteredStore(MemoryStore(), strike=sticking)

    written_and_read = scripts(kinds=("connect", "write", "mark"))
    assert breaks(partial(unread_is_counted_as_listed, make_store=sticky), written_and_read)


# ── Blocks, and what looks like one ─────────────────────────────────────────────────────────────

QUARRELS = st.builds(Quarrel, PEACEFUL, st.sampled_from([VIEWER, OTHER]))


@given(QUARRELS)
def test_a_block_undoes_the_conversation(quarrel: Quarrel) -> None:
    """Whatever the two wrote to each other, neither reads that there was another."""
    a_block_undoes_the_other(quarrel)


@given(PEACEFUL.map(closed))
def test_silence_is_one_answer_between_those_who_wrote(script: Script) -> None:
    """Also where the two wrote and asked: the answer and the calls of somebody who never was."""
    silence_is_one_answer(script)
