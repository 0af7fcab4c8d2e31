"""Posts, and what hangs on them."""

from __future__ import annotations

from connectcore.audiences import Audience
from connectcore.posts import Reaction
from connectcore.testing.model.state import Gone, Model
from connectcore.testing.model.telling import tell, untell

__all__ = [
    "comment",
    "comments",
    "erase",
    "publish",
    "published",
    "react",
    "reactions",
    "retract",
    "unreact",
]


def find(model: Model, viewer: str | None, target: str) -> tuple[str, str]:
    """The post and the author of a post or a comment that *viewer* may see."""
    post, writer = target, None
    if target in model.comments:
        post, writer, _, _ = model.comments[target]
    if not model.reads_post(viewer, post):
        raise Gone
    if writer is not None and not model.sees(viewer, writer):
        raise Gone
    return post, writer or model.posts[post][0]


def publish(model: Model, by: str, audience: Audience | None, new: str) -> set[str]:
    """Publish; *new* is the id that the post gets."""
    model.act(by)
    chosen = model.settings[by].posts if audience is None else audience
    model.posts[new] = (by, model.now, chosen)
    return set()


def comment(model: Model, by: str, under: str, new: str) -> set[str]:
    """Comment on a post, or reply to a comment; *new* is the id that the comment gets."""
    model.act(by)
    post, _ = find(model, by, under)
    parent = under if under in model.comments else None
    model.comments[new] = (post, by, model.now, parent)
    author = model.posts[post][0]
    answered = None if parent is None else model.comments[parent][1]
    if answered is not None:
        tell(model, "comment_replied_to", to=answered, actor=by, about=new)
    if answered != author:
        tell(model, "post_commented_on", to=author, actor=by, about=new)
    return set()


def react(model: Model, by: str, target: str, reaction: Reaction) -> set[str]:
    """React; another reaction than the first is no news, and is told at the moment of the first."""
    model.act(by)
    _, author = find(model, by, target)
    former = model.reactions.get((target, by))
    if former is None:
        tell(model, _kind(model, target), to=author, actor=by, about=target)
    model.reactions[target, by] = (reaction, model.now if former is None else former[1])
    return set()


def unreact(model: Model, by: str, target: str) -> set[str]:
    """Take a reaction back."""
    model.act(by)
    _, author = find(model, by, target)
    model.reactions.pop((target, by), None)
    untell(model, _kind(model, target), to=author, actor=by, about=target)
    return set()


def retract(model: Model, by: str, target: str) -> set[str]:
    """Take a post or a comment back, with all that hangs on it."""
    model.act(by)
    post, writer = find(model, by, target)
    if by not in {writer, model.posts[post][0]}:
        raise Gone
    erase(model, target)
    return set()


def erase(model: Model, target: str) -> None:
    """Forget a post or a comment, with all that hangs on it."""
    model.posts.pop(target, None)
    model.comments.pop(target, None)
    for reacted in [key for key in model.reactions if key[0] == target]:
        del model.reactions[reacted]
    for comment, (post, _, _, reply_to) in list(model.comments.items()):
        if target in {post, reply_to} and comment in model.comments:
            erase(model, comment)


def published(model: Model, viewer: str | None, author: str) -> set[str]:
    """What *author* published, as far as *viewer* may read it."""
    posts = {post for post, (by, *_) in model.posts.items() if by == author}
    found = {post for post in posts if model.reads_post(viewer, post)}
    if not found and not model.sees(viewer, author):
        raise Gone
    return found


def reactions(model: Model, viewer: str | None, target: str) -> dict[str, Reaction]:
    """Who reacted how to a post or a comment, as far as *viewer* may see it."""
    find(model, viewer, target)
    return {
        member: reaction
        for (about, member), (reaction, _) in model.reactions.items()
        if about == target and model.sees(viewer, member)
    }


def comments(model: Model, viewer: str | None, target: str) -> dict[str, str | None]:
    """The comments under the post of *target* and what each replies to, as *viewer* sees them."""
    post, _ = find(model, viewer, target)
    return {
        comment: parent if parent and model.sees(viewer, model.comments[parent][1]) else None
        for comment, (about, writer, _, parent) in model.comments.items()
        if about == post and model.sees(viewer, writer)
    }


def _kind(model: Model, target: str) -> str:
    return "comment_reacted_to" if target in model.comments else "post_reacted_to"
