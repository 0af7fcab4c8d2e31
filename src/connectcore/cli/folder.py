"""The commands that load a network from a folder of files, and answer from it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from time import perf_counter
from typing import final

from connectcore.cli.feeds import show_feed
from connectcore.cli.keeping import DEFAULT, can_keep, open_store, shown
from connectcore.cli.loading import SNAPSHOT, UPDATES, Loaded, load_folder
from connectcore.cli.profiles import show_profile
from connectcore.cli.screen import Screen
from connectcore.cli.sentences import counted, joined, names_for
from connectcore.errors import ConnectcoreError, UnknownMember
from connectcore.interchange import ldbc
from connectcore.members import Member, MemberId
from connectcore.network import ActingMember, Network
from connectcore.posts import Comment, Post, Reacted
from connectcore.profiles import Profile
from connectcore.relationships import Connection
from connectcore.settings import FeedOrder

__all__ = ["degree", "feed", "load", "mutual", "view"]

_MOST_OMISSIONS = 20
_PER_READ = 1000

_NOUNS = {
    Member: "members",
    Connection: "connections",
    Post: "posts",
    Comment: "comments",
    Reacted: "reactions",
}


@final
class NobodyThere(ConnectcoreError):
    """Nobody in the network has the id with which somebody wants to act."""

    def __init__(self, member: str, place: str, ids: str = "") -> None:
        super().__init__(member, place, ids)
        self.member: str = member
        self.place: str = place
        self.ids: str = ids

    def __str__(self) -> str:
        return f"nobody in {self.place} has the id {self.member!r}{self.ids}"


# ── Loading ─────────────────────────────────────────────────────────────────────────────────────


def load(options: Namespace, screen: Screen) -> int:
    """Load a folder and say what was loaded and what was left out; 1 if anything was."""
    source = ldbc.Folder(options.folder)
    address = _address(options) if can_keep() or options.db is not None else None
    store = None if address is None else open_store(address, make_tables=True)
    started = perf_counter()
    progress = _tell_progress if sys.stderr.isatty() else None
    try:
        loaded = load_folder(source, _parts(options), progress, store)
    finally:
        if progress is not None:
            print(file=sys.stderr)
    seconds = perf_counter() - started
    _show_counts(screen, loaded)
    screen.space()
    kept = (
        "and not kept; pip install 'connectcore[sql]' keeps it"
        if address is None
        else f"into {shown(address)}"
    )
    screen.say(f"Loaded in {seconds:.1f} s, {kept}.")
    if loaded.passed_over:
        passed = [f"{what} ({count:,})" for what, count in sorted(loaded.passed_over.items())]
        screen.say(f"Passed over, having no counterpart here: {joined(passed)}.")
    _show_omissions(screen, loaded, None if options.all else _MOST_OMISSIONS)
    return 1 if loaded.omissions else 0


def _tell_progress(part: str, count: int) -> None:
    # Padded, to cover what was written before.
    print(f"\r{part}: {count:<12,}", end="", file=sys.stderr, flush=True)


def _show_counts(screen: Screen, loaded: Loaded) -> None:
    rows = [
        [noun, *(f"{part.loaded.get(kind, 0):,}" for part in loaded.parts)]
        for kind, noun in _NOUNS.items()
    ]
    present = [sum(part.present.values()) for part in loaded.parts]
    if any(present):
        rows.append(["there already", *(f"{count:,}" for count in present)])
    rows.append(["left out", *(f"{len(part.omissions):,}" for part in loaded.parts)])
    screen.table(["loaded", *(part.name for part in loaded.parts)], rows)


def _show_omissions(screen: Screen, loaded: Loaded, most: int | None) -> None:
    omissions = loaded.omissions
    shown = omissions[:most]
    if shown:
        screen.heading("Left out")
        screen.table(["row", "reason"], [(str(each.row), each.reason) for each in shown])
    if len(shown) < len(omissions):
        screen.space()
        screen.say(f"And {len(omissions) - len(shown):,} more; --all shows them.")


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────


def feed(options: Namespace, screen: Screen) -> int:
    """Print pages of a member's feed."""
    reader = _reader(options)
    order, after = FeedOrder(options.order), None
    newest = reader.feed.page(limit=1, order=FeedOrder.RECENT).items
    if not newest:
        screen.say("There is nothing in this feed.")
    # Read as on its last day: how lively something was does not depend on today.
    at = newest[0].at if newest else None
    for _ in range(options.pages):
        page = reader.feed.page(limit=options.limit, after=after, order=order, at=at)
        show_feed(screen, reader, page.items)
        after = page.next
        if after is None:
            return 0
    screen.space()
    screen.say("There is more: ask for it with --pages.")
    return 0


