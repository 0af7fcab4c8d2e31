"""Taking away activities, posts and comments, each with all that hangs on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet

from sqlalchemy import ColumnElement, delete, select, tuple_

from connectcore.activities import Activity, PostCommentedOn, PostReactedTo
from connectcore.posts import Comment, CommentId, PostId, with_replies
from connectcore.storage.sql.desk import Desk, Values

__all__ = ["remove_activities", "remove_comments", "remove_posts", "remove_told", "target_of"]


def target_of(comment: CommentId | None) -> str:
    """What stands for a post itself, or for one comment under it, among the reactions to the post."""
    return "" if comment is None else f"comment {comment}"


def remove_activities(desk: Desk, condition: ColumnElement[bool]) -> None:
    """Take away the activities of which *condition* holds, with what they mention."""
    told, mentions = desk.tables.activities, desk.tables.mentions
    keys = select(told.c.actor, told.c.key).where(condition)
    desk.do(delete(mentions).where(tuple_(mentions.c.actor, mentions.c.key).in_(keys)))
    desk.do(delete(told).where(condition))


def remove_told(desk: Desk, keys: Iterable[Values]) -> None:
    """Take away activities by `actor` and `key`, with what they mention."""
    for key in keys:
        desk.drop(desk.tables.mentions, key)
        desk.drop(desk.tables.activities, key)


def remove_posts(desk: Desk, posts: Collection[PostId]) -> None:
    """Take away *posts* with their comments, all reactions, and every activity about them."""
    if not posts:
        return
    tables = desk.tables
    remove_activities(desk, desk.among(tables.activities.c.about, posts))
    for table in (tables.reactions, tables.comments, tables.comment_places):
        desk.do(delete(table).where(desk.among(table.c.post, posts)))
    wrote = tables.authorships
    authors = select(tables.posts.c.author).where(desk.among(tables.posts.c.id, posts))
    desk.do(delete(wrote).where(wrote.c.author.in_(authors), desk.among(wrote.c.post, posts)))
    for table in (tables.posts, tables.locks):
        desk.do(delete(table).where(desk.among(table.c.id, posts)))


def remove_comments(desk: Desk, comments: Collection[CommentId]) -> None:
    """Take away *comments* with their replies, all reactions, and every activity about them."""
    if not comments:
        return
    tables = desk.tables
    places, told = tables.comment_places, tables.activities
    posts = select(places.c.post).where(desk.among(places.c.id, comments)).distinct()
    where = [PostId(post) for (post,) in desk.rows(posts)]
    doomed = _with_all_replies(desk, comments, where)
    telling = select(told.c.actor, told.c.key, told.c.kind, told.c.document).where(
        desk.among(told.c.about, where)
    )
    keys = [
        {"actor": actor, "key": key}
        for actor, key, kind, document in desk.rows(telling)
        if _comment_of(desk.documents.read_activity(kind, document)) in doomed
    ]
    remove_told(desk, keys)
    _remove_rows(desk, where, doomed)


def _remove_rows(desk: Desk, posts: Collection[PostId], comments: Collection[CommentId]) -> None:
    reactions, rows, places = (
        desk.tables.reactions,
        desk.tables.comments,
        desk.tables.comment_places,
    )
    targets = [target_of(comment) for comment in comments]
    for table, column, values in (
        (reactions, reactions.c.target, targets),
        (rows, rows.c.id, comments),
    ):
        desk.do(delete(table).where(desk.among(table.c.post, posts), desk.among(column, values)))
    desk.do(delete(places).where(desk.among(places.c.id, comments)))


def _with_all_replies(
    desk: Desk, comments: Collection[CommentId], posts: Collection[PostId]
) -> AbstractSet[CommentId]:
    rows = desk.tables.comments
    under = [
        desk.documents.read(document, Comment)
        for (document,) in desk.rows(select(rows.c.document).where(desk.among(rows.c.post, posts)))
    ]
    return {doomed for comment in comments for doomed in with_replies(comment, under)}


def _comment_of(activity: Activity) -> CommentId | None:
    """The comment that an activity is about."""
    match activity:
        case PostCommentedOn() | PostReactedTo():
            return activity.comment
        case _:
            return None
