"""Who is there for somebody in a scenario, what they show, and how far they are."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from connectcore import ContactDetails, NotFound, Profile
from connectcore.audiences import SECTIONS
from tests.scenarios.listing import whole
from tests.scenarios.stage import NOBODY, VISITOR, Stage
from tests.scenarios.words import part
from tests.surface import OWN_READS, READS_OF_A_MEMBER, VISITS_TO_A_MEMBER, answer

__all__ = ["EXPECTATIONS"]


def _finds(stage: Stage, who: str, member: str) -> None:
    found = stage.looking(who).profiles.view(stage.named(member))

    assert stage.looking(who).profiles.views([member]) == {member: found}
    assert stage.world.network.explain_view(_viewer(who), member).absent == ()


def _does_not_find(stage: Stage, who: str, member: str) -> None:
    """Every read answers as it does for somebody who never joined, and no list names them."""
    looking: Any = stage.looking(who)
    reads: Mapping[str, Any] = VISITS_TO_A_MEMBER if who == VISITOR else READS_OF_A_MEMBER
    own_block = who != VISITOR and _blocks(stage, who, member)
    for name, read in reads.items():
        if ".may_" in name and own_block:
            continue
        there = answer(partial(read, looking, stage.named(member)))
        assert (name, there) == (name, answer(partial(read, looking, NOBODY)))
    if who != VISITOR:
        seen: dict[str, Any] = {n: answer(partial(read, looking)) for n, read in OWN_READS.items()}
        seen["data.export"] = {**seen["data.export"], "blocks": None}
        told = {name: repr(read) for name, read in seen.items()}
        assert [name for name in told.keys() - {"blocks.page"} if f"'{member}'" in told[name]] == []
    assert stage.world.network.explain_view(_viewer(who), member).absent


def _sees(stage: Stage, who: str, word: str, member: str, *, reading: str | None = None) -> None:
    name = part(word)
    view = stage.looking(who).profiles.view(stage.named(member))
    explained = stage.world.network.explain_view(_viewer(who), member)

    assert name not in view.withheld
    assert explained.shows(name)
    assert view == stage[member].profiles.preview_as(view.circle)
    assert reading is None or _as_text(view.profile, name) == reading


def _does_not_see(stage: Stage, who: str, word: str, member: str) -> None:
    name = part(word)
    explained = stage.world.network.explain_view(_viewer(who), member)
    view = answer(lambda: stage.looking(who).profiles.view(stage.named(member)))

    assert not explained.shows(name)
    if explained.absent:
        assert view == (NotFound, str(NotFound()))
    elif name not in SECTIONS:
        seen = stage.looking(who).profiles.view(member)
        assert name in seen.withheld
        assert _as_text(seen.profile, name) in {"", "None", "()"}


def _explains(stage: Stage, who: str, word: str, *, reading: str) -> None:
    explained = stage[who].profiles.explain(part(word))

    assert f"{explained.audience} ({explained.because.value})" == reading
    assert explained in stage.world.network.explain_view(who, who).parts


def _as_text(profile: Profile, name: str) -> str:
    value = getattr(profile, name)
    return " ".join(value.emails) if isinstance(value, ContactDetails) else str(value)


def _viewer(who: str) -> str | None:
    return None if who == VISITOR else who


def _blocks(stage: Stage, who: str, member: str) -> bool:
    return member in [block.to for block in stage[who].blocks.page(limit=1000).items]


# ── Lists ───────────────────────────────────────────────────────────────────────────────────────


def _lists_connections(stage: Stage, who: str, of: str, *, are: Sequence[str]) -> None:
    connections = stage.looking(who).connections
    listed = [entry.member for entry in whole(partial(connections.page, stage.named(of)))]

    assert sorted(listed) == sorted(are)
    assert connections.count(of) == len(are)


def _has_connections(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    _lists_connections(stage, who, who, are=are)


def _shares(stage: Stage, who: str, other: str, *, are: Sequence[str]) -> None:
    shared = whole(partial(stage[who].connections.mutual, stage.named(other)))

    assert sorted(entry.member for entry in shared) == sorted(are)


def _received(stage: Stage, who: str, *, are: Sequence[str], noting: str | None = None) -> None:
    waiting = whole(stage[who].invitations.received)

    assert [invitation.inviter for invitation in waiting] == [*are]
    assert noting is None or [invitation.note for invitation in waiting] == [noting]


def _sent(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    assert [each.invitee for each in whole(stage[who].invitations.sent)] == [*are]


def _lists_blocks(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    assert [block.to for block in whole(stage[who].blocks.page)] == [*are]


def _follows(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    assert sorted(stage[who].follows.following()) == sorted(are)


def _mutes(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    assert sorted(stage[who].follows.muted()) == sorted(are)


# ── Distances ───────────────────────────────────────────────────────────────────────────────────


def _distance(stage: Stage, who: str, to: str, *, reading: str) -> None:
    connections = stage[who].connections
    degree = connections.degree(stage.named(to))

    assert str(degree) == reading
    assert connections.degrees([to]) == {to: degree}


def _way(stage: Stage, who: str, to: str, *, through: Sequence[str]) -> None:
    assert stage[who].connections.path(stage.named(to)) == (who, *through, to)


def _no_way(stage: Stage, who: str, to: str) -> None:
    assert stage[who].connections.path(stage.named(to)) is None


def _suggested(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    suggestions = stage[who].connections.suggestions(limit=100)

    assert [suggestion.member for suggestion in suggestions] == [*are]
    assert stage[who].connections.suggestions(limit=1) == suggestions[:1]


EXPECTATIONS: Mapping[str, Callable[..., None]] = {
    "finds {member}": _finds,
    "does not find {member}": _does_not_find,
    "sees the {part} of {member}": _sees,
    "does not see the {part} of {member}": _does_not_see,
    "knows who sees the {part}": _explains,
    "lists the connections of {member}": _lists_connections,
    "has connections": _has_connections,
    "shares connections with {member}": _shares,
    "has invitations from": _received,
    "waits for an answer from": _sent,
    "lists blocks": _lists_blocks,
    "follows": _follows,
    "mutes": _mutes,
    "measures the distance to {member}": _distance,
    "finds a way to {member}": _way,
    "finds no way to {member}": _no_way,
    "is suggested": _suggested,
}
