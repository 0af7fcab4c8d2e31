"""Endorsements: asked for, listed and counted."""

from datetime import timedelta
from functools import partial

import pytest

from connectcore import (
    Audience,
    EndorsementRequest,
    InvalidCursor,
    MemoryStore,
    NoticeKind,
    Refused,
    Showing,
)
from connectcore.testing import RecordingStore
from tests.network.endorsing import (
    LISTED,
    NOT_THERE,
    UNLISTED,
    circle,
    counted,
    givers,
    list_skills,
    told,
)
from tests.surface import answer
from tests.worlds import HIDDEN, NOON, UNBOUNDED, World, world


@pytest.fixture(name="made")
def _made() -> World:
    """Give Grace and her connections."""
    return circle()


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────


def test_an_endorsement_is_asked_for_and_given(made: World) -> None:
    """The one asked is told and finds it in their list until they have given it."""
    asked = made["grace"].endorsements.request("ada", skill="compiler")

    assert asked == EndorsementRequest(
        by="grace", of="ada", skill="Compilers", skill_key="compiler", at=NOON
    )
    assert made["grace"].endorsements.request("ada", skill=LISTED, at=NOON + timedelta(1)) == asked
    assert made["ada"].endorsements.requests().items == (asked,)
    assert made["grace"].endorsements.requested().items == (asked,)
    assert (NoticeKind.ENDORSEMENT_ASKED, "grace", "Compilers") in told(made, "ada")

    assert made["ada"].endorsements.give("grace", skill=LISTED).standing is Showing.SHOWN
    assert made["ada"].endorsements.requests().items == ()
    assert made["grace"].endorsements.requested().items == ()


def test_what_was_asked_for_is_shown_though_the_skills_are_hidden(made: World) -> None:
    """Asking told the giver that the skill is listed."""
    made["grace"].settings.change(audiences={"skills": Audience.ONLY_ME})
    made["grace"].endorsements.request("ada", skill=LISTED)

    assert made["ada"].endorsements.give("grace", skill=LISTED).standing is Showing.SHOWN


def test_a_request_is_dismissed_without_a_word(made: World) -> None:
    """Whoever asked has it still, and asking again brings it back to nobody; it can still be given."""
    asked = made["grace"].endorsements.request("ada", skill=LISTED)
    made["ada"].endorsements.decline("grace", skill=LISTED)
    made["ada"].endorsements.decline("grace", skill=LISTED)

    assert made["grace"].endorsements.request("ada", skill=LISTED) == asked
    assert made["grace"].endorsements.requested().items == (asked,)
    assert made["ada"].endorsements.requests().items == ()
    assert NoticeKind.ENDORSEMENT_ASKED not in [kind for kind, _, _ in told(made, "ada")]
    made["ada"].endorsements.give("grace", skill=LISTED)
    assert made["grace"].endorsements.requested().items == ()


def test_a_request_is_taken_back(made: World) -> None:
    """It is in neither list any more, and nobody is told of it."""
    made["grace"].endorsements.request("ada", skill=LISTED)
    made["grace"].endorsements.withdraw_request("ada", skill=LISTED)
    made["grace"].endorsements.withdraw_request("ada", skill=LISTED)

    assert made["ada"].endorsements.requests().items == ()
    assert made["grace"].endorsements.requested().items == ()
    assert NoticeKind.ENDORSEMENT_ASKED not in [kind for kind, _, _ in told(made, "ada")]


def test_a_request_needs_a_skill_and_a_section_to_show_it_in(made: World) -> None:
    """What could not be shown, or is given already, is not asked for."""
    made["ada"].endorsements.give("grace", skill=LISTED)

    def code(of: str, skill: str) -> str:
        with pytest.raises(Refused) as refused:
            made["grace"].endorsements.request(of, skill=skill)
        (refusal,) = refused.value.refusals
        return refusal.code

    assert code("ada", LISTED) == "already_endorsed"
    assert code("bob", UNLISTED) == "skill_not_listed"
    made["grace"].settings.change(endorsements=Audience.ONLY_ME)
    assert code("bob", LISTED) == "own_endorsements_off"


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────


def test_counts_leave_out_whom_the_viewer_does_not_see(made: World) -> None:
    """A giver on either side of a block with the viewer is neither listed nor counted."""
    for giver in ("ada", "bob", "cat"):
        made[giver].endorsements.give("grace", skill=LISTED)
    made["eve"].blocks.add("ada")
    made["bob"].blocks.add("eve")

    assert (counted(made), givers(made)) == ({"Compilers": 1}, ["cat"])
    assert (counted(made, "grace"), len(givers(made, "grace"))) == ({"Compilers": 3}, 3)


