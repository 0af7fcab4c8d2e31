"""The state diagram of a relationship, drawn from the overloads of `relationships.after`."""

from collections.abc import Iterator
from typing import Any, get_args, get_overloads, get_type_hints

from connectcore import Strangers, after


def transitions() -> Iterator[tuple[str, str, str]]:
    """Every legal transition: the state before, the event, and the state after."""
    for overload in get_overloads(after):
        hints = get_type_hints(overload)
        for state in _names(hints["state"]):
            for event in _names(hints["event"]):
                for result in _names(hints["return"]):
                    yield state, event, result


def diagram() -> str:
    """The diagram as Mermaid text, an arrow for each two states with all events that take it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for state, event, result in transitions():
        arrows.setdefault((state, result), []).append(event)
    lines = [
        f"    {state} --> {result}: {', '.join(events)}"
        for (state, result), events in arrows.items()
    ]
    start = f"    [*] --> {Strangers.__name__}"
    return "\n".join(["```mermaid", "stateDiagram-v2", start, *lines, "```"])


def _names(hint: Any) -> list[str]:
    return [each.__name__ for each in get_args(hint) or (hint,)]
