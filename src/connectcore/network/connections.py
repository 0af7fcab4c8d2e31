"""Connections: lists, counts, distances, introductions, and the end of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import islice, pairwise
from typing import Generic, final

from attrs import evolve

from connectcore.acts import Act
from connectcore.errors import NotFound
from connectcore.graph import Degree, Suggestion, introductions, shared_counts
from connectcore.invitations import current
from connectcore.members import MemberId, member_id, member_ids
from connectcore.network.acts import perform
from connectcore.network.arriving import arrived
from connectcore.network.charter import Charter, acting, seeing, standpoint
from connectcore.network.holders import addresses_of
from connectcore.network.paging import read_page, slice_page
from connectcore.pages import Mark, Page, check_limit
from connectcore.profiles import ProfileT
from connectcore.relationships import Blocked, Connected, Connection, Strangers
from connectcore.storage import Snapshot
from connectcore.visibility import Standpoint

__all__ = ["Connections", "OwnConnections"]

_SUGGESTION_BATCH = 100


class Connections(Generic[ProfileT]):
    """Lists of connections as a member or a signed-out visitor sees them."""

    def __init__(self, charter: Charter[ProfileT], viewer: MemberId | None) -> None:
        self._charter = charter
        self._viewer = viewer

    def page(self, of: str, *, limit: int = 20, after: str | None = None) -> Page[Connection]:
        """The connections of the member *of* that the viewer may know of, newest first.

        Raises `NotFound` where the member is not there for the viewer.
        """
        owner = member_id(of)

        def unit(snapshot: Snapshot) -> Page[Connection]:
            seeing(self._charter, snapshot, self._viewer, owner)
            return read_page(
                lambda before, wanted: snapshot.connections(owner, before, wanted),
                _place,
                scope=(self._viewer, "connections", owner),
                limit=limit,
                after=after,
                keep=self._listed(snapshot, owner),
            )

        return self._charter.store.read(unit)

    def count(self, of: str) -> int:
        """How many connections of the member *of* the viewer may know of: as many as are listed."""
        owner = member_id(of)

        def unit(snapshot: Snapshot) -> int:
            seeing(self._charter, snapshot, self._viewer, owner)
            listed = self._listed(snapshot, owner)
            return len(listed(snapshot.connections(owner, None, None)))

        return self._charter.store.read(unit)

    def _listed(
        self, snapshot: Snapshot, owner: MemberId
    ) -> Callable[[Sequence[Connection]], Sequence[Connection]]:
        def keep(entries: Sequence[Connection]) -> Sequence[Connection]:
            named = (owner, *(entry.member for entry in entries))
            where = standpoint(self._charter, snapshot, self._viewer, named)
            return [entry for entry in entries if where.may_list(owner, entry.member)]

        return keep


@final
class OwnConnections(Connections[ProfileT]):
    """The acting member's connections, and what follows from them."""

    def __init__(self, charter: Charter[ProfileT], actor: MemberId) -> None:
        super().__init__(charter, actor)
        self._actor = actor

    def page(
        self, of: str | None = None, *, limit: int = 20, after: str | None = None
    ) -> Page[Connection]:
        """The connections of the member *of*, or the member's own, newest first."""
        return super().page(self._actor if of is None else of, limit=limit, after=after)

    def count(self, of: str | None = None) -> int:
        """How many connections `page` lists in all."""
        return super().count(self._actor if of is None else of)

    def mutual(self, member: str, *, limit: int = 20, after: str | None = None) -> Page[Connection]:
        """The connections that the acting member shares with *member*, newest first.

        The entries are those of the acting member's own list.
        """
        other = member_id(member)

        def unit(snapshot: Snapshot) -> Page[Connection]:
            shared = snapshot.shared(self._actor, other)
            where = standpoint(self._charter, snapshot, self._actor, (other, *shared))
            if not where.sees(other):
                raise NotFound
            entries = [
                Connection(of=self._actor, member=third, since=state.since)
                for third in shared
                if isinstance(state := where.relationships[third], Connected)
                and where.may_know(third, other)
            ]
            scope = (self._actor, "mutual", other)
            return slice_page(entries, _place, scope=scope, limit=limit, after=after)

        return self._charter.store.read(unit)

    def degree(self, member: str) -> Degree:
        """How far *member* is; raises `NotFound` where they are not there for the acting member."""
        other = member_id(member)
        try:
            return self.degrees((other,))[other]
        except KeyError:
            raise NotFound from None

    def degrees(self, members: Iterable[str]) -> Mapping[str, Degree]:
        """How far each of *members* is, by id; those not there for the acting member are left out."""
        others = member_ids(members)

        def unit(snapshot: Snapshot) -> Mapping[str, Degree]:
            where = standpoint(self._charter, snapshot, self._actor, others)
            return {other: Degree(where.circles[other]) for other in others if where.sees(other)}

        return self._charter.store.read(unit)

    def path(self, to: str) -> tuple[MemberId, ...] | None:
        """A shortest chain of connections from the acting member to *to*, both included.

        Every connection in it is one that the acting member may know of; `None` if no such chain
        has at most three.
        """
        other = member_id(to)

        def unit(snapshot: Snapshot) -> tuple[MemberId, ...] | None:
            if other == self._actor:
                return (acting(snapshot, other).id,)
            rings = dict(snapshot.neighbours((self._actor, other)))
            rings |= snapshot.neighbours(rings[self._actor] - rings.keys())
            ends = rings[self._actor] | rings[other] | {other}
            where = standpoint(self._charter, snapshot, self._actor, ends)
            if not where.sees(other):
                raise NotFound
            barred = _blocked_with(snapshot, other, ends)
            chains = introductions(self._actor, other, rings.__getitem__)
            return next((c for c in chains if barred.isdisjoint(c) and _may_tell(where, c)), None)

        return self._charter.store.read(unit)

    def suggestions(self, *, limit: int = 10, at: datetime | None = None) -> tuple[Suggestion, ...]:
        """Members at the second degree whom the acting member may know, most shared first.

        Nobody is suggested who is invited, has invited, or is on either side of a block, and only
        connections that the acting member may know of count.
        """
        wanted, moment = check_limit(limit), self._charter.moment(at)

        def unit(snapshot: Snapshot) -> tuple[Suggestion, ...]:
            acting(snapshot, self._actor)
            mine = snapshot.neighbours((self._actor,))[self._actor]
            rings = snapshot.neighbours(mine)
            ranked = iter(sorted(shared_counts(self._actor, rings).items(), key=_most_shared))
            suggest = self._suggester(snapshot, mine, moment)
            found: list[Suggestion] = []
            while True:  # also where there is nobody: the calls must not tell who is hidden
                batch = tuple(islice(ranked, _SUGGESTION_BATCH))
                found.extend(suggest([member for member, _ in batch]))
                found.sort(key=lambda suggestion: (-len(suggestion.shared), suggestion.member))
                if len(batch) < _SUGGESTION_BATCH or _is_enough(found, wanted, batch[-1][1]):
                    return tuple(found[:wanted])

        return self._charter.store.read(unit)

    def _suggester(
        self, snapshot: Snapshot, mine: AbstractSet[MemberId], at: datetime
    ) -> Callable[[Sequence[MemberId]], Sequence[Suggestion]]:
        charter, actor = self._charter, self._actor
        near = standpoint(charter, snapshot, actor, mine)
        guests = addresses_of(charter, snapshot, actor)

        def suggest(candidates: Sequence[MemberId]) -> Sequence[Suggestion]:
            far = standpoint(self._charter, snapshot, self._actor, candidates)
            where = evolve(
                near,
                members={**near.members, **far.members},
                circles={**near.circles, **far.circles},
            )
            states = {
                member: current(state, at=at, rules=self._charter.rules)
                for member, state in far.relationships.items()
            }
            inviting = arrived(charter, snapshot, actor, guests, candidates, at=at)
            rings = snapshot.neighbours(candidates)
            shared = {
                member: tuple(sorted(m for m in rings[member] & mine if where.may_know(m, member)))
                for member in candidates
                if isinstance(states[member], Strangers) and member not in inviting
            }
            return [Suggestion(member=m, shared=known) for m, known in shared.items() if known]

        return suggest

    def remove(self, member: str, *, at: datetime | None = None) -> None:
        """End the connection with *member*; they are not told.

        By the stock rules only the one who removed it may invite the other again.
        """
        perform(self._charter, Act.REMOVE, self._actor, member, at=at)


def _place(entry: Connection) -> Mark:
    return (entry.since, entry.member)


def _is_enough(found: Sequence[Suggestion], wanted: int, most_shared: int) -> bool:
    """Whether nobody who shares no more than so many can be among those *wanted*."""
    return len(found) >= wanted and len(found[wanted - 1].shared) > most_shared


def _most_shared(counted: tuple[MemberId, int]) -> tuple[int, MemberId]:
    return (-counted[1], counted[0])


def _blocked_with(
    snapshot: Snapshot, member: MemberId, others: AbstractSet[MemberId]
) -> frozenset[MemberId]:
    states = snapshot.relationships(member, others - {member})
    return frozenset(other for other, state in states.items() if isinstance(state, Blocked))


def _may_tell(where: Standpoint, chain: Sequence[MemberId]) -> bool:
    return all(where.may_know(one, next_) for one, next_ in pairwise(chain))
