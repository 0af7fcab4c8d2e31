"""Recommendations: asked for, listed, and nobody else's to act on."""

from datetime import date, timedelta
from functools import partial

import pytest
from attrs import evolve

from connectcore import (
    Audience,
    InvalidCursor,
    Network,
    NoticeKind,
    Position,
    WorkingRelationship,
)
from tests.network.endorsing import NOT_THERE, circle, told
from tests.network.recommending import authors, code_of
from tests.surface import ACTS_ON_A_RECOMMENDATION, answer, everything, recommend
from tests.worlds import HIDDEN, NOON, UNBOUNDED, World, position_of, profile_of

FORMER = Position(title="Clerk", company="Bank", ended=date(2020, 1, 1), description="Ledgers.")
WRITTEN, ACCEPTED = NoticeKind.RECOMMENDATION_WRITTEN, NoticeKind.RECOMMENDATION_ACCEPTED
POSITION = position_of("grace")


@pytest.fixture(name="made")
def _made() -> World:
    """Give Grace and her connections, who all hold one position."""
    return circle()


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────


def test_a_recommendation_is_asked_for_and_written(made: World) -> None:
    """The one asked is told and finds the request until they have written."""
    asked = made["grace"].recommendations.request(
        "ada", position=POSITION, relationship=WorkingRelationship.TAUGHT, message="Would you?"
    )

    assert (asked.by, asked.of, asked.message, asked.revises) == (
        "grace",
        "ada",
        "Would you?",
        None,
    )
    assert made["grace"].recommendations.request("ada", position=POSITION) == asked
    assert made["ada"].recommendations.requests().items == (asked,)
    assert made["grace"].recommendations.requested().items == (asked,)
    assert (NoticeKind.RECOMMENDATION_ASKED, "grace", asked.id) in told(made, "ada")

    recommend(made["ada"], "grace")
    assert made["ada"].recommendations.requests().items == ()
    assert made["grace"].recommendations.requested().items == ()
    assert NoticeKind.RECOMMENDATION_ASKED not in [kind for kind, _, _ in told(made, "ada")]


def test_a_request_is_dismissed_without_a_word(made: World) -> None:
    """Whoever asked has it still, asking again changes nothing, and it can still be written."""
    asked = made["grace"].recommendations.request("ada", position=POSITION)
    made["ada"].recommendations.decline(asked.id)

    assert made["grace"].recommendations.request("ada", position=POSITION) == asked
    assert made["grace"].recommendations.requested().items == (asked,)
    assert made["ada"].recommendations.requests().items == ()
    recommend(made["ada"], "grace")
    assert made["grace"].recommendations.requested().items == ()


def test_a_request_is_taken_back(made: World) -> None:
    """It is in neither list any more, and nobody is told of it."""
    asked = made["grace"].recommendations.request("ada", position=POSITION)
    made["grace"].recommendations.withdraw_request(asked.id)

    assert made["ada"].recommendations.requests().items == ()
    assert made["grace"].recommendations.requested().items == ()
    assert NoticeKind.RECOMMENDATION_ASKED not in [kind for kind, _, _ in told(made, "ada")]


def test_a_request_needs_a_position_and_a_section_to_show_it_in(made: World) -> None:
    """What could not be shown, or is written already, is not asked for."""
    written = recommend(made["ada"], "grace")
    request = made["grace"].recommendations.request

    assert code_of(partial(request, "ada", position=POSITION)) == "already_recommended"
    assert code_of(partial(request, "bob", position=FORMER)) == "position_not_listed"
    made["grace"].recommendations.ask_revision(written.id)
    assert code_of(partial(request, "ada", position=POSITION)) == "already_recommended"
    made["grace"].recommendations.dismiss(written.id)
    assert request("ada", position=POSITION).revises is None
    made["grace"].settings.change(recommendations=Audience.ONLY_ME)
    assert code_of(partial(request, "bob", position=POSITION)) == "own_recommendations_off"


def test_a_request_for_a_revision_is_one_of_its_own(made: World) -> None:
    """It stands beside a request for the position, and goes with what it would have revised."""
    written = recommend(made["ada"], "grace")
    made["grace"].recommendations.dismiss(written.id)
    plain = made["grace"].recommendations.request("ada", position=POSITION)
    revising = made["grace"].recommendations.ask_revision(written.id)

    assert set(made["ada"].recommendations.requests().items) == {plain, revising}

    made["ada"].recommendations.withdraw(written.id)

    assert made["ada"].recommendations.requests().items == (plain,)
    assert made["grace"].recommendations.requested().items == (plain,)


