"""Where the made parts stand in the documents, and how they are put there."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests import ROOT
from tests.docs import (
    acts,
    every_act,
    exported,
    fields,
    mutants,
    plain,
    promises,
    reference,
    rules,
    showing,
    transitions,
    viewers,
)

PARTS: Mapping[str, Callable[[], str]] = {
    "accepting": rules.accepting,
    "acts on blocks and follows": acts.blocks_and_follows,
    "acts on invitations and connections": acts.invitations_and_connections,
    "blocking": rules.blocking,
    "calls": reference.calls,
    "cautions": rules.cautions,
    "every act of one's own": every_act.own,
    "every act on a member": every_act.on_members,
    "every act on a post": every_act.on_posts,
    "every act on a recommendation": every_act.on_recommendations,
    "exported": exported.exported,
    "fields": fields.shown_by_default,
    "inviting": rules.inviting,
    "mutants": mutants.figures,
    "names": reference.names,
    "not exported": exported.not_exported,
    "plain values": plain.values,
    "promises": promises.promises,
    "sentences of acts": promises.sentences,
    "sentences of expectations": promises.expectations,
    "showing": showing.decisions,
    "words for what is given": promises.given,
    "sources": rules.sources,
    "survivors": mutants.survivors,
    "transitions": transitions.diagram,
    "viewers": viewers.seen_of_ada,
    "what is no plain data": plain.not_plain,
    "words of enumerations": plain.words,
}

PLACE = re.compile(
    r"(?P<begin><!-- made: (?P<part>[^\n]+) -->\n)(?:.*?\n)??(?P<end><!-- end -->)", re.DOTALL
)


def documents() -> Iterator[Path]:
    """README.md and everything in docs."""
    yield ROOT / "README.md"
    yield from sorted((ROOT / "docs").rglob("*.md"))


def made_anew(text: str) -> str:
    """*text* with every made part as the code makes it now."""
    return PLACE.sub(
        lambda place: f"{place['begin']}\n{PARTS[place['part']]()}\n\n{place['end']}", text
    )


def places(text: str) -> list[str]:
    """The parts that have a place in *text*."""
    return [place["part"] for place in PLACE.finditer(text)]
