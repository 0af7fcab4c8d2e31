"""Paired worlds: nobody tells them apart, and every planted leak is found."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from random import Random

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from connectcore import (
    Audience,
    Bounds,
    FeedOrder,
    FeedPreferences,
    MemoryStore,
    Profile,
    Settings,
    SharedConnections,
    VisibilityPolicy,
    shown_to,
)
from connectcore.testing import (
    PairedWorlds,
    RecordingStore,
    Script,
    Step,
    WorldsDiffer,
    check_paired_worlds,
    paired_worlds,
    person,
    profile_of,
)
from connectcore.testing.paired import DIFFERENCES, OwnRead, reading
from connectcore.testing.paired.differences import Difference, Ground
from connectcore.testing.paired.drawing import _done
from connectcore.testing.paired.sight import look
from tests import surface
from tests.conftest import a_share, by_depth
from tests.testing.leaks import LEAKS, Leak, from_the_store, muters
from tests.testing.pairs import FEW, main, try_pairs

PAIRS = by_depth(quick=4, usual=10, ci=250, nightly=1000)
"""How many pairs each of four tests holds against each other: 1,000 in CI."""

SEEDS = 25
"""How many times a few pairs are drawn in which a leak must show."""

briefly = settings(max_examples=5, suppress_health_check=list(HealthCheck))
FIRST = settings(FEW, max_examples=1, phases=(Phase.generate,))
SEARCHING = settings(FEW, phases=(Phase.generate,))

BETWEEN_OTHERS = (
    *("blocks of others", "connections of others", "invitations of others"),
    *("messages of others", "endorsements of others", "recommendations of others"),
)
THEIR_OWN = ("hidden fields", "choices", "posts for others", "follows and mutes", "belongings")
TOWARDS_THE_VIEWER = ("invitations set aside", "requests declined", "what is undone")
NOBODY_THERE = ("nobodies", "newcomers", "blocked or erased")


# ── Nobody can tell ─────────────────────────────────────────────────────────────────────────────


def test_nobody_reads_what_is_between_others() -> None:
    """Blocks, hidden connections, invitations, messages, and what is said of others unseen."""
    assert try_pairs(PAIRS, differing=BETWEEN_OTHERS)["pairs"] >= PAIRS


def test_nobody_reads_what_others_keep_to_themselves() -> None:
    """Hidden fields, choices, posts for others, follows and mutes, address books."""
    assert try_pairs(PAIRS, differing=THEIR_OWN)["pairs"] >= PAIRS


def test_nobody_reads_what_they_are_not_told() -> None:
    """What was ignored, reported or declined reads as if it waited, and what is undone as never."""
    assert try_pairs(PAIRS, differing=TOWARDS_THE_VIEWER)["pairs"] >= PAIRS


def test_nobody_reads_of_those_who_are_not_there() -> None:
    """Whoever blocked the viewer reads as if they had left, or never joined, whatever they do."""
    assert try_pairs(PAIRS, differing=NOBODY_THERE)["pairs"] >= PAIRS


def test_every_difference_is_tried() -> None:
    """Each kind in one of the four tests."""
    tried = (*BETWEEN_OTHERS, *THEIR_OWN, *TOWARDS_THE_VIEWER, *NOBODY_THERE)

    assert sorted(tried) == sorted(DIFFERENCES)


BUSY = Script(
    (
        *map(person, ("ada", "bob")),
        person(
            "cyd",
            settings=Settings(connections=Audience.ONLY_ME, endorsements=Audience.CONNECTIONS),
        ),
        person("dan", settings=Settings(connections=Audience.EVERYONE)),
    ),
    [
        *(Step(0, "connect", "ada", "bob"), Step(1, "connect", "bob", "cyd")),
        *(Step(2, "endorse", "bob", "cyd"), Step(4, "endorse", "bob", "cyd")),
        *(Step(5, "endorse", "ada", "bob"), Step(7, "endorse", "ada", "bob")),
        *(Step(8, "recommend", "bob", "cyd"), Step(9, "recommend", "ada", "bob")),
        *(Step(11, "ask again", "ada", "bob"), Step(12, "seek", "ada", "bob")),
        *(Step(13, "ask", "dan", "cyd"), Step(14, "ask", "ada", "cyd")),
        *(Step(15, "invite", "ada", "dan"), Step(16, "invite", "dan", "cyd")),
        *(Step(17, "publish", "bob", detail=Audience.ONLY_ME), Step(18, "block", "bob", "dan")),
        Step(19, "send inmail", "ada", "dan"),
    ],
)
"""Somebody is connected, somebody hides it, and everything waits that can."""


@pytest.mark.parametrize("viewer", ["ada", None])
@pytest.mark.parametrize("shared", SharedConnections)
def test_there_is_something_of_each_kind_to_differ_in(
    shared: SharedConnections, viewer: str | None
) -> None:
    """Among four members who have done a little, for a member and for somebody signed out."""
    policy = VisibilityPolicy(shared_connections=shared)
    world = BUSY.play()
    assert world.happened == BUSY.steps

    sight = look(world.store, viewer, members=world.members, writings=BUSY.writings, policy=policy)
    ground = Ground(sight, 900, profile_of("zoe"), person("eve"))
    found = {name: [*kind(ground)] for name, kind in DIFFERENCES.items()}

    of_members = {*TOWARDS_THE_VIEWER[:2], "blocked or erased"}
    nothing = {"nobodies"} if viewer else of_members
    if viewer and shared is SharedConnections.ALWAYS:
        nothing.add("connections of others")
    assert {name for name, possible in found.items() if not possible} == nothing


def test_everything_is_read() -> None:
    """Whatever a member or somebody signed out can read at all."""
    of_a_member = {*reading.VISITS_TO_A_MEMBER, *reading.VISITS_TO_MANY}

    assert of_a_member == {*surface.VISITS_TO_A_MEMBER}
    assert of_a_member | {*reading.READS_OF_A_MEMBER, *reading.READS_OF_MANY} == {
        *surface.READS_OF_A_MEMBER
    }
    assert {*reading.READS_OF_A_WRITING} == {*surface.READS_OF_A_POST}
    assert {*reading.OWN_READS} == {*surface.OWN_READS}


# ── An application's own ────────────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class AlumniProfile(Profile):
    """A profile with something for connections, something for all, and something for nobody."""

    graduated: int = shown_to(Audience.CONNECTIONS, default=0)
    motto: str = shown_to(Audience.EVERYONE, default="")
    grade: int = 0


@briefly
@given(paired_worlds(profile=AlumniProfile))
def test_a_profile_of_an_application_may_be_hidden_too(worlds: PairedWorlds) -> None:
    """What members see is of its class, and what it hides changes nothing."""
    assert type(worlds.one["ada"].profiles.view("ada").profile) is AlumniProfile
    assert check_paired_worlds(worlds) > 20


CLOSED = VisibilityPolicy(
    bounds={
        "name": Bounds(narrowest=Audience.MEMBERS),
        "connections": Bounds(widest=Audience.ONLY_ME),
        "about": Bounds(widest=Audience.CONNECTIONS),
    },
    shared_connections=SharedConnections.BOTH_ADMIT,
)


@briefly
@given(paired_worlds(visibility=CLOSED, make_store=lambda: RecordingStore(MemoryStore())))
def test_a_policy_and_a_store_of_an_application_are_kept_to(worlds: PairedWorlds) -> None:
    """Members choose within its bounds, and each world is kept in a store of its own."""
    assert worlds.one["ada"].settings.read().connections is Audience.ONLY_ME
    assert worlds.one.store is not worlds.other.store
    assert check_paired_worlds(worlds) > 20


@briefly
@given(
    paired_worlds(profile=AlumniProfile, differing=["newcomers", "choices"], viewers=[None], most=0)
)
def test_nobody_joins_unseen_whose_profile_is_open_to_all(worlds: PairedWorlds) -> None:
    """Somebody signed out sees whoever joins with it, so the worlds differ in something else."""
    assert worlds.differing == ("choices",)


# ── What is found ───────────────────────────────────────────────────────────────────────────────


def is_told(leak: Leak, worlds: PairedWorlds) -> bool:
    """Whether the viewer can tell the two apart by the read that leaks."""
    try:
        check_paired_worlds(worlds, reads=leak.reads)
    except WorldsDiffer as error:
        return leak.read in str(error).partition("\n")[0]
    return False


def found(leak: Leak, how: settings, *, most: int = 8) -> PairedWorlds:
    """Two worlds that a leak tells apart, looked for from one seed after the other."""
    worlds = paired_worlds(
        differing=[leak.differing],
        viewers=["ada"],
        most=most,
        rules=leak.rules,
        make_store=leak.make_store,
    )
    for start in range(SEEDS):
        with suppress(NoSuchExample):
            return find(worlds, partial(is_told, leak), settings=how, random=Random(start))  # noqa: S311 - a game of chance
    pytest.fail("nothing tells of it")


# All of them where coverage is looked at: they draw what few pairs do.
PLANTED = by_depth(quick=[*LEAKS], usual=a_share(LEAKS), ci=[*LEAKS], nightly=[*LEAKS])


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_leak_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By two worlds that differ in what it tells of, and by the read that tells it."""
    leak = LEAKS[name]
    leak.plant(monkeypatch)

    assert leak.differing in found(leak, SEARCHING).differing


