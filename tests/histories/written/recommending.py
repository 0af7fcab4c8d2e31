"""Recommendations: written and revised, asked for and declined, and decided about."""

from connectcore import Audience
from connectcore.testing.machine.vouching import OF_ASKED, OF_WRITTEN
from tests.histories.written.life import Life

WELL = "Well."
TOO_LONG = "Quite well, and more."
LONG = TOO_LONG[:-1]


def connections_recommend_each_other(life: Life) -> None:
    """One writes of a position that they see, once, in a few words, and of a connection."""
    life.befriend(("ana", "bob"))
    life.write_of("bob", "ana")
    with life.refused("already_written"):
        life.write_of("bob", "ana")
    with life.refused("no_such_position"):
        life.write_of("bob", "ana", is_shared=True)
    with life.refused("recommendation_too_long"):
        life.recommend(("ana", "bob"), 0, TOO_LONG, is_shared=False)
    with life.refused("not_connected"):
        life.write_of("cy", "ana")
        life.ask("ana", "cy")
    life.edit("ana", (), "Engineer", [], has_shared=True)
    life.recommend(("cy", "dee"), 1, LONG, is_shared=True)
    life.decide_recommendations([("revise", 1, LONG)], by=None)


def whoever_shows_no_recommendations_takes_none(life: Life) -> None:
    """Neither written, nor revised, nor asked for."""
    life.befriend(("ana", "bob"))
    life.write_of("bob", "ana")
    life.open_or_close_section("ana", "recommendations", Audience.ONLY_ME)
    with life.refused("not_accepting"):
        life.decide_recommendations([("revise", 0, WELL)], by=None)
        life.write_of("bob", "ana", is_shared=True)
    with life.refused("own_recommendations_off"):
        life.ask("ana", "bob")
    life.decide_recommendations([("withdraw", 0, "")], by=None)


def a_position_that_is_not_seen_is_not_recommended(life: Life) -> None:
    """Unless its owner asks for it."""
    life.befriend(("ana", "bob"))
    life.open_or_close_field("ana", "positions", Audience.ONLY_ME)
    with life.refused("no_such_position"):
        life.write_of("bob", "ana")
    life.ask("ana", "bob")
    life.write_of("bob", "ana")
    life.decide_recommendations([("accept", 0, "")], by=None)


def a_recommendation_is_accepted(life: Life) -> None:
    """It shows, its author is told, and it is hidden and shown again."""
    life.befriend(("ana", "bob"))
    life.write_of("bob", "ana")
    with life.refused("not_accepted"):
        life.decide_recommendations([("show", 0, "")], by=None)
    life.decide_recommendations([("accept", 0, ""), ("accept", 0, "")], by=None)
    life.compare_own("bob")
    with life.refused("accepted_already"):
        life.decide_recommendations([("dismiss", 0, "")], by=None)
    life.decide_recommendations([("hide", 0, ""), ("hide", 0, "")], by=None)
    life.compare("cy", "ana")
    life.decide_recommendations([("show", 0, ""), ("show", 0, "")], by=None)
    life.do("block", ("cy", "bob"))


def a_recommendation_is_dismissed(life: Life) -> None:
    """Its author reads that it waits; another may be asked for, and it may be accepted after all."""
    life.begin("ab ac")
    life.write_of("bob", "ana")
    life.write_of("cy", "ana")
    with life.refused("already_recommended"):
        life.ask("ana", "bob")
    life.decide_recommendations([("dismiss", 0, ""), ("dismiss", 0, "")], by=None)
    with life.refused("not_accepted"):
        life.decide_recommendations([("show", 0, "")], by=None)
    life.compare_own("ana")
    life.compare_own("bob")
    life.ask("ana", "bob")
    life.compare_own("bob")
    with life.refused("already_written"):
        life.write_of("bob", "ana")
    life.decide_recommendations([("accept", 0, ""), ("hide", 1, "")], by=None)


