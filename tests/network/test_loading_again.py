"""Loading what was loaded before: it goes on where it stopped, and leaves what is there as it is."""

from collections.abc import Iterator

import attrs
import pytest

from connectcore import Comment, Connection, Loadable, Member, Post, Profile, Reacted, Reaction
from tests.network.test_loading import WHOLE, UnreadableRow, codes, reaction
from tests.surface import everything
from tests.worlds import NOON, World, world


def test_loading_again_adds_nothing() -> None:
    """What is there already, just as it is loaded, is counted and left as it is."""
    made = world()
    made.network.load(WHOLE)
    known = World(made.network, made.store, made.clock, ("ada", "bob", "cat"))
    before = {who: list(seen) for who, seen in everything(known, posts=["post"]).items()}

    report = made.network.load(WHOLE)

    assert (report.loaded, report.left_out) == ({}, ())
    assert report.present == {Member: 3, Connection: 2, Post: 1, Comment: 2, Reacted: 2}
    assert {who: list(seen) for who, seen in everything(known, posts=["post"]).items()} == before


def test_a_load_that_was_cut_short_goes_on_where_it_stopped() -> None:
    """Loaded again, what is there is counted, the rest is added, and all is as after one load."""

    def cut_short() -> Iterator[Loadable[Profile]]:
        yield from WHOLE[:7]
        raise UnreadableRow

    broken, smooth = world(), world()
    smooth.network.load(WHOLE)
    with pytest.raises(UnreadableRow):
        broken.network.load(cut_short(), batch=2)

    report = broken.network.load(WHOLE)

    assert report.present == {Member: 3, Connection: 2, Post: 1}
    assert report.loaded == {Comment: 2, Reacted: 2}
    assert report.left_out == ()
    seen = [
        everything(
            World(made.network, made.store, made.clock, ("ada", "bob", "cat")), posts=["post"]
        )
        for made in (broken, smooth)
    ]
    assert seen[0] == seen[1]


def test_a_reaction_takes_the_place_of_an_older_one() -> None:
    """The latest stays, whichever is loaded last, and also when both are loaded again."""
    older = reaction("post", "bob")
    newer = attrs.evolve(older, at=NOON, reaction=Reaction.LIKE)
    made = world()
    made.network.load([*WHOLE[:6], older])

    first, again = (made.network.load([newer, older]) for _ in range(2))

    assert (first.loaded, again.loaded, again.present) == ({Reacted: 1}, {}, {Reacted: 1})
    assert codes(first) == codes(again) == ["already_there"]
    assert made["cat"].posts.read("post").reactions == ((Reaction.LIKE, 1),)