@given(done=st.tuples(st.booleans(), st.booleans()))
def test_a_difference_happens_whole_or_not_at_all(done: tuple[bool, bool]) -> None:
    """An invitation that meets one on its way becomes a connection, and cannot be withdrawn."""
    steps = (Step(1, "invite", "bob", "ada"), Step(2, "withdraw", "bob", "ada"))
    outcomes = dict(zip(("invite", "withdraw"), done, strict=True))

    def attempt(step: Step) -> bool:
        return outcomes[step.kind]

    happened = _done(Difference(in_one=(), in_other=steps), attempt, attempt)

    assert done == (happened, happened)


def test_enough_leaks_are_planted() -> None:
    """Each is told of by a difference that is there."""
    assert len(LEAKS) >= 25
    assert {leak.differing for leak in LEAKS.values()} <= {*DIFFERENCES}


def told_by(worlds: PairedWorlds, reads: Mapping[str, OwnRead] | None = None) -> Sequence[str]:
    """The error that two worlds are told apart by, line by line."""
    with pytest.raises(WorldsDiffer) as raised:
        check_paired_worlds(worlds, reads=reads)
    return str(raised.value).splitlines()


def test_a_failure_is_short_to_read() -> None:
    """It tells what was read, and in what the two worlds differ, which is as little as it takes."""
    leak = Leak("follows and mutes", "muters", reads={"muters": from_the_store(muters)})
    shrinking = settings(FEW, phases=(Phase.generate, Phase.shrink))
    worlds = found(leak, shrinking, most=0)

    assert told_by(worlds, leak.reads) == [
        "ada can tell the two worlds apart by muters",
        "  in the one:   []",
        "  in the other: ['bob']",
        "though they differ only in follows and mutes:",
        "  only in the other: 900 bob mute ada",
        "after this in both:",
    ]


