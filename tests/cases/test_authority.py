"""Cases in which somebody did what was not theirs to do, each after a real incident."""

from functools import partial
from typing import Any

import pytest

from connectcore import (
    AlreadyJoined,
    Audience,
    InvalidValue,
    Member,
    MemberId,
    MemoryStore,
    NotFound,
    Profile,
    Proposal,
    Refusal,
    Refused,
)
from connectcore.testing import RecordingStore
from tests.kinds import talk
from tests.network.test_invitations import codes
from tests.stores.keeping import kept
from tests.surface import ACTS_ON_A_MEMBER, OWN_READS, READS_OF_A_MEMBER, answer, everything
from tests.worlds import PROFESSIONAL, World, profile_of, world


@pytest.fixture(name="three")
def _three() -> World:
    """Ada invited Bob and is connected with Dan; Cyd is nobody to them."""
    made = world("ada", "bob", "cyd", "dan", connected=[("ada", "dan")])
    made["ada"].invitations.send("bob")
    return made


@pytest.mark.parametrize("answered", ["accept", "ignore", "report", "withdraw"])
@pytest.mark.parametrize("other", ["ada", "bob"])
def test_case_01_an_invitation_of_others_cannot_be_answered(
    three: World, answered: str, other: str
) -> None:
    """A third member who answers it or takes it back finds none, and nothing has happened.

    CVE-2026-0562 of lollms; django-friendship, pull request 32.
    """
    before = kept(three.store, [member.id for member in map(three.__getitem__, three.members)])
    with pytest.raises(Refused, match="no invitation between you two"):
        getattr(three["cyd"].invitations, answered)(other)

    assert kept(three.store, [three[member].id for member in three.members]) == before


def changed(before: Any, after: Any) -> set[str]:
    """The names of what is not as it was *before*."""
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize("act", ACTS_ON_A_MEMBER)
def test_case_02_naming_somebody_gives_nobody_their_rights(three: World, act: str) -> None:
    """Whoever names Ada in an act does it with their own rights: what is hers and Dan's stays.

    CVE-2026-53673 of BuddyPress, which checked the id that was passed in and not the caller.
    """
    own = {name: partial(read, three["ada"]) for name, read in OWN_READS.items()}
    own |= {
        f"{name} of {other}": partial(read, three["ada"], other)
        for name, read in READS_OF_A_MEMBER.items()
        for other in ("bob", "dan")
    }
    before = {name: answer(read) for name, read in own.items()}
    answer(partial(ACTS_ON_A_MEMBER[act], three["cyd"], "ada"))

    after = {name: answer(read) for name, read in own.items()}
    told = changed(before, after)
    put_to_her = {"invitations.received", "messages.requests", "data.export"}
    assert told <= put_to_her | {"notices.page", "notices.summary", "notices.unseen_count"}
    assert changed(before["data.export"], after["data.export"]) <= {
        *("invitations_received", "message_requests_received"),
        *("notices", "unseen_notices", "names"),
    }


def test_case_02_nobody_speaks_for_somebody_else(three: World) -> None:
    """An activity, a post and a profile are published by whoever acts, and by nobody else."""
    post = three["ada"].posts.publish("Mine.", audience=Audience.EVERYONE)

    with pytest.raises(InvalidValue, match="'cyd' is acting"):
        three["cyd"].activities.publish(talk("ada"))
    with pytest.raises(NotFound):
        three["cyd"].posts.retract(post.id)
    with pytest.raises(AlreadyJoined):
        three.network.join(Member("ada", profile_of("somebody else")))


def test_case_17_a_helper_sees_no_more_than_the_actor() -> None:
    """Code that acts for somebody, such as a rule, is given what they see and nothing beside.

    Google+ in 2018: fields that 52.5 million members shared with a friend went to the apps of
    that friend.
    """
    given: list[Proposal] = []

    def nosy(proposal: Proposal) -> Refusal | None:
        given.append(proposal)
        return None

    rules = PROFESSIONAL.with_inviting(nosy).with_accepting(nosy).with_blocking(nosy)
    made = world("ada", "bob", "cyd", connected=[("ada", "bob")], rules=rules)
    given.clear()
    made["cyd"].invitations.send("bob")
    made["bob"].invitations.accept("cyd")

    asked, accepting = given
    assert asked.other is not None
    assert accepting.other is not None
    assert asked.other.profile.contact.emails == ()
    assert asked.other.profile.about == ""
    assert accepting.other.profile.about == ""
    assert made["ada"].profiles.view("bob").profile.about == "bob likes machines."


@pytest.mark.parametrize("by", ["cyd", "dan"])
def test_case_21_an_invitation_serves_the_invitee_alone(three: World, by: str) -> None:
    """Who was not invited does not get in by knowing of the invitation.

    GHSA-f5hc-5wfr-7v74 of HumHub, where an invitation to a private group let anybody in.
    """
    for inviter in ("ada", "bob"):
        answer(partial(three[by].invitations.accept, inviter))

    assert codes(three["cyd"].invitations.may_send("ada")) == []
    assert three["bob"].connections.count() == 0
    assert [entry.member for entry in three["ada"].connections.page().items] == ["dan"]


@pytest.mark.parametrize("extra", ["role", "id", "is_verified", "joined_at"])
def test_case_22_what_is_no_field_is_refused(three: World, extra: str) -> None:
    """An edit that passes more than there is fails as a whole, it is not trimmed.

    CVE-2021-21389 of BuddyPress, where a profile update could set any column.
    """
    before = everything(three)

    with pytest.raises(TypeError, match=extra):
        Profile(**{"name": profile_of("ada").name, extra: "admin"})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=extra):
        three["ada"].settings.change(**{extra: "admin"})  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match=extra):
        three["ada"].settings.change(audiences={extra: Audience.EVERYONE})
    assert everything(three) == before


def test_case_24_notices_of_others_cannot_be_marked() -> None:
    """Somebody else's notice, one that no longer holds and one that never was are one answer.

    It costs the same calls of the store, too. CVE-2024-12145 of BuddyPress.
    """
    store = RecordingStore(MemoryStore())
    made = world("ada", "bob", "cyd", "dan", store=store)
    post = made["ada"].posts.publish("Hello.", audience=Audience.MEMBERS)
    for reader in made.members[1:]:
        made[reader].posts.react(post.id)
    of_ada = {each.actor: each.id for each in made["ada"].notices.page().items}
    made["bob"].invitations.send("cyd")
    (of_cyd,) = made["cyd"].notices.page().items
    made["dan"].blocks.add("ada")
    before = {member: made[member].notices.unseen_count() for member in made.members}

    outcomes: list[object] = []
    for wanted in (of_cyd.id, of_ada[MemberId("dan")], "never was", ""):
        store.calls.clear()
        outcomes.append((answer(partial(made["ada"].notices.mark_seen, up_to=wanted)), store.names))
    assert outcomes == [((NotFound, str(NotFound())), store.names)] * 4
    assert {member: made[member].notices.unseen_count() for member in made.members} == before
