"""Every value of the face is frozen and hashable, equal to its copy, and tells nothing private."""

import copy
import inspect
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

import connectcore
from connectcore import (
    Acquaintance,
    ActingMember,
    Activity,
    AddressInvitation,
    Announcement,
    Audience,
    Because,
    BlocksAtMost,
    Bounds,
    Caution,
    Channel,
    Comment,
    ConfirmedAddress,
    ConnectcoreError,
    Connection,
    ConnectionMade,
    ConnectionRules,
    ConnectionsAtMost,
    Contact,
    ContactDetails,
    Conversation,
    CoolingOff,
    Correspondent,
    Disclosure,
    Education,
    Email,
    EmailAfterReports,
    EndorsedSkill,
    Endorsement,
    EndorsementRequest,
    Explanation,
    FeedItem,
    FeedPolicy,
    FeedPreferences,
    GuestInvited,
    GuestLetter,
    GuestReminded,
    InMailBalance,
    InMailPlan,
    InvitationSent,
    JournalEntry,
    LeftOut,
    LoadReport,
    Mailing,
    Member,
    MemberJoined,
    MemberUnblocked,
    Message,
    MessageAllowance,
    MessagePolicy,
    MessageProposal,
    MessageRequest,
    MessageStanding,
    MessageWay,
    Name,
    Network,
    NoteAtMost,
    NotesPerMonth,
    Notice,
    NoticeGroup,
    NoticeKind,
    NoticePreferences,
    Page,
    Pair,
    PairEvent,
    Past,
    PendingAtMost,
    PendingInvitation,
    Position,
    Post,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    PostView,
    Profile,
    ProfileChanged,
    Proposal,
    Quota,
    Reacted,
    Reaction,
    Reason,
    ReblockAfter,
    Recommendation,
    RecommendationPolicy,
    RecommendationRequest,
    RecommendationShown,
    Refusal,
    Reminder,
    ReminderPolicy,
    SentPerWeek,
    Settings,
    Showing,
    SkillEndorsed,
    SkillPolicy,
    Standing,
    Suggestion,
    Tie,
    Verdict,
    VisibilityPolicy,
    WorkingRelationship,
    replay,
)
from connectcore.posts import CommentId, PostId
from connectcore.recommendations import RecommendationId
from connectcore.refusals import ONESELF
from connectcore.visibility import view
from tests.between import ADA, EVENTS, GRACE, SITUATIONS, did
from tests.worlds import NOON

PRIVATE = "Confidential"

PARTS_OF_A_PROFILE = (
    Name(PRIVATE, PRIVATE),
    ContactDetails(emails=(PRIVATE,), phones=(PRIVATE,), address=PRIVATE, websites=(PRIVATE,)),
    Position(title=PRIVATE, company=PRIVATE, place=PRIVATE, description=PRIVATE),
    Education(school=PRIVATE, degree=PRIVATE, field_of_study=PRIVATE),
)
NAME, CONTACT, POSITION, EDUCATION = PARTS_OF_A_PROFILE
PROFILE = Profile(
    name=NAME,
    headline=PRIVATE,
    photo=PRIVATE,
    place=PRIVATE,
    industry=PRIVATE,
    positions=(POSITION,),
    education=(EDUCATION,),
    skills=(PRIVATE,),
    about=PRIVATE,
    contact=CONTACT,
    birthday=date(1815, 12, 10),
)
MEMBER = Member(ADA, PROFILE, settings=Settings(audiences={"about": Audience.ONLY_ME}))
SENT = InvitationSent(by=ADA, to=GRACE, at=NOON, note=PRIVATE, acquaintance=Acquaintance.COLLEAGUE)
POST = Post(id="1", author=ADA, at=NOON, text=PRIVATE, audience=Audience.MEMBERS)
COMMENT = Comment(id="2", post="1", author=GRACE, at=NOON, text=PRIVATE)
WAITING = PendingInvitation(inviter=ADA, invitee=GRACE, sent_at=NOON, note=PRIVATE)
JOINED = MemberJoined(id="3", actor=ADA, at=NOON)
ON_POST: dict[str, Any] = {"actor": GRACE, "at": NOON, "post": PostId("1")}
NOTICE = Notice(
    id="10", kind=NoticeKind.SKILL_ENDORSED, to=ADA, actor=GRACE, at=NOON, about=PRIVATE
)
MESSAGE = Message(id="11", of=ADA, member=GRACE, sender=GRACE, at=NOON, text=PRIVATE)
ASKED: dict[str, Any] = {"way": MessageWay.INMAIL, "at": NOON, "text": PRIVATE, "subject": PRIVATE}
SKILL: dict[str, Any] = {"skill": PRIVATE, "skill_key": PRIVATE}
TO_AN_ADDRESS = AddressInvitation(
    inviter=ADA, address=f"{PRIVATE}@a.org", sent_at=NOON, note=PRIVATE, remind_at=(NOON,)
)
REASON = Reason(tie=Tie.CONNECTION, member=ADA)