def a_recommendation_is_hidden_before_it_was_shown(life: Life) -> None:
    """Hiding what waits accepts it, and its author is told so."""
    life.befriend(("ana", "bob"))
    life.write_of("bob", "ana")
    life.decide_recommendations([("hide", 0, "")], by=None)
    life.compare_own("bob")


def a_recommendation_is_nobody_elses(life: Life) -> None:
    """Only its author writes it anew, only its subject decides, and nobody else finds it."""
    life.begin("ab ac")
    life.write_of("bob", "ana")
    acts = ("accept", "dismiss", "hide", "show", "ask_revision", "revise", "withdraw")
    with life.refused("gone"):
        for by in ("cy", "dee"):
            life.decide_recommendations([(what, 0, WELL) for what in acts], by=by)
        life.decide_recommendations([("accept", 0, "")], by="bob")
        life.decide_recommendations([("revise", 0, WELL)], by="ana")
    life.ask("ana", "cy")
    with life.refused("gone"):
        life.answer_recommendation_asked("decline", 0, "bob")
        life.answer_recommendation_asked("withdraw", 0, "cy")


def a_revision_takes_the_place_of_what_was_accepted(life: Life) -> None:
    """The earlier one shows until the new one is accepted, or hidden."""
    life.befriend(("ana", "bob"))
    life.write_of("bob", "ana")
    life.decide_recommendations([("accept", 0, "")], by=None)
    with life.refused("recommendation_too_long"):
        life.decide_recommendations([("revise", 0, TOO_LONG)], by=None)
    life.decide_recommendations([("revise", 0, "Ably.")], by=None)
    life.compare("cy", "ana")
    life.compare_own("ana")
    life.decide_recommendations([("revise", 1, "Quickly."), ("revise", 0, "Ably.")], by=None)
    life.compare_own("bob")
    life.decide_recommendations([("accept", 1, "")], by=None)
    life.compare_own("bob")
    life.decide_recommendations([("revise", 0, "Quickly."), ("dismiss", 1, "")], by=None)
    life.decide_recommendations([("revise", 1, "Ably.")], by=None)


def what_a_revision_replaces_may_be_gone_before(life: Life) -> None:
    """An author may take back what was accepted while its revision waits."""
    life.befriend(("ana", "bob"))
    life.write_of("bob", "ana")
    life.decide_recommendations([("accept", 0, ""), ("revise", 0, "Ably.")], by=None)
    life.decide_recommendations([("withdraw", 0, "")], by=None)
    life.compare_own("ana")
    life.decide_recommendations([("accept", 0, "")], by=None)


def what_waits_is_written_anew(life: Life) -> None:
    """A revision of what waits replaces nothing, and takes its place before its subject."""
    life.befriend(("ana", "bob"))
    life.write_of("bob", "ana")
    life.decide_recommendations([("revise", 0, "Ably.")], by=None)
    life.compare_own("ana")
    life.decide_recommendations([("dismiss", 0, ""), ("revise", 0, "Quickly.")], by=None)
    life.compare_own("ana")
    life.decide_recommendations([("withdraw", 0, "")], by=None)


def a_revision_is_asked_for(life: Life) -> None:
    """Once, in a few words; the revision answers it, and it may be declined and withdrawn."""
    life.befriend(("ana", "bob"))
    life.write_of("bob", "ana")
    life.decide_recommendations([("accept", 0, "")], by=None)
    with life.refused("request_message_too_long"):
        life.decide_recommendations([("ask_revision", 0, "Well, well.")], by=None)
    life.decide_recommendations(
        [("ask_revision", 0, "Well, well"), ("ask_revision", 0, WELL)], by=None
    )
    life.compare_own("bob")
    life.decide_recommendations([("revise", 0, "Ably.")], by=None)
    life.decide_recommendations([("ask_revision", 1, WELL)], by=None)
    life.answer_recommendation_asked("decline", 0, None)
    life.compare_own("bob")
    life.compare_own("ana")
    life.answer_recommendation_asked("withdraw", 0, None)
    life.decide_recommendations([("ask_revision", 0, WELL), ("ask_revision", 1, WELL)], by=None)
    life.decide_recommendations([("withdraw", 1, "")], by=None)


