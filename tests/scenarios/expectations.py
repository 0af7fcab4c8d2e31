"""What a scenario expects: a sentence for each thing that can be seen, asked in every way there is.

An expectation about a list reads it whole and in short pages, and counts it; one about a field
asks the profile, the preview and the operator; one about an act tries it, undoes it, and asks
beforehand where there is a call for that.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from connectcore import (
    Act,
    AudienceOutOfBounds,
    ContactDetails,
    NotFound,
    Page,
    Profile,
    Refusal,
    Refused,
    Verdict,
)
from connectcore.audiences import SECTIONS
from tests.scenarios.acts import ACTS
from tests.scenarios.lines import feed_line
from tests.scenarios.stage import NOBODY, VISITOR, Stage
from tests.scenarios.words import duration, infinitive, matching, part
from tests.surface import (
    OWN_READS,
    READS_OF_A_MEMBER,
    READS_OF_A_POST,
    VISITS_TO_A_MEMBER,
    answer,
)

__all__ = ["EXPECTATIONS", "INFINITIVES", "act_of", "refusals_of"]

Expect = Callable[..., None]
"""A function of the stage, of who looks and of what stands in the sentence, with its details."""

INFINITIVES = {infinitive(template): template for template in ACTS}


def act_of(stage: Stage, by: str, act: str, **details: Any) -> Callable[[], object]:
    """The act that a sentence such as "invite grace" stands for, ready to be done."""
    infinitives = {words: ACTS[template] for words, template in INFINITIVES.items()}
    template, places = matching(act, infinitives)
    return partial(infinitives[template], stage, by, *places.values(), **details)


def refusals_of(act: Callable[[], object]) -> Verdict:
    """What an actor reads when an act is refused; a verdict that allows it where it is not."""
    try:
        act()
    except Refused as refused:
        return refused.verdict
    except AudienceOutOfBounds as outside:
        return Verdict((Refusal(code="audience_out_of_bounds", message=str(outside)),))
    return Verdict()


# ── What can be done ────────────────────────────────────────────────────────────────────────────


def _can(stage: Stage, who: str, act: str, **details: Any) -> None:
    verdict = refusals_of(lambda: stage.rehearsal.of(act_of(stage, who, act, **details)))

    assert [str(refusal) for refusal in verdict.refusals] == []
    _agree(stage, who, act, verdict, details)


def _cannot(
    stage: Stage,
    who: str,
    act: str,
    *,
    because: str | Sequence[str],
    until: str | None = None,
    **details: Any,
) -> None:
    verdict = refusals_of(lambda: stage.rehearsal.of(act_of(stage, who, act, **details)))
    expected = [because] if isinstance(because, str) else [*because]

    assert [refusal.code for refusal in verdict.refusals] == expected
    assert verdict.possible_at == (None if until is None else stage.now + duration(until))
    _agree(stage, who, act, verdict, details)


def _agree(stage: Stage, who: str, act: str, verdict: Verdict, details: Mapping[str, Any]) -> None:
    """Whoever asks beforehand is told what then happens, and the operator knows it too."""
    verb, _, other = act.partition(" ")
    if verb != "invite" or "acquaintance" in details:
        return
    asked = stage[who].invitations.may_send(other, **details)
    explained = stage.world.network.explain(who, Act.SEND, other, **details)

    assert asked.refusals == verdict.refusals
    assert explained.allowed is verdict.allowed


def _left(stage: Stage, who: str, member: str, **numbers: int) -> None:
    quotas = stage[who].invitations.may_send(stage.named(member)).quotas
    left = {quota.code.replace("_", " "): quota.left for quota in quotas}

    assert {name: left.get(name) for name in numbers} == numbers


def _cautioned(stage: Stage, who: str, member: str, *, about: str) -> None:
    cautions = stage[who].invitations.may_send(stage.named(member)).cautions

    assert [caution.code for caution in cautions] == [about]


def _not_cautioned(stage: Stage, who: str, member: str, **details: Any) -> None:
    verdict = stage[who].invitations.may_send(stage.named(member), **details)

    assert verdict.allowed
    assert verdict.cautions == ()


# ── Who is there, and what they show ────────────────────────────────────────────────────────────


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
        if name == "invitations.may_send" and own_block:
            continue
        there = answer(partial(read, looking, stage.named(member)))
        assert (name, there) == (name, answer(partial(read, looking, NOBODY)))
    if who != VISITOR:
        told = {name: repr(answer(partial(read, looking))) for name, read in OWN_READS.items()}
        own = {"blocks.page", "follows.muted"}
        assert [name for name in told.keys() - own if f"'{member}'" in told[name]] == []
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


def whole(read: Callable[..., Page[Any]], **named: Any) -> list[Any]:
    """All items of a listing; short pages of it must hold the same items in the same order."""
    items = [*read(limit=1000, **named).items]
    found: list[Any] = []
    after = None
    while True:
        page = read(limit=2, after=after, **named)
        found += page.items
        if page.next is None:
            break
        after = page.next
    assert found == items
    return items


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


# ── Posts and the feed ──────────────────────────────────────────────────────────────────────────


def _feed(stage: Stage, who: str, *, lines: Sequence[str]) -> None:
    """What is new since the scenario began, each with the reason why it is there."""
    items = [item for item in whole(stage[who].feed.page) if item.at >= stage.began]

    assert [feed_line(stage, item) for item in items] == [*lines]


def _reads(
    stage: Stage,
    who: str,
    item: str,
    *,
    comments: int | None = None,
    reactions: int | None = None,
) -> None:
    posts, target = stage.looking(who).posts, stage.item(item)
    seen = posts.read(target)
    reacted = sum(count for _, count in seen.reactions)

    assert len(whole(partial(posts.comments, target))) == seen.comments
    assert len(whole(partial(posts.reactions, target))) == reacted
    assert comments in (None, seen.comments)
    assert reactions in (None, reacted)


def _does_not_read(stage: Stage, who: str, item: str) -> None:
    """Every read answers as it does for something that was never written."""
    looking = stage.looking(who)
    for name, read in READS_OF_A_POST.items():
        there = answer(partial(read, looking, stage.item(item)))
        assert (name, there) == (name, answer(partial(read, looking, "never written")))


def _lists_posts(stage: Stage, who: str, of: str, *, are: Sequence[str]) -> None:
    posts = whole(partial(stage.looking(who).posts.page, stage.named(of)))

    assert [stage.label(post.id) for post in posts] == [*are]


def _lists_comments(stage: Stage, who: str, on: str, *, are: Sequence[str]) -> None:
    comments = whole(partial(stage.looking(who).posts.comments, stage.item(on)))

    assert [comment.author for comment in comments] == [*are]


# ── What the operator knows ─────────────────────────────────────────────────────────────────────


def _knows_why(stage: Stage, _: str, member: str, other: str, *, because: Sequence[str]) -> None:
    explained = stage.world.network.explain(stage.named(member), Act.SEND, stage.named(other))

    assert [refusal.code for refusal in explained.refusals] == [*because]


def _knows_why_absent(
    stage: Stage, _: str, member: str, other: str, *, because: Sequence[str]
) -> None:
    explained = stage.world.network.explain_view(_viewer(stage.named(member)), stage.named(other))

    assert [cause.code for cause in explained.absent] == [*because]


EXPECTATIONS: Mapping[str, Expect] = {
    "can {act}": _can,
    "cannot {act}": _cannot,
    "has left to invite {member}": _left,
    "is cautioned before inviting {member}": _cautioned,
    "is not cautioned before inviting {member}": _not_cautioned,
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
    "reads in the feed": _feed,
    "reads {item}": _reads,
    "does not read {item}": _does_not_read,
    "lists the posts of {member}": _lists_posts,
    "lists the comments on {item}": _lists_comments,
    "knows why {member} cannot invite {member}": _knows_why,
    "knows why {member} does not find {member}": _knows_why_absent,
}
"""Every sentence that may stand in a [[then]]."""
