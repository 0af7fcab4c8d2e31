"""Values as documents: JSON text that says all of a value, and of its class no more than a name.

A class is looked up by that name among those that the store was told of, so nothing that is stored
can have a class read that nobody meant to be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, final, get_args, get_origin

from cattrs.preconf.json import JsonConverter, make_converter

from connectcore.activities import STOCK_ACTIVITIES, Activity
from connectcore.errors import InvalidValue
from connectcore.journal import MAILED
from connectcore.members import Member, MemberId
from connectcore.notices import Notice
from connectcore.profiles import Profile
from connectcore.relationships import (
    PAIR_EVENTS,
    Blocked,
    Connected,
    Invited,
    PairEvent,
    Relationship,
    Strangers,
)
from connectcore.settings import Settings

__all__ = ["Documents"]

T = TypeVar("T")

_NAMED: Mapping[str, type[Any]] = {kind.__name__: kind for kind in (*PAIR_EVENTS, Notice, *MAILED)}
"""What can stand where one of several classes may, by the name under which it is kept there."""

_NAMED_CLASSES = frozenset(_NAMED.values())
_TAG = "is"
_OPTIONAL_MOMENT: Any = datetime | None

_STATES: Mapping[str, type[Any]] = {
    "strangers": Strangers,
    "invited": Invited,
    "connected": Connected,
    "blocked": Blocked,
}
_STATE_NAMES = {kind: name for name, kind in _STATES.items()}


@final
class Documents:
    """Turns values into documents and back; the profile class and the kinds of activity are fixed."""

    def __init__(
        self,
        profile: type[Profile],
        activities: Iterable[type[Activity]],
        converter: JsonConverter | None,
    ) -> None:
        self._profile = profile
        self._kinds = _by_kind((*STOCK_ACTIVITIES, *activities))
        self._converter = _usual() if converter is None else _with_names(converter.copy())

    def write(self, value: object, kind: type[Any]) -> str:
        """The document of a value of this very class.

        Raises `InvalidValue` for one of another class, which would come back as something else.
        """
        if type(value) is not kind:
            message = (
                f"a {type(value).__name__} cannot be kept as a {kind.__name__}; "
                "a register keeps values of the one class that it holds"
            )
            raise InvalidValue(message)
        return self._converter.dumps(value, kind)

    def read(self, document: str, kind: type[T]) -> T:
        """The value of a document."""
        return self._converter.loads(document, kind)

    def write_member(self, member: Member[Profile]) -> str:
        """The document of a member; raises `InvalidValue` for a profile of another class."""
        if type(member.profile) is not self._profile:
            message = (
                f"the store keeps profiles of the class {self._profile.__name__}, not "
                f"{type(member.profile).__name__}; say SqlStore(engine, profile=...)"
            )
            raise InvalidValue(message)
        unstructured = self._converter.unstructure
        parts = {
            "profile": unstructured(member.profile, self._profile),
            "settings": unstructured(member.settings, Settings),
            "joined_at": unstructured(member.joined_at, _OPTIONAL_MOMENT),
        }
        return json.dumps(parts)

    def read_member(self, member: MemberId, document: str) -> Member[Profile]:
        """The member of a document."""
        parts, structured = json.loads(document), self._converter.structure
        return Member(
            member,
            structured(parts["profile"], self._profile),
            settings=structured(parts["settings"], Settings),
            joined_at=structured(parts["joined_at"], _OPTIONAL_MOMENT),
        )

    def write_activity(self, activity: Activity) -> str:
        """The document of an activity; raises `InvalidValue` for a kind that is not known here."""
        return self.write(activity, self._class_of(activity.kind))

    def read_activity(self, kind: str, document: str) -> Activity:
        """The activity of a document; raises `InvalidValue` for a kind that is not known here."""
        return self.read(document, self._class_of(kind))

    def write_state(self, relationship: Relationship) -> tuple[str, str]:
        """The name of a state, and its document."""
        kind = type(relationship)
        return _STATE_NAMES[kind], self.write(relationship, kind)

    def read_state(self, state: str, document: str) -> Relationship:
        """The relationship of a document."""
        relationship: Relationship = self._converter.loads(document, _STATES[state])
        return relationship

    def _class_of(self, kind: str) -> type[Activity]:
        try:
            return self._kinds[kind]
        except KeyError:
            message = (
                f"the store knows no activities of the kind {kind!r}; "
                "name their class in SqlStore(engine, activities=(...))"
            )
            raise InvalidValue(message) from None


def _by_kind(kinds: Iterable[type[Activity]]) -> Mapping[str, type[Activity]]:
    found: dict[str, type[Activity]] = {}
    for kind in kinds:
        if found.setdefault(kind.kind, kind) is not kind:
            message = (
                f"{kind.__name__} and {found[kind.kind].__name__} are both of the kind "
                f"{kind.kind!r}; give each class a kind of its own"
            )
            raise InvalidValue(message)
    return found


# ── Values of one of several classes ────────────────────────────────────────────────────────────


@cache
def _usual() -> JsonConverter:
    """The converter of stores that are given none; what it learns of a class serves all of them."""
    return _with_names(make_converter())


def _with_names(made: JsonConverter) -> JsonConverter:
    """A converter that keeps the name of a class where a value may be of several."""

    def unstructure(value: Any) -> Any:
        kind: Any = type(cast("object", value))
        if kind is NoneType:
            return None
        return {_TAG: kind.__name__, **made.unstructure(value, kind)}

    def structure(parts: Any, _: Any) -> Any:
        return None if parts is None else made.structure(parts, _NAMED[parts[_TAG]])

    made.register_unstructure_hook_func(_is_one_of_several, unstructure)
    made.register_structure_hook_func(_is_one_of_several, structure)
    return made


def _is_one_of_several(kind: Any) -> bool:
    """Whether a value of this annotation is an event, or of one of several classes that have names."""
    if get_origin(kind) in {Union, UnionType}:
        members = [each for each in get_args(kind) if each is not NoneType]
        return len(members) > 1 and all(
            each is PairEvent or each in _NAMED_CLASSES for each in members
        )
    return kind is PairEvent
