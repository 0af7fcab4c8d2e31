"""Recommendations: who wrote what about whose position, and whether it is shown."""

from __future__ import annotations

from connectcore.audiences import Audience
from connectcore.testing.model.showing import decided, told
from connectcore.testing.model.state import (
    LIMITS,
    Gone,
    Model,
    PositionName,
    Recommendation,
    RecommendationRequest,
    Stopped,
)
from connectcore.testing.model.telling import tell, untell

__all__ = [
    "ask_revision",
    "decide",
    "decline",
    "page",
    "part",
    "request",
    "revise",
    "withdraw",
    "withdraw_request",
    "write",
]


def write(
    model: Model, by: str, to: str, position: PositionName, *, text: str, new: str
) -> set[str]:
    """Recommend somebody; *new* is the id that it gets."""
    model.require_connection(by, to)
    if model.settings[to].recommendations is Audience.ONLY_ME:
        return {"not_accepting"}
    if any(
        (written.author, written.subject, written.position) == (by, to, position)
        for written in model.recommended.values()
    ):
        return {"already_written"}
    asked = _asked(model, to, by, position)
    seen = model.reads(by, to, "positions") and position in _positions(model, to)
    if not (asked or seen):
        return {"no_such_position"}
    _require_length("recommendation_too_long", text, LIMITS.recommendation)
    _put(model, new, Recommendation(by, to, position, text, model.now))
    for answered in asked:
        _unask(model, answered)
    return set()


def revise(model: Model, by: str, id_: str, text: str, new: str) -> set[str]:
    """Write a recommendation anew; *new* is the id that it gets."""
    model.act(by)
    if id_ not in model.recommended or model.recommended[id_].author != by:
        raise Gone
    former = model.recommended[id_]
    subject, position = former.subject, former.position
    if model.settings[subject].recommendations is Audience.ONLY_ME:
        return {"not_accepting"}
    _require_length("recommendation_too_long", text, LIMITS.recommendation)
    waited = told(former.standing) == "waiting"
    replaces = former.replaces if waited and former.replaces else id_
    asked = _asked(model, subject, by, position)
    for other, written in list(model.recommended.items()):
        alike = (written.author, written.subject, written.position) == (by, subject, position)
        if alike and told(written.standing) == "waiting":
            _take_back(model, other)
    _put(model, new, Recommendation(by, subject, position, text, model.now, replaces=replaces))
    for answered in asked:
        _unask(model, answered)
    return set()


def withdraw(model: Model, by: str, id_: str) -> set[str]:
    """Take a recommendation back that one wrote."""
    model.act(by)
    if id_ not in model.recommended or model.recommended[id_].author != by:
        raise Gone
    _take_back(model, id_)
    return set()


def decide(model: Model, by: str, id_: str, what: str) -> set[str]:
    """Accept, dismiss, hide or show what was written about oneself."""
    written = _about_me(model, by, id_)
    standing = decided(what, written.standing)
    if standing is None:
        return set()
    accepted = told(written.standing) == "waiting" and standing != "dismissed"
    written.standing = standing
    written.shown = model.now if standing == "shown" else None
    if accepted:
        if written.replaces is not None:
            _take_back(model, written.replaces)
        tell(model, "recommendation_accepted", to=written.author, actor=by, about=id_)
    return set()


def ask_revision(model: Model, by: str, id_: str, message: str, new: str) -> set[str]:
    """Ask for a revision; *new* is the id that the request gets."""
    written = _about_me(model, by, id_)
    if any(asked.revises == id_ for asked in model.recommendations_asked.values()):
        return set()
    _require_length("request_message_too_long", message, LIMITS.asking)
    model.recommendations_asked[new] = RecommendationRequest(
        by, written.author, written.position, model.now, revises=id_
    )
    tell(model, "revision_asked", to=written.author, actor=by, about=id_)
    return set()


