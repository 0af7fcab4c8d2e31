"""Notices as values: what a group of them says, and what it takes for one to hold."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from attrs import evolve

from connectcore import (
    Audience,
    Channel,
    Comment,
    InvalidValue,
    MemberId,
    Name,
    Notice,
    NoticeGroup,
    NoticeKind,
    Post,
    Settings,
    VisibilityPolicy,
)
from connectcore.notices import (
    ABOUT_A_COMMENT,
    ABOUT_A_POST,
    Circumstances,
    Seen,
    collapse,
    holds,
    unseen,
)
from connectcore.visibility import Standpoint
from tests.between import ADA, GRACE, SITUATIONS
from tests.stores.keeping import BOB, CAT, DAN, day, member_of
from tests.worlds import NOON, PROFESSIONAL, USUAL_VISIBILITY

OTHERS = (GRACE, BOB, CAT, DAN)
HERS = Post(id="hers", author=ADA, at=NOON, text="Text", audience=Audience.ONLY_ME)
PRIVATE = Post(id="private", author=BOB, at=NOON, text="Text", audience=Audience.ONLY_ME)
COMMENTS = [
    Comment(id="under hers", post="hers", author=GRACE, at=NOON, text="Text"),
    Comment(id="her own", post="hers", author=ADA, at=NOON, text="Text"),
    Comment(id="reply", post="hers", author=GRACE, at=NOON, text="Text", reply_to="her own"),
    Comment(id="another reply", post="hers", author=BOB, at=NOON, text="Text", reply_to="her own"),
    Comment(id="under private", post="private", author=GRACE, at=NOON, text="Text"),
]


def circumstances(
    *, situation: str = "strangers", circle: Audience | None = Audience.MEMBERS
) -> Circumstances:
    """Ada's at noon, towards Grace in some *situation* and in some *circle*; `None` is a block."""
    members = {member: member_of(member) for member in (ADA, *OTHERS)}
    circles = dict.fromkeys(OTHERS, Audience.MEMBERS) | {ADA: Audience.ONLY_ME}
    if circle is None:
        del circles[GRACE]
    else:
        circles[GRACE] = circle
    return Circumstances(
        standpoint=Standpoint(
            viewer=ADA,
            members=members,
            circles=circles,
            policy=USUAL_VISIBILITY,
            relationships={GRACE: SITUATIONS[situation]},
        ),
        posts={post.id: post for post in (HERS, PRIVATE)},
        comments={comment.id: comment for comment in COMMENTS},
        rules=PROFESSIONAL,
        at=NOON,
    )


def notice(kind: NoticeKind, about: str = "", *, actor: str = GRACE, hour: int = 0) -> Notice:
    """What Ada is told some hours before noon."""
    at = day(-hour / 24)
    return Notice(id=f"{actor} {hour}", kind=kind, to=ADA, actor=actor, at=at, about=about)


ABOUT: Mapping[NoticeKind, str] = {
    NoticeKind.POST_REACTED_TO: "hers",
    NoticeKind.POST_COMMENTED_ON: "under hers",
    NoticeKind.COMMENT_REPLIED_TO: "reply",
    NoticeKind.COMMENT_REACTED_TO: "her own",
    NoticeKind.SKILL_ENDORSED: "Compilers",
    NoticeKind.ENDORSEMENT_ASKED: "Compilers",
}
"""What a notice of a kind is about, if it is about something."""

HOLDS_WHEN: Mapping[NoticeKind, str] = {
    NoticeKind.INVITATION_RECEIVED: "Grace invited",
    NoticeKind.INVITATION_ACCEPTED: "connected",
}
"""The one situation in which a notice of some kinds holds."""


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_about_an_invitation_holds_while_it_waits(
    kind: NoticeKind, situation: str
) -> None:
    """Not when it was set aside, answered or taken back; one that was accepted, while connected."""
    expected = HOLDS_WHEN.get(kind, situation) == situation

    assert holds(notice(kind, ABOUT.get(kind, "")), circumstances(situation=situation)) is expected


@pytest.mark.parametrize("kind", NoticeKind)
def test_no_notice_by_somebody_who_is_not_there_holds(kind: NoticeKind) -> None:
    """Whatever it tells, and whatever else would let it hold."""
    situation = HOLDS_WHEN.get(kind, "strangers")
    told = notice(kind, ABOUT.get(kind, ""))

    assert holds(told, circumstances(situation=situation))
    assert not holds(told, circumstances(situation=situation, circle=None))


