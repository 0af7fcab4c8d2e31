"""Stores that break one promise each, and the check that has to catch each of them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from attrs import evolve

from connectcore import (
    Blocked,
    Member,
    MemberId,
    MemoryStore,
    Profile,
    Reacted,
    Relationship,
    Standing,
    Strangers,
)
from connectcore.registers import Register
from connectcore.storage import Snapshot, Store, Transaction
from connectcore.testing import LatencyStore
from tests.laws.breaking import AlteredStore
from tests.stores.test_threads import Unguarded

__all__ = ["BROKEN"]

T = TypeVar("T")
Honest = Callable[..., Any]
Maker = Callable[[], Store]


def altered(**changes: Callable[..., object]) -> Maker:
    """Make memory stores in which some calls are not what they should be."""
    return lambda: AlteredStore(MemoryStore(), **changes)


def nothing(_honest: Honest, *_arguments: object, **_named: object) -> None:
    """Do nothing where something should be done."""


def without(name: str) -> Callable[..., object]:
    """A call that does not look at the argument *name*."""

    def call(honest: Honest, *arguments: object, **named: object) -> object:
        return honest(*arguments, **{key: each for key, each in named.items() if key != name})

    return call


class Hasty:
    """Keeps what a unit wrote before it raised."""

    def __init__(self) -> None:
        self._store = MemoryStore()

    def read(self, unit: Callable[[Snapshot], T]) -> T:
        """Run *unit* as it should be."""
        return self._store.read(unit)

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit*, and raise what it raised when it is too late."""
        raised: list[BaseException] = []

        def undisturbed(transaction: Transaction) -> T | None:
            try:
                return unit(transaction)
            except BaseException as error:  # noqa: BLE001 - all of it is hidden from the store
                raised.append(error)
                return None

        given = self._store.write(members, undisturbed)
        if raised:
            raise raised[0]
        return given  # type: ignore[return-value]


class Silent(Hasty):
    """Undoes a unit that raised, and tells nobody that it did."""

    def write(self, members: Collection[MemberId], unit: Callable[[Transaction], T]) -> T:
        """Run *unit*, whatever it raises."""
        try:
            return self._store.write(members, unit)
        except BaseException:  # noqa: BLE001 - the fault
            return None  # type: ignore[return-value]


def one_sided(honest: Honest, viewer: MemberId, others: Collection[MemberId]) -> object:
    """A block is kept with whoever set it."""
    found: Mapping[MemberId, Relationship] = honest(viewer, others)
    return {
        other: Strangers() if isinstance(state, Blocked) and viewer not in state.by else state
        for other, state in found.items()
    }


def keep_the_first(honest: Honest, member: Member[Profile]) -> None:
    """Somebody who is there already is not replaced."""
    if member.id not in honest.__self__.members((member.id,)):  # type: ignore[attr-defined]
        honest(member)


def for_good(honest: Honest, member: MemberId, other: MemberId, until: datetime | None) -> None:
    """Every mute is for good."""
    del until
    honest(member, other, None)


def stale() -> Store:
    """What was read ahead is never read again."""
    known: dict[MemberId, object] = {}
    ada = MemberId("ada")

    def ahead(honest: Honest, *_reads: object) -> None:
        snapshot: Snapshot = honest.__self__  # type: ignore[attr-defined]
        known[ada] = dict(snapshot.mutes(ada))

    def mutes(honest: Honest, member: MemberId) -> object:
        return known.pop(member, None) or honest(member)

    return AlteredStore(MemoryStore(), read_ahead=ahead, mutes=mutes)


def forgetful() -> Store:
    """What was read ahead is not found any more."""
    ahead: list[object] = []

    def mutes(honest: Honest, member: MemberId) -> object:
        return {} if ahead else honest(member)

    return AlteredStore(
        MemoryStore(), read_ahead=lambda _honest, *reads: ahead.extend(reads), mutes=mutes
    )


def those_who_have_some(honest: Honest, ids: Collection[MemberId]) -> object:
    """Whoever has no connections is left out."""
    return {member: near for member, near in honest(ids).items() if near}


def of_either(honest: Honest, one: MemberId, other: MemberId) -> object:
    """The connections of either of two, not of both."""
    near = honest.__self__.neighbours((one, other))  # type: ignore[attr-defined]
    return near[one] | near[other]


def inclusive(
    honest: Honest, ids: Collection[MemberId], *, since: datetime, **named: Any
) -> object:
    """A window with the moment at which it begins."""
    return honest(ids, since=since - timedelta(microseconds=1), **named)


def never_expired(honest: Honest, ids: Collection[MemberId], **named: Any) -> object:
    """Every invitation is pending, however old."""
    return honest(ids, **{**named, "pending_since": None})


def unreported(honest: Honest, *arguments: Any, **named: Any) -> object:
    """Nobody is ever reported."""
    found: Mapping[MemberId, Standing] = honest(*arguments, **named)
    return {member: evolve(standing, reports=0) for member, standing in found.items()}


def oldest_first(honest: Honest, *arguments: Any) -> object:
    """A listing the wrong way round."""
    return list(honest(*arguments))[::-1]


def once_more(honest: Honest, owner: Any, before: Any, limit: Any) -> object:
    """A page begins with the entry that the one before ended with."""
    later = before and (before[0] + timedelta(microseconds=1), before[1])
    return honest(owner, later, limit)


def all_at_once(honest: Honest, owner: Any, before: Any, limit: int, **named: Any) -> object:
    """A page is as long as the list."""
    return honest(owner, before, limit + 100, **named)


def each_so_many(honest: Honest, actors: Collection[Any], before: Any, limit: int) -> object:
    """So many of each actor, not of all together."""
    return [told for actor in actors for told in honest((actor,), before, limit)]