VALUES = (
    *PARTS_OF_A_PROFILE,
    PROFILE,
    MEMBER,
    MEMBER.settings,
    MEMBER.settings.feed,
    view(MEMBER, Audience.ONLY_ME, VisibilityPolicy()),
    # What two members are to each other, and what happens between them.
    Pair.of(ADA, GRACE),
    *SITUATIONS.values(),
    PairEvent(by=ADA, to=GRACE, at=NOON),
    Past(frozenset((did(ADA, MemberUnblocked),))),
    *(did(ADA, kind) for kind in EVENTS),
    SENT,
    replay([SENT]),
    WAITING,
    Connection(of=ADA, member=GRACE, since=NOON),
    # Rules and refusals.
    BlocksAtMost(),
    ConnectionsAtMost(),
    CoolingOff(),
    EmailAfterReports(),
    NoteAtMost(),
    NotesPerMonth(),
    PendingAtMost(),
    ReblockAfter(),
    SentPerWeek(),
    ConnectionRules.professional(),
    Standing(sent=(NOON,)),
    Proposal(actor=MEMBER, to=GRACE, other=MEMBER, at=NOON, note=PRIVATE),
    Refusal(code="wait", message="Wait.", possible_at=NOON, shown_as=ONESELF),
    Caution(code="late", message="It is late."),
    Quota(code="sent_per_week", limit=100, used=97, frees_at=NOON),
    Verdict((ONESELF,)),
    # Visibility and the graph.
    Bounds(),
    VisibilityPolicy(),
    Explanation(name="about", audience=Audience.MEMBERS, because=Because.CHOSEN),
    Announcement(
        name="about",
        decided_by=Explanation(name="about", audience=Audience.MEMBERS, because=Because.CHOSEN),
    ),
    Disclosure(viewer=None, member=ADA, circle=None, absent=(ONESELF,)),
    Suggestion(member=ADA, shared=(GRACE,)),
    # Posts, activities and feeds.
    POST,
    COMMENT,
    Reacted(post="1", member=GRACE, at=NOON),
    PostView(post=POST, reactions=((Reaction.LIKE, 1),), comments=1),
    Activity(id="4", actor=ADA, at=NOON),
    JOINED,
    ConnectionMade(id="5", actor=ADA, at=NOON, member=GRACE),
    PostPublished(id="6", actor=ADA, at=NOON, post=PostId("1")),
    PostReactedTo(id="7", author=ADA, **ON_POST),
    PostCommentedOn(id="8", author=ADA, comment=CommentId("2"), **ON_POST),
    ProfileChanged(id="9", actor=ADA, at=NOON, fields=("about",)),
    FeedItem(activities=(JOINED,), reason=REASON, post=POST),
    FeedPolicy(),
    FeedPreferences(hidden_kinds={"member_joined"}),
    Page((POST, COMMENT)),
    REASON,
    LeftOut(MEMBER, ONESELF),
    # What connections say of each other.
    Endorsement(giver=ADA, to=GRACE, at=NOON, standing=Showing.SHOWN, **SKILL),
    EndorsementRequest(by=GRACE, of=ADA, at=NOON, **SKILL),
    EndorsedSkill(skill=PRIVATE, endorsements=1),
    SkillEndorsed(id="11", actor=ADA, at=NOON, member=GRACE, **SKILL),
    SkillPolicy(),
    Recommendation(
        id="12",
        author=ADA,
        subject=GRACE,
        position=POSITION,
        relationship=WorkingRelationship.TAUGHT,
        text=PRIVATE,
        at=NOON,
        standing=Showing.HIDDEN,
        replaces="11",
    ),
    RecommendationRequest(
        id="13", by=GRACE, of=ADA, position=POSITION, message=PRIVATE, at=NOON, revises="12"
    ),
    RecommendationShown(
        id="14", actor=GRACE, at=NOON, recommendation=RecommendationId("12"), author=ADA
    ),
    RecommendationPolicy(),
    # Messages.
    MESSAGE,
    Conversation(of=ADA, member=GRACE, last=MESSAGE, unread=1),
    Correspondent(of=ADA, member=GRACE, since=NOON),
    MessageRequest(id="12", sender=ADA, to=GRACE, **ASKED),
    MessageProposal(actor=MEMBER, to=GRACE, other=MEMBER, **ASKED),
    MessageAllowance(credits=1, next_grant_at=NOON),
    MessagePolicy(),
    MessageStanding(at=NOON, requested=(NOON,)),
    InMailBalance(credits=1, granted_at=NOON),
    InMailPlan(),
    # Addresses and contacts.
    ConfirmedAddress(address=f"{PRIVATE}@example.org", confirmed_at=NOON),
    Contact("1", name=NAME, emails=(f"{PRIVATE}@example.org",), note=PRIVATE, added_at=NOON),
    TO_AN_ADDRESS,
    Reminder(invitation=TO_AN_ADDRESS, at=NOON),
    ReminderPolicy(),
    GuestInvited(invitation=TO_AN_ADDRESS),
    GuestReminded(invitation=TO_AN_ADDRESS, at=NOON),
    GuestLetter(invitation=TO_AN_ADDRESS, name=NAME, reminded=1),
    # Notices and the journal.
    NoticePreferences(channels={NoticeKind.POST_REACTED_TO: {Channel.WEEKLY_DIGEST}}),
    NOTICE,
    NoticeGroup(
        kind=NOTICE.kind, about=PRIVATE, actors=(GRACE,), names=(NAME,), count=1, at=NOTICE.at
    ),
    Mailing(notice=NOTICE),
    JournalEntry(id="10", owner=ADA, other=GRACE, due_at=NOON, happening=NOTICE),
    Email(
        id="10 mail",
        to=f"{PRIVATE}@example.org",
        subject=PRIVATE,
        text=PRIVATE,
        token=PRIVATE,
        due_at=NOON,
        owner=ADA,
        entries=["10 mail"],
    ),
)
REPORT: LoadReport[Profile] = LoadReport(
    loaded={Post: 1}, present={Post: 2}, left_out=(LeftOut(POST, ONESELF),)
)
"""The one value that is no key: it counts in a mapping, and is read once."""

