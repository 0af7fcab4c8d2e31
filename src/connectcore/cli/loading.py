"""A network read from a folder, with an account of every row that was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, final

from attrs import frozen

from connectcore.interchange import ldbc
from connectcore.network import Network
from connectcore.profiles import Profile
from connectcore.storage import Store

__all__ = ["SNAPSHOT", "UPDATES", "Loaded", "Omission", "Part", "Progress", "load_folder"]

SNAPSHOT, UPDATES = "snapshot", "updates"

Progress: TypeAlias = Callable[[str, int], None]


@final
@frozen
class Omission:
    """A row that is not in the network, and why: it could not be read, or it does not fit."""

    row: ldbc.Row
    reason: str


@final
@frozen(kw_only=True)
class Part:
    """What a part of a folder brought into a network."""

    name: str
    loaded: Mapping[type[object], int]
    present: Mapping[type[object], int]
    omissions: Sequence[Omission]


@final
@frozen(kw_only=True)
class Loaded:
    """A network with the parts that it was read from; `passed_over` has no counterpart in it."""

    network: Network[Profile]
    parts: Sequence[Part]
    passed_over: Mapping[str, int]

    @property
    def omissions(self) -> Sequence[Omission]:
        """All that was left out."""
        return [omission for part in self.parts for omission in part.omissions]


def load_folder(
    folder: ldbc.Folder,
    parts: Sequence[str],
    progress: Progress | None = None,
    store: Store | None = None,
) -> Loaded:
    """Load the named parts of a folder in the layout of LDBC, into memory if into no *store*."""
    network = Network(store)
    contents = {SNAPSHOT: folder.snapshot, UPDATES: folder.updates}
    return Loaded(
        network=network,
        parts=[_load_part(network, folder, part, contents[part](), progress) for part in parts],
        passed_over=folder.passed_over,
    )


def _load_part(
    network: Network[Profile],
    folder: ldbc.Folder,
    name: str,
    items: Iterator[ldbc.Item],
    progress: Progress | None,
) -> Part:
    before = len(folder.unreadable)
    report = network.load(
        items, progress=None if progress is None else lambda count: progress(name, count)
    )
    unreadable = [Omission(each.row, each.reason) for each in folder.unreadable[before:]]
    unfit = [Omission(folder.row_of(left.item), str(left.refusal)) for left in report.left_out]
    omissions = sorted(unreadable + unfit, key=lambda each: (each.row.file, each.row.line))
    return Part(name=name, loaded=report.loaded, present=report.present, omissions=omissions)
