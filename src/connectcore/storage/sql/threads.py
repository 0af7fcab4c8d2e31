"""Taking away activities, posts and comments, each with all that hangs on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet

from sqlalchemy import ColumnElement, Delete, Table, delete, select, tuple_

from connectcore.activities import Activity, PostCommentedOn, PostReactedTo
from connectcore.posts import Comment, CommentId, PostId, with_replies
from connectcore.storage.sql.desk import Desk, Values
from connectcore.storage.sql.phrases import Among, Given, Phrase, Query, among, say
from connectcore.storage.sql.schema import Tables

__all__ = ["remove_activities", "remove_comments", "remove_posts", "remove_told", "target_of"]


def target_of(comment: CommentId | None) -> str:
    """What stands for a post itself, or for one comment under it, among the reactions to the post."""
    return "" if comment is None else f"comment {comment}"


def remove_activities(desk: Desk, those: Phrase[ColumnElement[bool]]) -> None:
    """Take away the activities that are *those*, with what they mention."""
    desk.do(say(_mentioned, those=those))
    desk.do(say(_told, those=those))


def remove_told(desk: Desk, keys: Iterable[Values]) -> None:
    """Take away activities by `actor` and `key`, with what they mention."""
    for key in keys:
        desk.drop(desk.tables.mentions, key)
        desk.drop(desk.tables.activities, key)


def remove_posts(desk: Desk, posts: Collection[PostId]) -> None:
    """Take away *posts* with their comments, all reactions, and every activity about them."""
    if not posts:
        return
    tables, them = desk.tables, Among(posts)
    remove_activities(desk, say(_about, posts=them))
    for table in (tables.reactions, tables.comments, tables.comment_places):
        desk.do(say(_under, table=table, posts=them))
    desk.do(say(_authorships, posts=them))
    for table in (tables.posts, tables.locks):
        desk.do(say(_with_ids, table=table, ids=them))


def remove_comments(desk: Desk, comments: Collection[CommentId]) -> None:
    """Take away *comments* with their replies, all reactions, and every activity about them."""
    if not comments:
        return
    posts = desk.rows(say(_posts_with, comments=Among(comments)))
    where = [PostId(post) for (post,) in posts]
    doomed = _with_all_replies(desk, comments, where)
    keys = [
        {"actor": actor, "key": key}
        for actor, key, kind, document in desk.rows(say(_telling, posts=Among(where)))
        if _comment_of(desk.documents.read_activity(kind, document)) in doomed
    ]
    remove_told(desk, keys)
    _remove_rows(desk, where, doomed)


def _remove_rows(desk: Desk, posts: Collection[PostId], comments: Collection[CommentId]) -> None:
    where, targets = Among(posts), Among(map(target_of, comments))
    desk.do(say(_reactions, posts=where, targets=targets))
    desk.do(say(_comments, posts=where, ids=Among(comments)))
    desk.do(say(_with_ids, table=desk.tables.comment_places, ids=Among(comments)))


def _with_all_replies(
    desk: Desk, comments: Collection[CommentId], posts: Collection[PostId]
) -> AbstractSet[CommentId]:
    under = [
        desk.documents.read(document, Comment)
        for (document,) in desk.rows(say(_documents_under, posts=Among(posts)))
    ]
    return {doomed for comment in comments for doomed in with_replies(comment, under)}


def _comment_of(activity: Activity) -> CommentId | None:
    """The comment that an activity is about."""
    match activity:
        case PostCommentedOn() | PostReactedTo():
            return activity.comment
        case _:
            return None


# ── The words ───────────────────────────────────────────────────────────────────────────────────


def _about(tables: Tables, posts: Given) -> ColumnElement[bool]:
    return among(tables.activities.c.about, posts)


def _mentioned(tables: Tables, those: Given) -> Delete:
    told, mentions = tables.activities, tables.mentions
    keys = select(told.c.actor, told.c.key).where(those)
    return delete(mentions).where(tuple_(mentions.c.actor, mentions.c.key).in_(keys))


def _told(tables: Tables, those: Given) -> Delete:
    return delete(tables.activities).where(those)


def _under(_: Tables, table: Table, posts: Given) -> Delete:
    return delete(table).where(among(table.c.post, posts))


def _authorships(tables: Tables, posts: Given) -> Delete:
    wrote = tables.authorships
    authors = select(tables.posts.c.author).where(among(tables.posts.c.id, posts))
    return delete(wrote).where(wrote.c.author.in_(authors), among(wrote.c.post, posts))


def _with_ids(_: Tables, table: Table, ids: Given) -> Delete:
    return delete(table).where(among(table.c.id, ids))


def _posts_with(tables: Tables, comments: Given) -> Query:
    places = tables.comment_places
    return select(places.c.post).where(among(places.c.id, comments)).distinct()


def _telling(tables: Tables, posts: Given) -> Query:
    told = tables.activities
    return select(told.c.actor, told.c.key, told.c.kind, told.c.document).where(
        among(told.c.about, posts)
    )


def _documents_under(tables: Tables, posts: Given) -> Query:
    rows = tables.comments
    return select(rows.c.document).where(among(rows.c.post, posts))


def _reactions(tables: Tables, posts: Given, targets: Given) -> Delete:
    rows = tables.reactions
    return delete(rows).where(among(rows.c.post, posts), among(rows.c.target, targets))


def _comments(tables: Tables, posts: Given, ids: Given) -> Delete:
    rows = tables.comments
    return delete(rows).where(among(rows.c.post, posts), among(rows.c.id, ids))