# ── Not yours ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ACTS_ON_A_RECOMMENDATION)
@pytest.mark.parametrize("who", ["cat", "eve"])
def test_what_is_not_yours_is_not_found(made: World, name: str, who: str) -> None:
    """Somebody else's recommendation or request, or an id that never was: one answer, no change."""
    shown = recommend(made["ada"], "grace")
    made["grace"].recommendations.accept(shown.id)
    asked = made["grace"].recommendations.request("bob", position=POSITION)
    before = everything(made)
    act = ACTS_ON_A_RECOMMENDATION[name]

    for target in (shown.id, asked.id, "no such"):
        assert answer(partial(act, made[who], target)) == NOT_THERE

    assert everything(made) == before


@pytest.mark.parametrize("name", ["accept", "dismiss", "hide", "show", "ask_revision"])
def test_an_author_decides_nothing_for_their_subject(made: World, name: str) -> None:
    """Nor does a subject revise or withdraw what was written about them."""
    written = recommend(made["ada"], "grace")

    assert answer(partial(getattr(made["ada"].recommendations, name), written.id)) == NOT_THERE
    for act in ("recommendations.revise", "recommendations.withdraw"):
        of_subject = partial(ACTS_ON_A_RECOMMENDATION[act], made["grace"], written.id)
        assert answer(of_subject) == NOT_THERE


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────


def test_readers_find_what_they_may_see(made: World) -> None:
    """No author who is not there for them, and nothing if they may not see the positions."""
    for author in ("ada", "bob", "cat"):
        made["grace"].recommendations.accept(recommend(made[author], "grace").id)
    made["eve"].blocks.add("ada")
    made["bob"].blocks.add("eve")

    assert authors(made) == ["cat"]
    assert sorted(authors(made, "grace")) == ["ada", "bob", "cat"]
    made["grace"].settings.change(audiences={"positions": Audience.CONNECTIONS})
    assert (authors(made), len(authors(made, "bob"))) == ([], 3)
    assert answer(lambda: made.visitor.recommendations.page("grace")) == NOT_THERE


def test_recommendations_are_read_a_page_at_a_time(made: World) -> None:
    """Newest first, in the section and in the lists of one's own, each by its own cursor."""
    for number, author in enumerate(("ada", "bob", "cat")):
        at = NOON + timedelta(hours=number)
        made["grace"].recommendations.accept(recommend(made[author], "grace", at=at).id)

    for listing in (
        partial(made["eve"].recommendations.page, "grace"),
        made["grace"].recommendations.received,
    ):
        first = listing(limit=2)
        second = listing(limit=2, after=first.next)
        assert [each.author for each in (*first.items, *second.items)] == ["cat", "bob", "ada"]
        with pytest.raises(InvalidCursor):
            made["ada"].recommendations.page("grace", after=first.next)


def test_own_lists_name_nobody_who_is_not_there(made: World) -> None:
    """A connection who shows nothing any more is in no list, and nothing can begin with them."""
    written = recommend(made["bob"], "grace")
    theirs = recommend(made["grace"], "ada")
    made["grace"].recommendations.request("ada", position=POSITION)
    open_ = Network(made.store, visibility=UNBOUNDED, clock=made.clock)
    open_.as_member("grace").settings.change(audiences=HIDDEN)
    ada, bob = (open_.as_member(member).recommendations for member in ("ada", "bob"))

    assert (bob.given().items, ada.received().items, ada.requests().items) == ((), (), ())
    assert answer(partial(recommend, open_.as_member("cat"), "grace")) == NOT_THERE
    for call in (
        partial(open_.as_member("cat").recommendations.request, "grace", position=POSITION),
        partial(bob.revise, written.id, text="Better."),
        partial(ada.ask_revision, theirs.id),
    ):
        assert answer(call) == NOT_THERE
    bob.withdraw(written.id)
    assert open_.as_member("grace").recommendations.received().items == ()


def test_a_recommendation_keeps_the_position_that_it_was_about(made: World) -> None:
    """A title that is put right later takes no recommendation out of sight."""
    made["grace"].recommendations.accept(recommend(made["ada"], "grace").id)
    made["grace"].profiles.edit(evolve(profile_of("grace"), positions=()))

    (shown,) = made["eve"].recommendations.page("grace").items
    assert shown.position == POSITION
