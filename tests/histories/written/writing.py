"""Messages: written freely, asked with, paid for, and read."""

from connectcore import Audience, WhoMayWrite
from connectcore.testing.machine.writing import ANSWERS
from tests.histories.written.life import Life

TOO_LONG = "A greeting of 21 char"
LONG = TOO_LONG[:-1]


def connections_write_freely(life: Life) -> None:
    """What is written counts as unread until it is read or answered."""
    life.befriend(("ana", "bob"))
    life.correspond([(("ana", "bob"), 0, "Hello!"), (("ana", "bob"), 1, "Hi there.")])
    life.compare_own("bob")
    life.mark_read(("bob", "ana"), place=0)
    life.compare_own("bob")
    life.write_again([(0, "Hello!", False), (0, "Hi there.", True)])
    life.mark_read(("bob", "ana"), place=1)
    with life.refused("message_too_long"):
        life.write(("ana", "bob"), TOO_LONG)
    life.write(("ana", "bob"), LONG)
    with life.refused("oneself"):
        life.mark_read(("ana", "ana"), place=0)


def strangers_do_not_write_unless_they_ask(life: Life) -> None:
    """Nor do they ask where they may write, nor with nothing in common."""
    life.begin("ab bc")
    with life.refused("not_open"):
        life.write(("ana", "cy"), "Hello!")
    with life.refused("not_open", "message_too_long"):
        life.write(("ana", "cy"), TOO_LONG)
    with life.refused("open_already"):
        life.ask_to_write(("ana", "bob"), "Hello!")
    with life.refused("nothing_in_common"):
        life.ask_to_write(("ana", "dee"), "Hello!")
    with life.refused("nothing_in_common", "message_too_long"):
        life.ask_to_write(("ana", "dee"), TOO_LONG)
    with life.refused("oneself"):
        life.write(("ana", "ana"), "Hello!")
        life.ask_to_write(("ana", "ana"), "Hello!")
        life.write_inmail(("ana", "ana"), "Hello!", "Job")
        for what in ANSWERS:
            life.answer(("ana", "ana"), what)
    life.change("dee", who_may_write=WhoMayWrite.ANYONE)
    life.write(("ana", "dee"), "Hello!")
    life.write(("dee", "ana"), "Hi there.")
    life.change("cy", who_may_write=WhoMayWrite.CONNECTIONS)
    with life.refused("not_taking_messages"):
        life.ask_to_write(("ana", "cy"), "Hello!")


def a_company_is_something_in_common(life: Life) -> None:
    """As long as both see that the other works there."""
    life.edit("ana", (), "Engineer", [], has_shared=True)
    life.edit("bob", (), "Engineer", [], has_shared=True)
    life.edit("cy", (), "Engineer", [], has_shared=True)
    life.ask_to_write(("ana", "bob"), "Hello!")
    life.change("cy", audiences={"positions": Audience.ONLY_ME})
    with life.refused("nothing_in_common"):
        life.ask_to_write(("ana", "cy"), "Hello!")
    life.answer_what_waits([("write", 0)])
    life.write(("ana", "bob"), "Hello!")


def a_request_is_accepted(life: Life) -> None:
    """Its message comes into the conversation, in which both write freely from then on."""
    life.begin("ab bc")
    with life.refused("no_request"):
        life.answer(("cy", "ana"), "accept")
    life.ask_to_write(("ana", "cy"), "Hello!")
    with life.refused("request_waits"):
        life.ask_to_write(("ana", "cy"), "Hello!")
    life.compare_own("cy")
    life.answer_what_waits([("accept", 0), ("accept", 0)])
    life.write(("ana", "cy"), "Hi there.")
    life.write(("cy", "ana"), "Hello!")
    with life.refused("no_request"):
        life.answer(("cy", "ana"), "decline")
        life.answer(("ana", "cy"), "withdraw")


def a_request_is_answered_by_writing(life: Life) -> None:
    """An answer accepts it."""
    life.begin("ab bc")
    life.ask_to_write(("ana", "cy"), LONG)
    life.answer_what_waits([("write", 0)])
    life.write(("ana", "cy"), "Hi there.")


def a_request_is_declined(life: Life) -> None:
    """Whoever asked sees it wait for good, and asks no other; whoever declined may write."""
    life.begin("ab bc")
    with life.refused("no_request"):
        life.answer(("cy", "ana"), "decline")
    life.ask_to_write(("ana", "cy"), "Hello!")
    life.answer_what_waits([("decline", 0), ("decline", 0)])
    life.compare_own("ana")
    life.compare_own("cy")
    with life.refused("request_waits"):
        life.ask_to_write(("ana", "cy"), "Hello!")
    life.write(("cy", "ana"), "Hello!")


def a_request_is_withdrawn(life: Life) -> None:
    """It is gone for both, and for three weeks there is no other."""
    life.begin("ab bc")
    with life.refused("no_request"):
        life.answer(("ana", "cy"), "withdraw")
    life.ask_to_write(("ana", "cy"), "Hello!")
    life.answer(("ana", "cy"), "withdraw")
    withdrawn = life.model.now
    life.answer_what_waits([("withdraw", 0)])
    life.compare_own("cy")
    with life.refused("no_request"):
        life.answer(("cy", "ana"), "accept")
        life.answer(("cy", "ana"), "decline")
    life.let_almost_pass(since=withdrawn, days=21)
    with life.refused("request_withdrawn"):
        life.ask_to_write(("ana", "cy"), "Hello!")
    life.ask_to_write(("ana", "cy"), "Hello!")


