"""Every act of the shell happens whole or not at all, at whichever call to the store it fails."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache, partial
from itertools import count

import pytest
from attrs import evolve

from connectcore import (
    ActingMember,
    Audience,
    Comment,
    ConnectcoreError,
    Connection,
    Email,
    GuestInvited,
    GuestReminded,
    JournalEntry,
    Mailing,
    Member,
    MemoryStore,
    Notice,
    PairEvent,
    Post,
    Profile,
    Reacted,
)
from connectcore.network.mailing import UNSUBSCRIBING
from connectcore.posts import CommentId
from connectcore.storage import Store
from connectcore.testing import FlakyStore, RecordingStore, StoreFailed
from connectcore.tokens import seal_token
from tests.conftest import by_depth
from tests.kinds import talk
from tests.stores.databases import MAKERS, marks_of
from tests.stores.filling import fill
from tests.stores.keeping import contents
from tests.surface import (
    ACTS_ON_A_MEMBER,
    ACTS_ON_A_POST,
    ACTS_ON_A_RECOMMENDATION,
    GUEST,
    OWN_ACTS,
    SKILL,
    recommend,
)
from tests.worlds import NOON, TWO_REMINDERS, World, contact_of, position_of, profile_of, world

Act = Callable[[World], object]


EVERYBODY = (
    *(
        "ada",
        "bob",
        "cat",
        "dan",
        "eve",
        "fay",
        "hal",
        "ida",
        "jon",
        "kay",
        "kit",
        "lea",
        "max",
        "ira",
    ),
)


def endorse_each_other(made: World) -> None:
    """Let an endorsement by Bob wait for Ada, who hides one by Kay, and endorsed Bob herself.

    Kay asked her for one, and she asked Max.
    """
    made["ada"].profiles.edit(evolve(profile_of("ada"), skills=()))
    for giver in ("bob", "kay"):
        made[giver].endorsements.give("ada", skill=SKILL)
    made["ada"].endorsements.accept("kay", skill=SKILL)
    made["ada"].endorsements.hide("kay", skill=SKILL)
    made["ada"].endorsements.give("bob", skill=SKILL)
    made["kay"].endorsements.request("ada", skill=SKILL)
    made["ada"].endorsements.request("max", skill=SKILL)


def recommend_each_other(made: World) -> None:
    """Let a recommendation by Bob wait for Ada, who hides one by Kay, and recommended Bob herself.

    Kay asked her for one, and she asked Max.
    """
    recommend(made["bob"], "ada")
    made["ada"].recommendations.hide(recommend(made["kay"], "ada").id)
    recommend(made["ada"], "bob")
    made["kay"].recommendations.request("ada", position=position_of("kay"))
    made["ada"].recommendations.request("max", position=position_of("ada"))


JOURNALLED = (PairEvent, Notice, Mailing, GuestInvited, GuestReminded)


def busy_world(store: Store) -> World:
    """A network in which Ada can do everything to somebody.

    Bob is connected with her, Cat invited her, she invited Dan and blocks Eve; Fay is a stranger.
    Bob also wrote to her, Hal and Ida asked to write, and she asked Jon; all three know Bob.
    Ira invited an address of hers, Eve one that she has not confirmed yet, and she one of somebody else.
    Kay, Lea and Max are connections, too; what is between her and them is said in
    `endorse_each_other` and `recommend_each_other`.
    She blocked Kit, too, who is erased.
    """
    around = [("hal", "bob"), ("ida", "bob"), ("jon", "bob"), ("fay", "bob")]
    made = world(
        *EVERYBODY,
        connected=[*(("ada", other) for other in ("bob", "kay", "lea", "max")), *around],
        journal=JOURNALLED,
        reminders=TWO_REMINDERS,
        store=store,
    )
    made["bob"].messages.send("ada", "Good morning.")
    made["hal"].messages.request("ada", "May I?")
    made["ida"].messages.send_inmail("ada", "An offer.")
    made["ada"].messages.request("jon", "May I?")
    endorse_each_other(made)
    recommend_each_other(made)
    made["cat"].invitations.send("ada")
    made["ada"].invitations.send("dan")
    made["ada"].blocks.add("eve")
    made["ada"].blocks.add("kit")
    made["kit"].data.erase()
    made["ada"].follows.mute("bob")
    made["ada"].activities.publish(talk("ada"))
    made["ada"].addresses.confirm("ada@example.org")
    made["ada"].invitations.send_to_address(GUEST)
    made["ira"].invitations.send_to_address("ada@example.org", note="Hello.")
    made["eve"].invitations.send_to_address("ada@example.net")
    made["ada"].contacts.add(contact_of("ada"))
    made["bob"].posts.publish("Hello.", audience=Audience.MEMBERS)
    made.network.load(
        [
            Post(id="post", author="ada", at=NOON, text="Text", audience=Audience.MEMBERS),
            Comment(id="comment", post="post", author="bob", at=NOON, text="Comment"),
            Post(id="other post", author="bob", at=NOON, text="Text", audience=Audience.MEMBERS),
            Comment(id="other comment", post="post", author="bob", at=NOON, text="Comment"),
        ]
    )
    for member in ("ada", "bob"):
        for target in ("post", "comment"):
            made[member].posts.react(target)
    made.clock.forward(days=1)
    return made


def _load(made: World) -> object:
    return made.network.load(
        [
            Member("gus", profile_of("gus")),
            Connection(of="ada", member="gus", since=NOON - timedelta(days=9)),
            Post(id="loaded", author="gus", at=NOON, text="Text", audience=Audience.MEMBERS),
            Comment(id="under it", post="loaded", author="ada", at=NOON, text="Comment"),
            Reacted(post="loaded", comment=CommentId("under it"), member="gus", at=NOON),
        ]
    )


def _written_down(made: World) -> Sequence[JournalEntry]:
    return made.store.read(lambda snapshot: snapshot.journal(made.clock.now, None))


def _send(made: World) -> None:
    made.network.mail.sent(
        *(
            Email(
                id=entry.id,
                to="somebody@example.org",
                subject="News",
                text="News.",
                due_at=entry.due_at,
                owner=entry.owner,
                entries=(entry.id,),
            )
            for entry in _written_down(made)
            if isinstance(entry.happening, Mailing)
        )
    )


def _unsubscribe(made: World) -> None:
    key = made.store.read(lambda snapshot: snapshot.key())
    made.network.unsubscribe(seal_token(key, UNSUBSCRIBING, "invitation_received ada"))


TARGETS = {
    "invitations.send": ("fay", "cat", "ira"),
    "invitations.accept": ("cat", "ira"),
    "invitations.ignore": ("cat", "ira"),
    "invitations.report": ("cat", "ira"),
    "invitations.withdraw": ("dan",),
    "connections.remove": ("bob",),
    "blocks.add": ("bob", "cat", "nobody"),
    "blocks.remove": ("eve", "kit"),
    "follows.follow": ("fay",),
    "follows.unfollow": ("bob",),
    "follows.mute": ("fay",),
    "follows.unmute": ("bob",),
    "endorsements.give": ("kay",),
    "endorsements.retract": ("bob",),
    "endorsements.accept": ("bob",),
    "endorsements.dismiss": ("bob",),
    "endorsements.hide": ("bob",),
    "endorsements.show": ("kay",),
    "endorsements.request": ("lea",),
    "endorsements.withdraw_request": ("max",),
    "endorsements.decline": ("kay",),
    "recommendations.write": ("kay",),
    "recommendations.request": ("lea",),
    "messages.send": ("bob", "hal", "ida"),
    "messages.request": ("fay",),
    "messages.send_inmail": ("fay",),
    "messages.accept": ("hal", "ida"),
    "messages.decline": ("hal", "ida"),
    "messages.withdraw": ("jon",),
    "messages.mark_read": ("bob",),
}
"""To whom Ada can do each act in the busy world."""


def _received(made: World, author: str) -> str:
    """The recommendation of Ada by *author*."""
    received = made["ada"].recommendations.received(limit=100).items
    return next(entry.id for entry in received if entry.author == author)


RECOMMENDATIONS: Mapping[str, Callable[[World], str]] = {
    "recommendations.revise": lambda made: made["ada"].recommendations.given().items[0].id,
    "recommendations.withdraw": lambda made: made["ada"].recommendations.given().items[0].id,
    "recommendations.accept": lambda made: _received(made, "bob"),
    "recommendations.dismiss": lambda made: _received(made, "bob"),
    "recommendations.hide": lambda made: _received(made, "bob"),
    "recommendations.show": lambda made: _received(made, "kay"),
    "recommendations.ask_revision": lambda made: _received(made, "bob"),
    "recommendations.withdraw_request": lambda made: (
        made["ada"].recommendations.requested().items[0].id
    ),
    "recommendations.decline": lambda made: made["ada"].recommendations.requests().items[0].id,
}
"""To which recommendation or request Ada can do each act in the busy world."""


def _acts() -> Mapping[str, Act]:
    acts: dict[str, Act] = {
        "network.join": lambda made: made.network.join(Member("gus", profile_of("gus"))),
        "network.join, erased": lambda made: made.network.join(Member("kit", profile_of("kit"))),
        "network.load": _load,
        "network.mail.due": lambda made: made.network.mail.due(),
        "network.mail.sent": _send,
        "network.journal.settle": lambda made: made.network.journal.settle(*_written_down(made)),
        "network.unsubscribe": _unsubscribe,
    }
    for name, own in OWN_ACTS.items():
        acts[name] = partial(_by_ada, own)
    for name, act in ACTS_ON_A_MEMBER.items():
        for target in TARGETS[name]:
            acts[f"{name} {target}"] = partial(_on, act, target)
    for name, act in ACTS_ON_A_POST.items():
        for target in ("post", "comment"):
            at = f"other {target}" if name == "posts.react" else target
            acts[f"{name} of a {target}"] = partial(_on, act, at)
    acts["posts.react otherwise"] = partial(_on, ACTS_ON_A_POST["posts.react"], "post")
    for name, act in ACTS_ON_A_RECOMMENDATION.items():
        acts[name] = partial(_on_a_recommendation, act, RECOMMENDATIONS[name])
    return acts


def _by_ada(act: Callable[[ActingMember[Profile]], object], made: World) -> object:
    return act(made["ada"])


def _on(act: Callable[[ActingMember[Profile], str], object], target: str, made: World) -> object:
    return act(made["ada"], target)


def _on_a_recommendation(
    act: Callable[[ActingMember[Profile], str], object],
    find: Callable[[World], str],
    made: World,
) -> object:
    return act(made["ada"], find(made))


ACTS = _acts()


@pytest.fixture(name="act", params=ACTS)
def _act(request: pytest.FixtureRequest) -> Act:
    """Give one act."""
    return ACTS[request.param]


def filled_world(store: Store, watched: Store) -> World:
    """The busy world in *store*, for whoever acts through *watched* from now on."""
    fill(store, "busy world", busy_world)
    made = world(store=watched, journal=JOURNALLED, reminders=TWO_REMINDERS, first_id=1000)
    made.clock.forward(days=1)
    return made


SOME = ("invitations.send fay", "invitations.accept cat", "blocks.add bob", "data.erase")
"""The acts that are broken where all of them would take too long."""

IF_THERE_IS_TIME = by_depth(quick=SOME, usual=SOME, ci=(*ACTS,), nightly=(*ACTS,))


def broken_anywhere(kind: str) -> Sequence[str]:
    """Which acts are broken at each call in a kind of store."""
    return {"memory": (*ACTS,), "sqlite": IF_THERE_IS_TIME}.get(kind, SOME)


def broken_at_the_end(kind: str) -> Sequence[str]:
    """Which acts are broken at their end alone."""
    return {"memory": (*ACTS,), "sqlite": (*ACTS,)}.get(kind, IF_THERE_IS_TIME)


def in_each_store(acts_in: Callable[[str], Sequence[str]]) -> pytest.MarkDecorator:
    """A test of acts in the stores in which they are broken."""
    cases = [
        pytest.param(name, act, id=f"{name}-{act}", marks=marks_of(name))
        for name in MAKERS
        for act in acts_in(name)
    ]
    return pytest.mark.parametrize(("make_store", "act"), cases, indirect=True)


@in_each_store(broken_anywhere)
def test_an_act_that_fails_at_any_call_changes_nothing(store: Store, act: Act) -> None:
    """However many calls to the store went well before the one that fails, nothing has changed."""
    flaky = FlakyStore(store)
    made = filled_world(store, flaky)
    before = contents(store)

    for call in count(1):
        flaky.fail_at(call)
        try:
            act(made)
        except StoreFailed:
            assert contents(store) == before
        else:
            break

    assert call > 3
    assert contents(store) != before


@cache
def calls_of(act: Act) -> list[str]:
    """The calls to the store that an act is made of, whatever the store."""
    store = MemoryStore()
    counted = RecordingStore(store)
    made = filled_world(store, counted)
    counted.calls.clear()
    act(made)
    return counted.names


@in_each_store(broken_at_the_end)
def test_an_act_interrupted_at_its_very_end_changes_nothing(store: Store, act: Act) -> None:
    """An interrupt after the last call is no different from a failure: the act did not happen."""
    flaky = FlakyStore(store)
    made = filled_world(store, flaky)
    before, calls = contents(store), calls_of(act)

    flaky.fail_at(len(calls), error=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        act(made)

    assert calls[-1] == "done"
    assert contents(store) == before


def test_a_refused_act_changes_nothing(store: Store) -> None:
    """What the rules refuse is undone like a failure, and the next act goes on."""
    made = busy_world(store)
    before = contents(store)

    with pytest.raises(ConnectcoreError):
        made["ada"].invitations.accept("fay")

    assert contents(store) == before
