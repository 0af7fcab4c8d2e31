"""The law of guests: whose an address is, nobody learns who invites it; and whose it is, finds it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from types import MethodType
from typing import Any, cast

from attrs import evolve
from hypothesis import given

from connectcore import Invited, MemberId, MemoryStore
from connectcore.addresses import ADDRESS_HOLDERS, HOLDER_KEY
from connectcore.guests import ADDRESSES_INVITED
from connectcore.storage import Snapshot, Store
from connectcore.testing import RecordingStore
from tests.laws.breaking import AlteredStore, breaks
from tests.laws.societies import (
    ADDRESS,
    CAST,
    INVITING,
    USUAL_KINDS,
    Script,
    Step,
    scripts,
    stage,
)
from tests.surface import seen_by, seen_by_visitors
from tests.worlds import World

*INVITERS, _, _, HOLDER = CAST
SCRIPTS = scripts(kinds=(*USUAL_KINDS, "block", "unblock", *INVITING * 3))


def tells(step: Step) -> bool:
    """Whether by *step* the one whose address it is may accept what came there, and so tell of it."""
    return step.by == HOLDER and step.kind in {"connect", "invite"}


def seen_in(world: World, log: RecordingStore, writings: Sequence[str]) -> Mapping[str, Any]:
    """All that a visitor and two who may have invited can read, and the calls that it takes."""
    seen: dict[str, Any] = {"a visitor": seen_by_visitors(world.network, CAST, writings)}
    for viewer in INVITERS:
        log.calls.clear()
        seen[viewer] = seen_by(world[viewer], CAST, writings)
        seen[f"the calls of {viewer}"] = log.names
    return seen


def nobody_learns_whose_an_address_is(
    script: Script, *, make_store: Callable[[], Store] = MemoryStore
) -> None:
    """The law: everything is for everybody else as it is where the address is nobody's."""
    worlds: list[object] = []
    for is_hers in (True, False):
        log = RecordingStore(make_store())
        world, attempt = stage(script.members, store=log)
        if is_hers:
            world[HOLDER].addresses.confirm(ADDRESS)
        happened = [(step, attempt(step)) for step in script.steps if not tells(step)]
        possible = [(step, was) for step, was in happened if step.by != HOLDER]
        worlds.append((possible, seen_in(world, log, script.writings)))

    assert worlds[0] == worlds[1]


@given(SCRIPTS)
def test_nobody_learns_whose_an_address_is(script: Script) -> None:
    """Whatever everybody does, the one whose it is among them, as long as they accept nothing."""
    nobody_learns_whose_an_address_is(script)


def test_the_law_finds_an_invitation_that_is_not_listed() -> None:
    """A planted fault: what is sent to the address of a member is missing from the sender's list."""

    def tattling(enter: Callable[..., None], register: Any, owner: Any, entry: Any) -> None:
        snapshot = cast("Snapshot", cast("MethodType", enter).__self__)
        if register is ADDRESSES_INVITED:
            holder = snapshot.entry(ADDRESS_HOLDERS, entry.guest, HOLDER_KEY)
            if holder is not None:
                return
        enter(register, owner, entry)

    def leaking() -> Store:
        return AlteredStore(MemoryStore(), enter=tattling)

    invited = scripts(kinds=("invite address",))
    assert breaks(partial(nobody_learns_whose_an_address_is, make_store=leaking), invited)


def is_ignored(snapshot: Snapshot, member: MemberId) -> bool:
    """Whether something that *member* sent is set aside."""
    invitees = [each.invitee for each in snapshot.sent(member, None, 1000)]
    states = snapshot.relationships(member, invitees).values()
    return any(isinstance(state, Invited) and state.set_aside is not None for state in states)


def test_the_law_finds_an_answer_that_shows() -> None:
    """A planted fault: an invitation that is set aside counts no longer for whoever sent it."""

    def careless(
        standings: Callable[..., Mapping[Any, Any]], ids: Collection[Any], **since: Any
    ) -> Mapping[Any, Any]:
        transaction = cast("Snapshot", cast("MethodType", standings).__self__)
        honest = standings(ids, **since)
        return {
            member: evolve(standing, pending=0) if is_ignored(transaction, member) else standing
            for member, standing in honest.items()
        }

    def leaking() -> Store:
        return AlteredStore(MemoryStore(), standings=careless)

    ignored = scripts(kinds=("invite address", "ignore"))
    assert breaks(partial(nobody_learns_whose_an_address_is, make_store=leaking), ignored)