def test_endorsements_are_read_a_page_at_a_time(made: World) -> None:
    """Newest first, of one skill or of all, and by nobody else's cursor."""
    list_skills(made, "grace", LISTED, UNLISTED)
    for number, giver in enumerate(("ada", "bob", "cat")):
        for skill in (LISTED, UNLISTED):
            at = NOON + timedelta(hours=number)
            made[giver].endorsements.give("grace", skill=skill, at=at)

    eve = made["eve"].endorsements
    first = eve.page("grace", skill="chess", limit=2)
    second = eve.page("grace", skill="chess", limit=2, after=first.next)

    assert [each.giver for each in (*first.items, *second.items)] == ["cat", "bob", "ada"]
    assert {each.skill for each in first.items} == {"Chess"}
    assert len(eve.page("grace").items) == 6
    for other in (
        partial(made["ada"].endorsements.page, "grace", skill="chess"),
        partial(eve.page, "grace"),
        partial(eve.page, "grace", skill=LISTED),
    ):
        with pytest.raises(InvalidCursor):
            other(after=first.next)


def test_own_lists_are_read_a_page_at_a_time(made: World) -> None:
    """Newest first, and each by its own cursor."""
    for number, skill in enumerate(("One", "Two", "Three")):
        made["ada"].endorsements.give("grace", skill=skill, at=NOON + timedelta(hours=number))

    for listing, other in (
        (made["grace"].endorsements.waiting, made["grace"].endorsements.hidden),
        (made["ada"].endorsements.given, made["bob"].endorsements.given),
    ):
        first = listing(limit=2)
        second = listing(limit=2, after=first.next)
        assert [each.skill for each in (*first.items, *second.items)] == ["Three", "Two", "One"]
        with pytest.raises(InvalidCursor):
            other(after=first.next)


def test_own_lists_name_nobody_who_is_not_there(made: World) -> None:
    """A connection who shows nothing any more is in no list of what was given or asked."""
    open_ = type(made.network)(made.store, visibility=UNBOUNDED, clock=made.clock)
    made["ada"].endorsements.give("grace", skill=LISTED)
    made["grace"].endorsements.request("bob", skill=LISTED)
    made["bob"].endorsements.give("grace", skill=UNLISTED)
    open_.as_member("grace").settings.change(audiences=HIDDEN)

    assert open_.as_member("ada").endorsements.given().items == ()
    assert open_.as_member("bob").endorsements.requests().items == ()
    for act in ("give", "request"):
        call = getattr(open_.as_member("cat").endorsements, act)
        assert answer(partial(call, "grace", skill=LISTED)) == NOT_THERE
    open_.as_member("ada").endorsements.retract("grace", skill=LISTED)
    assert open_.as_member("grace").endorsements.page("grace").items == ()


def test_a_visitor_sees_what_is_open_to_everyone(made: World) -> None:
    """And of that, only what givers show who are there for them."""
    for giver in ("ada", "bob"):
        made[giver].endorsements.give("grace", skill=LISTED)
    for member in ("grace", "ada"):
        made[member].settings.change(
            audiences={"name": Audience.EVERYONE, "skills": Audience.EVERYONE},
            endorsements=Audience.EVERYONE,
        )

    (skill,) = made.visitor.endorsements.of("grace")

    assert (skill.skill, skill.endorsements) == ("Compilers", 1)
    assert [each.giver for each in made.visitor.endorsements.page("grace").items] == ["ada"]
    assert answer(lambda: made.visitor.endorsements.of("bob")) == NOT_THERE


@pytest.mark.parametrize("givers_", [2, 40])
def test_counting_takes_the_same_few_reads_for_few_and_for_many(givers_: int) -> None:
    """However many endorsed a skill: where the viewer stands, the entries, and who gave them."""
    store, names = RecordingStore(MemoryStore()), [f"giver-{number}" for number in range(givers_)]
    made = world(
        *("grace", "eve", *names),
        connected=[(name, "grace") for name in names],
        store=store,
    )
    for name in names:
        made[name].endorsements.give("grace", skill=LISTED)
    store.calls.clear()

    counts = counted(made)

    assert counts == {"Compilers": givers_}
    where = ["read_ahead", "members", "relationships", "degrees"]
    assert store.names == ["read", *where, "entries", *where, "done"]
