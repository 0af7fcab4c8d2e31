"""Values as documents: JSON text that says all of a value, and of its class no more than a name.

A class is looked up by that name among those that the store was told of, so nothing that is stored
can have a class read that nobody meant to be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar, final

import attrs
from cattrs.preconf.json import JsonConverter

from connectcore.activities import STOCK_ACTIVITIES, Activity
from connectcore.errors import InvalidValue
from connectcore.members import Member, MemberId
from connectcore.profiles import Profile
from connectcore.relationships import Blocked, Connected, Invited, Relationship, Strangers
from connectcore.settings import Settings
from connectcore.storage.sql.converters import told_of_names, usual_converter

__all__ = ["Documents"]

T = TypeVar("T")

_OPTIONAL_MOMENT: Any = datetime | None

_STATES: Mapping[str, type[Any]] = {
    "strangers": Strangers,
    "invited": Invited,
    "connected": Connected,
    "blocked": Blocked,
}
_OURS = "connectcore"
_UNWRITABLE = (TypeError, AttributeError, ValueError, RecursionError)
"""What writing raises for a value that JSON does not know, or that is none of its annotation."""

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
        self._converter = (
            usual_converter() if converter is None else told_of_names(converter.copy())
        )

    def write(self, value: object, kind: type[Any]) -> str:
        """The document of a value of this very class.

        Raises `InvalidValue` for one of another class, which would come back as something else, and
        for one that would not come back at all.
        """
        if type(value) is not kind:
            message = (
                f"a {type(value).__name__} cannot be kept as a {kind.__name__}; "
                "a register keeps values of the one class that it holds"
            )
            raise InvalidValue(message)
        try:
            document = self._converter.dumps(value, kind)
        except _UNWRITABLE:
            raise self._unkeepable(value, kind) from None
        self._check(document, value, kind)
        return document

    def read(self, document: str, kind: type[T]) -> T:
        """The value of a document."""
        return self._converter.loads(document, kind)

    def write_member(self, member: Member[Profile]) -> str:
        """The document of a member.

        Raises `InvalidValue` for a profile of another class, and for one that would not come back.
        """
        if type(member.profile) is not self._profile:
            message = (
                f"the store keeps profiles of the class {self._profile.__name__}, not "
                f"{type(member.profile).__name__}; say SqlStore(engine, profile=...)"
            )
            raise InvalidValue(message)
        profile = self.write(member.profile, self._profile)
        settings = self.write(member.settings, Settings)
        joined_at = self._converter.dumps(member.joined_at, _OPTIONAL_MOMENT)
        return f'{{"profile": {profile}, "settings": {settings}, "joined_at": {joined_at}}}'

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

    def _check(self, document: str, value: object, kind: type[Any]) -> None:
        """Raise `InvalidValue` for a value of an application's own class that cannot be read back.

        What is the library's own is known to come back.
        """
        if kind.__module__.partition(".")[0] == _OURS:
            return
        try:
            self._converter.loads(document, kind)
        except Exception:  # noqa: BLE001 - whatever it is, it would come each time that it is read
            raise self._unkeepable(value, kind) from None

    def _unkeepable(self, value: object, kind: type[Any]) -> InvalidValue:
        """Says which attribute of a value it is that cannot be kept, without telling what it holds."""
        held = [
            f"{part.name} of a {kind.__name__} holds a {type(found).__name__}"
            for part in (attrs.fields(kind) if attrs.has(kind) else ())
            if not self._comes_back(found := getattr(value, part.name), part.type)
        ]
        what = held[0] if held else f"a {kind.__name__} holds something"
        return InvalidValue(
            f"{what} that could not be read back; "
            "say SqlStore(engine, converter=...) with hooks of cattrs for it"
        )

    def _comes_back(self, value: object, annotation: Any) -> bool:
        kind = Any if annotation is None else annotation
        try:
            self._converter.loads(self._converter.dumps(value, kind), kind)
        except Exception:  # noqa: BLE001 - whatever it is, it does not come back
            return False
        return True

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
