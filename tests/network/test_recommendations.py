"""Recommendations: written by connections, shown by their subject, revised, hidden and withdrawn."""

from datetime import date, timedelta
from functools import partial

import pytest
from attrs import evolve

from connectcore import (
    ActingMember,
    Audience,
    InvalidValue,
    Network,
    NoticeKind,
    Position,
    Profile,
    Recommendation,
    RecommendationPolicy,
    Refused,
    Showing,
    WorkingRelationship,
)
from tests.network.endorsing import NOT_THERE, circle, told
from tests.network.recommending import authors, code_of, in_feed, standings, texts
from tests.stores.keeping import contents
from tests.surface import answer, recommend
from tests.worlds import NOON, World, position_of, profile_of

FORMER = Position(title="Clerk", company="Bank", ended=date(2020, 1, 1), description="Ledgers.")
WRITTEN, ACCEPTED = NoticeKind.RECOMMENDATION_WRITTEN, NoticeKind.RECOMMENDATION_ACCEPTED
POSITION = position_of("grace")


@pytest.fixture(name="made")
def _made() -> World:
    """Give Grace and her connections, who all hold one position."""
    return circle()


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────


def test_a_recommendation_waits_for_its_subject(made: World) -> None:
    """It is about a position, by title and company, and the subject is told."""
    written = recommend(made["ada"], "grace")

    assert written == Recommendation(
        id=written.id,
        author="ada",
        subject="grace",
        position=POSITION,
        relationship=WorkingRelationship.MANAGED,
        text="Sound.",
        at=NOON,
        standing=Showing.WAITING,
    )
    assert authors(made) == []
    assert made["grace"].recommendations.received().items == (written,)
    assert made["ada"].recommendations.given().items == (written,)
    assert told(made, "grace")[0] == (WRITTEN, "ada", written.id)


def test_a_former_position_counts_and_keeps_its_details_to_itself(made: World) -> None:
    """What else the profile says of the position is no part of a recommendation."""
    made["grace"].profiles.edit(evolve(profile_of("grace"), positions=(FORMER,)))

    written = made["ada"].recommendations.write(
        "grace", position=FORMER, relationship=WorkingRelationship.SERVED, text="Exact."
    )

    assert written.position == Position(title="Clerk", company="Bank")


@pytest.mark.parametrize(
    ("author", "to", "code"),
    [
        ("ada", "ada", "oneself"),
        ("eve", "grace", "not_connected"),
        ("ada", "no one", "unavailable"),
    ],
)
def test_only_connections_recommend(made: World, author: str, to: str, code: str) -> None:
    """Neither oneself, nor a stranger, nor nobody can be recommended or asked."""
    request = partial(made[author].recommendations.request, to, position=POSITION)

    assert code_of(partial(recommend, made[author], to)) == code
    assert code_of(partial(request)) == code


def test_a_recommendation_is_about_a_position_that_its_author_sees(made: World) -> None:
    """One that is not there, or not open to them, answers alike."""
    write = partial(
        made["ada"].recommendations.write,
        "grace",
        relationship=WorkingRelationship.TAUGHT,
        text="Keen.",
    )

    assert code_of(partial(write, position=FORMER)) == "no_such_position"
    made["grace"].settings.change(audiences={"positions": Audience.ONLY_ME})
    assert code_of(partial(write, position=POSITION)) == "no_such_position"
    made["grace"].recommendations.request("ada", position=POSITION)
    assert write(position=POSITION).standing is Showing.WAITING


def test_there_is_one_recommendation_of_a_position_by_an_author(made: World) -> None:
    """Whatever became of the first; it can be revised or withdrawn."""
    first = recommend(made["ada"], "grace")
    again = partial(recommend, made["ada"], "grace")

    assert code_of(again) == "already_written"
    made["grace"].recommendations.dismiss(first.id)
    assert code_of(again) == "already_written"
    made["ada"].recommendations.withdraw(first.id)
    assert again().standing is Showing.WAITING


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_recommendation_has_a_text(made: World, text: str) -> None:
    """Nothing but space recommends nobody."""
    write = partial(made["ada"].recommendations.write, "grace", position=POSITION, text=text)

    with pytest.raises(InvalidValue, match="there is no text"):
        write(relationship=WorkingRelationship.MANAGED)