def test_a_failure_names_the_part_that_differs() -> None:
    """As far inside as the two answers are alike, with all that a test may see, but not at length."""
    worlds = find(paired_worlds(viewers=["ada"], most=0), lambda _: True, settings=FIRST)
    other = worlds.other["ada"]
    profile = other.profiles.view("ada").profile
    other.profiles.edit(evolve(profile, about="x" * 400))

    assert told_by(worlds)[:4] == [
        "ada can tell the two worlds apart by data.export",
        "in ['member']['profile']['about']:",
        "  in the one:   'ada likes machines.'",
        f"  in the other: '{'x' * 299}...",
    ]

    other.settings.change(feed=FeedPreferences(order=FeedOrder.TOP))

    assert told_by(worlds)[:4] == [
        "ada can tell the two worlds apart by settings.read",
        "in .feed.order:",
        "  in the one:   <FeedOrder.RECENT: 'recent'>",
        "  in the other: <FeedOrder.TOP: 'top'>",
    ]


def test_somebody_signed_out_is_told_of_as_a_visitor() -> None:
    """They have no name, and read nothing of an application's own."""
    worlds = find(paired_worlds(viewers=[None], most=0), lambda _: True, settings=FIRST)
    worlds.other["bob"].settings.change(audiences={"photo": Audience.EVERYONE})
    first = told_by(worlds, {"own": lambda me: me.id})[0]

    assert first == "a visitor can tell the two worlds apart by profiles.views of all"


def test_as_many_pairs_are_tried_as_one_likes(capsys: pytest.CaptureFixture[str]) -> None:
    """The command of the night says how many, and in what they differed."""
    main(9, first=0)

    assert "       9 pairs" in capsys.readouterr().out.splitlines()
