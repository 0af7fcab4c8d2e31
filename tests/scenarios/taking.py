"""What members take along, in scenarios: an export, list by list, and the names that are in it."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from connectcore import Name, from_dict
from tests.scenarios.stage import Stage
from tests.scenarios.words import one_of

__all__ = ["EXPECTATIONS"]

SAID: Mapping[str, str] = {
    "activities": "is",
    "blocks": "to",
    "comments": "text",
    "connections": "member",
    "contacts": "id",
    "endorsements given": "to",
    "endorsements received": "giver",
    "invitations received": "inviter",
    "invitations sent": "invitee",
    "message requests sent": "to",
    "messages": "text",
    "mutes": "member",
    "notices": "kind",
    "posts": "text",
    "recommendations received": "text",
    "recommendations written": "text",
}
"""By what the entries of each list are told apart in a scenario."""


def _export(stage: Stage, who: str) -> dict[str, Any]:
    exported: dict[str, Any] = stage[who].data.export()

    assert json.loads(json.dumps(exported)) == exported

    return exported


def _list(stage: Stage, who: str, words: str, *, are: Sequence[str]) -> None:
    said = one_of(SAID, words, "list of an export")

    assert [entry[said] for entry in _export(stage, who)[words.replace(" ", "_")]] == [*are]


def _names(stage: Stage, who: str, *, are: Sequence[str]) -> None:
    names = _export(stage, who)["names"]

    assert [f"{each}: {from_dict(Name, name)}" for each, name in names.items()] == [*are]


def _something(stage: Stage, who: str, word: str) -> None:
    assert word in json.dumps(_export(stage, who))


def _nothing(stage: Stage, who: str, word: str) -> None:
    assert word not in json.dumps(_export(stage, who))


EXPECTATIONS: Mapping[str, Callable[..., None]] = {
    "takes along the {list}": _list,
    "takes along names": _names,
    "takes along something of {member}": _something,
    "takes along nothing of {member}": _nothing,
    "takes along something of {address}": _something,
    "takes along nothing of {address}": _nothing,
}