def request(
    model: Model, by: str, of: str, position: PositionName, *, message: str, new: str
) -> set[str]:
    """Ask for a recommendation; *new* is the id that the request gets."""
    model.require_connection(by, of)
    if any(
        model.recommendations_asked[asked].revises is None
        for asked in _asked(model, by, of, position)
    ):
        return set()
    if model.settings[by].recommendations is Audience.ONLY_ME:
        return {"own_recommendations_off"}
    if any(
        (written.author, written.subject, written.position) == (of, by, position)
        and written.standing != "dismissed"
        for written in model.recommended.values()
    ):
        return {"already_recommended"}
    if position not in _positions(model, by):
        return {"position_not_listed"}
    _require_length("request_message_too_long", message, LIMITS.asking)
    model.recommendations_asked[new] = RecommendationRequest(by, of, position, model.now)
    tell(model, "recommendation_asked", to=of, actor=by, about=new)
    return set()


def withdraw_request(model: Model, by: str, id_: str) -> set[str]:
    """Take back what one asked."""
    model.act(by)
    if id_ not in model.recommendations_asked or model.recommendations_asked[id_].by != by:
        raise Gone
    _unask(model, id_)
    return set()


def decline(model: Model, by: str, id_: str) -> set[str]:
    """Dismiss what one was asked."""
    model.act(by)
    asked = model.recommendations_asked.get(id_)
    if asked is None or asked.of != by or not asked.open:
        raise Gone
    _dismiss(model, id_)
    return set()


def part(model: Model, one: str, other: str) -> None:
    """Take away all that the two wrote and asked each other."""
    for id_, written in list(model.recommended.items()):
        if {one, other} == {written.author, written.subject}:
            _take_back(model, id_)
    for id_, asked in list(model.recommendations_asked.items()):
        if {one, other} == {asked.by, asked.of}:
            _unask(model, id_)


def page(model: Model, viewer: str | None, owner: str) -> set[str]:
    """What was written about *owner*, as far as *viewer* may see it."""
    model.require(viewer, owner)
    opened = all(model.reads(viewer, owner, name) for name in ("recommendations", "positions"))
    return {
        id_
        for id_, written in model.recommended.items()
        if written.subject == owner
        and written.standing == "shown"
        and opened
        and model.sees(viewer, written.author)
    }


def _positions(model: Model, owner: str) -> set[PositionName]:
    return {(position.title, position.company) for position in model.profiles[owner].positions}


def _about_me(model: Model, by: str, id_: str) -> Recommendation:
    model.act(by)
    if id_ not in model.recommended or model.recommended[id_].subject != by:
        raise Gone
    return model.recommended[id_]


def _require_length(code: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Stopped(code=code)


def _asked(model: Model, by: str, of: str, position: PositionName) -> list[str]:
    return [
        id_
        for id_, asked in model.recommendations_asked.items()
        if (asked.by, asked.of, asked.position) == (by, of, position)
    ]


def _put(model: Model, new: str, written: Recommendation) -> None:
    model.recommended[new] = written
    subject, author = written.subject, written.author
    tell(model, "recommendation_written", to=subject, actor=author, about=new)


def _take_back(model: Model, id_: str) -> None:
    taken = model.recommended.pop(id_, None)
    if taken is None:
        return
    untell(model, "recommendation_written", to=taken.subject, actor=taken.author, about=id_)
    untell(model, "recommendation_accepted", to=taken.author, actor=taken.subject, about=id_)
    for other, asked in list(model.recommendations_asked.items()):
        if asked.revises == id_:
            _unask(model, other)


def _unask(model: Model, id_: str) -> None:
    if id_ in model.recommendations_asked:
        _dismiss(model, id_)
        del model.recommendations_asked[id_]


def _dismiss(model: Model, id_: str) -> None:
    asked = model.recommendations_asked[id_]
    asked.open = False
    if asked.revises is None:
        untell(model, "recommendation_asked", to=asked.of, actor=asked.by, about=id_)
    else:
        untell(model, "revision_asked", to=asked.of, actor=asked.by, about=asked.revises)