def requests_are_few_in_a_week(life: Life) -> None:
    """Two, and as many again when a week is over."""
    life.begin("ab bc")
    life.begin("bd")
    life.befriend(("dee", "eve"))
    life.ask_to_write(("ana", "cy"), "Hello!")
    first = life.model.now
    life.answer(("ana", "cy"), "withdraw")
    life.ask_to_write(("ana", "dee"), "Hello!")
    life.compare_own("ana")
    with life.refused("requests_a_week", "request_withdrawn"):
        life.ask_to_write(("ana", "cy"), "Hello!")
    life.let_almost_pass(since=first, days=7)
    with life.refused("requests_a_week", "request_waits"):
        life.ask_to_write(("ana", "dee"), "Hello!")
    with life.refused("request_waits"):
        life.ask_to_write(("ana", "dee"), "Hello!")


def an_inmail_costs_a_credit(life: Life) -> None:
    """It needs nothing in common, and has a short subject and text."""
    with life.refused("subject_too_long"):
        life.write_inmail(("ana", "bob"), "Hello!", "Matter")
    with life.refused("message_too_long"):
        life.write_inmail(("ana", "bob"), "Hello, you!", "Job")
    life.write_inmail(("ana", "bob"), "Hello, you", "A job")
    sent = life.model.now
    life.compare_own("ana")
    with life.refused("request_waits", "inmail_credits"):
        life.write_inmail(("ana", "bob"), "Hello!", "")
    with life.refused("inmail_credits"):
        life.write_inmail(("ana", "cy"), "Hello!", "Hi")
    with life.refused("no_request"):
        life.answer(("ana", "bob"), "withdraw")
    life.let_almost_pass(since=sent, days=30)
    with life.refused("inmail_credits"):
        life.write_inmail(("ana", "cy"), "Hello!", "Hi")
    life.write_inmail(("ana", "cy"), "Hello!", "Hi")


def an_inmail_that_is_answered_costs_nothing(life: Life) -> None:
    """Also by a decline, after which there may be another."""
    life.write_inmail(("ana", "bob"), "Hello!", "Job")
    life.answer_what_waits([("decline", 0), ("decline", 0)])
    life.compare_own("ana")
    life.write_inmail(("ana", "bob"), "Hello!", "Job")
    life.answer(("bob", "ana"), "accept")
    life.write_inmail(("ana", "cy"), "Hello!", "Job")
    life.write(("cy", "ana"), "Hello!")


def an_inmail_that_is_answered_late_is_paid(life: Life) -> None:
    """After 90 days an answer gives no credit back, and more than two are never gathered."""
    for to in ("bob", "cy"):
        life.write_inmail(("ana", to), "Hello!", "Job")
        life.let_pass(days=31)
    life.write_inmail(("ana", "dee"), "Hello!", "Job")
    life.let_almost_pass(days=90)
    life.answer(("dee", "ana"), "accept")
    life.compare_own("ana")
    life.write_inmail(("ana", "eve"), "Hello!", "Job")
    life.answer(("bob", "ana"), "accept")
    life.compare_own("ana")
    life.answer(("eve", "ana"), "decline")


def an_inmail_is_answered_just_in_time_or_just_too_late(life: Life) -> None:
    """The credit comes back until 90 days are over, and to the second."""
    life.write_inmail(("ana", "bob"), "Hello!", "Job")
    life.write_inmail(("cy", "bob"), "Hello!", "Job")
    sent = life.model.now
    life.let_almost_pass(since=sent, days=90)
    life.write_inmail(("cy", "dee"), "Hello!", "Job")
    life.answer(("bob", "cy"), "accept")
    life.answer(("bob", "ana"), "accept")
    for by in ("ana", "cy"):
        life.compare_own(by)
        with life.refused("open_already"):
            life.write_inmail((by, "bob"), "Hello!", "Job")


def a_block_closes_what_was_open(life: Life) -> None:
    """Who was free to answer is so no longer when it is lifted, and what was asked waits for nobody."""
    life.begin("ab bc bd")
    life.change("cy", who_may_write=WhoMayWrite.ANYONE)
    life.write(("ana", "cy"), "Hello!")
    life.ask_to_write(("dee", "ana"), "Hello!")
    life.do("block", ("ana", "cy"))
    life.do("block", ("ana", "dee"))
    with life.refused("you_blocked"):
        life.write(("ana", "cy"), "Hello!")
        life.answer(("ana", "dee"), "accept")
    with life.refused("gone"):
        life.write(("cy", "ana"), "Hello!")
        life.answer(("dee", "ana"), "withdraw")
        life.mark_read(("cy", "ana"), place=0)
    life.compare_own("dee")
    life.compare("cy", "ana")
    life.do("unblock", ("ana", "cy"))
    life.do("unblock", ("ana", "dee"))
    with life.refused("not_open"):
        life.write(("cy", "ana"), "Hello!")
    life.compare("cy", "ana")
    life.compare_own("ana")
    life.answer(("ana", "dee"), "accept")