def the_first_reaction(honest: Honest, reacted: Reacted) -> None:
    """Who reacted already is not heard again."""
    snapshot: Snapshot = honest.__self__  # type: ignore[attr-defined]
    if not snapshot.reactions((reacted.key,)):
        honest(reacted)


def to_the_post(honest: Honest, post: Any, comment: Any) -> object:
    """Reactions to a comment are those to its post."""
    del comment
    return honest(post, None)


def of_anybody(honest: Honest, register: Register[Any], owner: MemberId, key: Any) -> object:
    """An entry is found whosever it is."""
    return honest(register, owner, key) or honest(register, MemberId("ada"), key)


def at_once(honest: Honest, due_at: datetime, *rest: Any) -> object:
    """What is due later is read now."""
    return honest(due_at + timedelta(days=365), *rest)


def settled_for_all(honest: Honest, owner: MemberId, ids: Collection[str]) -> None:
    """An entry is settled whosever it is."""
    for each in (owner, MemberId("ada"), MemberId("bob")):
        honest(each, ids)


def one_key(_honest: Honest) -> bytes:
    """Every store has the same key."""
    return b"\0" * 32


def no_blocks(honest: Honest, member: MemberId) -> Sequence[object]:
    """Blocks of whoever is forgotten are forgotten with them."""
    honest(member)
    return ()


def alone(_honest: Honest, _member: MemberId) -> frozenset[MemberId]:
    """Nobody is ever concerned."""
    return frozenset()


def through_closed_lists(honest: Honest, viewer: Any, others: Any, _closed: Any) -> object:
    """Paths run through everybody."""
    return honest(viewer, others, (None, None, None))


BROKEN: Mapping[str, tuple[Maker, str]] = {
    "a block on one side": (
        altered(relationships=one_sided),
        "both find the relationship that was recorded: blocked",
    ),
    "a member is kept as first put": (
        altered(put_member=keep_the_first),
        "a member is replaced by id",
    ),
    "a mute has no end": (
        altered(mute=for_good),
        "mutes are kept with their end until they are lifted",
    ),
    "a mute is never lifted": (
        altered(unmute=nothing),
        "mutes are kept with their end until they are lifted",
    ),
    "those without connections are left out": (
        altered(neighbours=those_who_have_some),
        "connections are symmetric and shared ones are in both",
    ),
    "shared means either": (
        altered(shared=of_either),
        "connections are symmetric and shared ones are in both",
    ),
    "a window has its first moment": (
        altered(standings=inclusive),
        "a window leaves out the moment at which it begins: at the first",
    ),
    "nothing expires": (
        altered(standings=never_expired),
        "pending leaves out what has expired: at the first",
    ),
    "reports are lost": (
        altered(standings=unreported),
        "reports count whatever comes after",
    ),
    "connections are listed oldest first": (
        altered(connections=oldest_first),
        "a listing is newest first: connections",
    ),
    "a page repeats the last entry": (
        altered(posts_of=once_more),
        "pages by place make the whole listing: posts, 1 a page",
    ),
    "a page has no end": (
        altered(received=all_at_once),
        "pages by place make the whole listing: received, 4 a page",
    ),
    "a limit is for each actor": (
        altered(activities_of=each_so_many),
        "activities are those of the actors asked for",
    ),
    "activities go back too far": (
        altered(activities_of=without("since")),
        "activities are those since a moment",
    ),
    "reading ahead changes something": (
        forgetful,
        "reading ahead changes no answer",
    ),
    "what was read ahead stays": (stale, "what was read ahead is read anew after a write"),
    "an activity is never retracted": (
        altered(retract=nothing),
        "an activity is retracted by actor and key",
    ),
    "a post stays": (
        altered(delete_post=nothing),
        "a deleted post takes everything about it along",
    ),
    "a comment stays": (
        altered(delete_comment=nothing),
        "a deleted comment takes what is about it along",
    ),
    "the first reaction counts": (
        altered(put_reaction=the_first_reaction),
        "reactions are apart for a post and each comment",
    ),
    "reactions are to the post": (
        altered(reactions_to=to_the_post),
        "reactions are apart for a post and each comment",
    ),
    "a listing goes back too far": (
        altered(entries=without("since")),
        "a listing leaves out what is not later",
    ),
    "a listing is about everybody": (
        altered(entries=without("other")),
        "a listing can be of what is about one member",
    ),
    "an entry is anybody's": (altered(entry=of_anybody), "an entry is found by its key"),
    "an entry is never struck": (altered(strike=nothing), "an entry is struck out by its key"),
    "the journal runs ahead": (altered(journal=at_once), "an entry is not read before it is due"),
    "settling is for all": (
        altered(settle=settled_for_all),
        "a settled entry is not read again",
    ),
    "one key for all": (altered(key=one_key), "a store has a key of its own"),
    "nothing is forgotten": (
        altered(forget=lambda _honest, _member: ()),
        "a trace is gone as if it had never been: joined",
    ),
    "blocks are forgotten": (altered(forget=no_blocks), "blocks by others are given back"),
    "nobody is concerned": (
        altered(surroundings=alone),
        "all whom it concerns are known before: connected",
    ),
    "paths run through closed lists": (
        altered(degrees=through_closed_lists),
        "a closed list keeps a member off paths at its distance: the first",
    ),
    "what failed is kept": (Hasty, "a write is undone when its unit raises: publish"),
    "an error is hidden": (Silent, "after a failure the next unit runs"),
    "units may nest": (Unguarded, "a unit cannot begin another: a read in a read"),
    "units overlap": (
        lambda: LatencyStore(Unguarded(), each=timedelta(microseconds=100)),
        "a limit of connections is kept exactly: one",
    ),
}
"""Each fault, with how a store is made that has it and the check that notices."""
