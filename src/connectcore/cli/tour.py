"""The tour: a short story of a network at work, told by running it.

Everything printed is the answer of a call; the moments and ids are fixed, so it reads the same
every time.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count

import attrs

from connectcore.activities import MemberJoined
from connectcore.audiences import Audience
from connectcore.cli.feeds import show_feed
from connectcore.cli.rules import show_rules
from connectcore.cli.screen import Screen
from connectcore.cli.sentences import names_for
from connectcore.errors import NotFound, Refused
from connectcore.members import Member
from connectcore.network import ActingMember, Network
from connectcore.posts import Reaction
from connectcore.profiles import ContactDetails, Name, Position, Profile
from connectcore.relationships import Acquaintance
from connectcore.rulebook import ConnectionRules
from connectcore.settings import FeedPreferences, Settings

__all__ = ["CODE", "tour"]

RULES = ConnectionRules.professional()
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

ADA = Member(
    "ada",
    Profile(
        name=Name("Ada", "Lovelace"),
        headline="Analyst of engines",
        place="London",
        positions=(Position(title="Analyst", company="Analytical Engines"),),
        skills=("Mathematics", "Notes on notes"),
        about="Poetical science.",
        contact=ContactDetails(emails=("ada@example.org",)),
        birthday=date(1815, 12, 10),
    ),
    settings=Settings(
        audiences={
            "name": Audience.EVERYONE,
            "headline": Audience.EVERYONE,
            "skills": Audience.THIRD_DEGREE,
            "about": Audience.SECOND_DEGREE,
            "birthday": Audience.ONLY_ME,
        },
        full_name=Audience.SECOND_DEGREE,
        feed=FeedPreferences(hidden_kinds={MemberJoined.kind}),
    ),
)
OTHERS = {
    "grace": Name("Grace", "Hopper"),
    "charles": Name("Charles", "Babbage"),
    "mary": Name("Mary", "Somerville"),
    "alan": Name("Alan", "Turing"),
    "hedy": Name("Hedy", "Lamarr"),
    "radia": Name("Radia", "Perlman"),
    "byron": Name("George", "Byron"),
}
VIEWERS: Mapping[str, str | None] = {
    "self": "ada",
    "1st": "grace",
    "2nd": "alan",
    "3rd": "hedy",
    "member": "radia",
    "visitor": None,
    "blocked": "byron",
}
"""Who looks at Ada, from ever further away."""

CODE = """\
from connectcore import (
    Member, Name, Network, Profile
)

network = Network()
for who in "ada", "grace":
    profile = Profile(name=Name(who))
    network.join(Member(who, profile))
ada = network.as_member("ada")
grace = network.as_member("grace")

ada.invitations.send("grace")
grace.invitations.accept("ada")
grace.posts.publish("Hello, Ada!")
for item in ada.feed.page().items:
    print(item.at, item.lead)
    print(item.reason)