each_value = pytest.mark.parametrize(
    "value",
    [
        pytest.param(value, id=f"{type(value).__name__} {number}")
        for number, value in enumerate((*VALUES, REPORT))
    ],
)


def pickled(value: object) -> object:
    """*value* as another process gets it."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - what it pickled itself


def test_every_value_of_the_face_is_here() -> None:
    """A value class that is added to the face is held to what this file promises."""
    public = {getattr(connectcore, name) for name in connectcore.__all__}

    assert {kind for kind in public if inspect.isclass(kind) and attrs.has(kind)} <= {
        type(value) for value in (*VALUES, REPORT)
    }


@each_value
def test_a_value_is_frozen(value: attrs.AttrsInstance) -> None:
    """No field can be assigned or deleted, and none can be added."""
    for name in (*(field.name for field in attrs.fields(type(value))), "another"):
        with pytest.raises((FrozenInstanceError, AttributeError)):
            setattr(value, name, None)
        with pytest.raises((FrozenInstanceError, AttributeError)):
            delattr(value, name)


@each_value
def test_a_value_is_equal_to_its_copy(value: Any) -> None:
    """Copied, pickled or made anew from its parts it is of the same class and equal."""
    for again in (copy.copy, copy.deepcopy, attrs.evolve, pickled):
        other = again(value)
        assert type(other) is type(value)
        assert other == value


@pytest.mark.parametrize("again", [copy.deepcopy, pickled])
def test_a_value_finds_its_copy_in_a_set(again: Callable[[Any], Any]) -> None:
    """Equal values have equal hashes, so that any of them is a key."""
    assert {again(value) for value in VALUES} == set(VALUES)


@each_value
def test_a_value_tells_nothing_private(value: object) -> None:
    """What members wrote stays out of `repr`, and so out of logs, but for the parts themselves."""
    assert (PRIVATE in repr(value)) is (value in PARTS_OF_A_PROFILE)


EMAIL = next(value for value in VALUES if isinstance(value, Email))

WRONG: dict[str, Callable[[ActingMember[Profile]], object]] = {
    "a confirmed address": lambda _: ConfirmedAddress(address=PRIVATE, confirmed_at=NOON),
    "the addresses of a contact": lambda _: Contact("1", emails=(PRIVATE,)),
    "an address for the addresses": lambda _: Contact("1", emails=f"{PRIVATE}@example.org"),
    "the note of a contact": lambda _: Contact("1", name=NAME, note=f"{PRIVATE}\0"),
    "to whom a mail goes": lambda _: attrs.evolve(EMAIL, to=PRIVATE),
    "where one unsubscribes": lambda _: EMAIL.to_message("a@b.org", unsubscribe_url=PRIVATE),
    "an address to confirm": lambda me: me.addresses.confirm(PRIVATE),
    "an address to give up": lambda me: me.addresses.remove(PRIVATE),
    "an address to invite": lambda me: me.invitations.send_to_address(PRIVATE),
    "an address that may be invited": lambda me: me.invitations.may_send_to_address(PRIVATE),
    "an address to leave alone": lambda me: me.invitations.withdraw_from_address(PRIVATE),
    "a note": lambda me: me.invitations.send("linus", note=f"{PRIVATE}\0"),
    "a post": lambda me: me.posts.publish(f"{PRIVATE}\0"),
    "a message": lambda me: me.messages.send("grace", f"{PRIVATE}\0"),
    "a skill": lambda me: me.endorsements.give("grace", skill=f"{PRIVATE}\0"),
    "a long skill": lambda me: me.endorsements.give("grace", skill=PRIVATE * 100),
    "a skill to ask for": lambda me: me.endorsements.request("grace", skill=PRIVATE),
    "a cursor": lambda me: me.contacts.page(after=PRIVATE),
}
"""Calls that are wrong, each with something private in it."""


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_an_error_tells_nothing_private(wrong: Callable[[ActingMember[Profile]], object]) -> None:
    """Neither the text nor the `repr` of an exception, which both end in logs, quotes a member."""
    network = Network(clock=lambda: NOON)
    for member in (ADA, GRACE, "linus"):
        network.join(Member(member, Profile(name=Name(member.title()))))
    network.load([Connection(of=ADA, member=GRACE, since=NOON)])
    with pytest.raises(ConnectcoreError) as refused:
        wrong(network.as_member(ADA))

    assert PRIVATE not in f"{refused.value} {refused.value!r}"