@pytest.mark.parametrize("kind", sorted(ABOUT_A_COMMENT | ABOUT_A_POST, key=str))
@pytest.mark.parametrize("about", ["gone", "private", "under private"])
def test_no_notice_about_what_is_gone_or_closed_holds(kind: NoticeKind, about: str) -> None:
    """Neither about a post nor about a comment, which is closed with its post."""
    assert not holds(notice(kind, about), circumstances())


def test_an_invitation_holds_until_it_is_too_old() -> None:
    """Nobody has to run anything for it."""
    told = notice(NoticeKind.INVITATION_RECEIVED)
    now = circumstances(situation="Grace invited")

    assert holds(told, evolve(now, at=day(179)))
    assert not holds(told, evolve(now, at=day(180)))


def test_an_invitation_to_an_address_holds_while_it_is_there() -> None:
    """For whoever the address belongs to, under what that goes by; and none of another's."""
    told = evolve(notice(NoticeKind.INVITATION_RECEIVED), to="digest")
    now = circumstances()

    assert not holds(told, now)
    assert holds(told, evolve(now, arrived={GRACE: MemberId("digest")}))
    assert not holds(told, evolve(now, arrived={GRACE: MemberId("another digest")}))
    assert not holds(told, evolve(now, arrived={BOB: MemberId("digest")}))


TOLD = [
    notice(NoticeKind.SKILL_ENDORSED, actor=actor, hour=hour)
    for actor, hour in [(GRACE, 0), (DAN, 1), (CAT, 1), (BOB, 1), (GRACE, 2)]
]


@pytest.mark.parametrize(
    ("seen", "newer"),
    [
        (None, 5),
        (Seen(at=TOLD[4].at, notice=TOLD[4].id), 4),
        (Seen(at=TOLD[3].at, notice=TOLD[3].id), 3),
        (Seen(at=TOLD[1].at, notice=TOLD[1].id), 1),
        (Seen(at=TOLD[1].at, notice="gone"), 1),
        (Seen(at=day(-1), notice="gone"), 5),
        (Seen(at=NOON, notice=TOLD[0].id), 0),
    ],
)
def test_what_came_after_the_last_that_was_seen_is_unseen(seen: Seen | None, newer: int) -> None:
    """Of one moment too; where the last is gone, all of its moment counts as seen."""
    assert [*unseen(TOLD, seen)] == TOLD[:newer]


ONE = {
    NoticeKind.INVITATION_RECEIVED: "Grace Example invited you to connect",
    NoticeKind.INVITATION_ACCEPTED: "Grace Example accepted your invitation",
    NoticeKind.MESSAGE_RECEIVED: "Grace Example wrote to you",
    NoticeKind.MESSAGE_REQUESTED: "Grace Example would like to write to you",
    NoticeKind.SKILL_ENDORSED: "Grace Example endorsed you for Compilers",
    NoticeKind.ENDORSEMENT_ASKED: "Grace Example asked you to endorse them for Compilers",
    NoticeKind.RECOMMENDATION_ASKED: "Grace Example asked you for a recommendation",
    NoticeKind.RECOMMENDATION_WRITTEN: "Grace Example wrote you a recommendation",
    NoticeKind.RECOMMENDATION_ACCEPTED: "Grace Example accepted your recommendation",
    NoticeKind.REVISION_ASKED: "Grace Example asked you to revise your recommendation",
    NoticeKind.POST_REACTED_TO: "Grace Example reacted to your post",
    NoticeKind.POST_COMMENTED_ON: "Grace Example commented on your post",
    NoticeKind.COMMENT_REPLIED_TO: "Grace Example replied to your comment",
    NoticeKind.COMMENT_REACTED_TO: "Grace Example reacted to your comment",
}
"""What one notice of each kind says."""

NUMBERED = {
    NoticeKind.INVITATION_RECEIVED: "You have 3 invitations",
    NoticeKind.MESSAGE_RECEIVED: "You have 3 new messages",
    NoticeKind.MESSAGE_REQUESTED: "You have 3 message requests",
    NoticeKind.RECOMMENDATION_ASKED: "You have 3 requests for a recommendation",
}
"""What three say of the kinds of which the number says more than the names."""


