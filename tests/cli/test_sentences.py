"""Activities told in sentences."""

from datetime import UTC, datetime
from typing import ClassVar, final

import pytest
from attrs import frozen

from connectcore import (
    Activity,
    ConnectionMade,
    FeedItem,
    MemberId,
    MemberJoined,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    ProfileChanged,
    Reason,
    RecommendationShown,
    SkillEndorsed,
    Tie,
)
from connectcore.cli.sentences import because, told
from connectcore.posts import CommentId, PostId
from connectcore.recommendations import RecommendationId

AT = datetime(2026, 3, 2, tzinfo=UTC)
ADA, BOB, CAT, DAN = map(MemberId, ("ada", "bob", "cat", "dan"))
POST, COMMENT = PostId("post"), CommentId("comment")


@final
@frozen(kw_only=True)
class TalkAnnounced(Activity):
    """An application's own kind of activity."""

    kind: ClassVar[str] = "talk_announced"


def name(member: MemberId) -> str:
    """The name that everybody is told by."""
    return member.title()


def item(*activities: Activity) -> FeedItem:
    """An item of Ada's feed."""
    reason = Reason(tie=Tie.CONNECTION, member=activities[0].actor)
    return FeedItem(activities=activities, reason=reason)


def made(actor: MemberId) -> ConnectionMade:
    """The news that somebody connected with Dan."""
    return ConnectionMade(id="1", actor=actor, member=DAN, at=AT)


def reacted(author: MemberId, commenter: MemberId | None = None) -> PostReactedTo:
    """The news that Bob reacted to a post, or to a comment under it."""
    comment = None if commenter is None else COMMENT
    return PostReactedTo(
        id="1", actor=BOB, at=AT, post=POST, author=author, comment=comment, commenter=commenter
    )


def commented(author: MemberId) -> PostCommentedOn:
    """The news that Bob commented on a post."""
    return PostCommentedOn(id="1", actor=BOB, at=AT, post=POST, author=author, comment=COMMENT)


def endorsed(actor: MemberId, member: MemberId) -> SkillEndorsed:
    """The news that somebody endorsed somebody."""
    return SkillEndorsed(
        id="1", actor=actor, at=AT, member=member, skill="Compilers", skill_key="compiler"
    )


def recommended(actor: MemberId, author: MemberId) -> RecommendationShown:
    """The news that somebody shows what somebody wrote about them."""
    written = RecommendationId("r1")
    return RecommendationShown(id="1", actor=actor, at=AT, recommendation=written, author=author)


@pytest.mark.parametrize(
    ("activities", "sentence"),
    [
        ([MemberJoined(id="1", actor=BOB, at=AT)], "Bob joined."),
        ([made(BOB)], "Bob connected with Dan."),
        ([made(BOB), made(CAT)], "Bob and Cat connected with Dan."),
        ([made(BOB), made(CAT), made(ADA)], "Bob and 2 others connected with Dan."),
        ([PostPublished(id="1", actor=BOB, at=AT, post=POST)], "Bob posted:"),
        ([reacted(CAT)], "Bob reacted to Cat's post:"),
        ([reacted(ADA)], "Bob reacted to your post:"),
        ([reacted(BOB)], "Bob reacted to their own post:"),
        ([reacted(CAT, DAN)], "Bob reacted to Dan's comment on Cat's post:"),
        ([reacted(CAT, ADA)], "Bob reacted to your comment on Cat's post:"),
        ([reacted(ADA, BOB)], "Bob reacted to their own comment on your post:"),
        ([commented(CAT)], "Bob commented on Cat's post:"),
        ([commented(BOB)], "Bob commented on their own post:"),
        ([commented(CAT), commented(CAT)], "Bob commented on Cat's post:"),
        (
            [ProfileChanged(id="1", actor=BOB, at=AT, fields=("headline",))],
            "Bob changed their headline.",
        ),
        (
            [ProfileChanged(id="1", actor=BOB, at=AT, fields=("about", "place", "skills"))],
            "Bob changed their about, place and skills.",
        ),
        ([endorsed(BOB, DAN), endorsed(CAT, DAN)], "Bob and Cat endorsed Dan for Compilers."),
        ([endorsed(BOB, ADA)], "Bob endorsed you for Compilers."),
        ([recommended(BOB, CAT)], "Bob shows a recommendation by Cat."),
        ([recommended(BOB, ADA)], "Bob shows a recommendation by you."),
        ([TalkAnnounced(id="1", actor=BOB, at=AT)], "Bob: talk announced."),
    ],
)
def test_an_item_is_a_sentence(activities: list[Activity], sentence: str) -> None:
    """Who did what, with up to two by their names, and "your" for what is the reader's."""
    assert told(item(*activities), ADA, name) == sentence


@pytest.mark.parametrize(
    ("tie", "sentence"),
    [
        (Tie.CONNECTION, "Because you are connected with Bob."),
        (Tie.FOLLOW, "Because you follow Bob."),
    ],
)
def test_a_reason_is_a_sentence(tie: Tie, sentence: str) -> None:
    """What makes somebody's doings appear is told with their name."""
    shown = FeedItem(activities=(made(BOB),), reason=Reason(tie=tie, member=BOB))

    assert because(shown, name) == sentence
