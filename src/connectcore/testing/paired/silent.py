"""Differences in what is between others and the viewer, who is not told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

import attrs

from connectcore.audiences import Audience, declared_audience
from connectcore.endorsements import (
    ENDORSEMENTS_ASKED,
    ENDORSEMENTS_RECEIVED,
)
from connectcore.members import Member, MemberId
from connectcore.messages import REQUESTS_RECEIVED, REQUESTS_SENT, MessageWay
from connectcore.posts import Reaction
from connectcore.profiles import Profile
from connectcore.recommendations import (
    RECOMMENDATIONS_ASKED,
    RECOMMENDATIONS_RECEIVED,
    RECOMMENDATIONS_REQUESTED,
    RECOMMENDATIONS_WRITTEN,
)
from connectcore.relationships import Blocked, Invited, Strangers
from connectcore.showing import Showing
from connectcore.testing.paired.differences import Difference, Ground, Kind, deed
from connectcore.testing.paired.sight import Sight

__all__ = ["SILENT"]


# ── What the viewer sent, and what became of it ─────────────────────────────────────────────────


def _set_aside(ground: Ground) -> Iterator[Difference]:
    """An invitation of the viewer waits, was ignored, or was reported."""
    sight, viewer = ground.sight, ground.sight.viewer
    if viewer is None:
        return
    for other in sight.others:
        match sight.between(viewer, other):
            case Invited(invitation=pending, set_aside=None) if pending.inviter == viewer:
                ignored, reported = (deed(kind, other, viewer) for kind in ("ignore", "report"))
                yield ground.only(ignored)
                yield ground.only(reported)
                yield ground.either([ignored], [reported])
            case _:
                pass


def _declined(ground: Ground) -> Iterator[Difference]:
    """Whatever else the viewer asked for or said waits, or was dismissed."""
    sight, viewer = ground.sight, ground.sight.viewer
    if viewer is None:
        return
    for other in sight.others:
        for asked in sight.kept(REQUESTS_RECEIVED, other, viewer):
            if asked.way is MessageWay.REQUEST:
                yield ground.only(deed("decline", other, viewer))
        for request in sight.kept(ENDORSEMENTS_ASKED, other, viewer):
            yield ground.only(deed("pass endorsement over", other, viewer, request.skill))
        given = sight.kept(ENDORSEMENTS_RECEIVED, other, viewer)
        for endorsed in (each for each in given if each.standing is Showing.WAITING):
            yield ground.only(deed("dismiss endorsement", other, viewer, endorsed.skill))
        for sought in sight.kept(RECOMMENDATIONS_ASKED, other, viewer):
            yield ground.only(deed("pass recommendation over", other, detail=sought.id))
        received = sight.kept(RECOMMENDATIONS_RECEIVED, other, viewer)
        for written in (each for each in received if each.standing is Showing.WAITING):
            yield ground.only(deed("dismiss recommendation", other, detail=written.id))


# ── What was undone before anybody looked ───────────────────────────────────────────────────────


def _undone(ground: Ground) -> Iterator[Difference]:
    """What was done, mostly to the viewer, and taken back before they looked."""
    sight, written = ground.sight, ground.written
    towards = () if sight.viewer is None else (sight.viewer,) * 4
    for one in sight.others:
        for audience in (Audience.CONNECTIONS, Audience.EVERYONE):
            yield ground.only(
                deed("publish", one, detail=audience), deed("take down", one, written)
            )
        for writing in chain(sight.posts, sight.comments):
            yield ground.only(deed("comment", one, writing), deed("take down", one, written))
        for writing in _without_reaction(sight, one):
            reacted = deed("react", one, writing, Reaction.LOVE)
            yield ground.only(reacted, deed("unreact", one, writing))
        for other in (*sight.others, *towards):
            if other != one:
                for done, undone in _undoing(sight, one, other):
                    yield ground.only(deed(done, one, other), deed(undone, one, other))


def _without_reaction(sight: Sight, member: MemberId) -> Iterator[str]:
    """What *member* has not reacted to."""
    keys = {post: (post, None, member) for post in sight.posts} | {
        each.id: (each.post, each.id, member) for each in sight.comments.values()
    }
    there = sight.store.read(lambda snapshot: dict(snapshot.reactions(keys.values())))
    yield from (writing for writing, key in keys.items() if key not in there)


def _undoing(sight: Sight, one: MemberId, other: MemberId) -> Iterator[tuple[str, str]]:
    """What *one* may do to *other* and undo such that nothing is left of it."""
    state = sight.between(one, other)
    if isinstance(state, Blocked):
        return
    if one not in state.follows:
        yield "follow", "unfollow"
    if isinstance(state, Strangers):
        yield "invite", "withdraw"
        if not state.follows and not _wrote(sight, one, other) and not _wrote(sight, other, one):
            yield "block", "unblock"
    if not sight.connected(one, other) and not _wrote(sight, one, other):
        yield "ask", "recall"
    yield "vouch", "unvouch"
    said = sight.kept(RECOMMENDATIONS_WRITTEN, one, other)
    if not said and not sight.kept(RECOMMENDATIONS_REQUESTED, other, one):
        yield "recommend", "unsay"


def _wrote(sight: Sight, one: MemberId, other: MemberId) -> bool:
    return bool(sight.kept(REQUESTS_SENT, one, other))


# ── Who is not there ────────────────────────────────────────────────────────────────────────────


def _nobodies(ground: Ground) -> Iterator[Difference]:
    """Whatever is done by somebody who is not there for the viewer, or to them."""
    sight = ground.sight
    for nobody in filter(sight.is_nobody, sight.others):
        if sight.viewer is not None:
            yield ground.only(deed("edit", nobody, detail=ground.secret))
            yield ground.only(deed("publish", nobody, detail=Audience.EVERYONE))
        for writing in chain(sight.posts, sight.comments):
            yield ground.only(deed("comment", nobody, writing))
            yield ground.only(deed("react", nobody, writing, Reaction.LOVE))
        for other in sight.others:
            if other != nobody:
                for kind in ("connect", "endorse", "recommend", "follow", "remove", "block"):
                    yield ground.only(deed(kind, nobody, other))
                    yield ground.only(deed(kind, other, nobody))


def _newcomers(ground: Ground) -> Iterator[Difference]:
    """Somebody joins, keeps the viewer out, and is busy with others; or they never join."""
    sight, new = ground.sight, ground.newcomer
    if new.id in sight.members or (sight.viewer is None and _opens_up(new)):
        return
    came = [deed("join", new.id, detail=new)]
    if sight.viewer is not None:
        came.append(deed("block", new.id, sight.viewer))
    for other in sight.others:
        met = [*came, deed("connect", new.id, other)]
        yield ground.only(*met)
        for kind in ("endorse", "recommend", "follow", "mute", "write", "block"):
            yield ground.only(*met, deed(kind, new.id, other))
            yield ground.only(*met, deed(kind, other, new.id))
        for writing in chain(sight.posts, sight.comments):
            yield ground.only(*met, deed("comment", new.id, writing))
            yield ground.only(*met, deed("react", new.id, writing, Reaction.LOVE))
    if sight.viewer is not None:
        yield ground.only(*came, deed("publish", new.id, detail=Audience.EVERYONE))


def _opens_up(new: Member[Profile]) -> bool:
    """Whether somebody signed out sees anything of a profile like this one."""
    return any(
        declared_audience(each) is Audience.EVERYONE for each in attrs.fields(type(new.profile))
    )


def _gone(ground: Ground) -> Iterator[Difference]:
    """Somebody blocks the viewer, or is erased.

    But for what the two worlds would tell by other means: what the viewer decided about them, and
    replies to them, which are erased too and not hidden.
    """
    sight, viewer = ground.sight, ground.sight.viewer
    if viewer is None:
        return
    replied = {comment.reply_to for comment in sight.comments.values()}
    for other in sight.others:
        state = sight.between(viewer, other)
        theirs = {each.id for each in sight.comments.values() if each.author == other}
        if not isinstance(state, Blocked) and not replied & theirs:
            yield ground.either([deed("block", other, viewer)], [deed("erase", other)])


SILENT: Mapping[str, Kind] = {
    "invitations set aside": _set_aside,
    "requests declined": _declined,
    "what is undone": _undone,
    "nobodies": _nobodies,
    "newcomers": _newcomers,
    "blocked or erased": _gone,
}