def a_recommendation_is_asked_for(life: Life) -> None:
    """Once for a position that one lists, in a few words; writing answers it."""
    life.befriend(("ana", "bob"))
    with life.refused("position_not_listed"):
        life.ask("ana", "bob", is_shared=True)
    with life.refused("request_message_too_long"):
        life.ask_for_recommendation(("ana", "bob"), 0, "Well, well.", is_shared=False)
    life.ask_for_recommendation(("bob", "ana"), 0, "Well, well", is_shared=False)
    life.edit("ana", (), "Engineer", [], has_shared=True)
    life.ask("ana", "bob")
    life.ask("ana", "bob")
    life.ask("ana", "bob", is_shared=True)
    life.compare_own("bob")
    life.answer_recommendation_asked("write", 2, None)
    life.answer_recommendation_asked("write", 1, None)
    with life.refused("already_recommended"):
        life.ask("ana", "bob")


def a_request_for_a_recommendation_is_declined(life: Life) -> None:
    """Whoever was asked sees it no more, and may write all the same; whoever asked takes it back."""
    life.befriend(("ana", "bob"))
    life.ask("ana", "bob")
    life.answer_recommendation_asked("decline", 0, None)
    with life.refused("gone"):
        life.answer_recommendation_asked("decline", 0, None)
    life.compare_own("ana")
    life.compare_own("bob")
    life.answer_recommendation_asked("withdraw", 0, None)
    life.ask("ana", "bob")
    life.answer_recommendation_asked("withdraw", 0, None)


def a_revision_answers_what_was_asked_meanwhile(life: Life) -> None:
    """Whoever dismissed one and asked for another is answered by a revision of it."""
    life.befriend(("ana", "bob"))
    life.write_of("bob", "ana")
    life.decide_recommendations([("dismiss", 0, ""), ("ask_revision", 0, WELL)], by=None)
    life.ask("ana", "bob")
    life.compare_own("bob")
    life.decide_recommendations([("revise", 0, "Ably.")], by=None)


def what_two_wrote_goes_with_their_connection(life: Life) -> None:
    """Also what they asked each other, and nothing of what others wrote."""
    life.begin("ab ac")
    life.write_of("bob", "ana")
    life.write_of("cy", "ana")
    life.ask("bob", "ana")
    life.ask("cy", "ana")
    life.decide_recommendations([("accept", 0, ""), ("ask_revision", 0, WELL)], by=None)
    life.do("block", ("ana", "bob"))


def recommendations_show_in_the_circles_of_their_subject(life: Life) -> None:
    """Both of the section and of the positions."""
    life.begin("ab bc cd")
    life.write_of("bob", "ana")
    life.write_of("bob", "cy")
    life.decide_recommendations([("accept", 0, ""), ("accept", 1, "")], by=None)
    life.open_or_close_section("ana", "recommendations", Audience.SECOND_DEGREE)
    life.open_or_close_field("cy", "positions", Audience.ONLY_ME)


def a_revision_is_of_one_alone(life: Life) -> None:
    """What others wrote of the subject, and its author of another position, waits on."""
    life.begin("ab ac")
    life.edit("ana", (), "Engineer", [], has_shared=True)
    life.write_of("bob", "ana")
    life.write_of("cy", "ana")
    life.write_of("bob", "ana", is_shared=True)
    life.write_of("ana", "bob")
    life.decide_recommendations([("revise", 0, "Ably.")], by=None)


def what_was_never_written_is_not_there(life: Life) -> None:
    """Nobody decides about it, and nobody takes back what was never asked."""
    with life.refused("gone"):
        for act in (*OF_WRITTEN.values(), *OF_ASKED.values()):
            life.act_on("ana", act, "nothing", WELL)
    life.erase("ana", returns=False)
    with life.refused("unknown"):
        for act in (*OF_WRITTEN.values(), *OF_ASKED.values()):
            life.act_on("ana", act, "nothing", WELL)
