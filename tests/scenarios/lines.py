"""A feed in words, a line an item: who did what, and why the reader is told."""

from connectcore import (
    Activity,
    ConnectionMade,
    FeedItem,
    MemberJoined,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    ProfileChanged,
    RecommendationShown,
    SkillEndorsed,
)
from tests.scenarios.stage import Stage

__all__ = ["feed_line"]


def feed_line(stage: Stage, item: FeedItem) -> str:
    """An item of a feed: "grace and linus reacted to a-note: you are connected with grace"."""
    return f"{' and '.join(item.actors)} {_deed(stage, item.lead)}: {item.reason}"


def _deed(stage: Stage, activity: Activity) -> str:
    match activity:
        case MemberJoined():
            return "joined"
        case ConnectionMade():
            return f"connected with {activity.member}"
        case PostPublished():
            return f"published {stage.label(activity.post)}"
        case PostReactedTo():
            return f"reacted to {stage.label(activity.comment or activity.post)}"
        case PostCommentedOn():
            return f"commented on {stage.label(activity.post)}"
        case ProfileChanged():
            return f"changed the {' and '.join(activity.fields)}"
        case SkillEndorsed():
            return f"endorsed {activity.member} for {activity.skill}"
        case RecommendationShown():
            return f"showed what {activity.author} wrote"
        case _:
            return activity.kind