@pytest.mark.parametrize("kind", NoticeKind)
def test_alike_notices_make_one_sentence(kind: NoticeKind) -> None:
    """One names who it is; several name one or two and count the others, or count alone."""
    about = ABOUT.get(kind, "")
    told = [notice(kind, about, actor=actor, hour=hour) for hour, actor in enumerate(OTHERS[:3])]
    groups = [collapse(told[:number], circumstances()) for number in (1, 2, 3)]
    several = ONE[kind].replace("Grace Example", "Grace Example and {}")
    expected = [
        ONE[kind],
        NUMBERED.get(kind, several.format("Bob Example")).replace("3", "2"),
        NUMBERED.get(kind, several.format("2 others")),
    ]

    assert [[str(group) for group in each] for each in groups] == [[text] for text in expected]


def test_a_group_counts_notices_and_names_members() -> None:
    """Somebody who acts twice is named once; the newest comes first."""
    kind = NoticeKind.MESSAGE_RECEIVED
    told = [notice(kind, str(hour), actor=(BOB, GRACE, BOB)[hour], hour=hour) for hour in range(3)]
    (group,) = collapse(told, circumstances())

    assert group == NoticeGroup(
        kind=kind,
        about="",
        actors=(BOB, GRACE),
        names=(Name("Bob", "Example"), Name("Grace", "Example")),
        count=3,
        at=NOON,
    )


def test_one_member_alone_is_never_others() -> None:
    """Two comments by one make a sentence about one."""
    told = [notice(NoticeKind.COMMENT_REPLIED_TO, about) for about in ("reply", "reply")]

    assert [str(group) for group in collapse(told, circumstances())] == [ONE[told[0].kind]]


ALIKE: Mapping[str, tuple[Sequence[Notice], Sequence[str]]] = {
    "comments under one post": (
        [
            notice(NoticeKind.POST_COMMENTED_ON, about)
            for about in ("under hers", "her own", "under private")
        ],
        ["hers", "private"],
    ),
    "replies to one comment": (
        [notice(NoticeKind.COMMENT_REPLIED_TO, about) for about in ("reply", "another reply")],
        ["her own"],
    ),
    "replies to what is no longer known": (
        [notice(NoticeKind.COMMENT_REPLIED_TO, "under hers")],
        [""],
    ),
    "reactions to each post": (
        [notice(NoticeKind.POST_REACTED_TO, about) for about in ("hers", "private", "hers")],
        ["hers", "private"],
    ),
    "endorsements of each skill": (
        [notice(NoticeKind.SKILL_ENDORSED, about) for about in ("Chess", "Compilers", "Chess")],
        ["Chess", "Compilers"],
    ),
    "messages of all conversations": (
        [notice(NoticeKind.MESSAGE_RECEIVED, about) for about in ("1", "2")],
        [""],
    ),
}


@pytest.mark.parametrize("name", ALIKE)
def test_notices_are_alike_when_they_are_about_one_thing(name: str) -> None:
    """A post, a comment or a skill; invitations and messages are all alike."""
    told, expected = ALIKE[name]

    assert [group.about for group in collapse(told, circumstances())] == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Settings(), "Grace Example endorsed you for Chess"),
        (Settings(full_name=Audience.CONNECTIONS), "Grace E. endorsed you for Chess"),
        (Settings(audiences={"name": Audience.ONLY_ME}), "A member endorsed you for Chess"),
    ],
)
def test_names_are_those_that_the_reader_may_see(chosen: Settings, expected: str) -> None:
    """A family name is an initial to strangers, and who hides their name is a member like any."""
    now = circumstances()
    members = {**now.standpoint.members, GRACE: member_of(GRACE, chosen)}
    standpoint = evolve(now.standpoint, members=members, policy=VisibilityPolicy(bounds=()))
    told = [notice(NoticeKind.SKILL_ENDORSED, "Chess")]

    assert [str(g) for g in collapse(told, evolve(now, standpoint=standpoint))] == [expected]


def test_a_name_stays_on_one_line() -> None:
    """Whatever white space is in it, so that a sentence fits a subject."""
    group = NoticeGroup(
        kind=NoticeKind.RECOMMENDATION_WRITTEN,
        about="",
        actors=(GRACE,),
        names=(Name("Grace\r\nBcc: all@example.org", " Hopper "),),
        count=1,
        at=NOON,
    )

    assert str(group) == "Grace Bcc: all@example.org Hopper wrote you a recommendation"


def test_channels_of_a_notice_are_channels() -> None:
    """As in preferences, a text that looks like one is refused."""
    wrong: Any = ["email"]

    with pytest.raises(InvalidValue, match="choose from"):
        evolve(notice(NoticeKind.POST_REACTED_TO), channels=wrong)
    assert notice(NoticeKind.POST_REACTED_TO).channels == {Channel.IN_APP}
