"""Invitations to an address when its owner changes, and what is told of them."""

import pytest

from connectcore import (
    Act,
    Connected,
    NoticeKind,
    NoticePreferences,
    PairEvent,
    Refused,
    replay,
)
from tests.network.inviting import (
    ADDRESS,
    invite,
    inviters,
    pending,
    told,
    with_address,
)
from tests.network.leaving import texts_in
from tests.worlds import NOON, world


def test_what_waits_goes_with_the_address() -> None:
    """To whoever confirms it next; what was ignored reaches nobody again."""
    made = with_address("ada", "bob", "grace", "linus")
    invite(made, "ada")
    invite(made, "bob")
    made["grace"].invitations.ignore("ada")

    made["linus"].addresses.confirm(ADDRESS)

    assert (inviters(made, "grace"), told(made, "grace")) == ([], [])
    assert (inviters(made, "linus"), told(made, "linus")) == (
        ["bob"],
        [("invitation_received", "bob")],
    )
    with pytest.raises(Refused):
        made["grace"].invitations.accept("bob")


def test_an_address_that_is_given_up_brings_nothing() -> None:
    """What waits there waits on."""
    made = with_address()
    invite(made)

    made["grace"].addresses.remove(ADDRESS)
    assert (inviters(made, "grace"), told(made, "grace")) == ([], [])

    made["grace"].addresses.confirm(ADDRESS)
    assert inviters(made, "grace") == ["ada"]


def test_what_waits_for_somebody_erased_reaches_nobody() -> None:
    """It stays pending for its sender alone, and a new one reaches whoever has the address then."""
    made = with_address("ada", "bob", "grace", "linus")
    invite(made)

    made["grace"].data.erase()
    made["linus"].addresses.confirm(ADDRESS)

    assert (inviters(made, "linus"), told(made, "linus"), pending(made)) == ([], [], [ADDRESS])
    invite(made, "bob")
    assert inviters(made, "linus") == ["bob"]


def test_what_somebody_erased_had_sent_is_gone() -> None:
    """From the address, from the list of whose it is, and from their notices."""
    made = with_address()
    invite(made, note="Confidential.")

    made["ada"].data.erase()

    assert (inviters(made, "grace"), told(made, "grace")) == ([], [])
    assert not any(text in {"ada", "Confidential."} for text in texts_in(made.store))


def test_whom_a_store_holds_for_an_address_is_not_read_in_it() -> None:
    """An address that was invited stands with its inviter alone."""
    made = world("ada", "grace")
    invite(made)
    made["ada"].data.erase()

    assert not any(ADDRESS in text.casefold() for text in texts_in(made.store))


# ── Notices, journal, operator ──────────────────────────────────────────────────────────────────


def test_a_member_is_told_by_the_ways_that_they_chose() -> None:
    """Whoever wants no notice of invitations gets none of these either."""
    made = with_address()
    quiet = NoticePreferences(channels={NoticeKind.INVITATION_RECEIVED: ()})
    invite(made)
    assert made["grace"].notices.unseen_count() == 1

    made["grace"].settings.change(notices=quiet)

    assert (told(made, "grace"), made["grace"].notices.unseen_count()) == ([], 0)


def test_a_notice_that_came_to_an_address_is_seen_once() -> None:
    """It is counted, put in a sentence, and marked as any other."""
    made = with_address()
    invite(made)
    mine = made["grace"].notices

    assert [str(group) for group in mine.summary()] == ["Ada Example invited you to connect"]
    mine.mark_seen(up_to=mine.page().items[0].id)
    assert (mine.unseen_count(), mine.summary()) == (0, ())


@pytest.mark.parametrize("crossing", [False, True])
def test_the_journal_tells_a_history_of_the_two(crossing: object) -> None:
    """What it holds of two members replays, though it began with an address."""
    made = with_address(journal=(PairEvent,))
    if crossing:
        made["grace"].invitations.send("ada")
    invite(made)
    made["grace"].invitations.accept("ada")

    events = [entry.happening for entry in made.network.journal.read()]

    state = replay(event for event in events if isinstance(event, PairEvent))
    assert isinstance(state, Connected)
    assert state.since == NOON.replace(hour=13)


def test_an_operator_knows_what_an_answer_would_come_to() -> None:
    """Also where the invitation came to an address; other acts are not touched by it."""
    made = with_address()
    invite(made)
    explain = made.network.explain

    assert explain("grace", Act.ACCEPT, "ada").allowed
    assert [each.code for each in explain("grace", Act.REMOVE, "ada").refusals] == ["not_connected"]
    assert [each.code for each in explain("ada", Act.ACCEPT, "grace").refusals] == ["no_invitation"]
