"""A member's own data, forgotten: they read like somebody who never joined, and no trace is left."""

from functools import partial

import pytest
from sqlalchemy import select

from connectcore import (
    Audience,
    ConnectionRules,
    MemoryStore,
    NotFound,
    SentPerWeek,
    UnknownMember,
)
from connectcore.storage import REGISTERS, Snapshot, Store
from connectcore.storage.sql import SqlStore
from connectcore.testing import RecordingStore
from tests.network.leaving import (
    ADA,
    EVE,
    ON_MEMBERS,
    ON_POSTS,
    is_marked,
    marked,
    town,
    whole_town,
)
from tests.network.test_store_calls import asked
from tests.stores.databases import MAKERS, PLACE_OF
from tests.surface import (
    ACTS_ON_A_MEMBER,
    READS_OF_A_MEMBER,
    VISITS_TO_A_MEMBER,
)
from tests.worlds import world

OF_DIGESTS = {"address_holders", "kept_blocks", "mail_refused"}
"""The registers of which the owners are digests."""


def tables_with_a_trace(store: Store) -> list[str]:
    """The tables of a database in which some row says something of Eve."""
    assert isinstance(store, SqlStore)
    place = PLACE_OF[store]
    with place.engine.connect() as connection:
        return [
            table.name
            for table in place.tables.members.metadata.sorted_tables
            if is_marked(repr(connection.execute(select(table)).all()))
        ]


# ── Nothing is left ─────────────────────────────────────────────────────────────────────────────


def test_there_is_a_trace_in_everything_that_is_kept() -> None:
    """Every kind of register has an entry of the member who is about to go, or one that is about them.

    But for those that name nobody: what is kept of them is a digest.
    """
    made = whole_town()
    people = [made[member].id for member in (*made.members, EVE)]

    def traces(snapshot: Snapshot) -> set[str]:
        found = {
            register.name
            for register in REGISTERS
            for owner in people
            for entry in snapshot.entries(register, (owner,))
            if EVE in {owner, register.other(entry)}
        }
        waiting = snapshot.journal(made.clock.forward(weeks=1), None)
        theirs = (entry.happening for entry in waiting if EVE in {entry.owner, entry.other})
        return found | {type(happening).__name__ for happening in theirs}

    in_registers = {register.name for register in REGISTERS}
    in_journal = {"InvitationSent", "Notice", "Mailing", "GuestInvited"}
    assert made.store.read(traces) >= in_registers - OF_DIGESTS | in_journal


def test_nothing_of_a_member_is_left() -> None:
    """No value, key or index that the store can reach holds their id or anything that they wrote."""
    made = whole_town()

    assert marked(made.store) > 200
    made[EVE].data.erase()
    assert marked(made.store) == 0


@pytest.mark.parametrize("name", [name for name in MAKERS if name.startswith("sqlite")])
def test_no_row_of_a_database_names_a_member_who_was_erased(name: str) -> None:
    """In no column of any table, read past the store: neither their id nor anything that they wrote."""
    store = MAKERS[name]()
    made = whole_town(store)

    assert len(tables_with_a_trace(store)) > 9
    made[EVE].data.erase()
    assert tables_with_a_trace(store) == []


def test_a_block_of_a_member_keeps_no_trace_either() -> None:
    """It is kept under a digest."""
    made = town()
    for member in ("ada", "dan"):
        made[member].blocks.add(EVE)
    made[EVE].blocks.add("cat")

    made[EVE].data.erase()

    assert marked(made.store) == 0
    assert [len(made[member].blocks.page().items) for member in made.members] == [1, 0, 0, 1]


def test_a_trace_would_be_found() -> None:
    """A planted fault: what was left in one count of one other member does not escape the search."""
    made = town()
    made[EVE].data.erase()
    made.store.write((EVE,), lambda transaction: transaction.mute(ADA, EVE, None))

    assert marked(made.store) == 1


def test_what_others_wrote_of_a_member_is_theirs() -> None:
    """Words in a text are not known to name anybody; what hangs on the member's own goes along."""
    made = town()
    post = made["bob"].posts.publish(f"I miss {EVE}.", audience=Audience.MEMBERS)

    made[EVE].data.erase()

    assert made["cat"].posts.read(post.id).post == post
    by_ada = made["cat"].posts.page("ada").items[0]
    assert [entry.text for entry in made["cat"].posts.comments(by_ada.id).items] == ["By Cat."]


@pytest.mark.parametrize("name", [*READS_OF_A_MEMBER, *ACTS_ON_A_MEMBER])
def test_somebody_who_was_erased_has_not_joined(name: str) -> None:
    """Acting as them is answered as acting as somebody who never joined."""
    made = town()
    made[EVE].data.erase()

    with pytest.raises(UnknownMember):
        ON_MEMBERS[name](made[EVE], "ada")


def test_erasing_again_changes_nothing() -> None:
    """Also after a block of them, and for somebody who never joined: what there is, is forgotten."""
    made = town()
    made["ada"].blocks.add(EVE)
    for _ in range(2):
        made[EVE].data.erase()
    made["nobody"].data.erase()

    assert len(made["ada"].blocks.page().items) == 1
    assert made["ada"].connections.count() == 1


def test_others_go_on_counting_what_they_did() -> None:
    """Whoever invited somebody who was erased has sent an invitation; nobody gains a free one."""
    rules = ConnectionRules(inviting=(SentPerWeek(1),))
    made = world("ada", "bob", "eve", rules=rules)
    made["ada"].invitations.send("eve")

    made["eve"].data.erase()

    (refusal,) = made["ada"].invitations.may_send("bob").refusals
    assert (refusal.code, refusal.count) == ("sent_per_week", 1)
    assert made["ada"].invitations.sent().items == ()


# ── Erased is never existed ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ON_MEMBERS)
def test_a_member_who_was_erased_costs_what_an_absent_one_does(name: str) -> None:
    """Every read of and act on them: the same answer, for the same calls in the same order."""
    store = RecordingStore(MemoryStore())
    made, call = town(store), ON_MEMBERS[name]
    made[EVE].data.erase()

    absent = asked(store, partial(call, made["ada"], "somebody"))

    assert asked(store, partial(call, made["ada"], EVE)) == absent
    if name in VISITS_TO_A_MEMBER:
        absent = asked(store, partial(call, made.visitor, "somebody"))
        assert asked(store, partial(call, made.visitor, EVE)) == absent


@pytest.mark.parametrize("name", ON_POSTS)
def test_a_post_of_an_erased_member_costs_what_an_absent_one_does(name: str) -> None:
    """Their posts and comments, and whatever hung on them, never were."""
    store = RecordingStore(MemoryStore())
    made, call = town(store), ON_POSTS[name]
    own = made[EVE].posts.page(EVE).items[0].id
    by_ada = made[EVE].posts.page("ada").items[0].id
    gone = [entry.id for entry in made[EVE].posts.comments(own).items]
    gone += [entry.id for entry in made[EVE].posts.comments(by_ada).items if entry.author != "cat"]
    made[EVE].data.erase()

    absent = asked(store, partial(call, made["ada"], "no such post"))

    assert absent[1] == (NotFound, str(NotFound()))
    assert [
        target
        for target in (own, *gone)
        if asked(store, partial(call, made["ada"], target)) != absent
    ] == []
