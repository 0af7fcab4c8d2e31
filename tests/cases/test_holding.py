"""Cases in which something did not hold: a block, a gate, a cursor, each after a real incident."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import permutations

import pytest

from connectcore import (
    Audience,
    Connection,
    InvalidCursor,
    InvalidValue,
    Member,
    MemoryStore,
    NotFound,
    Page,
)
from connectcore.testing import RecordingStore
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    OWN_ACTS,
    READS_OF_A_MEMBER,
    answer,
)
from tests.worlds import NOON, World, profile_of, world

LIFTS_A_BLOCK = {"blocks.remove"}


@pytest.fixture(name="quarrel")
def _quarrel() -> World:
    """Ada blocks Bob and is blocked by Cyd; Dan is connected with everybody."""
    made = world(
        "ada", "bob", "cyd", "dan", connected=[("dan", "ada"), ("dan", "bob"), ("dan", "cyd")]
    )
    made["ada"].blocks.add("bob")
    made["cyd"].blocks.add("ada")
    return made


def blocks_of(made: World) -> Mapping[str, list[str]]:
    """Whom everybody blocks."""
    return {
        member: [block.to for block in made[member].blocks.page(limit=1000).items]
        for member in made.members
    }


def test_case_10_no_other_call_lifts_a_block(quarrel: World) -> None:
    """Whatever anybody does, and whatever is joined or loaded, the blocks are those set before.

    Facebook in 2018: the blocks of 800,000 people did not hold for eight days.
    """
    before = blocks_of(quarrel)
    post = quarrel["dan"].posts.publish("Hello.", audience=Audience.EVERYONE)
    for by, to in permutations(quarrel.members, 2):
        for name, act in ACTS_ON_A_MEMBER.items():
            if name not in {*LIFTS_A_BLOCK, "blocks.add"}:
                answer(partial(act, quarrel[by], to))
    for member in quarrel.members:
        for act_on_post in ACTS_ON_A_POST.values():
            answer(partial(act_on_post, quarrel[member], post.id))
        for name, own in OWN_ACTS.items():
            if not name.startswith("data.erase"):
                answer(partial(own, quarrel[member]))
    answer(lambda: quarrel.network.join(Member("ada", profile_of("ada"))))
    quarrel.network.load(
        [
            Member("eve", profile_of("eve")),
            Member("bob", profile_of("bob")),
            Connection(of="ada", member="bob", since=NOON),
            Connection(of="ada", member="cyd", since=NOON),
        ]
    )
    quarrel.clock.forward(days=4000)

    assert blocks_of(quarrel) == before
    for one, other in (("ada", "bob"), ("bob", "ada"), ("ada", "cyd"), ("cyd", "ada")):
        with pytest.raises(NotFound):
            quarrel[one].profiles.view(other)


ODD = ("ada", "ada:bob", "ada|bob", 'ada","bob', "bob", "bob:ada", "b", "ada\x1fbob", "ADA")
"""Ids that some way of joining two of them would take for another two."""


def test_case_18_no_two_viewers_share_an_answer() -> None:
    """Ids that look alike when they are joined are told apart in every answer.

    CVE-2026-33729 of OpenFGA, whose cached checks of different requests had one key.
    """
    plain = [f"m{number}" for number in range(len(ODD))]
    seen = []
    for ids in (ODD, plain):
        made = world(*ids)
        made.connect((ids[0], ids[4]), (ids[4], ids[1]), (ids[2], ids[3]))
        made[ids[5]].blocks.add(ids[6])
        made[ids[7]].follows.follow(ids[8])
        made[ids[0]].settings.change(audiences={"about": Audience.SECOND_DEGREE})
        views = {
            (viewer, other): answer(partial(_circle, made, ids[viewer], ids[other]))
            for viewer in range(len(ids))
            for other in range(len(ids))
        }
        seen.append(views)

    assert seen[0] == seen[1]


def _circle(made: World, viewer: str, other: str) -> object:
    view = made[viewer].profiles.view(other)
    return view.circle, view.withheld, str(made[viewer].connections.degree(other))


@pytest.mark.parametrize("narrowed", ["block", "removal", "setting"])
def test_case_18_no_answer_is_older_than_what_closed_it(narrowed: str) -> None:
    """What was read a moment ago is not read again after a block, a removal or a closed field.

    CVE-2012-6563 of Elgg.
    """
    made = world("ada", "cyd", connected=[("ada", "cyd")])
    acting = made["cyd"]
    assert acting.profiles.view("ada").profile.about == "ada likes machines."
    match narrowed:
        case "block":
            made["ada"].blocks.add("cyd")
        case "removal":
            made["ada"].connections.remove("cyd")
        case _:
            made["ada"].settings.change(audiences={"about": Audience.ONLY_ME})

    found = answer(lambda: acting.profiles.view("ada").profile.about)
    assert found == ((NotFound, str(NotFound())) if narrowed == "block" else "")


@pytest.mark.parametrize("name", [*READS_OF_A_MEMBER, *ACTS_ON_A_MEMBER])
def test_case_19_probing_names_tells_nothing(name: str) -> None:
    """For a name that exists and one that does not: the same type, text and calls of the store.

    CVE-2019-12743 of HumHub; Django's CVE-2016-2513, CVE-2024-39329 and CVE-2025-13473.
    """
    store = RecordingStore(MemoryStore())
    made = world("ada", "bob", "cyd", store=store)
    made["ada"].blocks.add("cyd")
    ask = {**READS_OF_A_MEMBER, **ACTS_ON_A_MEMBER}[name]
    found = []
    for probed in ("ada", "nobody"):
        store.calls.clear()
        found.append((answer(partial(ask, made["cyd"], probed)), store.names))

    assert found[0] == found[1]


LISTS: Mapping[str, Callable[..., Page[object]]] = {
    "connections": lambda acting, **named: acting.connections.page(**named),
    "posts": lambda acting, **named: acting.posts.page("ada", **named),
    "activities": lambda acting, **named: acting.activities.page("ada", **named),
    "feed": lambda acting, **named: acting.feed.page(**named),
    "received": lambda acting, **named: acting.invitations.received(**named),
}


@pytest.fixture(name="busy", scope="module")
def _busy() -> World:
    """Ada, of whom every list has two pages at least, for herself and for Bob."""
    others = [f"other-{number}" for number in range(3)]
    made = world("ada", "bob", *others, connected=[("ada", other) for other in ("bob", *others)])
    for member in ("ada", "bob"):
        for number in range(3):
            made[member].posts.publish(f"Number {number}.", audience=Audience.EVERYONE)
    for number in range(3):
        made.network.join(Member(f"late-{number}", profile_of("late")))
        made[f"late-{number}"].invitations.send("ada")
        made[f"late-{number}"].invitations.send("bob")
    return made


@pytest.mark.parametrize("name", LISTS)
def test_case_20_a_cursor_of_another_or_an_edited_one_is_refused(busy: World, name: str) -> None:
    """It serves its viewer and its list alone, and no text of whatever kind breaks anything.

    GO-2026-4465 of SpiceDB.
    """
    page = LISTS[name]
    cursor = page(busy["ada"], limit=1).next
    assert cursor is not None
    edited = {
        cursor[:at] + letter + cursor[at + 1 :] for at in range(len(cursor)) for letter in "A_"
    }
    edited |= {cursor[:at] for at in range(len(cursor))}

    for wrong in edited - {cursor}:
        with pytest.raises(InvalidCursor):
            page(busy["ada"], limit=1, after=wrong)
    for viewer in ("bob", "other-1"):
        with pytest.raises(InvalidCursor):
            page(busy[viewer], limit=1, after=cursor)
    for other in LISTS.keys() - {name}:
        with pytest.raises(InvalidCursor):
            LISTS[other](busy["ada"], limit=1, after=cursor)


@pytest.mark.parametrize("name", LISTS)
def test_case_20_lists_are_whole_and_too_much_is_refused_aloud(busy: World, name: str) -> None:
    """Page by page a list is what it is at once, and a page that is too long is no short one.

    GO-2025-4151 and GO-2025-4120 of SpiceDB: a list cut short, and a write that was dropped.
    """
    page, found, after = LISTS[name], list[object](), None
    while True:
        part = page(busy["ada"], limit=1, after=after)
        found += part.items
        if (after := part.next) is None:
            break

    assert tuple(found) == page(busy["ada"], limit=1000).items
    assert len(found) > 1
    with pytest.raises(InvalidValue, match="limit=1001 is not a page"):
        page(busy["ada"], limit=1001)