def view(options: Namespace, screen: Screen) -> int:
    """Print the profile of a member as somebody sees it."""
    network = _network(options)
    viewer = network.as_visitor() if options.visitor else _acting(network, options)
    (member,) = options.members
    seen = viewer.profiles.view(member)
    show_profile(screen, seen, connections=viewer.connections.count(member))
    return 0


def degree(options: Namespace, screen: Screen) -> int:
    """Print how far members are; 1 if any of them is not there for the one who asks."""
    reader = _reader(options)
    members = [MemberId(member) for member in dict.fromkeys(options.members)]
    degrees = reader.connections.degrees(members)
    name = names_for(reader, members)
    rows = [
        (name(member), member, str(degrees[member]))
        if member in degrees
        else ("-", member, "not available")
        for member in members
    ]
    screen.table(["member", "id", "degree"], rows)
    return 0 if len(degrees) == len(members) else 1


def mutual(options: Namespace, screen: Screen) -> int:
    """Print the connections that two members share."""
    reader = _reader(options)
    (member,) = options.members
    entries: list[Connection] = []
    after = None
    while True:
        page = reader.connections.mutual(member, limit=_PER_READ, after=after)
        entries.extend(page.items)
        after = page.next
        if after is None:
            break
    other, found = MemberId(member), [entry.member for entry in entries]
    name = names_for(reader, [reader.id, other, *found])
    screen.say(f"{name(reader.id)} and {name(other)} share {counted(len(found), 'connection')}.")
    if entries:
        screen.space()
        screen.table(
            ["since", "member", "id"],
            [(f"{entry.since:%Y-%m-%d}", name(entry.member), entry.member) for entry in entries],
        )
    return 0


def _reader(options: Namespace) -> ActingMember[Profile]:
    return _acting(_network(options), options)


def _network(options: Namespace) -> Network[Profile]:
    """The network to answer from; what was left out of a folder is mentioned, not listed."""
    if options.folder is None:
        return Network(open_store(_address(options), make_tables=False))
    loaded = load_folder(ldbc.Folder(options.folder), _parts(options))
    if loaded.omissions:
        left = counted(len(loaded.omissions), "row")
        message = f"connectcore: without {left}; `connectcore load {options.folder}` tells why"
        print(message, file=sys.stderr)
    return loaded.network


def _acting(network: Network[Profile], options: Namespace) -> ActingMember[Profile]:
    acting = network.as_member(options.reader)
    try:
        acting.settings.read()
    except UnknownMember:
        raise _nobody(options) from None
    return acting


def _nobody(options: Namespace) -> NobodyThere:
    if options.folder is None:
        return NobodyThere(options.reader, shown(_address(options)))
    ids = "; the ids are in its dynamic/person_0_0.csv"
    return NobodyThere(options.reader, options.folder, ids)


def _address(options: Namespace) -> str:
    # An empty one is no address, and not the usual one: it may be a variable that was not set.
    return DEFAULT if options.db is None else str(options.db)


def _parts(options: Namespace) -> Sequence[str]:
    return (SNAPSHOT,) if options.without_updates else (SNAPSHOT, UPDATES)