def test_texts_have_a_length(made: World) -> None:
    """3,000 characters for a recommendation, 300 for what asks for one, or what the policy says."""
    short = Network(made.store, recommendations=RecommendationPolicy(message_characters=5))
    first = recommend(made["bob"], "grace")
    long = "x" * 3001

    def write(author: str, text: str) -> object:
        return made[author].recommendations.write(
            "grace", position=POSITION, relationship=WorkingRelationship.MANAGED, text=text
        )

    with pytest.raises(Refused, match="may have 3,000 characters; this one has 3,001") as refused:
        write("ada", long)
    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.limit, refusal.count) == ("recommendation_too_long", 3000, 3001)
    revise = partial(made["bob"].recommendations.revise, first.id, text=long)
    assert code_of(revise) == "recommendation_too_long"
    write("ada", long[1:])
    grace = short.as_member("grace").recommendations
    request = partial(grace.request, "cat", position=POSITION, message="Please")
    assert code_of(request) == "request_message_too_long"
    assert (
        code_of(partial(grace.ask_revision, first.id, message="Please"))
        == "request_message_too_long"
    )


def test_a_section_that_is_off_takes_nothing_and_shows_nothing(made: World) -> None:
    """Writing and revising are refused without a reason, and what was shown is out of sight."""
    written = recommend(made["ada"], "grace")
    made["grace"].recommendations.accept(written.id)
    made["grace"].settings.change(recommendations=Audience.ONLY_ME)

    with pytest.raises(Refused) as refused:
        recommend(made["bob"], "grace")

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.shown_as) == ("not_accepting", None)
    assert str(refusal) == "This member does not accept a recommendation from you."
    revise = partial(made["ada"].recommendations.revise, written.id, text="Better.")
    assert code_of(revise) == "not_accepting"
    assert (authors(made), authors(made, "bob"), in_feed(made, "bob")) == ([], [], [])
    assert authors(made, "grace") == ["ada"]
    made["grace"].settings.change(recommendations=Audience.MEMBERS)
    assert (authors(made), in_feed(made, "bob")) == (["ada"], ["ada"])


# ── What its subject decides ────────────────────────────────────────────────────────────────────


def test_what_is_accepted_is_shown(made: World) -> None:
    """To everybody who may see the section, and the author and the feeds are told."""
    written = recommend(made["ada"], "grace")
    made.clock.forward(days=1)
    accepted = made["grace"].recommendations.accept(written.id)

    assert accepted == evolve(written, standing=Showing.SHOWN)
    assert made["grace"].recommendations.accept(written.id) == accepted
    assert made["eve"].recommendations.page("grace").items == (accepted,)
    assert told(made, "ada")[0] == (ACCEPTED, "grace", written.id)
    assert in_feed(made, "bob") == ["ada"]
    assert made["bob"].activities.page("grace").items[0].at == NOON + timedelta(days=1)


def test_what_is_hidden_at_once_is_accepted_and_not_shown(made: World) -> None:
    """Its author is told that it was accepted; it may be shown later, and hidden again."""
    written = recommend(made["ada"], "grace")
    made["grace"].recommendations.hide(written.id)
    made["grace"].recommendations.hide(written.id)

    assert (authors(made), in_feed(made, "bob")) == ([], [])
    assert (standings(made), made["ada"].recommendations.given().items[0].standing) == (
        [Showing.HIDDEN],
        Showing.HIDDEN,
    )
    assert [kind for kind, _, _ in told(made, "ada")].count(ACCEPTED) == 1

    made["grace"].recommendations.show(written.id)
    made["grace"].recommendations.show(written.id)
    assert (authors(made), in_feed(made, "bob")) == (["ada"], ["ada"])

    made["grace"].recommendations.hide(written.id)
    assert (authors(made), in_feed(made, "bob")) == ([], [])
    assert [kind for kind, _, _ in told(made, "ada")].count(ACCEPTED) == 1


def test_what_is_dismissed_never_appears(made: World) -> None:
    """Its author reads that it waits, and is told nothing; its subject may still accept it."""
    written = recommend(made["ada"], "grace")
    made["grace"].recommendations.dismiss(written.id)
    made["grace"].recommendations.dismiss(written.id)

    assert made["ada"].recommendations.given().items == (written,)
    assert (standings(made), authors(made)) == ([], [])
    assert ACCEPTED not in [kind for kind, _, _ in told(made, "ada")]
    with pytest.raises(Refused, match="You have not accepted this"):
        made["grace"].recommendations.show(written.id)
    made["grace"].recommendations.accept(written.id)
    assert authors(made) == ["ada"]
    with pytest.raises(Refused, match="You accepted this; hide it"):
        made["grace"].recommendations.dismiss(written.id)


# ── Revisions ───────────────────────────────────────────────────────────────────────────────────


