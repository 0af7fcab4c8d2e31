"""The table "what each viewer sees of Ada"."""

from collections.abc import Iterator
from itertools import pairwise

from connectcore import (
    Audience,
    ContactDetails,
    Member,
    Name,
    Network,
    NotFound,
    Profile,
)
from tests.docs.tables import table

CHAIN = ("charles", "ada", "grace", "linus", "margaret")
"""Each of these is connected with the next."""

VIEWERS = {
    "Ada herself": "ada",
    "Grace, a connection": "grace",
    "Linus, second degree": "linus",
    "Margaret, third degree": "margaret",
    "Tim, any other member": "tim",
    "a visitor, signed out": None,
    "Barbara, whom she blocked": "barbara",
}


def seen_of_ada() -> str:
    """What Ada shows to whom, and a row for each viewer with what is there for them."""
    network = ada_and_others()
    explain = network.as_member("ada").profiles.explain
    shown = [str(explain(part).audience) for part in ("name", "headline", "about", "contact")]
    shown[0] += f", in full to the {explain('full_name').audience}"
    browsed = f"{explain('connections').audience}; shared ones to those who share them"
    return table(
        ["", "name", "headline", "about", "e-mail", "connections"],
        [
            ["*shown to*", *(f"*{audience}*" for audience in (*shown, browsed))],
            *([viewer, *_seen(network, member)] for viewer, member in VIEWERS.items()),
        ],
    )


def ada_and_others() -> Network[Profile]:
    """A network in which Ada has opened a part of her profile and blocked somebody."""
    network = Network()
    profile = Profile(
        name=Name("Ada", "Lovelace"),
        headline="Analyst",
        about="Poetical science.",
        contact=ContactDetails(emails=("ada@example.org",)),
    )
    network.join(Member("ada", profile))
    for other in {*CHAIN, "tim", "barbara"} - {"ada"}:
        network.join(Member(other, Profile(name=Name(other.title()))))
    for one, next_ in pairwise(CHAIN):
        network.as_member(one).invitations.send(next_)
        network.as_member(next_).invitations.accept(one)
    ada = network.as_member("ada")
    ada.settings.change(
        full_name=Audience.THIRD_DEGREE,
        audiences={
            "name": Audience.EVERYONE,
            "headline": Audience.EVERYONE,
            "about": Audience.SECOND_DEGREE,
        },
    )
    ada.blocks.add("barbara")
    return network


def _seen(network: Network[Profile], viewer: str | None) -> Iterator[str]:
    looking = network.as_visitor() if viewer is None else network.as_member(viewer)
    try:
        profile = looking.profiles.view("ada").profile
        listed = looking.connections.page("ada").items
    except NotFound:
        yield from ["*nobody is there*", "", "", "", ""]
        return
    yield str(profile.name)
    yield profile.headline
    yield profile.about
    yield ", ".join(profile.contact.emails)
    yield ", ".join(sorted(entry.member.title() for entry in listed))
