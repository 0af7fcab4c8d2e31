"""Endorsements: given and taken back, asked for and declined, and decided about."""

from connectcore import Audience
from connectcore.testing.machine.vouching import OF_SKILLS
from tests.histories.written.life import Life


def connections_endorse_each_other(life: Life) -> None:
    """A listed skill shows at once under its own spelling, another waits, and twice is once."""
    life.befriend(("ana", "bob"))
    life.vouch([("give", ("bob", "ana"), 0, " COMPILER "), ("give", ("bob", "ana"), 0, "Chess")])
    life.act_on_skill("bob", "give", "ana", "Compilers")
    life.act_on_skill("ana", "give", "bob", "Compilers")
    life.act_on_skill("ana", "retract", "bob", "Compilers")
    life.act_on_skill("ana", "retract", "bob", "Compilers")
    with life.refused("skill_too_long"):
        life.act_on_skill("bob", "give", "ana", "underwater welding")
    life.act_on_skill("bob", "give", "ana", "Accounting")
    with life.refused("not_connected"):
        for what in OF_SKILLS:
            life.act_on_skill("cy", what, "ana", "Compilers")


def whoever_shows_no_endorsements_takes_none(life: Life) -> None:
    """Neither given nor asked for, with a word to either of why."""
    life.befriend(("ana", "bob"))
    life.act_on_skill("bob", "give", "ana", "Compilers")
    life.open_or_close_section("ana", "endorsements", Audience.ONLY_ME)
    life.act_on_skill("bob", "give", "ana", "Compilers")
    with life.refused("not_accepting"):
        life.act_on_skill("bob", "give", "ana", "Chess")
    with life.refused("own_endorsements_off"):
        life.act_on_skill("ana", "request", "bob", "Compilers")


def an_endorsement_is_accepted(life: Life) -> None:
    """Accepting lists the skill, where there is room for it."""
    life.befriend(("ana", "bob"))
    life.act_on_skill("bob", "give", "ana", "Chess")
    with life.refused("not_accepted"):
        life.act_on_skill("ana", "show", "bob", "Chess")
    life.act_on_skill("ana", "accept", "bob", "Chess")
    life.act_on_skill("ana", "accept", "bob", "Chess")
    life.compare("cy", "ana")
    with life.refused("accepted_already"):
        life.act_on_skill("ana", "dismiss", "bob", "Chess")
    life.edit("ana", ("Compilers", "Chess", "Go"), "Engineer", [], has_shared=False)
    life.act_on_skill("bob", "give", "ana", "Sewing")
    with life.refused("skills"):
        life.act_on_skill("ana", "accept", "bob", "Sewing")
    with life.refused("no_endorsement"):
        life.act_on_skill("ana", "accept", "bob", "Go")


def an_endorsement_is_dismissed(life: Life) -> None:
    """Its giver is told of nothing, gives it in vain again, and is accepted after all."""
    life.befriend(("ana", "bob"))
    life.act_on_skill("bob", "give", "ana", "Chess")
    life.decide_endorsements([("dismiss", 0), ("dismiss", 0)])
    with life.refused("not_accepted"):
        life.decide_endorsements([("show", 0)])
    life.decide_endorsements([("renew", 0)])
    life.compare_own("ana")
    life.compare_own("bob")
    life.edit("ana", ("Compilers", "Chess"), "Engineer", [], has_shared=False)
    life.decide_endorsements([("accept", 0), ("renew", 0)])
    life.compare("bob", "ana")


def an_endorsement_is_hidden(life: Life) -> None:
    """It is hidden and shown, and stays hidden where it is taken back and given again."""
    life.befriend(("ana", "bob"))
    life.act_on_skill("bob", "give", "ana", "Compilers")
    life.decide_endorsements([("hide", 0), ("hide", 0)])
    with life.refused("accepted_already"):
        life.decide_endorsements([("dismiss", 0)])
    life.decide_endorsements([("renew", 0)])
    life.compare("cy", "ana")
    life.decide_endorsements([("show", 0), ("show", 0), ("renew", 0)])
    life.compare("cy", "ana")
    life.act_on_skill("bob", "give", "ana", "Go")
    life.act_on_skill("ana", "hide", "bob", "Go")


def an_endorsement_is_asked_for(life: Life) -> None:
    """What was asked for shows as soon as it is given, also if it is listed no longer."""
    life.befriend(("ana", "bob"))
    with life.refused("skill_not_listed"):
        life.act_on_skill("ana", "request", "bob", "Chess")
    life.vouch([("request", ("ana", "bob"), 0, "Compilers")])
    life.act_on_skill("ana", "request", "bob", "Compilers")
    life.compare_own("bob")
    life.edit("ana", ("Chess",), "Engineer", [], has_shared=False)
    life.answer_endorsements_asked([("give", 0)])
    life.edit("ana", ("Compilers",), "Engineer", [], has_shared=False)
    with life.refused("already_endorsed"):
        life.act_on_skill("ana", "request", "bob", "Compilers")


def a_request_for_an_endorsement_is_declined(life: Life) -> None:
    """Whoever asked goes on seeing it, until they take it back."""
    life.befriend(("ana", "bob"))
    life.act_on_skill("ana", "request", "bob", "Compilers")
    life.answer_endorsements_asked([("decline", 0), ("decline", 0)])
    life.compare_own("bob")
    life.compare_own("ana")
    life.answer_endorsements_asked([("withdraw", 0)])
    life.act_on_skill("ana", "withdraw", "bob", "Compilers")
    life.act_on_skill("bob", "decline", "ana", "Compilers")


def endorsements_show_in_the_circles_of_their_owner(life: Life) -> None:
    """Both of the section and of the skills; a skill that is not seen is spelled by its giver."""
    life.begin("ab bc")
    life.open_or_close_field("ana", "skills", Audience.ONLY_ME)
    life.act_on_skill("bob", "give", "ana", " COMPILER ")
    life.act_on_skill("bob", "give", "cy", "Compilers")
    life.act_on_skill("cy", "give", "bob", "Compilers")
    life.open_or_close_section("cy", "endorsements", Audience.EVERYONE)
    life.open_or_close_field("cy", "skills", Audience.EVERYONE)
    life.open_or_close("bob", "activities", Audience.EVERYONE)
    life.open_or_close_section("bob", "endorsements", Audience.SECOND_DEGREE)
    life.do("block", ("ana", "cy"))


def what_two_vouched_for_goes_with_their_connection(life: Life) -> None:
    """Also what was dismissed, hidden and asked for, and for good."""
    life.begin("ab ac")
    life.act_on_skill("bob", "give", "ana", "Compilers")
    life.act_on_skill("ana", "hide", "bob", "Compilers")
    life.act_on_skill("bob", "give", "ana", "Chess")
    life.act_on_skill("ana", "request", "cy", "Compilers")
    life.act_on_skill("bob", "request", "ana", "Compilers")
    life.act_on_skill("cy", "give", "ana", "Go")
    life.do("remove", ("ana", "bob"))
    life.befriend(("ana", "bob"))
    life.act_on_skill("bob", "give", "ana", "Compilers")
    life.do("block", ("ana", "cy"))