def test_a_revision_takes_the_place_of_the_old_once_it_is_accepted(made: World) -> None:
    """Until then the old one stays; the new one remembers it."""
    first = recommend(made["ada"], "grace")
    made["grace"].recommendations.accept(first.id)
    asked = made["grace"].recommendations.ask_revision(first.id, message="Shorter, please.")

    assert (asked.revises, asked.position, asked.of) == (first.id, POSITION, "ada")
    assert made["grace"].recommendations.ask_revision(first.id) == asked
    assert made["ada"].recommendations.requests().items == (asked,)
    assert (NoticeKind.REVISION_ASKED, "grace", first.id) in told(made, "ada")

    second = made["ada"].recommendations.revise(first.id, text="Better.")
    assert (second.replaces, second.relationship) == (first.id, first.relationship)
    assert made["ada"].recommendations.requests().items == ()
    assert made["grace"].recommendations.requested().items == ()
    assert texts(made) == ["Sound."]

    made["grace"].recommendations.accept(second.id)
    assert (texts(made), len(standings(made))) == (["Better."], 1)
    assert in_feed(made, "bob") == ["ada"]
    assert answer(lambda: made["grace"].recommendations.show(first.id)) == NOT_THERE


def test_a_revision_that_is_dismissed_leaves_the_old_one(made: World) -> None:
    """And the author may try again: of several revisions the last one waits."""
    first = recommend(made["ada"], "grace")
    made["grace"].recommendations.accept(first.id)
    made["grace"].recommendations.dismiss(
        made["ada"].recommendations.revise(first.id, text="Second.").id
    )
    assert texts(made) == ["Sound."]

    third = made["ada"].recommendations.revise(first.id, text="Third.")
    fourth = made["ada"].recommendations.revise(
        third.id, text="Fourth.", relationship=WorkingRelationship.ADVISED
    )

    assert {third.replaces, fourth.replaces} == {first.id}
    assert sorted(each.text for each in made["ada"].recommendations.given().items) == [
        "Fourth.",
        "Sound.",
    ]
    made["grace"].recommendations.hide(fourth.id)
    assert (texts(made), standings(made)) == ([], [Showing.HIDDEN])


@pytest.mark.parametrize("dismissed", [False, True])
def test_a_revision_of_what_was_not_accepted_takes_its_place_at_once(
    made: World, *, dismissed: bool
) -> None:
    """Dismissed or not, its author sees and does the same."""
    first = recommend(made["ada"], "grace")
    if dismissed:
        made["grace"].recommendations.dismiss(first.id)

    second = made["ada"].recommendations.revise(first.id, text="Better.")

    assert second.replaces == first.id
    assert made["ada"].recommendations.given().items == (second,)
    assert made["grace"].recommendations.received().items == (second,)
    assert (WRITTEN, "ada", first.id) not in told(made, "grace")
    made["grace"].recommendations.accept(second.id)
    assert texts(made) == ["Better."]


# ── Taking back ─────────────────────────────────────────────────────────────────────────────────


def test_an_author_withdraws_what_they_wrote(made: World) -> None:
    """With the news, the notices, and what asked to revise it; nothing of it is left for anybody."""
    before = contents(made.store)
    quiet = evolve(made, network=Network(made.store, clock=made.clock))
    written = recommend(quiet["ada"], "grace")
    quiet["grace"].recommendations.accept(written.id)
    quiet["grace"].recommendations.ask_revision(written.id)

    quiet["ada"].recommendations.withdraw(written.id)

    assert contents(made.store) == before
    assert {WRITTEN, ACCEPTED, NoticeKind.REVISION_ASKED}.isdisjoint(
        kind for member in ("ada", "grace") for kind, _, _ in told(made, member)
    )


def test_an_id_that_was_given_before_overwrites_nothing(made: World) -> None:
    """A source of ids that begins anew is told, and what is there stays."""
    written = recommend(made["ada"], "grace")
    asked = made["grace"].recommendations.request("bob", position=POSITION)

    def giving(taken: str, member: str) -> ActingMember[Profile]:
        return Network(made.store, new_id=lambda: taken).as_member(member)

    for attempt in (
        partial(recommend, giving(written.id, "cat"), "grace"),
        partial(giving(asked.id, "grace").recommendations.request, "cat", position=POSITION),
    ):
        with pytest.raises(InvalidValue, match="is taken"):
            attempt()

    assert made["grace"].recommendations.received().items == (written,)
    assert made["grace"].recommendations.requested().items == (asked,)
