"""A profile, printed for a person."""

from __future__ import annotations

from datetime import date
from typing import cast

import attrs

from connectcore.audiences import Audience
from connectcore.cli.screen import Screen
from connectcore.cli.sentences import joined
from connectcore.profiles import ContactDetails, Education, Position, Profile
from connectcore.visibility import ProfileView

__all__ = ["show_profile"]

_STANDING = {
    Audience.ONLY_ME: "as the member themselves",
    Audience.CONNECTIONS: "as a connection",
    Audience.SECOND_DEGREE: "at the second degree",
    Audience.THIRD_DEGREE: "at the third degree",
    Audience.MEMBERS: "as any member",
    Audience.EVERYONE: "as a visitor",
}


def show_profile(screen: Screen, view: ProfileView[Profile], *, connections: int) -> None:
    """Print what is open to the viewer, and what is not."""
    fields = {
        attribute.name: _written(getattr(view.profile, attribute.name))
        for attribute in attrs.fields(type(view.profile))
    }
    fields["connections"] = f"{connections:,} shown"
    screen.table(
        ["field", f"seen {_STANDING[view.circle]}"],
        [(name.replace("_", " "), written) for name, written in fields.items() if written],
    )
    if view.withheld:
        screen.space()
        screen.say(f"Not open to this viewer: {joined(sorted(view.withheld))}.")


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case Position():
            period = _period(value.started, value.ended)
            return _listed(value.title, value.company, value.place, period)
        case Education():
            period = _period(value.started, value.ended)
            return _listed(value.school, value.degree, value.field_of_study, period)
        case ContactDetails():
            return _listed(*value.emails, *value.phones, value.address, *value.websites)
        case tuple():
            return "; ".join(map(_written, cast("tuple[object, ...]", value)))
        case _:
            return str(value)


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _period(started: date | None, ended: date | None) -> str:
    match started, ended:
        case None, None:
            return ""
        case None, _:
            return f"until {ended:%Y}"
        case _, None:
            return f"since {started:%Y}"
        case _:
            return f"{started:%Y} to {ended:%Y}"