"""
"""Code that fits the narrowest screen, since code is not wrapped."""


def tour(_: Namespace, screen: Screen) -> int:
    """Tell the story."""
    network = _network()
    screen.say("A professional network in memory; every answer below is that of a call to it.")
    chapters: Mapping[str, Callable[[Screen, Network[Profile]], None]] = {
        "The rules in force": _rules,
        "An invitation": _invitation,
        "No, and why": _refusals,
        "Connected": _acceptance,
        "What each viewer sees of Ada": _viewers,
        "Ada's feed, a week later": _feed,
        "The same in Python": _code,
    }
    for number, (title, chapter) in enumerate(chapters.items(), start=1):
        screen.heading(f"{number}. {title}")
        chapter(screen, network)
    return 0


def _network() -> Network[Profile]:
    ids = count(1)
    network = Network(rules=RULES, clock=lambda: MONDAY, new_id=lambda: f"{next(ids):04}")
    network.join(ADA)
    for member, name in OTHERS.items():
        network.join(Member(member, Profile(name=name)))
    return network


def _rules(screen: Screen, _: Network[Profile]) -> None:
    show_rules(screen, RULES)


def _invitation(screen: Screen, network: Network[Profile]) -> None:
    ada, grace = network.as_member("ada"), network.as_member("grace")
    (caution,) = ada.invitations.may_send("grace").cautions
    screen.say(f"May Ada invite Grace? Yes, with a caution: {caution}")
    note, acquaintance = "We met at the compiler talk.", Acquaintance.COLLEAGUE
    verdict = ada.invitations.may_send("grace", note=note, acquaintance=acquaintance)
    screen.say(f"And if she says how they know each other? {_yes_or_no(verdict.allowed)}.")
    ada.invitations.send("grace", note=note, acquaintance=acquaintance)
    screen.say("She sends it, and Grace finds it among the invitations she received:")
    screen.space()
    received = grace.invitations.received().items
    name = names_for(grace, [each.inviter for each in received])
    screen.table(
        ["from", "sent", "note"],
        [(name(each.inviter), _written(each.sent_at), each.note) for each in received],
    )


def _refusals(screen: Screen, network: Network[Profile]) -> None:
    ada = network.as_member("ada")
    screen.say("Ada writes Charles a long note:")
    _try_to_invite(screen, ada, "charles", note="Dear Charles! " * 30)

    ada.invitations.send("alan", at=MONDAY)
    ada.invitations.withdraw("alan", at=MONDAY + HOUR)
    screen.say("She invites Alan, withdraws, and changes her mind again the day after:")
    _try_to_invite(screen, ada, "alan", at=MONDAY + DAY)
    again_at = ada.invitations.may_send("alan", at=MONDAY + DAY).possible_at
    allowed = ada.invitations.may_send("alan", at=again_at).allowed
    screen.say(f"Would it be allowed at that moment? {_yes_or_no(allowed)}.")

    network.as_member("byron").blocks.add("ada")
    screen.say("George Byron has blocked her, and there is no member called Nemo:")
    _try_to_invite(screen, ada, "byron")
    _try_to_invite(screen, ada, "nemo")
    screen.say("The two answers are the same: no refusal betrays a block.")


def _acceptance(screen: Screen, network: Network[Profile]) -> None:
    ada = network.as_member("ada")
    network.as_member("grace").invitations.accept("ada", at=MONDAY + HOUR)
    screen.say("Grace accepts.")
    network.as_member("mary").invitations.send("ada", at=MONDAY + HOUR)
    ada.invitations.send("mary", at=MONDAY + 2 * HOUR)
    screen.say("Ada invites Mary, who has invited her already: crossing invitations connect.")
    _connect(network, "ada", "charles", at=MONDAY + 3 * HOUR)
    _connect(network, "grace", "alan", at=MONDAY + 4 * HOUR)
    _connect(network, "alan", "hedy", at=MONDAY + 5 * HOUR)
    screen.say("Charles accepts too, and Ada's list of connections reads, newest first:")
    screen.space()
    connections = ada.connections.page().items
    name = names_for(ada, [each.member for each in connections])
    screen.table(
        ["connection", "since"],
        [(name(each.member), _written(each.since)) for each in connections],
    )


def _viewers(screen: Screen, network: Network[Profile]) -> None:
    columns = [_seen_of_ada(network, viewer) for viewer in VIEWERS.values()]
    rows = [[field, *(column.get(field, "-") for column in columns)] for field in columns[0]]
    screen.table(["", *VIEWERS], rows)
    screen.space()
    screen.say(
        "The last row counts whom of her connections a viewer may know of: Alan, at the second "
        "degree, sees Grace in her list, whom he knows himself. For George Byron there is no Ada."
    )


def _seen_of_ada(network: Network[Profile], viewer: str | None) -> Mapping[str, str]:
    """What a viewer sees of all that Ada filled in; nothing at all if she is not there for them."""
    looking = network.as_visitor() if viewer is None else network.as_member(viewer)
    try:
        view = looking.profiles.view("ada")
        connections = looking.connections.count("ada")
    except NotFound:
        return {}
    filled = [field.name for field in attrs.fields(Profile) if getattr(ADA.profile, field.name)]
    seen = {name: "-" if name in view.withheld else "yes" for name in filled}
    seen["name"] = "full" if view.profile.name == ADA.profile.name else "initial"
    return {**seen, "connections": str(connections)}


def _feed(screen: Screen, network: Network[Profile]) -> None:
    ada, grace, mary = (network.as_member(member) for member in ("ada", "grace", "mary"))
    note = ada.posts.publish("The engine might compose music.", at=MONDAY + 5 * DAY)
    grace.posts.comment(note.id, "And programs.", at=MONDAY + 5 * DAY + HOUR)
    plan = network.as_member("charles").posts.publish(
        "The Difference Engine is delayed again, but the drawings of the next one are finished.",
        audience=Audience.MEMBERS,
        at=MONDAY + 6 * DAY,
    )
    grace.posts.react(plan.id, at=MONDAY + 6 * DAY + HOUR)
    mary.posts.react(plan.id, Reaction.CELEBRATE, at=MONDAY + 6 * DAY + 2 * HOUR)
    for hour, member in enumerate(("charles", "mary", "grace")):
        _connect(network, member, "radia", at=MONDAY + 7 * DAY + hour * HOUR)
    profile = mary.profiles.view("mary").profile
    mary.profiles.edit(
        attrs.evolve(profile, headline="Queen of science"),
        announce=("headline",),
        at=MONDAY + 7 * DAY + 4 * HOUR,
    )
    show_feed(screen, ada, ada.feed.page().items)


def _code(screen: Screen, _: Network[Profile]) -> None:
    screen.say_as_it_is(CODE)
    screen.space()
    screen.say("Next: `connectcore load` reads a whole network from a folder; --help tells how.")


def _connect(network: Network[Profile], one: str, other: str, *, at: datetime) -> None:
    network.as_member(one).invitations.send(other, at=at)
    network.as_member(other).invitations.accept(one, at=at)


def _try_to_invite(
    screen: Screen, ada: ActingMember[Profile], member: str, at: datetime = MONDAY, note: str = ""
) -> None:
    try:
        ada.invitations.send(member, note=note, at=at)
    except Refused as refused:
        screen.say(str(refused), first="  ", rest="  ")


def _written(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _yes_or_no(answer: object) -> str:
    return "Yes" if answer else "No"
