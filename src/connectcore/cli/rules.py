"""The rules of a network, printed from the rules themselves."""

from __future__ import annotations

import inspect
from datetime import timedelta

import attrs

from connectcore.cli.screen import Screen
from connectcore.cli.sentences import counted
from connectcore.rulebook import ConnectionRules

__all__ = ["show_rules"]

_UNITS = ((timedelta(weeks=1), "week"), (timedelta(days=1), "day"), (timedelta(hours=1), "hour"))


def show_rules(screen: Screen, rules: ConnectionRules) -> None:
    """Print each rule once: its name, its own first sentence, and its numbers."""
    stated = dict.fromkeys((*rules.inviting, *rules.accepting, *rules.blocking, *rules.cautions))
    expiry = ("expiry", "How long an invitation waits for an answer.", _written(rules.expiry))
    rows = [(_name(rule), _first_sentence(rule), _numbers(rule)) for rule in stated]
    if rows and not any(says for _, says, _ in rows):  # which `python -OO` takes out of them
        screen.table(["rule", "here"], [(name, here) for name, _, here in (*rows, expiry)])
        return
    screen.table(["rule", "what it says", "here"], [*rows, expiry])


def _name(rule: object) -> str:
    return getattr(rule, "__name__", type(rule).__name__)


def _first_sentence(rule: object) -> str:
    words = inspect.getdoc(rule) or ""
    return words.partition("\n\n")[0].replace("\n", " ").replace("`", "")


def _numbers(rule: object) -> str:
    kind = type(rule)
    names = [field.name for field in attrs.fields(kind)] if attrs.has(kind) else []
    return ", ".join(f"{name}: {_written(getattr(rule, name))}" for name in names)


def _written(value: object) -> str:
    match value:
        case None:
            return "for good"
        case timedelta():
            return _duration(value)
        case int():
            return f"{value:,}"
        case _:
            return str(value)


def _duration(wait: timedelta) -> str:
    """How long it is, in the greatest unit that measures it whole.

    >>> _duration(timedelta(weeks=3)), _duration(timedelta(hours=48)), _duration(timedelta(0))
    ('3 weeks', '2 days', 'no wait')
    """
    if not wait:
        return "no wait"
    for unit, noun in _UNITS:
        if not wait % unit:
            return counted(wait // unit, noun)
    return str(wait)
