"""What a scenario begins with: members, what they chose, who is connected, and the rules."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from attrs import evolve

from connectcore import (
    BlocksAtMost,
    Bounds,
    Channel,
    Connection,
    ConnectionRules,
    ConnectionsAtMost,
    ContactDetails,
    CoolingOff,
    Education,
    EmailAfterReports,
    FeedOrder,
    FeedPolicy,
    FeedPreferences,
    GuestInvited,
    GuestReminded,
    InMailPlan,
    Mailing,
    Member,
    MessagePolicy,
    Name,
    NoteAtMost,
    NotesPerMonth,
    NoticeKind,
    NoticePreferences,
    PendingAtMost,
    Profile,
    ReblockAfter,
    ReminderPolicy,
    Rule,
    SentPerWeek,
    SharedConnections,
    VisibilityPolicy,
)
from connectcore.audiences import SECTIONS
from connectcore.storage import Store
from connectcore.testing import WatchedStore, person
from tests.scenarios.stage import Rehearsal, Stage
from tests.scenarios.words import (
    INVITERS,
    WRITERS,
    Misspelt,
    audience,
    duration,
    one_of,
    part,
    pick,
    position,
)
from tests.worlds import OPEN, PROFESSIONAL, UNBOUNDED, USUAL_VISIBILITY, world

__all__ = ["begin", "change_settings", "edit_profile"]

A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)

PRESETS = {"professional": PROFESSIONAL, "open": OPEN}
POLICIES = {"usual": USUAL_VISIBILITY, "members may hide everything": UNBOUNDED}

Limit = Callable[[ConnectionRules, Any], ConnectionRules]


def _inviting(kind: Callable[[int], Rule], rules: ConnectionRules, number: int) -> ConnectionRules:
    return rules.with_inviting(kind(number))


def _cooling(name: str, rules: ConnectionRules, words: str) -> ConnectionRules:
    present = next((rule for rule in rules.inviting if isinstance(rule, CoolingOff)), CoolingOff())
    wait = None if words == "for good" else duration(words)
    return rules.with_inviting(evolve(present, **{name: wait}))


LIMITS: Mapping[str, Limit] = {
    "invitations a week": partial(_inviting, SentPerWeek),
    "invitations with a note a month": partial(_inviting, NotesPerMonth),
    "invitations pending": partial(_inviting, PendingAtMost),
    "characters a note": partial(_inviting, NoteAtMost),
    "reports before an address is needed": partial(_inviting, EmailAfterReports),
    "connections": lambda rules, number: rules.with_inviting(
        ConnectionsAtMost(number)
    ).with_accepting(ConnectionsAtMost(number)),
    "members blocked": lambda rules, number: rules.with_blocking(BlocksAtMost(number)),
    "wait after withdrawing": partial(_cooling, "withdrawing"),
    "wait after ignoring": partial(_cooling, "ignoring"),
    "wait after reporting": partial(_cooling, "reporting"),
    "wait after removing": partial(_cooling, "removing"),
    "wait after unblocking": lambda rules, words: rules.with_blocking(
        ReblockAfter(duration(words))
    ),
    "life of an invitation": lambda rules, words: evolve(rules, expiry=duration(words)),
}
"""The numbers that a scenario may set, in the words of its table `limits`."""


GIVEN: Mapping[str, str] = {
    "members": "everybody who joined, by one word each",
    "connected": 'who is connected: "ada and grace"',
    "earlier": 'what happened before, in sentences: "ada follows grace"',
    "rules": "professional, open",
    "limits": ", ".join(LIMITS),
    "policy": ", ".join(POLICIES),
    "bounds": "for a part of a profile, the narrowest and the widest audience",
    "shared connections": "unless only me, always, both admit",
    "grouped within": "how long a window of the feed is",
    "reminders": "how long after it was invited an address is reminded",
    "inmail": "for a member, the InMail credits of a month",
    "settings": "for a member, an audience for each part, and what else they choose",
    "profiles": "for a member, what is written in each part",
}
"""The words for what is given, and what may be said of each."""


def begin(given: Mapping[str, Any], store: Store, earlier: Callable[[Stage, str], None]) -> Stage:
    """A stage with everything that is given; *earlier* does what happened before, by its sentence.

    Everybody joined and connected a day before the scenario begins, saw what they were told, and got
    their mail.
    All of them are loaded in one write, as a network that existed before: a call for each would take
    longer in a database than the scenario itself.
    """
    for word in given:
        one_of(GIVEN, word, "word for what is given")
    rehearsal = Rehearsal()
    made = world(
        rules=_rules(given),
        visibility=_policy(given),
        messages=_messages(given),
        reminders=ReminderPolicy(after=map(duration, given.get("reminders", ()))),
        feed=FeedPolicy(group_within=duration(given.get("grouped within", "1 day"))),
        journal=(Mailing, GuestInvited, GuestReminded),
        store=WatchedStore(store, rehearsal),
    )
    stage = Stage(evolve(made, members=given.get("members", ())), rehearsal)
    _load(stage, given)
    before = given.get("earlier", ())
    for sentence in before:
        stage.wait(A_MINUTE)
        earlier(stage, sentence)
    for member in stage.world.members if before else ():
        stage[member].notices.mark_seen()
        stage.deliver(member)
    stage.mail.clear()
    stage.wait(A_DAY)
    stage.began = stage.now
    return stage


def _load(stage: Stage, given: Mapping[str, Any]) -> None:
    """Let everybody be there who is given, and be connected."""
    people = {member: person(member) for member in stage.world.members}
    for member, words in given.get("profiles", {}).items():
        there = people[stage.named(member)]
        people[member] = evolve(there, profile=_written(there.profile, words))
    for member, words in given.get("settings", {}).items():
        there = people[stage.named(member)]
        changes = _chosen(words, there.settings.feed)
        people[member] = evolve(there, settings=evolve(there.settings, **changes))
    items: list[Member[Profile] | Connection] = list(people.values())
    for one, other in _pairs(given.get("connected", ())):
        stage.wait(A_MINUTE)
        items.append(Connection(of=stage.named(one), member=stage.named(other), since=stage.now))
    left_out = stage.world.network.load(items).left_out
    if left_out:
        message = f"what is given cannot be: {left_out[0].refusal.message}"
        raise Misspelt(message)


def _pairs(written: Iterable[str]) -> Iterable[list[str]]:
    for pair in written:
        one, found, other = pair.partition(" and ")
        if not found:
            message = f'{pair!r} is no pair; write one such as "ada and grace"'
            raise Misspelt(message)
        yield [one, other]


def _rules(given: Mapping[str, Any]) -> ConnectionRules:
    rules = one_of(PRESETS, given.get("rules", "professional"), "preset of rules")
    for words, number in given.get("limits", {}).items():
        rules = one_of(LIMITS, words, "limit")(rules, number)
    return rules


def _messages(given: Mapping[str, Any]) -> MessagePolicy:
    plans = {
        member: InMailPlan(monthly=number, at_most=100)
        for member, number in given.get("inmail", {}).items()
    }
    return MessagePolicy(plan=lambda member: plans.get(member.id))


def _policy(given: Mapping[str, Any]) -> VisibilityPolicy:
    policy = one_of(POLICIES, given.get("policy", "usual"), "policy")
    if "shared connections" in given:
        rule = pick(SharedConnections, given["shared connections"])
        policy = evolve(policy, shared_connections=rule)
    if "bounds" in given:
        bounds = {
            part(name): Bounds(audience(narrowest), audience(widest))
            for name, (narrowest, widest) in given["bounds"].items()
        }
        policy = evolve(policy, bounds={**dict(policy.bounds), **bounds})
    return policy


# ── What members choose ─────────────────────────────────────────────────────────────────────────


def change_settings(stage: Stage, member: str, words: Mapping[str, Any]) -> None:
    """Let a member choose, in words: an audience for each part, and what else there is to choose."""
    stage[member].settings.change(**_chosen(words, stage[member].settings.read().feed))


def _chosen(words: Mapping[str, Any], preferences: FeedPreferences) -> dict[str, Any]:
    """What is to be changed in settings of which the feed is as in *preferences*."""
    changes: dict[str, Any] = {"audiences": {}}
    feed: dict[str, Any] = {}
    for word, value in words.items():
        if word in FEED_CHOICES:
            feed |= FEED_CHOICES[word](value)
        elif word in CHOICES:
            changes |= CHOICES[word](value)
        else:
            name = part(word)
            into = changes if name in SECTIONS else changes["audiences"]
            into[name] = audience(value)
    if feed:
        changes["feed"] = evolve(preferences, **feed)
    return changes


def _told_by(channels: Mapping[str, Iterable[str]]) -> NoticePreferences:
    return NoticePreferences(
        channels={
            pick(NoticeKind, kind): [pick(Channel, way) for way in ways]
            for kind, ways in channels.items()
        }
    )


def _silent(kinds: Iterable[str]) -> NoticePreferences:
    return NoticePreferences(channels={pick(NoticeKind, kind): () for kind in kinds})


CHOICES: Mapping[str, Callable[[Any], Mapping[str, Any]]] = {
    "invitations from": lambda word: {"who_may_invite": one_of(INVITERS, word, "inviter")},
    "messages from": lambda word: {"who_may_write": one_of(WRITERS, word, "writer")},
    "is told of": lambda channels: {"notices": _told_by(channels)},
    "is not told of": lambda kinds: {"notices": _silent(kinds)},
    "keeps back": lambda kinds: {"unshared_kinds": kinds},
}
FEED_CHOICES: Mapping[str, Callable[[Any], Mapping[str, Any]]] = {
    "hides": lambda kinds: {"hidden_kinds": kinds},
    "feed order": lambda word: {"order": pick(FeedOrder, word)},
}
"""What a member may choose besides the audiences of the parts of their profile."""


def edit_profile(stage: Stage, member: str, *, announce: Iterable[str] = (), **words: Any) -> None:
    """Let a member write something else in their profile; what is not named stays."""
    edited = _written(stage[member].profiles.view(member).profile, words)
    stage[member].profiles.edit(edited, announce=[part(word) for word in announce])


def _written(profile: Profile, words: Mapping[str, Any]) -> Profile:
    """A profile in which the parts that are named are written anew."""
    changes: dict[str, Any] = {}
    for word, value in words.items():
        name = part(word)
        changes[name] = WRITTEN[name](value) if name in WRITTEN else value
    return evolve(profile, **changes)


WRITTEN: Mapping[str, Callable[[Any], object]] = {
    "name": lambda words: Name(*words.split(" ", 1)),
    "contact": lambda emails: ContactDetails(emails=tuple(emails)),
    "positions": lambda lines: tuple(position(line) for line in lines),
    "education": lambda schools: tuple(Education(school=school) for school in schools),
    "skills": tuple,
}
"""How the parts of a profile are written that are no plain text."""
