"""Holding two worlds against each other: everything that one viewer can read of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cache, partial
from typing import Any, cast, final

import attrs
from attrs import field, frozen

from connectcore.network import ActingMember
from connectcore.profiles import Profile
from connectcore.testing.paired import reading
from connectcore.testing.paired.reading import Asked, Cut, answered
from connectcore.testing.scripts import Step
from connectcore.testing.stores import RecordingStore
from connectcore.testing.worlds import NOON, World

__all__ = ["OwnRead", "PairedWorlds", "WorldsDiffer", "check_paired_worlds"]

OwnRead = Callable[[ActingMember[Profile]], object]
"""Something that an application lets a member read, made of calls of connectcore."""

_LATER = NOON + timedelta(days=1)
"""When everything is read."""

_MOST = 300
"""How many characters of an answer an error tells."""


class WorldsDiffer(AssertionError):
    """A viewer can tell two worlds apart that differ in nothing that they may see."""


@final
@frozen
class PairedWorlds:
    """Two worlds that differ only in what `viewer` may not see; `None` is somebody signed out.

    `one` and `other` have the members and the steps in common that `happened` in both;
    `only_in_one` and `only_in_other` are the steps in which they differ, and `differing` says in
    which ways.
    `cast` is everybody who is in one of them, or could be, and `writings` what they wrote.
    """

    viewer: str | None
    differing: tuple[str, ...]
    only_in_one: tuple[Step, ...]
    only_in_other: tuple[Step, ...]
    happened: tuple[Step, ...]
    cast: tuple[str, ...]
    writings: tuple[str, ...] = field(repr=False)
    one: World[Any] = field(repr=False)
    other: World[Any] = field(repr=False)


def check_paired_worlds(worlds: PairedWorlds, *, reads: Mapping[str, OwnRead] | None = None) -> int:
    """Hold that the viewer is given the same in both worlds, and give how many answers there were.

    Everything is read that they can read, of themselves, of everybody and of whatever was written;
    and what an application lets members read by *reads* of its own.
    The same is the same value in every field, the same error with the same text, and the same calls
    of the store in the same order.
    Raises `WorldsDiffer` for the first answer that is not, with what the two worlds differ in.
    """
    count = 0
    for world in (worlds.one, worlds.other):
        world.clock.now = max(_LATER, world.clock.now)
    for name, *asked in _questions(worlds, reads or {}):
        told = [answered(ask, _recording(w)) for ask, w in zip(asked, _both(worlds), strict=True)]
        for (part, (given, calls)), (_, (other_given, other_calls)) in zip(*told, strict=False):
            count += 1
            if not _alike(given, other_given):
                raise WorldsDiffer(_story(worlds, f"{name}{part}", *_narrowed(given, other_given)))
            if calls != other_calls:
                what = f"the calls of the store for {name}"
                raise WorldsDiffer(_story(worlds, what, "", list(calls), list(other_calls)))
    return count


def _both(worlds: PairedWorlds) -> tuple[World[Any], World[Any]]:
    return worlds.one, worlds.other


def _recording(world: World[Any]) -> RecordingStore:
    return cast("RecordingStore", world.store)


def _questions(
    worlds: PairedWorlds, own: Mapping[str, OwnRead]
) -> Iterator[tuple[str, Asked, Asked]]:
    one, other = (_asked(world, worlds, own) for world in _both(worlds))
    for (name, ask), (_, ask_other) in zip(one, other, strict=True):
        yield name, ask, ask_other


def _asked(
    world: World[Any], worlds: PairedWorlds, own: Mapping[str, OwnRead]
) -> Iterator[tuple[str, Asked]]:
    yield from reading.reads(world, worlds.viewer, worlds.cast, worlds.writings)
    if worlds.viewer is not None:
        for name, read in own.items():
            yield name, partial(_own, read, world[worlds.viewer])


def _own(read: OwnRead, viewer: ActingMember[Profile], _: Cut) -> object:
    return read(viewer)


# ── Every field of an answer ────────────────────────────────────────────────────────────────────


@cache
def _fields(kind: Any) -> tuple[str, ...] | None:
    """The names of what a value of a class is made of; `None` where it is made of nothing."""
    return tuple(each.name for each in attrs.fields(kind)) if attrs.has(kind) else None


def _alike(one: object, other: object) -> bool:
    """Whether two answers are the same in type and in every part, also where `==` passes one over."""
    if one is other or type(one) is not type(other):
        return one is other
    kind: Any = type(one)
    names = _fields(kind)
    if names is not None:
        return all(_alike(getattr(one, name), getattr(other, name)) for name in names)
    if not _has_parts(one):
        return one == other
    mine, theirs = dict(_parts(one)), dict(_parts(other))
    return [*mine] == [*theirs] and all(map(_alike, mine.values(), theirs.values()))


def _has_parts(value: object) -> bool:
    return isinstance(value, (tuple, list, Mapping))


def _parts(value: Any) -> Iterator[tuple[str, object]]:
    """What a value is made of, each part by what it is reached by."""
    names = _fields(cast("Any", type(value)))
    if names is not None:
        for name in names:
            yield f".{name}", getattr(value, name)
    elif isinstance(value, Mapping):
        for key, part in cast("Mapping[object, object]", value).items():
            yield f"[{key!r}]", part
    elif isinstance(value, (tuple, list)):
        for number, part in enumerate(cast("tuple[object, ...]", value)):
            yield f"[{number}]", part


def _narrowed(one: object, other: object) -> tuple[str, object, object]:
    """Where two answers differ, as far inside as they are made of the same parts, and how."""
    mine, theirs = dict(_parts(one)), dict(_parts(other))
    if type(one) is type(other) and mine.keys() == theirs.keys():
        for name, part in mine.items():
            if not _alike(part, theirs[name]):
                inside, in_one, in_other = _narrowed(part, theirs[name])
                return name + inside, in_one, in_other
    return "", one, other


# ── What an error tells ─────────────────────────────────────────────────────────────────────────


def _story(worlds: PairedWorlds, what: str, where: str, one: object, other: object) -> str:
    viewer = "a visitor" if worlds.viewer is None else worlds.viewer
    return "\n".join(
        [
            f"{viewer} can tell the two worlds apart by {what}",
            *([f"in {where}:"] if where else []),
            f"  in the one:   {_short(one)}",
            f"  in the other: {_short(other)}",
            f"though they differ only in {', '.join(worlds.differing)}:",
            *(f"  only in the one:   {_sentence(step)}" for step in worlds.only_in_one),
            *(f"  only in the other: {_sentence(step)}" for step in worlds.only_in_other),
            "after this in both:",
            *(f"  {_sentence(step)}" for step in worlds.happened),
        ]
    )


def _sentence(step: Step) -> str:
    detail = () if step.detail is None else (f"({step.detail!s})",)
    words = (f"{step.number:03}", step.by, step.kind, step.to, *detail)
    return " ".join(word for word in words if word)


def _short(value: object) -> str:
    text = _whole(value)
    return text if len(text) <= _MOST else f"{text[:_MOST]}..."


def _whole(value: object) -> str:
    """A value with what its `repr` keeps to itself: in a test nothing is private."""
    kind = type(value)
    if _fields(cast("Any", kind)) is not None:
        return f"{kind.__name__}({', '.join(f'{n[1:]}={_whole(p)}' for n, p in _parts(value))})"
    if kind in {tuple, list}:
        return f"[{', '.join(_whole(part) for _, part in _parts(value))}]"
    return repr(value)
