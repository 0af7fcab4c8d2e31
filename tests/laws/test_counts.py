"""Laws of counts: whoever asks, a count is of what is listed, and a list is of what can be read."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias, TypeVar

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from connectcore import (
    ActingMember,
    Degree,
    MemberId,
    NotFound,
    Page,
    Profile,
    Reaction,
    SharedConnections,
    VisibilityPolicy,
    Visitor,
)
from tests.laws.breaking import breaks
from tests.laws.societies import CAST, USUAL_KINDS, Script, scripts
from tests.worlds import World

T = TypeVar("T")
Viewer: TypeAlias = ActingMember[Profile] | Visitor[Profile]
Count: TypeAlias = Callable[[World, Viewer, str], int]


@frozen
class Society:
    """What happened, and when connections of others show."""

    script: Script
    shared: SharedConnections

    def begin(self) -> World:
        """Let it happen."""
        return self.script.play(visibility=VisibilityPolicy(shared_connections=self.shared))


SOCIETIES = st.builds(
    Society,
    scripts(kinds=(*USUAL_KINDS, "block")),
    st.sampled_from(SharedConnections),
)


def viewers(world: World) -> Iterator[Viewer]:
    """Every member, and somebody signed out."""
    yield from (world[member] for member in CAST)
    yield world.visitor


def listed(page: Callable[..., Page[T]], *of: str) -> Sequence[T] | None:
    """All entries of a listing, two at a time; `None` where there is no listing for the viewer."""
    try:
        pages = [page(*of, limit=2)]
    except NotFound:
        return None
    while pages[-1].next is not None:
        pages.append(page(*of, limit=2, after=pages[-1].next))
    return [entry for page_ in pages for entry in page_.items]


def is_there(ask: Callable[[], object]) -> bool:
    """Whether *ask* finds anything."""
    try:
        ask()
    except NotFound:
        return False
    return True


# ── Connections ─────────────────────────────────────────────────────────────────────────────────


def connections_seen(viewer: Viewer, owner: str) -> set[MemberId] | None:
    """Whom *viewer* finds in the list of *owner*."""
    entries = listed(viewer.connections.page, owner)
    if entries is None:
        return None
    members = [entry.member for entry in entries]
    assert len(set(members)) == len(members)
    return set(members)


def counted(_world: World, viewer: Viewer, owner: str) -> int:
    """The count that the library gives."""
    return viewer.connections.count(owner)


def counts_are_of_what_is_listed(society: Society, *, count: Count = counted) -> None:
    """The law: as many connections are counted as are listed, and none where there is no list."""
    world = society.begin()
    for viewer in viewers(world):
        for owner in CAST:
            seen = connections_seen(viewer, owner)
            if seen is None:
                assert not is_there(partial(count, world, viewer, owner))
            else:
                assert count(world, viewer, owner) == len(seen)


@given(SOCIETIES)
def test_connections_are_counted_as_they_are_listed(society: Society) -> None:
    """For every viewer and every owner, whatever audiences they chose."""
    counts_are_of_what_is_listed(society)


@pytest.mark.thorough
def test_the_law_of_counts_finds_a_count_of_everybody() -> None:
    """A planted fault: a count of what is kept, past the gate."""

    def ungated(world: World, viewer: Viewer, owner: str) -> int:
        viewer.connections.count(owner)
        kept = world.store.read(lambda snapshot: snapshot.neighbours((MemberId(owner),)))
        return len(kept[MemberId(owner)])

    assert breaks(partial(counts_are_of_what_is_listed, count=ungated), SOCIETIES)


Mutual: TypeAlias = Callable[[ActingMember[Profile], str], set[MemberId]]


def shared_with(viewer: ActingMember[Profile], other: str) -> set[MemberId]:
    """Whom the library lists as shared."""
    entries = listed(viewer.connections.mutual, other)
    return {entry.member for entry in entries or ()}


def lists_agree(society: Society, *, mutual: Mutual = shared_with) -> None:
    """The law: who is shared stands in both lists, and who stands in both lists is shared.

    A suggestion gives just those as its reason, and nobody is at the first degree but who is in
    the viewer's own list.
    """
    world = society.begin()
    for viewer in (world[member] for member in CAST):
        own = connections_seen(viewer, viewer.id) or set()
        suggested = {found.member: found.shared for found in viewer.connections.suggestions()}
        degrees = viewer.connections.degrees(CAST)
        assert own == {other for other, far in degrees.items() if far is Degree.FIRST}
        for other in set(CAST) - {viewer.id}:
            theirs = connections_seen(viewer, other) or set()
            assert mutual(viewer, other) == own & theirs
            assert set(suggested.get(MemberId(other), own & theirs)) == own & theirs


@given(SOCIETIES)
def test_whom_two_share_is_whom_both_lists_show(society: Society) -> None:
    """Lists, shared connections, suggestions and degrees tell of the same connections."""
    lists_agree(society)


@pytest.mark.thorough
def test_the_law_of_lists_finds_an_ungated_overlap() -> None:
    """A planted fault: everybody in the viewer's own list is taken for shared."""

    def everybody(viewer: ActingMember[Profile], other: str) -> set[MemberId]:
        shared = shared_with(viewer, other)
        return shared and (connections_seen(viewer, viewer.id) or set()) - {MemberId(other)}

    assert breaks(partial(lists_agree, mutual=everybody), SOCIETIES)


# ── Posts ───────────────────────────────────────────────────────────────────────────────────────

Tally: TypeAlias = Callable[[Viewer, str], tuple[int, Mapping[Reaction, int]]]
"""How many comments, and how many reactions of each kind."""


def tallied(viewer: Viewer, post: str) -> tuple[int, Mapping[Reaction, int]]:
    """The counts that the library gives."""
    seen = viewer.posts.read(post)
    return seen.comments, dict(seen.reactions)


def posts_are_tallied_as_listed(society: Society, *, tally: Tally = tallied) -> None:
    """The law: what is listed is what can be read, and is counted as it is listed."""
    world = society.begin()
    for viewer in viewers(world):
        found = set[str]()
        for owner in CAST:
            for post in listed(viewer.posts.page, owner) or ():
                comments = listed(viewer.posts.comments, post.id) or ()
                reactions = listed(viewer.posts.reactions, post.id) or ()
                kinds = Counter(entry.reaction for entry in reactions)
                assert tally(viewer, post.id) == (len(comments), kinds)
                found |= {post.id, *(comment.id for comment in comments)}
        writings = society.script.writings
        assert found == {it for it in writings if is_there(partial(viewer.posts.read, it))}


@given(SOCIETIES)
def test_posts_are_tallied_as_they_are_listed(society: Society) -> None:
    """Comments and reactions, for every viewer; a list holds what can be read, and all of it."""
    posts_are_tallied_as_listed(society)


@pytest.mark.thorough
def test_the_law_of_posts_finds_a_tally_for_somebody_else() -> None:
    """A planted fault: everybody is told the number of comments that the first reader saw."""

    def remembering(society: Society) -> None:
        first: dict[str, int] = {}

        def tally(viewer: Viewer, post: str) -> tuple[int, Mapping[Reaction, int]]:
            comments, reactions = tallied(viewer, post)
            return first.setdefault(post, comments), reactions

        posts_are_tallied_as_listed(society, tally=tally)

    assert breaks(remembering, SOCIETIES)
